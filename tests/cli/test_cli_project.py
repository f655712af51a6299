"""`new`, `info`, `coders`, `cases` and `codebook`."""

import sqlite3
from contextlib import closing

import pytest

from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups, schema

CODEBOOK_KEYS = {
    "guid", "name", "path", "parent", "color", "codable", "brief_definition", "definition",
    "include", "exclude", "example", "source", "codings",
}  # fmt: skip


def test_new_makes_a_project_without_codes(run, tmp_path):
    path = tmp_path / "carers.qsm"
    assert run("new", path, "--coder", "Ana").status == 0
    found = run("info", path, "--json").json
    assert found["name"] == "carers"
    assert found["coders"] == ["Ana"]
    assert found["schema"] == schema.VERSION
    assert found["path"] == str(path)
    assert found["counts"] == {
        "sources": 0, "collections": 0, "cases": 0, "codes": 0, "codings": 0, "notes": 0,
        "changes": 1,
    }  # fmt: skip


def test_new_takes_a_title_and_codebooks_by_name_and_file(run, tmp_path, write):
    book = write("own.csv", "code,parent\nHope,\nSmall hope,Hope\n")
    path = tmp_path / "s.qsm"
    run("new", path, "--coder", "Ana", "--name", "Carers online", "--template", "npt",
        "--codebook", "coproduction", "--codebook", book)  # fmt: skip
    assert run("info", path, "--json").json["name"] == "Carers online"
    paths = [code["path"] for code in run("codebook", "list", path, "--json").json]
    assert {"Coherence > Differentiation", "Equality", "Hope > Small hope"} <= set(paths)


def test_why_a_project_was_made_stands_in_its_first_step(run, tmp_path):
    run("new", tmp_path / "s.qsm", "--coder", "Ana", "--reason", "pilot")
    assert run("audit", tmp_path / "s.qsm", "--json").json[0]["reason"] == "pilot"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--name", ""], "A name needs at least one letter"),
        (["--codebook", "bogus"], "There is no codebook bogus"),
        (["--codebook", "missing.csv"], "There is no file missing.csv"),
        (["--codebook", "npt", "--codebook", "npt"], "There is already a code “Coherence”"),
        (["--template", "bogus"], "there are coproduction, npt, combined"),
        (["--name", " "], "A name needs at least one letter"),
    ],
)
def test_when_new_is_refused_nothing_stays_behind(run, tmp_path, options, said):
    folder = tmp_path / "empty"
    folder.mkdir()
    assert said in run("new", folder / "s.qsm", "--coder", "Ana", *options).refusal
    assert list(folder.iterdir()) == []


def test_new_leaves_a_file_that_is_there_alone(run, write):
    there = write("s.qsm", "my notes")
    assert "There is already a file" in run("new", there, "--coder", "Ana").refusal
    assert there.read_text("utf-8") == "my notes"


def test_new_needs_a_coder_and_a_folder(run, tmp_path):
    assert run("new", tmp_path / "s.qsm").status == 2
    refusal = run("new", tmp_path / "none" / "s.qsm", "--coder", "Ana").refusal
    assert "cannot be written here" in refusal


def test_info_for_people(run, study):
    lines = run("info", study).lines
    assert lines[0].startswith("Study (")
    assert ["codings", "2"] in [line.split() for line in lines]


def test_coders_are_listed_and_added(run, study):
    run("coders", study, "--add", "Ben", "--add", "Cem")
    found = run("coders", study, "--json").json
    assert [(one["name"], one["codings"]) for one in found] == [("Ana", 2), ("Ben", 0), ("Cem", 0)]
    assert all(one["guid"] for one in found)
    assert run("coders", study).lines[1].split() == ["Ana", "2"]


def test_a_coder_who_is_there_is_refused_with_those_added_beside(run, study, contents):
    before = contents(study)
    refusal = run("coders", study, "--add", "Ben", "--add", "Ana").refusal
    assert refusal == "There is already a coder named “Ana”."
    assert contents(study) == before


def test_cases_come_from_a_table_with_their_attributes(run, study, write):
    table = write("cases.csv", "case,type,role,sources\nP01,person,carer,Interview\nP02,,,\n")
    assert run("cases", study, "--import", table).status == 0
    first, second = run("cases", study, "--json").json
    assert first["guid"]
    assert (first["name"], first["type"], [one["name"] for one in first["sources"]], first["attributes"]) == (
        "P01", "person", ["Interview"], {"role": "carer"})  # fmt: skip
    assert (second["name"], second["sources"], second["attributes"]) == ("P02", [], {})
    assert run("sources", study, "--json").json[0]["cases"] == ["P01"]
    assert "role: carer" in run("cases", study).out


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("case,sources\nP01,Nowhere\n", "There is no source named “Nowhere”"),
        ("case,role\nP01,a\nP01,b\n", "Line 3 of cases.csv: The case P01 comes twice"),
        ("case,role\nP01,a,b\n", "Line 2 of cases.csv has 3 columns"),
        ("", "cases.csv is empty"),
    ],
)
def test_a_table_of_cases_that_is_refused_changes_nothing(run, study, write, contents, table, said):
    before = contents(study)
    assert said in run("cases", study, "--import", write("cases.csv", table)).refusal
    assert contents(study) == before


def test_codebook_list_has_every_field(run, study):
    run("codebook", "import", study, "combined")
    codes = run("codebook", "list", study, "--json").json
    assert all(set(code) >= CODEBOOK_KEYS for code in codes)
    by_path = {code["path"]: code for code in codes}
    theme = by_path["Principles of co-production"]
    assert (theme["parent"], theme["codable"]) == (None, False)
    child = by_path["Principles of co-production > Equality"]
    assert (child["parent"], child["codable"], child["codings"]) == (theme["path"], True, 0)
    assert by_path["Fatigue"]["codings"] == 1
    assert "  Equality" in run("codebook", "list", study).out


def test_codebook_templates_are_those_that_import_takes(run, study):
    names = [one["name"] for one in run("codebook", "templates", "--json").json]
    assert names == ["coproduction", "npt", "combined"]
    assert run("codebook", "templates").lines[1].startswith("coproduction")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_exported_codebook_comes_back_the_same(run, study, tmp_path, write, ending):
    book = write(
        "own.csv",
        "code,parent,definition,include,codable\n"
        'A,,"- one\n- two",=SUM(1),no\nB,A,"a, b",,\nA,B,,"@home",\nB,,,,\n',
    )
    run("codebook", "import", study, book)
    file = tmp_path / f"out.{ending}"
    assert run("codebook", "export", study, "--to", file).lines == [f"Written: {file}"]
    other = tmp_path / "other.qsm"
    assert run("new", other, "--coder", "Ana", "--codebook", file).status == 0
    assert without_guids(run, other) == without_guids(run, study)


def without_guids(run, path):
    codes = run("codebook", "list", path, "--json").json
    return [{**code, "guid": None, "codings": None} for code in codes]


def test_a_codebook_is_also_written_to_be_read(run, study, tmp_path):
    assert run("codebook", "export", study, "--to", tmp_path / "book.docx").status == 0
    assert (tmp_path / "book.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("code,parent\nA,Nobody\n", "Line 2 of book.csv: There is no code “Nobody”"),
        ("code\nA\nA\n", "Line 3 of book.csv: The code “A” stands in the file before"),
        ("name\nA\n", "book.csv has no column code"),
        ("code,color\nA,blue\n", "Line 2 of book.csv: “blue” is not a colour"),
        ("code\nFatigue\n", "There is already a code “Fatigue”"),
        ("code\nA > B\n", "may not hold “ > ”"),
    ],
)
def test_a_codebook_that_is_refused_changes_nothing(run, study, write, contents, table, said):
    before = contents(study)
    assert said in run("codebook", "import", study, write("book.csv", table)).refusal
    assert contents(study) == before


def test_who_acts_and_why_stand_in_the_trail(run, study):
    run("coders", study, "--add", "Ben")
    run("codebook", "import", study, "npt", "--coder", "Ben", "--reason", "theory frame")
    last = run("audit", study, "--json").json[-1]
    assert (last["coder"], last["reason"]) == ("Ben", "theory frame")
    assert run("audit", study).lines[-1].endswith("Reason: theory frame")
    run("coders", study, "--add", "Cem")
    assert run("audit", study, "--json").json[-1]["coder"] == "Ben", "the last who acted"


@pytest.mark.parametrize("command", ["info", "undo"])
def test_an_unknown_coder_is_refused_with_the_names_there_are(run, study, contents, command):
    before = contents(study)
    refusal = run(command, study, "--coder", "Zoe").refusal
    assert refusal == "There is no coder named “Zoe”; the coders are Ana."
    assert contents(study) == before


def test_a_password_file_is_accepted_where_none_is_needed(run, study, write):
    password = write("password.txt", "secret")
    assert run("info", study, "--password-file", password).status == 0
    assert run("info", study, "--password-file", "missing.txt").status == 2


def backups_of(path):
    project = Project.open(path, read_only=True)
    found = backups.backups(project.guid)
    project.close()
    return found


def test_a_backup_is_made_before_writing_and_not_again_within_the_hour(run, study):
    run("coders", study, "--add", "Ben")
    [made] = backups_of(study)
    with closing(sqlite3.connect(made.path)) as file:
        assert file.execute("SELECT name FROM coders").fetchall() == [("Ana",)]
    run("coders", study, "--add", "Cem")
    assert backups_of(study) == [made]


def test_a_backup_is_made_again_after_an_hour(run, study, monkeypatch):
    run("coders", study, "--add", "Ben")
    monkeypatch.setattr(backups, "HOUR", 0)
    run("coders", study, "--add", "Cem")
    assert len(backups_of(study)) == 2


def test_reading_makes_no_backup(run, study):
    run("info", study)
    assert backups_of(study) == []


def test_a_backup_that_cannot_be_made_is_noted_and_keeps_nobody_from_working(
    run, study, monkeypatch, write
):
    monkeypatch.setattr(backups.paths, "backups_folder", lambda: write("file", "") / "below")
    done = run("coders", study, "--add", "Ben", "--json")
    assert done.err.startswith("note: No backup could be made")
    assert [coder["name"] for coder in done.json] == ["Ana", "Ben"]
