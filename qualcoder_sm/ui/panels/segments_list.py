"""The list of coded passages: multi-select, keys, and dragging into a code."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.widgets.rows import Index
from qualcoder_sm.ui.panels.passage_rows import PassageDelegate, PassageView, Shown
from qualcoder_sm.ui.panels.segments_model import SegmentsModel
from qualcoder_sm.ui.theme import ThemeManager

Key = Qt.Key


class SegmentsView(PassageView):
    """Asks for what the keys mean; the panel does it."""

    recodeRequested = Signal()
    removeRequested = Signal()
    memoRequested = Signal()
    polarityRequested = Signal()
    contextToggled = Signal()
    copyRequested = Signal()

    def __init__(self, theme: ThemeManager, segments: SegmentsModel) -> None:
        super().__init__(theme, tr("Passages"))
        self.segments = segments
        self.single_keys = True
        self.setModel(segments)
        self.delegate = _Delegate(self)
        self.setItemDelegate(self.delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self._letters = {
            Key.Key_C: self.recodeRequested,
            Key.Key_M: self.memoRequested,
            Key.Key_P: self.polarityRequested,
            Key.Key_T: self.contextToggled,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes, C recodes, M writes a memo, P turns the polarity, T shows the context."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copyRequested.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.segments.fetch_all()
            self.selectAll()
        elif plain and key == Key.Key_Delete:
            self.removeRequested.emit()
        elif plain and self.single_keys and key in self._letters:
            self._letters[key].emit()
        else:
            super().keyPressEvent(event)


class _Delegate(PassageDelegate):
    def __init__(self, view: SegmentsView) -> None:
        super().__init__(view)
        self._segments = view.segments

    def shown(self, index: Index) -> Shown:
        line = self._segments.line(index.row())
        notes = line.notes
        if self._segments.totals.several_coders:
            notes = f"{line.coder}, {notes}" if notes else line.coder
        code = line.code if self._segments.totals.several_codes else ""
        return Shown(line.hit, line.where, line.color, code, notes)
