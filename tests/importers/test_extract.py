"""The child process: its limits, and that it never leaves a trace of the text."""

import docx
import pytest

from qualcoder_sm import limited
from qualcoder_sm.errors import Cancelled, UnreadableFile
from qualcoder_sm.importers import extract, read


@pytest.fixture
def word(tmp_path):
    def _word(name):
        made = docx.Document()
        made.add_paragraph(f"[SYNTHETIC] {name}")
        made.save(tmp_path / name)
        return tmp_path / name

    return _word


def test_several_documents_come_back_in_order_out_of_one_child(word):
    jobs = [extract.Job(str(word(name)), "docx") for name in ("b.docx", "a.docx")]
    texts = [result.paragraphs[0].text for result in extract.extract(jobs)]
    assert texts == ["[SYNTHETIC] b.docx", "[SYNTHETIC] a.docx"]


def test_a_document_that_takes_too_long_is_given_up(word, monkeypatch):
    monkeypatch.setattr(extract, "SECONDS_PER_FILE", 0)
    with pytest.raises(UnreadableFile, match=r"a\.docx took longer than 0 seconds"):
        extract.extract_one(word("a.docx"), "docx")


def test_no_module_of_the_current_folder_is_run_in_the_child(word, tmp_path, monkeypatch):
    (tmp_path / "mammoth.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert extract.extract_one(word("a.docx"), "docx").paragraphs


def test_nothing_is_written_beside_the_document(word, tmp_path):
    path = word("a.docx")
    read([path])
    assert list(tmp_path.iterdir()) == [path]


def test_if_one_file_is_refused_none_is_read(word, write):
    with pytest.raises(UnreadableFile, match=r"b\.docx is damaged"):
        read([word("a.docx"), write("b.docx", "no"), write("c.txt", "words")])


def test_progress_is_told_to_the_end(word, write):
    told = []

    def progress(done, total, name):
        told.append((done, total, name))
        return True

    read([word("a.docx"), write("c.txt", "words")], progress=progress)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1]


def test_the_researcher_can_stop_an_import(write):
    with pytest.raises(Cancelled, match="Nothing was imported"):
        read([write("a.txt", "words"), write("b.txt", "words")], progress=lambda *_: False)


def test_an_import_can_be_stopped_in_the_midst_of_a_file(word, monkeypatch):
    path, asked = word("a.docx"), []

    def progress(*how):
        asked.append(how)
        return len(asked) < 2

    monkeypatch.setattr(limited, "_TICK", 0.001)  # less than any process takes to start
    with pytest.raises(Cancelled, match="Nothing was imported"):
        read([path], progress=progress)
    assert [name for _, _, name in asked] == ["a.docx", "a.docx"]
