from pathlib import Path

import openpyxl
import pytest
from builders import add_coded, add_text, code_named, new_project
from PySide6.QtCore import Qt

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.model import Progress
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.segments import Filter
from qualcoder_sm.reports.agreement import compare
from qualcoder_sm.reports.options import Options
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
    codes = tuple(c.guid for c in project.codebook.codes() if c.name != "Unused")
    coders = tuple(c.guid for c in project.coders.all())
    result = compare(project, Options(Filter(coders, codes), level=Level.UNIT)).result
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
