"""Where windows, splitters and carets stood: sizes, guids and positions, never a word of a text."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from qualcoder_sm import notices, paths
from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.requests import Place

_PLACE = re.compile(r"(\S+) (\d+) (\d+)")
_FRAME = QSize(0, 40)  # what the desktop puts around a window


def _store() -> QSettings:
    file = paths.settings_file().with_name("window.ini")
    return QSettings(str(file), QSettings.Format.IniFormat)


def _keep(key: str, value: object) -> None:
    """Remember something; where that cannot be done is a notice."""
    store = _store()
    store.setValue(key, value)
    store.sync()
    if store.status() is not QSettings.Status.NoError:
        notices.tell(tr("Where windows stand and what was open cannot be remembered."))


def keep_window(window: QMainWindow) -> None:
    """Remember where a window stands."""
    _keep("window", window.saveGeometry())


def restore_window(window: QMainWindow) -> bool:
    """Put a window where it stood, no larger than the screen; False when that is not known."""
    state = _store().value("window")
    if not isinstance(state, QByteArray) or not window.restoreGeometry(state):
        return False
    window.resize(window.size().boundedTo(window.screen().availableSize()))
    return True


def resize_within_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window its usual size, or what the screen has: its buttons must be on it."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME))


def keep_splitter(splitter: QSplitter) -> None:
    """Remember the sizes of a splitter, by its object name."""
    _keep(f"splitters/{splitter.objectName()}", splitter.saveState())


def restore_splitter(splitter: QSplitter) -> bool:
    """Give a splitter the sizes it had; False when they are not known."""
    state = _store().value(f"splitters/{splitter.objectName()}")
    return isinstance(state, QByteArray) and splitter.restoreState(state)


def keep_session(project: str, places: Sequence[Place]) -> None:
    """Remember the open texts of a project, by guid, the current one last."""
    lines = [f"{place.source} {place.start} {place.end}" for place in places]
    _keep(f"sessions/{project}", "\n".join(lines))


def keep_beside(project: str, places: Sequence[Place]) -> None:
    """Remember the texts that stood side by side, from left to right; none when one was alone."""
    lines = [f"{place.source} {place.start} {place.end}" for place in places]
    _keep(f"beside/{project}", "\n".join(lines))


def beside(project: str) -> list[Place]:
    """The two texts that stood side by side in a project; empty when one was alone."""
    return _places(f"beside/{project}")


def keep_passages(project: str, shown: bool) -> None:
    """Remember whether the passages were seen under the text."""
    _keep(f"passages/{project}", "yes" if shown else "no")


def passages(project: str) -> bool:
    """Whether the passages were seen under the text last time."""
    return _store().value(f"passages/{project}") == "yes"


def keep_reason_unfolded(unfolded: bool) -> None:
    """Remember whether a reason is being asked for."""
    _keep("reason", "yes" if unfolded else "no")


def reason_unfolded() -> bool:
    """Whether the line for a reason was open last time."""
    return _store().value("reason") == "yes"


def session(project: str) -> list[Place]:
    """The texts that were open in a project, the current one last."""
    return _places(f"sessions/{project}")


def _places(key: str) -> list[Place]:
    lines = str(_store().value(key) or "").splitlines()
    found = [place for line in lines if (place := _PLACE.fullmatch(line))]
    return [Place(place[1], int(place[2]), int(place[3])) for place in found]
