"""What a page shows is what it writes and copies: the same rows, cells, order, shares and coder."""

import csv
from itertools import product
from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.formulas import recovered
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.table import ColumnType
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.audit import AuditPage
from qualcoder_sm.ui.pages.compare import ComparePage
from qualcoder_sm.ui.pages.matrix import EVERYBODY, MatrixPage
from qualcoder_sm.ui.pages.page import TablePage
from qualcoder_sm.ui.pages.widgets.heat_model import Shown
from qualcoder_sm.ui.pages.widgets.writing import offered
from qualcoder_sm.ui.table_model import NOTHING, coefficient

FIRST = (
    "[SYNTHETIC] We [shared a list]{Giving back}, [again]{Giving back} here.\nAnd [so]{Equality}."
)
SECOND = "Nobody [asked us]{Equality} anything.\nNothing more to say.\nA [third]{Giving back} line."
THIRD = "In no case: [a gift]{Giving back} came."


def study(folder: Path) -> Project:
    """Reciprocity > Giving back, Equality; P2 before P10 in one case, a source in none; two coders."""
    project = new_project(folder)
    above = project.codebook.add("Reciprocity")
    project.codebook.add("Giving back", parent=above.guid)
    project.codebook.add("Equality")
    for name, marked in (("P10", FIRST), ("P2", SECOND), ("P3", THIRD)):
        add_coded(project, name, marked)
    project.cases.take(
        [
            CaseDraft("Group 10", "group", {"size": "9"}, ("P10",)),
            CaseDraft("Group 2", "group", {"size": "40"}, ("P2", "P10")),
        ],
        "cases.csv",
    )
    project.coders.add("Ben")
    project.act_as("Ben")
    found = project.sources.find("P2")
    project.codings.apply(code_named(project, "Equality").guid, found.guid, 0, 6)
    project.codings.apply(code_named(project, "Giving back").guid, found.guid, 10, 20)
    project.act_as("Ana")
    return project


def written(qtbot, page: TablePage, monkeypatch, folder: Path) -> list[list[str]]:
    """The rows of the csv file that the page writes, without its head and what each row repeats."""
    target = folder / "shown.csv"
    monkeypatch.setattr(messages, "ask_save", lambda *asked: target)
    [form] = [one for one in offered() if one.ending == ".csv"]
    with qtbot.waitSignal(page.writer.written):
        page.write_table(form)
    with target.open(encoding="utf-8-sig", newline="") as file:
        return [[recovered(field) for field in row] for row in csv.reader(file)][1:]


def copied(qtbot, page: TablePage) -> list[list[str]]:
    """The rows of the table that the page puts on the clipboard, without their head."""
    with qtbot.waitSignal(page.writer.copied):
        page.copy.click()
    text = QGuiApplication.clipboard().text()
    return [line.split("\t") for line in text.splitlines()][1:]


# Matrix


@pytest.fixture
def matrix(qtbot, tmp_path, context_of) -> MatrixPage:
    made = MatrixPage(context_of(study(tmp_path)))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0)
    return made


def choose(qtbot, page: MatrixPage, name: str, value: object) -> None:
    box = getattr(page, name)
    if box.value != value:
        with qtbot.waitSignal(page.model.modelReset):
            box.choose(value)


def on_screen(page: MatrixPage) -> list[list[str]]:
    """The rows in sight, by their names, with what their cells say."""
    model = page.model
    return [
        [str(model.headerData(row, Qt.Orientation.Vertical)),
         *(str(model.index(row, c).data()).replace(NOTHING, "")
           for c in range(model.columnCount()))]
        for row in range(model.rowCount())
    ]  # fmt: skip


def as_shown(rows: list[list[str]], columns: int, *, share: bool) -> list[list[str]]:
    """Rows of a file in the words of the page."""
    return [[row[0].rpartition(" > ")[2], *(_cell(one, share=share) for one in row[1:columns + 1])]
            for row in rows]  # fmt: skip


def _cell(field: str, *, share: bool) -> str:
    if share and "." in field:
        return f"{float(field):.0f} %"
    return f"{int(field.replace(',', '')):,}" if field else ""


@pytest.mark.parametrize("cells", list(Cells))
def test_every_kind_of_cell_is_written_and_copied_as_it_is_shown(
    qtbot, matrix, monkeypatch, tmp_path, cells
):
    choose(qtbot, matrix, "count", cells)
    columns = matrix.model.columnCount()
    for shown in (Shown.HEAT, Shown.NUMBERS, *([] if cells is Cells.PRESENCE else [Shown.SHARE])):
        matrix.show_as.choose(shown)
        share, screen = shown is Shown.SHARE, on_screen(matrix)
        found = written(qtbot, matrix, monkeypatch, tmp_path)
        assert as_shown(found, columns, share=share) == screen
        assert as_shown(copied(qtbot, matrix), columns, share=share) == screen


def test_shares_are_written_as_long_as_they_are_shown(qtbot, matrix):
    choose(qtbot, matrix, "count", Cells.CODINGS)
    matrix.show_as.choose(Shown.SHARE)
    screen = on_screen(matrix)
    with qtbot.waitSignal(matrix.model.modelReset):
        matrix.count.choose(Cells.PRESENCE)  # which has no shares, and is being counted
        assert on_screen(matrix) == screen
        made = matrix.shown_table()(matrix.project)
        assert {column.type for column in made.columns[1:]} == {ColumnType.PERCENT}
    made = matrix.shown_table()(matrix.project)
    assert {column.type for column in made.columns[1:]} == {ColumnType.INTEGER}


@pytest.mark.parametrize("columns", ["case", "source", "collection", "attribute:size"])
def test_rows_columns_and_coder_are_written_as_they_are_chosen(
    qtbot, matrix, monkeypatch, tmp_path, columns
):
    choose(qtbot, matrix, "columns", columns)
    coders = [EVERYBODY, *(coder.guid for coder in matrix.project.coders.all())]
    for rows, coder in product(("main", "rolled", "alone"), coders):
        choose(qtbot, matrix, "rows", rows)
        choose(qtbot, matrix, "coder", coder)
        screen, found = on_screen(matrix), written(qtbot, matrix, monkeypatch, tmp_path)
        assert as_shown(found, matrix.model.columnCount(), share=False) == screen
        assert ("Giving back" in [row[0] for row in screen]) == (rows != "main")  # folded away


def test_groups_stand_in_natural_order_and_the_note_tells_of_folded_rows(qtbot, matrix):
    choose(qtbot, matrix, "rows", "main")
    table = matrix.shown_table()(matrix.project)
    assert [column.name for column in table.columns] == ["code", "Group 2", "Group 10", "All"]
    assert "1 row of the 3 is folded away." in table.notes
    assert table.provenance["coders"] == "Ana"
    assert table.guids[0][0] == code_named(matrix.project, "Reciprocity").guid


def test_the_line_says_what_was_counted_and_what_was_left_out(qtbot, matrix):
    choose(qtbot, matrix, "count", Cells.CODINGS)
    said = "5 of 6 codings counted; 1 in sources without a case"
    with qtbot.waitSignal(matrix.statusChanged) as seen:
        matrix.activate()
    assert seen.args == [said]
    assert f"{said}." in matrix.subtitle.text()
    choose(qtbot, matrix, "columns", "attribute:size")
    assert "5 of 6 codings counted; 1 in sources without a value of size." in (
        matrix.subtitle.text()
    )
    choose(qtbot, matrix, "columns", "source")
    assert "of 6 codings" not in matrix.subtitle.text()


def test_a_copied_table_has_its_numbers_notes_and_origin_in_the_html(qtbot, matrix):
    choose(qtbot, matrix, "count", Cells.CODINGS)
    copied(qtbot, matrix)
    html = QGuiApplication.clipboard().mimeData().html()
    assert '<td align="right" x:num="3">3</td>' in html
    assert "<caption>Codes by case</caption>" in html
    assert "Codings of Ana." in html and "project: Study" in html


# Compare


def test_the_comparison_is_written_worst_first_with_the_columns_of_the_page(
    qtbot, tmp_path, context_of, monkeypatch
):
    page = ComparePage(context_of(study(tmp_path)))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.disagreements.model.rowCount() > 0)
    with qtbot.waitSignal(page.model.modelReset):
        page.codes.choose("all")
    model, last = page.model, page.model.plot
    screen = [[str(model.index(r, c).data()) for c in range(last)] for r in range(model.rowCount())]
    for rows in (written(qtbot, page, monkeypatch, tmp_path), copied(qtbot, page)):
        assert [_agreement(row, last) for row in rows[: len(screen)]] == screen
        assert rows[len(screen)][0] == "All codes pooled"


def _agreement(row: list[str], columns: int) -> list[str]:
    """A row of the file in the words of the page: counts, percent, kappa, alpha."""
    percent, *coefficients = row[columns - 3 : columns]
    return [
        row[0].rpartition(" > ")[2],
        *(f"{int(field):,}" for field in row[1 : columns - 3]),
        f"{float(percent):.1f}" if percent else NOTHING,
        *(coefficient(float(field) if field else None) for field in coefficients),
    ]


# Audit trail


def test_the_steps_shown_are_written_newest_first(qtbot, tmp_path, context_of, monkeypatch):
    page = AuditPage(context_of(study(tmp_path)))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0 and page.tag.isVisible())
    page.filter.who.row("Ana").setChecked(False)
    model = page.model
    shown = [(model.seq(row), model.index(row).data()) for row in range(model.rowCount())
             if model.seq(row)]  # fmt: skip
    assert shown == sorted(shown, reverse=True) and shown
    for rows in (written(qtbot, page, monkeypatch, tmp_path), copied(qtbot, page)):
        assert [(int(row[0]), row[3]) for row in rows] == shown
    table = page.shown_table()(page.project)
    assert table.provenance["filter"] == "coders: Ben"
    assert table.notes[0].endswith("steps are shown, the newest first.")
