"""A matrix as a table: codes at the left, groups at the top, both always in sight; cells in heat."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QTableView,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.widgets.heat_cells import HeatCells
from qualcoder_sm.ui.pages.widgets.heat_heads import INDENT, Codes, Groups, split_head
from qualcoder_sm.ui.pages.widgets.rows import CHIP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcoder_sm.ui.pages.widgets.heat_model import HeatModel
    from qualcoder_sm.ui.theme import ThemeManager

ROW, LOW_ROW, COLUMN = 32, 24, 76
_MEASURED = 200
_MOST_NAME = 300
_MOST_COLUMN = 112
_BAR = 14  # a scroll bar that appears must not make the other one appear
_HEAD_LINES, _LOW_HEAD_LINES = 4, 2


class HeatTable(QTableView):
    """The codes: keys move over the cells, + and - open and close a code."""

    cellChosen = Signal(object)
    """The current QModelIndex changed."""
    roomChanged = Signal()
    """The columns in sight are others, or of another width."""

    def __init__(self, theme: ThemeManager, model: HeatModel) -> None:
        super().__init__()
        self.manager = theme
        self._model = model
        self._low = False
        self._corner = QLabel(tr("Code"), self)
        self._corner.setAutoFillBackground(True)
        self._corner.setBackgroundRole(QPalette.ColorRole.Base)
        self._corner.setStyleSheet("border-bottom: 1px solid palette(dark);")
        self._codes = Codes(theme, model, self)
        self._codes.folded.connect(self.fold)
        self.setModel(model)
        self.setItemDelegate(HeatCells(self, theme, model))
        self.setHorizontalHeader(Groups(theme, self))
        self.setVerticalHeader(self._codes)
        self.setAccessibleName(tr("Codes by groups"))
        self.setAccessibleDescription(
            tr("Plus and minus open and close a code, Enter goes to its passages.")
        )
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._choose)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def fit(self) -> None:
        """Give names and columns the room they need."""
        theme = self.manager.theme
        scale = theme.ui_scale
        row = LOW_ROW if self._low else ROW
        self.verticalHeader().setDefaultSectionSize(round(row * scale))
        self.horizontalHeader().setDefaultSectionSize(self._column_width())
        codes = self.verticalHeader()
        codes.setFixedWidth(self._names_width())
        self.horizontalHeader().setFixedHeight(self._heads_height())
        self._corner.setFont(theme.font(12, bold=True))
        self._corner.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._corner.setContentsMargins(10, 0, 0, 6)
        for row in range(self._model.rowCount()):
            self.setRowHidden(row, self._model.line(row) is None)
        self.updateGeometries()
        self._place_corner()
        self.viewport().update()
        self.roomChanged.emit()

    def wanted_width(self) -> int:
        """How wide the table is when nothing is scrolled away."""
        columns = self._model.columnCount() * self.horizontalHeader().defaultSectionSize()
        return columns + self.verticalHeader().width() + _BAR

    def set_low(self, low: bool) -> None:
        """Make do with less height."""
        if low != self._low:
            self._low = low
            self.fit()

    def wanted_height(self, most: int | None = None) -> int:
        """How high the table is when nothing, or all but so many codes, is scrolled away."""
        lines = min(self._model.lines, most or self._model.lines)
        rows = lines * self.verticalHeader().defaultSectionSize()
        return rows + self.horizontalHeader().height() + _BAR

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corner in its place."""
        super().resizeEvent(event)
        self._place_corner()
        self.roomChanged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and - open and close the code of the current row."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        folds = {Qt.Key.Key_Plus: True, Qt.Key.Key_Minus: False}
        line = self._model.line(row) if row >= 0 else None
        if event.key() in folds and line and line.has_children:
            if self._model.is_folded(row) == folds[Qt.Key(event.key())]:
                self.fold(row, max(0, column))
            return
        super().keyPressEvent(event)

    def can_fold(self) -> bool:
        """Whether there are codes below the current one that can be hidden or shown."""
        index = self.currentIndex()
        line = self._model.line(index.row()) if index.isValid() else None
        return bool(line and line.has_children)

    def fold(self, row: int, column: int = 0) -> None:
        """Open or close the code in a row; the current cell stays."""
        if self._model.fold(row):
            self.setCurrentIndex(self._model.index(row, column))

    def _names_width(self) -> int:
        theme = self.manager.theme
        metrics = QFontMetrics(theme.font())
        widest = 120
        for row in range(self._model.rowCount()):
            line = self._model.line(row)
            name = str(self._model.headerData(row, Qt.Orientation.Vertical))
            left = (line.depth * INDENT + CHIP + 34) if line else 10
            widest = max(widest, metrics.horizontalAdvance(name) + left + 14)
        return min(widest, round(_MOST_NAME * theme.ui_scale))

    def _column_width(self) -> int:
        """Room for the longest word of a head, within reason."""
        theme = self.manager.theme
        metrics = QFontMetrics(theme.font(12, bold=True))
        words = _longest({word for head in self._model.heads() for word in head.split()})
        widest = max(map(metrics.horizontalAdvance, words), default=0)
        least, most = (round(size * theme.ui_scale) for size in (COLUMN, _MOST_COLUMN))
        return max(least, min(most, widest + 16))

    def _heads_height(self) -> int:
        """Room for the longest head of a group, up to four lines."""
        theme = self.manager.theme
        metrics = QFontMetrics(theme.font(12))
        width = self.horizontalHeader().defaultSectionSize() - 12
        lines = 1
        for head in _longest(self._model.heads()):
            key, rest = split_head(head)
            box = metrics.boundingRect(0, 0, width, 400, Qt.TextFlag.TextWordWrap, rest)
            wrapped = round(box.height() / metrics.lineSpacing()) if rest else 0
            lines = max(lines, wrapped + bool(key))
        most = _LOW_HEAD_LINES if self._low else _HEAD_LINES
        return min(lines, most) * metrics.lineSpacing() + 14

    def _place_corner(self) -> None:
        self._corner.setGeometry(
            0, 0, self.verticalHeader().width(), self.horizontalHeader().height()
        )

    def _choose(self, current: QModelIndex) -> None:
        self.cellChosen.emit(current)


def _longest(words: Iterable[str]) -> list[str]:
    """The longest of many, by characters: a wider one is so by a few pixels at most."""
    return nlargest(_MEASURED, words, key=len)
