"""Packed files that must never reach a parser."""

import zipfile

import pytest

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.importers import safety
from qualcoder_sm.importers.safety import check_archive


@pytest.fixture
def pack(tmp_path):
    def _pack(members, **options):
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content, **options)
        return path

    return _pack


def test_the_members_of_a_decent_file_are_told(pack):
    path = pack({"word/document.xml": "<w/>", "media/a.png": b"\x00" * 10})
    assert check_archive(path) == {"word/document.xml", "media/a.png"}


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x", "C:/x", "a\\b.xml", "word/../../x"])
def test_names_that_lead_out_are_refused(pack, name):
    with pytest.raises(UnreadableFile, match="names that no document uses"):
        check_archive(pack({name: "x"}))


def test_names_that_differ_in_case_alone_are_refused(pack):
    with pytest.raises(UnreadableFile, match="names that no document uses"):
        check_archive(pack({"word/a.xml": "x", "Word/A.xml": "x"}))


def test_a_link_is_refused(pack):
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with pytest.raises(UnreadableFile, match="names that no document uses"):
        check_archive(pack({link: "/etc/passwd"}))


def test_a_bomb_is_refused_before_it_is_unpacked(pack):
    with pytest.raises(UnreadableFile, match="would unpack to more than a document holds"):
        check_archive(pack({"word/document.xml": b" " * 30_000_000}))


def test_too_many_members_are_refused(pack, monkeypatch):
    monkeypatch.setattr(safety, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableFile, match="would unpack"):
        check_archive(pack({"a": "", "b": "", "c": ""}))


def test_members_too_large_together_are_refused(pack, monkeypatch):
    monkeypatch.setattr(safety, "MAX_TOTAL_BYTES", 5)
    with pytest.raises(UnreadableFile, match="would unpack"):
        check_archive(pack({"a": "abc", "b": "def"}))


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("lead", ["", "<!--" + "x" * 70_000 + "-->"])
def test_a_document_type_is_refused_in_any_part(pack, codec, lead):
    part = f'<?xml version="1.0"?>{lead}<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(codec)
    with pytest.raises(UnreadableFile, match="declares a document type"):
        check_archive(pack({"word/document.xml": "<w/>", "word/other.xml": part}))


def test_a_file_larger_than_the_limit_is_refused(write, monkeypatch):
    monkeypatch.setattr(safety, "MAX_FILE_BYTES", 10)
    with pytest.raises(UnreadableFile, match="is larger than"):
        safety.read_bytes(write("a.txt", b"x" * 11))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="is a folder"):
        safety.read_bytes(tmp_path)
