import errno
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from qualcoder_sm import exporters
from qualcoder_sm.errors import DiskError
from qualcoder_sm.exporters import Document, Prose, spreadsheet
from qualcoder_sm.exporters.cells import ink_on
from qualcoder_sm.table import Column, ColumnType, Table

PROVENANCE = {"project": "Study", "date": "2026-03-01", "head": "ab" * 32}


def table(*rows, kinds=(ColumnType.TEXT,), key="segments", title="Coded segments", **more):
    columns = tuple(Column(f"c{i}", kind) for i, kind in enumerate(kinds))
    return Table(key, title, columns, rows, provenance=PROVENANCE, **more)


@pytest.fixture
def book(tmp_path):
    def written(*sections):
        path = tmp_path / "a.xlsx"
        exporters.write(Document("Export", sections), path)
        return openpyxl.load_workbook(path)

    return written


def cell(book, value, kind=ColumnType.TEXT):
    return book(table((value,), kinds=(kind,)))["Segments"]["A2"]


@pytest.mark.parametrize("text", ["=1+1", "+a", "-b", "@c", "{=1}", "http://a.b", "007", " =1"])
def test_text_stays_text_whatever_it_begins_with(book, text):
    found = cell(book, text)
    assert (found.value, found.data_type) == (text, "s")


def test_a_formula_is_an_inline_string_in_the_file_and_stays_one_when_edited(book, tmp_path):
    found = cell(book, "=1+1")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        xml = package.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in xml
    assert 't="inlineStr"><is><t xml:space="preserve">=1+1</t>' in xml
    assert found.quotePrefix


@pytest.mark.parametrize("text", ["<r><t>x</t></r>", "a & b < c", "😀\nb", "  both  ", "]]>"])
def test_markup_emoji_and_white_space_come_back_as_they_were(book, text):
    assert cell(book, text).value == text


def test_characters_xml_cannot_hold_become_white_space(book):
    assert cell(book, "a\x00\x1b\ufffe\ud800b\x0bc\u2028d").value == "a    b\nc\nd"


def test_what_excel_would_unescape_is_escaped(book):
    assert cell(book, "_x0041_").value in {"_x0041_", "_x005F_x0041_"}


@pytest.mark.parametrize("letter", ["a", "😀"])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(book, letter):
    found = cell(book, letter * 40_000).value
    assert len(found.encode("utf-16-le")) // 2 in {32_766, 32_767}
    assert found.endswith("[Cut here: a cell of a workbook holds 32,767 characters.]")


def test_the_longest_text_that_fits_is_kept(book):
    assert cell(book, "a" * 32_767).value == "a" * 32_767


@pytest.mark.parametrize(
    ("kind", "value", "read", "form"),
    [
        (ColumnType.INTEGER, 1234, 1234, "#,##0"),
        (ColumnType.NUMBER, -0.5, -0.5, "#,##0.000"),
        (ColumnType.PERCENT, 66.7, 66.7, "0.0"),
        (
            ColumnType.TIME,
            "2026-03-01T12:00:00+02:00",
            datetime(2026, 3, 1, 10),
            "yyyy-mm-dd hh:mm:ss",
        ),
    ],
)
def test_numbers_and_times_have_their_type_and_format(book, kind, value, read, form):
    found = cell(book, value, kind)
    assert (found.value, found.number_format) == (read, form)


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), ""])
def test_a_value_that_does_not_exist_is_an_empty_cell(book, missing):
    assert cell(book, missing, ColumnType.NUMBER).value is None


def test_zero_and_false_are_values(book):
    sheet = book(table((0, False), kinds=(ColumnType.INTEGER, ColumnType.TEXT)))["Segments"]
    assert [c.value for c in sheet[2]] == [0, False]


def test_a_number_longer_than_excel_keeps_is_text(book):
    assert cell(book, 1234567890123456789, ColumnType.INTEGER).value == "1234567890123456789"


def test_a_colour_paints_its_cell_with_readable_ink(book):
    found = cell(book, "#20304a", ColumnType.COLOR)
    assert found.fill.fgColor.rgb.lower() == "ff20304a"
    assert found.font.color.rgb == "FFFFFFFF"
    assert ink_on("#ffe9a3") == "#000000"


def test_the_head_is_frozen_filtered_and_bold_and_columns_are_as_wide_as_they_need(book):
    kinds = (ColumnType.TEXT, ColumnType.LONG_TEXT)
    sheet = book(table(*[("short", "long " * 100)] * 3, kinds=kinds))["Segments"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width < 12
    assert sheet.column_dimensions["B"].width > 50
    assert sheet["B2"].alignment.wrap_text
    assert sheet.dimensions == "A1:B4"


def test_the_names_of_a_matrix_stay_in_sight(book):
    kinds = (ColumnType.TEXT, ColumnType.INTEGER, ColumnType.INTEGER)
    assert book(table(("a", 1, 2), kinds=kinds))["Segments"].freeze_panes == "B2"


def test_sheet_names_are_allowed_short_and_unique(book):
    names = book(
        table(key="a/b[c]:*?\\" + "x" * 40),
        table(key="matrix", title="Matrix of counts"),
        table(key="Matrix", title="Matrix of characters"),
        table(key="MATRIX", title="matrix OF characters"),
        table(key="history", title="'"),
        table(key="about", title="😀" * 40),
    ).sheetnames
    assert len({name.casefold() for name in names}) == 7
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
    assert names[2:5] == ["Matrix", "Matrix of characters", "MATRIX (2)"]


def test_a_table_too_long_for_a_sheet_goes_on_on_the_next(book, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 2)
    written = book(table(*[(f"r{i}",) for i in range(5)]))
    sheets = written.worksheets[1:]
    assert [[c.value for c in s["A"]] for s in sheets] == [
        ["c0", "r0", "r1"],
        ["c0", "r2", "r3"],
        ["c0", "r4"],
    ]


def test_the_first_sheet_tells_title_provenance_notes_and_prose(book):
    written = book(table(notes=("A note.",)), Prose("Methods", ("A paragraph.",)))
    told = {str(c) for row in written["About"].iter_rows(values_only=True) for c in row if c}
    assert {"Export", "Study", "ab" * 32, "A note.", "Methods", "A paragraph."} <= told


def test_units_stand_in_the_head_or_once_in_the_notes(book):
    I = ColumnType.INTEGER  # noqa: E741, N806
    mixed = Table("m", "M", (Column("a", I, "characters"), Column("b", I, "codings")), ())
    same = Table("s", "S", (Column("a", I, "codings"), Column("b", I, "codings")), ())
    written = book(mixed, same)
    assert [c.value for c in written["M"][1]] == ["a (characters)", "b (codings)"]
    assert [c.value for c in written["S"][1]] == ["a", "b"]


def test_no_temporary_file_is_left(book, tmp_path):
    book(table(("a",)))
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_disk_that_fills_up_at_the_end_is_said_and_leaves_the_old_file(tmp_path, monkeypatch):
    def full(self):
        raise FileCreateError(OSError(errno.ENOSPC, "No space left on device"))

    monkeypatch.setattr(xlsxwriter.Workbook, "close", full)
    target = tmp_path / "a.xlsx"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(DiskError, match="disk is full"):
        exporters.write(Document.of(table(("a",))), target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]
