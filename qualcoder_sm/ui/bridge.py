"""ProjectBridge: the project's changes as one Qt signal, and the steps that the window takes."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.project.project import Project

if TYPE_CHECKING:
    from concurrent.futures import Future

Told = Callable[[Any], object]

_LOOK = 2_000
"""Milliseconds between two looks for steps of another program."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A step that waits its turn, and who is told of its end."""

    done: Told | None
    failed: Told


@dataclass(frozen=True, slots=True)
class _Ended:
    """Hands a step that was taken in its turn to the window's thread."""

    emit: Callable[..., None]
    asked: _Asked

    def __call__(self, future: "Future[Any]") -> None:
        self.emit(future, self.asked)


class ProjectBridge(QObject):
    """The open project and its one signal; a change made in a worker arrives on this thread."""

    changed = Signal(object)
    """A `model.Change` that was committed; ask it `touches("codings")`."""
    waiting = Signal(int)
    """So many steps of the window wait until a longer one is written."""
    _ended = Signal(object, object)

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self._waiting = 0
        project.subscribe(self.changed.emit)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        if project.read_only:  # whoever has it open for writing goes on meanwhile
            self.catch_up()
            self._others = QTimer(self, interval=_LOOK)
            self._others.timeout.connect(self.catch_up)
            self._others.start()

    def catch_up(self) -> None:
        """Tell of the steps that another program wrote since; not while the file cannot be read."""
        with suppress(QualCoderError):
            self.project.catch_up()

    def take(
        self, act: Callable[..., object], *arguments: object, done: Told | None = None, failed: Told
    ) -> bool:
        """Take a step now, or in its turn while a longer one is written; whether it is taken.

        Then `done` is told the result of act(*arguments), or `failed` the QualCoderError, both on
        this thread; `act` itself may run in another, and touches the project alone.
        """
        future, asked = self.project.submit(partial(act, *arguments)), _Asked(done, failed)
        if future.done():
            self._tell(future, asked)
            return True
        self._count(1)
        future.add_done_callback(_Ended(self._ended.emit, asked))
        return False

    def _end(self, future: "Future[Any]", asked: _Asked) -> None:
        self._count(-1)
        self._tell(future, asked)

    def _tell(self, future: "Future[Any]", asked: _Asked) -> None:
        error = future.exception()
        if error is None:
            if asked.done and _is_there(asked.done):
                asked.done(future.result())
        elif not isinstance(error, QualCoderError):
            raise error
        elif _is_there(asked.failed):
            asked.failed(error)

    def _count(self, by: int) -> None:
        self._waiting += by
        self.waiting.emit(self._waiting)


def _is_there(told: Told) -> bool:
    """Whether the widget that is to be told has not been closed meanwhile."""
    owner = getattr(told.func if isinstance(told, partial) else told, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
