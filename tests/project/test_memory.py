"""What is remembered is what the file says, whoever writes, in whichever thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import add_coded, code_named, coded, new_project
from sqlalchemy import func, select

from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema


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
    assert project.memory.counts() == counted(project)
    add_coded(project, "Second", "[One]{Fatigue} and [two]{New}")
    assert project.memory.counts() == counted(project)
    project.codebook.merge(code_named(project, "New").guid, code_named(project, "Fatigue").guid)
    assert project.memory.counts() == counted(project)
    project.sources.remove(project.sources.find("Second").guid)
    assert project.memory.counts() == counted(project)
    for _ in range(3):
        project.undo()
        assert project.memory.counts() == counted(project)


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
    before = project.memory.counts()
    kept = dict(before)
    add_coded(project, "Second", "[One]{Fatigue}")
    assert dict(before) == kept
    assert project.memory.counts() == counted(project)


def test_lists_handed_out_can_be_changed_without_harm(tmp_path):
    project = new_project(tmp_path)
    project.codebook.codes().append(None)
    project.coders.all().clear()
    assert project.codebook.codes() == []
    assert [coder.name for coder in project.coders.all()] == ["Ana"]
    project.close()
