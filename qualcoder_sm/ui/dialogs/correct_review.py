"""What a corrected text does to the codings: those to look at, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.moves import Fate
from qualcoder_sm.ui.pages.widgets.rows import Index, ListDelegate, paint_chip, paint_words
from qualcoder_sm.ui.table_model import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.model import Code
    from qualcoder_sm.project.text_edits import MovedSpan
    from qualcoder_sm.spans import Span
    from qualcoder_sm.ui.theme import ThemeManager

MOVED = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _SIDE = 76, 14
_SPOKEN = 200
_LEAD = 14


class ReviewModel(QAbstractListModel):
    """Codings whose words change or vanish. Those that vanish must be decided about."""

    decided = Signal()
    """Another decision was taken."""

    def __init__(self, codes: Mapping[str, Code], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codes = codes
        self._spans: Sequence[MovedSpan] = ()
        self._decisions: dict[str, Span | None] = {}

    def show_spans(self, spans: Sequence[MovedSpan]) -> None:
        """Show these; those that vanish first. Decisions about others are forgotten."""
        self.beginResetModel()
        self._spans = sorted(spans, key=_vanished_first)
        known = {one.guid for one in spans if one.fate is Fate.VANISHED}
        self._decisions = {guid: to for guid, to in self._decisions.items() if guid in known}
        self.endResetModel()
        self.decided.emit()

    @property
    def decisions(self) -> dict[str, Span | None]:
        """Where a coding goes, by guid; None for one that is dropped."""
        return dict(self._decisions)

    @property
    def open(self) -> int:
        """How many codings are still to be decided about."""
        return sum(self._is_open(one) for one in self._spans)

    def forget_places(self) -> None:
        """The text changed: places chosen in it may be elsewhere; drops stay."""
        self._decisions = {guid: to for guid, to in self._decisions.items() if to is None}

    def decide(self, row: int, to: Span | None) -> None:
        """Put the coding of a row on other words, or drop it."""
        self._decisions[self._spans[row].guid] = to
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        self.decided.emit()

    def moved(self, row: int) -> MovedSpan:
        """The coding in a row."""
        return self._spans[row]

    def code(self, row: int) -> Code | None:
        """Its code."""
        return self._codes.get(self._spans[row].code)

    def told(self, row: int) -> str:
        """What becomes of it, in words."""
        span = self._spans[row]
        if span.guid in self._decisions:
            to = self._decisions[span.guid]
            return tr("is dropped") if to is None else tr("goes to the words you chose")
        if span.fate is Fate.VANISHED:
            return tr("has no words left: decide")
        return tr("its words change")

    def is_open(self, row: int) -> bool:
        """Whether a row waits for a decision."""
        return self._is_open(self._spans[row])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many codings are to be looked at."""
        return 0 if parent.isValid() else len(self._spans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The code, the coding, or what is read aloud."""
        if not index.isValid():
            return None
        span, code = self._spans[index.row()], self.code(index.row())
        name = code.name if code else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == MOVED:
            return span
        if role == Qt.ItemDataRole.AccessibleTextRole:
            before, after = span.words_before[:_SPOKEN], span.words_after[:_SPOKEN]
            words = tr("“{before}” becomes “{after}”", before=before, after=after)
            return f"{name}, {self.told(index.row())}. {words}"
        return None

    def _is_open(self, span: MovedSpan) -> bool:
        return span.fate is Fate.VANISHED and span.guid not in self._decisions


class ReviewList(QListView):
    """Enter goes to the place, Delete drops a coding that has no words left."""

    goRequested = Signal(object)
    """The `MovedSpan` whose place shall be seen."""
    currentMoved = Signal()
    dropRequested = Signal()

    def __init__(self, theme: ThemeManager, model: ReviewModel) -> None:
        super().__init__()
        self.setModel(model)
        model.setParent(self)
        self._spans = model
        self.setItemDelegate(_Review(self, theme, model))
        self.setAccessibleName(tr("Codings to look at"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)
        self.selectionModel().currentChanged.connect(self.currentMoved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete drops."""
        if event.key() == Qt.Key.Key_Delete:
            self.dropRequested.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        self.goRequested.emit(self._spans.moved(index.row()))


class _Review(ListDelegate):
    height = _HEIGHT
    ruled = True

    def __init__(self, view: ReviewList, theme: ThemeManager, model: ReviewModel) -> None:
        super().__init__(view, theme)
        self._model = model

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme, row = self.theme, index.row()
        color, line = theme.color, round(rect.height() / 3.3)
        span, code = self._model.moved(row), self._model.code(row)
        small = theme.font(12)
        inside = rect.adjusted(_SIDE, 5, -_SIDE, -5)
        first = QRect(inside.x(), inside.y(), inside.width(), line)
        if code:
            paint_chip(painter, theme, code.color, first.x(), first.center().y() + 0.5)
        told = self._model.told(row)
        ink = color.danger if self._model.is_open(row) else color.muted
        room = QFontMetrics(small).horizontalAdvance(told)
        paint_words(painter, first, told, ink, small, right=True)
        name = first.adjusted(18, 0, -room - 8, 0)
        paint_words(painter, name, code.name if code else "", color.text, theme.font(13))
        before, after = _around_the_change(span.words_before, span.words_after)
        for number, words, shade in ((1, before, color.secondary), (2, after, color.text)):
            below = first.translated(0, number * (line + 1))
            sign = "−" if number == 1 else "+"
            paint_words(painter, below, sign, color.muted, small)
            shown = " ".join(words[:_SPOKEN].split()) or "–"
            paint_words(painter, below.adjusted(18, 0, 0, 0), shown, shade, small)


def _around_the_change(before: str, after: str) -> tuple[str, str]:
    """Both from shortly before where they begin to differ."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    cut = max(0, same - _LEAD)
    lead = "…" if cut else ""
    return lead + before[cut:], lead + after[cut:]


def _vanished_first(span: MovedSpan) -> tuple[bool, int]:
    return span.fate is not Fate.VANISHED, span.before[0]
