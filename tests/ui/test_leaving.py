"""Closing, quitting and opening another project while the worker has something under way."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from qualcoder_sm.errors import Cancelled, Unexpected
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.leaving import Ending
from qualcoder_sm.ui.tasks import Tasks

WAIT, STOP, STAY = range(3)


class Heard(QObject):
    """Hears what becomes of a task."""

    def __init__(self):
        super().__init__()
        self.results, self.errors = [], []

    def done(self, result):
        self.results.append(result)

    def failed(self, error):
        self.errors.append(error)


class Import:
    """A step of many codes, in the middle of which it waits until it is let on or stopped."""

    def __init__(self, project):
        self.begun, self.go = threading.Event(), threading.Event()
        self._project = project

    def take(self, progress):
        with self._project.change("codebook.import", name="many", what="2 codes"):
            self._project.codebook.add("First")
            self.begun.set()
            while not self.go.wait(0.01):
                if not progress(1, 2, "half"):
                    raise Cancelled("Stopped.")
            self._project.codebook.add("Second")
        return "taken"


@pytest.fixture
def under_way(window):
    """An import in the middle of its step, and who hears of its end."""
    project = window.workspace.context.project
    work, heard = Import(project), Heard()
    window.tasks.run(work.take, done=heard.done, failed=heard.failed, reports=True,
                     work="The import")  # fmt: skip
    assert work.begun.wait(10)
    yield work, heard
    work.go.set()


def answer(monkeypatch, number):
    asked = []

    def choose(_parent, question, answers):
        asked.append((question, answers[number]))
        return number

    monkeypatch.setattr(messages, "choose", choose)
    return asked


def names(path):
    project = Project.open(path, read_only=True)
    try:
        return {code.name for code in project.codebook.codes()}
    finally:
        project.close()


def test_whoever_stays_keeps_the_project_and_the_work(qtbot, window, under_way, monkeypatch):
    work, heard = under_way
    asked = answer(monkeypatch, STAY)
    window.close()
    assert window.isVisible() and window.is_open()
    assert asked[0][0].startswith("The import has not come to its end.")
    work.go.set()
    qtbot.waitUntil(lambda: heard.results == ["taken"])
    assert {"First", "Second"} <= {
        code.name for code in window.workspace.context.project.codebook.codes()}  # fmt: skip


def test_what_is_stopped_leaves_the_project_as_it_was(qtbot, window, under_way, monkeypatch, study):
    _work, heard = under_way
    answer(monkeypatch, STOP)
    before = names_before = names(study)
    window.close()
    assert not window.isVisible()
    assert [type(error) for error in heard.errors] == [Cancelled]
    assert names(study) == before == names_before


def test_what_is_waited_for_is_written_before_the_file_is_given_back(
    qtbot, window, under_way, monkeypatch, study
):
    work, heard = under_way
    answer(monkeypatch, WAIT)
    QTimer.singleShot(600, work.go.set)
    window.close()
    assert heard.results == ["taken"]
    assert {"First", "Second"} <= names(study)


def test_while_it_is_waited_for_it_can_still_be_stopped(
    qtbot, window, under_way, monkeypatch, study
):
    answer(monkeypatch, WAIT)

    def stop():
        [ending] = [w for w in QApplication.topLevelWidgets() if isinstance(w, Ending)]
        assert "The import" in ending.sentence.text()
        ending.stop.click()
        assert ending.sentence.text() == "Stopping …"

    QTimer.singleShot(800, stop)
    window.close_project()
    assert not window.is_open()
    assert "First" not in names(study)


def test_another_project_is_opened_after_what_is_under_way(
    qtbot, window, under_way, monkeypatch, study, tmp_path
):
    work, _heard = under_way
    other = Project.create(tmp_path / "other.qsm", "Other", "Ana")
    other.close()
    asked = answer(monkeypatch, WAIT)
    QTimer.singleShot(600, work.go.set)
    with qtbot.waitSignal(window.projectOpened):
        window.open_path(other.path)
    assert len(asked) == 1
    assert window.workspace.context.project.path == other.path
    assert {"First", "Second"} <= names(study)


def test_questions_nobody_waits_for_are_dropped_without_asking(qtbot, window, monkeypatch, study):
    asked = answer(monkeypatch, STAY)
    heard = Heard()
    for _ in range(5):
        window.tasks.run(names, study, done=heard.done)
    window.close()
    assert not window.isVisible() and asked == []


def test_a_fault_of_the_program_is_said_and_goes_on_to_the_crash_reporter(qtbot):
    tasks, heard = Tasks(), Heard()

    def fault():
        raise ZeroDivisionError("P01 said so")

    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(tasks.idle):
        tasks.run(fault, done=heard.done, failed=heard.failed)
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    [said] = heard.errors
    assert isinstance(said, Unexpected) and "P01" not in str(said)
    with qtbot.waitSignal(tasks.idle):
        tasks.run(len, "abc", done=heard.done)
    assert heard.results == [3]
    tasks.close()


def test_a_fault_that_has_its_sentence_goes_on_to_the_crash_reporter_too(qtbot):
    tasks, heard = Tasks(), Heard()
    error = Unexpected("The program asked something that SQLite refused.")

    def fault():
        raise error

    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(tasks.idle):
        tasks.run(fault, done=heard.done, failed=heard.failed)
    assert [kind for kind, _error, _trace in raised] == [Unexpected]
    assert heard.errors == [error]
    tasks.close()


def test_a_choice_is_made_by_its_button_and_escape_is_the_safe_one(qtbot):
    answers = ("Wait for it", "Stop it", "Keep the project open")

    def press(text):
        [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        if text is None:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            next(one for one in dialog.findChildren(QPushButton) if one.text() == text).click()

    for text, number in ((None, STAY), *zip(answers, range(3), strict=True)):
        QTimer.singleShot(0, partial(press, text))
        assert messages.choose(None, "What now?", answers) == number
