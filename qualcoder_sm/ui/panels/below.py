"""The pane under the text: passages, or what was found; and the bar that finds in the text."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from qualcoder_sm.model import Change
from qualcoder_sm.project.rules import Scope
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.panels.codebook_model import RecodeRequest
from qualcoder_sm.ui.panels.find import FindPanel
from qualcoder_sm.ui.panels.segments import SegmentsPanel
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.reading import ReadingView
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import column

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.texts import TextPane, Texts
    from qualcoder_sm.ui.panels.find_bar import FindBar

_TEXT, _BELOW, _LEAST = 480, 320, 150


class TextAndBelow(QWidget):
    """The texts, or what stands in their place, with a pane below that is closed until wanted.

    Its height is remembered.
    """

    openRequested = Signal(object)
    """`Place`; the keyboard stays in the pane."""
    memoRequested = Signal(object)
    """Guid of a coding."""
    closed = Signal()
    """The pane or the bar was closed: the keyboard goes back to the text."""
    failed = Signal(object)
    said = Signal(object)

    def __init__(self, context: Context, sight: Sight, above: QWidget, texts: "Texts") -> None:
        super().__init__()
        self._context, self._sight, self._texts = context, sight, texts
        self._segments: SegmentsPanel | None = None
        self._find: FindPanel | None = None
        self.panes = QStackedWidget()
        self._split = Split(Qt.Orientation.Vertical, "read-below", [_TEXT, _BELOW])
        self._build(above)
        context.bridge.changed.connect(self._follow)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.find_here)

    def _build(self, above: QWidget) -> None:
        self.panes.setMinimumHeight(_LEAST)
        self.panes.hide()
        self._split.addWidget(above)
        self._split.addWidget(self.panes)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.begin()
        self.setLayout(column(self._split))

    @property
    def bar(self) -> "FindBar":
        """The bar that finds in the current text."""
        return self._texts.current.bar

    @property
    def _view(self) -> ReadingView:
        return self._texts.current.view

    def attend(self, pane: "TextPane") -> None:
        """A text was opened whose bar and marks are to be kept up to date."""
        pane.bar.closed.connect(self._bar_closed)
        pane.shown.connect(self.source_shown)

    @property
    def segments(self) -> SegmentsPanel:
        """The passages; made when they are wanted for the first time."""
        if self._segments is None:
            self._segments = SegmentsPanel(self._context, self._sight)
            self._segments.memoRequested.connect(self.memoRequested)
            self._segments.failed.connect(self.failed)
            self._segments.said.connect(self.said)
            self._add(self._segments)
        return self._segments

    @property
    def find(self) -> FindPanel:
        """What was found; made when it is wanted for the first time."""
        if self._find is None:
            self._find = FindPanel(self._context, self._sight)
            self._find.hitsChanged.connect(self.mark_hits)
            self._find.codeRequested.connect(self._review)
            self._add(self._find)
        return self._find

    def show_passages(self, *codes: str, keyboard: bool = True) -> None:
        """Show the passages of these codes (guids), or of any, and give them the keyboard."""
        self._open(self.segments)
        if keyboard:
            self.segments.show_codes(*codes)
            self.segments.list.setFocus()
        else:
            self.segments.show_all()

    def show_find(self, words: str = "") -> None:
        """Find words in all texts; those selected, when none are given."""
        self._open(self.find)
        selected = self._view.selected_text().strip()
        self.find.begin(words or ("" if "\n" in selected else selected[:80]))

    def find_here(self) -> None:
        """Find words in the text that is read."""
        if self._view.isVisible():
            self.bar.open_bar()

    def recode(self, request: RecodeRequest) -> None:
        """Coded passages were dragged onto a code."""
        self.segments.recode(request.codings, request.code)

    def close_pane(self) -> None:
        """Only the text."""
        self.panes.hide()
        self.mark_hits()
        self.closed.emit()

    def source_shown(self, pane: "TextPane") -> None:
        """Another source is shown: what was found is marked in it."""
        pane.bar.follow()
        self.mark_hits()

    def mark_hits(self, current: Place | None = None) -> None:
        """Mark what the find pane found in the source shown; the bar's own hits go first."""
        if self._find is None:
            return
        here = self._find.isVisible()
        for pane in self._texts.panes():
            view = pane.view
            if not pane.bar.isVisible():
                spans = self._find.found.spans(view.source()) if here else ()
                mine = current if current and current.source == view.source() else None
                view.set_search_hits(spans, (mine.start, mine.end) if mine else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the pane closes it."""
        if event.key() == Qt.Key.Key_Escape and self.panes.isVisible():
            self.close_pane()
        else:
            super().keyPressEvent(event)

    def shows_passages(self) -> bool:
        """Whether the passages are seen."""
        return self._segments is not None and self._segments.isVisibleTo(self)

    def parts(self) -> list[QWidget]:
        """Where F6 goes while the pane is open."""
        lists = [pane.list for pane in (self._segments, self._find) if pane is not None]
        return [view for view in lists if view.isVisible()]

    def _add(self, panel: SegmentsPanel | FindPanel) -> None:
        panel.openRequested.connect(self._go)
        panel.closeRequested.connect(self.close_pane)
        self.panes.addWidget(panel)

    def _open(self, panel: QWidget) -> None:
        self.panes.setCurrentWidget(panel)
        if not self.panes.isVisible():
            self.panes.show()
            QTimer.singleShot(0, self._keep_in_sight)

    def _go(self, place: Place) -> None:
        self.openRequested.emit(place)
        if self._find is not None and self._find.isVisible():
            self.mark_hits(place)

    def _keep_in_sight(self) -> None:
        """There is less room for the text now."""
        self._view.reveal(self._view.caret())

    def _bar_closed(self) -> None:
        self.mark_hits()
        self.closed.emit()

    def _follow(self, change: Change) -> None:
        for pane in self._texts.panes() if change.touches("sources") else ():
            pane.bar.follow()

    def _review(self, scope: Scope) -> None:
        from qualcoder_sm.ui.panels.find_review import ReviewDialog

        dialog = ReviewDialog(self._context, self.find.query, scope, self)
        dialog.openRequested.connect(self.openRequested)
        dialog.said.connect(self.said)
        self._sight.changed.connect(dialog.look_again)
        dialog.show()
