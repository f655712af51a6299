"""Values that no step can have written are refused where they are read, by table and guid."""

from contextlib import closing

import pytest
from builders import coded, tamper

from qualcoder_sm.errors import DamagedFile
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project


@pytest.fixture
def path(tmp_path):
    project = coded(tmp_path, "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.close()
    return project.path


def damaged(path, *statements):
    tamper(path, "PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON", *statements)
    return closing(Project.open(path, read_only=True))


def codes(project):
    return project.codebook.codes()


def codings(project):
    return project.segments.codings()


def texts(project):
    return project.sources.all()


WRONG = [
    ("UPDATE codes SET name = X'00' WHERE name = 'Fatigue'", codes, "codes", "“name”", "values"),
    ("UPDATE codes SET origin = 'dreamt'", codes, "codes", "“origin”", "values"),
    ("UPDATE codes SET codable = 7", codes, "codes", "“codable”", "values"),
    ("UPDATE codes SET parent = guid", codes, "codes", "“parent”", "values"),
    ("UPDATE codes SET parent = 'gone'", codes, "codes", "“parent”", "foreign keys"),
    ("UPDATE codings SET weight = 'heavy'", codings, "codings", "“weight”", "values"),
    ("UPDATE codings SET polarity = 'no'", codings, "codings", "“polarity”", "values"),
    ("UPDATE codings SET created = 'then'", codings, "codings", "“created”", "values"),
    ("UPDATE codings SET code = 'gone'", codings, "codings", "“code”", "foreign keys"),
    ("UPDATE codings SET start = -1", codings, "codings", "“end”", "spans"),
    ('UPDATE codings SET "end" = 999', codings, "codings", "“end”", "spans"),
    ("UPDATE sources SET kind = 'film'", texts, "sources", "“kind”", "values"),
    ("UPDATE sources SET characters = 9999", texts, "sources", "“characters”", "values"),
    ("UPDATE contents SET bytes = NULL", texts, "sources", "“sha256”", "values"),
    ("DELETE FROM project", lambda project: project.name, "project", "“guid”", "values"),
]


@pytest.mark.parametrize(("statement", "read", "table", "column", "found_by"), WRONG)
def test_it_is_refused_and_named(path, statement, read, table, column, found_by):
    with damaged(path, statement) as project:
        with pytest.raises(DamagedFile) as refused:
            read(project)
        said = str(refused.value)
        assert said.startswith(f"study.qsm is damaged: {column} of ")
        assert f" in {table} " in said
        assert found_by in [one.check for one in check(project)]


def test_the_guid_is_named(path):
    with damaged(path, "UPDATE codes SET name = X'00' WHERE name = 'Fatigue'") as project:
        with project.reading(as_it_is=True) as connection:
            [guid] = connection.exec_driver_sql("SELECT guid FROM codes WHERE name = X'00'").one()
        with pytest.raises(DamagedFile, match=guid):
            project.codebook.codes()


def test_what_is_not_read_keeps_nobody_from_the_rest(path):
    with damaged(
        path, "UPDATE notes SET title = X'00'", "UPDATE codings SET weight = 'x'"
    ) as project:
        [source] = project.sources.all()
        assert project.sources.text(source.guid).startswith("[SYNTHETIC]")
        assert len(project.segments.places()) == 2
        with pytest.raises(DamagedFile):
            project.segments.codings()


def test_a_text_with_another_digest_is_not_read(path):
    words = (
        "UPDATE contents SET bytes = CAST(replace(CAST(bytes AS TEXT), 'tired', 'wired') AS BLOB)"
    )
    with damaged(path, words) as project:
        [source] = project.sources.all()
        with pytest.raises(DamagedFile, match="is not the one that was imported"):
            project.sources.text(source.guid)
        sentences = [one.sentence for one in check(project) if one.check == "texts"]
        assert sentences == ["The text of Interview is not the one that was imported."]


def test_text_that_is_no_utf_8_is_damage(path):
    with (
        damaged(
            path, "UPDATE codes SET name = CAST(X'FF41' AS TEXT) WHERE name = 'Fatigue'"
        ) as project,
        pytest.raises(DamagedFile, match=r"study\.qsm is damaged"),
    ):
        project.codebook.codes()


@pytest.mark.parametrize("column", ["coder", "action", "rows"])
def test_a_step_with_bytes_in_it_is_named_by_its_number(path, column):
    with damaged(path, f"UPDATE changes SET {column} = X'FF' WHERE seq = 2") as project:
        with pytest.raises(DamagedFile, match="Step 2 of the audit trail"):
            project.audit.records()
        assert project.audit.verify().first_bad == 2


def test_what_a_step_writes_one_after_the_other_is_no_damage(path):
    """A text that gets shorter is written before the codings that lay beyond its new end."""
    with closing(Project.open(path)) as project:
        [source] = project.sources.all()
        project.sources.rename(source.guid, "P01")
        project.undo()
        project.codebook.remove(project.codebook.find("Fatigue").guid)
        project.undo()
        assert check(project) == []
