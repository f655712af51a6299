"""Any sequence of steps, taken back, is the start row by row; done again, it is the end."""

from pathlib import Path
from tempfile import TemporaryDirectory

from any_steps import TEXT, Moves, take_step
from builders import add_text, new_project, snapshot
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project


@settings(max_examples=12)
@given(moves=Moves, restart=st.booleans())
def test_undo_all_is_the_start_and_redo_all_is_the_end(moves, restart):
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        source, code = add_text(project, "Interview", TEXT), project.codebook.add("First")
        links = [project.codings.apply(code.guid, source.guid, a, a + 5) for a in (2, 6)]
        project.links.add(*(coding.guid for coding in links))
        for move in moves:
            take_step(project, *move)
        end = snapshot(project)
        steps = 0
        while project.history.undoable():
            project.undo()
            steps += 1
        assert [name for name, rows in snapshot(project).items() if rows] == ["project", "coders"]
        if restart:
            project.close()
            project = Project.open(project.path)
        for _ in range(steps):
            project.redo()
        assert project.history.redoable() is None
        assert snapshot(project) == end
        assert check(project) == []
        project.close()


@settings(max_examples=15)
@given(moves=Moves)
def test_every_step_leaves_one_record(moves):
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        add_text(project, "Interview", TEXT)
        heard = []
        project.subscribe(heard.append)
        before = project.audit.head()[0]
        for move in moves:
            take_step(project, *move)
        assert project.audit.head()[0] - before == len(heard)
        assert [change.seq for change in heard] == list(range(before + 1, before + 1 + len(heard)))
        project.close()
