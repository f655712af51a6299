"""The scrolling page: paints what is in sight, blits what stays, and makes heights exact."""

from time import perf_counter

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QRect,
    QRectF,
    QSignalBlocker,
    Qt,
    QTimer,
    QVariantAnimation,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from qualcoder_sm.ui.reading.arcs import LinkArcs
from qualcoder_sm.ui.reading.content import SourceContent
from qualcoder_sm.ui.reading.document import Document
from qualcoder_sm.ui.reading.metrics import Metrics, ReadingStyle
from qualcoder_sm.ui.reading.minimap import MINIMAP_WIDTH, Minimap
from qualcoder_sm.ui.reading.painter import PagePainter
from qualcoder_sm.ui.reading.scene import Scene
from qualcoder_sm.ui.reading.stripes import REACH, Stripes
from qualcoder_sm.ui.theme import LIGHT, Theme

RING = 2
GLIDE = 120
"""Milliseconds of movement when jumping."""
IDLE_AFTER, IDLE_PAUSE, IDLE_SLICE = 120, 8, 0.004
"""Milliseconds of rest before idle work, between its slices, and seconds in one slice."""
IDLE_REACH = 20_000
"""Paragraphs to both sides whose heights are made exact without being looked at."""
NO_MINIMAP_BELOW = 660


class Surface(QAbstractScrollArea):
    """A page of one source that scrolls by moving what is painted already.

    `_scroll` is the height of the page at the viewport's top. When a paragraph above it turns
    out to be higher or lower than estimated, `_scroll` moves along and nothing is repainted.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._style = ReadingStyle()
        self._scroll = 0
        self._caret_on = False
        self._ring = False
        self._scene = Scene(Document(SourceContent("", ""), self._metrics("")), self._theme)
        self._stripes = Stripes(self._scene)
        self._arcs = LinkArcs(self._scene)
        self._painter = PagePainter(self._scene, self._stripes, self._arcs)
        self._minimap = Minimap(self._scene, self)
        self._minimap.scrollRequested.connect(self._scroll_to)
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._work_idly)
        self._placing = False
        self._idle_reach = 0
        self._glide = QVariantAnimation(self, duration=GLIDE)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._scroll_to)
        self._glide.finished.connect(self._after_glide)
        self._gliding = False
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        viewport = self.viewport()
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        viewport.setMouseTracking(True)
        viewport.setCursor(Qt.CursorShape.IBeamCursor)
        viewport.setAutoFillBackground(False)

    @property
    def _document(self) -> Document:
        return self._scene.document

    def _metrics(self, content: SourceContent | str) -> Metrics:
        kind = content.kind if isinstance(content, SourceContent) else SourceContent("", "").kind
        return Metrics(self._theme, self._style, self.viewport().width(), kind)

    def _show_document(self, content: SourceContent) -> None:
        self._scene.set_document(Document(content, self._metrics(content)))
        self._stripes.forget_all()
        self._scroll = 0
        self._settle()
        self.viewport().update()
        self._minimap.reload()

    def _re_wrap(self) -> None:
        """Lay out anew for other fonts or widths, with the same words at the top."""
        document = self._document
        y = self._scroll
        position = document.position_at(document.metrics.columns.text, y) if y else 0
        above = document.caret_rect(position).top() - y if y else 0
        document.set_metrics(self._metrics(document.content))
        self._stripes.forget_all()
        if y:
            self._measure_around(document.paragraph_at(position))
            self._scroll = max(0, round(document.caret_rect(position).top() - above))
        self._settle()
        self.viewport().update()
        self._minimap.reload()

    def _measure_around(self, number: int) -> None:
        """Make the heights exact for a page above and below a paragraph."""
        document, height = self._document, self.viewport().height()
        for numbers in (range(number, -1, -1), range(number + 1, len(document.paragraphs))):
            seen = 0
            for other in numbers:
                self._measure(other)
                seen += document.heights[other]
                if seen > height:
                    break

    def _measure(self, number: int) -> None:
        document = self._document
        if document.is_exact(number):
            return
        top = document.top(number)
        grown = document.measure(number)
        if grown and top < self._scroll:
            self._scroll += grown

    def _settle(self) -> None:
        """Make the heights in and around the viewport exact, and the scroll bar agree."""
        document = self._document
        while True:
            inexact = [n for n in self._near_numbers() if not document.is_exact(n)]
            if not inexact:
                break
            for number in inexact:
                self._measure(number)
        self._sync_bar()
        self._idle_reach = 0
        self._idle.start(IDLE_AFTER)

    def _near_numbers(self) -> range:
        """The paragraphs of all blocks that the painting of the viewport looks at."""
        document = self._document
        first = document.paragraph_at_y(self._scroll) - REACH
        last = document.paragraph_at_y(self._scroll + self.viewport().height()) + REACH
        last = min(last, len(document.paragraphs) - 1)
        start = document.paragraphs_of_block(document.block_of(max(0, first))).start
        return range(start, document.paragraphs_of_block(document.block_of(last)).stop)

    def _sync_bar(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        most = max(0, self._document.height - height)
        self._scroll = min(self._scroll, most)
        with QSignalBlocker(bar):
            bar.setRange(0, most)
            bar.setPageStep(height)
            bar.setSingleStep(self._document.metrics.pitch)
            bar.setValue(self._scroll)
        self._minimap.set_view(self._scroll, height)

    def _scroll_to(self, y: object) -> None:
        self.verticalScrollBar().setValue(round(float(y)))  # pyright: ignore[reportArgumentType] a number

    def set_gliding(self, on: bool) -> None:
        """Whether a jump is seen as a short movement."""
        self._gliding = on

    def _jump_scroll(self, y: float) -> None:
        """Scroll to a height; what is further than a page is jumped over, the rest glides."""
        self._glide.stop()
        most = self.verticalScrollBar().maximum()
        target, height = min(max(0.0, y), float(most)), self.viewport().height()
        if not self._gliding or not self.isVisible() or abs(target - self._scroll) < 2:
            self._scroll_to(target)
            return
        far = target - self._scroll
        if abs(far) > height:
            self._scroll_to(target - (height / 2 if far > 0 else -height / 2))
        self._glide.setStartValue(float(self._scroll))
        self._glide.setEndValue(target)
        self._glide.start()

    def _after_glide(self) -> None:
        """For those who must see what was jumped to."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted, and paint what appears."""
        before, self._scroll = self._scroll, self.verticalScrollBar().value()
        moved = before - self._scroll
        self._settle()
        if self.devicePixelRatioF().is_integer():
            self.viewport().scroll(0, moved)
            self._update_arcs()
        else:
            self.viewport().update()
        self._after_scroll()

    def _update_arcs(self) -> None:
        """Repaint the links, which end elsewhere when other codings are in sight."""
        left, width = self._arcs.column()
        if width:
            self.viewport().update(left, 0, width, self.viewport().height())

    def _after_scroll(self) -> None:
        """For those who keep something beside the page."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the text to the new width; the reading place stays."""
        if self._placing:  # the viewport got another width, and will get its last
            return
        self._placing = True
        self._place_minimap()
        self._placing = False
        if self._metrics(self._document.content).columns != self._document.metrics.columns:
            self._re_wrap()
        else:
            self._settle()
            self._minimap.reload()

    def _place_minimap(self) -> None:
        wide = self.width() >= NO_MINIMAP_BELOW
        policy = Qt.ScrollBarPolicy
        bars = policy.ScrollBarAlwaysOff if wide else policy.ScrollBarAlwaysOn
        if self.verticalScrollBarPolicy() is not bars:
            self.setVerticalScrollBarPolicy(bars)
        right = RING + (MINIMAP_WIDTH if wide else 0)
        self.setViewportMargins(RING, RING, right, RING)
        self._minimap.setVisible(wide)
        place = QRect(self.width() - RING - MINIMAP_WIDTH, RING, MINIMAP_WIDTH, self.height())
        self._minimap.setGeometry(place.adjusted(0, 0, 0, -2 * RING))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts of the page that were uncovered or changed."""
        painter = QPainter(self.viewport())
        self._painter.height = self.viewport().height()
        for rect in event.region():  # pyright: ignore[reportGeneralTypeIssues] it is iterable
            painter.save()
            painter.setClipRect(rect)
            self._painter.paint(painter, rect, self._scroll, caret=self._caret_on)
            painter.restore()

    def event(self, event: QEvent) -> bool:
        """Paint the focus ring around the viewport, whose scrolling it must not disturb."""
        handled = super().event(event)
        if event.type() is QEvent.Type.Paint:
            painter = QPainter(self)
            ring = self._ring and self.hasFocus()
            color = self._theme.color.focus if ring else self._theme.color.paper
            painter.setPen(QPen(color, RING))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        return handled

    def _work_idly(self) -> None:
        """Lay out the next pages, then make all heights exact, a few milliseconds at a time."""
        ends = perf_counter() + IDLE_SLICE
        numbers = self._near_numbers()
        count = len(self._document.paragraphs)
        reach = self._idle_reach
        while perf_counter() < ends:
            after, before = numbers.stop + reach, numbers.start - 1 - reach
            if (after >= count and before < 0) or reach > IDLE_REACH:
                self._sync_bar()
                self._minimap.reload()
                return
            for number in (after, before):
                if 0 <= number < count:
                    self._prepare(number, near=reach < 32)
            reach += 1
        self._idle_reach = reach
        self._sync_bar()
        self._idle.start(IDLE_PAUSE)

    def _prepare(self, number: int, *, near: bool) -> None:
        document = self._document
        if near:
            self._measure(number)
            self._painter.prepare(number)
            return
        if not document.is_exact(number):
            top = document.top(number)
            grown = document.measure_only(number)
            if grown and top < self._scroll:
                self._scroll += grown

    def _update_paragraphs(self, numbers: range) -> None:
        """Repaint some paragraphs as far as they are in sight, with the gap below them."""
        document = self._document
        first = document.paragraph_at_y(self._scroll)
        last = document.paragraph_at_y(self._scroll + self.viewport().height())
        start, stop = max(numbers.start, first), min(numbers.stop, last + 1)
        if start >= stop:
            return
        top = document.top(start) - self._scroll
        height = document.bottom(stop - 1) - document.top(start)
        self.viewport().update(0, top - 2, self.viewport().width(), height + 12)

    def _update_stripes(self, numbers: range) -> None:
        """Repaint the stripes beside these paragraphs, and the names that they push about."""
        document, columns = self._document, self._document.metrics.columns
        if not self._scene.mode.stripes or not columns.lanes_width or not numbers:
            return
        near = self._near_numbers()
        if numbers.stop <= near.start or near.stop <= numbers.start:
            return
        first = self._stripes.named_above(max(numbers.start, near.start))
        last = self._stripes.named_below(min(numbers.stop, near.stop) - 1)
        top = max(0, document.top(first) - self._scroll)
        bottom = min(self.viewport().height(), document.bottom(last) - self._scroll)
        if top < bottom:
            left = columns.lanes - 2
            self.viewport().update(left, top, self.viewport().width() - left, bottom - top)

    def _blocks_in_sight(self, blocks: range) -> range:
        """Those of the blocks that the painting of the viewport looks at."""
        near, document = self._near_numbers(), self._document
        first, last = document.block_of(near.start), document.block_of(near.stop - 1)
        return range(max(blocks.start, first), min(blocks.stop, last + 1))

    def _to_page(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self._scroll)

    def _set_theme(self, theme: Theme) -> None:
        if theme == self._theme:
            return
        self._theme = self._scene.theme = theme
        self._re_wrap()
        self.update()
