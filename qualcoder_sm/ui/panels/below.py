"""What lies under the text: the passages of codes, or what was found; closed until it is wanted."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.panels.codebook_model import RecodeRequest
from qualcoder_sm.ui.panels.segments import SegmentsPanel
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import column

_TEXT, _BELOW, _LEAST = 480, 320, 150


class TextAndBelow(QWidget):
    """The text with a pane under it, whose height is remembered."""

    openRequested = Signal(object)
    """`Place`; the keyboard stays in the pane."""
    memoRequested = Signal(object)
    """Guid of a coding."""
    closed = Signal()
    """The pane was closed: the keyboard goes back to the text."""
    opened = Signal()
    """There is less room for the text now."""
    failed = Signal(object)
    said = Signal(object)

    def __init__(self, context: Context, sight: Sight, text: QWidget) -> None:
        super().__init__()
        self._context, self._sight = context, sight
        self._segments: SegmentsPanel | None = None
        self.panes = QStackedWidget()
        self.panes.setMinimumHeight(_LEAST)
        self.panes.hide()
        self._split = Split(Qt.Orientation.Vertical, "read-below", [_TEXT, _BELOW])
        self._split.addWidget(text)
        self._split.addWidget(self.panes)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.begin()
        self.setLayout(column(self._split))

    @property
    def segments(self) -> SegmentsPanel:
        """The passages; made when they are wanted for the first time."""
        if self._segments is None:
            self._segments = SegmentsPanel(self._context, self._sight)
            self._segments.memoRequested.connect(self.memoRequested)
            self._add(self._segments)
        return self._segments

    def show_passages(self, *codes: str) -> None:
        """Show the passages of these codes (guids), or of any."""
        self._open(self.segments)
        self.segments.show_codes(*codes)
        self.segments.list.setFocus()

    def recode(self, request: RecodeRequest) -> None:
        """Coded passages were dragged onto a code."""
        self.segments.steps.recode(request.codings, request.code)

    def close_pane(self) -> None:
        """Only the text."""
        self.panes.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the pane closes it."""
        if event.key() == Qt.Key.Key_Escape and self.panes.isVisible():
            self.close_pane()
        else:
            super().keyPressEvent(event)

    def parts(self) -> list[QWidget]:
        """Where F6 goes while the pane is open."""
        if self._segments is not None and self._segments.isVisible():
            return [self._segments.list]
        return []

    def _add(self, panel: SegmentsPanel) -> None:
        panel.openRequested.connect(self.openRequested)
        panel.closeRequested.connect(self.close_pane)
        panel.failed.connect(self.failed)
        panel.said.connect(self.said)
        self.panes.addWidget(panel)

    def _open(self, panel: QWidget) -> None:
        self.panes.setCurrentWidget(panel)
        if not self.panes.isVisible():
            self.panes.show()
            QTimer.singleShot(0, self.opened.emit)
