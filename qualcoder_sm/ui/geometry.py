"""Where windows and splitters stood: the one place that keeps sizes, and nothing of any project."""

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from qualcoder_sm import paths


def _store() -> QSettings:
    file = paths.settings_file().with_name("window.ini")
    return QSettings(str(file), QSettings.Format.IniFormat)


def keep_window(window: QMainWindow) -> None:
    """Remember where a window stands."""
    _store().setValue("window", window.saveGeometry())


def restore_window(window: QMainWindow) -> bool:
    """Put a window where it stood; False when that is not known."""
    state = _store().value("window")
    return isinstance(state, QByteArray) and window.restoreGeometry(state)


def keep_splitter(splitter: QSplitter) -> None:
    """Remember the sizes of a splitter, by its object name."""
    _store().setValue(f"splitters/{splitter.objectName()}", splitter.saveState())


def restore_splitter(splitter: QSplitter) -> bool:
    """Give a splitter the sizes it had; False when they are not known."""
    state = _store().value(f"splitters/{splitter.objectName()}")
    return isinstance(state, QByteArray) and splitter.restoreState(state)
