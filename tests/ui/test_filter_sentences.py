"""What a page says it lists is what it lists."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from window_tools import open_in_window, project_of

from qualcoder_sm.model import Progress
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.ui.pages.registry import MEMOS
from qualcoder_sm.ui.window import MainWindow

COMPARE = 2


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Three coders with a memo on a coding each; Ana and Ben have finished P01, Cem nothing."""
    project = new_project(tmp_path)
    source = add_coded(project, "P01", "[SYNTHETIC] [A gift]{Giving} for [each]{Equality}.")
    add_coded(project, "P02", "[SYNTHETIC] [Nothing]{Giving} more.")
    for coder in ("Ana", "Ben", "Cem"):
        if coder != "Ana":
            project.coders.add(coder)
        project.act_as(coder)
        coding = project.codings.apply(code_named(project, "Equality").guid, source.guid, 0, 11)
        project.codings.set_memo(coding.guid, f"[SYNTHETIC] {coder} thinks.")
        project.notes.add(f"Free memo of {coder}", "[SYNTHETIC] Free.", "analytic")
        if coder != "Cem":
            project.progress.set(source.guid, Progress.DONE)
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    made = open_in_window(qtbot, study)
    made.workspace.sight.act_as("Ana")
    return made


def titles(page) -> set[str]:
    rows = page.list.model()
    return {rows.index(n, 0).data() for n in range(rows.rowCount())}


FREE = {f"Free memo of {name}" for name in ("Ana", "Ben", "Cem")}


def on_codings(*names: str) -> set[str]:
    return {f"[SYNTHETIC] {name} thinks." for name in names}


def test_memos_say_whose_are_not_listed_while_their_codings_are_not_seen(qtbot, window):
    window.workspace.show_page(MEMOS)
    page, sight = window.workspace.page(MEMOS), window.workspace.sight
    assert page.filter.coder.currentText() == "by everybody, but not on codings of Ben, Cem"
    assert titles(page) == FREE | on_codings("Ana")
    sight.show_others(True)
    qtbot.waitUntil(lambda: page.filter.coder.currentText() == "by everybody")
    assert titles(page) == FREE | on_codings("Ana", "Ben", "Cem")
    cem = project_of(window).coders.find("Cem").guid
    sight.see(cem, False)
    said = "by everybody, but not on codings of Cem"
    qtbot.waitUntil(lambda: page.filter.coder.currentText() == said)
    assert titles(page) == FREE | on_codings("Ana", "Ben")
    assert page.filter.told("") == f"all kinds, about anything, {said}"


def test_the_comparison_counts_the_sources_finished_by_the_coders_chosen(qtbot, window):
    window.workspace.show_page(COMPARE)
    page, coders = window.workspace.page(COMPARE), project_of(window).coders
    ana, ben, cem = (coders.find(name).guid for name in ("Ana", "Ben", "Cem"))
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    assert page.coders.value == (ana, ben, cem)
    assert page.sources.text_of_value() == "all, none is finished"
    assert "every source counts" in page.headline.counted.text().lower()
    page.coders.choose((ana, ben))
    assert "finished by both (1)" in page.sources.options()
    counted = "1 of 2 sources count: those that all coders marked as done."
    qtbot.waitUntil(lambda: counted in page.headline.counted.text())


def test_the_matrix_says_whose_codings_and_words_it_counts(qtbot, window):
    window.workspace.show_page(3)
    page = window.workspace.page(3)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    assert "Codings of Ana." in page.subtitle.text()
    with qtbot.waitSignal(page.model.modelReset):
        page.coder.choose("everybody")
    assert "Codings of Ana, Ben, Cem, counted once: whoever coded it." in page.subtitle.text()
    with qtbot.waitSignal(page.model.modelReset):
        page.count.choose(Cells.CODINGS)
    assert "added: what two of them coded counts twice." in page.subtitle.text()
