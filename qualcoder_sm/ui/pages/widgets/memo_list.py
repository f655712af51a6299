"""The memos, newest first: title, kind, what each is about, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.widgets.rows import Index, ListDelegate, paint_words
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.ui.theme import ThemeManager

ROW = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _SIDE = 54, 16


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo as the list shows it."""

    guid: str
    title: str
    under: str
    when: str


class MemoModel(QAbstractListModel):
    """The memos that the filters leave."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[MemoRow] = ()

    def show_rows(self, rows: Sequence[MemoRow]) -> None:
        """Show these."""
        if tuple(rows) != tuple(self._rows):
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def row_of(self, guid: str) -> int:
        """In which row a memo is; -1 when it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.guid == guid), -1)

    def guid(self, row: int) -> str:
        """The memo in a row."""
        return self._rows[row].guid

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the whole row, or what is read aloud."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}. {row.under}. {row.when}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.title
        return None


class MemoList(QListView):
    """A memo is chosen by arrow keys or the mouse."""

    memoChosen = Signal(object)
    """Guid of the memo that is the current one."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.rows = MemoModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Memos(self, theme))
        self.setAccessibleName(tr("Memos"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def select(self, guid: str) -> None:
        """Make a memo the current one without telling anybody; none when it is not shown."""
        row = self.rows.row_of(guid)
        self.selectionModel().blockSignals(True)
        if row < 0:
            self.selectionModel().clear()
        else:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.rows.index(row, 0), flag)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.memoChosen.emit(self.rows.guid(current.row()))


class _Memos(ListDelegate):
    least = 160
    height = _HEIGHT
    ruled = True

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme, row = self.theme, index.data(ROW)
        color, half = theme.color, round(rect.height() / 2)
        small = theme.font(12)
        line = rect.adjusted(_SIDE, 6, -_SIDE, half - rect.height() + 2)
        room = QFontMetrics(small).horizontalAdvance(row.when)
        paint_words(painter, line, row.when, color.muted, small, right=True)
        title = line.adjusted(0, 0, -room - 10, 0)
        paint_words(painter, title, row.title, color.text, theme.font(13, bold=True))
        below = rect.adjusted(_SIDE, half - 2, -_SIDE, -6)
        paint_words(painter, below, row.under, color.secondary, small)
