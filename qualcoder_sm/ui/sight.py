"""Sight: who codes now, and whether the others' codings are seen."""

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.model import Coder
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.code_sight import CodeSight


class Sight(QObject):
    """One place for what several panes must agree on; `changed` when either changes."""

    changed = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._others = False
        self._unseen: frozenset[str] = frozenset()
        self.codes = CodeSight(project, self)

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
        """Show or hide the codings of all other coders."""
        if shown != self._others:
            self._others, self._unseen = shown, frozenset()
            self.changed.emit()

    @property
    def seen(self) -> frozenset[str] | None:
        """The other coders whose codings are shown, by guid; None when all are."""
        if not self._others:
            return frozenset()
        everybody = frozenset(coder.guid for coder in self._project.coders.all())
        return everybody - self._unseen if self._unseen else None

    def sees(self, coder: str) -> bool:
        """Whether the codings of another coder, by guid, are shown."""
        return self._others and coder not in self._unseen

    def see(self, coder: str, shown: bool) -> None:
        """Show or hide the codings of one other coder, by guid."""
        others = {one.guid for one in self._project.coders.all()} - {self.coder.guid}
        seen = {one for one in others if self.sees(one)}
        seen = seen | {coder} if shown else seen - {coder}
        self._others, self._unseen = bool(seen), frozenset(others - seen if seen else ())
        self.changed.emit()

    def act_as(self, coder: str) -> None:
        """Let another coder, by guid or name, take the steps from now on."""
        if coder not in (self.coder.guid, self.coder.name):
            self._project.act_as(coder)
            self.changed.emit()
