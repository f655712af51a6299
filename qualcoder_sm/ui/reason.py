"""Why something is done: one line for the audit trail, folded away until it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import geometry
from qualcoder_sm.ui.widgets import link, row, tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from qualcoder_sm.model import Change
    from qualcoder_sm.project.project import Project

Result = TypeVar("Result")


class ReasonLine(QLineEdit):
    """The line itself; `left` when the keyboard goes elsewhere or Enter is pressed."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Why, for the audit trail"))
        self.setAccessibleName(tr("Reason"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the line; it presses no button, for that might be the one that gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the line is left."""
        super().focusOutEvent(event)
        self.left.emit()


class ReasonField(QWidget):
    """“Reason…”, which unfolds a line. It begins as it was left last time, in any dialog."""

    left = Signal()
    """The line was left: what waited for the reason need not wait any longer."""

    def __init__(self) -> None:
        super().__init__()
        self._unfold, self.line = link(tr("Reason…")), ReasonLine()
        self._fold = tool("x", tr("Give no reason"))
        # A click must not take the keyboard: what is left would be kept before its reason is told.
        self._unfold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unfold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._unfold.setToolTip(tr("Say why, for the audit trail"))
        self._unfold.clicked.connect(self.unfold)
        self._fold.clicked.connect(self.fold)
        self.line.left.connect(self.left)
        layout = row(self._unfold, self.line, 2, self._fold, stretch=1)
        layout.addStretch(0)  # room at the right while the line is folded away
        self.setLayout(layout)
        self._show(geometry.reason_unfolded())

    @property
    def is_unfolded(self) -> bool:
        """Whether the line is there to write in."""
        return not self.line.isHidden()

    def text(self) -> str:
        """The reason on one line; "" when none is given or the line is folded away."""
        return " ".join(self.line.text().split()) if self.is_unfolded else ""

    def follow(self, change: Change) -> None:
        """A step was taken: a reason that went with it is not given again."""
        if change.reason and change.reason == self.text():
            self.line.clear()

    def unfold(self) -> None:
        """Open the line, now and next time."""
        geometry.keep_reason_unfolded(True)
        self._show(True)
        self.line.setFocus()

    def fold(self) -> None:
        """Close the line, now and next time; what stood in it is no reason."""
        geometry.keep_reason_unfolded(False)
        self.line.clear()
        self._show(False)

    def _show(self, unfolded: bool) -> None:
        self._unfold.setVisible(not unfolded)
        self.line.setVisible(unfolded)
        self._fold.setVisible(unfolded)


def reasoned(
    project: Project, reason: str, act: Callable[..., Result], *arguments: object, **more: object
) -> Result:
    """Do something for this reason: also in the worker, whose steps are its own."""
    with project.because(reason):
        return act(*arguments, **more)
