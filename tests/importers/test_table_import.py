"""Tables: delimiters, quotes, encodings, and rows that do not fit."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.errors import UnknownFormat, UnreadableFile
from qualcoder_sm.importers import preview_table
from qualcoder_sm.importers.table import read_table, sheet


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_among_words_full_of_others(write_csv, delimiter):
    rows = [("id", "text"), ("1", "a, b, c; d | e"), ("2", "no"), ("3", 'she said "so, so"')]
    table = read_table(write_csv(*rows, delimiter=delimiter))
    assert table.delimiter == delimiter
    assert [table.headers, *table.rows] == rows


def test_a_single_column_is_a_table_too(write):
    assert read_table(write("a.csv", "text\nsnow\n")).rows == [("snow",)]


def test_a_line_that_names_the_delimiter_is_believed(write):
    table = read_table(write("a.csv", "sep=;\nid;text\n1;a,b\n"))
    assert (table.headers, table.rows, table.lines) == (("id", "text"), [("1", "a,b")], [3])


def test_rows_know_the_line_on_which_they_begin(write):
    table = read_table(write("a.csv", 'id,text\n1,"one\ntwo"\n\n,\n2,b\n'))
    assert [table.place(n) for n in range(2)] == ["line 2", "line 6"]


def test_a_ragged_row_is_refused_with_its_line(write):
    path = write("interviews.csv", 'a,b,c\n1,"x\ny",3\n1,2\n')
    with pytest.raises(UnreadableFile) as refusal:
        read_table(path)
    assert str(refusal.value) == (
        "Line 4 of interviews.csv has 2 columns; 3 were expected. Nothing was imported."
    )


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(write):
    with pytest.raises(UnreadableFile, match=r"begins on line 3 of a\.csv is never closed"):
        read_table(write("a.csv", 'a,b\n1,2\n3,"four\n5,6\n'))


def test_an_empty_table_is_refused(write):
    with pytest.raises(UnreadableFile, match=r"a\.csv is empty"):
        read_table(write("a.csv", ""))


def test_another_ending_is_no_table(write):
    with pytest.raises(UnknownFormat, match=r"a\.txt is not a table"):
        read_table(write("a.txt", "a,b"))


def test_a_cell_longer_than_the_usual_limit_is_read(write):
    long = "x" * 200_000
    assert read_table(write("a.csv", f"id,text\n1,{long}\n")).rows == [("1", long)]


def test_the_preview_shows_first_values_and_how_the_file_was_read(write):
    preview = preview_table(write("a.csv", "id;text\n1;\n2;café\n3;c\n".encode("cp1252")))
    assert preview.headers == ("id", "text")
    assert preview.first == (("1", "2", "3"), ("café", "c"))
    assert (preview.rows, preview.encoding, preview.delimiter) == (3, "Windows-1252", ";")


def test_a_sheet_leaves_empty_rows_out_and_keeps_their_numbers():
    table = sheet("a.xlsx", [("", ""), ("id", "text"), ("", ""), ("1", "a")])
    assert (table.headers, table.rows, table.place(0)) == (("id", "text"), [("1", "a")], "row 4")


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda cell: cell == cell.strip() and not cell.startswith(("\ufeff", "sep="))
)


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=2)
    )
)
def test_what_the_csv_writer_writes_is_read_back(tmp_path_factory, rows):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    path = tmp_path_factory.mktemp("table") / "a.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    table = read_table(path)
    assert [table.headers, *table.rows] == [tuple(row) for row in rows]
