"""Passages one below the other: where they stand, who speaks, the words with their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.widgets.coded_text import Laid, Mark, Words
from qualcoder_sm.ui.pages.widgets.rows import (
    Index,
    paint_ground,
    paint_rule,
    paint_words,
    place_of,
    state_of,
)
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.ui.pages.passages import Passage
    from qualcoder_sm.ui.theme import ThemeManager

_PAGE = 100
_HEAD, _SIDE, _BELOW = 34, 16, 12
_CACHED = 400
_BAR = 10


class PassagesModel(QAbstractListModel):
    """Passages, handed to the view a hundred at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._passages: Sequence[Passage] = ()
        self._colors: Mapping[str, str] = {}
        self._seen = 0
        self.rules_differ = False

    def show_passages(self, passages: Sequence[Passage], colors: Mapping[str, str]) -> None:
        """Show others; `colors` are those of the codes."""
        self.beginResetModel()
        self._passages, self._colors = passages, colors
        self._seen = min(_PAGE, len(passages))
        self.rules_differ = len({one.rule.allows_words for one in passages}) > 1
        self.endResetModel()

    def at(self, row: int) -> Passage:
        """The passage in a row."""
        return self._passages[row]

    def guids(self) -> tuple[str, ...]:
        """The codings in all passages, handed to the view or not, in their order."""
        return tuple(guid for one in self._passages for guid in one.guids)

    def words(self, row: int) -> Words:
        """Its words with their marks."""
        excerpt = self._passages[row].excerpt
        marks = (
            Mark(span.start, span.end, self._colors[span.code])
            for span in excerpt.spans
            if span.code in self._colors
        )
        return Words(excerpt.text, tuple(marks))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many the view was given so far."""
        return 0 if parent.isValid() else self._seen

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are others."""
        return not parent.isValid() and self._seen < len(self._passages)

    def fetchMore(self, parent: Index) -> None:
        """Hand out the next hundred."""
        until = min(self._seen + _PAGE, len(self._passages))
        self.beginInsertRows(QModelIndex(), self._seen, until - 1)
        self._seen = until
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Where it stands and its words, for who listens."""
        if not index.isValid():
            return None
        passage = self._passages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{passage.place}: {passage.excerpt.text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (passage.place, passage.who, passage.when, passage.excerpt.text)
            return ". ".join(part for part in parts if part)
        return None


class PassageList(QListView):
    """A list of passages; a double click or Enter asks to go there."""

    openRequested = Signal(object)
    copyRequested = Signal()

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.passages = PassagesModel(self)
        self.setModel(self.passages)
        self._delegate = _Passages(self, theme)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Passages"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._go)
        theme.changed.connect(self._delegate.forget)
        self.passages.modelReset.connect(self._delegate.forget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the passage as a quotation."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copyRequested.emit()
        else:
            super().keyPressEvent(event)

    def has_current(self) -> bool:
        """Whether a passage is the current one."""
        return self.currentIndex().isValid()

    def current_guids(self) -> tuple[str, ...]:
        """The codings in the current passage."""
        index = self.currentIndex()
        return self.passages.at(index.row()).guids if index.isValid() else ()

    def go(self) -> None:
        """Ask to go to the current passage."""
        self._go(self.currentIndex())

    def _go(self, index: QModelIndex) -> None:
        passage = self.passages.at(index.row())
        self.openRequested.emit(Place(passage.source, passage.start, passage.end))


class _Passages(QStyledItemDelegate):
    def __init__(self, view: PassageList, theme: ThemeManager) -> None:
        super().__init__(view)
        self._view, self._manager = view, theme
        self._laid: dict[tuple[int, int], Laid] = {}

    def forget(self) -> None:
        """Everything is laid out anew."""
        self._laid.clear()
        self._view.scheduleDelayedItemsLayout()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._room()
        head = round(_HEAD * self._manager.theme.ui_scale)
        return QSize(width, head + self._of(index.row(), width).height + _BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._manager.theme, place_of(option)
        passage = self._view.passages.at(index.row())
        painter.save()
        paint_ground(painter, rect, theme, state_of(option), bar=True)
        paint_rule(painter, rect, theme.color.border)
        head = round(_HEAD * theme.ui_scale)
        line = rect.adjusted(_SIDE, 4, -_SIDE, head - rect.height())
        small, muted = theme.font(12), theme.color.muted
        told = self._view.passages.rules_differ and not passage.rule.allows_words
        note = tr(passage.rule.value) if told else ""
        right = ", ".join(filter(None, (passage.when, note)))
        room = QFontMetrics(small).horizontalAdvance(right)
        paint_words(painter, line, right, muted, small, right=True)
        left = "   ".join(filter(None, (passage.place, passage.who)))
        paint_words(painter, line.adjusted(0, 0, -room - 10, 0), left, muted, small)
        laid = self._of(index.row(), self._room())
        laid.paint(painter, QPointF(rect.x() + _SIDE, rect.y() + head))
        painter.restore()

    def _room(self) -> int:
        """The width of a row, the same whether the scroll bar is there or not."""
        return self._view.width() - _BAR

    def _of(self, row: int, width: int) -> Laid:
        if len(self._laid) > _CACHED:
            self._laid.clear()
        if (row, width) not in self._laid:
            words = self._view.passages.words(row)
            self._laid[row, width] = Laid(words, width - 2 * _SIDE, self._manager.theme)
        return self._laid[row, width]
