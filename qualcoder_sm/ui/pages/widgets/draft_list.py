"""The texts and threads that an import would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import SourceKind
from qualcoder_sm.ui.pages.widgets.rows import (
    Index,
    paint_ground,
    paint_words,
    place_of,
    state_of,
)
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.bundle import SourceDraft
    from qualcoder_sm.ui.theme import ThemeManager

_ROW = 27


class DraftsModel(QAbstractListModel):
    """A row per draft."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: Sequence[SourceDraft] = ()

    def show_drafts(self, drafts: Sequence[SourceDraft]) -> None:
        """Show others."""
        self.beginResetModel()
        self._drafts = drafts
        self.endResetModel()

    def at(self, row: int) -> SourceDraft:
        """The draft in a row."""
        return self._drafts[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._drafts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Its name, and how many units it has."""
        if not index.isValid():
            return None
        draft = self._drafts[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return draft.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{name}, {units}", name=draft.name, units=_units(draft))
        return None


class DraftList(QListView):
    """The list; the one looked at stays the current one when the drafts are made anew."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._drafts = DraftsModel(self)
        self.setModel(self._drafts)
        self.setItemDelegate(_Rows(self, theme))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(tr("Texts and threads"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show_drafts(self, drafts: Sequence[SourceDraft]) -> None:
        """Show others."""
        row = max(0, self.currentIndex().row())
        self._drafts.show_drafts(drafts)
        self.setCurrentIndex(self._drafts.index(min(row, len(drafts) - 1)))

    def draft(self, row: int) -> SourceDraft:
        """The draft in a row."""
        return self._drafts.at(row)


class _Rows(QStyledItemDelegate):
    def __init__(self, view: QListView, theme: ThemeManager) -> None:
        super().__init__(view)
        self._manager = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, round(_ROW * self._manager.theme.ui_scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._manager.theme, place_of(option)
        draft: SourceDraft = index.model().at(index.row())  # type: ignore[attr-defined]
        painter.save()
        paint_ground(painter, rect, theme, state_of(option), bar=True)
        count = f"{len(draft.units):,}"
        small = theme.font(12)
        room = QFontMetrics(small).horizontalAdvance(count) + 14
        inside = rect.adjusted(12, 0, -12, 0)
        paint_words(painter, inside, count, theme.color.muted, small, right=True)
        paint_words(
            painter, inside.adjusted(0, 0, -room, 0), draft.name, theme.color.text, theme.font()
        )
        painter.restore()


def _units(draft: SourceDraft) -> str:
    n = len(draft.units)
    if draft.kind is SourceKind.POSTS:
        return ntr("{n} post", "{n} posts", n)
    if draft.kind is SourceKind.TRANSCRIPT:
        return ntr("{n} turn", "{n} turns", n)
    return ntr("{n} paragraph", "{n} paragraphs", n)
