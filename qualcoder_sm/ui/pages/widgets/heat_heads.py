"""The heads of a matrix: groups at the top, codes at the left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.widgets.rows import CHIP, paint_chip, paint_rule, paint_words

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.crosstab import Line
    from qualcoder_sm.ui.pages.widgets.heat_model import HeatModel
    from qualcoder_sm.ui.theme import Theme, ThemeManager

INDENT = 18
_KEY = re.compile(r"[A-Za-z]{1,4}[-_]?\d+[a-z]?")


class Groups(QHeaderView):
    """Names of groups, wrapped; a key such as S01 stands bold above the rest."""

    def __init__(self, theme: ThemeManager, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._manager = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        theme = self._manager.theme
        painter.save()
        painter.fillRect(rect, theme.color.paper)
        paint_rule(painter, rect, theme.color.control)
        if section == self.count() - 1:
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), theme.color.control)
        key, rest = split_head(str(self.model().headerData(section, self.orientation())))
        inside = rect.adjusted(2, 4, -10, -6)
        flags = (
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        )
        small, heavy = theme.font(12), theme.font(12, bold=True)
        height = 0
        if rest:
            painter.setFont(small if key else heavy)
            painter.setPen(theme.color.secondary if key else theme.color.text)
            metrics = QFontMetrics(painter.font())
            most = max(1, inside.height() // metrics.lineSpacing() - bool(key))
            shown = _fitting(rest, metrics, inside.width(), most)
            height = painter.boundingRect(inside, flags, shown).height()
            painter.drawText(inside, flags, shown)
        if key:
            painter.setFont(heavy)
            painter.setPen(theme.color.text)
            painter.drawText(inside.adjusted(0, 0, 0, -height), flags, key)
        painter.restore()


class Codes(QHeaderView):
    """Names of codes with their chips, set in; a caret opens and closes them."""

    folded = Signal(object)
    """The row of a code that was clicked."""

    def __init__(self, theme: ThemeManager, model: HeatModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._manager = theme
        self._heat = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)

    def sizeHint(self) -> QSize:
        """As wide as was found to be needed."""
        return QSize(self.width(), 100)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens or closes a code that has others below it."""
        section = self.logicalIndexAt(event.position().toPoint().y())
        if section >= 0:
            self.folded.emit(section)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        theme = self._manager.theme
        painter.save()
        painter.fillRect(rect, theme.color.paper)
        line = self._heat.line(section)
        name = str(self.model().headerData(section, self.orientation()))
        if line is None:
            self._paint_base(painter, rect, theme, name, section)
        else:
            self._paint_line(painter, rect, theme, line, section)
        painter.restore()

    def _paint_base(
        self, painter: QPainter, rect: QRect, theme: Theme, name: str, section: int
    ) -> None:
        if section == 0 or self._heat.line(section - 1):
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), theme.color.control)
        paint_words(painter, rect.adjusted(10, 0, -6, 0), name, theme.color.muted, theme.font())

    def _paint_line(
        self, painter: QPainter, rect: QRect, theme: Theme, line: Line, section: int
    ) -> None:
        middle = rect.center().y()
        left = rect.x() + 8 + line.depth * INDENT
        if line.has_children:
            folded = self._heat.is_folded(section)
            box = QRectF(left, middle - 5.5, 12, 12)
            icons.draw(painter, box, "caret-right" if folded else "caret-down", theme.color.muted)
        left += 16
        paint_chip(painter, theme, line.code.color, left, middle, hollow=not line.code.codable)
        inside = QRect(left + CHIP + 8, rect.y(), rect.right() - left - CHIP - 12, rect.height())
        paint_words(painter, inside, line.code.name, theme.color.text, theme.font())


def split_head(name: str) -> tuple[str, str]:
    """A leading key such as S01, and the rest of a group's name."""
    first, _, rest = name.partition(" ")
    return (first, rest) if _KEY.fullmatch(first) else ("", name)


def _fitting(text: str, metrics: QFontMetrics, width: int, lines: int) -> str:
    """The words that fit on so many lines, with a sign where some are left out."""
    flags = Qt.TextFlag.TextWordWrap
    words = text.split()
    while len(words) > 1:
        shown = " ".join(words) if len(words) == len(text.split()) else " ".join(words) + "…"
        if (
            metrics.boundingRect(0, 0, width, 4000, flags, shown).height()
            <= lines * metrics.lineSpacing()
        ):
            return shown
        words.pop()
    return metrics.elidedText(words[0] if words else "", Qt.TextElideMode.ElideRight, width)
