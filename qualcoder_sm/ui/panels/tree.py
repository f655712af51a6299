"""The trees of the left pane: how their rows are painted and how they remember their place."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from qualcoder_sm.ui import icons, menu_key
from qualcoder_sm.ui.theme import Theme, ThemeManager

ROW = 26
INDENT = 16
NUMBERS_APART = 10
"""Pixels between the longest number of a column and what stands left of it."""
Middle = Qt.AlignmentFlag.AlignVCenter
Right = Qt.AlignmentFlag.AlignRight | Middle
Index = QModelIndex | QPersistentModelIndex


class PaneTree(QTreeView):
    """A tree without frame or header, whose carets and selected row are painted by the theme."""

    middleClicked = Signal(object)
    """Index of the row on which the middle button was let go."""

    def __init__(self, theme: ThemeManager, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.manager = theme
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENT)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        """The menu key opens the menu of the current row."""
        if event.type() is QEvent.Type.StyleChange and not self.isVisible():
            self.scheduleDelayedItemsLayout()
            return QAbstractScrollArea.event(self, event)
        return menu_key.redirected(self, event) or super().event(event)

    def updateGeometries(self) -> None:
        """Rows are laid out once they are seen: Qt would, each time that a window is put together."""
        if self.isVisible():
            super().updateGeometries()

    def showEvent(self, event: QShowEvent) -> None:
        """The rows take their places, and the current one is brought into sight."""
        super().showEvent(event)
        self.updateGeometries()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The ground of the row as far as it is set in, and the caret of a row that opens."""
        paint_ground(painter, rect, self, index, bar=True)
        if not self.model().hasChildren(index):
            return
        name = "caret-down" if self.isExpanded(index) else "caret-right"
        box = QRectF(rect.right() - 13, rect.center().y() - 5.5, 12, 12)
        icons.draw(painter, box, name, self.manager.theme.color.muted)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button tells of its row, and changes nothing else."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and index.isValid():
            self.middleClicked.emit(index)
        else:
            super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The current row shows where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The current row steps back."""
        super().focusOutEvent(event)
        self.viewport().update()

    def go_to(self, index: QModelIndex) -> None:
        """Make a row the current one and bring it into sight."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        if self.isVisible():
            self.scrollTo(index)


def paint_ground(
    painter: QPainter, rect: QRect, tree: PaneTree, index: Index, *, bar: bool = False
) -> None:
    """What lies behind a row: current with or without focus, hovered, or nothing."""
    color = tree.manager.theme.color
    current = tree.selectionModel().isSelected(index)
    focused = tree.hasFocus()
    if current:
        painter.fillRect(rect, color.accent_tint if focused else color.hover)
        if bar:
            edge = QRect(0, rect.y(), 3, rect.height())
            painter.fillRect(edge, color.accent if focused else color.control)


class RowDelegate(QStyledItemDelegate):
    """The base of both trees: rows of one height, painted by parts from the right."""

    def __init__(self, tree: PaneTree) -> None:
        super().__init__(tree)
        self.tree = tree

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self.tree.manager.theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(120, round(ROW * self.theme.ui_scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, then what the subclass paints."""
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self.tree.selectionModel().isSelected(index)
        if state & QStyle.StateFlag.State_MouseOver and not selected:
            painter.fillRect(rect, self.theme.color.hover)
        paint_ground(painter, rect, self.tree, index)
        self.paint_row(painter, rect, index)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """For subclasses: what stands in the row."""
        raise NotImplementedError

    def text(self, painter: QPainter, rect: QRect, words: str, color: QColor, font: QFont) -> None:
        """Words in a rectangle, cut at their end."""
        painter.setFont(font)
        painter.setPen(color)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Middle, shown)

    def column(self, most: int, least: int) -> int:
        """The width of a column whose largest number is `most`, `least` pixels at the usual size."""
        widest = QFontMetrics(self.theme.font(12)).horizontalAdvance(f"{most:,}")
        return max(round(least * self.theme.ui_scale), widest + NUMBERS_APART)

    def number(self, painter: QPainter, rect: QRect, number: int, color: QColor) -> None:
        """A number at the right of its column: never cut, for a part of it would be another."""
        painter.setFont(self.theme.font(12))
        painter.setPen(color)
        painter.drawText(rect, Right, f"{number:,}")


def paint_chip(
    painter: QPainter, theme: Theme, color: str, left: float, middle: float, *, hollow: bool = False
) -> None:
    """The square of a code's colour, 11 pixels; hollow for a theme that is not applied."""
    painter.setPen(QPen(theme.ink(color), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(color))
    painter.drawRoundedRect(QRectF(left + 0.5, middle - 5, 10, 10), 3, 3)


def paint_key(painter: QPainter, theme: Theme, key: str, right: int, middle: float) -> int:
    """A key cap that ends at `right`; returns where what stands left of it must end."""
    box = QRectF(right - 16.5, middle - 8.5, 16, 16)
    painter.setPen(theme.color.border)
    painter.setBrush(theme.color.paper)
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(theme.font(11))
    painter.setPen(theme.color.secondary)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return right - 22
