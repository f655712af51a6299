"""Sight: who codes now, and whether the others' codings are seen."""

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.model import Coder
from qualcoder_sm.project.project import Project


class Sight(QObject):
    """One place for what several panes must agree on; `changed` when either changes."""

    changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._others = False

    @property
    def coder(self) -> Coder:
        """Who acts."""
        return self._project.coder

    @property
    def others(self) -> bool:
        """Whether codings of other coders are shown and counted."""
        return self._others

    @property
    def counted(self) -> str | None:
        """The coder whose codings are counted, by guid; None when all are."""
        return None if self._others else self._project.coder.guid

    def show_others(self, shown: bool) -> None:
        """Show or hide the codings of other coders."""
        if shown != self._others:
            self._others = shown
            self.changed.emit()

    def act_as(self, coder: str) -> None:
        """Let another coder, by guid or name, take the steps from now on."""
        if coder not in (self.coder.guid, self.coder.name):
            self._project.act_as(coder)
            self.changed.emit()
