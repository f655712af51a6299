"""Passages that a rule proposes, to be ticked or not before they are coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.widgets.rows import Index, ListDelegate, paint_words
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.table_model import NOWHERE
from qualcoder_sm.ui.theme import READING_SERIF, sized_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcoder_sm.project.autocode import Proposal
    from qualcoder_sm.ui.theme import ThemeManager

PROPOSAL = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _TICK, _LEFT, _SIDE = 56, 16, 44, 16
_BEFORE = 0.3
_SPOKEN = 300
Key = tuple[str, int, int]


class ProposalModel(QAbstractListModel):
    """Any number of proposals; those already coded are shown and cannot be ticked."""

    counted = Signal()
    """Another number of passages is ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposals: Sequence[Proposal] = ()
        self._names: Mapping[str, str] = {}
        self._off: set[Key] = set()
        self._ticked = self._already = 0

    def show_proposals(self, proposals: Sequence[Proposal], names: Mapping[str, str]) -> None:
        """Show others; what was unticked before stays so. `names` are those of the sources."""
        self.beginResetModel()
        self._proposals, self._names = proposals, names
        self._ticked = sum(map(self._is_on, proposals))
        self._already = sum(proposal.already for proposal in proposals)
        self.endResetModel()
        self.counted.emit()

    def forget_ticks(self) -> None:
        """Another rule: everything is ticked."""
        self._off.clear()

    @property
    def ticked(self) -> int:
        """How many passages are ticked."""
        return self._ticked

    @property
    def already(self) -> int:
        """How many are coded already."""
        return self._already

    def chosen(self) -> list[Proposal]:
        """The ticked passages."""
        return [proposal for proposal in self._proposals if self._is_on(proposal)]

    def proposal(self, row: int) -> Proposal:
        """The proposal in a row."""
        return self._proposals[row]

    def where(self, row: int) -> str:
        """Source, turn and speaker of a row, for the reader."""
        hit = self._proposals[row].hit
        parts = (self._names.get(hit.source, ""), hit.locator, hit.speaker)
        return ", ".join(part for part in parts if part)

    def tick(self, rows: Iterable[int], on: bool) -> None:
        """Tick these rows, or no longer."""
        rows = [row for row in rows if not self._proposals[row].already]
        keys = {_key(self._proposals[row]) for row in rows}
        before = sum(self._is_on(self._proposals[row]) for row in rows)
        (self._off.difference_update if on else self._off.update)(keys)
        self._ticked += (len(rows) if on else 0) - before
        if rows:
            first, last = self.index(min(rows), 0), self.index(max(rows), 0)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.CheckStateRole])
        self.counted.emit()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many are proposed."""
        return 0 if parent.isValid() else len(self._proposals)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be looked at; those not coded yet can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self._proposals[index.row()].already:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, whether they are ticked, and what is read aloud."""
        if not index.isValid():
            return None
        proposal = self._proposals[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return proposal.hit.words[:_SPOKEN]
        if role == Qt.ItemDataRole.CheckStateRole:
            on = self._is_on(proposal)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == PROPOSAL:
            return proposal
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def _spoken(self, row: int) -> str:
        proposal = self._proposals[row]
        state = tr("ticked") if self._is_on(proposal) else tr("not ticked")
        if proposal.already:
            state = tr("coded already")
        hit = proposal.hit
        words = f"{hit.before}{hit.words[:_SPOKEN]}{hit.after}".strip()
        return f"{state}. {self.where(row)}. {words}"

    def _is_on(self, proposal: Proposal) -> bool:
        return not proposal.already and _key(proposal) not in self._off


class ProposalList(QListView):
    """Space ticks what is selected; Enter or a double click shows it in its text."""

    openRequested = Signal(object)
    """`Place` of a passage."""
    currentMoved = Signal()

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.proposals = ProposalModel(self)
        self.setModel(self.proposals)
        self._delegate = _Proposals(self, theme)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Passages proposed"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._go)
        self.selectionModel().currentChanged.connect(self.currentMoved)
        theme.changed.connect(self.viewport().update)

    def color(self) -> str:
        """The colour of the code."""
        return self._delegate.color

    def set_color(self, color: str) -> None:
        """The words are tinted in the colour of the code."""
        self._delegate.color = color
        self.viewport().update()

    def tick_all(self) -> None:
        """Tick everything that is not coded yet."""
        self.proposals.tick(range(self.proposals.rowCount()), True)

    def tick_none(self) -> None:
        """Tick nothing."""
        self.proposals.tick(range(self.proposals.rowCount()), False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns the ticks of what is selected."""
        if event.key() == Qt.Key.Key_Space:
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the box turns its tick."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        if at.x() < _LEFT and event.button() is Qt.MouseButton.LeftButton:
            self._turn(self.indexAt(at))

    def _turn(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        rows = {one.row() for one in self.selectedIndexes()}
        if index.row() not in rows:
            rows = {index.row()}
        on = index.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked
        self.proposals.tick(sorted(rows), on)

    def _go(self, index: QModelIndex) -> None:
        hit = self.proposals.proposal(index.row()).hit
        self.openRequested.emit(Place(hit.source, hit.start, hit.end))


class _Proposals(ListDelegate):
    least = 240
    height = _HEIGHT
    ruled = True

    def __init__(self, view: ProposalList, theme: ThemeManager) -> None:
        super().__init__(view, theme)
        self._view = view
        self.color = ""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self.theme
        color, half = theme.color, round(rect.height() / 2)
        proposal: Proposal = index.data(PROPOSAL)
        if not proposal.already:
            on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            box = QRectF(rect.x() + 15, rect.center().y() - _TICK / 2, _TICK, _TICK)
            icons.draw(painter, box, "check-square" if on else "square",
                       color.accent if on else color.muted)  # fmt: skip
        small = theme.font(12)
        top = rect.adjusted(_LEFT, 6, -_SIDE, half - rect.height() + 2)
        note = tr("coded already") if proposal.already else ""
        room = QFontMetrics(small).horizontalAdvance(note)
        paint_words(painter, top, note, color.muted, small, right=True)
        where = self._view.proposals.where(index.row())
        paint_words(painter, top.adjusted(0, 0, -room - 10, 0), where, color.muted, small)
        line = rect.adjusted(_LEFT, half - 2, -_SIDE, -5)
        self._paint_context(painter, line, proposal)

    def _paint_context(self, painter: QPainter, line: QRect, proposal: Proposal) -> None:
        """A little of what stands before, the words on their tint, and what follows."""
        theme, hit = self.theme, proposal.hit
        font = sized_font(READING_SERIF, 15 * theme.ui_scale)
        metrics = QFontMetrics(font)
        before = metrics.elidedText(
            hit.before, Qt.TextElideMode.ElideLeft, round(line.width() * _BEFORE))  # fmt: skip
        quiet = theme.color.muted if proposal.already else theme.color.secondary
        x = line.x() + paint_words(painter, line, before, quiet, font)
        words = " ".join(hit.words[:_SPOKEN].split())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.right() - x)
        wide = metrics.horizontalAdvance(shown)
        if self.color:
            tint = QRect(x - 1, line.y() + 1, wide + 2, line.height() - 2)
            painter.fillRect(tint, theme.tint((self.color,)))
        here = QRect(x, line.y(), wide + 2, line.height())
        paint_words(painter, here, shown, theme.color.text, font)
        after = QRect(x + wide, line.y(), line.right() - x - wide, line.height())
        if after.width() > 12:
            paint_words(painter, after, hit.after, quiet, font)


def _key(proposal: Proposal) -> Key:
    return proposal.hit.source, proposal.hit.start, proposal.hit.end
