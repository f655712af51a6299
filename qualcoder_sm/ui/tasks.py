"""Tasks: pure functions run off the GUI thread, their outcome delivered on it."""

import gc
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from types import MethodType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimerEvent, Signal
from shiboken6 import isValid

from qualcoder_sm.errors import QualCoderError, Unexpected
from qualcoder_sm.i18n import tr

_BETWEEN_REPORTS = 0.1
_BETWEEN_COLLECTIONS = 1000
_MASS = 50_000
"""Objects that came since the last look, from which on they are the values of a long list."""
_LONG = 0.03


@dataclass(frozen=True, slots=True)
class Step:
    """How far a task is: `done` of `total` (0: not known), and what it is at now."""

    done: int
    total: int
    what: str


class Task:
    """A task under way; `cancel` makes its next report answer False, and it stops."""

    def __init__(self, report: Callable[[Step], None]) -> None:
        self._report = report
        self._cancelled = False
        self._last = 0.0

    def cancel(self) -> None:
        """Ask the function to stop at its next report."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._cancelled

    def progress(self, done: int, total: int, what: str) -> bool:
        """For the function: report a step; False means stop and raise Cancelled."""
        now = time.monotonic()
        if now - self._last > _BETWEEN_REPORTS:
            self._last = now
            self._report(Step(done, total, what))
        return not self._cancelled


@dataclass(frozen=True, slots=True)
class _Running:
    """A task that was handed in and not delivered yet, and whom it is delivered to.

    `work` names it when the researcher asked for it and would miss it: "The import".
    """

    task: Task
    done: MethodType
    failed: MethodType | None
    work: str


class Tasks(QObject):
    """One worker thread. Hand it values, or a project that it opens or reads itself; no widget."""

    idle = Signal()
    """The last task was delivered."""

    failed = Signal(object)
    """A QualCoderError of a task that had no `failed` of its own."""
    progressed = Signal(object)
    """A `Step` of the task under way."""
    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="task")
        # Queued also when a quick task ends before `run` returns, so that nobody is told early.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        # Kept on this side: a widget whose last reference fell in the worker would die there.
        self._running: dict[int, _Running] = {}
        self._futures: dict[int, Future[Any]] = {}
        self._numbers = count()

    def run(
        self,
        function: Callable[..., Any],
        *args: object,
        done: MethodType,
        failed: MethodType | None = None,
        reports: bool = False,
        work: str = "",
    ) -> Task:
        """Call function(*args) in the worker, then done(result), a method of a QObject.

        With `reports` the function also gets `progress=` (done, total, what) -> bool. `work` names
        what the researcher would miss if it did not come to its end. A fault of the program goes
        to `failed` as `Unexpected`, and then to the crash reporter.
        """
        task = Task(self.progressed.emit)
        extra = {"progress": task.progress} if reports else {}
        future = self._executor.submit(function, *args, **extra)
        number = next(self._numbers)
        self._running[number] = _Running(task, done, failed, work)
        self._futures[number] = future
        future.add_done_callback(_Outcome(self._finished.emit, number))
        return task

    @property
    def is_idle(self) -> bool:
        """Whether every task was delivered."""
        return not self._running

    @property
    def work(self) -> str:
        """What the researcher would miss if all stopped now; "" when there is nothing."""
        return next((one.work for one in self._running.values() if one.work), "")

    def stop(self) -> None:
        """Ask the task under way to stop, and drop those not begun; `idle` follows."""
        for number, running in tuple(self._running.items()):
            running.task.cancel()
            self._futures[number].cancel()

    def close(self) -> None:
        """Wait for the task under way; those not begun are dropped."""
        self._executor.shutdown(cancel_futures=True)

    def _deliver(self, future: "Future[Any]", number: int) -> None:
        running = self._running.pop(number)
        del self._futures[number]
        try:
            if not future.cancelled() and isValid(running.done.__self__):
                self._tell(running, future)
        finally:
            if not self._running:
                self.idle.emit()

    def _tell(self, running: _Running, future: "Future[Any]") -> None:
        error = future.exception()
        if error is None:
            running.done(future.result())
        elif isinstance(error, QualCoderError):
            (running.failed or self.failed.emit)(error)
            if isinstance(error, Unexpected):
                raise error
        else:
            (running.failed or self.failed.emit)(Unexpected(
                tr("A fault in the program ended this. What was committed before is safe.")))  # fmt: skip
            raise error


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Hands a finished future to the GUI thread."""

    emit: Callable[..., None]
    number: int

    def __call__(self, future: "Future[Any]") -> None:
        self.emit(future, self.number)


class Collector(QObject):
    """Collects garbage on the GUI thread alone, never so much that the window would wait for it.

    Python collects in whichever thread allocates, and a widget that is destroyed in a worker
    takes the process with it. The thresholds are Python's own. What a long look has found alive,
    and a mass of values that came at once, is not looked at again before `begin_anew`.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.startTimer(_BETWEEN_COLLECTIONS)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Collect the generations that are due."""
        counts = gc.get_count()
        if counts[0] > _MASS:
            gc.freeze()
            return
        due = [n > limit for n, limit in zip(counts, gc.get_threshold(), strict=True)]
        if any(due):
            began = time.thread_time()
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
            if time.thread_time() - began > _LONG:
                gc.freeze()

    @staticmethod
    def begin_anew() -> None:
        """Look at everything again: a project was closed, and most of it may go."""
        gc.unfreeze()
