"""The reports that can be made, and what another page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, Qt

from qualcoder_sm.reports import Report, reports
from qualcoder_sm.ui.pages.exporting import Taken
from qualcoder_sm.ui.pages.widgets.rows import Index, ListDelegate, paint_words
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


_ROW = 50


class ReportsModel(QAbstractListModel):
    """What another page shows, if that was taken over, and the reports there are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports: tuple[Report | Taken, ...] = reports()

    def set_taken(self, taken: Taken | None) -> int:
        """Offer this first, or nothing; by how many rows the reports moved up."""
        before = len(self._reports)
        self.beginResetModel()
        own = tuple(one for one in self._reports if not isinstance(one, Taken))
        self._reports = (taken, *own) if taken else own
        self.endResetModel()
        return before - len(self._reports)

    def at(self, row: int) -> Report | Taken:
        """What is in a row."""
        return self._reports[row]

    def row_of(self, name: str) -> int:
        """The row of a report."""
        return [one.name for one in self._reports if isinstance(one, Report)].index(name) + (
            isinstance(self._reports[0], Taken)
        )

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._reports)

    def data(self, index: QModelIndex | Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, and what it answers."""
        if not index.isValid():
            return None
        one = self._reports[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.title}. {one.question}"
        return None


class ReportRows(ListDelegate):
    """Title, and below it the question."""

    least = 180
    height = _ROW

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one report."""
        theme = self.theme
        report: Report | Taken = index.model().at(index.row())  # type: ignore[attr-defined]
        half = rect.height() // 2
        top, below = rect.adjusted(16, 5, -10, -half), rect.adjusted(16, half - 1, -10, -5)
        paint_words(painter, top, report.title, theme.color.text, theme.font())
        paint_words(painter, below, report.question, theme.color.muted, theme.font(12))
