"""The passages of a code, each on its way to one of the codes below it, or staying."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.widgets.rows import Index, ListDelegate, paint_chip, paint_words
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.table_model import NOWHERE
from qualcoder_sm.ui.theme import READING_SERIF, sized_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcoder_sm.model import Segment
    from qualcoder_sm.ui.theme import ThemeManager

MIME = "application/x-qualcoder-sm-split"
_HEIGHT, _SIDE = 56, 16
_SPOKEN = 300


@dataclass(frozen=True, slots=True)
class Child:
    """A code that passages can go to: `key` is its guid, or its name when it is to be made."""

    key: str
    name: str
    color: str


class SplitModel(QAbstractListModel):
    """Passages with where each goes."""

    assigned = Signal()
    """A passage goes elsewhere now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._segments: Sequence[Segment] = ()
        self._to: dict[str, Child] = {}

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Show these passages; what was assigned stays where it is still there."""
        self.beginResetModel()
        self._segments = segments
        known = {segment.coding.guid for segment in segments}
        self._to = {guid: child for guid, child in self._to.items() if guid in known}
        self.endResetModel()
        self.assigned.emit()

    @property
    def assignments(self) -> Mapping[str, str]:
        """Key of the child by guid of the coding."""
        return {guid: child.key for guid, child in self._to.items()}

    def count(self) -> Counter[str]:
        """How many passages go to each child, by its key."""
        return Counter(child.key for child in self._to.values())

    def send(self, rows: Iterable[int], child: Child | None) -> None:
        """Send these rows to a child; None lets them stay."""
        rows = list(rows)
        for row in rows:
            guid = self._segments[row].coding.guid
            if child is None:
                self._to.pop(guid, None)
            else:
                self._to[guid] = child
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0))
            self.assigned.emit()

    def segment(self, row: int) -> Segment:
        """The passage in a row."""
        return self._segments[row]

    def goes_to(self, row: int) -> Child | None:
        """Where it goes; None when it stays."""
        return self._to.get(self._segments[row].coding.guid)

    def where(self, row: int) -> str:
        """Source, place and speaker, for the reader."""
        one = self._segments[row]
        return ", ".join(part for part in (one.source_name, one.locator, one.speaker) if part)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many passages there are."""
        return 0 if parent.isValid() else len(self._segments)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Passages can be dragged onto a code."""
        drag = Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | drag

    def mimeTypes(self) -> list[str]:
        """What is dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The dialog knows what is selected: the drag only has to be told from others."""
        data = QMimeData()
        data.setData(MIME, b"")
        return data

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, and what is read aloud."""
        if not index.isValid():
            return None
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._segments[row].text[:_SPOKEN]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            child = self.goes_to(row)
            to = tr("goes to {code}", code=child.name) if child else tr("stays")
            return f"{to}. {self.where(row)}. {self._segments[row].text[:_SPOKEN]}"
        return None


class SplitList(QListView):
    """Digits send what is selected to a code, 0 lets it stay; Enter shows it in its text."""

    digitPressed = Signal(object)
    """1 to 9: the code with that number; 0: stay."""
    openRequested = Signal(object)
    """`Place` of a passage."""
    currentMoved = Signal()

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.passages = SplitModel(self)
        self.setModel(self.passages)
        self.setItemDelegate(_Passages(self, theme))
        self.setAccessibleName(tr("Passages of the code"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._go)
        self.selectionModel().currentChanged.connect(self.currentMoved)
        theme.changed.connect(self.viewport().update)

    def selected_rows(self) -> list[int]:
        """The rows selected, in order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits send; the arrows move on."""
        digit = event.text()
        if len(digit) == 1 and digit in "0123456789" and not event.modifiers() & _HELD:
            self.digitPressed.emit(int(digit))
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        coding = self.passages.segment(index.row()).coding
        self.openRequested.emit(Place(coding.source, coding.start, coding.end))


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Passages(ListDelegate):
    least = 240
    height = _HEIGHT
    ruled = True

    def __init__(self, view: SplitList, theme: ThemeManager) -> None:
        super().__init__(view, theme)
        self._model = view.passages

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme, row = self.theme, index.row()
        color, half, small = theme.color, round(rect.height() / 2), theme.font(12)
        top = rect.adjusted(_SIDE, 6, -_SIDE, half - rect.height() + 2)
        child = self._model.goes_to(row)
        said = child.name if child else tr("stays")
        room = QFontMetrics(small).horizontalAdvance(said)
        ink = color.text if child else color.muted
        paint_words(painter, top, said, ink, small, right=True)
        if child:
            paint_chip(painter, theme, child.color, top.right() - room - 17, top.center().y() + 0.5)
        left = QRect(top.x(), top.y(), top.width() - room - 28, top.height())
        paint_words(painter, left, self._model.where(row), color.muted, small)
        line = rect.adjusted(_SIDE, half - 2, -_SIDE, -5)
        words = " ".join(self._model.segment(row).text[:_SPOKEN].split())
        font = sized_font(READING_SERIF, 15 * theme.ui_scale)
        paint_words(painter, line, words, color.text, font)
