"""Undo and redo: a short step at once, a long one beside the window, where it can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from qualcoder_sm.errors import Cancelled, NothingToUndo, QualCoderError, StepConflict
from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.leaving import Ending
from qualcoder_sm.ui.pages.widgets.latest import Latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from qualcoder_sm.model import Change
    from qualcoder_sm.ui.context import Context

_LONG = 1_000
"""Rows: a step that wrote more is taken back beside the window."""


class Turning(Latest):
    """Takes steps of the acting coder back, and does them again."""

    said = Signal(str)
    """A sentence for the status bar."""
    refused = Signal(object)
    """A QualCoderError that is more than a sentence in passing."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(context.tasks, window)
        self._context, self._window = context, window
        self.ready.connect(self._tell)
        self.failed.connect(self._refuse)
        self.slow.connect(self._show_waiting)

    def undo(self) -> None:
        """Take the last step back."""
        project = self._context.project
        self._turn(project.history.undoable(), project.undo, tr("Taking back the step"))

    def redo(self) -> None:
        """Do it again."""
        project = self._context.project
        self._turn(project.history.redoable(), project.redo, tr("Doing the step again"))

    def _turn(self, seq: int | None, act: Callable[..., Change], work: str) -> None:
        if self.waiting:
            return
        if seq is not None and self._context.project.history.size(seq) > _LONG:
            self.ask(act, reports=True, work=work)
            return
        try:
            change = act()
        except QualCoderError as error:
            self._refuse(error)
        else:
            self._tell(change)

    def _tell(self, change: Change) -> None:
        label = self._context.project.history.label(change.undo_of or change.seq)
        done = tr("Undone") if change.action == "undo" else tr("Done again")
        self.said.emit(tr("{done}: {step}", done=done, step=label))

    def _refuse(self, error: QualCoderError) -> None:
        if isinstance(error, (NothingToUndo, StepConflict, Cancelled)):
            self.said.emit(str(error))
        else:
            self.refused.emit(error)

    def _show_waiting(self) -> None:
        Ending(self._window, self._context.tasks).open()
