"""Plain text: every encoding that occurs, and not a character changed on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.errors import UnknownFormat, UnreadableFile
from qualcoder_sm.importers import ImportOptions, ReadAs, read
from qualcoder_sm.importers.text import decode
from qualcoder_sm.model import SourceKind, UnitKind

WORDS = "[SYNTHETIC] I’m café-tired 😀 e\u0301\u00a0and\u2028alone.\nNext — line\n"


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8-sig", b"", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
    ],
)
def test_text_in_unicode_is_read_as_it_stands(codec, mark, name):
    assert decode(mark + WORDS.encode(codec), "a.txt") == (WORDS, name)


def test_text_in_windows_1252_is_read():
    assert decode("It’s a café – no".encode("cp1252"), "a.txt") == (
        "It’s a café – no",
        "Windows-1252",
    )


def test_windows_and_old_mac_line_ends_become_newlines():
    assert decode(b"one\r\ntwo\rthree\n", "a.txt")[0] == "one\ntwo\nthree\n"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_in_utf_8_comes_back_unchanged(text):
    if text.strip() and not text.startswith(("\ufeff", "%PDF-", "{\\rtf")):
        assert decode(text.encode(), "a.txt")[0] == text


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\t\r\n"])
def test_an_empty_file_is_refused(write, content):
    with pytest.raises(UnreadableFile, match=r"diary\.txt is empty\. Nothing was imported\."):
        read([write("diary.txt", content)])


def test_bytes_of_no_known_encoding_are_refused_with_a_way_out(write):
    path = write("interview7.txt", "日本語のテキストです。".encode("shift_jis"))
    with pytest.raises(UnreadableFile, match=r"interview7\.txt is not text in UTF-8 or Windows"):
        read([path])


def test_data_that_is_not_text_is_refused(write):
    with pytest.raises(UnreadableFile, match="holds data that is not text"):
        read([write("a.txt", b"GIF89a\x00\x01\x02\x03\x00\x00abc")])


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.4\n%", "PDF"), (b"{\\rtf1 x}", "RTF"), (b"PK\x03\x04", "zip")]
)
def test_another_format_under_the_ending_of_text_is_refused(write, data, kind):
    with pytest.raises(UnreadableFile, match=f"{kind}.* under the wrong ending"):
        read([write("a.txt", data)])


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="There is no file"):
        read([tmp_path / "none.txt"])


def test_an_unknown_ending_is_refused_with_those_known(write):
    with pytest.raises(UnknownFormat, match=r"a\.doc cannot be imported.*\.docx"):
        read([write("a.doc", b"x")])


def test_text_without_turns_is_a_text_of_paragraphs(write):
    bundle = read([write("field notes.txt", "One day.\n\n  Two days. \n")])
    [source] = bundle.sources
    assert (source.name, source.kind, source.origin) == (
        "field notes",
        SourceKind.TEXT,
        "field notes.txt",
    )
    assert source.text == "One day.\n\n  Two days. \n"
    assert [source.text[u.start : u.end] for u in source.units] == ["One day.", "Two days."]
    assert {u.kind for u in source.units} == {UnitKind.PARAGRAPH}


def test_headings_of_markdown_are_known(write):
    [source] = read([write("a.md", "# Day one\nWe met.\n#nothing\n")]).sources
    assert [u.kind for u in source.units] == [
        UnitKind.HEADING,
        UnitKind.PARAGRAPH,
        UnitKind.PARAGRAPH,
    ]


def test_the_kind_and_the_collection_asked_for_are_kept(write):
    options = ImportOptions(kind=ReadAs.ARTICLE, collection="Press")
    [source] = read([write("a.txt", "INT: So?\nP1: Yes.\n")], options).sources
    assert (source.kind, source.collection) == (SourceKind.ARTICLE, "Press")
    assert {u.kind for u in source.units} == {UnitKind.PARAGRAPH}


def test_a_name_never_holds_the_path_separator(write):
    [source] = read([write("Day 1 > evening.txt", "words")]).sources
    assert source.name == "Day 1 › evening"
