"""Any Table of the reports as a Qt model: nothing is copied, cells are worded when they are seen."""

from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from qualcoder_sm.table import Cell, Column, ColumnType, Table

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NOTHING = "–"
NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.PERCENT})
_LONGEST_CELL = 300
_EMPTY = Table("", "", (), ())
Right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def coefficient(value: float | None) -> str:
    """A coefficient without leading zero: ".79", "−.05", "1.00", "–" where there is none."""
    if value is None:
        return NOTHING
    words = f"{abs(value):.2f}".removeprefix("0")
    return f"−{words}" if value < 0 and words.strip(".0") else words


def worded(cell: Cell, column: Column) -> str:
    """A cell as it is shown, on one line, long texts cut."""
    text = " ".join(whole(cell, column).split())
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL] + "…"


def whole(cell: Cell, column: Column) -> str:
    """A cell in words, texts in full."""
    if cell is None:
        return NOTHING
    if column.type is ColumnType.INTEGER and isinstance(cell, int):
        return f"{cell:,}"
    if column.type is ColumnType.PERCENT and isinstance(cell, int | float):
        return f"{cell:.1f}"
    if column.type is ColumnType.NUMBER and isinstance(cell, int | float):
        return coefficient(cell)
    if column.type is ColumnType.TIME and isinstance(cell, str):
        return _time(cell)
    return str(cell)


class TableModel(QAbstractTableModel):
    """Shows a Table; at most `limit` rows of it, when a limit is set."""

    def __init__(self, parent: QObject | None = None, limit: int | None = None) -> None:
        super().__init__(parent)
        self._table = _EMPTY
        self._limit = limit

    @property
    def table(self) -> Table:
        """The table shown."""
        return self._table

    def set_table(self, table: Table) -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows of the table, or as many as are shown of them."""
        rows = len(self._table.rows)
        return 0 if parent.isValid() else min(rows, self._limit or rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns of the table."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell in words, how it is aligned, and its colour where it is one."""
        if not index.isValid():
            return None
        column = self._table.columns[index.column()]
        cell = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return worded(cell, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Right if column.type in NUMERIC else Left
        if role == Qt.ItemDataRole.DecorationRole and column.type is ColumnType.COLOR:
            return QColor(str(cell)) if cell else None
        if role == Qt.ItemDataRole.ToolTipRole and column.type is ColumnType.LONG_TEXT:
            return str(cell) if cell else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Name of a column with its unit, number of a row."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        column = self._table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return headed(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Right if column.type in NUMERIC else Left
        return None


def headed(column: Column) -> str:
    """The head of a column, with its unit."""
    if not column.unit or column.unit == column.name:
        return column.name
    return f"{column.name} ({column.unit})" if column.unit != "%" else f"{column.name}, %"


def _time(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}"
    except ValueError:
        return text
