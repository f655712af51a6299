"""Paints the coding stripes beside the text, and the names of their codes."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.lanes import Lanes
from qualcoder_sm.ui.reading.scene import Scene

BAR, ROUND, INSET, KEPT = 5, 2, 2.5, 2000
ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
SIGN = 6
"""The height of the triangle that points to lanes out of sight."""
REACH = 4
"""Names may run past their paragraph over this many others that begin no coding."""


class Bar(NamedTuple):
    """A stripe within one paragraph, in pixels from the paragraph's top; open where it goes on."""

    coding: Coding
    lane: int
    top: float
    bottom: float
    begins: bool
    ends: bool


class Stripes:
    """Bars in lanes and names in a column. Needs the paragraphs of a block laid out."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._lanes = Lanes(scene)
        self._bars: dict[int, list[Bar]] = {}
        self._styles: dict[tuple[bool, str], tuple[QColor, QBrush]] = {}
        self._elided: dict[tuple[str, bool], str] = {}
        self.first_lane = 0
        self.lit: frozenset[str] = frozenset()

    def forget_all(self) -> None:
        """Everything may have changed."""
        self._lanes.forget_all()
        self._bars.clear()
        self._styles.clear()
        self._elided.clear()

    def rearranged(self, numbers: range, blocks: range, in_sight: range) -> range:
        """Codings of these paragraphs changed, which lie in these blocks.

        Returns the paragraphs in sight beside which a bar moved.
        """
        document = self._scene.document
        first, last = len(document.paragraphs), -1
        for block in blocks:
            if block not in in_sight:
                self._lanes.forget(block)
                self._forget_bars(document.paragraphs_of_block(block))
                continue
            for start, end in self._moved_spans(block):
                first = min(first, document.paragraph_at(start))
                last = max(last, document.paragraph_at(end - 1))
        moved = range(first, last + 1)
        self._forget_bars(numbers)
        self._forget_bars(moved)
        return moved

    def _moved_spans(self, block: int) -> list[tuple[int, int]]:
        guids = self._lanes.moved_in(block)
        if guids is None:
            document = self._scene.document
            numbers = document.paragraphs_of_block(block)
            return [(document.starts[numbers.start], document.paragraphs[numbers.stop - 1].end)]
        codings = self._scene.index.in_block(block) if guids else ()
        return [(coding.start, coding.end) for coding in codings if coding.guid in guids]

    def _forget_bars(self, numbers: range) -> None:
        if len(numbers) > len(self._bars):
            self._bars.clear()
        for number in numbers if self._bars else ():
            self._bars.pop(number, None)

    def bars_of(self, number: int) -> list[Bar]:
        """The stripes beside a paragraph, in reading order."""
        found = self._bars.get(number)
        if found is None:
            if len(self._bars) > KEPT:
                self._bars.clear()
            found = self._bars[number] = self._made(number)
        return found

    def _made(self, number: int) -> list[Bar]:
        document = self._scene.document
        codings = self._scene.codings_of(number)
        if not codings:
            return []
        lanes = self._lanes.of_block(document.block_of(number))
        return [self._bar(number, coding, lanes[coding.guid]) for coding in codings]

    def _bar(self, number: int, coding: Coding, lane: int) -> Bar:
        document, pitch = self._scene.document, self._scene.document.metrics.pitch
        paragraph, laid = document.paragraphs[number], document.laid(number)
        above = document.above_text(number)
        top, bottom = 0.0, float(document.heights[number])
        begins = number == 0 or coding.start >= document.paragraphs[number - 1].end
        if begins:
            local = max(0, coding.start - paragraph.start)
            top = above + laid.line_of(local) * pitch + INSET
        ends = number + 1 >= len(document.starts) or coding.end <= document.starts[number + 1]
        if ends:
            local = min(coding.end, paragraph.end) - paragraph.start
            bottom = above + (laid.line_of(max(0, local - 1)) + 1) * pitch - INSET
        return Bar(coding, lane, top, bottom, begins, ends)

    def at(self, number: int, page: QPointF) -> str:
        """The guid of the coding whose stripe stands at a point of the page, or empty."""
        pitch, top = self.pitch_of(number), self._scene.document.top(number)
        for bar in self.bars_of(number):
            if self.lane_rect(bar, pitch).translated(0, top).adjusted(-2, 0, 2, 0).contains(page):
                return bar.coding.guid
        return ""

    def lane_rect(self, bar: Bar, pitch: int) -> QRectF:
        """Where a bar stands: x in the viewport, y from its paragraph's top."""
        x = self._scene.document.metrics.columns.lanes
        return QRectF(
            x + (bar.lane - self.first_lane) * pitch + 0.5,
            bar.top,
            min(BAR, pitch - 2) - 1,
            bar.bottom - bar.top,
        )

    def pitch_of(self, number: int) -> int:
        """The distance of the lanes beside a paragraph: narrower when there are many."""
        return self._lanes.pitch_in(self._scene.document.block_of(number))

    def paint_bars(self, painter: QPainter, number: int) -> None:
        """Paint the stripes beside one paragraph; the painter stands on the page."""
        bars = self.bars_of(number)
        if not bars:
            return
        document = self._scene.document
        columns = document.metrics.columns
        painter.save()
        painter.translate(0, document.top(number))
        painter.setClipRect(
            QRect(columns.lanes - 1, 0, columns.lanes_width + 2, document.heights[number]),
            Qt.ClipOperation.IntersectClip,
        )
        pitch = self.pitch_of(number)
        for bar in bars:
            self._paint_bar(painter, bar, pitch)
        painter.restore()
        self._paint_signs(painter, number, pitch)

    def _paint_signs(self, painter: QPainter, number: int, pitch: int) -> None:
        """Point to lanes that are out of sight, beside the paragraphs where their bars begin."""
        document = self._scene.document
        columns, top = document.metrics.columns, document.top(number)
        fit = columns.lanes_width // pitch
        hidden = {
            (bar.top, bar.lane >= self.first_lane)
            for bar in self.bars_of(number)
            if bar.begins and not 0 <= bar.lane - self.first_lane < fit
        }
        color = self._scene.theme.color.text
        for bar_top, right in hidden:
            x = columns.lanes + columns.lanes_width + 2 if right else columns.lanes - 2
            _draw_sign(painter, QPoint(x, round(top + bar_top) + SIGN), color, right=right)

    def out_of_sight(self, number: int) -> int:
        """How many stripes beside a paragraph stand in lanes out of sight."""
        fit = self._scene.document.metrics.columns.lanes_width // self.pitch_of(number)
        return sum(not 0 <= bar.lane - self.first_lane < fit for bar in self.bars_of(number))

    def _paint_bar(self, painter: QPainter, bar: Bar, pitch: int) -> None:
        scene = self._scene
        ink, brush = self._style(bar.coding)
        rect = self.lane_rect(bar, pitch)
        rect.adjust(0, 0 if bar.begins else -8, 0, 0 if bar.ends else 8)
        if scene.hovered:
            painter.setOpacity(1.0 if bar.coding.guid in scene.hovered else 0.4)
        painter.setPen(ink)
        painter.setBrush(brush)
        painter.drawRoundedRect(rect, ROUND, ROUND)

    def _style(self, coding: Coding) -> tuple[QColor, QBrush]:
        """Outline and filling of a bar; hatched for another coder's."""
        own, colour = self._scene.is_own(coding), self._scene.color_of(coding)
        found = self._styles.get((own, colour))
        if found is None:
            ink = self._scene.theme.ink(colour)
            brush = QBrush(QColor(colour)) if own else QBrush(ink, Qt.BrushStyle.BDiagPattern)
            found = self._styles[own, colour] = ink, brush
        return found

    def paint_names(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the names of the codings that begin in these paragraphs or just above."""
        for number in range(self.named_above(first), last + 1):
            starting = [bar for bar in self.bars_of(number) if bar.begins]
            if starting:
                self._paint_names_of(painter, number, starting)

    def named_above(self, number: int) -> int:
        """The paragraph above whose names may run down to this one."""
        least = max(0, number - REACH)
        for other in range(number - 1, least, -1):
            if any(bar.begins for bar in self.bars_of(other)):
                return other
        return least

    def named_below(self, number: int) -> int:
        """The paragraph down to which the names of this one may run."""
        most = min(number + REACH, len(self._scene.document.paragraphs) - 1)
        for other in range(number + 1, most):
            if any(bar.begins for bar in self.bars_of(other)):
                return other
        return most

    def _paint_names_of(self, painter: QPainter, number: int, bars: list[Bar]) -> None:
        step, top = self._scene.document.metrics.small_line, self._scene.document.top(number)
        limit, line = self._limit(number), 0.0
        for position, bar in enumerate(bars):
            line = max(top + bar.top - INSET, line)
            rest = len(bars) - position
            if position and rest > 1 and line + 2 * step > limit:
                self._paint_rest(painter, line, rest)
                return
            self._paint_name(painter, line + 1, bar.coding)
            line += step

    def _limit(self, number: int) -> float:
        """The height that the names of a paragraph may fill: to the next names."""
        document = self._scene.document
        other = self.named_below(number)
        starting = [bar.top for bar in self.bars_of(other) if bar.begins and other > number]
        return document.top(other) + min(starting) - INSET if starting else document.bottom(other)

    def _paint_name(self, painter: QPainter, top: float, coding: Coding) -> None:
        scene = self._scene
        lit = coding.guid in self.lit
        name = scene.look(coding.code).name
        if not scene.is_own(coding):
            name = f"{scene.coders.initials_of(coding.coder)} · {name}"
        painter.setPen(scene.theme.color.text if lit else scene.theme.color.secondary)
        self._write(painter, top, name, bold=lit)

    def _paint_rest(self, painter: QPainter, top: float, count: int) -> None:
        painter.setPen(self._scene.theme.color.muted)
        self._write(painter, top + 1, tr("and {count} more", count=count), bold=False)

    def _write(self, painter: QPainter, top: float, words: str, *, bold: bool) -> None:
        metrics = self._scene.document.metrics
        width = metrics.columns.names_width
        font = metrics.small_bold_font if bold else metrics.small_font
        elided = self._elided.get((words, bold))
        if elided is None:
            elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
            self._elided[words, bold] = elided
        painter.setFont(font)
        place = QRectF(metrics.columns.names, top, width, metrics.small_line)
        painter.drawText(place, ONE_LINE, elided)


def _draw_sign(painter: QPainter, tip: QPoint, color: QColor, *, right: bool) -> None:
    """A small triangle of whole pixels, which look the same wherever painting was cut."""
    for step in range(SIGN // 2 + 1):
        x = tip.x() - step if right else tip.x() + step
        painter.fillRect(x, tip.y() - step, 1, 2 * step + 1, color)
