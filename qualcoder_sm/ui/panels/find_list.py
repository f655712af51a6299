"""The list of hits: one line each, the words found in the middle of their context."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.passages import Hit
from qualcoder_sm.ui.pages.widgets.rows import Index, paint_words, place_of, state_of
from qualcoder_sm.ui.panels.find_model import FindModel
from qualcoder_sm.ui.panels.passage_rows import SIDE, PassageDelegate, PassageView, Shown, go_to_row
from qualcoder_sm.ui.theme import READING_SERIF, ThemeManager, sized_font

_ROW = 30
_PLACE = 150
_BEFORE = 0.36

Key = Qt.Key


class FindView(PassageView):
    """Arrows go from hit to hit; above the first one is the field."""

    leftUpwards = Signal()
    """The arrow up was pressed on the first hit."""

    def __init__(self, theme: ThemeManager, found: FindModel) -> None:
        super().__init__(theme, tr("What was found"))
        self.found = found
        self.setModel(found)
        self.setItemDelegate(_Hits(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down pass over the names of sources."""
        key, row = event.key(), self.currentIndex().row()
        if key not in (Key.Key_Up, Key.Key_Down) or event.modifiers() & ~_KEYPAD:
            super().keyPressEvent(event)
            return
        if key == Key.Key_Down and row + 1 >= self.found.rowCount():
            self.found.fetchMore(QModelIndex())
        target = self.found.next_hit(row, 1 if key == Key.Key_Down else -1)
        if key == Key.Key_Up and target == row:
            self.leftUpwards.emit()
        else:
            self.go_to(target)

    def go_to(self, row: int) -> None:
        """Make a hit the current one; with the name of its source when it is the first."""
        if row > 0 and self.found.at(row - 1).is_head:
            self.scrollTo(self.found.index(row - 1))
        go_to_row(self, row)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class _Hits(PassageDelegate):
    def __init__(self, view: FindView) -> None:
        super().__init__(view)
        self._found = view.found

    def shown(self, index: Index) -> Shown | None:
        return None  # hits have a line of their own kind

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, round(_ROW * self.theme.ui_scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = place_of(option)
        painter.save()
        if self._found.at(index.row()).is_head:
            self._paint_source(painter, rect, index.row())
        else:
            self.paint_ground(painter, rect, state_of(option), index)
            self._paint_hit(painter, rect, self._found.hit(index.row()))
        painter.restore()

    def _paint_source(self, painter: QPainter, rect: QRect, row: int) -> None:
        theme = self.theme
        painter.fillRect(rect, theme.color.panel)
        name, many = self._found.head(row)
        line = rect.adjusted(SIDE, 0, -SIDE, 0)
        room = QFontMetrics(theme.font(12)).horizontalAdvance(many)
        paint_words(painter, line, many, theme.color.muted, theme.font(12), right=True)
        named = line.adjusted(0, 0, -room - 12, 0)
        paint_words(painter, named, name, theme.color.text, theme.font(13, bold=True))

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        theme, color = self.theme, self.theme.color
        wide = round(_PLACE * theme.ui_scale)
        place = QRect(rect.x() + SIDE, rect.y(), wide - 10, rect.height())
        where = f"{hit.locator}  {hit.speaker}" if hit.speaker else hit.locator
        paint_words(painter, place, where, color.muted, theme.font(12))
        font = sized_font(READING_SERIF, 15 * theme.ui_scale)
        line = rect.adjusted(SIDE + wide, 0, -SIDE, 0)
        x = line.x() + self._paint_before(painter, line, hit.before, font)
        words = " ".join(hit.words.split())
        room = line.right() - x
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = QFontMetrics(font).horizontalAdvance(shown)
        painter.fillRect(QRect(x, rect.y() + 5, width, rect.height() - 11), color.search)
        paint_words(painter, line.adjusted(x - line.x(), 0, 0, 0), shown, color.text, font)
        rest = line.adjusted(x - line.x() + width, 0, 0, 0)
        if rest.width() > 12:
            paint_words(painter, rest, hit.after, color.secondary, font)

    def _paint_before(self, painter: QPainter, line: QRect, before: str, font: QFont) -> int:
        """What stands before, cut at its beginning, so that hits stand below each other."""
        metrics = QFontMetrics(font)
        room = round(line.width() * _BEFORE)
        shown = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room)
        width = metrics.horizontalAdvance(shown)
        here = QRect(line.x() + room - width, line.y(), width + 1, line.height())
        painter.setFont(font)
        painter.setPen(self.theme.color.secondary)
        painter.drawText(here, Qt.AlignmentFlag.AlignVCenter, shown)
        return room
