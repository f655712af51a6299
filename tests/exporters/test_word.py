from dataclasses import astuple, fields

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document, Prose, Quotation, QuotationSection
from qualcoder_sm.table import Column, ColumnType, Table

PROVENANCE = {"project": "Study", "date": "2026-03-01", "head": "ab" * 32}


@pytest.fixture
def word(tmp_path):
    def written(*sections):
        path = tmp_path / "a.docx"
        exporters.write(Document("Export", sections, "[SYNTHETIC]", PROVENANCE), path)
        return docx.Document(str(path))

    return written


def styled(document):
    return [(p.style.name, p.text) for p in document.paragraphs]


def quotation(text="words", code="A > B", **more):
    return Quotation(code, text, "Interview P01", **more)


def quotations(*found, title="Q", definitions=None):
    columns = tuple(Column(field.name) for field in fields(Quotation))
    table = Table("quotations", title, columns, tuple(map(astuple, found)), ("1 quotation.",))
    return QuotationSection(table, definitions or {})


def table(*rows, names=("name", "n")):
    kinds = (ColumnType.TEXT, *[ColumnType.INTEGER] * (len(names) - 1))
    return Table("t", "A table", tuple(map(Column, names, kinds)), rows, ("A note.",))


def test_quotations_stand_under_the_headings_of_their_code(word):
    q = quotations(quotation(), quotation(), quotation(code="A > C"), title="Quotations")
    headings = [(s, t) for s, t in styled(word(q)) if s.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Quotations"),
        ("Heading 2", "A"),
        ("Heading 3", "B"),
        ("Heading 3", "C"),
    ]


def test_a_code_that_is_the_parent_of_the_last_one_gets_its_own_heading(word):
    q = quotations(quotation(code="A > B"), quotation(code="A"))
    assert [t for s, t in styled(word(q)) if s.startswith("Heading")] == ["Q", "A", "B", "A"]


def test_a_quotation_has_its_words_source_and_memo(word):
    q = quotation(
        "[SYNTHETIC] I was\ntired", case="P01", speaker="P01", position="turn 3", coder="Ann",
        memo="Look again", quote_rule="verbatim",
    )  # fmt: skip
    found = styled(word(quotations(q)))
    assert found[-3:] == [
        ("Quote", "[SYNTHETIC] I was\ntired"),
        ("Quote source", "Interview P01 · P01 · turn 3 · Ann"),
        ("Quote memo", "Memo: Look again"),
    ]


def test_the_definition_and_the_number_of_quotations_stand_under_the_heading(word):
    q = quotations(quotation(), quotation(), definitions={"A > B": "What B is."})
    assert ("Definition", "What B is. · 2 quotations") in styled(word(q))


def test_tables_repeat_their_head_and_show_missing_values_as_a_dash(word):
    [grid] = word(table(("a", None), ("b", 1234))).tables
    assert [[c.text for c in row.cells] for row in grid.rows] == [
        ["name", "n"], ["a", "–"], ["b", "1,234"],
    ]  # fmt: skip
    head, first = grid.rows[0], grid.rows[1]
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)
    assert first._tr.trPr.find(qn("w:tblHeader")) is None
    assert grid.style.name == "Report Table"
    assert first.cells[1].paragraphs[0].style.name == "Table number"


def test_notes_stand_below_the_table(word):
    assert ("Table note", "A note.") in styled(word(table(("a", 1))))


def test_a_wide_table_lies_on_its_side_and_the_next_section_stands_again(word):
    wide = Table("w", "Wide", tuple(Column(f"column {i}") for i in range(14)), (("word",) * 14,))
    document = word(wide, Prose("P", ("text",)), wide)
    assert [s.orientation for s in document.sections] == [
        WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE,
    ]  # fmt: skip
    assert document.sections[0].page_width > document.sections[0].page_height


def test_a_matrix_wider_than_the_page_comes_in_blocks_with_the_names_in_each(word):
    names = ("code", *[f"P{i:02d}" for i in range(40)])
    blocks = word(table(("Isolation", *range(40)), names=names)).tables
    assert len(blocks) > 1
    assert all(block.rows[1].cells[0].text == "Isolation" for block in blocks)
    assert [c.text for b in blocks for c in b.rows[1].cells[1:]] == [str(i) for i in range(40)]


def test_a_small_table_is_narrow_and_a_table_of_much_text_fills_the_page(word):
    long = Table("l", "L", (Column("text", ColumnType.LONG_TEXT),), (("words " * 100,),))
    document = word(table(("a", 1)), long)
    small, wide = (sum(c.width for c in grid.rows[0].cells) for grid in document.tables)
    section = document.sections[0]
    text = section.page_width - section.left_margin - section.right_margin
    assert small < text / 5
    assert text * 0.7 < wide <= text


def test_footers_tell_project_date_and_head(word):
    text = "\n".join(p.text for p in word(table()).sections[-1].footer.paragraphs)
    assert "Study · 2026-03-01" in text
    assert "ab" * 32 in text


def test_characters_xml_cannot_hold_become_white_space_and_markup_stays_text(word):
    q = quotations(quotation("a\x00\x0b\ufffe<w:p/> & 😀"))
    assert ("Quote", "a \n <w:p/> & 😀") in styled(word(q))


def test_text_that_runs_to_the_left_is_told_to(word):
    document = word(Prose("P", ("שלום עולם, yes", "plain")))
    right, plain = document.paragraphs[-2:]
    assert right.text == "שלום עולם, yes"
    assert right._p.pPr.find(qn("w:bidi")) is not None
    assert [(r.text, bool(r.font.rtl)) for r in right.runs] == [
        ("שלום עולם", True), (", yes", False),
    ]  # fmt: skip
    assert plain._p.pPr.find(qn("w:bidi")) is None


def test_a_colour_shades_its_cell(word):
    one = Table("c", "C", (Column("color", ColumnType.COLOR),), (("#20304A",),))
    cell = word(one).tables[0].rows[1].cells[0]
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "20304a"
    assert str(cell.paragraphs[0].runs[0].font.color.rgb) == "FFFFFF"


def test_the_front_page_tells_title_marker_and_provenance(word):
    assert styled(word())[:3] == [
        ("Title", "Export"), ("Subtitle", "[SYNTHETIC]"), ("Provenance", "Project: Study"),
    ]  # fmt: skip
