"""Tasks: the outcome arrives on the window's thread, and never before `run` has returned."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from qualcoder_sm.errors import QualCoderError, WrongUsage
from qualcoder_sm.ui.tasks import Collector, Tasks


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.thread_ids: set[int] = set()

    def take(self, result: object) -> None:
        self.heard.append(result)
        self.thread_ids.add(threading.get_ident())


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


class Done:
    """A worker so quick that its future has ended before anybody can ask to be told."""

    def submit(self, function, *args, **more):
        from concurrent.futures import Future

        future = Future()
        future.set_result(function(*args, **more))
        return future

    def shutdown(self, **_more):
        pass


def test_a_quick_task_tells_nobody_before_run_returns(qtbot, tasks, monkeypatch):
    monkeypatch.setattr(tasks, "_executor", Done())
    listener = Listener()
    tasks.run(str, 7, done=listener.take)
    assert listener.heard == []
    qtbot.waitUntil(lambda: listener.heard == ["7"])


def test_the_outcome_arrives_on_the_thread_of_the_window(qtbot, tasks):
    listener = Listener()
    tasks.run(threading.get_ident, done=listener.take)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.thread_ids == {threading.get_ident()}
    assert listener.heard != [threading.get_ident()]


def test_a_refusal_goes_to_whoever_asked(qtbot, tasks):
    def refuse():
        raise WrongUsage("No.")

    listener = Listener()
    tasks.run(refuse, done=listener.take, failed=listener.take)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert isinstance(listener.heard[0], QualCoderError)


def test_a_listener_that_is_gone_is_not_told(qtbot, tasks):
    listener, other = Listener(), Listener()
    go = threading.Event()
    tasks.run(go.wait, done=listener.take)
    listener.deleteLater()
    qtbot.waitSignal(listener.destroyed, timeout=1000).wait()
    go.set()
    tasks.run(str, 7, done=other.take)
    qtbot.waitUntil(lambda: other.heard == ["7"])
    assert listener.heard == []


def test_cancelling_reaches_the_function_at_its_next_report(qtbot, tasks):
    listener = Listener()
    begun = threading.Event()

    def count(progress):
        begun.set()
        n = 0
        while progress(n, 0, "counting"):
            n += 1
        return "stopped"

    task = tasks.run(count, done=listener.take, reports=True)
    begun.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: listener.heard == ["stopped"])


@pytest.fixture
def usual_thresholds():
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_the_collector_collects_what_hangs_in_a_circle(qtbot, usual_thresholds):
    class Node:
        pass

    node = Node()
    node.me = node
    gone = weakref.ref(node)
    del node
    keep = [[] for _ in range(2000)]  # enough new objects for the youngest generation to be due
    holder = QObject()
    Collector(holder)
    qtbot.waitUntil(lambda: gone() is None, timeout=5000)
    assert len(keep) == 2000
    assert not gc.isenabled()


def test_a_mass_of_values_is_not_looked_through_before_the_project_is_closed(
    qtbot, usual_thresholds
):
    holder = QObject()
    Collector(holder)
    before = gc.get_freeze_count()
    keep = [[n] for n in range(60_000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() > before + len(keep) - 1, timeout=5000)
    Collector.begin_anew()
    assert gc.get_freeze_count() == 0
