"""Undo and redo of long steps run beside the window."""

import pytest
from builders import add_coded

from qualcoder_sm.ui import turning


@pytest.fixture
def project(window, monkeypatch):
    monkeypatch.setattr(turning, "_LONG", 2)
    project = window.workspace.context.project
    add_coded(project, "Long", "[aa]{Care} [bb]{Care} [cc]{Care}")
    [care] = [code for code in project.codebook.codes() if code.name == "Care"]
    project.codebook.remove(care.guid)
    return project


def codings(project) -> int:
    return project.codings.count()


def test_a_long_step_is_taken_back_in_the_worker_and_said(qtbot, window, project):
    window.workspace.undo()
    assert codings(project) == 0  # not yet: the window goes on
    assert window.tasks.work == "Taking back the step"
    qtbot.waitUntil(lambda: codings(project) == 3)
    qtbot.waitUntil(lambda: window.tasks.is_idle)
    assert "Undone: Delete the code Care" in window.workspace.status.said.text()
    window.workspace.redo()
    qtbot.waitUntil(lambda: codings(project) == 0)
    qtbot.waitUntil(lambda: window.tasks.is_idle)
    assert "Done again: Delete the code Care" in window.workspace.status.said.text()


def test_a_second_press_while_it_runs_takes_nothing_else_back(qtbot, window, project):
    window.workspace.undo()
    window.workspace.undo()
    qtbot.waitUntil(lambda: window.tasks.is_idle)
    assert codings(project) == 3
    assert [one.action for one in project.audit.records()].count("undo") == 1


def test_a_long_step_that_is_stopped_stays(qtbot, window, project):
    before = project.path.read_bytes()
    window.workspace.undo()
    window.tasks.stop()
    qtbot.waitUntil(lambda: window.tasks.is_idle)
    assert codings(project) in (0, 3)  # stopped before its first row, or too late
    if codings(project) == 0:
        assert project.path.read_bytes() == before
