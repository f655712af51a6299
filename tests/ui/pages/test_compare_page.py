import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from builders import add_coded, add_text, code_named, new_project, speakers
from PySide6.QtCore import Qt

from qualcoder_sm.__main__ import main
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.model import Progress
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import report
from qualcoder_sm.reports.agreement import compare
from qualcoder_sm.reports.options import Counted, Filter, Options, Words
from qualcoder_sm.table import Table
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.compare import ComparePage
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.table_model import coefficient

TEXT = "\n".join(f"[SYNTHETIC] Paragraph {n} speaks of help and of tiredness." for n in range(40))


def coded_by_two(folder: Path) -> Project:
    """Ana and Ben agree on Help in six paragraphs, differ in three; Ana alone uses Tired once."""
    project = new_project(folder)
    source = add_text(project, "Interview", TEXT)
    spans = [(unit.start, unit.end) for unit in project.sources.units(source.guid)]
    help_, tired = code_named(project, "Help"), code_named(project, "Tired")
    code_named(project, "Unused")
    for start, end in spans[:9]:
        project.codings.apply(help_.guid, source.guid, start, end)
    project.codings.apply(tired.guid, source.guid, *spans[20])
    project.coders.add("Ben")
    project.act_as("Ben")
    for start, end in spans[:6]:
        project.codings.apply(help_.guid, source.guid, start, end)
    project.codings.apply(tired.guid, source.guid, *spans[7])
    return project


@pytest.fixture
def page(qtbot, tmp_path, context_of) -> ComparePage:
    made = ComparePage(context_of(coded_by_two(tmp_path)))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.disagreements.model.rowCount() > 0)
    return made


def names(page: ComparePage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def test_the_headline_is_the_pooled_alpha_of_the_report(page):
    project = page.project
    result = compare(project, Options()).result
    assert page.headline.number.text() == f"α = {coefficient(result.pooled.alpha.value)}"
    assert "40 paragraphs in 1 source" in page.headline.meaning.text()
    assert "Too few sources for an interval: 1 of at least 8." in page.headline.counted.text()


def test_codes_stand_with_the_worst_first(page):
    assert names(page) == ["Tired", "Help"]


def test_the_model_keeps_the_rules_of_qt(page, qtmodeltester):
    qtmodeltester.check(page.model)
    qtmodeltester.check(page.disagreements.model)


def test_a_click_on_a_code_opens_its_disagreements(qtbot, page):
    rect = page.table.visualRect(page.model.index(1, 0))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: page.disagreements.model.rowCount() == 3)
    first = page.disagreements.model.at(0)
    assert first.title == "only Ana: Help"
    assert first.note == "Ben coded nothing here"
    assert first.place == "Interview, paragraph 7"


def test_both_coders_stand_side_by_side_with_the_turn_before(qtbot, page):
    page.table.selectRow(1)
    qtbot.waitUntil(lambda: page.disagreements.model.rowCount() == 3)
    ana, ben = (side.words.shown() for side in page.disagreements.sides)
    assert ana[0].quiet
    assert ana[0].text == TEXT.split("\n")[5]
    assert ana[1].text == ben[1].text == TEXT.split("\n")[6]
    assert [(m.start, m.end) for m in ana[1].marks] == [(0, len(ana[1].text))]
    assert ben[1].marks == ()


def test_next_and_previous_walk_through_the_disagreements(qtbot, page):
    page.table.selectRow(1)
    qtbot.waitUntil(lambda: page.disagreements.model.rowCount() == 3)
    page.disagreements.next()
    assert page.disagreements.position() == "2 of 3"
    page.disagreements.previous()
    assert page.disagreements.position() == "1 of 3"


def test_enter_on_a_disagreement_asks_to_read_it(qtbot, page):
    page.table.selectRow(1)
    qtbot.waitUntil(lambda: page.disagreements.model.rowCount() == 3)
    [source] = page.project.sources.all()
    start = TEXT.index("[SYNTHETIC] Paragraph 6 ")
    with qtbot.waitSignal(page.openRequested) as seen:
        qtbot.keyClick(page.disagreements.list, Qt.Key.Key_Return)
    assert seen.args == [Place(source.guid, start, start + len(TEXT.split("\n")[6]))]


def test_two_codes_on_the_same_words_are_told_as_confused_and_shown(qtbot, page):
    assert page.headline.confused.text() == "Help and Tired confused once"
    qtbot.mouseClick(page.headline.confusionRequested, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.disagreements.model.rowCount() == 1)
    assert page.disagreements.model.at(0).title == "Ana Help, Ben Tired"
    assert page.disagreements.model.at(0).note == "other code"


def test_a_code_that_nobody_used_is_undefined_with_the_reason(qtbot, page):
    page.codes.choose("all")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert names(page)[-1] == "Unused"
    row = [page.model.index(2, column).data() for column in range(page.model.columnCount())]
    assert row[-2] == "–"
    assert row[-1] == "Nobody applied the code, so it does not vary."


def test_small_numbers_are_told_beside_the_code(qtbot, page):
    qtbot.waitUntil(lambda: "units carry this code" in " ".join(page.model.result(0).remarks))
    told = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert told.startswith("Only 2 units carry this code")


def test_a_step_taken_meanwhile_is_counted(qtbot, page):
    before = page.headline.number.text()
    page.project.act_as("Ben")
    [source] = page.project.sources.all()
    unit = page.project.sources.units(source.guid)[6]
    page.project.codings.apply(
        code_named(page.project, "Help").guid, source.guid, unit.start, unit.end)  # fmt: skip
    qtbot.waitUntil(lambda: page.headline.number.text() != before)


def test_one_coder_alone_is_told_how_to_add_a_second(qtbot, tmp_path, context_of):
    project = new_project(tmp_path)
    add_coded(project, "Interview", "[SYNTHETIC] I was [tired]{Tired}.")
    page = ComparePage(context_of(project))
    qtbot.addWidget(page)
    page.activate()
    assert page.states.sentence() == "Agreement needs a second coder."
    assert not page.export.isEnabled()


def test_nothing_coded_is_said(qtbot, tmp_path, context_of):
    project = new_project(tmp_path)
    add_text(project, "Interview", TEXT)
    project.coders.add("Ben")
    page = ComparePage(context_of(project))
    qtbot.addWidget(page)
    page.activate()
    assert page.states.sentence() == "Nothing is coded yet."


def test_three_coders_have_a_table_but_no_side_by_side(qtbot, tmp_path, context_of):
    project = coded_by_two(tmp_path)
    project.coders.add("Cleo")
    page = ComparePage(context_of(project))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    page.coders.choose(tuple(coder.guid for coder in project.coders.all()))
    qtbot.waitUntil(lambda: page.model.columnCount() == 11)
    heads = [page.model.head(column) for column in range(7)]
    assert heads[1:] == ["all", "only Ana", "only Ben", "only Cleo", "some", "nobody"]
    assert not page.disagreements.isVisible()


def test_sources_finished_by_both_are_compared_first(qtbot, tmp_path, context_of):
    project = coded_by_two(tmp_path)
    add_text(project, "Unfinished", TEXT)
    finished = project.sources.find("Interview").guid
    for coder in ("Ana", "Ben"):
        project.act_as(coder)
        project.progress.set(finished, Progress.DONE)
    page = ComparePage(context_of(project))
    qtbot.addWidget(page)
    page.activate()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    assert page.sources.text_of_value() == "finished by both (1)"
    assert "in 1 source." in page.headline.meaning.text()


def study_in_progress(folder: Path) -> Project:
    """Two sources that both finished, with coded questions; one that only Ana has touched, one that
    nobody has.
    """
    folder = folder / "in progress"
    folder.mkdir()
    project = new_project(folder)
    names = ("Help", "Tired", "Unused")
    theme = project.codebook.add("Work", codable=False)
    help_, tired, _unused = (project.codebook.add(name, parent=theme.guid) for name in names)
    turns = [(who, f"[SYNTHETIC] {who} says sentence {n}. And another.") for n in range(6)
             for who in ("Int", "P")]  # fmt: skip
    sources = [speakers(project, f"P0{n}", turns) for n in range(4)]
    for coder, kept in (("Ana", 3), ("Ben", 2)):
        if coder == "Ben":
            project.coders.add(coder)
        project.act_as(coder)
        for source in sources[:kept]:
            units = project.sources.units(source.guid)
            for unit in units[kept : kept + 5]:
                project.codings.apply(help_.guid, source.guid, unit.start, unit.end - 5 * kept)
            for unit in units[:: 3 * kept]:
                project.codings.apply(tired.guid, source.guid, unit.start, unit.end)
        for source in sources[:2]:
            project.progress.set(source.guid, Progress.DONE)
    return project


def opened(qtbot, context) -> ComparePage:
    made = ComparePage(context)
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.disagreements.model.rowCount() > 0)
    return made


@pytest.fixture
def in_progress(qtbot, tmp_path, context_of) -> ComparePage:
    return opened(qtbot, context_of(study_in_progress(tmp_path)))


def shown(page: ComparePage) -> Table:
    return page.shown_table()(page.project)


def compared_anew(qtbot, page: ComparePage, choose: Callable[[], None]) -> None:
    """Wait until the table and the disagreements of its first code are there."""
    with qtbot.waitSignal(page.disagreements.shown):
        choose()


def alpha(table: Table) -> float:
    return table.rows[-1][[column.name for column in table.columns].index("alpha")]


def test_window_command_line_and_export_show_one_alpha(in_progress, tmp_path, capsys):
    told = alpha(shown(in_progress))
    assert in_progress.headline.number.text() == f"α = {coefficient(told)}"
    file, target = in_progress.project.path, tmp_path / "agreement.json"
    capsys.readouterr()
    assert main(["agreement", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pooled"]["alpha"] == told
    assert main(["export", str(file), "--what", "agreement", "--to", str(target)]) == 0
    [written] = json.loads(target.read_text(encoding="utf-8"))
    at = [column["name"] for column in written["columns"]].index("alpha")
    assert written["rows"][-1][at] == told
    every = report("agreement").table(in_progress.project, Options(
        Filter(words=Words.ALL), counted=Counted.ALL))  # fmt: skip
    assert alpha(every) != told


def test_what_counts_and_what_is_left_out_is_said_beside_the_figure(in_progress):
    assert in_progress.headline.counted.text() == (
        "2 of 4 sources count: those that all coders marked as done. "
        "12 turns of interviewers left out; 16 codings lie on them. "
        "1 code that nobody applied is not shown; the pooled figures count it. "
        "Too few sources for an interval: 2 of at least 8. Before consensus."
    )
    assert not in_progress.headline.bothRequested.isVisible()


def test_sources_coded_by_both_are_one_click_away(qtbot, in_progress):
    page = in_progress
    compared_anew(qtbot, page, lambda: page.sources.choose(Counted.ALL))
    said = page.headline.counted.text()
    assert said.startswith("Every source counts, finished or not. 1 of them only one coder")
    compared_anew(qtbot, page, page.headline.bothRequested.click)
    assert page.sources.text_of_value() == "coded by both"
    assert page.headline.counted.text().startswith("2 of 4 sources count: those that all coders")
    assert not page.headline.bothRequested.isVisible()


def test_where_nothing_is_finished_every_source_counts(page):
    assert page.sources.text_of_value() == "all, none is finished"
    assert page.headline.counted.text().startswith("No source is marked as done by all coders")


def test_words_of_everybody_can_count_where_roles_are_known(qtbot, page, in_progress):
    assert not page.words.isVisible()
    assert in_progress.words.isVisible()
    compared_anew(qtbot, in_progress, lambda: in_progress.words.choose(Words.ALL))
    assert "24 turns in 2 sources." in in_progress.headline.meaning.text()
    assert "left out" not in in_progress.headline.counted.text()


@pytest.mark.parametrize("rolled_up", [False, True])
def test_the_list_counts_what_the_table_counts_at_every_level(qtbot, in_progress, rolled_up):
    page, seen = in_progress, 0
    if rolled_up:
        compared_anew(qtbot, page, page.roll_up.click)
    for level in Level:
        if level is not page.unit.value:
            compared_anew(qtbot, page, partial(page.unit.choose, level))
        for row in range(page.model.rowCount()):
            with qtbot.waitSignal(page.disagreements.shown):
                page.table.clearSelection()
                page.table.selectRow(row)
            differ = sum(page.model.result(row).only)
            title = page.disagreements.title()
            assert title.startswith(f"{page.model.code(row).name}: {differ:,} ")
            listed = page.disagreements.model.rowCount()
            assert listed == differ or (level is Level.CHARACTER and "passage" in title)
            seen += differ
    assert seen


def test_a_parent_counts_what_is_below_it_in_table_list_and_file(qtbot, in_progress):
    page = in_progress
    compared_anew(qtbot, page, page.roll_up.click)
    assert sorted(names(page)) == ["Help", "Tired", "Work"]
    with qtbot.waitSignal(page.disagreements.shown):
        page.table.clearSelection()
        page.table.selectRow(names(page).index("Work"))
    ana, ben = page.disagreements.model.at(0).sides
    assert ana.codes or ben.codes
    assert {len(row) for row in shown(page).rows} == {len(shown(page).columns)}
    assert "Work" in [row[0] for row in shown(page).rows]
    assert shown(page).provenance["roll-up"] == "yes"
    assert "A code counts what is coded with the codes below it too." in shown(page).notes


def test_codes_that_are_not_shown_are_not_written(qtbot, in_progress):
    assert sorted(row[0] for row in shown(in_progress).rows) == [
        "All codes pooled", "Work > Help", "Work > Tired"]  # fmt: skip
    before = alpha(shown(in_progress))
    compared_anew(qtbot, in_progress, lambda: in_progress.codes.choose("all"))
    assert "Work > Unused" in [row[0] for row in shown(in_progress).rows]
    assert alpha(shown(in_progress)) == before


def test_the_table_is_written_and_can_be_read_back(qtbot, page, tmp_path, monkeypatch):
    target = tmp_path / "agreement.xlsx"
    monkeypatch.setattr(messages, "ask_save", lambda *asked: target)
    with qtbot.waitSignal(page.writer.written):
        page.export.actions_offered()[0].trigger()
    assert page.written.sentence() == "Written: agreement.xlsx."
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(target)
        for line in sheet.iter_rows(values_only=True)
        for cell in line
    ]
    assert "Help" in cells
    assert "only Ana" in " ".join(cells)
