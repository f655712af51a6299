"""Work in the worker of which only the newest answer counts."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from qualcoder_sm.errors import Cancelled, QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.tasks import Task, Tasks

Result = TypeVar("Result")

_NOTHING_UNDER = 300


def on_copy(path: Path, make: Callable[..., Result], *args: object, **more: object) -> Result:
    """make(project, ...) on a project of its own, opened for reading: for the worker."""
    project = Project.open(path, read_only=True)
    try:
        return make(project, *args, **more)
    finally:
        project.close()


class _Asked(QObject):
    """One question; its answer is dropped when it is no longer waited for."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.dropped = False

    def call(self, function: Callable[..., Result], *args: object, **more: object) -> Result:
        """In the worker: a question dropped while it waited in the queue costs nothing."""
        if self.dropped:
            raise Cancelled(tr("Stopped."))
        return function(*args, **more)

    def take(self, result: object) -> None:
        """The answer arrives."""
        if not self.dropped:
            self.done.emit(result)
        self.deleteLater()

    def refuse(self, error: QualCoderError) -> None:
        """The reason arrives why there is no answer."""
        if not self.dropped:
            self.failed.emit(error)
        self.deleteLater()


class Latest(QObject):
    """Asks the worker; a new question drops the one before it."""

    ready = Signal(object)
    """The result of the newest question."""
    failed = Signal(object)
    """The QualCoderError of the newest question."""
    slow = Signal()
    """The newest question takes longer than 300 ms."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._asked: _Asked | None = None
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_NOTHING_UNDER)
        self._timer.timeout.connect(self.slow)

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None

    def ask(
        self,
        function: Callable[..., object],
        *args: object,
        reports: bool = False,
        work: str = "",
    ) -> None:
        """Call function(*args) in the worker; see `Tasks.run`."""
        self.drop()
        asked = _Asked(self)
        asked.done.connect(self._take)
        asked.failed.connect(self._refuse)
        try:
            self._task = self._tasks.run(
                asked.call, function, *args, done=asked.take, failed=asked.refuse,
                reports=reports, work=work,
            )  # fmt: skip
        except RuntimeError:  # the project was closed meanwhile, and the worker with it
            asked.deleteLater()
            return
        self._asked = asked
        self._timer.start()

    def stop(self) -> None:
        """Tell what runs to stop, and wait for its answer: it may be too late."""
        if self._task:
            self._task.cancel()

    def drop(self) -> None:
        """Wait no longer; what runs is told to stop."""
        self._timer.stop()
        if self._asked and self._task:
            self._asked.dropped = True
            self._task.cancel()
        self._asked = self._task = None

    def _take(self, result: object) -> None:
        self._timer.stop()
        self._asked = self._task = None
        self.ready.emit(result)

    def _refuse(self, error: QualCoderError) -> None:
        self._timer.stop()
        self._asked = self._task = None
        self.failed.emit(error)
