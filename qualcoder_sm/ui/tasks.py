"""Tasks: pure functions run off the GUI thread, their outcome delivered on it."""

import gc
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from types import MethodType
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimerEvent, Signal
from shiboken6 import isValid

from qualcoder_sm.errors import QualCoderError

_BETWEEN_REPORTS = 0.1
_BETWEEN_COLLECTIONS = 1000


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


class Tasks(QObject):
    """One worker thread. Hand it values, or a project that it opens or reads itself; no widget."""

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
        self._waiting: dict[int, tuple[MethodType, MethodType | None]] = {}
        self._numbers = count()

    def run(
        self,
        function: Callable[..., Any],
        *args: object,
        done: MethodType,
        failed: MethodType | None = None,
        reports: bool = False,
    ) -> Task:
        """Call function(*args) in the worker, then done(result), a method of a QObject.

        With `reports` the function also gets `progress=` (done, total, what) -> bool.
        """
        task = Task(self.progressed.emit)
        extra = {"progress": task.progress} if reports else {}
        future = self._executor.submit(function, *args, **extra)
        number = next(self._numbers)
        self._waiting[number] = done, failed
        future.add_done_callback(_Outcome(self._finished.emit, number))
        return task

    def close(self) -> None:
        """Wait for the task under way; those not begun are dropped."""
        self._executor.shutdown(cancel_futures=True)

    def _deliver(self, future: "Future[Any]", number: int) -> None:
        done, failed = self._waiting.pop(number)
        if not isValid(done.__self__):
            return
        try:
            result = future.result()
        except CancelledError:
            return
        except QualCoderError as error:
            (failed or self.failed.emit)(error)
        else:
            done(result)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Hands a finished future to the GUI thread."""

    emit: Callable[..., None]
    number: int

    def __call__(self, future: "Future[Any]") -> None:
        self.emit(future, self.number)


class Collector(QObject):
    """Collects garbage on the GUI thread alone.

    Python collects in whichever thread allocates, and a widget that is destroyed in a worker
    takes the process with it. The thresholds are Python's own.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.startTimer(_BETWEEN_COLLECTIONS)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Collect the generations that are due."""
        due = [n > limit for n, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))
