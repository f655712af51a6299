"""How the cells of a matrix are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from qualcoder_sm.ui.pages.widgets.heat_model import HEAT, HeatModel
from qualcoder_sm.ui.pages.widgets.rows import Index, paint_words, place_of

if TYPE_CHECKING:
    from qualcoder_sm.ui.theme import Theme, ThemeManager

_LEAST, _MOST_LIGHT, _MOST_DARK = 0.06, 0.56, 0.44


class HeatCells(QStyledItemDelegate):
    """Numbers at the right on the colour of their heat; the current one in a frame."""

    def __init__(self, table: QTableView, theme: ThemeManager, model: HeatModel) -> None:
        super().__init__(table)
        self._table, self._manager, self._heat = table, theme, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, rect = self._manager.theme, place_of(option)
        last = index.column() == self._heat.columnCount() - 1
        base = self._heat.line(index.row()) is None
        words, heat = index.data(), index.data(HEAT)
        painter.save()
        if heat:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), heat_color(theme, heat))
        if last:
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), theme.color.control)
        if base:
            self._paint_edge(painter, rect, theme, index)
        current = self._table.currentIndex() == index
        color = theme.color.muted if words == "0" or base else theme.color.text
        font = theme.font(13, bold=(last and not base) or current)
        paint_words(painter, rect.adjusted(2, 0, -10, 0), words, color, font, right=True)
        if current:
            painter.setPen(QPen(theme.color.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_edge(self, painter: QPainter, rect: QRect, theme: Theme, index: Index) -> None:
        if index.row() == 0 or self._heat.line(index.row() - 1) is not None:
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), theme.color.control)


def heat_color(theme: Theme, heat: float) -> QColor:
    """The accent on the paper, as strong as the heat says."""
    most = _MOST_DARK if theme.dark else _MOST_LIGHT
    color = QColor(theme.color.accent)
    color.setAlphaF(_LEAST + (most - _LEAST) * heat)
    return color
