"""What is remembered is what the file says, whoever writes, in whichever thread."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest
from any_steps import TEXT, Moves, take_step
from builders import add_coded, add_text, code_named, coded, new_project
from hypothesis import given, settings
from sqlalchemy import Engine, event, func, select

from qualcoder_sm.model import Change, RowChange
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema, trail


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    yield project
    project.close()


def counted(project):
    c = schema.codings.c
    place = c.source, c.code, c.coder
    rows = project.fetch(select(*place, func.count()).group_by(*place))
    return {tuple(row[:3]): row[3] for row in rows}


def test_counts_follow_every_kind_of_step(project):
    assert project.memory.counts().by_place() == counted(project)
    add_coded(project, "Second", "[One]{Fatigue} and [two]{New}")
    assert project.memory.counts().by_place() == counted(project)
    project.codebook.merge(code_named(project, "New").guid, code_named(project, "Fatigue").guid)
    assert project.memory.counts().by_place() == counted(project)
    project.sources.remove(project.sources.find("Second").guid)
    assert project.memory.counts().by_place() == counted(project)
    for _ in range(3):
        project.undo()
        assert project.memory.counts().by_place() == counted(project)


def test_inside_a_step_its_own_rows_are_seen(project):
    before = len(project.codebook.codes())
    with project.change("code.add", code="x"):
        project.codebook.add("One more")
        assert len(project.codebook.codes()) == before + 1
    assert len(project.codebook.codes()) == before + 1


def test_a_step_that_failed_leaves_no_memory(project):
    with pytest.raises(RuntimeError), project.change("code.add", code="x"):
        project.codebook.add("One more")
        project.codebook.paths()
        raise RuntimeError
    assert "One more" not in project.codebook.paths().values()


def test_a_reader_sees_what_the_writer_does(project):
    reader = Project.open(project.path, read_only=True)
    assert len(reader.codebook.codes()) == 2
    project.codebook.add("Third")
    project.codings.remove(project.codings.all()[0].guid)
    assert len(reader.codebook.codes()) == 3
    assert reader.codings.count() == 1
    reader.close()


def test_a_step_of_another_thread_is_seen(project):
    assert len(project.codebook.codes()) == 2
    with ThreadPoolExecutor(1) as worker:
        worker.submit(project.codebook.add, "Third").result()
    assert len(project.codebook.codes()) == 3


def test_counts_handed_out_are_not_changed_by_a_later_step(project):
    before = project.codings.by_source()
    kept = dict(before)
    add_coded(project, "Second", "[One]{Fatigue}")
    assert before == kept
    assert project.memory.counts().by_place() == counted(project)


def test_lists_handed_out_can_be_changed_without_harm(tmp_path):
    project = new_project(tmp_path)
    project.codebook.codes().append(None)
    project.coders.all().clear()
    assert project.codebook.codes() == []
    assert [coder.name for coder in project.coders.all()] == ["Ana"]
    project.close()


def recounted(project, coder):
    """What the look-ups must say, counted anew from all codings."""
    codings = [one for one in project.codings.all() if coder in (None, one.coder)]
    return {
        "sources": Counter(one.source for one in codings),
        "codes": Counter(one.code for one in codings),
        "spread": Counter(code for code, _source in {(one.code, one.source) for one in codings}),
        "places": Counter((one.source, one.code) for one in codings),
    }


def require_recounted(project):
    """Every number that is kept is the one that a new count of all codings gives."""
    counts = project.memory.counts()
    assert counts.by_place() == counted(project)
    assert project.coders.codings() == Counter(one.coder for one in project.codings.all())
    sources = [source.guid for source in project.sources.all()]
    codes = [code.guid for code in project.codebook.codes()]
    for coder in (None, *(coder.guid for coder in project.coders.all())):
        now = recounted(project, coder)
        assert project.codings.by_source(coder) == now["sources"]
        assert project.codebook.counts(coder=coder) == now["codes"]
        for source in sources:
            assert project.codings.in_source(source, coder) == now["sources"][source]
            here = {code: n for (where, code), n in now["places"].items() if where == source}
            assert project.codebook.counts(source=source, coder=coder) == here
        for code in codes:
            assert project.codebook.reach([code], coder=coder) == (
                now["codes"][code],
                now["spread"][code],
            )
            assert all(counts.at(s, code, coder) == now["places"][s, code] for s in sources)
        reached = {s for s, code in now["places"] if code in codes[:2]}
        some = sum(now["codes"][code] for code in codes[:2])
        assert project.codebook.reach(codes[:2], coder=coder) == (some, len(reached))


@settings(max_examples=10)
@given(moves=Moves)
def test_counts_after_any_steps_are_a_new_count(moves):
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        source, code = add_text(project, "Interview", TEXT), project.codebook.add("First")
        ben = project.coders.add("Ben").guid
        project.memory.counts()
        for start, coder in ((2, project.coder.guid), (2, ben), (6, ben)):
            project.codings.apply_all(
                [CodingDraft(code.guid, source.guid, coder, start, start + 5)]
            )
        require_recounted(project)
        for move in moves:
            take_step(project, *move)
            require_recounted(project)
        while project.history.undoable():
            project.undo()
            require_recounted(project)
        project.close()


def test_counts_follow_a_long_step_that_is_not_held(project, monkeypatch):
    monkeypatch.setattr(trail, "HELD", 3)
    project.memory.counts()
    add_coded(project, "Second", "[One]{Fatigue} and [two]{New} and [three]{Fatigue}")
    require_recounted(project)
    project.codebook.remove(code_named(project, "Fatigue").guid)
    require_recounted(project)
    project.undo()
    require_recounted(project)


def test_numbers_can_be_looked_up_while_a_step_of_another_thread_is_counted(project):
    source = project.sources.all()[0].guid
    code = code_named(project, "Fatigue").guid
    counts = project.memory.counts()
    told, looked = Event(), Event()

    def rows():
        told.set()
        assert looked.wait(10)
        yield RowChange("codings", "x", None, {"source": source, "code": code, "coder": "c"})

    class Rows(tuple):
        __slots__ = ()

        def __iter__(self):
            return rows()

    at = counts.of_source(source)
    change = Change(10**6, project.clock(), "Ana", "coding.apply", "", "", Rows(), None,
                    frozenset(["codings"]))  # fmt: skip
    with ThreadPoolExecutor(1) as worker:
        counting = worker.submit(counts.follow, change)
        assert told.wait(10)
        assert counts.of_source(source) == at == counts.by_source()[source]
        looked.set()
        counting.result()
    assert counts.of_source(source) == at + 1


def statements(project, act):
    """How many statements the file is asked while somebody acts."""
    asked = []

    def ask(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", ask)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", ask)
    return asked


def test_a_step_remembers_what_it_has_not_written_to(project):
    project.recall()
    sources, codes = project.sources.all(), project.codebook.codes()
    with project.change("code.add", code="x"):
        assert statements(project, lambda: (project.sources.all(), project.codebook.codes())) == []
        project.codebook.add("One more")
        assert statements(project, project.sources.all) == []
        assert len(statements(project, project.codebook.codes)) > 0
    assert project.sources.all() == sources
    assert len(project.codebook.codes()) == len(codes) + 1


def test_memos_of_codings_are_found_by_an_index_of_their_own(project):
    [first, _second] = project.codings.all()
    project.codings.set_memo(first.guid, "Why?")
    found = []
    asked = statements(project, lambda: found.extend(project.codings.with_memo()))
    assert [one.memo for one in found] == ["Why?"]
    with project.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}").all()
    assert "codings_with_memo" in plan[0].detail and len(plan) == 1, "nothing is sorted, either"
