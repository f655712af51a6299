"""Whether a file has the tables, indexes and triggers of a project is known before it is read."""

import sqlite3
from contextlib import closing

import pytest
from builders import add_coded, coded, kept, new_project, tamper

from qualcoder_sm.errors import AlteredShape
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema, shape
from qualcoder_sm.store.database import Database


@pytest.fixture
def path(tmp_path):
    project = coded(tmp_path, "[SYNTHETIC] I was [tired]{Fatigue}.")
    project.close()
    return project.path


def deviations(path, version=schema.VERSION):
    database = Database(path, read_only=True)
    with database.read(as_it_is=True) as connection:
        found = [one.sentence for one in shape.deviations(connection, version)]
    database.close()
    return found


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_older_version_has_its_shape_and_then_that_of_this(tmp_path, version):
    path = kept(tmp_path, version)
    assert deviations(path, version) == []
    Project.open(path).close()
    assert deviations(path) == []


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_shape_is_known_at_a_glance_so_that_opening_is_quick(tmp_path, monkeypatch, version):
    path = new_project(tmp_path).path if version == schema.VERSION else kept(tmp_path, version)

    def slow(_connection):
        raise AssertionError("the parts were compared one by one")

    monkeypatch.setattr(shape, "make", slow)
    assert deviations(path, version) == []


READABLE = {
    "CREATE TRIGGER evil AFTER INSERT ON codings BEGIN DELETE FROM codings; END":
        "it holds the trigger “evil”, which no project has",
    "CREATE TABLE extra (guid TEXT)": "it holds the table “extra”, which no project has",
    "CREATE VIEW extra AS SELECT 1": "it holds the view “extra”, which no project has",
    "DROP INDEX codings_by_code": "the index “codings_by_code” is missing",
    "CREATE INDEX more ON codes (name)": "it holds the index “more”, which no project has",
}  # fmt: skip


@pytest.mark.parametrize(("statement", "said"), READABLE.items())
def test_a_file_whose_tables_are_whole_is_read_and_not_written(path, statement, said):
    tamper(path, statement)
    before = path.read_bytes()
    with pytest.raises(AlteredShape, match="It can be opened for reading only") as refused:
        Project.open(path)
    assert said in str(refused.value)
    assert path.read_bytes() == before
    with closing(Project.open(path, read_only=True)) as project:
        assert [one.start for one in project.segments.codings()] == [18]
        assert said in [one.sentence for one in check(project) if one.check == "shape"]


def test_a_trigger_of_the_trail_that_is_missing_keeps_from_writing(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP TRIGGER changes_no_update")
    with pytest.raises(AlteredShape, match="the trigger “changes_no_update” is missing"):
        Project.open(path)
    with closing(Project.open(path, read_only=True)) as project:
        assert project.audit.verify().ok


UNREADABLE = {
    ("DROP TABLE notes",): "the table “notes” is missing",
    ("ALTER TABLE codings DROP COLUMN paraphrase",): "the table “codings” is not made as a project has it",
    ("ALTER TABLE codings RENAME TO kept", "CREATE VIEW codings AS SELECT * FROM kept"):
        "“codings” is a view and should be a table",
}  # fmt: skip


@pytest.mark.parametrize(("statements", "said"), UNREADABLE.items())
def test_a_file_whose_tables_are_not_whole_is_not_read(path, statements, said):
    tamper(path, "PRAGMA foreign_keys=OFF", "PRAGMA legacy_alter_table=ON", *statements)
    for read_only in (True, False):
        with pytest.raises(AlteredShape, match="It cannot be read; restore a backup") as refused:
            Project.open(path, read_only=read_only)
        assert said in str(refused.value)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON codings BEGIN DELETE FROM codings; END", "“evil”"),
        ("DROP TABLE notes", "the table “notes” is missing"),
        ("ALTER TABLE codings DROP COLUMN memo", "the table “codings” is not made"),
    ],
)
def test_an_older_file_that_was_altered_is_not_brought_to_this_version(tmp_path, statement, said):
    path = kept(tmp_path, 1)
    tamper(path, "PRAGMA foreign_keys=OFF", statement)
    before = path.read_bytes()
    with pytest.raises(AlteredShape, match=said):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_long_name_of_something_foreign_stays_one_line(path):
    tamper(path, f'CREATE TABLE "{"x" * 70}\ny" (a)')
    [said] = deviations(path)
    assert said == f"it holds the table “{'x' * 60}…”, which no project has"


def test_work_goes_on_in_a_file_of_this_program(path):
    with closing(Project.open(path)) as project:
        add_coded(project, "Second", "[SYNTHETIC] and [alone]{Isolation}")
        assert check(project) == []
