"""Paints the page: margin, words with what lies behind them, stripes, selection and caret."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

from qualcoder_sm.model import Unit
from qualcoder_sm.ui.reading.arcs import LinkArcs
from qualcoder_sm.ui.reading.content import Numbers
from qualcoder_sm.ui.reading.highlights import Plan
from qualcoder_sm.ui.reading.laid import Laid
from qualcoder_sm.ui.reading.margin import MarginPainter, is_gone
from qualcoder_sm.ui.reading.scene import Scene
from qualcoder_sm.ui.reading.stripes import Stripes

OUTLINE, BAR, HANDLE = 1.5, 2, 3
ORIGIN = QPointF(0, 0)
BESIDE = 14
"""How far the tint of a selected post reaches to both sides of its words."""
TEXT_HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing


class PagePainter:
    """Paints the paragraphs in a part of the page, and nothing outside of it."""

    def __init__(self, scene: Scene, stripes: Stripes, arcs: LinkArcs) -> None:
        self._scene = scene
        self._stripes = stripes
        self._margin = MarginPainter(scene)
        self._arcs = arcs
        self._outlined: frozenset[str] = frozenset()
        self.height = 0
        """The height of the viewport."""

    def paint(self, painter: QPainter, exposed: QRect, scroll: int, *, caret: bool) -> None:
        """Paint a part of the viewport, of which `scroll` is the height on the page."""
        scene = self._scene
        painter.fillRect(exposed, scene.theme.color.paper)
        painter.setRenderHints(TEXT_HINTS)
        painter.translate(0, -scroll)
        page = exposed.translated(0, scroll)
        self._look_around()
        document = scene.document
        first = document.paragraph_at_y(page.top())
        last = document.paragraph_at_y(page.bottom())
        if page.top() < document.first_top:
            self._margin.paint_preface(painter)
        columns = document.metrics.columns
        beside = BESIDE if scene.lit_units != (-1, -1) else 1
        if page.left() <= columns.text + columns.text_width + beside:
            for number in range(first, last + 1):
                self._paint_paragraph(painter, number, page)
        self._paint_stripes(painter, first, last, page)
        self._arcs.paint(painter, *self._in_sight(scroll))
        self._paint_handles(painter, first, last)
        if caret and scene.anchor == scene.caret:
            self._paint_caret(painter)

    def _in_sight(self, scroll: int) -> tuple[int, int]:
        """The first and last paragraph in the whole viewport: an arc is drawn the same in all."""
        document = self._scene.document
        return document.paragraph_at_y(scroll), document.paragraph_at_y(scroll + self.height)

    def prepare(self, number: int) -> None:
        """Work out ahead what a paragraph will need when it comes into sight."""
        plan = self._scene.plan_of(number)
        for fill in plan.fills:
            self._scene.theme.tint(fill.colours)
        self._stripes.bars_of(number)

    def _paint_stripes(self, painter: QPainter, first: int, last: int, page: QRect) -> None:
        columns = self._scene.document.metrics.columns
        if not self._scene.mode.stripes or not columns.lanes_width:
            return
        if page.right() < columns.lanes - 2:
            return
        for number in range(first, last + 1):
            self._stripes.paint_bars(painter, number)
        painter.setOpacity(1)
        if columns.names_width:
            self._stripes.paint_names(painter, first, last)

    def _paint_paragraph(self, painter: QPainter, number: int, page: QRect) -> None:
        document = self._scene.document
        unit = document.unit_of(number)
        if unit is not None:
            self._margin.paint(painter, number, unit)
        if self._scene.numbers is not Numbers.NONE:
            self._margin.paint_number(painter, number)
        corner = QPointF(document.text_left(number), document.text_top(number))
        painter.translate(corner)
        clip = QRectF(page).translated(-corner)
        self._paint_behind(painter, number, clip)
        self._paint_words(painter, number, unit, clip)
        painter.translate(-corner)

    def _paint_behind(self, painter: QPainter, number: int, clip: QRectF) -> None:
        scene = self._scene
        if scene.mode.highlights:
            plan = scene.plan_of(number)
            if plan.fills:
                self._paint_plan(painter, number, plan, clip)
        if scene.hits:
            self._paint_hits(painter, number)
        whole = scene.document.paragraphs[number].unit == scene.whole_unit != -1
        if scene.anchor != scene.caret and not whole:
            self._paint_selection(painter, number)

    def _paint_plan(self, painter: QPainter, number: int, plan: Plan, clip: QRectF) -> None:
        theme, hovered = self._scene.theme, self._scene.hovered
        top, bottom = clip.top(), clip.bottom()
        for fill in plan.fills:
            rect = fill.rect
            if rect.top() > bottom or rect.bottom() < top:
                continue
            dim = hovered and not any(coding.guid in hovered for coding in fill.codings)
            tint = theme.dimmed_tint(fill.colours) if dim else theme.tint(fill.colours)
            painter.fillRect(rect, tint)
        for line in plan.lines:
            if top <= line.rect.bottom() and line.rect.top() <= bottom:
                ink = theme.ink(line.colour)
                faded = hovered and line.coding.guid not in hovered
                painter.fillRect(line.rect, _faded(ink) if faded else ink)
        if self._outlined:
            self._paint_outlines(painter, number, plan)

    def _look_around(self) -> None:
        """Outline the coding under the pointer, the one around the caret, and a flashing one.

        The names of those pointed at and of all around the selection are bold.
        """
        scene, active = self._scene, self._scene.active()
        extra = {scene.flashed, active.guid if active else ""} - {""}
        self._outlined = scene.hovered | extra
        around = scene.around() if scene.anchor != scene.caret else ()
        selected = (coding.guid for coding in around)
        self._stripes.lit = self._outlined.union(selected)

    def _paint_outlines(self, painter: QPainter, number: int, plan: Plan) -> None:
        scene = self._scene
        here = {coding.guid: coding for fill in plan.fills for coding in fill.codings}
        for guid in self._outlined & here.keys():
            coding = here[guid]
            width = 3.0 if guid == scene.flashed else OUTLINE
            ink = scene.theme.ink(scene.color_of(coding))
            for rect in scene.document.rects_in(number, coding.start, coding.end):
                _outline(painter, rect, ink, width)

    def _paint_hits(self, painter: QPainter, number: int) -> None:
        scene, paragraph = self._scene, self._scene.document.paragraphs[number]
        for hit in scene.hits_in(paragraph.start, paragraph.end):
            for rect in scene.document.rects_in(number, hit.start, hit.end):
                painter.fillRect(rect, scene.theme.color.search)
                if hit == scene.current_hit:
                    _outline(painter, rect, scene.theme.color.warning, 1)

    def _paint_selection(self, painter: QPainter, number: int) -> None:
        scene, document = self._scene, self._scene.document
        start, end = scene.selection
        paragraph, pitch = document.paragraphs[number], document.metrics.pitch
        if start > paragraph.end or end < paragraph.start:
            return
        for rect in document.rects_in(number, start, end):
            painter.fillRect(rect, scene.theme.color.selection)
        laid = document.laid(number)
        for edge, find in ((start, laid.leading), (end, laid.trailing)):
            if paragraph.start <= edge <= paragraph.end:
                x, line = find(edge - paragraph.start)
                bar = QRectF(x - BAR / 2, line * pitch, BAR, pitch)
                painter.fillRect(bar, scene.theme.color.accent)

    def _paint_words(self, painter: QPainter, number: int, unit: Unit | None, clip: QRectF) -> None:
        scene, colors = self._scene, self._scene.theme.color
        laid = scene.document.laid(number)
        quiet = unit is not None and unit.interviewer
        if unit is not None and is_gone(unit):
            self._margin.paint_removed(painter, number)
            return
        coded = QRegion()
        if quiet and scene.mode.highlights:
            for fill in scene.plan_of(number).fills:
                coded += fill.rect.toRect()
        painter.setPen(colors.secondary if quiet else colors.text)
        if coded.isEmpty():
            laid.layout.draw(painter, ORIGIN, [], clip)
        else:
            self._paint_in_two_tones(painter, laid, coded, clip)

    def _paint_in_two_tones(
        self, painter: QPainter, laid: Laid, coded: QRegion, clip: QRectF
    ) -> None:
        """Coded words of an interviewer are as dark as anybody's."""
        plain = QRegion(clip.toAlignedRect()).subtracted(coded)
        colors = self._scene.theme.color
        for part, pen in ((plain, colors.secondary), (coded, colors.text)):
            painter.save()
            painter.setClipRegion(part, Qt.ClipOperation.IntersectClip)
            painter.setPen(pen)
            laid.layout.draw(painter, ORIGIN, [], clip)
            painter.restore()

    def _paint_handles(self, painter: QPainter, first: int, last: int) -> None:
        scene = self._scene
        active = scene.active()
        if active is None or not scene.mode.highlights:
            return
        ink = scene.theme.ink(scene.look(active.code).color)
        for rect in handle_rects(scene, active.start, active.end):
            if first <= scene.document.paragraph_at_y(int(rect.center().y())) <= last:
                painter.fillRect(rect, ink)

    def _paint_caret(self, painter: QPainter) -> None:
        scene = self._scene
        rect = scene.document.caret_rect(scene.caret)
        rect.setWidth(BAR)
        painter.fillRect(rect.adjusted(0, 3, 0, -3), scene.theme.color.text)


def handle_rects(scene: Scene, start: int, end: int) -> list[QRectF]:
    """The bars at both ends of a coding, by which it can be drawn longer or shorter."""
    document = scene.document
    start, end = document.shown_span(start, end)
    first, last = document.paragraph_at(start), document.paragraph_at(max(start, end - 1))
    begins = document.laid(first).leading(start - document.starts[first])
    ends = document.laid(last).trailing(end - document.starts[last])
    return [_handle(scene, first, begins), _handle(scene, last, ends)]


def _handle(scene: Scene, number: int, place: tuple[float, int]) -> QRectF:
    document, pitch = scene.document, scene.document.metrics.pitch
    left = document.text_left(number) + place[0] - HANDLE / 2
    return QRectF(left, document.text_top(number) + place[1] * pitch, HANDLE, pitch)


def _outline(painter: QPainter, rect: QRectF, color: QColor, width: float) -> None:
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRect(rect.adjusted(half, half, -half, -half))


def _faded(color: QColor) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(0.5)
    return faded
