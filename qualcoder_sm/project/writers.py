"""Writers: one step at a time. What is asked for while a longer one is written takes its turn."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualcoder_sm.errors import Busy
from qualcoder_sm.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_PATIENCE = 0.05
"""Seconds that the main thread waits, which may be a window's; any other waits its turn."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A step that waits; what held where it was asked for holds where it is taken."""

    take: Callable[[], Any]
    context: Context = field(default_factory=copy_context)
    future: Future[Any] = field(default_factory=Future[Any])

    def run(self) -> None:
        if self.future.set_running_or_notify_cancel():
            with _Outcome(self.future):
                self.future.set_result(self.context.run(self.take))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Whatever is raised inside is raised where the future's result is asked for."""

    future: Future[Any]

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if error is not None:
            self.future.set_exception(error)
        return True


class Writers:
    """Who may write in this process. The project's lock keeps other processes out."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._waiting: deque[_Waiting] = deque()

    @property
    def waiting(self) -> int:
        """How many steps wait their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Generator[None]:
        """Write as the only one. In the main thread raises Busy while a longer step is written."""
        patience = _PATIENCE if threading.current_thread() is threading.main_thread() else -1
        if not self._lock.acquire(timeout=patience):
            raise Busy(tr("A longer step is still being written. Try again in a moment."))
        self._depth += 1
        try:
            yield
        finally:
            self._end()

    def submit(self, take: Callable[[], Any]) -> Future[Any]:
        """Let a step be taken now, or after the one being written, by the thread that writes it.

        Steps are taken in the order in which they were handed in. The future is done on return
        unless the step waits, and as long as it waits it can be cancelled.
        """
        waiting = _Waiting(take)
        self._waiting.append(waiting)
        self._take_those_that_wait()
        return waiting.future

    def _end(self) -> None:
        if self._depth == 1:
            self._take_all()
        self._depth -= 1
        self._lock.release()
        if not self._depth:
            self._take_those_that_wait()  # handed in just before the lock was given back

    def _take_those_that_wait(self) -> None:
        while self._waiting and self._lock.acquire(blocking=False):
            self._depth += 1
            outermost = self._depth == 1
            if outermost:
                self._take_all()
            self._depth -= 1
            self._lock.release()
            if not outermost:
                return

    def _take_all(self) -> None:
        while self._waiting:
            self._waiting.popleft().run()
