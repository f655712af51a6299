"""Paints the links between codings: arcs beside the stripes, arrows where the other end is far."""

from collections.abc import Iterator
from math import atan2, cos, pi, sin
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.content import LinkMark
from qualcoder_sm.ui.reading.scene import Scene

DEPTH, FLATTEST, FAR = 12, 5, 420
"""How far arcs reach to the left, at least, and for which height at most."""
WIDTH, HEAD, STUB = 1.1, 4.0, 9.0
GRAB = 8


class End(NamedTuple):
    """One end of a link beside a coding in sight: where it stands on the page."""

    link: LinkMark
    coding: Coding
    place: QPointF
    other: QPointF | None
    """The other end, when that is in sight as well."""
    downward: bool
    """Where the other end lies, when it is out of sight in this source."""


class LinkArcs:
    """The links of the source shown, as far as one of their ends is in sight."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def column(self) -> tuple[int, int]:
        """Where arcs may stand: left and width, in pixels of the viewport; no width, no arcs."""
        columns = self._scene.document.metrics.columns
        shown = self._scene.mode.stripes and columns.lanes_width and self._scene.links
        return columns.lanes - DEPTH - 2, DEPTH + 2 if shown else 0

    def paint(self, painter: QPainter, first: int, last: int) -> None:
        """Paint the arcs and arrows beside these paragraphs; the painter stands on the page."""
        if not self.column()[1]:
            return
        color = self._scene.theme.color.secondary
        for end in self.ends(first, last):
            leaves = end.link.origin == end.coding.guid
            if end.other is None:
                _paint_stub(painter, end, color, leaves=leaves)
            elif leaves:
                _paint_arc(painter, end.place, end.other, color)
        if self._scene.drawn_link is not None:
            pen = QPen(self._scene.theme.color.accent, 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(*self._scene.drawn_link)

    def ends(self, first: int, last: int) -> Iterator[End]:
        """The ends of links beside these paragraphs."""
        document, scene = self._scene.document, self._scene
        start, stop = document.starts[first], document.paragraphs[last].end
        for link in scene.links:
            codings = [scene.index.get(guid) for guid in (link.origin, link.target)]
            places = [
                self._place(coding) if coding and start <= coding.start <= stop else None
                for coding in codings
            ]
            for this, other in ((0, 1), (1, 0)):
                coding, place, beyond = codings[this], places[this], codings[other]
                if coding is None or place is None or not scene.shown(coding):
                    continue
                below = beyond is not None and beyond.start > coding.start
                yield End(link, coding, place, places[other], below)

    def _place(self, coding: Coding) -> QPointF:
        document = self._scene.document
        start, _end = document.shown_span(coding.start, coding.end)
        line = document.caret_rect(start)
        return QPointF(document.metrics.columns.lanes - 2, line.center().y())

    def at(self, first: int, last: int, page: QPointF) -> list[End]:
        """The ends of links at a point of the page."""
        left, width = self.column()
        if not width or not left - 2 <= page.x() <= left + width:
            return []
        return [
            end for end in self.ends(first, last) if abs(end.place.y() - page.y()) <= GRAB
        ]  # fmt: skip


def _paint_arc(painter: QPainter, origin: QPointF, target: QPointF, color: QColor) -> None:
    height = abs(target.y() - origin.y())
    depth = FLATTEST + (DEPTH - FLATTEST) * min(1.0, height / FAR)
    bulge = QPointF(depth * 4 / 3, 0)
    path = QPainterPath(origin)
    path.cubicTo(origin - bulge, target - bulge, target)
    painter.setPen(QPen(color, WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    _paint_head(painter, target, 0.0, color)


def _paint_stub(painter: QPainter, end: End, color: QColor, *, leaves: bool) -> None:
    """A short arrow: out at the beginning of a link, in at its end."""
    slant = 0 if not _is_here(end) else 5 if end.downward else -5
    outer = end.place + QPointF(-STUB, slant)
    painter.setPen(QPen(color, WIDTH))
    painter.drawLine(end.place, outer)
    tip, back = (outer, end.place) if leaves else (end.place, outer)
    _paint_head(painter, tip, atan2(tip.y() - back.y(), tip.x() - back.x()), color)


def _is_here(end: End) -> bool:
    return end.link.elsewhere == ""


def _paint_head(painter: QPainter, tip: QPointF, angle: float, color: QColor) -> None:
    painter.setPen(QPen(color, WIDTH))
    for turn in (pi * 0.82, -pi * 0.82):
        wing = QPointF(HEAD * cos(angle + turn), HEAD * sin(angle + turn))
        painter.drawLine(tip, tip + wing)
