from pathlib import Path
from threading import Event

import pytest
from builders import new_project
from PySide6.QtCore import QObject

from qualcoder_sm.errors import NotFound, QualCoderError
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.tasks import Tasks


@pytest.fixture
def latest(qapp):
    tasks = Tasks()
    owner = QObject()
    made = Latest(tasks, owner)
    made.owner = owner
    made.tasks = tasks
    yield made
    tasks.close()


def same(value: object) -> object:
    return value


def refuse() -> None:
    raise NotFound("Not here.")


def test_the_answer_of_the_newest_question_counts(qtbot, latest):
    seen: list[object] = []
    latest.ready.connect(seen.append)
    go_on = Event()
    latest.ask(go_on.wait)
    latest.ask(same, "old")
    latest.ask(same, "new")
    go_on.set()
    qtbot.waitUntil(lambda: bool(seen))
    latest.tasks.close()
    qtbot.wait(1)
    assert seen == ["new"]


def test_a_dropped_question_that_still_waits_is_never_asked(qtbot, latest):
    called: list[int] = []
    go_on = Event()
    latest.ask(go_on.wait)
    latest.ask(called.append, 1)
    latest.drop()
    go_on.set()
    latest.tasks.close()
    assert called == []
    assert not latest.waiting


def test_a_refusal_arrives_as_the_error(qtbot, latest):
    with qtbot.waitSignal(latest.failed) as seen:
        latest.ask(refuse)
    [error] = seen.args
    assert isinstance(error, QualCoderError) and str(error) == "Not here."


def test_slow_is_told_after_a_moment_only(qtbot, latest):
    go_on = Event()
    with qtbot.waitSignal(latest.slow, timeout=2000):
        latest.ask(go_on.wait)
    go_on.set()
    with qtbot.waitSignal(latest.ready), qtbot.assertNotEmitted(latest.slow):
        latest.ask(same, 1)


def test_after_the_project_is_closed_questions_are_dropped(latest):
    latest.tasks.close()
    latest.ask(same, 1)
    assert not latest.waiting


def test_a_copy_is_opened_for_reading_and_closed(tmp_path):
    project = new_project(tmp_path)

    def look(copy: Project, more: int) -> tuple[bool, str, Path, int]:
        return copy.read_only, copy.name, copy.path, more

    assert on_copy(project.path, look, 3) == (True, "Study", project.path, 3)
    project.close()
