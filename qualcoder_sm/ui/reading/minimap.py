"""The whole source in a narrow strip: its text, codings and search hits, and where one is."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.content import Mode
from qualcoder_sm.ui.reading.scene import Scene

MINIMAP_WIDTH = 44
LINE, TEXT_LEFT, TEXT_WIDTH = 4, 6, 22
MARKS_LEFT, MARK, MARK_STEP, MOST_LANES = 32, 3, 4, 3
LEAST_MARK, LEAST_VIEW, HIT = 3, 12, 2
LATER = 30
FAINT = 0.22
"""How strong codings are drawn while others stand out."""
MOST_SCALE = 0.16
"""Pixels of the strip for one of the page at most: a short source does not fill it."""


class Minimap(QWidget):
    """Shows the page in small; a press or drag scrolls there.

    The picture is made in the background of the first frame, and of a change only the rows
    concerned are painted again.
    """

    scrollRequested = Signal(object)

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene
        self._view = (0, 1)
        self._picture: QPixmap | None = None
        self._stale: range | None = None
        self._hit_rows: list[float] | None = None
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._refresh)
        self.setAccessibleName(tr("Overview of the source"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        """Narrow."""
        return QSize(MINIMAP_WIDTH, 200)

    def reload(self) -> None:
        """Everything may have changed: make the picture anew, soon."""
        self._picture = None
        self._stale = None
        self._hit_rows = None
        self._later.start()
        self.update()

    def hits_changed(self) -> None:
        """Other search hits are to be shown."""
        self._hit_rows = None
        self.update()

    def blocks_changed(self, blocks: range) -> None:
        """The codings of these blocks changed: paint their rows again, soon."""
        if not blocks:
            return
        if self._stale is not None:
            blocks = range(min(blocks.start, self._stale.start), max(blocks.stop, self._stale.stop))
        self._stale = blocks
        self._later.start()

    def set_view(self, scroll: int, height: int) -> None:
        """Show which part of the page is in sight."""
        if (scroll, height) != self._view:
            self._view = (scroll, height)
            self.update()

    def _scale(self) -> float:
        return min(MOST_SCALE, self.height() / max(1, self._scene.document.height))

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._paint_blocks(self._picture, range(len(self._scene.document.blocks)))
        elif self._stale is not None:
            self._paint_blocks(self._picture, self._stale)
        self._stale = None
        self.update()

    def _paint_blocks(self, picture: QPixmap, blocks: range) -> None:
        """Paint the rows of some blocks, and whatever of the neighbours reaches into them."""
        scene, scale = self._scene, self._scale()
        top = self._block_top(blocks.start) * scale - 1 if blocks.start else 0.0
        whole = blocks.stop >= len(scene.document.blocks)
        bottom = self.height() if whole else self._block_top(blocks.stop) * scale + 1
        painter = QPainter(picture)
        painter.setClipRect(QRectF(0, top, MINIMAP_WIDTH, bottom - top))
        painter.fillRect(self.rect(), scene.theme.color.panel)
        painter.fillRect(QRectF(0, 0, 1, self.height()), scene.theme.color.border)
        self._paint_text(painter, top, bottom)
        if scene.mode is not Mode.CLEAN:
            for block in self._blocks_near(blocks):
                self._paint_marks(painter, block, scale)
        painter.end()

    def _blocks_near(self, blocks: range) -> range:
        reach = 2 + int(LEAST_MARK * len(self._scene.document.blocks) / max(1, self.height()))
        count = len(self._scene.document.blocks)
        return range(max(0, blocks.start - reach), min(count, blocks.stop + reach))

    def _block_top(self, block: int) -> int:
        document = self._scene.document
        return document.top(document.blocks[block])

    def _paint_text(self, painter: QPainter, top: float, bottom: float) -> None:
        """Draw a line for every few pixels, as long as the text that stands there."""
        document, color = self._scene.document, QColor(self._scene.theme.color.muted)
        color.setAlphaF(0.45)
        scale, last = self._scale(), document.first_top + document.heights.total
        in_line, pitch = document.metrics.characters_in_line, document.metrics.pitch
        row = int(top // LINE) * LINE
        while row < bottom and row / scale < last:
            number = document.paragraph_at_y(int(row / scale))
            paragraph = document.paragraphs[number]
            line = int((row / scale - document.text_top(number)) / pitch)
            rest = (paragraph.end - paragraph.start) / in_line - line
            width = TEXT_WIDTH * min(1.0, max(0.15, rest))
            painter.fillRect(QRectF(TEXT_LEFT, row + 1, width, 1), color)
            row += LINE

    def _paint_marks(self, painter: QPainter, block: int, scale: float) -> None:
        """Draw a mark for each coding; those of marked codes over the others, which are faint."""
        scene = self._scene
        codings = sorted(filter(scene.shown, scene.index.in_block(block)), key=_by_start)
        marked = scene.marked
        if marked is None:
            self._paint_row(painter, block, scale, codings)
            return
        painter.setOpacity(FAINT)
        self._paint_row(painter, block, scale, [c for c in codings if c.code not in marked])
        painter.setOpacity(1)
        self._paint_row(painter, block, scale, [c for c in codings if c.code in marked])

    def _paint_row(
        self, painter: QPainter, block: int, scale: float, codings: Sequence[Coding]
    ) -> None:
        scene, document = self._scene, self._scene.document
        numbers = document.paragraphs_of_block(block)
        top, bottom = document.top(numbers.start), document.bottom(numbers.stop - 1)
        first = document.starts[numbers.start]
        last = max(first + 1, document.paragraphs[numbers.stop - 1].end)
        rate = (bottom - top) / (last - first)
        free = [-1.0] * MOST_LANES
        for coding in codings:
            y = (top + max(0, coding.start - first) * rate) * scale
            end = (top + min(last - first, coding.end - first) * rate) * scale
            lane = next((n for n, taken in enumerate(free) if taken <= y), -1)
            if lane < 0:
                continue
            height = max(LEAST_MARK, end - y)
            free[lane] = y + height
            place = QRectF(MARKS_LEFT + lane * MARK_STEP, y, MARK, height)
            painter.fillRect(place, scene.theme.ink(scene.look(coding.code).color))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, the hits, and what is in sight."""
        painter, colors = QPainter(self), self._scene.theme.color
        if self._picture is None:
            painter.fillRect(self.rect(), colors.panel)
        else:
            painter.drawPixmap(0, 0, self._picture)
        self._paint_hits(painter)
        scale, (scroll, height) = self._scale(), self._view
        view = QRectF(0, scroll * scale, MINIMAP_WIDTH, max(LEAST_VIEW, height * scale))
        tint = QColor(colors.accent)
        tint.setAlphaF(0.1)
        painter.fillRect(view, tint)
        painter.fillRect(QRectF(0, view.top(), 2, view.height()), colors.accent)

    def _paint_hits(self, painter: QPainter) -> None:
        if self._hit_rows is None:
            self._hit_rows = self._rows_of_hits()
        color = self._scene.theme.color.warning
        for row in self._hit_rows:
            painter.fillRect(QRectF(TEXT_LEFT - 3, row, TEXT_WIDTH + 6, HIT), color)

    def _rows_of_hits(self) -> list[float]:
        """Where the hits are, those left out that would cover one another."""
        document, scale = self._scene.document, self._scale()
        rows: list[float] = []
        for hit in self._scene.hits:
            row = document.text_top(document.paragraph_at(hit.start)) * scale
            if not rows or row - rows[-1] >= HIT:
                rows.append(row)
        return rows

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Scroll there."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scroll along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The view stays where it was dragged to."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page."""
        event.ignore()

    def _go(self, event: QMouseEvent) -> None:
        self.scrollRequested.emit(event.position().y() / self._scale() - self._view[1] / 2)


def _by_start(coding: Coding) -> tuple[int, int]:
    return coding.start, -coding.end
