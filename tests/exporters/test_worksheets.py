"""Worksheets as they are read and printed: widths, heights, pages, what is for programs."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document, Prose, paper
from qualcoder_sm.exporters.sheet_layout import lines
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.table import Column, ColumnType, Table

TEXT, LONG, COUNT = ColumnType.TEXT, ColumnType.LONG_TEXT, ColumnType.INTEGER
GUID = "4c7e8d86-5263-5f4b-ae29-d392914dee26"
POINTS = 0.75  # of a pixel


@pytest.fixture(autouse=True)
def a4(monkeypatch):
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")


@pytest.fixture
def sheet(tmp_path):
    def written(table, **more):
        path = tmp_path / "a.xlsx"
        exporters.write(Document("Export", (table,), **more), path)
        return openpyxl.load_workbook(path).worksheets[1]

    return written


def table(rows, heads, kinds, **more):
    more = {"key": "matrix", "title": "Codes by case"} | more
    return Table(columns=tuple(map(Column, heads, kinds)), rows=tuple(rows), **more)


def matrix(n):
    heads, kinds = ("code", *[f"P{i:02d}" for i in range(n)]), (TEXT, *[COUNT] * n)
    return table([("Reciprocity", *range(n))], heads, kinds)


def width(sheet):
    """Of what is printed, in points."""
    last = openpyxl.utils.column_index_from_string(sheet.print_area.split("$")[-2])
    alike = ((d.width, range(d.min, d.max + 1)) for d in sheet.column_dimensions.values())
    return sum(wide * 7 * POINTS for wide, columns in alike for i in columns if i <= last)


def test_a_row_is_as_high_as_the_text_it_wraps(sheet):
    rows = [("short", "one line"), ("two\nlines", "x"), ("a", "some words that are said " * 20)]
    found = sheet(table(rows, ("name", "text"), (TEXT, LONG)))
    heights = [found.row_dimensions[i].height for i in (2, 3, 4)]
    assert heights[0] is None, "as high as usual"
    assert heights[1] == 30
    assert 8 * 15 <= heights[2] <= 11 * 15, "500 letters in a column of sixty"


def test_no_row_is_higher_than_excel_allows(sheet):
    found = sheet(table([("words " * 5_000,)], ("text",), (LONG,)))
    assert found.row_dimensions[2].height == 409


@given(st.text(st.sampled_from("abc lMW,.é日😀\n\x0b"), max_size=300), st.floats(8, 80))
def test_a_text_takes_a_line_at_least_for_each_of_its_own_and_fewer_when_it_has_room(text, room):
    n = lines(text, room)
    assert n >= text.count("\n") + text.count("\x0b") + 1
    assert lines(text, room + 20) <= n
    assert lines(text + "\nx", room) == n + 1


def test_the_head_leaves_a_line_for_the_buttons_of_the_filter(sheet):
    assert sheet(matrix(3)).row_dimensions[1].height == 30


@pytest.mark.parametrize(
    ("n", "orientation", "fitted"), [(3, "portrait", True), (20, "landscape", True)]
)
def test_a_table_that_fits_a_page_is_fitted_to_it(sheet, n, orientation, fitted):
    found = sheet(matrix(n))
    assert found.page_setup.orientation == orientation
    assert bool(found.sheet_properties.pageSetUpPr.fitToPage) == fitted
    page = 595.3 if orientation == "portrait" else 841.9
    assert (page - 2 * 28.8) / width(found) * 11 >= 8, "letters of 8 points or more"


def test_a_wider_one_runs_over_pages_with_its_names_on_each(sheet):
    found = sheet(matrix(80))
    assert found.page_setup.orientation == "landscape"
    assert found.page_setup.scale * 11 / 100 >= 8
    assert found.print_title_rows == "$1:$1"
    assert found.print_title_cols == "$A:$A"


def test_words_give_way_so_that_a_table_fits_a_page(sheet):
    heads, kinds = ("name", "one", "two", "three"), (TEXT, LONG, LONG, LONG)
    found = sheet(table([("a", *["many words " * 30] * 3)], heads, kinds))
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (841.9 - 2 * 28.8) / width(found) * 11 >= 8


def test_the_largest_number_of_all_rows_is_seen_whole(sheet):
    rows = [(f"r{i}", i, -i / 7) for i in range(9_000)] + [("r", 10**12, -(10**9) / 7)]
    found = sheet(table(rows, ("name", "n", "x"), (TEXT, COUNT, ColumnType.NUMBER)))
    assert found.column_dimensions["B"].width >= len("1,000,000,000,000") + 1
    assert found.column_dimensions["C"].width >= len("-142,857,142.857") + 1


def test_guids_are_the_last_columns_narrow_and_not_printed(sheet):
    guids = {0: (GUID, None), 1: (None, None)}
    one = table([("t1", 1), ("t1", 2)], ("source", "n"), (TEXT, COUNT), guids=guids)
    found = sheet(one)
    assert [[c.value for c in row] for row in found.rows] == [
        ["source", "n", "source guid"], ["t1", 1, GUID], ["t1", 2, None],
    ]  # fmt: skip
    assert found.column_dimensions["C"].width < 13
    assert found["C2"].alignment.horizontal == "fill"
    assert found.print_area.endswith("$A$1:$B$3")
    assert found.auto_filter.ref == "A1:C3"
    assert found.freeze_panes == "B2", "a matrix all the same"


def test_a_table_that_goes_on_on_the_next_sheet_keeps_its_guids(tmp_path, monkeypatch):
    monkeypatch.setattr("qualcoder_sm.exporters.spreadsheet.MAX_ROWS", 1)
    guids = [GUID.replace("4", digit) for digit in "12"]
    one = table([("a",), ("b",)], ("source",), (TEXT,), guids={0: tuple(guids)})
    exporters.write(Document.of(one), tmp_path / "a.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1:]
    assert [[c.value for c in s[2]] for s in sheets] == [["a", guids[0]], ["b", guids[1]]]


def test_digests_are_narrow_where_they_stand(sheet):
    found = sheet(table([("ab" * 32, "x")], ("digest", "name"), (TEXT, TEXT)))
    assert found.column_dimensions["A"].width < 13
    assert found["A2"].value == "ab" * 32


def test_times_are_of_the_zone_that_the_head_names(sheet):
    from zoneinfo import ZoneInfo

    one = table([("2024-07-14T10:44:33Z",)], ("when",), (ColumnType.TIME,))
    found = sheet(one, zone=Zone("Europe/London", ZoneInfo("Europe/London")))
    assert found["A1"].value == "when (Europe/London)"
    assert f"{found['A2'].value:%H:%M}" == "11:44"


def test_text_that_looks_like_a_number_is_no_error_to_excel(sheet, tmp_path):
    import zipfile

    sheet(table([("007",)], ("key",), (TEXT,)))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert b'numberStoredAsText="1"' in package.read("xl/worksheets/sheet2.xml")


def test_long_paragraphs_of_the_first_sheet_are_seen_whole(tmp_path):
    prose = Prose("Methods", ("words " * 100,))
    exporters.write(Document("Export", (prose, matrix(1))), tmp_path / "a.xlsx")
    about = openpyxl.load_workbook(tmp_path / "a.xlsx")["About"]
    [row] = [row for row in about.rows if str(row[1].value).startswith("words")]
    assert about.row_dimensions[row[0].row].height >= 8 * 15


@pytest.mark.parametrize(
    ("locale", "found"),
    [("en_US.UTF-8", paper.LETTER), ("en_GB.UTF-8", paper.A4), ("C.UTF-8", paper.A4),
     ("es_MX", paper.LETTER), ("fr_CA@euro", paper.LETTER)],
)  # fmt: skip
def test_the_paper_is_that_of_the_country(sheet, monkeypatch, locale, found):
    monkeypatch.setenv("LC_ALL", locale)
    assert paper.usual() == found
    assert sheet(matrix(1)).page_setup.paperSize == found.excel


def test_without_a_locale_in_the_environment_the_programs_own_is_asked(monkeypatch):
    for name in ("LC_ALL", "LC_PAPER", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: ("English_United States", "1252"))
    assert paper.usual() == paper.LETTER
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert paper.usual() == paper.A4
