"""How a passage looks in a list: where it stands on one line, its words below, all rows alike."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcoder_sm.project.passages import Hit
from qualcoder_sm.ui import menu_key
from qualcoder_sm.ui.pages.widgets.coded_text import Laid, Mark, Words
from qualcoder_sm.ui.pages.widgets.rows import (
    Index,
    paint_chip,
    paint_rule,
    paint_words,
    place_of,
    state_of,
)
from qualcoder_sm.ui.theme import Theme, ThemeManager

HEAD, SIDE, BELOW = 26, 14, 8
_PIXELS = 15
_PITCH = 1.65
_CACHED = 600
_TIGHT = 0.92


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row paints. `color` tints the words; `code` is named beside a chip when given."""

    hit: Hit
    place: str
    color: str
    code: str = ""
    notes: str = ""


class PassageView(QListView):
    """A list of passages in rows of one height; the mouse or Enter goes there."""

    def __init__(self, theme: ThemeManager, name: str) -> None:
        super().__init__()
        self.manager = theme
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("surface", "paper")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().setSingleStep(24)

    def event(self, event: QEvent) -> bool:
        """The menu key opens the menu of the current passage."""
        return menu_key.redirected(self, event) or super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters act on passages; they do not look for one."""

    def rows(self) -> list[int]:
        """The rows selected, in order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there on every system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class PassageDelegate(QStyledItemDelegate):
    """Paints rows of a list; subclasses say what each shows."""

    lines = 2

    def __init__(self, view: PassageView) -> None:
        super().__init__(view)
        self.view = view
        self.context = False
        self._laid: dict[tuple[Shown, int], Laid] = {}
        view.manager.changed.connect(self.forget)

    def shown(self, index: Index) -> Shown | None:
        """For subclasses: what a row paints; None for a row of its own kind."""
        raise NotImplementedError

    def set_context(self, context: bool) -> None:
        """Whether the words before and after are shown too."""
        self.context, self.lines = context, 4 if context else 2
        self.forget()

    def forget(self) -> None:
        """Everything is laid out anew."""
        self._laid.clear()
        self.view.scheduleDelayedItemsLayout()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        scale = self.theme.ui_scale
        words = self.lines * round(_PIXELS * scale * _PITCH)
        return QSize(200, round(HEAD * scale) + words + BELOW)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self.view.manager.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, place, words."""
        shown = self.shown(index)
        if shown is None:
            return
        rect = place_of(option)
        painter.save()
        self.paint_ground(painter, rect, state_of(option), index)
        head = round(HEAD * self.theme.ui_scale)
        left = SIDE + self.paint_lead(painter, QRect(rect.x(), rect.y(), rect.width(), head), index)
        line = QRect(rect.x() + left, rect.y() + 4, rect.width() - left - SIDE, head - 4)
        self._paint_head(painter, line, shown)
        width = rect.width() - left - SIDE
        laid = self._of(shown, width)
        painter.setClipRect(rect.adjusted(0, 0, 0, -2))
        laid.paint(painter, QPointF(rect.x() + left, rect.y() + head))
        painter.restore()

    def paint_lead(self, painter: QPainter, rect: QRect, index: Index) -> int:
        """For subclasses: something at the left of the first line; returns how wide it is."""
        return 0

    def paint_ground(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, index: Index
    ) -> None:
        """Selected with or without the keyboard here, hovered, or nothing; a rule below."""
        color, focused = self.theme.color, self.view.hasFocus()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color.accent_tint if focused else color.hover)
            self._bar(painter, rect, color.accent if focused else color.control)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color.hover)
        else:
            painter.fillRect(rect, color.paper)
        if focused and index == self.view.currentIndex():
            self._bar(painter, rect, color.accent)
        paint_rule(painter, rect, color.border)

    def _bar(self, painter: QPainter, rect: QRect, color: QColor) -> None:
        painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), color)

    def _paint_head(self, painter: QPainter, line: QRect, shown: Shown) -> None:
        theme = self.theme
        small, muted = theme.font(12), theme.color.muted
        room = paint_words(painter, line, shown.notes, muted, small, right=True)
        line = line.adjusted(0, 0, -room - 12 if room else 0, 0)
        if shown.code:
            paint_chip(painter, theme, shown.color, line.x(), line.center().y() + 1)
            line = line.adjusted(17, 0, 0, 0)
            wide = paint_words(painter, line, shown.code, theme.color.secondary, small)
            line = line.adjusted(wide + 14, 0, 0, 0)
        paint_words(painter, line, shown.place, muted, small)

    def _of(self, shown: Shown, width: int) -> Laid:
        if len(self._laid) > _CACHED:
            self._laid.clear()
        if (shown, width) not in self._laid:
            self._laid[shown, width] = Laid(self._words(shown, width), width, self.theme, _PIXELS)
        return self._laid[shown, width]

    def _words(self, shown: Shown, width: int) -> Words:
        letter = self.theme.font(_PIXELS)
        room = int(self.lines * width / QFontMetrics(letter).averageCharWidth() * _TIGHT)
        hit = shown.hit
        before, after = (hit.before, hit.after) if self.context else ("", "")
        before = f"… {before}" if before else ""
        words = shortened(hit.words, room - len(before) - len(after) - 4)
        after = f"{after} …" if after else ""
        mark = Mark(len(before), len(before) + len(words), shown.color)
        return Words(before + words + after, (mark,))


def shortened(words: str, most: int) -> str:
    """Words on one line, cut behind a whole word."""
    if len(words) > most:
        words = words[: max(20, most)].rsplit(maxsplit=1)[0] + " …"
    return " ".join(words.split())


def go_to_row(view: QListView, row: int) -> None:
    """Make a row the current one, if it is there."""
    index: QModelIndex = view.model().index(row, 0)
    if index.isValid():
        view.setCurrentIndex(index)
