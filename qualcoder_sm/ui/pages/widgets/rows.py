"""Painting of rows in tables and lists: ground, chip, words."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcoder_sm.ui.theme import Theme, ThemeManager

Index = QModelIndex | QPersistentModelIndex
Middle = Qt.AlignmentFlag.AlignVCenter
Right = Qt.AlignmentFlag.AlignRight | Middle
CHIP = 11


def place_of(option: QStyleOptionViewItem) -> QRect:
    """The rectangle of an item, which the stubs of Qt do not know of."""
    return QRect(option.rect)  # type: ignore[attr-defined]


def state_of(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    """The state of an item, which the stubs of Qt do not know of."""
    return option.state  # type: ignore[attr-defined]


def paint_ground(
    painter: QPainter, rect: QRect, theme: Theme, state: QStyle.StateFlag, *, bar: bool = False
) -> None:
    """What lies behind a row: selected in a view with or without focus, hovered, or nothing."""
    color = theme.color
    active = bool(state & QStyle.StateFlag.State_HasFocus or state & QStyle.StateFlag.State_Active)
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, color.accent_tint if active else color.hover)
        if bar:
            edge = QRect(rect.x(), rect.y(), 3, rect.height())
            painter.fillRect(edge, color.accent if active else color.control)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, color.hover)


def paint_rule(painter: QPainter, rect: QRect, color: QColor) -> None:
    """The thin line below a row."""
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), color)


def paint_chip(
    painter: QPainter,
    theme: Theme,
    code_color: str,
    left: float,
    middle: float,
    *,
    hollow: bool = False,
) -> None:
    """The square of a code's colour; hollow for a theme that is not applied itself."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.ink(code_color), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(code_color))
    painter.drawRoundedRect(QRectF(left + 0.5, middle - 5, 10, 10), 3, 3)
    painter.restore()


def paint_words(
    painter: QPainter, rect: QRect, words: str, color: QColor, font: QFont, *, right: bool = False
) -> int:
    """Words on one line, cut at their end; returns how wide they are."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, Right if right else Middle, shown)
    return metrics.horizontalAdvance(shown)


def paint_dot(painter: QPainter, at: QPointF, radius: float, color: QColor) -> None:
    """A filled circle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(at, radius, radius)


class ListDelegate(QStyledItemDelegate):
    """Rows of one height, painted on their ground; subclasses paint what stands in them.

    `least` is a width and `height` a height in pixels at the usual size; `ruled` rows have a line
    below.
    """

    least = 200
    height = 27
    ruled = False

    def __init__(self, view: QAbstractItemView, theme: ThemeManager) -> None:
        super().__init__(view)
        self._manager = theme

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._manager.theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(self.least, round(self.height * self.theme.ui_scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, then what the subclass paints."""
        rect = place_of(option)
        painter.save()
        paint_ground(painter, rect, self.theme, state_of(option), bar=True)
        if self.ruled:
            paint_rule(painter, rect, self.theme.color.border)
        self.paint_row(painter, rect, index)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """For subclasses: what stands in the row."""
        raise NotImplementedError
