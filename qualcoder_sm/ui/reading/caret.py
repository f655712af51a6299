"""Caret and selection on the page: where they are, how they move, and what is repainted."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.content import Family
from qualcoder_sm.ui.reading.metrics import (
    LOOSEST,
    NARROWEST,
    TIGHTEST,
    WIDEST,
    ReadingStyle,
)
from qualcoder_sm.ui.reading.motion import Motion, Span
from qualcoder_sm.ui.reading.surface import Surface
from qualcoder_sm.ui.theme import Theme

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
LEAST_ZOOM, MOST_ZOOM = 0.5, 3.0
MARGIN_LINES = 1


class CaretSurface(Surface):
    """A page on which words can be selected."""

    selectionChanged = Signal()
    """Other words are selected, or none any more."""
    caretMoved = Signal()
    """The caret stands elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._goal: float | None = None
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._toggle_caret)

    @property
    def motion(self) -> Motion:
        """Where the caret can go from a position."""
        return Motion(self._document)

    def selection(self) -> Span:
        """The selected span; empty, at the caret, when nothing is selected."""
        return self._scene.selection

    def words(self) -> Span:
        """The selected words, without white space at their ends; as `selection` when it is all."""
        return self._scene.words

    def selected_text(self) -> str:
        """The selected words as stored."""
        start, end = self.selection()
        return self._document.content.text[start:end]

    def caret(self) -> int:
        """The position of the caret."""
        return self._scene.caret

    def anchor(self) -> int:
        """Where the selection was begun; at the caret when nothing is selected."""
        return self._scene.anchor

    def forget_goal(self) -> None:
        """The next movement by lines keeps to the column where the caret is then."""
        self._goal = None

    def active_coding(self) -> Coding | None:
        """One's own current coding around the caret; None without one, or with a selection."""
        return self._scene.active()

    def select(self, start: int, end: int) -> None:
        """Select these words and bring their end into sight; the caret stands at `end`."""
        self.place(self.motion.snapped(end), anchor=self.motion.snapped(start))

    def place(self, caret: int, *, anchor: int | None = None, keep_goal: bool = False) -> None:
        """Put the caret here; with an anchor, select from there."""
        self.move_quietly(caret, caret if anchor is None else anchor)
        if not keep_goal:
            self._goal = None
        self.reveal(caret)

    def move_quietly(self, caret: int, anchor: int) -> None:
        """The same without scrolling."""
        scene = self._scene
        before = (scene.anchor, scene.caret, scene.around(), scene.whole_unit)
        scene.anchor, scene.caret = anchor, caret
        scene.whole_unit = self._whole_unit()
        if (anchor, caret) == before[:2] and scene.whole_unit == before[3]:
            return
        self._repaint_selection(before[0], before[1], before[2], before[3])
        self._leave_chosen()
        scene.led = None
        self._caret_was_set()
        if anchor != caret or before[0] != before[1]:
            self.selectionChanged.emit()

    def _leave_chosen(self) -> None:
        """A coding is not the chosen one any longer once the caret or the selection left it."""
        scene = self._scene
        if scene.chosen and scene.chosen not in {coding.guid for coding in scene.here()}:
            scene.chosen = ""
            self.viewport().update()

    def _whole_unit(self) -> int:
        """The index of the post that is selected as a whole, -1 otherwise."""
        start, end = self._scene.words
        if start == end or not self._document.metrics.posts:
            return -1
        number = self._document.paragraph_at(start)
        exactly = self.motion.unit_at(start) == (start, end)
        return self._document.paragraphs[number].unit if exactly else -1

    def _repaint_selection(
        self, anchor: int, caret: int, around: tuple[Coding, ...], lit: int
    ) -> None:
        """Repaint what the selection, the caret and the codings around them left and reached."""
        scene = self._scene
        if anchor == scene.anchor and anchor != caret and scene.anchor != scene.caret:
            self._update_span(min(caret, scene.caret), max(caret, scene.caret))
        else:
            self._update_span(min(anchor, caret), max(anchor, caret))
            self._update_span(*scene.selection)
        now = scene.around()
        if around != now or (anchor == caret) != (scene.anchor == scene.caret):
            for coding in {coding.guid: coding for coding in (*around, *now)}.values():
                self._update_coding(coding)
        if lit != scene.whole_unit:
            self.viewport().update()

    def _update_coding(self, coding: Coding) -> None:
        first = self._document.paragraph_at(coding.start)
        last = self._document.paragraph_at(coding.end - 1)
        self._update_paragraphs(range(first, last + 1))
        self._update_stripes(range(first, last + 1))

    def _update_span(self, start: int, end: int) -> None:
        first, last = self._document.paragraph_at(start), self._document.paragraph_at(end)
        self._update_paragraphs(range(first, last + 1))

    def _caret_was_set(self, *, quiet: bool = False) -> None:
        if self.hasFocus():
            self._caret_on = True
            self._start_blinking()
        if not quiet:
            self.caretMoved.emit()

    def move_vertically(self, lines: int, *, extend: bool) -> None:
        """Move the caret by lines, keeping to the column where it began."""
        if self._goal is None:
            self._goal = self._document.caret_rect(self.caret()).left()
        target = self.motion.vertical(self.caret(), lines, self._goal)
        self.place(target, anchor=self._scene.anchor if extend else None, keep_goal=True)

    def page_lines(self) -> int:
        """The number of lines that fit the viewport, less one to hold on to."""
        return max(1, self.viewport().height() // self._document.metrics.pitch - 1)

    def reveal(self, position: int) -> None:
        """Scroll as little as needed to see a position."""
        self._glide.stop()
        document, height = self._document, self.viewport().height()
        number = document.paragraph_at(position)
        if not document.is_exact(number):
            self._measure_around(number)
        rect = document.caret_rect(position)
        margin = document.metrics.pitch * MARGIN_LINES
        if rect.top() < self._scroll:
            self._scroll_to(rect.top() - margin)
        elif rect.bottom() > self._scroll + height:
            self._scroll_to(rect.bottom() + margin - height)

    def jump_to(self, start: int, end: int) -> None:
        """Select these words and show them in the upper third of the view."""
        self._measure_around(self._document.paragraph_at(start))
        caret = self.motion.snapped(end)
        self.move_quietly(caret, self.motion.snapped(start))
        rect = self._document.caret_rect(start)
        bottom = self._document.caret_rect(caret).bottom()
        height = self.viewport().height()
        if rect.top() < self._scroll or bottom > self._scroll + height:
            self._sync_bar()
            self._jump_scroll(rect.top() - height / 3)

    def _after_glide(self) -> None:
        """Heights that became exact on the way may have moved the words a little."""
        self.reveal(self.caret())

    # Where things are

    def visible_range(self) -> tuple[int, int]:
        """The span of the paragraphs in sight."""
        document = self._document
        first = document.paragraph_at_y(self._scroll)
        last = document.paragraph_at_y(self._scroll + self.viewport().height())
        return document.starts[first], document.paragraphs[last].end

    def position_at(self, point: QPoint) -> int:
        """The position nearest to a point of the viewport."""
        page = self._to_page(point)
        return self._document.position_at(page.x(), page.y())

    def position_towards(self, point: QPoint, begun: int) -> int:
        """As `position_at`, for a drag begun at a position: a gap is no part of what follows it."""
        page = self._to_page(point)
        return self._document.position_towards(page.x(), page.y(), begun)

    def rect_of(self, start: int, end: int) -> list[QRectF]:
        """Where these words stand in the viewport: one rectangle or more for every line."""
        document = self._document
        found: list[QRectF] = []
        first, last = document.paragraph_at(start), document.paragraph_at(max(start, end - 1))
        for number in range(first, last + 1):
            corner = QPointF(document.text_left(number), document.text_top(number) - self._scroll)
            found += [rect.translated(corner) for rect in document.rects_in(number, start, end)]
        return found

    def selection_rect(self) -> QRect:
        """The part of the viewport that the selection fills, for what must not cover it."""
        start, end = self.words()
        height = self.viewport().height()
        top = self._document.caret_rect(start).top() - self._scroll
        last = self._document.caret_rect(max(start, end - 1))
        bottom = last.bottom() - self._scroll
        columns = self._document.metrics.columns
        top, bottom = max(0.0, top), min(float(height), bottom)
        if start == end or top == last.top() - self._scroll:
            left = self._document.caret_rect(start).left()
            width = max(1, round(last.left() - left))
            return QRect(round(left), round(top), width, round(bottom - top))
        return QRect(columns.text, round(top), columns.text_width, round(bottom - top))

    def line_below(self, position: int) -> QRect:
        """The line in the viewport that is read after the one a position is on; empty at the end."""
        rect, columns = self._document.caret_rect(position), self._document.metrics.columns
        below = self._document.caret_rect(self.motion.vertical(position, 1, columns.text))
        if below.top() <= rect.top():
            return QRect()
        top = round(below.top() - self._scroll)
        return QRect(columns.text, top, columns.text_width, round(below.height()))

    def caret_area(self) -> QRect:
        """Where the caret stands in the viewport."""
        area = self._document.caret_rect(self.caret()).translated(0, -self._scroll)
        return area.toAlignedRect()

    def caret_on_screen(self) -> QPoint:
        """The foot of the caret, in pixels of the screen."""
        rect = self._document.caret_rect(self.caret()).translated(0, -self._scroll)
        return self.viewport().mapToGlobal(rect.bottomLeft().toPoint())

    # Type and size

    def reading_style(self) -> ReadingStyle:
        """Zoom, measure and family of the text."""
        return self._style

    def set_reading_style(
        self, zoom: float, measure: int, family: Family, spacing: float = 1.0
    ) -> None:
        """Set the text in this size, width in characters, family, and spacing of lines.

        1.0 is the usual size and the usual spacing.
        """
        wanted = ReadingStyle(
            zoom=min(MOST_ZOOM, max(LEAST_ZOOM, zoom)),
            measure=min(WIDEST, max(NARROWEST, measure)),
            family=family,
            spacing=min(LOOSEST, max(TIGHTEST, spacing)),
        )
        if wanted != self._style:
            self._style = wanted
            self._re_wrap()

    def set_zoom(self, zoom: float) -> None:
        """Set the size of the reading text; 1.0 is usual."""
        style = self._style
        self.set_reading_style(zoom, style.measure, style.family, style.spacing)

    def set_measure(self, characters: int) -> None:
        """Set the width of a line, 60 to 80 characters."""
        style = self._style
        self.set_reading_style(style.zoom, characters, style.family, style.spacing)

    def set_family(self, family: Family) -> None:
        """Set the words in serif or sans."""
        style = self._style
        self.set_reading_style(style.zoom, style.measure, family, style.spacing)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours and interface sizes."""
        self._set_theme(theme)

    # Caret

    def _start_blinking(self) -> None:
        flash = QGuiApplication.styleHints().cursorFlashTime()
        if flash > 0:
            self._blink.start(flash // 2)

    def _toggle_caret(self) -> None:
        self._caret_on = not self._caret_on and self.hasFocus()
        self._update_caret()

    def _update_caret(self) -> None:
        number = self._document.paragraph_at(self.caret())
        if self._document.at_hand(number) is not None:
            rect = self._document.caret_rect(self.caret()).translated(0, -self._scroll)
            self.viewport().update(rect.toAlignedRect().adjusted(-2, -2, 4, 2))

    def _focus_came(self, reason: Qt.FocusReason) -> None:
        self._ring = reason in BY_KEYBOARD
        self._caret_on = True
        self._start_blinking()
        self._update_caret()
        self.update()

    def _focus_went(self) -> None:
        self._blink.stop()
        self._caret_on = False
        self._update_caret()
        self.update()
