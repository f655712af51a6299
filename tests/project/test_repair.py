"""What a file derives from the rest is checked against it, and made anew."""

import sqlite3
from contextlib import closing

import pytest
from builders import add_text, new_project, tamper

from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.repair import repair
from qualcoder_sm.store import backups

STRANGER = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"  # of the text "a"


@pytest.fixture
def path(tmp_path):
    project = new_project(tmp_path)
    add_text(project, "P01", "[SYNTHETIC] I was tired 😀, and tired again.")
    add_text(project, "P02", "[SYNTHETIC] nobody was asleep that night")
    project.close()
    return project.path


INDEXES = {
    "a word too many": (
        ("INSERT INTO source_search(rowid, text) VALUES (1, 'banana')",), ["P01"]),
    "a text that is missing": (
        ("INSERT INTO source_search(source_search) VALUES ('delete-all')",), ["P01", "P02"]),
    "places that are missing": (("DELETE FROM search_rows WHERE id = 2",), ["P02"]),
    "a place of nobody": (("INSERT INTO search_rows VALUES (9, 'nobody')",), ["nobody"]),
    "no settings": (("DELETE FROM source_search_config",), []),
    "a length that is wrong": (("UPDATE source_search_docsize SET sz = X'01'",), []),
    "data that are none": (("UPDATE source_search_data SET block = X'0102' WHERE id > 10",), []),
}  # fmt: skip


def said_of_index(project):
    return [one.sentence for one in check(project) if one.check == "search index"]


@pytest.mark.parametrize(("statements", "names"), INDEXES.values(), ids=INDEXES)
def test_an_index_that_does_not_fit_its_texts_is_named_and_made_anew(path, statements, names):
    tamper(path, *statements)
    with closing(Project.open(path)) as project:
        said = said_of_index(project)
        for name in names:
            assert f"A search does not find {name} as its text is." in said
        assert said
        assert repair(project) == ["the index that texts are searched by"]
        assert check(project) == []
        assert [one.name for one in project.sources.search("tired")] == ["P01"]
        assert [one.name for one in project.sources.search("night")] == ["P02"]


def test_an_index_whose_texts_went_and_came_again_fits(path):
    with closing(Project.open(path)) as project:
        for source in project.sources.all():
            project.sources.remove(source.guid)
            assert check(project) == []
        project.undo()
        assert check(project) == []


def test_a_repair_is_a_step_that_is_in_no_ones_way(path):
    tamper(path, f"INSERT INTO contents VALUES ('{STRANGER}', CAST('a' AS BLOB))")
    with closing(Project.open(path)) as project:
        assert [(one.check, one.sentence) for one in check(project)] == [
            ("texts", f"No step tells of the text with the digest {STRANGER}.")]  # fmt: skip
        assert repair(project) == ["without 1 text that no step tells of"]
        assert check(project) == []
        last = project.audit.records()[-1]
        assert (last.action, last.rows) == ("project.repair", 0)
        assert project.history.label(project.history.undoable()) == "Import 1 text"
        project.undo()
        assert [one.name for one in project.sources.all()] == ["P01"]
        project.redo()
        assert check(project) == []


def test_the_file_is_kept_as_it_was_before_a_repair(path):
    tamper(path, "INSERT INTO source_search(rowid, text) VALUES (1, 'banana')")
    with closing(Project.open(path)) as project:
        steps = project.audit.head()[0]
        repair(project)
        kept = backups.backups(project.guid)[-1]
        assert kept.steps == steps
    with closing(sqlite3.connect(kept.path)) as copy:
        [count] = copy.execute(
            "SELECT COUNT(*) FROM source_search WHERE source_search MATCH 'banana'").fetchone()  # fmt: skip
    assert count == 1


def test_nothing_is_written_where_nothing_is_to_be_made_anew(path):
    with closing(Project.open(path)) as project:
        before = project.audit.head()
        assert repair(project) == []
        assert project.audit.head() == before


def test_a_head_that_was_not_written_with_the_rest_is_found(path):
    data = bytearray(path.read_bytes())
    data[27] ^= 1
    path.write_bytes(data)
    with closing(Project.open(path, checking=True)) as project:
        assert [one.check for one in check(project)] == ["file"]
