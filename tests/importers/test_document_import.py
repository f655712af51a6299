"""Word, OpenDocument, RTF and PDF files, made by their own libraries or by hand."""

import io
import zipfile

import docx
import odfdo
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.importers import ImportOptions, read
from qualcoder_sm.importers.paragraphs import document
from qualcoder_sm.importers.pdf import read as read_pdf
from qualcoder_sm.model import SourceKind, UnitKind


def of(path, **options):
    [source] = read([path], ImportOptions(**options)).sources
    return source


def test_a_word_document_keeps_breaks_tables_headings_and_insertions(tmp_path):
    made = docx.Document()
    made.add_heading("[SYNTHETIC] Visit", 1)
    made.add_paragraph("INT: How\tare you?")
    paragraph = made.add_paragraph("P01: Fine 😀,")
    paragraph.add_run().add_break()
    paragraph.add_run("thanks.")
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:author="x"><w:r><w:t> Really.</w:t></w:r></w:ins>')
    )
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:author="x"><w:r><w:delText>No.</w:delText></w:r></w:del>'
        )
    )
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    made.save(tmp_path / "P01.docx")

    source = of(tmp_path / "P01.docx")

    assert source.text == (
        "[SYNTHETIC] Visit\nHow\tare you?\nFine 😀,\nthanks. Really.\nleft\tright"
    )
    assert source.kind is SourceKind.TRANSCRIPT
    assert [u.kind for u in source.units] == [UnitKind.HEADING, UnitKind.TURN, UnitKind.TURN]


def test_of_a_document_with_macros_the_words_are_read_and_it_is_told(tmp_path):
    made = docx.Document()
    made.add_paragraph("[SYNTHETIC] words")
    made.save(tmp_path / "a.docm")
    bundle = read([tmp_path / "a.docm"])
    assert bundle.sources[0].text == "[SYNTHETIC] words"
    assert [p.what for p in bundle.problems] == ["The macros in the file were not read."]


def test_an_opendocument_text_keeps_its_order_and_leaves_comments_out(tmp_path):
    made = odfdo.Document("text")
    made.body.clear()
    made.body.append(odfdo.Header(1, "[SYNTHETIC] Visit"))
    paragraph = odfdo.Paragraph("I was  so\ttired\nand alone")
    paragraph.append(odfdo.Annotation("a remark", creator="x"))
    made.body.append(paragraph)
    table = odfdo.Table("t", width=2, height=1)
    table.set_values([["left", "right"]])
    made.body.append(table)
    made.body.append(odfdo.Paragraph("after"))
    made.save(tmp_path / "a.odt")

    source = of(tmp_path / "a.odt")

    assert source.text == "[SYNTHETIC] Visit\nI was  so\ttired\nand alone\nleft\tright\nafter"
    assert source.units[0].kind is UnitKind.HEADING


def test_rich_text_is_read_in_its_code_page(write):
    data = rb"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0 A;}}\f0 INT: \'9aest\par P1: \u8217?s\par}"
    assert of(write("a.rtf", data)).text == "šest\n’s"


@pytest.mark.parametrize(("page", "letter"), [(b"10000", "é"), (b"99999", "Ž")])
def test_rich_text_in_a_rare_code_page_is_read(write, page, letter):
    data = rb"{\rtf1\ansi\ansicpg" + page + rb"{\fonttbl{\f0 A;}}\f0 a\'8eb}"
    assert of(write("a.rtf", data)).text == f"a{letter}b"


def test_lines_of_a_pdf_are_joined_to_paragraphs(write_pdf):
    full = "[SYNTHETIC] A line that runs over the whole width of the page and"
    path = write_pdf("a.pdf", [full, "ends here.", full, "too."], ["Second page."])
    source = of(path)
    assert source.text == f"{full} ends here.\n{full} too.\nSecond page."
    assert source.kind is SourceKind.ARTICLE


def test_turns_of_a_pdf_begin_paragraphs(write_pdf):
    lines = ["INT: So how did you come to this group of people here?", "P01: Well. It was spite."]
    source = of(write_pdf("a.pdf", lines))
    assert source.text == "So how did you come to this group of people here?\nWell. It was spite."
    assert source.kind is SourceKind.TRANSCRIPT


def test_a_word_broken_at_the_end_of_a_pdf_line_is_whole_again(write_pdf):
    path = write_pdf("a.pdf", ["a long line of words about care that ends with exam-", "ples."])
    assert document(read_pdf(path)).text.endswith("with examples.")


def test_a_pdf_can_be_read_as_it_is_laid_out(write_pdf):
    source = of(write_pdf("a.pdf", ["one line", "another line"]), pdf_layout=True)
    assert [source.text[u.start : u.end] for u in source.units] == ["one line", "another line"]


@pytest.mark.parametrize("layout", [False, True])
def test_a_unit_of_a_pdf_has_the_page_it_begins_on(write_pdf, layout):
    path = write_pdf("a.pdf", ["one"], [], ["- three", "- and more"])
    source = of(path, pdf_layout=layout)
    found = [(source.text[unit.start : unit.end], unit.page) for unit in source.units]
    assert found == [("one", 1), ("- three", 3), ("- and more", 3)]


def test_a_turn_has_the_page_on_which_its_speech_begins(write_pdf):
    path = write_pdf("a.pdf", ["INT: So?", "P01: Well."], ["It was spite.", "INT: Spite?"])
    source = of(path)
    assert [(unit.kind, unit.page) for unit in source.units] == [
        (UnitKind.TURN, 1), (UnitKind.TURN, 1), (UnitKind.TURN, 2)]  # fmt: skip


def test_a_document_without_pages_gives_its_units_none(write):
    source = of(write("a.rtf", "{\\rtf1 one\\par two\\par}"))
    assert [unit.page for unit in source.units] == [None, None]


def test_a_pdf_with_a_password_is_refused(write_pdf):
    with pytest.raises(UnreadableFile, match=r"a\.pdf asks for a password"):
        of(write_pdf("a.pdf", ["secret"], encrypted=True))


def test_a_pdf_without_text_is_refused_with_a_word_on_ocr(write_pdf):
    with pytest.raises(UnreadableFile, match=r"a\.pdf holds pictures.*OCR"):
        of(write_pdf("a.pdf", [], []))


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "pdf"])
def test_contents_that_do_not_fit_the_ending_are_refused(write, ending):
    with pytest.raises(UnreadableFile, match=rf"a\.{ending} is damaged or is not what its ending"):
        of(write(f"a.{ending}", "INT: just words\n"))


def test_a_word_file_that_was_cut_off_is_refused(tmp_path, write):
    docx.Document().save(tmp_path / "whole.docx")
    path = write("cut.docx", (tmp_path / "whole.docx").read_bytes()[:9000])
    with pytest.raises(UnreadableFile, match=r"cut\.docx is damaged"):
        of(path)


def test_a_pdf_that_was_cut_off_is_refused(write):
    with pytest.raises(UnreadableFile, match=r"cut\.pdf is damaged"):
        of(write("cut.pdf", b"%PDF-1.4\n1 0 obj\n<</Type/Cat"))


def test_a_spreadsheet_under_the_ending_of_word_is_refused(write):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnreadableFile, match=r"a\.docx is not a Word file"):
        of(write("a.docx", data.getvalue()))


def test_an_old_or_protected_word_file_is_refused(write):
    with pytest.raises(UnreadableFile, match="has a password, or is in the form Word used before"):
        of(write("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


def test_an_empty_word_document_is_refused(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    with pytest.raises(UnreadableFile, match=r"a\.docx is empty"):
        of(tmp_path / "a.docx")


def test_a_document_that_brings_its_reader_down_is_called_damaged(write):
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", deep)
    with pytest.raises(UnreadableFile, match=r"deep\.docx is damaged"):
        of(write("deep.docx", data.getvalue()))
