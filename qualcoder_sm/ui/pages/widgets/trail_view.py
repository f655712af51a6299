"""The list of steps under their days: only what is in sight is read and painted."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.audit import sentence
from qualcoder_sm.ui.pages.trail import NOTHING, Shown
from qualcoder_sm.ui.pages.trail_story import parts
from qualcoder_sm.ui.pages.widgets.rows import CHIP, Index, paint_chip, paint_words
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.trail import Record
    from qualcoder_sm.ui.theme import Theme, ThemeManager

DAY, STEP, REASONED = 39, 34, 54
TIME_WIDTH, NUMBER_WIDTH, SIDE = 52, 76, 20
_BLOCK = 100
_BLOCKS = 40
Move = QAbstractItemView.CursorAction


class TrailModel(QAbstractListModel):
    """Days and steps; the records are fetched a hundred at a time when they are looked at."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._shown = NOTHING
        self._blocks: OrderedDict[int, dict[int, Record]] = OrderedDict()

    def show_steps(self, shown: Shown) -> None:
        """Show others."""
        self.beginResetModel()
        self._shown = shown
        self._blocks.clear()
        self.endResetModel()

    @property
    def shown(self) -> Shown:
        """What is shown."""
        return self._shown

    def seq(self, row: int) -> int:
        """Number of the step in a row; 0 for a day."""
        return int(self._shown.seq[row])

    def row_of(self, seq: int) -> int:
        """The row of a step, -1 when it is not shown."""
        found = np.flatnonzero(self._shown.seq == seq)
        return int(found[0]) if len(found) else -1

    def record(self, row: int) -> Record | None:
        """The step in a row; None for a day."""
        seq = self.seq(row)
        return self._block(row // _BLOCK).get(seq) if seq else None

    def day(self, row: int) -> tuple[str, str]:
        """A day and how many steps it has."""
        when = date.fromordinal(int(self._shown.day[row]))
        count = ntr("{n} step", "{n} steps", int(self._shown.count[row]))
        return f"{when:%A} {when.day} {when:%B %Y}", count

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Days and steps."""
        return 0 if parent.isValid() else len(self._shown.seq)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days cannot be chosen."""
        if index.isValid() and not self.seq(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence of a step, or the name of a day."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not index.isValid() or role not in wanted:
            return None
        record = self.record(index.row())
        if record is None:
            return ", ".join(self.day(index.row()))
        if role == Qt.ItemDataRole.DisplayRole or not record.reason:
            return sentence(record)
        return tr("{told} Because {reason}", told=sentence(record), reason=record.reason)

    def _block(self, number: int) -> dict[int, Record]:
        if number not in self._blocks:
            seqs = self._shown.seq[number * _BLOCK : (number + 1) * _BLOCK]
            records = self._project.audit.some([int(seq) for seq in seqs if seq])
            self._blocks[number] = {record.seq: record for record in records}
            if len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(number)
        return self._blocks[number]


class TrailView(QAbstractItemView):
    """Rows of three heights, placed by one array of their positions."""

    stepChosen = Signal(object)
    """Number of the step that is current."""

    def __init__(self, theme: ThemeManager, model: TrailModel) -> None:
        super().__init__()
        self._manager = theme
        self._trail = model
        self._colors: Mapping[str, str] = {}
        self._tops = np.zeros(1, dtype=np.int64)
        self.setModel(model)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setAccessibleName(tr("Steps, newest first"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(True)
        model.modelReset.connect(self._place)
        theme.changed.connect(self._place)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self._choose)

    def set_colors(self, colors: Mapping[str, str]) -> None:
        """The colours of the codes, by guid."""
        self._colors = colors
        self.viewport().update()

    def select_step(self, seq: int) -> None:
        """Make a step the current one; nothing happens when it is not shown."""
        row = self._trail.row_of(seq)
        if row >= 0:
            self.setCurrentIndex(self._trail.index(row))

    def visualRect(self, index: Index) -> QRect:
        """Where a row is, in the viewport."""
        if not index.isValid() or index.row() + 1 >= len(self._tops):
            return QRect()
        top, below = (int(y) for y in self._tops[index.row() : index.row() + 2])
        return QRect(0, top - self.verticalOffset(), self.viewport().width(), below - top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        row = self._row_at(point.y() + self.verticalOffset())
        return self._trail.index(row) if 0 <= row < self._trail.rowCount() else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight."""
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + 1)

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The keys go from step to step, over the days."""
        last, now = self._trail.rowCount() - 1, self.currentIndex().row()
        page = max(1, self.viewport().height() // STEP - 1)
        by = {Move.MoveUp: -1, Move.MoveDown: 1, Move.MovePageUp: -page, Move.MovePageDown: page}
        target = {Move.MoveHome: 0, Move.MoveEnd: last}.get(action, now + by.get(action, 0))
        target = max(0, min(last, target))
        upward = action in (Move.MoveUp, Move.MovePageUp, Move.MoveEnd)
        for row in range(target, -1, -1) if upward else range(target, last + 1):
            if self._trail.seq(row):
                return self._trail.index(row)
        return self.currentIndex()

    def horizontalOffset(self) -> int:
        """Nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far the list is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """No row is hidden."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the step under a rectangle of the viewport."""
        index = self.indexAt(rect.center())
        if index.isValid() and self._trail.seq(index.row()):
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where the selected rows are."""
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar says anew how much there is."""
        super().resizeEvent(event)
        self._set_bar()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        painter, theme = QPainter(self.viewport()), self._manager.theme
        painter.fillRect(event.rect(), theme.color.paper)
        row = max(0, self._row_at(self.verticalOffset() + event.rect().top()))
        while row < self._trail.rowCount():
            rect = self.visualRect(self._trail.index(row))
            if rect.top() > event.rect().bottom():
                break
            self._paint_row(painter, rect, theme, row)
            row += 1

    def _row_at(self, y: int) -> int:
        return int(np.searchsorted(self._tops, y, side="right")) - 1

    def _place(self) -> None:
        shown, scale = self._trail.shown, self._manager.theme.ui_scale
        heights = np.where(shown.seq == 0, DAY, np.where(shown.reasoned == 1, REASONED, STEP))
        scaled = np.round(heights * scale).astype(np.int64)
        self._tops = np.concatenate([[0], np.cumsum(scaled)])
        self._set_bar()
        self.viewport().update()

    def _set_bar(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(round(STEP * self._manager.theme.ui_scale))
        bar.setRange(0, max(0, int(self._tops[-1]) - height))

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid() and self._trail.seq(current.row()):
            self.stepChosen.emit(self._trail.seq(current.row()))

    def _paint_row(self, painter: QPainter, rect: QRect, theme: Theme, row: int) -> None:
        color = theme.color
        record = self._trail.record(row)
        if record is None:
            painter.fillRect(rect, color.panel)
            self._paint_rule(painter, rect, theme)
            if self._trail.seq(row):
                return
            name, count = self._trail.day(row)
            inside = rect.adjusted(SIDE, 0, -SIDE, 0)
            width = paint_words(painter, inside, name, color.text, theme.font(bold=True))
            paint_words(
                painter, inside.adjusted(width + 6, 0, 0, 0), count, color.muted, theme.font()
            )
            return
        self._paint_ground(painter, rect, theme, row)
        self._paint_rule(painter, rect, theme)
        self._paint_step(painter, rect, theme, record)

    def _paint_rule(self, painter: QPainter, rect: QRect, theme: Theme) -> None:
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.color.border)

    def _paint_ground(self, painter: QPainter, rect: QRect, theme: Theme, row: int) -> None:
        if not self.selectionModel().isSelected(self._trail.index(row)):
            return
        focused = self.hasFocus()
        painter.fillRect(rect, theme.color.accent_tint if focused else theme.color.hover)
        bar = theme.color.accent if focused else theme.color.control
        painter.fillRect(QRect(0, rect.y(), 3, rect.height()), bar)

    def _paint_step(self, painter: QPainter, rect: QRect, theme: Theme, record: Record) -> None:
        first = QRect(
            rect.x() + SIDE, rect.y(), rect.width() - 2 * SIDE, round(STEP * theme.ui_scale)
        )
        if record.reason:
            first.translate(0, 1)
        muted = theme.color.muted
        paint_words(painter, first, f"{record.at.astimezone():%H:%M}", muted, theme.font())
        paint_words(painter, first, f"{record.seq:,}", muted, theme.font(12), right=True)
        line = first.adjusted(TIME_WIDTH, 0, -NUMBER_WIDTH, 0)
        self._paint_sentence(painter, line, theme, record)
        if record.reason:
            below = line.translated(0, round(20 * theme.ui_scale))
            reason = tr("because {reason}", reason=record.reason)
            paint_words(painter, below, reason, theme.color.secondary, theme.font())

    def _paint_sentence(self, painter: QPainter, line: QRect, theme: Theme, record: Record) -> None:
        rest, color = QRect(line), theme.color
        rest.setLeft(
            rest.x() + paint_words(painter, rest, record.coder, color.text, theme.font(bold=True))
        )
        rest.setLeft(rest.x() + QFontMetrics(theme.font()).horizontalAdvance(" "))
        for part in parts(record):
            if rest.width() < 12:
                break
            code = self._colors.get(str(record.parameters.get("code_guid", "")))
            if part.field == "code" and code:
                paint_chip(painter, theme, code, rest.x(), rest.center().y())
                rest.setLeft(rest.x() + CHIP + 4)
            font = _slanted(theme.font()) if part.field in ("old", "files") else theme.font()
            rest.setLeft(rest.x() + _paint_part(painter, rest, part.text, theme, font))


def _paint_part(painter: QPainter, rest: QRect, text: str, theme: Theme, font: QFont) -> int:
    """Words with the spaces at their ends, which must not be lost between two parts."""
    paint_words(painter, rest, text, theme.color.text, font)
    return QFontMetrics(font).horizontalAdvance(text)


def _slanted(font: QFont) -> QFont:
    made = QFont(font)
    made.setItalic(True)
    return made
