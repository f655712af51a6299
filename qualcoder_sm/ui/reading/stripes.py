"""Paints the coding stripes beside the text, and the names of their codes."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.lanes import Lanes
from qualcoder_sm.ui.reading.metrics import LANE, LANES, NARROW_LANE
from qualcoder_sm.ui.reading.scene import Scene

BAR, ROUND, INSET = 5, 2, 2.5
REACH = 4
"""Names may run past their paragraph over this many others that begin no coding."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stripe within one paragraph, in pixels of the page; open where it goes on."""

    coding: Coding
    lane: int
    top: float
    bottom: float
    begins: bool


class Stripes:
    """Bars in lanes and names in a column. Needs the paragraphs of a block laid out."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.lanes = Lanes(scene)
        self.first_lane = 0

    def bars_of(self, number: int) -> list[Bar]:
        """The stripes beside a paragraph, in reading order."""
        document = self._scene.document
        codings = self._scene.codings_of(number)
        if not codings:
            return []
        lanes = self.lanes.of_block(document.block_of(number))
        return [self._bar(number, coding, lanes[coding.guid]) for coding in codings]

    def _bar(self, number: int, coding: Coding, lane: int) -> Bar:
        document, pitch = self._scene.document, self._scene.document.metrics.pitch
        paragraph, laid = document.paragraphs[number], document.laid(number)
        text_top = document.text_top(number)
        top, bottom = float(document.top(number)), float(document.bottom(number))
        begins = number == 0 or coding.start >= document.paragraphs[number - 1].end
        if begins:
            local = max(0, coding.start - paragraph.start)
            top = text_top + laid.line_of(local) * pitch + INSET
        if self._ends(number, coding):
            local = min(coding.end, paragraph.end) - paragraph.start
            bottom = text_top + (laid.line_of(max(0, local - 1)) + 1) * pitch - INSET
        return Bar(coding, lane, top, bottom, begins)

    def _ends(self, number: int, coding: Coding) -> bool:
        starts = self._scene.document.starts
        return number + 1 >= len(starts) or coding.end <= starts[number + 1]

    def lane_rect(self, bar: Bar, pitch: int) -> QRectF:
        """Where a bar stands, in pixels of the page."""
        x = self._scene.document.metrics.columns.lanes
        return QRectF(
            x + (bar.lane - self.first_lane) * pitch + 0.5,
            bar.top,
            min(BAR, pitch - 2) - 1,
            bar.bottom - bar.top,
        )

    def pitch_of(self, number: int) -> int:
        """The distance of the lanes beside a paragraph: narrower when there are many."""
        lanes = self.lanes.of_block(self._scene.document.block_of(number))
        return LANE if max(lanes.values(), default=0) < LANES else NARROW_LANE

    def paint_bars(self, painter: QPainter, number: int) -> None:
        """Paint the stripes beside one paragraph; the painter stands on the page."""
        bars = self.bars_of(number)
        if not bars:
            return
        document = self._scene.document
        columns, top = document.metrics.columns, document.top(number)
        painter.save()
        painter.setClipRect(
            QRect(columns.lanes - 1, top, columns.lanes_width + 2, document.heights[number]),
            Qt.ClipOperation.IntersectClip,
        )
        pitch = self.pitch_of(number)
        for bar in bars:
            self._paint_bar(painter, bar, pitch, self._ends(number, bar.coding))
        painter.restore()

    def _paint_bar(self, painter: QPainter, bar: Bar, pitch: int, ends: bool) -> None:
        scene = self._scene
        colour = scene.look(bar.coding.code).color
        rect = self.lane_rect(bar, pitch)
        rect.adjust(0, 0 if bar.begins else -8, 0, 0 if ends else 8)
        painter.setOpacity(0.4 if scene.hovered and bar.coding.guid not in scene.hovered else 1)
        painter.setPen(QPen(scene.theme.ink(colour), 1))
        painter.setBrush(self._brush(bar.coding, colour))
        painter.drawRoundedRect(rect, ROUND, ROUND)

    def _brush(self, coding: Coding, colour: str) -> QBrush:
        if self._scene.is_own(coding):
            return QBrush(QColor(colour))
        return QBrush(self._scene.theme.ink(colour), Qt.BrushStyle.BDiagPattern)

    def paint_names(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the names of the codings that begin in these paragraphs or just above."""
        for number in range(max(0, first - REACH), last + 1):
            starting = [bar for bar in self.bars_of(number) if bar.begins]
            if starting:
                self._paint_names_of(painter, number, starting)

    def _paint_names_of(self, painter: QPainter, number: int, bars: list[Bar]) -> None:
        step = self._scene.document.metrics.small_line
        limit, line = self._limit(number), bars[0].top - INSET
        for position, bar in enumerate(bars):
            line = max(bar.top - INSET, line)
            rest = len(bars) - position
            if position and rest > 1 and line + 2 * step > limit:
                self._paint_rest(painter, line, rest)
                return
            self._paint_name(painter, line + 1, bar.coding)
            line += step

    def _limit(self, number: int) -> float:
        """The height that the names of a paragraph may fill: to the next names."""
        document = self._scene.document
        last = min(number + REACH, len(document.paragraphs) - 1)
        for other in range(number + 1, last + 1):
            starting = [bar.top for bar in self.bars_of(other) if bar.begins]
            if starting:
                return min(starting) - INSET
        return document.bottom(last)

    def _paint_name(self, painter: QPainter, top: float, coding: Coding) -> None:
        scene = self._scene
        lit = coding.guid in scene.hovered
        metrics = scene.document.metrics
        name = scene.look(coding.code).name
        if not scene.is_own(coding):
            name = f"{scene.coders.initials_of(coding.coder)} · {name}"
        painter.setPen(scene.theme.color.text if lit else scene.theme.color.secondary)
        self._write(painter, top, name, metrics.small_bold_font if lit else metrics.small_font)

    def _paint_rest(self, painter: QPainter, top: float, count: int) -> None:
        painter.setPen(self._scene.theme.color.muted)
        words = tr("and {count} more", count=count)
        self._write(painter, top + 1, words, self._scene.document.metrics.small_font)

    def _write(self, painter: QPainter, top: float, words: str, font: QFont) -> None:
        columns = self._scene.document.metrics.columns
        width = columns.names_width
        painter.setFont(font)
        elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
        place = QRectF(columns.names, top, width, self._scene.document.metrics.small_line)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)
