"""A text or thread as it will look: who speaks in the margin, replies set in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.passages import clock, day_and_time
from qualcoder_sm.ui.pages.widgets.coded_text import Laid, Words
from qualcoder_sm.ui.pages.widgets.rows import Index, paint_words, place_of
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from qualcoder_sm.bundle import SourceDraft, UnitDraft
    from qualcoder_sm.ui.theme import ThemeManager

_MARGIN, _INDENT, _DEEPEST, _GAP, _NOTE = 120, 22, 4, 12, 20
_PAGE = 100
_CACHED = 400
_BAR = 10


class DraftModel(QAbstractListModel):
    """The units of a draft, handed out a hundred at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft: SourceDraft | None = None
        self._depths: list[int] = []
        self._ids: frozenset[str] = frozenset()
        self._seen = 0

    def show_draft(self, draft: SourceDraft | None) -> None:
        """Show another one."""
        self.beginResetModel()
        self._draft = draft
        units = draft.units if draft else ()
        self._ids = frozenset(unit.external_id for unit in units)
        self._depths = []
        for unit in units:
            self._depths.append(self._depths[unit.parent] + 1 if unit.parent is not None else 0)
        self._seen = min(_PAGE, len(units))
        self.endResetModel()

    def unit(self, row: int) -> UnitDraft:
        """The unit in a row."""
        assert self._draft is not None, "an empty model has no rows"
        return self._draft.units[row]

    def depth(self, row: int) -> int:
        """How far a unit is set in."""
        return min(self._depths[row], _DEEPEST)

    def text(self, row: int) -> str:
        """Its words."""
        assert self._draft is not None, "an empty model has no rows"
        unit = self.unit(row)
        return self._draft.text[unit.start : unit.end]

    def note(self, row: int) -> str:
        """What is said below its words; often nothing."""
        unit = self.unit(row)
        if unit.removed:
            return tr("removed before the file was made; kept as an empty place")
        if unit.answers and unit.answers not in self._ids:
            return tr("answers post {id}, which is not in this thread", id=unit.answers)
        return ""

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many the view was given so far."""
        return 0 if parent.isValid() else self._seen

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are others."""
        return (
            not parent.isValid() and self._draft is not None and self._seen < len(self._draft.units)
        )

    def fetchMore(self, parent: Index) -> None:
        """Hand out the next hundred."""
        units = self._draft.units if self._draft else ()
        until = min(self._seen + _PAGE, len(units))
        self.beginInsertRows(QModelIndex(), self._seen, until - 1)
        self._seen = until
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Who says what."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not index.isValid() or role not in wanted:
            return None
        speaker = self.unit(index.row()).speaker
        text = self.text(index.row())
        return f"{speaker}: {text}" if speaker else text


class DraftView(QListView):
    """The draft shown."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.units = DraftModel(self)
        self.setModel(self.units)
        self._delegate = _Units(self, theme)
        self.setItemDelegate(self._delegate)
        self.setProperty("surface", "paper")
        self.setAccessibleName(tr("How it will look"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView { background: palette(base); }")
        self.setViewportMargins(0, 8, 0, 0)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._delegate.forget)
        self.units.modelReset.connect(self._delegate.forget)


class _Units(QStyledItemDelegate):
    def __init__(self, view: DraftView, theme: ThemeManager) -> None:
        super().__init__(view)
        self._view, self._manager = view, theme
        self._laid: dict[tuple[int, int], Laid] = {}

    def forget(self) -> None:
        """Everything is laid out anew."""
        self._laid.clear()
        self._view.scheduleDelayedItemsLayout()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._room()
        height = max(self._of(index.row(), width).height, 38)
        note = _NOTE if self._view.units.note(index.row()) else 0
        return QSize(width, round((height + note + _GAP) * 1.0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._manager.theme, place_of(option)
        units, row = self._view.units, index.row()
        unit = units.unit(row)
        painter.save()
        margin = QRect(rect.x() + 8, rect.y() + 2, _MARGIN - 24, round(22 * theme.ui_scale))
        loud = theme.color.secondary if unit.interviewer else theme.color.text
        font = theme.font(12, bold=not unit.interviewer)
        paint_words(painter, margin, unit.speaker or "–", loud, font, right=True)
        below = margin.translated(0, round(18 * theme.ui_scale))
        paint_words(painter, below, _time(unit), theme.color.muted, theme.font(11), right=True)
        left = rect.x() + _MARGIN + units.depth(row) * _INDENT
        laid = self._of(row, self._room())
        laid.paint(painter, QPointF(left, rect.y()))
        if note := units.note(row):
            line = QRect(left, rect.y() + laid.height, rect.right() - left - 12, _NOTE)
            paint_words(painter, line, note, theme.color.muted, theme.font(12))
        painter.restore()

    def _room(self) -> int:
        """The width of a row, the same whether the scroll bar is there or not."""
        return self._view.width() - _BAR

    def _of(self, row: int, width: int) -> Laid:
        if len(self._laid) > _CACHED:
            self._laid.clear()
        if (row, width) not in self._laid:
            units = self._view.units
            room = width - _MARGIN - units.depth(row) * _INDENT - 20
            words = Words(units.text(row), quiet=units.unit(row).interviewer)
            self._laid[row, width] = Laid(words, room, self._manager.theme)
        return self._laid[row, width]


def _time(unit: UnitDraft) -> str:
    if unit.at:
        return day_and_time(unit.at)
    return clock(unit.offset) if unit.offset is not None else ""
