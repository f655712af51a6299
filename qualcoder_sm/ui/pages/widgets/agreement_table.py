"""The agreement per code as a table, worst first, with every interval drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QLineF,
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
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
    paint_dot,
    paint_ground,
    paint_rule,
    paint_words,
    place_of,
    state_of,
)
from qualcoder_sm.ui.table_model import NOTHING, NOWHERE, coefficient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelection

    from qualcoder_sm.analysis.results import CodeAgreement
    from qualcoder_sm.model import Code
    from qualcoder_sm.ui.theme import Theme, ThemeManager

ROW, HEAD = 32, 52
TENTATIVE, FIRM = 0.667, 0.8
_TICKS = ((0.0, "0"), (0.25, ".25"), (0.5, ".5"), (TENTATIVE, ".667"), (FIRM, ".8"), (1.0, "1"))
_EDGE = 14
_BELOW = -0.02


class AgreementModel(QAbstractTableModel):
    """A row per code: counts, percent, kappa and alpha; the plot has no text but a description."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Code, str, CodeAgreement]] = []
        self._heads: list[str] = []

    def show_codes(
        self, codes: Sequence[tuple[Code, str, CodeAgreement]], coders: list[str]
    ) -> None:
        """Show codes with their paths and figures."""
        self.beginResetModel()
        names = _told_apart([code for code, _path, _row in codes], [path for _, path, _ in codes])
        rows = [(code, name, row) for (code, _, row), name in zip(codes, names, strict=True)]
        self._rows = sorted(rows, key=_worst_first)
        self._heads = _heads(coders)
        self.endResetModel()

    def result(self, row: int) -> CodeAgreement:
        """The figures of a row."""
        return self._rows[row][2]

    def code(self, row: int) -> Code:
        """The code of a row."""
        return self._rows[row][0]

    def head(self, column: int) -> str:
        """The head of a column."""
        return self._heads[column]

    @property
    def plot(self) -> int:
        """The column of the interval plot, the last one."""
        return len(self._heads) - 1

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """A row per code."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Code, counts, coefficients, plot."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell in words."""
        if not index.isValid():
            return None
        code, name, result = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(name, result)[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return code.color
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return " ".join(result.remarks) or None
        return None

    def _cells(self, name: str, result: CodeAgreement) -> list[str]:
        counts = [result.both, *result.only, *([result.some] if len(result.only) > 2 else [])]
        percent = result.percent.value
        return [
            name,
            *(f"{n:,}" for n in (*counts, result.neither)),
            NOTHING if percent is None else f"{percent:.1f}",
            coefficient(result.kappa.value),
            coefficient(result.alpha.value),
            _interval(result),
        ]


class AgreementTable(QTableView):
    """The table itself; `codeChosen` carries the row that is current."""

    codeChosen = Signal(object)

    def __init__(self, theme: ThemeManager, model: AgreementModel) -> None:
        super().__init__()
        self.manager = theme
        self._model = model
        self.setAccessibleName(tr("Agreement by code, worst first"))
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(ROW * theme.theme.ui_scale))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._choose)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.viewport().update)

    def fit(self) -> None:
        """Share the width: the counts as they need, the plot a third, the names the rest."""
        metrics = QFontMetrics(self.manager.theme.font(12, bold=True))
        last = self._model.plot
        if last < 1:
            return
        widths = [
            max(62, metrics.horizontalAdvance(self._model.head(c)) + 20)
            for c in range(1, last)
        ]  # fmt: skip
        room = self.viewport().width()
        plot = max(220, min(410, room // 3))
        for column, width in enumerate(widths, 1):
            self.setColumnWidth(column, width)
        self.setColumnWidth(0, max(140, room - plot - sum(widths)))
        self.setColumnWidth(last, plot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit()

    def _choose(self, selected: QItemSelection) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self.codeChosen.emit(rows[0].row())


class _Cells(QStyledItemDelegate):
    def __init__(self, table: AgreementTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._table.manager.theme, place_of(option)
        painter.save()
        model = index.model()
        last = model.columnCount() - 1
        paint_ground(painter, rect, theme, state_of(option), bar=index.column() == 0)
        paint_rule(painter, rect, theme.color.border)
        if index.column() == 0:
            self._paint_name(painter, rect, theme, index)
        elif index.column() == last:
            self._paint_plot(painter, rect, theme, index)
        else:
            quiet = index.column() == last - 4
            color = theme.color.muted if quiet else theme.color.text
            font = theme.font(13, bold=index.column() == last - 1)
            paint_words(painter, rect.adjusted(0, 0, -8, 0), index.data(), color, font, right=True)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRect, theme: Theme, index: Index) -> None:
        color = index.data(Qt.ItemDataRole.DecorationRole)
        middle = rect.center().y()
        paint_chip(painter, theme, color, rect.x() + 10, middle)
        inside = rect.adjusted(10 + CHIP + 8, 0, -26, 0)
        width = paint_words(painter, inside, index.data(), theme.color.text, theme.font())
        if index.data(Qt.ItemDataRole.AccessibleDescriptionRole):
            box = QRectF(inside.x() + width + 8, middle - 6.5, 14, 14)
            icons.draw(painter, box, "warning-circle", theme.color.warning)

    def _paint_plot(self, painter: QPainter, rect: QRect, theme: Theme, index: Index) -> None:
        result = self._table.model().result(index.row())  # type: ignore[attr-defined]
        alpha = result.alpha
        if alpha.value is None:
            words = rect.adjusted(_EDGE - 8, 0, -4, 0)
            paint_words(painter, words, alpha.why, theme.color.muted, theme.font(12))
            return
        _paint_scale(painter, rect, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = rect.center().y() + 0.5
        if alpha.interval:
            painter.setPen(QPen(theme.color.text, 1.6))
            ends = (_at(rect, alpha.interval.low), _at(rect, alpha.interval.high))
            painter.drawLine(QLineF(ends[0], middle, ends[1], middle))
        paint_dot(painter, QPointF(_at(rect, alpha.value), middle), 4, theme.color.accent)


class _Head(QHeaderView):
    """Names of the columns at the bottom line; above the plot its axis."""

    def __init__(self, table: AgreementTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(200, round(HEAD * self._table.manager.theme.ui_scale))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._table.manager.theme
        painter.save()
        painter.fillRect(rect, theme.color.paper)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color.control)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        last = section == self.count() - 1
        line = QRect(
            rect.x() + (10 if not section else 0), rect.bottom() - 28, rect.width() - 8, 24
        )
        if last:
            line = QRect(rect.x() + _EDGE - 8, rect.y() + 4, rect.width(), 20)
            self._paint_axis(painter, rect, theme)
        font = theme.font(12, bold=True)
        paint_words(
            painter, line, words, theme.color.secondary, font, right=bool(section) and not last
        )
        painter.restore()

    def _paint_axis(self, painter: QPainter, rect: QRect, theme: Theme) -> None:
        painter.setFont(theme.font(11))
        painter.setPen(theme.color.muted)
        for value, words in _TICKS:
            box = QRectF(_at(rect, value) - 22, rect.bottom() - 24, 44, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _paint_scale(painter: QPainter, rect: QRect, theme: Theme) -> None:
    for value, _words in _TICKS:
        dotted = value in (TENTATIVE, FIRM)
        pen = QPen(theme.color.control if dotted else theme.color.border, 1)
        if dotted:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        x = round(_at(rect, value))
        painter.drawLine(x, rect.top(), x, rect.bottom())


def _at(rect: QRect, value: float) -> float:
    """Where a value stands on the axis; what is below 0 stands just left of it."""
    width = rect.width() - 2 * _EDGE - 8
    return rect.x() + _EDGE + max(_BELOW, min(1.0, value)) * width


def _heads(names: list[str]) -> list[str]:
    two = len(names) == 2
    return [
        tr("Code, worst first"),
        tr("both") if two else tr("all"),
        *(tr("only {name}", name=name.split()[0]) for name in names),
        *([] if two else [tr("some")]),
        tr("neither") if two else tr("nobody"),
        tr("agree, %"),
        "κ",
        "α",
        tr("α with its 95 % interval"),
    ]


def _worst_first(row: tuple[Code, str, CodeAgreement]) -> tuple[bool, float]:
    value = row[2].alpha.value
    return value is None, value or 0.0


def _told_apart(codes: Sequence[Code], paths: Sequence[str]) -> list[str]:
    """Names of codes; the whole path where a name is there twice."""
    names = [code.name for code in codes]
    return [
        name if names.count(name) == 1 else path for name, path in zip(names, paths, strict=True)
    ]


def _interval(result: CodeAgreement) -> str:
    alpha = result.alpha
    if alpha.value is None:
        return alpha.why
    if alpha.interval is None:
        return alpha.no_interval
    return tr("{low} to {high}", low=coefficient(alpha.interval.low),
              high=coefficient(alpha.interval.high))  # fmt: skip
