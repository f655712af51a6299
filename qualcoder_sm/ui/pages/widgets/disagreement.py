"""The disagreements about a code: their list, and both coders side by side on the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QWidget,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui.pages.widgets.coded_text import CodedText, Mark, Words
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.rows import CHIP, Index, ListDelegate, paint_chip, paint_words
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.table_model import NOWHERE
from qualcoder_sm.ui.widgets import Elided, column, label, link, row, surface, tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.model import Code
    from qualcoder_sm.ui.pages.comparing import Differing, Side
    from qualcoder_sm.ui.theme import ThemeManager

_ROW = 46


class DifferencesModel(QAbstractListModel):
    """The disagreements, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Differing] = ()

    def show_differences(self, rows: Sequence[Differing]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> Differing:
        """The disagreement in a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Who has what."""
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{one.title}, {one.note}. {one.place}"
        return None


class _Rows(ListDelegate):
    height = _ROW

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self.theme
        one: Differing = index.model().at(index.row())  # type: ignore[attr-defined]
        half = rect.height() // 2
        top, below = rect.adjusted(14, 4, -12, -half), rect.adjusted(14, half - 1, -12, -4)
        place = QFontMetrics(theme.font(12)).horizontalAdvance(one.place)
        place = min(place, rect.width() // 2)
        paint_words(painter, top, one.title, theme.color.text, theme.font())
        small, muted = theme.font(12), theme.color.muted
        paint_words(painter, below.adjusted(0, 0, -place - 10, 0), one.note, muted, small)
        paint_words(
            painter,
            below.adjusted(below.width() - place - 1, 0, 0, 0),
            one.place,
            muted,
            small,
            right=True,
        )


class DisagreementView(QWidget):
    """List at the left, the words at the right."""

    openRequested = Signal(object)
    """A Place of the disagreement shown."""
    shown = Signal()
    """Other disagreements are shown."""
    moved = Signal(object)
    """"15 of 26", when another one is shown."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._theme = theme
        self._codes: Mapping[str, Code] = {}
        self.model = DifferencesModel(self)
        self.list = QListView()
        self._title, self._remarks = Elided("", "strong"), label("", "muted", wrap=True)
        self._heading, self._time = Elided("", "strong"), label("", "muted")
        self._count = label("", "muted")
        self._back, self._next = tool("caret-left", tr("Previous disagreement")), tool(
            "caret-right", tr("Next disagreement"))  # fmt: skip
        self._go = link(tr("Open in Read && code"))
        self.sides = (_SideView(theme), _SideView(theme))
        self._build()

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Rows(self.list, self._theme))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(tr("Disagreements"))
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.activated.connect(self.open_current)
        self._back.clicked.connect(self.previous)
        self._next.clicked.connect(self.next)
        self._go.clicked.connect(self.open_current)
        self._go.setAccessibleName(tr("Open in Read & code"))
        both = row(self._left(), self._right())
        both.setStretch(0, 1)
        both.setStretch(1, 3)
        self.setLayout(both)

    def _left(self) -> QWidget:
        left = surface("panel", "right")
        head = column(self._title, 2, self._remarks, margins=(14, 9, 12, 8))
        left.setLayout(stretched(column(head, self.list), 1))
        left.setMinimumWidth(240)
        left.setMaximumWidth(330)
        return left

    def _right(self) -> QWidget:
        right, head = surface("paper"), surface("paper", "bottom")
        steps = row(self._count, 6, self._back, self._next)
        place = row(self._heading, 10, self._time, 16, self._go, 12, steps, margins=(20, 4, 14, 4))
        head.setLayout(stretched(place, 0))
        self.sides[0].setProperty("edge", "right")
        right.setLayout(stretched(column(head, stretched(row(*self.sides), 0, 1)), 1))
        return right

    def show_differences(
        self, title: str, remarks: str, rows: Sequence[Differing], codes: Mapping[str, Code]
    ) -> None:
        """Show the disagreements about something, the first of them open."""
        self._codes = codes
        self._title.setText(title)
        self._remarks.setText(remarks)
        self._remarks.setVisible(bool(remarks))
        self.model.show_differences(rows)
        self.list.setCurrentIndex(self.model.index(0))
        if not rows:
            self._show_nothing()
        self.shown.emit()

    def next(self) -> None:
        """Show the next disagreement."""
        self._step(1)

    def previous(self) -> None:
        """Show the disagreement before."""
        self._step(-1)

    def title(self) -> str:
        """What they are about, and how many units differ."""
        return self._title.text()

    def position(self) -> str:
        """Which one is shown: "15 of 26"."""
        return self._count.text()

    def _step(self, by: int) -> None:
        index = self.model.index(self.list.currentIndex().row() + by)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def _show(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        one = self.model.at(index.row())
        self._heading.setText(one.heading)
        self._time.setText(one.time)
        self._count.setText(tr("{n} of {all}", n=index.row() + 1, all=self.model.rowCount()))
        self._back.setEnabled(index.row() > 0)
        self._next.setEnabled(index.row() + 1 < self.model.rowCount())
        self._go.show()
        for view, side in zip(self.sides, one.sides, strict=True):
            view.show_side(side, one.before, self._codes)
        self.moved.emit(self._count.text())

    def _show_nothing(self) -> None:
        self._heading.setText(tr("They do not differ."))
        for part in (self._time, self._count):
            part.setText("")
        self._go.hide()
        self._back.setEnabled(False)
        self._next.setEnabled(False)
        for view in self.sides:
            view.clear()

    def has_current(self) -> bool:
        """Whether there is a disagreement to look at."""
        return self.list.currentIndex().isValid()

    def open_current(self) -> None:
        """Ask to go to the disagreement shown."""
        index = self.list.currentIndex()
        if index.isValid():
            one = self.model.at(index.row())
            self.openRequested.emit(Place(one.source, one.start, one.end))


class _SideView(QWidget):
    """What one coder did."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name, self._chips = Elided("", "strong", keeps=True), _Chips(theme)
        self.words = CodedText(theme, tr("Words with the codings of one coder"))
        area = QScrollArea()
        area.setAccessibleName(tr("Words with the codings of one coder"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = surface("paper")
        inside.setLayout(column(self.words, 0, margins=(20, 0, 16, 8)))
        area.setWidget(inside)
        head = row(self._name, 8, 0, self._chips, margins=(20, 10, 18, 6))
        self.setLayout(stretched(column(head, area, margins=(0, 0, 1, 0)), 1))

    def show_side(self, side: Side, before: str, codes: Mapping[str, Code]) -> None:
        """Show what a coder did there, after the turn before."""
        self._name.setText(side.coder)
        count = ntr("{n} character", "{n} characters", side.characters) if side.codes else ""
        if not side.codes and side.excerpt.spans:
            count = tr("not on these words")
        known = [codes[guid] for guid in side.codes if guid in codes]
        self._chips.show_codes([(code.name, code.color) for code in known], count)
        marks = tuple(
            Mark(span.start, span.end, codes[span.code].color)
            for span in side.excerpt.spans
            if span.code in codes
        )
        quiet = (Words(before, quiet=True),) if before else ()
        self.words.show_words(*quiet, Words(side.excerpt.text, marks))

    def clear(self) -> None:
        """Show nothing."""
        self._name.setText("")
        self._chips.show_codes([], "")
        self.words.show_words()


class _Chips(QWidget):
    """Chips with names, and a quiet note after them."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._manager = theme
        self._codes: Sequence[tuple[str, str]] = ()
        self._note = ""
        theme.changed.connect(self.update)

    def show_codes(self, codes: Sequence[tuple[str, str]], note: str) -> None:
        """Show codes as (name, colour)."""
        self._codes = codes
        self._note = note or tr("not coded")
        self.setAccessibleName(", ".join([*(name for name, _ in codes), self._note]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as all of it."""
        metrics = QFontMetrics(self._manager.theme.font())
        names = sum(metrics.horizontalAdvance(name) + CHIP + 20 for name, _ in self._codes)
        return QSize(
            min(names + metrics.horizontalAdvance(self._note) + 4, 380), metrics.height() + 4
        )

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """From left to right."""
        painter, theme, rect = QPainter(self), self._manager.theme, self.rect()
        for name, color in self._codes:
            paint_chip(painter, theme, color, rect.x(), rect.center().y())
            rect.setLeft(rect.x() + CHIP + 8)
            rect.setLeft(
                rect.x() + paint_words(painter, rect, name, theme.color.text, theme.font()) + 12
            )
        paint_words(painter, rect, self._note, theme.color.muted, theme.font(12))
