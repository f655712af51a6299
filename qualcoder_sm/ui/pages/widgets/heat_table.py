"""A matrix as a table: codes at the left, groups at the top, both always in sight; cells in heat."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.widgets.rows import (
    CHIP,
    Index,
    paint_chip,
    paint_rule,
    paint_words,
    place_of,
)
from qualcoder_sm.ui.table_model import NOTHING, NOWHERE

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.crosstab import Grid, Line
    from qualcoder_sm.ui.theme import Theme, ThemeManager

HEAT = Qt.ItemDataRole.UserRole + 1
"""0 to 1, None where a cell has no heat."""
ROW, COLUMN, INDENT = 36, 76, 18
_LEAST, _MOST_LIGHT, _MOST_DARK = 0.06, 0.56, 0.44
_KEY = re.compile(r"[A-Za-z]{1,4}[-_]?\d+[a-z]?")
_MOST_NAME = 300
_MOST_COLUMN = 112
_BAR = 14  # a scroll bar that appears must not make the other one appear
_HEAD_LINES = 4


class Shown(Enum):
    """What a cell shows."""

    HEAT = "numbers and heat"
    NUMBERS = "numbers"
    SHARE = "share"


class HeatModel(QAbstractTableModel):
    """The lines that are not folded away, then the bases; the groups, then the total."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: Grid | None = None
        self._folded: set[str] = set()
        self._lines: list[tuple[int, Line]] = []
        self._shown = Shown.HEAT
        self._top = 0.0

    def show_grid(self, grid: Grid, shown: Shown, folded: set[str]) -> None:
        """Show another table; the codes below those `folded` are not seen."""
        self.beginResetModel()
        self._grid, self._shown, self._folded = grid, shown, folded
        self._unfold()
        self.endResetModel()

    def set_shown(self, shown: Shown) -> None:
        """Show numbers, heat or shares."""
        self._shown = shown
        self._top = self._largest()
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def fold(self, row: int) -> bool:
        """Hide or show the codes below the one in this row; whether there are any."""
        if self._grid is None or not self.line(row) or not self._lines[row][1].has_children:
            return False
        self.beginResetModel()
        self._folded ^= {self._lines[row][1].code.guid}
        self._unfold()
        self.endResetModel()
        return True

    def is_folded(self, row: int) -> bool:
        """Whether the codes below the one in this row are hidden."""
        return self._lines[row][1].code.guid in self._folded

    def line(self, row: int) -> Line | None:
        """The code in a row; None for a base."""
        return self._lines[row][1] if row < len(self._lines) else None

    def cell(self, index: Index) -> tuple[int, int | None] | None:
        """Number of the line in the grid and of its group; None as group for the total."""
        if self._grid is None or not index.isValid() or index.row() >= len(self._lines):
            return None
        column = index.column()
        return self._lines[index.row()][0], column if column < len(self._grid.groups) else None

    @property
    def shown(self) -> Shown:
        """What the cells show."""
        return self._shown

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Lines in sight, and the bases."""
        if parent.isValid() or self._grid is None:
            return 0
        return len(self._lines) + len(self._grid.bases)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Groups, and the total."""
        return 0 if parent.isValid() or self._grid is None else len(self._grid.groups) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of groups and codes."""
        if self._grid is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._grid.groups[section] if section < len(self._grid.groups) else tr("All")
        line = self.line(section)
        return line.code.name if line else self._grid.bases[section - len(self._lines)].name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell in words, and its heat."""
        if self._grid is None or not index.isValid():
            return None
        value, size = self._value(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index, value, size)
        if role == HEAT and self._shown is not Shown.NUMBERS and self._is_inner(index):
            amount = self._amount(value or 0, size or 0)
            return amount / self._top if amount and self._top else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = (
                str(self.headerData(index.row(), Qt.Orientation.Vertical)),
                str(self.headerData(index.column(), Qt.Orientation.Horizontal)),
            )
            return f"{', '.join(head)}: {self._words(index, value, size)}"
        return None

    def _words(self, index: Index, value: int | None, size: int | None) -> str:
        if value is None:
            return ""
        if self._shown is Shown.SHARE and index.row() < len(self._lines):
            return f"{100 * value / size:.0f} %" if size else NOTHING
        return f"{value:,}"

    def _value(self, index: Index) -> tuple[int | None, int | None]:
        grid = self._grid
        assert grid is not None, "a model without a grid has no cells"
        total = index.column() == len(grid.groups)
        size = grid.sizes.total if total else grid.sizes.cells[index.column()]
        if index.row() < len(self._lines):
            line = self._lines[index.row()][1]
            return (line.total if total else line.cells[index.column()]), size
        base = grid.bases[index.row() - len(self._lines)]
        return (base.total if total else base.cells[index.column()]), size

    def _is_inner(self, index: Index) -> bool:
        return bool(
            self._grid
            and index.row() < len(self._lines)
            and index.column() < len(self._grid.groups)
        )

    def _amount(self, value: int, size: int) -> float:
        if self._shown is Shown.SHARE:
            return value / size if size else 0.0
        return float(value)

    def _unfold(self) -> None:
        grid = self._grid
        lines = grid.lines if grid else ()
        self._lines = [
            (i, line) for i, line in enumerate(lines) if self._folded.isdisjoint(line.parents)
        ]
        self._top = self._largest()

    def _largest(self) -> float:
        if self._grid is None:
            return 0.0
        sizes = self._grid.sizes.cells
        return max(
            (
                self._amount(value, size)
                for _, line in self._lines
                for value, size in zip(line.cells, sizes, strict=True)
            ),
            default=0.0,
        )


class HeatTable(QTableView):
    """The table itself: keys move over the cells, + and - open and close a code."""

    cellChosen = Signal(object)
    """The current QModelIndex changed."""

    def __init__(self, theme: ThemeManager, model: HeatModel) -> None:
        super().__init__()
        self.manager = theme
        self._model = model
        self._corner = QLabel(tr("Code"), self)
        self._corner.setAutoFillBackground(True)
        self._corner.setBackgroundRole(QPalette.ColorRole.Base)
        self._corner.setStyleSheet("border-bottom: 1px solid palette(dark);")
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Groups(self))
        self.setVerticalHeader(_Codes(self))
        self.setAccessibleName(tr("Codes by groups"))
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
        self.verticalHeader().setDefaultSectionSize(round(ROW * scale))
        self.horizontalHeader().setDefaultSectionSize(self._column_width())
        codes = self.verticalHeader()
        codes.setFixedWidth(self._names_width())
        self.horizontalHeader().setFixedHeight(self._heads_height())
        self._corner.setFont(theme.font(12, bold=True))
        self._corner.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._corner.setContentsMargins(10, 0, 0, 6)
        self.updateGeometries()
        self._place_corner()
        self.viewport().update()

    def wanted_width(self) -> int:
        """How wide the table is when nothing is scrolled away."""
        columns = self._model.columnCount() * self.horizontalHeader().defaultSectionSize()
        return columns + self.verticalHeader().width() + _BAR

    def wanted_height(self) -> int:
        """How high the table is when nothing is scrolled away."""
        rows = self._model.rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + self.horizontalHeader().height() + _BAR

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corner in its place."""
        super().resizeEvent(event)
        self._place_corner()

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
        heads = (
            str(self._model.headerData(column, Qt.Orientation.Horizontal))
            for column in range(self._model.columnCount())
        )
        words = (metrics.horizontalAdvance(word) for head in heads for word in head.split())
        least, most = (round(size * theme.ui_scale) for size in (COLUMN, _MOST_COLUMN))
        return max(least, min(most, max(words, default=0) + 16))

    def _heads_height(self) -> int:
        """Room for the longest head of a group, up to four lines."""
        theme = self.manager.theme
        metrics = QFontMetrics(theme.font(12))
        width = self.horizontalHeader().defaultSectionSize() - 12
        lines = 1
        for column in range(self._model.columnCount()):
            key, rest = _split(str(self._model.headerData(column, Qt.Orientation.Horizontal)))
            box = metrics.boundingRect(0, 0, width, 400, Qt.TextFlag.TextWordWrap, rest)
            wrapped = round(box.height() / metrics.lineSpacing()) if rest else 0
            lines = max(lines, wrapped + bool(key))
        return min(lines, _HEAD_LINES) * metrics.lineSpacing() + 14

    def _place_corner(self) -> None:
        self._corner.setGeometry(
            0, 0, self.verticalHeader().width(), self.horizontalHeader().height()
        )

    def _choose(self, current: QModelIndex) -> None:
        self.cellChosen.emit(current)


class _Cells(QStyledItemDelegate):
    def __init__(self, table: HeatTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._table.manager.theme, place_of(option)
        model = self._table.model()
        last = index.column() == model.columnCount() - 1
        base = self._table.model().line(index.row()) is None  # type: ignore[attr-defined]
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
        above = self._table.model().line(index.row() - 1)  # type: ignore[attr-defined]
        if index.row() == 0 or above is not None:
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), theme.color.control)


class _Groups(QHeaderView):
    """Names of groups, wrapped; a key such as S01 stands bold above the rest."""

    def __init__(self, table: HeatTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._table.manager.theme
        painter.save()
        painter.fillRect(rect, theme.color.paper)
        paint_rule(painter, rect, theme.color.control)
        if section == self.count() - 1:
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), theme.color.control)
        key, rest = _split(str(self.model().headerData(section, self.orientation())))
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


class _Codes(QHeaderView):
    """Names of codes with their chips, set in; a caret opens and closes them."""

    def __init__(self, table: HeatTable) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)

    def sizeHint(self) -> QSize:
        """As wide as was found to be needed."""
        return QSize(self.width(), 100)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens or closes a code that has others below it."""
        section = self.logicalIndexAt(event.position().toPoint().y())
        if section >= 0:
            self._table.fold(section)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._table.manager.theme
        painter.save()
        painter.fillRect(rect, theme.color.paper)
        line = self._table.model().line(section)  # type: ignore[attr-defined]
        name = str(self.model().headerData(section, self.orientation()))
        if line is None:
            self._paint_base(painter, rect, theme, name, section)
        else:
            self._paint_line(painter, rect, theme, line, section)
        painter.restore()

    def _paint_base(
        self, painter: QPainter, rect: QRect, theme: Theme, name: str, section: int
    ) -> None:
        if section == 0 or self._table.model().line(section - 1):  # type: ignore[attr-defined]
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), theme.color.control)
        paint_words(painter, rect.adjusted(10, 0, -6, 0), name, theme.color.muted, theme.font())

    def _paint_line(
        self, painter: QPainter, rect: QRect, theme: Theme, line: Line, section: int
    ) -> None:
        middle = rect.center().y()
        left = rect.x() + 8 + line.depth * INDENT
        if line.has_children:
            folded = self._table.model().is_folded(section)  # type: ignore[attr-defined]
            box = QRectF(left, middle - 5.5, 12, 12)
            icons.draw(painter, box, "caret-right" if folded else "caret-down", theme.color.muted)
        left += 16
        paint_chip(painter, theme, line.code.color, left, middle)
        inside = QRect(left + CHIP + 8, rect.y(), rect.right() - left - CHIP - 12, rect.height())
        paint_words(painter, inside, line.code.name, theme.color.text, theme.font())


def heat_color(theme: Theme, heat: float) -> QColor:
    """The accent on the paper, as strong as the heat says."""
    most = _MOST_DARK if theme.dark else _MOST_LIGHT
    color = QColor(theme.color.accent)
    color.setAlphaF(_LEAST + (most - _LEAST) * heat)
    return color


def _split(name: str) -> tuple[str, str]:
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
