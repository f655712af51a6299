"""Tables of a Word document: what a journal would print."""

import shutil
import subprocess

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document, Prose, measure
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.table import Column, ColumnType, Table

SIZE = 170  # of the letters of a table, in twentieths of a point
TEXT, LONG, COUNT = ColumnType.TEXT, ColumnType.LONG_TEXT, ColumnType.INTEGER
CODES = [
    ("Principles of co-production > Equality", 7, 1_029),
    ("Principles of co-production > Reciprocity", 11, 318),
    ("NPT constructs > Coherence > Differentiation", 5, 0),
    ("all", 23, 1_347),
]


@pytest.fixture
def word(tmp_path):
    def written(*sections, **more):
        path = tmp_path / "a.docx"
        exporters.write(Document("Export", sections, **more), path)
        return docx.Document(str(path))

    return written


def table(rows, heads=("code", "P01", "P02"), kinds=None, **more):
    kinds = kinds or (TEXT, *[COUNT] * (len(heads) - 1))
    more = {"key": "matrix", "title": "Codes by case"} | more
    return Table(columns=tuple(map(Column, heads, kinds)), rows=tuple(rows), **more)


def cells(grid):
    """The texts of the cells that stand in each row; one that spans several counts once."""
    return [["\n".join(p.text for p in tc.p_lst) for tc in row.tc_lst] for row in grid._tbl.tr_lst]


def captions(document):
    return [p.text for p in document.paragraphs if p.style.name == "Caption"]


def notes(document):
    return [p.text for p in document.paragraphs if p.style.name == "Table note"]


def test_codes_stand_below_their_theme_and_not_behind_a_path(word):
    [grid] = word(table(CODES)).tables
    assert cells(grid) == [
        ["code", "P01", "P02"],
        ["Principles of co-production"],
        ["Equality", "7", "1,029"],
        ["Reciprocity", "11", "318"],
        ["NPT constructs"],
        ["Coherence"],
        ["Differentiation", "5", "0"],
        ["all", "23", "1,347"],
    ]
    names = [row.tc_lst[0].p_lst[0] for row in grid._tbl.tr_lst[1:]]
    indents = [int(name.pPr.ind.get(qn("w:left"))) if name.pPr.ind is not None else 0
               for name in names]  # fmt: skip
    assert indents == [0, 200, 200, 0, 200, 400, 0]
    assert names[0].style == "Tabletheme"


def test_a_theme_that_has_a_row_of_its_own_is_not_told_twice(word):
    rows = [("A", 3, 3), ("A > B", 1, 2), ("A > C", 2, 1)]
    assert cells(word(table(rows)).tables[0])[1:] == [
        ["A", "3", "3"], ["B", "1", "2"], ["C", "2", "1"],
    ]  # fmt: skip


def test_codes_that_do_not_stand_together_have_their_theme_above_them_in_the_cell(word):
    rows = [("A > B", "C > D", 3), ("C > D", "A > B", 2), ("A > E", "none", 1)]
    heads, kinds = ("code", "other", "n"), (TEXT, TEXT, COUNT)
    [grid] = word(table(rows, heads, kinds)).tables
    assert cells(grid)[1:] == [
        ["A\nB", "C\nD", "3"], ["C\nD", "A\nB", "2"], ["A\nE", "none", "1"],
    ]  # fmt: skip


def test_codes_across_have_their_themes_above_them(word):
    heads = ("case", "A > B", "A > C", "D > E", "all")
    [grid] = word(table([("P01", 1, 2, 3, 6)], heads)).tables
    assert cells(grid)[:2] == [["", "A", "D", ""], ["case", "B", "C", "E", "all"]]
    spans = [tc.grid_span for tc in grid._tbl.tr_lst[0].tc_lst]
    assert spans == [1, 2, 1, 1]
    assert all(row.trPr.find(qn("w:tblHeader")) is not None for row in grid._tbl.tr_lst[:2])


def test_tables_are_numbered_above_and_a_table_in_blocks_keeps_its_number(word):
    wide = table([("Isolation", *range(40))], ("code", *[f"P{i:02d} (many)" for i in range(40)]))
    document = word(table(CODES), Prose("P", ("text",)), wide, table(CODES))
    blocks = len(document.tables) - 2
    assert blocks > 1
    assert captions(document) == [
        "Table 1. Codes by case",
        "Table 2. Codes by case",
        *["Table 2. Codes by case (continued)"] * (blocks - 1),
        "Table 3. Codes by case",
    ]
    fields = [e.text.split() for e in document.element.body.iter(qn("w:instrText"))]
    assert fields[0] == ["SEQ", "Table", "\\*", "ARABIC"]
    assert fields[2] == ["SEQ", "Table", "\\c"]


def test_a_word_wider_than_the_page_leaves_room_for_the_columns_beside_it(word):
    heads = ("source", "x" * 200, "P02", "y" * 300)
    written = word(table([("t" * 250, 1, 2, 3), ("t1", 4, 5, 6)], heads))
    widths = [int(col.get(qn("w:w"))) for grid in written.tables for col in grid._tbl.tblGrid]
    assert min(widths) > 200


def test_rows_in_which_nothing_was_counted_are_left_out_and_told_of(word):
    rows = [("A > B", 1, 0), ("A > C", 0, 0), ("D > E", 0, 0), ("F", None, None)]
    document = word(table(rows))
    assert cells(document.tables[0])[1:] == [["A"], ["B", "1", "0"], ["F", "–", "–"]]
    assert notes(document) == ["2 rows in which nothing was counted are left out."]


def test_they_are_printed_when_they_are_asked_for_or_there_are_no_others(word):
    rows = [("A", 1, 0), ("B", 0, 0)]
    asked = word(table(rows), empty_rows=True)
    assert [row[0] for row in cells(asked.tables[0])[1:]] == ["A", "B"]
    alone = word(table([("B", 0, 0)]))
    assert [row[0] for row in cells(alone.tables[0])[1:]] == ["B"]
    words = word(table([("a", ""), ("b", "")], ("x", "y"), (TEXT, TEXT)))
    assert len(words.tables[0].rows) == 3, "words are no counts"


def test_a_row_of_text_no_page_could_hold_may_break_and_no_other(word):
    rows = [("a", "short"), ("b", "long words " * 2_000)]
    [grid] = word(table(rows, ("name", "text"), (TEXT, LONG))).tables
    whole = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None
             for row in grid.rows]  # fmt: skip
    assert whole == [True, True, False]


def test_the_last_rows_stay_with_the_notes_and_a_short_table_stays_together(word):
    def kept(n, told):
        document = word(table([(f"row {i}", i, i) for i in range(1, n)], notes=told))
        rows = document.tables[0].rows[1:]
        return [row.cells[0].paragraphs[0]._p.pPr.keepNext is not None for row in rows]

    assert kept(31, ("A note.",)) == [False] * 27 + [True] * 3
    assert kept(31, ()) == [*[False] * 27, True, True, False]
    assert kept(6, ("A note.",)) == [True] * 5
    assert kept(6, ()) == [*[True] * 4, False]


def test_guids_are_left_out_digests_are_cut_and_both_are_said(word):
    guid, digest = "4c7e8d86-5263-5f4b-ae29-d392914dee26", "ab" * 32
    document = word(table([("a", guid, digest)], ("name", "guid", "hash"), (TEXT, TEXT, TEXT)))
    assert cells(document.tables[0]) == [["name", "hash"], ["a", "abababababab"]]
    assert notes(document) == [
        "Left out of what is printed: guid.",
        "Of digests the first 12 characters are printed.",
    ]


def test_a_table_of_too_much_text_is_printed_row_by_row(word):
    names = [f"column {i}" for i in range(14)]
    heads, kinds = ("name", *names, "words"), (TEXT, *[TEXT] * 14, LONG)
    row = ("P01", *["several words"] * 13, "", "What was said.")
    document = word(table([row], heads, kinds))
    assert document.tables == []
    found = [(p.style.name, p.text) for p in document.paragraphs]
    facts = " · ".join(f"{name}: several words" for name in names[:-1])
    assert found[-3:] == [
        ("Record", "P01"), ("Facts", facts), ("Entry", "words\tWhat was said."),
    ]  # fmt: skip
    assert captions(document) == ["Table 1. Codes by case"]


def test_a_row_by_itself_that_has_no_name_is_called_by_its_number(word):
    heads, kinds = ("step", *[f"column {i}" for i in range(14)]), (COUNT, *[TEXT] * 14)
    document = word(table([(1_234, *["several words"] * 14)], heads, kinds))
    [name] = [p.text for p in document.paragraphs if p.style.name == "Record"]
    assert name == "step 1,234"


def test_a_codebook_is_a_list_of_definitions_under_the_headings_of_its_themes(word):
    heads = ("code", "colour", "definition", "include", "codings")
    kinds = (TEXT, ColumnType.COLOR, LONG, LONG, COUNT)
    rows = [
        ("A", "#0072b2", "", "", 0),
        ("A > B", "#d55e00", "What B is.\nIn two lines.", "This.", 1_234),
    ]
    document = word(table(rows, heads, kinds, key="codebook", title="Codebook"))
    assert [(p.style.name, p.text) for p in document.paragraphs][1:] == [
        ("Heading 1", "Codebook"),
        ("Heading 2", "A"),
        ("Facts", "■ colour: #0072b2 · codings: 0"),
        ("Heading 3", "B"),
        ("Facts", "■ colour: #d55e00 · codings: 1,234"),
        ("Entry", "definition\tWhat B is.\nIn two lines."),
        ("Entry", "include\tThis."),
    ]
    swatch = document.paragraphs[3].runs[0]
    assert (swatch.text, str(swatch.font.color.rgb)) == ("■ ", "0072B2")


def test_numbers_have_as_many_decimals_as_their_column_asks_and_stand_at_the_right(word):
    number, percent = ColumnType.NUMBER, ColumnType.PERCENT
    columns = (
        Column("code"), Column("alpha", number), Column("mean", number, "characters"),
        Column("tiny", number), Column("share", percent, "%"), Column("n", COUNT, "codings"),
    )  # fmt: skip
    rows = (("a", -0.4567, 1234.56, 0.00012, 87.25, 1234), ("b", 1, 2.0, 0.09, 100, 0))
    [grid] = word(Table("t", "T", columns, rows)).tables
    assert cells(grid) == [
        ["code", "alpha", "mean (characters)", "tiny", "share (%)", "n (codings)"],
        ["a", "-0.46", "1,234.6", "0.0001", "87.2", "1,234"],
        ["b", "1.00", "2.0", "0.0900", "100.0", "0"],
    ]
    styles = [cell.paragraphs[0].style.name for cell in grid.rows[0].cells]
    assert styles == ["Table head", *["Table head number"] * 5]


def test_a_unit_that_most_counts_share_stands_once_below(word):
    same = (Column("code"), *(Column(c, COUNT, "codings") for c in "ab"))
    mixed = (*same, Column("all", COUNT, "sources"))
    alone, both = word(Table("s", "S", same, ())), word(Table("m", "M", mixed, ()))
    assert cells(alone.tables[0]) == [["code", "a", "b"]]
    assert notes(alone) == ["There are no rows.", "Unit of the counts: codings."]
    assert cells(both.tables[0]) == [["code", "a", "b", "all (sources)"]]
    assert notes(both)[1] == "Unit of the counts whose heads name no other: codings."
    weighed = (*same, Column("weight", COUNT))
    unsure = word(Table("w", "W", weighed, ()))
    assert cells(unsure.tables[0]) == [["code", "a (codings)", "b (codings)", "weight"]]


def test_times_are_told_by_the_clocks_of_the_researcher_with_the_name_of_the_zone(word):
    from zoneinfo import ZoneInfo

    zone = Zone("Europe/London", ZoneInfo("Europe/London"))
    rows = [("a", "2024-03-14T10:44:33.000000Z"), ("b", "2024-07-14T10:44:33+00:00"), ("c", None)]
    heads = table(rows, ("what", "when"), (TEXT, ColumnType.TIME))
    [grid] = word(heads, zone=zone).tables
    assert cells(grid) == [
        ["what", "when (Europe/London)"],
        ["a", "2024-03-14 10:44:33"],
        ["b", "2024-07-14 11:44:33"],
        ["c", "–"],
    ]


WORDS = st.text(st.sampled_from("abcdefghilmnoprstuwWM ,.-日本😀1234567890"), max_size=50)


@settings(max_examples=25, deadline=None)
@given(
    names=st.lists(WORDS, min_size=1, max_size=6),
    counts=st.lists(st.integers(0, 10**9), min_size=1, max_size=10),
    heads=st.lists(WORDS, min_size=10, max_size=10),
)
def test_no_number_and_no_short_word_is_wider_than_its_column(
    tmp_path_factory, names, counts, heads
):
    rows = [(name, *counts) for name in names]
    path = tmp_path_factory.mktemp("w") / "a.docx"
    one = table(rows, ("name", *heads[: len(counts)]))
    exporters.write(Document.of(one), path)
    for grid in docx.Document(str(path)).tables:
        for row in grid._tbl.tr_lst:
            for tc in row.tc_lst:
                room = int(tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) - 160
                longest = measure.need("", [p.text for p in tc.p_lst]).least
                assert longest * SIZE / 1_000 <= room


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice"
)
def test_every_number_and_word_is_whole_on_the_printed_page(tmp_path):
    counts = [
        (f"Theme {i % 3} > Accessibility and so on {i}", i * 1_111, i) for i in range(3, 90, 3)
    ]
    counts.sort()
    sections = (table(counts, ("code", "characters in all", "P01")), table(CODES))
    exporters.write(Document("Export", sections), tmp_path / "a.docx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "pdf", "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True
    ).stdout.decode()
    printed = set(text.split())
    assert {f"{n:,}" for _, n, _ in counts} <= printed
    assert {"Accessibility", "Differentiation", "characters"} <= printed
