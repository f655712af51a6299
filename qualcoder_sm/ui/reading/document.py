"""A source as a tall page: which paragraph stands at which height, and laid-out paragraphs.

Only paragraphs that are looked at are laid out; the height of the others is estimated from
their number of characters. The page's y runs from 0 to `height`.
"""

from bisect import bisect_right
from collections import OrderedDict

from PySide6.QtCore import QRectF

from qualcoder_sm.model import Role, SourceKind, Unit
from qualcoder_sm.ui.reading.coding_index import block_starts
from qualcoder_sm.ui.reading.content import SourceContent, below_name
from qualcoder_sm.ui.reading.heights import Heights
from qualcoder_sm.ui.reading.laid import Laid
from qualcoder_sm.ui.reading.metrics import INDENT, Metrics
from qualcoder_sm.ui.reading.paragraphs import Gap, paragraphs_of

KEPT = 400
TOP, BOTTOM, PREFACE = 6, 60, 34


class Document:
    """The page of one source. Positions are code points of the source's text."""

    def __init__(self, content: SourceContent, metrics: Metrics) -> None:
        self.content = content
        self._by_ordinal: dict[int, int] | None = None
        self._lines: list[int] | None = None
        self.paragraphs = paragraphs_of(content)
        self.starts = [paragraph.start for paragraph in self.paragraphs]
        self.blocks = block_starts(self.paragraphs)
        self.set_metrics(metrics)

    def set_metrics(self, metrics: Metrics) -> None:
        """Forget every layout and estimate all heights for these fonts and widths."""
        self.metrics = metrics
        self._laid: OrderedDict[int, Laid] = OrderedDict()
        self._exact = bytearray(len(self.paragraphs))
        self.heights = Heights(self._estimates())
        self.first_top = TOP + (PREFACE if self.content.preface else 0)

    def _estimates(self) -> list[int]:
        metrics = self.metrics
        pitch, gaps, in_line = metrics.pitch, metrics.gaps, metrics.characters_in_line
        least, plain, units = metrics.least_unit, not metrics.posts, self.content.units
        result: list[int] = []
        for start, end, unit, first, last, gap, _, _ in self.paragraphs:
            lines = int((end - start) / in_line) + 1
            height = gaps[gap] + lines * pitch
            if unit >= 0 and first and plain:
                timed = last and units[unit].offset is not None
                height = max(height, gaps[gap] + least) if timed else height
            elif unit >= 0 and first:
                height += self._header(unit)
            result.append(height)
        return result

    def unit_of(self, number: int) -> Unit | None:
        """The unit a paragraph belongs to; None for text between units."""
        unit = self.paragraphs[number].unit
        return self.content.units[unit] if unit >= 0 else None

    def page_begun(self, number: int) -> int | None:
        """The number of the page whose first unit begins with a paragraph; None elsewhere."""
        paragraph, units = self.paragraphs[number], self.content.units
        if paragraph.unit < 0 or not paragraph.first:
            return None
        page = units[paragraph.unit].page
        before = units[paragraph.unit - 1].page if paragraph.unit else None
        return page if page != before else None

    def index_of_unit(self, ordinal: int | None) -> int:
        """The index of the unit with this ordinal; -1 without one."""
        if self._by_ordinal is None:
            self._by_ordinal = {unit.ordinal: n for n, unit in enumerate(self.content.units)}
        return -1 if ordinal is None else self._by_ordinal.get(ordinal, -1)

    def to_be_coded(self) -> list[Unit]:
        """The units with words of those who were asked: no interviewer's, no heading, no preface.

        A preface is what stands in a transcript before anybody speaks.
        """
        content, asked = self.content, (Role.INTERVIEWER, Role.HEADING)
        spoken = [n for n, unit in enumerate(content.units) if unit.speaker is not None]
        begins = spoken[0] if spoken and content.kind is SourceKind.TRANSCRIPT else 0
        return [
            unit
            for unit in content.units[begins:]
            if unit.counts_as not in asked and content.text[unit.start : unit.end].strip()
        ]

    def words_of_unit(self, index: int, most: int = 300) -> str:
        """The beginning of a unit's words."""
        unit = self.content.units[index]
        words = self.content.text[unit.start : unit.end]
        return words if len(words) <= most else words[: most - 1] + "…"

    def _header(self, unit: int) -> int:
        metrics, found = self.metrics, self.content.units[unit]
        if found.removed and found.start == found.end:
            return 0
        return metrics.meta_height + (metrics.pitch if self.title_of(unit) else 0)

    def title_of(self, unit: int) -> str:
        """The title to show above a post: not what its thread is called, nor once more."""
        title, units = self.content.units[unit].title, self.content.units
        known = title == units[0].title if unit else self.content.title.endswith(title)
        return "" if known else title

    def line_number(self, number: int) -> int:
        """The line of the stored text that a paragraph begins on, from 1."""
        if self._lines is None:
            count, before, text = 1, 0, self.content.text
            self._lines = []
            for start in self.starts:
                count += text.count("\n", before, start)
                before = start
                self._lines.append(count)
        return self._lines[number]

    def begins_line(self, number: int) -> bool:
        """Whether no paragraph before stands on the same line of the stored text."""
        return not number or self.line_number(number) != self.line_number(number - 1)

    @property
    def height(self) -> int:
        """The height of the whole page, in part estimated."""
        return self.first_top + self.heights.total + BOTTOM

    def top(self, number: int) -> int:
        """Where a paragraph begins, the gap above it included."""
        return self.first_top + self.heights.top(number)

    def bottom(self, number: int) -> int:
        """Where the next paragraph begins."""
        return self.top(number) + self.heights[number]

    def text_top(self, number: int) -> int:
        """Where the first line of a paragraph begins."""
        return self.top(number) + self.above_text(number)

    def above_text(self, number: int) -> int:
        """The gap and the header between a paragraph's top and its first line."""
        paragraph = self.paragraphs[number]
        above = self.metrics.gaps[paragraph.gap]
        if paragraph.first and paragraph.unit >= 0 and paragraph.gap == Gap.UNIT:
            above += self._header(paragraph.unit)
        return above

    def text_left(self, number: int) -> int:
        """Where the lines of a paragraph begin, in pixels of the viewport."""
        return self.metrics.columns.text + self.paragraphs[number].indent * INDENT

    def paragraph_at_y(self, y: int) -> int:
        """The paragraph at a height of the page, the nearest one when outside."""
        return self.heights.at(y - self.first_top)

    def paragraph_at(self, position: int) -> int:
        """The paragraph of a position; white space between two belongs to the one before."""
        return max(0, bisect_right(self.starts, position) - 1)

    def block_of(self, number: int) -> int:
        """The block a paragraph belongs to."""
        return bisect_right(self.blocks, number) - 1

    def paragraphs_of_block(self, block: int) -> range:
        """The paragraphs of a block."""
        after = self.blocks[block + 1] if block + 1 < len(self.blocks) else len(self.starts)
        return range(self.blocks[block], after)

    def is_exact(self, number: int) -> bool:
        """Whether the height of a paragraph is known, not estimated."""
        return bool(self._exact[number])

    def laid(self, number: int) -> Laid:
        """A paragraph, laid out now if it is not at hand."""
        found = self._laid.get(number)
        if found is not None:
            self._laid.move_to_end(number)
            return found
        found = self._lay_out(number)
        self._laid[number] = found
        if len(self._laid) > KEPT:
            self._laid.popitem(last=False)
        return found

    def at_hand(self, number: int) -> Laid | None:
        """A paragraph if it is laid out already."""
        return self._laid.get(number)

    def laid_numbers(self) -> list[int]:
        """The paragraphs that are laid out."""
        return list(self._laid)

    def measure(self, number: int) -> int:
        """Make the height of a paragraph exact; returns by how much it grew."""
        if self._exact[number]:
            return 0
        self._exact[number] = 1
        return self.heights.set(number, self._exact_height(number, self.laid(number)))

    def measure_only(self, number: int) -> int:
        """The same without keeping the layout, for paragraphs far out of sight."""
        self._exact[number] = 1
        return self.heights.set(number, self._exact_height(number, self._lay_out(number)))

    def _lay_out(self, number: int) -> Laid:
        paragraph, metrics = self.paragraphs[number], self.metrics
        unit = self.unit_of(number)
        quiet = unit is not None and unit.interviewer
        return Laid(
            self.content.text[paragraph.start : paragraph.end],
            metrics.font_of(quiet=quiet, heading=paragraph.heading),
            metrics.text_width(paragraph.indent),
            metrics.pitch,
            metrics.baseline,
        )

    def _exact_height(self, number: int, laid: Laid) -> int:
        paragraph, metrics = self.paragraphs[number], self.metrics
        lines = laid.line_count * metrics.pitch
        unit = self.unit_of(number) if paragraph.first and paragraph.last else None
        if unit is not None and not metrics.posts and below_name(unit):
            lines = max(lines, metrics.least_unit)
        return self.above_text(number) + lines

    def shown_span(self, start: int, end: int) -> tuple[int, int]:
        """The span without the white space between paragraphs at its edges."""
        first, last = self.paragraph_at(start), self.paragraph_at(max(start, end - 1))
        if start > self.paragraphs[first].end and first + 1 < len(self.paragraphs):
            start = self.paragraphs[first + 1].start
        return start, max(start, min(end, self.paragraphs[last].end))

    def clamped(self, position: int) -> int:
        """The nearest position at which the caret can stand."""
        number = self.paragraph_at(position)
        paragraph = self.paragraphs[number]
        if position <= paragraph.end:
            return max(position, paragraph.start)
        following = number + 1
        near_next = following < len(self.paragraphs) and (
            self.paragraphs[following].start - position < position - paragraph.end
        )
        return self.paragraphs[following].start if near_next else paragraph.end

    def rects_in(self, number: int, start: int, end: int) -> list[QRectF]:
        """Rectangles of the part of [start, end) within one paragraph, from its text's corner."""
        paragraph = self.paragraphs[number]
        first, last = max(start, paragraph.start), min(end, paragraph.end)
        return self.laid(number).rects(first - paragraph.start, last - paragraph.start)

    def position_at(self, x: float, y: int) -> int:
        """The position nearest to a point of the page."""
        number = self.paragraph_at_y(y)
        laid = self.laid(number)
        local = laid.position_at(x - self.text_left(number), y - self.text_top(number))
        return self.paragraphs[number].start + local

    def position_towards(self, x: float, y: int, begun: int) -> int:
        """As `position_at`, for a drag begun at a position, which never leaps over a gap.

        Between two paragraphs it is still at the end, or the beginning, of the one it came from.
        """
        number = self.paragraph_at_y(y)
        top = self.text_top(number)
        if top <= y < top + self.laid(number).line_count * self.metrics.pitch:
            return self.position_at(x, y)
        before, after = (number - 1, number) if y < top else (number, number + 1)
        if before < 0 or (after < len(self.starts) and begun >= self.starts[after]):
            return self.starts[after]
        return self.paragraphs[before].end

    def caret_rect(self, position: int) -> QRectF:
        """Where the caret stands on the page: one pixel wide, one line high."""
        number = self.paragraph_at(position)
        paragraph = self.paragraphs[number]
        local = min(position, paragraph.end) - paragraph.start
        x, line = self.laid(number).caret(local)
        top = self.text_top(number) + line * self.metrics.pitch
        return QRectF(self.text_left(number) + x, top, 1, self.metrics.pitch)
