"""What a step leaves that nobody looks at: the search index, the lock row, rows in the journal, files."""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
import small_study
from builders import add_text, new_project, speakers
from small_study import DAY, named

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.model import Polarity, Progress, QuoteRule
from qualcoder_sm.project.project import Project


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "study.qsm"
    path.write_bytes(small_study.as_bytes())
    return path


@pytest.fixture
def project(path):
    project = Project.open(path)
    yield project
    project.close()


# The search index holds the words of the texts that are there, and no other.


def indexed(path):
    """Every word that the index knows, whether or not a source still stands behind it."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, source_search, 'row')")
        return {term for (term,) in file.execute("SELECT term FROM words WHERE cnt > 0")}


def words_of(project):
    texts = [project.sources.text(source.guid) for source in project.sources.all()]
    return {word for text in texts for word in re.findall(r"\w+", text.casefold())}


def test_words_leave_the_search_index_with_their_text_and_come_back(tmp_path):
    project = new_project(tmp_path)
    first = add_text(project, "First", "[SYNTHETIC] Walruses iron")
    second = add_text(project, "Second", "[SYNTHETIC] Ocelots iron too")
    assert indexed(project.path) == words_of(project) >= {"walruses", "ocelots", "iron"}
    project.sources.remove(first.guid)
    assert indexed(project.path) == words_of(project) == {"synthetic", "ocelots", "iron", "too"}
    project.sources.correct(second.guid, "[SYNTHETIC] Zebras iron too")
    assert indexed(project.path) == words_of(project) == {"synthetic", "zebras", "iron", "too"}
    project.undo()
    assert indexed(project.path) == words_of(project) == {"synthetic", "ocelots", "iron", "too"}
    project.undo()
    assert indexed(project.path) == words_of(project) >= {"walruses", "ocelots"}
    project.redo()
    assert indexed(project.path) == words_of(project) == {"synthetic", "ocelots", "iron", "too"}
    project.close()


def test_what_changes_no_text_leaves_the_search_index_alone(project):
    before = indexed(project.path)
    source = project.sources.find("Talk")
    project.sources.rename(source.guid, "Conversation")
    project.sources.lock(source.guid)
    assert indexed(project.path) == before == words_of(project)


# The lock row tells who opened the file last, and when it was closed.


def lock_row(path):
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT holder, opened, closed FROM lock").fetchall()


def test_the_lock_row_has_the_holder_at_the_first_step_and_the_time_of_closing(path):
    [(_, _, closed_before)] = lock_row(path)
    assert closed_before
    project = Project.open(path, "Ben")
    assert lock_row(path)[0][2] == closed_before, "opening leaves the file as it was"
    project.clock = lambda: DAY + timedelta(days=9)
    project.codebook.add("Later")
    [(holder, opened, closed)] = lock_row(path)
    assert holder.startswith("Ben on ")
    assert opened > "2026-04"
    assert closed is None
    project.clock = lambda: DAY + timedelta(days=9, hours=2)
    project.close()
    assert lock_row(path) == [(holder, opened, "2026-04-10T02:00:00.000000Z")]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_sitting_without_a_step_leaves_every_byte(path, read_only):
    before = path.read_bytes()
    Project.open(path, read_only=read_only).close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


# Only rows that changed are journalled, each once.


def rows(project, act):
    """The rows that a step wrote, by table; nothing when there was no step."""
    seen = []
    project.subscribe(seen.append)
    act()
    changes = [row for change in seen for row in change.rows]
    assert all(row.before != row.after for row in changes)
    guids = [(row.table, row.guid) for row in changes]
    assert len(set(guids)) == len(guids)
    found = {}
    for table, _guid in guids:
        found[table] = found.get(table, 0) + 1
    return found


def test_steps_write_the_rows_that_change(project):
    a2, a3, a5 = (named(project, name) for name in ("a2", "a3", "a5"))
    code = {name: project.codebook.find(name).guid for name in ("Help", "Hope", "Fear", "Joy")}
    talk = project.sources.find("Talk").guid
    people = {one.key: one.guid for one in project.people.all()}
    acts = {
        "one mark": (lambda: project.codings.mark(a2, Polarity.MIXED, 77), {"codings": 1}),
        "the same mark": (lambda: project.codings.mark(a2, Polarity.MIXED, 77), {}),
        "the same weight": (lambda: project.codings.set_weight(a5, 50), {}),
        "the same progress": (lambda: project.progress.set(talk, Progress.DONE), {}),
        "the same role": (lambda: project.people.set_role(people["OBS"], "other"), {}),
        "the same name": (lambda: project.people.rename(people["P01"], "P01"), {}),
        "the same rule": (
            lambda: project.quoting.set_rule(
                project.collections.named("Group A"), QuoteRule.PARAPHRASE),
            {},
        ),
        "one of three has the code": (
            lambda: project.codings.recode([a3, a5, named(project, "a6")], code["Hope"]),
            {"codings": 2},
        ),
        "a set with one code more": (
            lambda: project.sets.keep("Feelings", [code["Fear"], code["Help"], code["Joy"]]),
            {"code_set_members": 1},
        ),
        "a person of two turns": (
            lambda: project.people.merge(people["P02"], people["P01"]),
            {"units": 2, "people": 2},
        ),
    }  # fmt: skip
    assert {what: rows(project, act) for what, (act, _n) in acts.items()} == {
        what: expected for what, (_act, expected) in acts.items()}  # fmt: skip


def test_a_merge_of_people_counts_the_rows_in_the_trail(tmp_path):
    project = new_project(tmp_path)
    speakers(project, "Talk", [("A", "One."), ("B", "Two."), ("A", "Three.")])
    people = {one.key: one.guid for one in project.people.all()}
    project.people.merge(people["A"], people["B"])
    assert project.audit.records()[-1].rows == 2 + 1
    project.close()


# A journal that a crash left is hot: the file beside it holds half of a step.


@pytest.fixture
def half_written(path, tmp_path):
    """A copy of file and journal while a step is being written, as a crash would leave them."""
    crashed = tmp_path / "crashed" / "study.qsm"
    crashed.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA cache_size=1")
        file.execute("BEGIN IMMEDIATE")
        file.execute("UPDATE codes SET definition = ?", ("Half written. " * 40_000,))
        for name in ("study.qsm", "study.qsm-journal"):
            shutil.copy(path.with_name(name), crashed.with_name(name))
    assert b"Half written. " * 100 in crashed.read_bytes()
    return crashed


@pytest.mark.parametrize("read_only", [True, False])
def test_a_step_that_a_crash_cut_short_is_rolled_back_at_the_next_opening(half_written, read_only):
    project = Project.open(half_written, read_only=read_only)
    assert project.codebook.find("Help").definition == "What is done for others."
    assert project.audit.verify().ok
    project.close()
    assert not half_written.with_name("study.qsm-journal").exists()
    assert b"Half written." not in half_written.read_bytes()


def test_half_a_step_is_never_read_where_it_cannot_be_rolled_back(half_written, monkeypatch):
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    before = half_written.read_bytes()
    with pytest.raises(QualCoderError), closing(Project.open(half_written)) as project:
        project.codebook.codes()
    assert half_written.read_bytes() == before
    assert half_written.with_name("study.qsm-journal").exists()
