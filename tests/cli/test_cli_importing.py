"""`import`, `sources` and `text`."""

import csv
import hashlib

import pytest

from qualcoder_sm import files
from qualcoder_sm.cli import progress
from qualcoder_sm.errors import DiskError

TALK = "INT: [SYNTHETIC] How are you?\nP01: Tired 😀 and alone.\n"
POSTS = (
    "id,thread,reply_to,author,text\n"
    "1,T1,,Ann Smith,[SYNTHETIC] Hello all\n"
    "2,T1,1,Bo,Hi Ann\n"
    "3,T1,99,Bo,Lost\n"
)
KEYS = {"guid", "name", "kind", "collection", "characters", "units", "sha256"}


def test_a_transcript_becomes_a_source_named_as_its_file(run, study, write):
    done = run("import", study, write("P01.txt", TALK), "--json").json
    [source] = done["imported"]
    assert set(source) >= KEYS
    assert (source["name"], source["kind"], source["collection"]) == ("P01", "transcript", None)
    assert source["units"] == 2
    assert done["problems"] == []
    stored = run("text", study, "P01").out
    assert len(stored) == source["characters"]
    assert hashlib.sha256(stored.encode()).hexdigest() == source["sha256"]
    listed = {one["name"]: one for one in run("sources", study, "--json").json}
    assert listed["P01"] == source | {"cases": []}


def test_a_word_document_is_read_in_its_child(run, study, tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("INT: [SYNTHETIC] How are you?")
    document.add_paragraph("P02: Well 😀.")
    document.save(str(tmp_path / "P02.docx"))
    assert run("import", study, tmp_path / "P02.docx").status == 0
    assert run("text", study, "P02").out == "[SYNTHETIC] How are you?\nWell 😀."


def test_text_is_printed_without_a_newline_more_or_less(run, study, write):
    path = write("odd.txt", "")
    path.write_bytes("\ufeffa\r\n\u00a0b\u2028c\n\n".encode())
    run("import", study, path, "--as", "text")
    stored = run("text", study, "odd").out
    assert stored.startswith("a\n\u00a0b\u2028c")
    [source] = [one for one in run("sources", study, "--json").json if one["name"] == "odd"]
    assert len(stored) == source["characters"]


def test_posts_become_threads_with_keys_for_authors(run, study, write):
    posts = write("group.csv", POSTS)
    done = run("import", study, posts, "--collection", "Online group", "--json").json
    assert {one["collection"] for one in done["imported"]} == {"Online group"}
    assert sum(one["units"] for one in done["imported"]) == 3
    [problem] = done["problems"]
    assert (problem["file"], problem["where"]) == ("group.csv", "line 4")
    assert "99" in problem["what"]
    with posts.with_name("group_authors_key.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.reader(file)) == [
            ["key", "author"],
            ["A0001", "Ann Smith"],
            ["A0002", "Bo"],
        ]
    assert b"Ann Smith" not in study.read_bytes()


def test_later_authors_get_later_keys(run, study, write, tmp_path):
    run("import", study, write("one.csv", POSTS))
    run("import", study, write("two.csv", "id,author,text\n7,Cy,More\n"))
    key = (tmp_path / "two_authors_key.csv").read_text("utf-8-sig")
    assert "A0003,Cy" in key


def test_the_key_goes_where_it_is_told(run, study, write, tmp_path):
    key = tmp_path / "safe.csv"
    run("import", study, write("group.csv", POSTS), "--key", key)
    assert "A0001,Ann Smith" in key.read_text("utf-8-sig")
    assert not (tmp_path / "group_authors_key.csv").exists()


@pytest.mark.parametrize(("options", "said"), [([], "A0001"), (["--keep-names"], "Ann Smith")])
def test_names_in_the_words_of_posts_are_replaced_unless_they_are_to_be_kept(
    run, study, write, options, said
):
    posts = write("group.csv", POSTS.replace("Hi Ann", "[SYNTHETIC] Hi Ann Smith"))
    [first, *_] = run("import", study, posts, "--json", *options).json["imported"]
    assert f"Hi {said}" in run("text", study, first["guid"]).out


def test_columns_are_mapped(run, study, write):
    table = write("export.csv", "No,Wer,Nachricht\n1,Ann,[SYNTHETIC] Hallo\n")
    done = run("import", study, table, "--column", "text=Nachricht", "--column", "author=Wer",
               "--json")  # fmt: skip
    [source] = done.json["imported"]
    assert "Hallo" in run("text", study, source["guid"]).out


@pytest.mark.parametrize("column", ["bogus=No", "text", "=No"])
def test_a_field_that_posts_do_not_have_is_wrong_usage(run, study, write, column):
    done = run("import", study, write("group.csv", POSTS), "--column", column)
    assert done.status == 2
    assert "reply_to" in done.err


def test_kinds_are_those_of_the_contract(run, study, write):
    for kind in ("auto", "transcript", "article", "text"):
        done = run("import", study, write(f"{kind}.txt", TALK), "--as", kind, "--json").json
        assert kind in ("auto", done["imported"][0]["kind"])
    assert run("import", study, write("x.txt", TALK), "--as", "bogus").status == 2


@pytest.mark.parametrize(
    ("name", "text", "options", "said"),
    [
        ("P.txt", "", [], "P.txt is empty"),
        ("P.xyz", "words", [], "P.xyz cannot be imported; files that can end in .txt"),
        ("P.docx", "no zip", [], "P.docx"),
        ("P.pdf", "no pdf", [], "P.pdf"),
        ("P.csv", "id,words\n1,a\n", [], "P.csv has no column for the words of the posts (text)"),
        ("P.csv", POSTS, ["--column", "text=Message"], "has no column “Message”"),
        ("P.csv", POSTS + "4,T1,,Bo\n", [], "Line 5 of P.csv has 4 columns; 5 were expected"),
        ("P.csv", POSTS, ["--as", "transcript"], "cannot be read as transcript; only as posts"),
        ("Interview.txt", TALK, [], "There is already a source named “Interview”"),
    ],
)
def test_a_file_that_is_refused_changes_nothing(
    run, study, write, contents, tmp_path, name, text, options, said
):
    good, bad = write("good.csv", POSTS), write(name, text)
    before = contents(study)
    assert said in run("import", study, good, bad, *options).refusal
    assert contents(study) == before
    assert list(tmp_path.glob("*_authors_key.csv")) == []


def test_a_pdf_without_text_is_refused(run, study, contents, tmp_path):
    import pypdfium2

    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(200, 200)
    pdf.save(str(tmp_path / "scan.pdf"))
    before = contents(study)
    assert "scan.pdf" in run("import", study, tmp_path / "scan.pdf").refusal
    assert contents(study) == before


def test_a_file_that_is_not_there(run, study, contents):
    before = contents(study)
    assert "There is no file nowhere.txt" in run("import", study, "nowhere.txt").refusal
    assert contents(study) == before


def test_posts_that_are_refused_leave_an_older_key_as_it_was(run, study, write, tmp_path):
    run("import", study, write("group.csv", POSTS))
    key = tmp_path / "group_authors_key.csv"
    before = key.read_bytes()
    write("group.csv", POSTS + "5,T1,,Dee,New here\n")
    assert "There is already a source" in run("import", study, tmp_path / "group.csv").refusal
    assert key.read_bytes() == before


def test_without_its_key_written_no_post_is_imported(run, study, write, contents, monkeypatch):
    def full(target, data, mode=None):
        if "authors_key" in target.name:
            raise DiskError("The disk is full.")
        written(target, data, mode)

    before, there = contents(study), write("group.csv", POSTS)
    written = files.write
    monkeypatch.setattr(files, "write", full)
    assert run("import", study, there).refusal == "The disk is full."
    assert contents(study) == before
    assert set(study.parent.iterdir()) == {study, there}


def test_a_text_is_printed_with_its_speakers_when_that_is_asked_for(run, study, write):
    talk = "[SYNTHETIC] Talk\n\n[00:14:09] INT: How?\nP02: Well 😀.\n\nYes. [1:00:00.5]\nINT: Hm."
    posts = "id,thread,author,time,text\n1,T1,Bo,2024-03-05T19:30+01:00,Hello\n2,T1,Cy,,Hi\n"
    run("import", study, write("P02.txt", talk), write("group.csv", posts))
    assert run("text", study, "P02").out == "[SYNTHETIC] Talk\nHow?\nWell 😀.\n\nYes.\nHm."
    assert run("text", study, "P02", "--speakers").out == (
        "[SYNTHETIC] Talk\n[00:14:09] INT: How?\nP02: Well 😀.\n\nYes.\n[01:00:00.5] INT: Hm."
    )
    assert run("text", study, "T1").out == "Hello\n\nHi"
    assert run("text", study, "T1", "--speakers").out == (
        "[2024-03-05 18:30 UTC] A0001: Hello\n\nA0002: Hi"
    )


def test_a_source_is_named_by_name_path_or_guid(run, study, write, tmp_path):
    (tmp_path / "a").mkdir()
    first = write("a/P01.txt", TALK)
    run("import", study, first, "--collection", "Spring")
    run("import", study, first, "--collection", "Autumn")
    refusal = run("text", study, "P01").refusal
    assert "Autumn > P01; Spring > P01" in refusal
    assert run("text", study, "Spring > P01").out == run("text", study, "Autumn > P01").out
    guid = run("sources", study, "--json").json[-1]["guid"]
    assert run("text", study, guid).status == 0
    assert run("text", study, "P99").refusal == "There is no source named “P99”."


def test_for_people_the_sources_stand_in_columns(run, study, write):
    done = run("import", study, write("group.csv", POSTS), "--collection", "Online group")
    assert done.lines[0].startswith("Imported ")
    assert any("group.csv, line 4:" in line for line in done.lines)
    assert "Online group > " in run("sources", study).out


def test_a_long_import_shows_a_bar_to_those_who_watch(run, study, write, monkeypatch):
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    done = run("import", study, write("P01.txt", TALK), "--json")
    assert "Importing" in done.err
    assert done.json["imported"]


def test_nobody_watches_no_bar(run, study, write, monkeypatch):
    monkeypatch.setattr(progress, "WAIT_SECONDS", 0)
    assert run("import", study, write("P01.txt", TALK)).err == ""


def test_a_short_import_shows_no_bar(run, study, write, monkeypatch):
    monkeypatch.setattr(progress, "WAIT_SECONDS", 1e9)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run("import", study, write("P01.txt", TALK)).err == ""


def test_an_import_that_is_interrupted_changes_nothing(
    run, study, write, contents, monkeypatch, tmp_path
):
    def interrupted(*_args):
        raise KeyboardInterrupt

    before = contents(study)
    monkeypatch.setattr("qualcoder_sm.project.sources._Intake.take", interrupted)
    done = run("import", study, write("group.csv", POSTS))
    assert (done.status, done.out, done.err) == (130, "", "")
    assert contents(study) == before
    assert not (tmp_path / "group_authors_key.csv").exists()
    assert not (tmp_path / "study.qsm.lock").exists()
