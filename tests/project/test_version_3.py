"""Files of version 2 come to version 3, in which the tables hold what may stand once only."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import add_coded, coded, kept, new_project

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.errors import AlreadyCoded, NameTaken, QualCoderError, StepConflict
from qualcoder_sm.model import Progress
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema
from qualcoder_sm.store.uniqueness import UNIQUE

INDEXES = {index.name for table in schema.metadata.tables.values() for index in table.indexes}


def of_file(path: Path, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(statement).fetchall()


def written(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for statement in statements:
            file.execute(statement)


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_the_file_of_every_version_is_brought_up_and_its_trail_still_replays(tmp_path, version):
    path = kept(tmp_path, version)
    before = of_file(path, "SELECT seq, hash FROM changes ORDER BY seq")
    with closing(Project.open(path)) as project:
        assert project.audit.verify().ok
        assert check(project) == []
        assert project.brought_up and project.brought_up.seq == len(before) + 1
        steps = [project.history.change(seq) for seq, _hash in before]
        assert [step.seq for step in steps] == [seq for seq, _hash in before]
    assert of_file(path, "SELECT seq, hash FROM changes ORDER BY seq")[:-1] == before
    names = {name for (name,) in of_file(path, "SELECT name FROM sqlite_master WHERE sql LIKE "
                                         "'CREATE%INDEX%'")}  # fmt: skip
    assert names == INDEXES


def test_a_file_brought_up_has_the_tables_of_a_new_one(tmp_path):
    new = new_project(tmp_path)
    new.close()
    for version in range(1, schema.VERSION):
        path = kept(tmp_path, version)
        Project.open(path).close()
        shape = (
            "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> ''"
        )
        assert set(of_file(path, shape)) == set(of_file(new.path, shape))
        for (table,) in of_file(new.path, "SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')"
            assert set(of_file(path, columns)) == set(of_file(new.path, columns)), table


def test_what_stood_twice_is_told_apart_and_said(tmp_path):
    path = kept(tmp_path, 2)
    written(path, "UPDATE codes SET name = 'Last', parent = NULL WHERE name = 'Care'",
            "UPDATE coders SET name = 'Ana'",
            "INSERT INTO progress SELECT guid || '2', source, coder, state FROM progress")  # fmt: skip
    with closing(Project.open(path)) as project:
        named = sorted(code.name for code in project.codebook.codes() if code.parent is None)
        assert named == ["Last", "Last (2)", "Last (3)", "Theme"]
        assert sorted(coder.name for coder in project.coders.all()) == ["Ana", "Ana (2)"]
        said = audit.sentence(project.audit.records()[-1])
        assert "3 names that stood twice got numbers; 1 entry that stood twice was dropped" in said


def test_a_kill_while_it_is_brought_up_leaves_the_old_file_or_the_new(tmp_path):
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom qualcoder_sm.project import project\n"
        "from qualcoder_sm.store import database, migrations\n"
        "at = sys.argv[2]\n"
        "target = migrations if at == 'index' else database\n"
        "setattr(target, at, lambda *_: os._exit(9))\n"
        "project.Project.open(Path(sys.argv[1]))\n"
    )
    for moment in ("index", "_fill"):
        path = kept(tmp_path, 2)
        before = path.read_bytes()
        run = subprocess.run([sys.executable, "-c", script, str(path), moment], check=False)
        assert run.returncode == 9
        assert path.read_bytes() == before
        with closing(Project.open(path)) as project:
            assert project.audit.verify().ok
        path.unlink()


# What no check saw is still refused, in the words of the check.


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Care}")
    project.collections.add("Group")
    project.progress.set(project.sources.all()[0].guid, Progress.DONE)
    project.cases.take([CaseDraft("M.", "person", {"age": "44"}, ("Interview",))], "cases.csv")
    yield project
    project.close()


SAID = {
    "codes": (NameTaken, "There is already a code named “Fatigue” there."),
    "coders": (NameTaken, "There is already a coder named “Ana”."),
    "collections": (NameTaken, "There is already a collection named “Group”."),
    "sources": (
        NameTaken,
        "There is already a source named “Interview” in this collection. Nothing was changed.",
    ),
    "codings": (AlreadyCoded, "These words carry Fatigue already."),
    "progress": (StepConflict, "Something this step says has been said already by another. "
                 "Nothing was changed."),
    "variable_values": (StepConflict, "Something this step says has been said already by another. "
                        "Nothing was changed."),
}  # fmt: skip


def test_every_rule_has_its_sentence():
    assert SAID.keys() == UNIQUE.keys()


@pytest.mark.parametrize("name", SAID)
def test_a_row_that_is_there_already_is_refused_in_the_words_of_the_check(project, name):
    table, before = schema.metadata.tables[name], project.head()
    with project.reading() as connection:
        row = dict(connection.execute(table.select().order_by(*table.c)).mappings().first())
    if name == "codings":
        [row] = [dict(one) for one in rows(project, table) if code_of(project, one) == "Fatigue"]
    if name == "codes":
        [row] = [dict(one) for one in rows(project, table) if one["name"] == "Fatigue"]
    kind, sentence = SAID[name]
    with pytest.raises(QualCoderError) as caught, project.change("code.add", code="x") as journal:
        journal.insert(table, row | {"guid": "another"})
    assert (type(caught.value), str(caught.value)) == (kind, sentence)
    assert project.head() == before


def rows(project, table):
    with project.reading() as connection:
        return connection.execute(table.select()).mappings().all()


def code_of(project, coding):
    return project.codebook.get(coding["code"]).name


def test_rows_of_one_step_may_take_what_others_of_it_give_away(project):
    """A correction moves each coding to where the next one was."""
    source = add_coded(project, "Steps", "[aa]{Care} [aa]{Care} [aa]{Care} bb")
    spans = [(one.start, one.end) for one in project.codings.of_source(source.guid)]
    assert spans == [(0, 2), (3, 5), (6, 8)]
    project.sources.correct(source.guid, "xx aa aa aa bb")
    assert [(one.start, one.end) for one in project.codings.of_source(source.guid)] == [
        (3, 5), (6, 8), (9, 11)]  # fmt: skip
    project.undo()
    assert [(one.start, one.end) for one in project.codings.of_source(source.guid)] == spans
    project.redo()
    assert project.audit.verify().ok
