"""Guard: what others do to the file of the open project, and to the folder it lies in."""

from PySide6.QtCore import QObject, QTimer, Signal

from qualcoder_sm.errors import QualCoderError, TakenOver
from qualcoder_sm.project import surroundings
from qualcoder_sm.project.surroundings import Around
from qualcoder_sm.ui.context import Context

_EVERY = 5_000


class Guard(QObject):
    """Looks around when a project opens, and then every few seconds whether its file is still its own."""

    takenOver = Signal(str)
    """The sentence that says what happened to the file; no step is taken any more."""

    told = Signal(str)
    """What the researcher was not told before of the folder, and of other files in it."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._pause = QTimer(self, interval=_EVERY, singleShot=True)
        self._pause.timeout.connect(self.look)
        context.tasks.run(surroundings.around, context.project, done=self._tell)
        if not context.project.read_only:
            self._pause.start()

    def look(self) -> None:
        """Look now whether the next step would be refused."""
        project = self._context.project
        self._context.tasks.run(project.require_owned, done=self._go_on, failed=self._refused)

    def stop(self) -> None:
        """Look no more."""
        self._pause.stop()

    def _go_on(self, _owned: None) -> None:
        self._pause.start()

    def _refused(self, error: QualCoderError) -> None:
        if isinstance(error, TakenOver):
            self._pause.stop()
            self.takenOver.emit(str(error))
        else:  # it may be there again; the next step says it
            self._pause.start()

    def _tell(self, around: Around) -> None:
        preferences = self._context.preferences
        news = around.told(preferences.settings.warned)
        if news:
            preferences.set(preferences.settings.having_warned(*news))
            self.told.emit(" ".join(news.values()))
