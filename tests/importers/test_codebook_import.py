"""Codebooks from tables, and those that come with the program."""

import csv
import re

import pytest

from qualcoder_sm.errors import NotFound, UnreadableFile
from qualcoder_sm.importers import read_codebook, templates


@pytest.fixture
def book(write_csv):
    def _book(*rows, headers=("code", "parent")):
        return read_codebook(write_csv(headers, *rows, name="book.csv"))

    return _book


def paths(drafts):
    return [" > ".join(draft.path) for draft in drafts]


def test_three_books_come_with_the_program():
    assert [(t.name, t.path.name) for t in templates()] == [
        ("coproduction", "01_coproduction_principles.csv"),
        ("npt", "02a_npt_four_constructs_sixteen_components.csv"),
        ("combined", "03_daneshvar_combined.csv"),
    ]
    assert all(t.title and t.how_to_use and t.citation for t in templates())


@pytest.mark.parametrize(
    ("name", "number", "themes"),
    [
        ("coproduction", 24, ["Cahn core values"]),
        ("npt", 20, []),
        ("combined", 30,
         ["Principles of co-production", "NPT constructs", "Platform and feature use"]),
    ],
)  # fmt: skip
def test_a_book_is_read_by_its_name(name, number, themes):
    drafts = read_codebook(name)
    assert len(drafts) == number
    assert [draft.path[-1] for draft in drafts if not draft.codable] == themes
    assert all(draft.definition and draft.color for draft in drafts)


def test_codes_come_in_the_order_of_the_tree_wherever_their_rows_stand(book):
    drafts = book(("Trust", "Equality"), ("Equality", ""), ("Voice", "Equality"), ("Say", "Voice"))
    assert paths(drafts) == [
        "Equality",
        "Equality > Trust",
        "Equality > Voice",
        "Equality > Voice > Say",
    ]


def test_only_the_code_is_required(book):
    assert paths(book(("Trust",), ("Voice",), headers=("Code",))) == ["Trust", "Voice"]


def test_all_fields_are_kept(book):
    headers = ("code", "color", "brief_definition", "definition", "include", "exclude", "example",
               "source", "codable")  # fmt: skip
    [code] = book(("Trust", "#0a5", "b", "d", "i", "e", "x", "s", "no"), headers=headers)
    assert (code.color, code.codable) == ("#00AA55", False)
    assert (code.brief_definition, code.definition, code.include) == ("b", "d", "i")
    assert (code.exclude, code.example, code.source) == ("e", "x", "s")


def test_one_name_may_stand_under_two_parents_named_by_path(book):
    drafts = book(("A", ""), ("B", ""), ("Trust", "A"), ("Trust", "B"), ("Say", "B > Trust"))
    assert paths(drafts) == ["A", "A > Trust", "B", "B > Trust", "B > Trust > Say"]


def test_a_sign_in_a_name_is_no_path(book):
    assert paths(book(("Age >65", ""), ("Old", "Age >65"))) == ["Age >65", "Age >65 > Old"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("A", ""), ("B", "C")], "Line 3 of book.csv: There is no code “C” to be the parent."),
        ([("A", ""), ("B", "X > A")], "Line 3 of book.csv: There is no code “X > A”"),
        ([("A", "B"), ("B", "A")], "Line 2 of book.csv: The code “A” stands above itself."),
        ([("A", "A")], "Line 2 of book.csv: There is no code “A” to be the parent."),
        ([("A", ""), ("A", "")], "Line 3 of book.csv: The code “A” stands in the file before."),
        ([("A", ""), ("B", ""), ("T", "A"), ("T", "B"), ("S", "T")],
         "Line 6 of book.csv: Several codes are named “T”"),
        ([("", ""), ("B", "A")], "Line 3 of book.csv: There is no code “A”"),
        ([("", "A"), ("A", "")], "Line 2 of book.csv: The code has no name."),
        ([("A > B", "")], "Line 2 of book.csv: The name of a code may not hold “ > ”."),
    ],
)  # fmt: skip
def test_a_row_that_fits_no_tree_is_refused_with_its_line(book, rows, sentence):
    with pytest.raises(UnreadableFile) as refusal:
        book(*rows)
    assert str(refusal.value).startswith(sentence)
    assert str(refusal.value).endswith("Nothing was imported.")


def test_a_colour_that_is_none_is_refused(book):
    with pytest.raises(UnreadableFile, match="Line 2 of book.csv: “red” is not a colour"):
        book(("A", "red"), headers=("code", "color"))


def test_a_table_without_codes_is_refused(book):
    with pytest.raises(UnreadableFile, match=r"book\.csv has no column code"):
        book(("A", "b"), headers=("name", "parent"))


def test_an_unknown_book_is_refused_with_those_there_are():
    with pytest.raises(NotFound, match="no codebook grief.*coproduction, npt, combined"):
        read_codebook("grief")


REMARKS = re.compile(r"[\[\]]|verified|roll-up|\(?container|do not apply|not seen|this app", re.I)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_no_remark_of_those_who_wrote_a_book_stands_in_a_definition(template):
    fields = ("brief_definition", "definition", "include", "exclude", "example", "source")
    read = read_codebook(template.name)
    found = [
        (draft.path[-1], field, text)
        for draft in read
        for field in fields
        if REMARKS.search(text := getattr(draft, field))
    ]
    assert found == []
    with template.path.open(encoding="utf-8", newline="") as file:
        notes = [row["notes"] for row in csv.DictReader(file)]
    assert any("verified" in note for note in notes), "the remarks are kept in the file"
    shown = [getattr(draft, field) for draft in read for field in fields]
    assert not any(note in text for note in notes if note for text in shown)
