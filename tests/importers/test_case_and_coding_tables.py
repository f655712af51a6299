"""Tables of cases and of codings."""

import pytest

from qualcoder_sm.errors import UnreadableFile, WrongUsage
from qualcoder_sm.importers import CodingRow, read_cases, read_codings


def test_a_case_has_a_name_a_type_sources_and_what_else_is_known(write_csv):
    path = write_csv(
        ("age", "case_id", "case_type", "sources", "note"),
        ("65-74", "P01", "Person", "P01 ; S01-T01;", ""),
    )
    [case] = read_cases(path)
    assert (case.name, case.type, case.sources) == ("P01", "Person", ("P01", "S01-T01"))
    assert case.attributes == {"age": "65-74"}


def test_without_a_header_for_it_the_first_column_is_the_name(write_csv):
    [case] = read_cases(write_csv(("who", "age"), ("P01", "70")))
    assert (case.name, case.type, case.attributes) == ("P01", "", {"age": "70"})


def test_a_case_id_goes_before_a_name(write_csv):
    [case] = read_cases(write_csv(("name", "case_id"), ("Shaky Blether", "S01")))
    assert (case.name, case.attributes) == ("S01", {"name": "Shaky Blether"})


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("P01", "1"), ("", "2")], r"Line 3 of cases\.csv: The case has no name\."),
        ([("P01", "1"), ("P01", "2")], r"Line 3 of cases\.csv: The case P01 comes twice\."),
    ],
)
def test_a_case_that_cannot_be_told_apart_is_refused(write_csv, rows, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_cases(write_csv(("case", "age"), *rows, name="cases.csv"))


def test_two_columns_of_one_name_are_refused(write_csv):
    with pytest.raises(WrongUsage, match="two columns named age"):
        read_cases(write_csv(("case", "age", "age"), ("P01", "1", "2")))


HEADERS = ("source", "start", "end", "code", "coder", "memo")


def test_a_coding_is_read_with_its_line(write_csv):
    path = write_csv(HEADERS, ("P01", 3, 9, "A > B", "Ana", "why"))
    assert read_codings(path) == [CodingRow("line 2", "P01", 3, 9, "A > B", "Ana", "why")]


def test_the_memo_may_be_missing(write_csv):
    [row] = read_codings(write_csv(HEADERS[:5], ("P01", 3, 9, "A", "Ana")))
    assert row.memo == ""


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("P01", "x", 9, "A", "Ana"), "The start “x” is not a whole number"),
        (("P01", 3, "-1", "A", "Ana"), "The end “-1” is not a whole number"),
        (("P01", 3, "9" * 5000, "A", "Ana"), "The end “9+” is not a whole number"),
        (("P01", 3, 9, "", "Ana"), "The code is missing"),
        (("", 3, 9, "A", "Ana"), "The source is missing"),
        (("P01", 3, 9, "A", ""), "The coder is missing"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_with_its_line(write_csv, row, sentence):
    with pytest.raises(UnreadableFile, match=rf"Line 2 of codings\.csv: {sentence}"):
        read_codings(write_csv(HEADERS[:5], row, name="codings.csv"))


def test_a_missing_column_is_refused(write_csv):
    with pytest.raises(UnreadableFile, match=r"codings\.csv has no column coder"):
        read_codings(write_csv(HEADERS[:4], ("P01", 3, 9, "A"), name="codings.csv"))


def test_two_columns_of_one_meaning_are_refused(write_csv):
    table = write_csv((*HEADERS[:5], "Coder"), ("P01", 3, 9, "A", "Ana", "Ben"), name="codings.csv")
    with pytest.raises(UnreadableFile, match=r"codings\.csv has 2 columns named coder"):
        read_codings(table)


def test_headers_without_a_row_are_refused(write_csv):
    with pytest.raises(UnreadableFile, match="has headers and no row below them"):
        read_codings(write_csv(HEADERS, name="codings.csv"))
