"""What every page has in common: it works only while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from qualcoder_sm.model import Change
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.ui.context import Context

_SETTLE = 250


class Page(QWidget):
    """A page that is stale after a change to what it shows, and renews itself when it is seen.

    Subclasses name the tables they show in `shows` and compute in `renew`.
    """

    openRequested = Signal(object)
    """A `requests.Place` to go to in Read & code."""
    statusChanged = Signal(object)
    """A sentence for the status bar."""

    shows: tuple[str, ...] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._said = ""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._renew_if_seen)
        context.bridge.changed.connect(self._mark_stale)

    @property
    def project(self) -> Project:
        """The open project."""
        return self.context.project

    def activate(self) -> None:
        """The page becomes visible: renew what is stale."""
        self.statusChanged.emit(self._said)
        if self._stale:
            self._stale = False
            self.renew()

    def say(self, sentence: str) -> None:
        """Put a sentence into the status bar; it comes back with the page."""
        self._said = sentence
        if self.isVisible():
            self.statusChanged.emit(sentence)

    def renew(self) -> None:
        """For subclasses: show the project as it is now."""
        raise NotImplementedError

    def _mark_stale(self, change: Change) -> None:
        if change.touches(*self.shows):
            self._stale = True
            self._settle.start()

    def _renew_if_seen(self) -> None:
        if self.isVisible():
            self.activate()
