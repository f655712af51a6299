"""The codings of one source, found by place. No change grows with their number.

The text is parted into blocks of neighbouring paragraphs; each block lists the codings that
touch it. Blocks are small enough to be looked through, sorted and given lanes in well under
a millisecond.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.paragraphs import Paragraph

BLOCK_PARAGRAPHS = 16
BLOCK_CHARACTERS = 6000

CodingFilter = Callable[[Coding], bool]


def block_starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The number of the first paragraph of each block."""
    starts, began = [0], paragraphs[0].start
    for number, paragraph in enumerate(paragraphs):
        full = number - starts[-1] >= BLOCK_PARAGRAPHS
        if number and (full or paragraph.end - began > BLOCK_CHARACTERS):
            starts.append(number)
            began = paragraph.start
    return starts


def reading_order(coding: Coding) -> tuple[int, int, str]:
    """Sorts codings by their beginning, the longer first."""
    return coding.start, -coding.end, coding.guid


class CodingIndex:
    """Codings by guid and by place."""

    def __init__(self, edges: Sequence[int]) -> None:
        """`edges` are the positions at which the blocks begin, the first 0."""
        self._edges = edges
        self._blocks: list[dict[str, Coding]] = [{} for _ in edges]
        self._by_guid: dict[str, Coding] = {}

    def __len__(self) -> int:
        return len(self._by_guid)

    def __iter__(self) -> Iterator[Coding]:
        return iter(self._by_guid.values())

    def get(self, guid: str) -> Coding | None:
        """The coding with this guid; None when it is not here."""
        return self._by_guid.get(guid)

    def fill(self, codings: Iterable[Coding]) -> None:
        """Hold these codings instead."""
        edges, blocks = self._edges, self._blocks
        for block in blocks:
            block.clear()
        self._by_guid = {coding.guid: coding for coding in codings}
        for coding in self._by_guid.values():
            guid = coding.guid
            first = bisect_right(edges, coding.start) - 1
            blocks[first][guid] = coding
            for block in range(first + 1, bisect_left(edges, coding.end)):
                blocks[block][guid] = coding

    def add(self, coding: Coding) -> range:
        """Add a coding; returns the blocks it touches."""
        self._by_guid[coding.guid] = coding
        touched = self.blocks_of(coding.start, coding.end)
        for block in touched:
            self._blocks[block][coding.guid] = coding
        return touched

    def remove(self, guid: str) -> range:
        """Take a coding out; returns the blocks it touched, none if it was not here."""
        coding = self._by_guid.pop(guid, None)
        if coding is None:
            return range(0)
        touched = self.blocks_of(coding.start, coding.end)
        for block in touched:
            del self._blocks[block][guid]
        return touched

    def blocks_of(self, start: int, end: int) -> range:
        """The blocks that text[start:end] touches, at least one."""
        first = bisect_right(self._edges, start) - 1
        return range(max(0, first), max(first + 1, bisect_left(self._edges, end)))

    def in_block(self, block: int) -> Collection[Coding]:
        """The codings that touch a block, in no order."""
        return self._blocks[block].values()

    def overlapping(self, start: int, end: int, shown: CodingFilter) -> list[Coding]:
        """The shown codings that share a character with text[start:end], in reading order."""
        found = {
            coding.guid: coding
            for block in self.blocks_of(start, end)
            for coding in self._blocks[block].values()
            if coding.start < end and coding.end > start and shown(coding)
        }
        return sorted(found.values(), key=reading_order)

    def covering(self, position: int, shown: CodingFilter) -> list[Coding]:
        """The shown codings around a position, edges included, the shortest first."""
        near = self.overlapping(max(0, position - 1), position + 1, shown)
        inside = [coding for coding in near if coding.start <= position < coding.end]
        found = inside or [coding for coding in near if coding.end == position]
        return sorted(found, key=lambda coding: (coding.end - coding.start, coding.guid))

    def next_start(
        self, position: int, shown: CodingFilter, here: Coding | None = None
    ) -> Coding | None:
        """The first shown coding that begins after a position; None after the last.

        With one that begins `here`, the next in reading order, which may begin here too.
        """
        bound = reading_order(here) if here else (position, 0, "")
        for block in range(self.blocks_of(position, position)[0], len(self._blocks)):
            later = [c for c in self.in_block(block) if reading_order(c) > bound and shown(c)]
            if later:
                return min(later, key=reading_order)
        return None

    def previous_start(
        self, position: int, shown: CodingFilter, here: Coding | None = None
    ) -> Coding | None:
        """The last shown coding that begins before a position; None before the first.

        With one that begins `here`, the one before it in reading order.
        """
        bound = reading_order(here) if here else (position - 1, 0, "")
        for block in range(self.blocks_of(position, position)[0], -1, -1):
            edge = self._edges[block]
            earlier = [c for c in self.in_block(block)
                       if edge <= c.start and reading_order(c) < bound and shown(c)]  # fmt: skip
            if earlier:
                return max(earlier, key=reading_order)
        return None
