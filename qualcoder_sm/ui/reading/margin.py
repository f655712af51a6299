"""Paints what stands around the words: who speaks and when, and the heads of posts."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Unit
from qualcoder_sm.ui.reading.content import Numbers, below_name
from qualcoder_sm.ui.reading.metrics import INDENT
from qualcoder_sm.ui.reading.scene import Scene

ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
RIGHT = Qt.AlignmentFlag.AlignRight | ONE_LINE
LEFT = Qt.AlignmentFlag.AlignLeft | ONE_LINE
PAGE_GAP = 6
"""Between the number of a page and the rule beside it."""
NUMBER_OUT, NUMBER_IN = 14, 16
"""How far numbers reach to the left of the margin, and into it."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MarginPainter:
    """Names, times, roles and post heads. The painter stands on the page, or on the words."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def paint(self, painter: QPainter, number: int, unit: Unit) -> None:
        """Paint what belongs to a paragraph beside and above its words."""
        document = self._scene.document
        paragraph = document.paragraphs[number]
        if paragraph.indent:
            self._paint_guides(painter, number)
        if paragraph.unit >= 0 and paragraph.unit in self._scene.lit_units:
            self._paint_lit(painter, number)
        if not paragraph.first:
            return
        self._paint_page(painter, number)
        top = document.top(number) + document.metrics.gaps[paragraph.gap]
        if document.metrics.posts:
            self._paint_author(painter, top, unit)
            if not is_gone(unit):
                self._paint_head(painter, number, top, unit)
        else:
            self._paint_speaker(painter, top, unit)

    def paint_number(self, painter: QPainter, number: int) -> None:
        """Paint the number of a unit or line at the left of its first line."""
        document, metrics = self._scene.document, self._scene.document.metrics
        words = self._number(number)
        if words:
            left = metrics.columns.margin - NUMBER_OUT
            width = NUMBER_OUT + NUMBER_IN
            place = QRectF(left, document.text_top(number), width, metrics.pitch)
            self._write(painter, place, words, metrics.small_font)

    def _number(self, number: int) -> str:
        document = self._scene.document
        if self._scene.numbers is Numbers.LINES:
            return f"{document.line_number(number)}" if document.begins_line(number) else ""
        unit = document.unit_of(number)
        first = unit is not None and document.paragraphs[number].first
        if unit is None or not first or (document.metrics.posts and unit.external_id):
            return ""
        return f"{unit.ordinal + 1}"

    def _margin_line(self, top: float, height: float) -> QRectF:
        """A line of the margin, without the room for numbers when they are shown."""
        columns = self._scene.document.metrics.columns
        taken = 0 if self._scene.numbers is Numbers.NONE else NUMBER_IN
        return QRectF(columns.margin + taken, top, columns.margin_width - taken, height)

    def paint_preface(self, painter: QPainter) -> None:
        """Paint the line above the text."""
        document = self._scene.document
        columns = document.metrics.columns
        place = QRectF(columns.text, 12, columns.text_width, 24)
        self._write(painter, place, document.content.preface, document.metrics.meta_font)

    def paint_removed(self, painter: QPainter, number: int) -> None:
        """Say in words that a post is missing; the painter stands at the words' corner."""
        metrics = self._scene.document.metrics
        words = tr("Removed before it was collected. Nothing of it is kept.")
        width = metrics.text_width(self._scene.document.paragraphs[number].indent)
        self._write(painter, QRectF(0, 0, width, metrics.pitch), words, metrics.meta_font)

    def _paint_page(self, painter: QPainter, number: int) -> None:
        """Say in the gap above a unit that a page begins, with a rule across the margin."""
        document, metrics = self._scene.document, self._scene.document.metrics
        page = document.page_begun(number)
        if page is None:
            return
        letters, words = QFontMetricsF(metrics.small_font), tr("page {page}", page=page)
        gap = max(metrics.gaps[document.paragraphs[number].gap], letters.ascent())
        middle = round(document.top(number) + gap / 2)
        line = self._margin_line(middle - letters.height() / 2, letters.height())
        self._write(painter, line, words, metrics.small_font)
        left = line.left() + letters.horizontalAdvance(words) + PAGE_GAP
        rule = QRectF(left, middle, max(0.0, line.right() - left), 1)
        painter.fillRect(rule, self._scene.theme.color.border)

    def _paint_speaker(self, painter: QPainter, top: int, unit: Unit) -> None:
        metrics, colors = self._scene.document.metrics, self._scene.theme.color
        name = tr("Interviewer") if unit.interviewer else unit.speaker or ""
        line = self._margin_line(top, metrics.pitch)
        font = metrics.plain_name_font if unit.interviewer else metrics.name_font
        color = colors.muted if unit.interviewer else colors.text
        self._write(painter, line, name, font, color, RIGHT)
        if words := below_name(unit):
            below = line.translated(0, metrics.small_line + 2)
            self._write(painter, below, words, metrics.small_font, colors.muted, RIGHT)

    def _paint_author(self, painter: QPainter, top: int, unit: Unit) -> None:
        metrics, colors = self._scene.document.metrics, self._scene.theme.color
        line = self._margin_line(top, metrics.meta_height)
        name = unit.speaker or ("–" if unit.removed else "")
        self._write(painter, line, name, metrics.name_font, colors.text, RIGHT)
        for words in (unit.told_role, _day_and_time(unit.at)):
            if words:
                line = line.translated(0, metrics.small_line + 2)
                self._write(painter, line, words, metrics.small_font, colors.muted, RIGHT)

    def _paint_head(self, painter: QPainter, number: int, top: int, unit: Unit) -> None:
        document, metrics = self._scene.document, self._scene.document.metrics
        left = document.text_left(number)
        width = metrics.text_width(document.paragraphs[number].indent)
        line = QRectF(left, top, width, metrics.meta_height)
        self._write(painter, line, short_id(unit.external_id), metrics.meta_font, align=RIGHT)
        x = self._paint_answer(painter, line, unit)
        if unit.reactions is not None:
            _draw_heart(painter, QPointF(x, line.center().y()), self._scene.theme.color.muted)
            place = QRectF(x + 18, top, 60, metrics.meta_height)
            self._write(painter, place, f"{unit.reactions}", metrics.meta_font)
        title = document.title_of(document.paragraphs[number].unit)
        if title:
            place = QRectF(left, line.bottom(), width, metrics.pitch)
            self._write(painter, place, title, metrics.heading, self._scene.theme.color.text)

    def _paint_answer(self, painter: QPainter, line: QRectF, unit: Unit) -> float:
        """Say what a post answers; returns where the next sign may stand."""
        metrics, x = self._scene.document.metrics, line.left()
        if unit.parent is None and not unit.answers:
            words = tr("first post")
        else:
            color = self._scene.theme.color.muted
            _draw_arrow(painter, QPointF(x, line.center().y()), color)
            x += 18
            words = tr("to {post}", post=short_id(self._answered(unit)))
        self._write(painter, QRectF(x, line.top(), 200, line.height()), words, metrics.meta_font)
        return x + QFontMetricsF(metrics.meta_font).horizontalAdvance(words) + 14

    def _answered(self, unit: Unit) -> str:
        if unit.answers:
            return unit.answers
        document = self._scene.document
        index = document.index_of_unit(unit.parent)
        return document.content.units[index].external_id if index >= 0 else ""

    def _paint_guides(self, painter: QPainter, number: int) -> None:
        document = self._scene.document
        top, height = document.top(number), document.heights[number]
        left = document.metrics.columns.text
        for step in range(document.paragraphs[number].indent):
            place = QRectF(left + step * INDENT - 6, top, 1, height)
            painter.fillRect(place, self._scene.theme.color.border)

    def _paint_lit(self, painter: QPainter, number: int) -> None:
        """Tint a unit that is selected as a whole, or pointed at."""
        document, colors = self._scene.document, self._scene.theme.color
        metrics, paragraph = document.metrics, document.paragraphs[number]
        above = metrics.gaps[paragraph.gap] - 8 if paragraph.first else 0
        top = document.top(number) + above
        below = 8 if paragraph.last else 0
        left = document.text_left(number) - 14
        width = metrics.text_width(paragraph.indent) + 28
        box = QRectF(left, top, width, document.bottom(number) - top + below)
        painter.fillRect(box, colors.accent_tint)
        painter.fillRect(QRectF(left, top, 3, box.height()), colors.accent)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        words: str,
        font: QFont,
        color: QColor | None = None,
        align: int = LEFT,
    ) -> None:
        painter.setFont(font)
        painter.setPen(color or self._scene.theme.color.muted)
        shown = QFontMetricsF(font).elidedText(
            words, Qt.TextElideMode.ElideRight, place.width() + 1
        )
        painter.drawText(place, align, shown)


def is_gone(unit: Unit) -> bool:
    """Whether nothing is left of a post but its place."""
    return unit.removed and unit.start == unit.end


def short_id(external_id: str) -> str:
    """The last part of a post's id, which tells it apart within its thread."""
    return external_id.rsplit("-", 1)[-1]


def _day_and_time(at: datetime | None) -> str:
    return f"{at.day} {tr(MONTHS[at.month - 1])}, {at:%H:%M}" if at is not None else ""


def _draw_arrow(painter: QPainter, left: QPointF, color: QColor) -> None:
    path = QPainterPath(left + QPointF(4, -5))
    path.lineTo(left + QPointF(0.5, -1.5))
    path.lineTo(left + QPointF(4, 2))
    path.moveTo(left + QPointF(0.5, -1.5))
    path.lineTo(left + QPointF(7, -1.5))
    path.quadTo(left + QPointF(12, -1.5), left + QPointF(12, 4.5))
    _stroke(painter, path, color)


def _draw_heart(painter: QPainter, left: QPointF, color: QColor) -> None:
    path = QPainterPath(left + QPointF(6, 5))
    path.cubicTo(left + QPointF(-1, 0.5), left + QPointF(0, -4.5), left + QPointF(3, -4.5))
    path.cubicTo(left + QPointF(4.5, -4.5), left + QPointF(5.5, -3.5), left + QPointF(6, -2.5))
    path.cubicTo(left + QPointF(6.5, -3.5), left + QPointF(7.5, -4.5), left + QPointF(9, -4.5))
    path.cubicTo(left + QPointF(12, -4.5), left + QPointF(13, 0.5), left + QPointF(6, 5))
    _stroke(painter, path, color)


def _stroke(painter: QPainter, path: QPainterPath, color: QColor) -> None:
    painter.setPen(QPen(color, 1.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
