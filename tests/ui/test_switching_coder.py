"""Somebody else codes: nothing of the coder before is left in the panes as if it were theirs."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import Qt
from window_tools import Key, open_in_window, press

from qualcoder_sm.model import Polarity, Progress
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope
from qualcoder_sm.ui.panels.codebook_model import ROW
from qualcoder_sm.ui.panels.find_review import ReviewDialog
from qualcoder_sm.ui.panels.inspector_parts import CodingRow
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow
from qualcoder_sm.ui.workspace import CODEBOOK

TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    first = add_coded(project, "P01", "I was [tired]{Fatigue} and [very [alone]{Isolation} then.")
    add_coded(project, "P02", "So [tired]{Fatigue} again")
    [tired, *_rest] = project.codings.of_source(first.guid)
    project.codings.set_memo(tired.guid, "Ana's thought")
    project.codings.mark(tired.guid, Polarity.SUPPORTS, 40)
    project.progress.set(first.guid, Progress.DONE)
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(project.codebook.find("Isolation").guid, first.guid, 0, 5)
    project.act_as("Ana")
    project.progress.set(project.sources.find("P02").guid, Progress.IN_PROGRESS)
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(first.guid, 8, 8))
    inspector = window.workspace.reading.inspector
    qtbot.waitUntil(lambda: inspector.marks.isVisible() and inspector.marks.polarity.isEnabled())
    return window


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def rows(window: MainWindow) -> list[str]:
    section = window.workspace.reading.inspector.codings
    return [one.accessibleName() for one in section.findChildren(CodingRow) if one.isVisible()]


def test_the_inspector_renews_and_lets_nobody_change_the_codings_of_another(qtbot, window):
    sight, inspector = window.workspace.sight, window.workspace.reading.inspector
    marks, memo = inspector.marks, inspector.memo
    sight.act_as("Ben")
    qtbot.waitUntil(lambda: rows(window) == [] and not marks.isVisible())
    assert not memo.isVisible()

    sight.show_others(True)
    qtbot.waitUntil(lambda: rows(window) == ["Fatigue, supports  A"])
    reason = "This is Ana’s coding. Nobody else can change it."
    assert marks.isVisible() and marks.reason.text() == reason
    for control in (marks.polarity, marks.weight):
        assert (control.isEnabled(), control.toolTip()) == (False, reason)
    assert (memo.field.isReadOnly(), memo.field.toolTip()) == (True, reason)
    assert memo.field.text() == "Ana's thought"
    told = [one.text() for one in inspector.codings.findChildren(type(marks.reason))]
    assert any(one.startswith("Coded by Ana") for one in told)

    before = project_of(window).audit.head()
    inspector.commit()
    press(qtbot, window.workspace.reading.view, Key.Key_P)
    assert project_of(window).audit.head() == before

    sight.act_as("Ana")
    qtbot.waitUntil(marks.polarity.isEnabled)
    assert not marks.reason.isVisible() and not memo.field.isReadOnly()
    told = [one.text() for one in inspector.codings.findChildren(type(marks.reason))]
    assert any(one.startswith("Coded by you") for one in told)


def test_every_count_says_whose_it_is_and_follows_the_coder(qtbot, window):
    workspace, reading, project = window.workspace, window.workspace.reading, project_of(window)
    code, source = project.codebook.find("Fatigue").guid, project.sources.find("P01").guid
    workspace.show_page(CODEBOOK)
    page = workspace.page(CODEBOOK)
    page.panel.select_key(code)
    workspace.show_page(0)
    reading.codebook.select_key(code)

    def seen() -> tuple[str, ...]:
        row = reading.codebook.index_of(code)
        elsewhere = reading.inspector.elsewhere
        return (
            reading.codebook.whose.text(),
            reading.sources.whose.text(),
            row.data(ROW).spoken,
            row.data(TIP).splitlines()[-1],
            reading.sources.index_of(source).data(TIP).splitlines()[-1],
            elsewhere.note.text(),
            page.count.text(),
        )

    ana = (
        "codings by you", "codings by you", "Fatigue, 1 here, 2 in all",
        "2 by you, 2 by all.", "2 by you, 3 by all.", "2 in 2 sources", "2 codings in 2 sources",
    )  # fmt: skip
    ben = (
        "codings by you", "codings by you", "Fatigue, 0 here, 0 in all",
        "0 by you, 2 by all.", "1 by you, 3 by all.", "0 in 0 sources", "0 codings in 0 sources",
    )  # fmt: skip
    qtbot.waitUntil(lambda: seen() == ana)
    workspace.sight.act_as("Ben")
    qtbot.waitUntil(lambda: seen() == ben)
    workspace.sight.show_others(True)
    both = ("codings by all coders", "codings by all coders", ana[2], *ben[3:5], *ana[5:])
    qtbot.waitUntil(lambda: seen() == both)


def test_progress_links_and_proposals_are_those_of_the_coder_who_acts(qtbot, window):
    workspace, reading, project = window.workspace, window.workspace.reading, project_of(window)
    assert reading.head.progress.accessibleName() == "Progress: done"
    press(qtbot, reading.view, Key.Key_L)
    assert reading.linking.begun
    reading.below.show_find("tired")
    reading.below.find.codeRequested.emit(Scope.MATCH)
    dialog = workspace.findChild(ReviewDialog)
    dialog.code.choose(project.codebook.find("Fatigue").guid)
    qtbot.waitUntil(lambda: dialog.count.text() == "2 passages, 2 coded already")

    workspace.sight.act_as("Ben")
    assert reading.head.progress.accessibleName() == "Progress: in progress"
    assert reading.linking.begun == ""
    qtbot.waitUntil(lambda: dialog.count.text() == "2 passages")
    assert dialog.list.proposals.ticked == 2
    dialog.close()
