import csv
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from builders import add_coded, new_project
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from qualcoder_sm.model import Polarity
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import reports
from qualcoder_sm.reports.options import (
    OTHERS,
    Cells,
    Choice,
    Counted,
    Filter,
    Level,
    Options,
    Words,
)
from qualcoder_sm.table import Table
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.export import ExportPage
from qualcoder_sm.ui.pages.matrix import MatrixPage
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox


def study(folder: Path) -> Project:
    project = new_project(folder)
    add_coded(project, "P01", "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}.")
    owls = project.collections.add("Night Owls", quote_rule="paraphrase")
    said = add_coded(project, "S01", "[SYNTHETIC] We [sat up]{Fatigue} together.")
    project.sources.move(said.guid, owls.guid)
    project.cases.add("P01", "person", (project.sources.find("P01").guid,))
    return project


@pytest.fixture
def page(qtbot, tmp_path, context_of) -> ExportPage:
    made = ExportPage(context_of(study(tmp_path)))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.preview.report.rowCount() > 0)
    return made


def choose(qtbot, page: ExportPage, name: str) -> None:
    with qtbot.waitSignal(page.preview.report.modelReset):
        page.choose(name)


def box(page: ExportPage, choice: Choice) -> ChoiceBox:
    found = page.choices.boxes[choice]
    assert isinstance(found, ChoiceBox)
    return found


def copied(qtbot, page: ExportPage) -> Table:
    with qtbot.waitSignal(page.writer.copied) as seen:
        page.copy.click()
    return seen.args[0]


def write(qtbot, page: ExportPage, monkeypatch, target: Path, name: str) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *asked: target)
    made = next(one for one in page.formats if one.text() == name)
    with qtbot.waitSignal(page.writer.written):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_every_report_is_offered_with_the_question_it_answers(page):
    told = [
        page.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(page.model.rowCount())
    ]
    assert told == [f"{one.title}. {one.question}" for one in reports()]


def test_the_first_page_is_that_of_the_report_chosen(qtbot, page):
    choose(qtbot, page, "frequencies")
    assert page.heading.text() == "How often each code was used"
    assert page.preview.report.index(0, 0).data() == "Fatigue"
    assert page.rows_shown.text() == "2 rows"


def test_exactly_the_choices_a_report_declares_are_shown(qtbot, page):
    boxes = page.choices.boxes
    for report in reports():
        page.choose(report.name)
        seen = {choice for choice, box in boxes.items() if box.isVisible()}
        assert seen == report.choices & boxes.keys(), report.name
    assert not (frozenset(Choice) - boxes.keys()) & (frozenset(OTHERS) | {Choice.WORDS})


def test_what_is_written_is_the_report_with_what_the_boxes_say(qtbot, page):
    page.project.coders.add("Ben")
    page.project.act_as("Ben")
    add_coded(page.project, "P02", "[SYNTHETIC] Nobody [sleeps]{Fatigue}.")
    page.renew()
    fatigue = page.project.codebook.find("Fatigue")
    narrow = {Choice.CODE: (fatigue.guid,), Choice.CELLS: Cells.UNITS, Choice.UNIT: Level.SENTENCE,
              Choice.SOURCES: Counted.ALL, Choice.WORDS: Words.ALL, Choice.ROWS: "source"}  # fmt: skip
    for report in reports():
        choose(qtbot, page, report.name)
        expected = report.table(page.project, said(report.choices, {}))
        assert undated(copied(qtbot, page)) == undated(expected)
    for choice, value in narrow.items():
        box(page, choice).choose(value)
    page.choices.boxes[Choice.TOTALS].click()
    for report in reports():
        choose(qtbot, page, report.name)
        told = said(report.choices, {**narrow, Choice.TOTALS: False})
        assert page.choices.options() == told
        assert undated(copied(qtbot, page)) == undated(report.table(page.project, told))


def undated(table: Table) -> Table:
    """Without the minute in which it was made."""
    return replace(table, provenance={**table.provenance, "date": ""})


def said(declared: frozenset[Choice], chosen: dict[Choice, object]) -> Options:
    """What a report is asked for: a matrix first has its codes as rows, and totals."""
    made = Options(codes_down=True, totals=True)
    for choice, value in chosen.items():
        made = made.having(choice, value)
    return made.only(declared)


def test_every_narrowing_can_be_chosen_from_what_the_project_has(qtbot, page):
    offered = {choice: one.options() for choice, one in page.choices.boxes.items()
               if isinstance(one, ChoiceBox)}  # fmt: skip
    assert offered[Choice.COLLECTION] == ["all", "Night Owls"]
    assert offered[Choice.CASE] == ["all", "P01"]
    assert offered[Choice.ROLE] == ["all", "participant", "interviewer", "heading", "other"]
    owls = page.project.collections.all()[0]
    with qtbot.waitSignal(page.preview.report.modelReset):
        box(page, Choice.COLLECTION).choose((owls.guid,))
    assert page.rows_shown.text() == "1 row"


def test_whose_words_count_as_usual_is_named(page):
    page.choose("segments")
    assert box(page, Choice.WORDS).text_of_value() == "everybody’s (usual)"
    page.choose("matrix")
    assert box(page, Choice.WORDS).text_of_value() == "participants’ (usual)"


def test_a_report_begins_with_what_its_page_chose(qtbot, page):
    taken = MatrixPage(page.context)
    qtbot.addWidget(taken)
    taken.show()
    taken.activate()
    taken.columns.choose("source")
    qtbot.waitUntil(lambda: taken.shown_table() is not None)
    page.take_over(taken)
    choose(qtbot, page, "matrix")
    [_name, options] = taken.shown_options()
    assert page.choices.options() == options
    assert box(page, Choice.ROWS).text_of_value() == "sources"


def test_a_choice_without_a_box_is_a_line_that_can_be_removed(qtbot, page):
    supports = Options(Filter(polarities=(Polarity.SUPPORTS,)))
    page.choices.take(supports)
    assert page.choices.lines() == ["polarity: supports"]
    assert page.choices.options().which.polarities == (Polarity.SUPPORTS,)
    page.choose("audit")
    assert page.choices.lines() == []
    choose(qtbot, page, "segments")
    qtbot.waitUntil(lambda: page.rows_shown.text() == "0 rows")
    away = next(one for one in page.choices.findChildren(QToolButton)
                if one.accessibleName() == "Remove polarity: supports")  # fmt: skip
    with qtbot.waitSignal(page.choices.changed):
        qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.rows_shown.text() == "3 rows")
    assert page.choices.lines() == []
    assert page.choices.options() == Options()


def test_a_choice_changes_the_first_page(qtbot, page):
    isolation = page.project.codebook.find("Isolation")
    with qtbot.waitSignal(page.preview.report.modelReset):
        box(page, Choice.CODE).choose((isolation.guid,))
    assert page.rows_shown.text() == "1 row"


def test_words_that_may_not_be_quoted_are_named_before(qtbot, page):
    choose(qtbot, page, "quotations")
    assert page.blocked.isVisible()
    assert page.blocked.sentence() == (
        "1 of 3 quotations is not printed word for word, as its rule says."
    )
    choose(qtbot, page, "codebook")
    assert not page.blocked.isVisible()


def test_the_matrix_is_written_to_excel(qtbot, page, tmp_path, monkeypatch):
    choose(qtbot, page, "matrix")
    with qtbot.waitSignal(page.preview.report.modelReset):
        box(page, Choice.CELLS).choose(Cells.CHARACTERS)
    write(qtbot, page, monkeypatch, tmp_path / "matrix.xlsx", "Excel")
    assert page.written.sentence() == "Written: matrix.xlsx."
    sheets = openpyxl.load_workbook(tmp_path / "matrix.xlsx")
    cells = [line for sheet in sheets for line in sheet.iter_rows(values_only=True)]
    assert any("Fatigue" in line and len("tired") in line for line in cells)


def test_quotations_are_written_to_word(qtbot, page, tmp_path, monkeypatch):
    choose(qtbot, page, "quotations")
    write(qtbot, page, monkeypatch, tmp_path / "quotations.docx", "Word")
    text = "\n".join(p.text for p in docx.Document(str(tmp_path / "quotations.docx")).paragraphs)
    assert "tired" in text
    assert "alone" in text


def test_segments_are_written_to_csv(qtbot, page, tmp_path, monkeypatch):
    write(qtbot, page, monkeypatch, tmp_path / "segments.csv", "CSV")
    with (tmp_path / "segments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any("sat up" in line for line in csv.reader(file))


def test_an_ending_left_away_is_added(qtbot, page, tmp_path, monkeypatch):
    write(qtbot, page, monkeypatch, tmp_path / "segments", "Excel")
    assert (tmp_path / "segments.xlsx").exists()


def test_the_whole_workbook_has_a_sheet_for_each_report(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ask_save", lambda *asked: tmp_path / "all.xlsx")
    with qtbot.waitSignal(page.writer.written):
        qtbot.mouseClick(page.whole, Qt.MouseButton.LeftButton)
    assert len(openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames) >= 5


def test_going_back_in_the_file_dialog_writes_nothing(qtbot, page, monkeypatch):
    monkeypatch.setattr(messages, "ask_save", lambda *asked: None)
    with qtbot.assertNotEmitted(page.writer.started):
        page.whole.click()


def test_a_folder_that_is_not_there_is_told(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ask_save", lambda *asked: tmp_path / "no" / "file.xlsx")
    with qtbot.waitSignal(page.writer.failed):
        page.whole.click()
    assert page.written.sentence().startswith("There is no folder")


def test_a_report_that_cannot_be_made_says_why_and_offers_no_format(qtbot, page):
    page.choose("agreement")
    qtbot.waitUntil(lambda: page.states.sentence().startswith("Agreement needs at least two"))
    assert not any(made.isEnabled() for made in page.formats)
    choose(qtbot, page, "codebook")
    assert all(made.isEnabled() for made in page.formats)


def test_nothing_coded_is_an_empty_report(qtbot, tmp_path, context_of):
    page = ExportPage(context_of(new_project(tmp_path)))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.states.sentence() == "There is nothing in this report yet.")
