"""The texts and threads that an import would bring, and the files of which nothing comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import SourceKind
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.intake import Refused
from qualcoder_sm.ui.pages.widgets.rows import Index, ListDelegate, paint_words
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.bundle import SourceDraft
    from qualcoder_sm.ui.theme import ThemeManager

_ROW = 27


class DraftsModel(QAbstractListModel):
    """A row per draft, then one per file that is refused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[SourceDraft | Refused] = ()

    def show_rows(self, rows: Sequence[SourceDraft | Refused]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> SourceDraft | Refused:
        """What is in a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Its name, and how many units it has or that it is refused."""
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _name(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            what = one.why if isinstance(one, Refused) else _units(one)
            return tr("{name}, {what}", name=_name(one), what=what)
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

    def show_rows(self, rows: Sequence[SourceDraft | Refused]) -> None:
        """Show others."""
        row, name = max(0, self.currentIndex().row()), self.currentIndex().data()
        self._drafts.show_rows(rows)
        again = [n for n, one in enumerate(rows) if _name(one) == name]
        self.setCurrentIndex(self._drafts.index(again[0] if again else min(row, len(rows) - 1)))

    def at(self, row: int) -> SourceDraft | Refused:
        """What is in a row."""
        return self._drafts.at(row)


class _Rows(ListDelegate):
    least = 120
    height = _ROW

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self.theme
        one: SourceDraft | Refused = index.model().at(index.row())  # type: ignore[attr-defined]
        refused = isinstance(one, Refused)
        color = theme.color.danger if refused else theme.color.text
        small, inside = theme.font(12), rect.adjusted(12, 0, -12, 0)
        count = "" if refused else f"{len(one.units):,}"
        room = max(12, QFontMetrics(small).horizontalAdvance(count)) + 14
        paint_words(painter, inside, count, theme.color.muted, small, right=True)
        if refused:
            sign = QRectF(inside.right() - 12, inside.center().y() - 6, 12, 12)
            icons.draw(painter, sign, "warning-circle", color)
        name = inside.adjusted(0, 0, -room, 0)
        paint_words(painter, name, _name(one), color, theme.font())


def _name(one: SourceDraft | Refused) -> str:
    return one.path.name if isinstance(one, Refused) else one.name


def _units(draft: SourceDraft) -> str:
    n = len(draft.units)
    if draft.kind is SourceKind.POSTS:
        return ntr("{n} post", "{n} posts", n)
    if draft.kind is SourceKind.TRANSCRIPT:
        return ntr("{n} turn", "{n} turns", n)
    return ntr("{n} paragraph", "{n} paragraphs", n)
