"""Lanes for coding stripes: no two that share a line stand in the same lane."""

from collections.abc import Sequence

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.metrics import LANE, LANES, NARROW_LANE
from qualcoder_sm.ui.reading.scene import Scene

LineSpan = tuple[int, int]
KEPT = 64


def first_fit(spans: Sequence[LineSpan]) -> list[int]:
    """A lane for each span of lines [first, last]: in the order given, the lowest that is free."""
    taken: list[int] = []
    result: list[int] = []
    for first, last in spans:
        lines = ((1 << (last - first + 1)) - 1) << first
        lane = next((n for n, other in enumerate(taken) if not other & lines), len(taken))
        if lane == len(taken):
            taken.append(0)
        taken[lane] |= lines
        result.append(lane)
    return result


class Lanes:
    """The lanes of the codings of each block: the longest stand nearest to the text."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._of_block: dict[int, dict[str, int]] = {}
        self._lines: dict[int, _LinesOfBlock] = {}

    def of_block(self, block: int) -> dict[str, int]:
        """The lane of every shown coding in a block, by guid."""
        found = self._of_block.get(block)
        if found is None:
            found = self._of_block[block] = self._arranged(block)
        return found

    def pitch_in(self, block: int) -> int:
        """The distance of the lanes in a block: narrower when there are many."""
        return _pitch(self.of_block(block))

    def moved_in(self, block: int) -> frozenset[str] | None:
        """Arrange a block whose codings changed; the codings that have another lane now.

        None when all stand elsewhere, as their distance changed or nothing was known.
        """
        before = self._of_block.pop(block, None)
        now = self.of_block(block)
        if before is None or _pitch(before) != _pitch(now):
            return None
        return frozenset(guid for guid, lane in now.items() if before.get(guid, lane) != lane)

    def forget(self, block: int) -> None:
        """The codings of a block changed."""
        self._of_block.pop(block, None)

    def forget_all(self) -> None:
        """Everything may have changed."""
        self._of_block.clear()
        self._lines.clear()

    def _lines_of(self, block: int) -> "_LinesOfBlock":
        found = self._lines.get(block)
        if found is None:
            if len(self._lines) > KEPT:
                self._lines.clear()
            found = self._lines[block] = _LinesOfBlock(self._scene, block)
        return found

    def _arranged(self, block: int) -> dict[str, int]:
        scene = self._scene
        codings = [coding for coding in scene.index.in_block(block) if scene.shown(coding)]
        codings.sort(key=lambda coding: (coding.start - coding.end, coding.start, coding.guid))
        lines = self._lines_of(block)
        lanes = first_fit([lines.span(coding) for coding in codings])
        return {coding.guid: lane for coding, lane in zip(codings, lanes, strict=True)}


def _pitch(lanes: dict[str, int]) -> int:
    return LANE if max(lanes.values(), default=0) < LANES else NARROW_LANE


class _LinesOfBlock:
    """Counts the lines of a block's paragraphs from its first one, for one wrapping."""

    def __init__(self, scene: Scene, block: int) -> None:
        self._document = scene.document
        self._numbers = self._document.paragraphs_of_block(block)
        self._before: dict[int, int] = {}
        count = 0
        for number in self._numbers:
            self._before[number] = count
            count += self._document.laid(number).line_count
        self._last = max(0, count - 1)
        self._known: dict[str, tuple[Coding, LineSpan]] = {}

    def span(self, coding: Coding) -> LineSpan:
        """The first and last line of a coding within the block."""
        known = self._known.get(coding.guid)
        if known is None or known[0] is not coding:
            known = self._known[coding.guid] = coding, self._found(coding)
        return known[1]

    def _found(self, coding: Coding) -> LineSpan:
        document = self._document
        start, end = document.shown_span(coding.start, coding.end)
        first, last = self._line(start, 0), self._line(max(start, end - 1), self._last)
        return first, max(first, last)

    def _line(self, position: int, outside: int) -> int:
        number = self._document.paragraph_at(position)
        if number not in self._before:
            return outside
        local = position - self._document.starts[number]
        return self._before[number] + self._document.laid(number).line_of(local)
