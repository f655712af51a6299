"""What is printed of a quotation is what was said, up to white space, in every format."""

import csv
import json
import unicodedata
from dataclasses import astuple, fields

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document, Quotation, QuotationSection
from qualcoder_sm.exporters.cells import clean, one_line
from qualcoder_sm.formulas import recovered
from qualcoder_sm.table import Column, ColumnType, Table

MARK = "[SYNTHETIC]"
PARTING = "\n\r\t\x0b\x0c\x1c\x85\u2028\u2029"
LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "abc '=+-@_x0041<&>\"]😀𐍈👩‍👧שלוםمرحبا日本語é" + PARTING + "\x00\x01\x1b\x7f\ufffe\uffff"
)
WORDS = st.text(LETTERS, min_size=1, max_size=60)


def words(text):
    """The words of a text; what nobody can see parts them."""
    seen = (" " if unicodedata.category(c) == "Cc" or c in "\ufffe\uffff" else c for c in text)
    return "".join(seen).split()


def written(folder, ending, *sections):
    target = folder / f"quotations{ending}"
    exporters.write(Document("D", sections), target)
    return target


def quotations(*texts):
    columns = tuple(Column(field.name) for field in fields(Quotation))
    rows = tuple(astuple(Quotation("A > B", text, "P01", coder="Ana")) for text in texts)
    return QuotationSection(Table("quotations", "Q", columns, rows))


def in_word(folder, *texts):
    path = written(folder, ".docx", quotations(*texts))
    return [p.text for p in docx.Document(str(path)).paragraphs if p.style.name == "Quote"]


def in_excel(folder, *texts):
    sheet = openpyxl.load_workbook(written(folder, ".xlsx", quotations(*texts)))["Quotations"]
    return [unescape(cell.value or "") for cell in sheet["B"][1:]]


def in_csv(folder, *texts):
    return [recovered(row[1]) for row in read(written(folder, ".csv", quotations(*texts)))[1:]]


def in_json(folder, *texts):
    path = written(folder, ".json", quotations(*texts))
    return [row[1] for row in json.loads(path.read_text(encoding="utf-8"))[0]["rows"]]


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("words")


HARD = [
    "first\x0bbut", "first\x0cbut\x85so\u2028then\u2029now", "_x0041_ _x005F_ _xzz_", "=1+1",
    "'quoted'", "'=1", "a\x00b\x1bc\x7fd\x9fe", "👩‍👧‍👦 שלום (3) عالم 𐍈", "]]> <w:t>& &amp;",
    "a\r\nb\rc\n\x00\x0b\u2028", "\ta", "  ", "@", "-1", "{=1}", "http://a.b", "007",
]  # fmt: skip
FEW = settings(max_examples=20, deadline=None)


@FEW
@given(texts=st.lists(WORDS, min_size=1, max_size=40))
@example(texts=HARD)
def test_the_words_come_back_from_word_and_excel(folder, texts):
    said = list(map(words, texts))
    assert list(map(words, in_word(folder, *texts))) == said
    assert list(map(words, in_excel(folder, *texts))) == said


@FEW
@given(texts=st.lists(WORDS, min_size=1, max_size=40))
@example(texts=HARD)
def test_csv_and_json_keep_every_character(folder, texts):
    assert in_csv(folder, *texts) == texts
    assert in_json(folder, *texts) == texts


@given(text=st.text(LETTERS | st.just("\ud800")))
def test_a_cleaned_text_can_be_written_and_has_the_same_words(text):
    cleaned = clean(text)
    assert words(cleaned) == words(text.replace("\ud800", " "))
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert one_line(text).split() == cleaned.split()
    assert "\n" not in one_line(text)


@pytest.mark.parametrize("letter", ["a", "é", "😀"])
@pytest.mark.parametrize("units", [16_383, 16_384, 32_766, 32_767, 32_768, 40_000])
def test_a_cell_holds_what_excel_allows_and_says_where_it_is_cut(folder, letter, units):
    text = (letter * units)[: units // len(letter.encode("utf-16-le")) * 2]
    [found] = in_excel(folder, text)
    size = len(found.encode("utf-16-le")) // 2
    if len(text.encode("utf-16-le")) // 2 <= 32_767:
        assert found == text
    else:
        kept, _, note = found.partition(" … [")
        assert note == "Cut here: a cell of a workbook holds 32,767 characters.]"
        assert text.startswith(kept)
        assert size in {32_766, 32_767}, "as much as there is room for, and no half of a letter"


def test_word_takes_a_text_of_any_length(folder):
    text = "😀" * 20_000
    assert in_word(folder, text) == [text]


def test_one_kind_of_character_is_written_the_same_in_titles_names_and_footers(folder):
    bad = f"{MARK} a\x0bb\x00c"
    table = Table(bad, bad, (Column(bad),), ((bad,),), (bad,), {"project": bad, "coders": bad})
    word = docx.Document(str(written(folder, ".docx", table)))
    assert word.core_properties.title == "D"
    assert word.core_properties.author == f"{MARK} a b c"
    assert f"{MARK} a b c" in word.sections[0].footer.paragraphs[0].text
    book = openpyxl.load_workbook(written(folder, ".xlsx", table))
    assert book.sheetnames[1] == "SYNTHETIC  a b c".replace("  ", " ")
    assert f"{MARK} a b c" in book["About"].oddFooter.left.text
    assert book.worksheets[1]["A1"].value == f"{MARK} a\nb c"


EVERY_KIND = (
    ("text", ColumnType.TEXT), ("long", ColumnType.LONG_TEXT), ("n", ColumnType.INTEGER),
    ("x", ColumnType.NUMBER), ("share", ColumnType.PERCENT), ("when", ColumnType.TIME),
    ("color", ColumnType.COLOR),
)  # fmt: skip


@pytest.mark.parametrize("n", [0, 1, 100, 101, 250, 2_001])
@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".csv", ".json"])
def test_every_row_is_written_in_order(folder, ending, n):
    columns = tuple(Column(name, kind) for name, kind in EVERY_KIND)
    rows = tuple(
        (f"row {i}", f"{MARK} {i}", i, i / 7, i / 3, "2026-03-01T12:00:00Z", "#a0b1c2")
        for i in range(n)
    )
    path = written(folder, ending, Table("frequencies", "F", columns, rows))
    names = {
        ".xlsx": lambda: [c.value for c in openpyxl.load_workbook(path)["Frequencies"]["A"][1:]],
        ".docx": lambda: word_names(path),
        ".csv": lambda: [row[0] for row in read(path)[1:]],
        ".json": lambda: [row[0] for row in json.loads(path.read_text("utf-8"))[0]["rows"]],
    }[ending]()
    assert names == [row[0] for row in rows]


def word_names(path):
    [grid] = docx.Document(str(path)).tables
    rows = grid._tbl.tr_lst[1:]
    return [row.tc_lst[0].p_lst[0].text for row in rows]
