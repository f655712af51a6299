"""A matrix as a model: the lines that are not folded away, then the bases."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.table_model import NOTHING, NOWHERE

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.crosstab import Grid, Line
    from qualcoder_sm.ui.pages.widgets.rows import Index

HEAT = Qt.ItemDataRole.UserRole + 1
"""0 to 1, None where a cell has no heat."""


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

    def numbers(self) -> list[int]:
        """The lines of the grid that are in sight, by number, in their order."""
        return [number for number, _line in self._lines]

    @property
    def lines(self) -> int:
        """How many rows are codes; those after them are bases."""
        return len(self._lines)

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

    def heads(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*self._grid.groups, tr("All")) if self._grid else ()

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
        if self._shown is not Shown.SHARE:
            return float(max((max(line.cells, default=0) for _, line in self._lines), default=0))
        sizes = np.array(self._grid.sizes.cells)
        there = sizes > 0
        shares = (np.array(line.cells)[there] / sizes[there] for _, line in self._lines)
        return float(max((one.max(initial=0.0) for one in shares), default=0.0))
