"""Starts the window. The database and its libraries are loaded after the first frame."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from qualcoder_sm import __version__
from qualcoder_sm.ui.context import Preferences
from qualcoder_sm.ui.crash import CrashReporter
from qualcoder_sm.ui.projects import load
from qualcoder_sm.ui.tasks import Collector, Tasks
from qualcoder_sm.ui.theme import ThemeChoice, ThemeManager
from qualcoder_sm.ui.window import MainWindow


class Starter(QObject):
    """What happens once the first frame is painted: the project, or what one will need."""

    def __init__(self, window: MainWindow, tasks: Tasks, path: Path | None) -> None:
        super().__init__(window)
        self._window, self._tasks, self._path = window, tasks, path
        window.painted.connect(self._go_on)

    def _go_on(self) -> None:
        if self._path is not None:
            self._window.open_path(self._path)
        else:
            self._tasks.run(load, done=self._loaded)

    def _loaded(self, _nothing: object) -> None:
        """Nobody waits for this."""


def run(path: Path | None) -> int:
    """Show the window, on a project if one is named; returns when it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("QualCoder SM")
    app.setApplicationVersion(__version__)
    reporter = CrashReporter(app)
    reporter.install()
    window = main_window(app)
    reporter.window = window
    window.show()
    Starter(window, window.tasks, path)
    Collector(app)
    return app.exec()


def main_window(app: QApplication) -> MainWindow:
    """A window with a worker, theme and settings of its own."""
    preferences = Preferences(app)
    theme = ThemeManager(app, ThemeChoice(preferences.settings.theme))
    window = MainWindow(Tasks(app), theme, preferences)
    window.hear_notices()
    return window
