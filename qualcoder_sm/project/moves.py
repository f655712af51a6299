"""Where words go when a text is edited: from the difference of two texts, span by span.

A span keeps its words whenever the edit can be read that way: when "very " is put before a
"very tired" that is coded, the coding stays on the two words it was on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from qualcoder_sm.project.differing import differing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcoder_sm.spans import Span

_SENTENCES = re.compile(r"[^\n.!?]+[\n.!?]*\s*|[\n.!?]+\s*")
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MOST_PIECES = 500_000


class Fate(Enum):
    """What became of the words of a span."""

    MOVED = auto()
    CHANGED = auto()
    VANISHED = auto()


@dataclass(frozen=True, slots=True)
class Hunk:
    """old[start:end] became new[new_start:new_end]; everything between hunks is the same."""

    start: int
    end: int
    new_start: int
    new_end: int


class Moves:
    """The difference of two texts, and where each span of the old one is in the new one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.hunks = list(_hunks(old, new))
        self.hunks = [self._by_lines(i) for i in range(len(self.hunks))]
        self._starts = [hunk.start for hunk in self.hunks]
        self._ends = [hunk.end for hunk in self.hunks]

    def moved(self, start: int, end: int) -> tuple[Span, Fate]:
        """Where the words of a span are now, and whether they are still the same.

        What is put right before or right after a span stays outside of it.
        """
        first, last = bisect_left(self._ends, start), bisect_right(self._starts, end)
        before = self.hunks[first - 1] if first else Hunk(0, 0, 0, 0)
        hunks = [self._fitted(i, start, end) for i in range(first, last)]
        span = _start(hunks, before, start, end), _end(hunks, before, start, end)
        return span, self._fate((start, end), span)

    def grown(self, start: int, end: int) -> Span:
        """As `moved`, with what was put right before and right after the span."""
        (new_start, new_end), _fate = self.moved(start, end)
        for hunk in self.hunks[bisect_left(self._ends, start) :]:
            if hunk.start > end:
                break
            if hunk.start == hunk.end == start:
                new_start = min(new_start, hunk.new_start)
            if hunk.start == hunk.end == end:
                new_end = max(new_end, hunk.new_end)
        return new_start, max(new_start, new_end)

    def _fate(self, old: Span, new: Span) -> Fate:
        was, now = self.old[slice(*old)], self.new[slice(*new)]
        if was == now:
            return Fate.MOVED
        return Fate.CHANGED if now.strip() or (now and not was.strip()) else Fate.VANISHED

    def _by_lines(self, i: int) -> Hunk:
        """The hunk as whole lines where it may be read so: "\nNew one." for ".\nNew one"."""
        hunk = self.hunks[i]
        edited = self.new[hunk.new_start : hunk.new_end] or self.old[hunk.start : hunk.end]
        by = edited.find("\n")
        ceiling = self.hunks[i + 1].start if i + 1 < len(self.hunks) else len(self.old)
        fits = by > 0 and hunk.end + by <= ceiling and self._rotates(hunk, by)
        return _shifted(hunk, by) if fits else hunk

    def _fitted(self, i: int, start: int, end: int) -> Hunk:
        """The hunk as it is best read for a span: outside of it, or of whole words at its edge."""
        hunk = self.hunks[i]
        if hunk.end <= start or hunk.start >= end:
            return hunk
        left, right = hunk.end - start, end - hunk.start
        floor = self.hunks[i - 1].end if i else 0
        ceiling = self.hunks[i + 1].start if i + 1 < len(self.hunks) else len(self.old)
        if hunk.start - left >= floor and self._rotates(hunk, -left):
            return _shifted(hunk, -left)
        if hunk.end + right <= ceiling and self._rotates(hunk, right):
            return _shifted(hunk, right)
        if hunk.start < start or hunk.end > end:
            return self._whole_words(hunk, floor, ceiling)
        return hunk

    def _whole_words(self, hunk: Hunk, floor: int, ceiling: int) -> Hunk:
        """The hunk with the rest of the words it begins and ends in."""
        text = self.old
        a, b = hunk.start, hunk.end
        while a > floor and text[a - 1].isalnum() and text[a].isalnum():
            a -= 1
        while b < ceiling and text[b].isalnum() and text[b - 1].isalnum():
            b += 1
        return Hunk(a, b, hunk.new_start - (hunk.start - a), hunk.new_end + b - hunk.end)

    def _rotates(self, hunk: Hunk, by: int) -> bool:
        """Whether a pure insertion or deletion may as well stand so many characters away."""
        if hunk.start == hunk.end:
            edited, (a, b) = self.new, (hunk.new_start, hunk.new_end)
        elif hunk.new_start == hunk.new_end:
            edited, (a, b) = self.old, (hunk.start, hunk.end)
        else:
            return False
        # The text between the two places must repeat with the period of the edit.
        low, high = (a + by, b) if by < 0 else (a, b + by)
        size = b - a
        around = edited[low:high]
        return around[:-size] == around[size:]


def _shifted(hunk: Hunk, by: int) -> Hunk:
    return Hunk(hunk.start + by, hunk.end + by, hunk.new_start + by, hunk.new_end + by)


def _start(hunks: Sequence[Hunk], before: Hunk, start: int, end: int) -> int:
    """Where a span begins: behind what was put there, before what replaced its first words."""
    hunk = next((hunk for hunk in reversed(hunks) if hunk.start <= start), before)
    if hunk.end <= start:
        return hunk.new_end + start - hunk.end
    mine = min(end, hunk.end) - start
    return hunk.new_start if hunk.end >= end or _mostly(mine, hunk) else hunk.new_end


def _end(hunks: Sequence[Hunk], before: Hunk, start: int, end: int) -> int:
    """Where a span ends: before what was put there, behind what replaced its last words."""
    for hunk in hunks:
        if hunk.start >= end:
            return hunk.new_start - (hunk.start - end)
        if hunk.end >= end:
            mine = end - max(start, hunk.start)
            return hunk.new_end if hunk.start <= start or _mostly(mine, hunk) else hunk.new_start
    last = hunks[-1] if hunks else before
    return last.new_end + end - last.end


def _mostly(mine: int, hunk: Hunk) -> bool:
    return 2 * mine >= hunk.end - hunk.start


def _hunks(old: str, new: str) -> Iterator[Hunk]:
    """The differences, from the whole to sentences to words."""
    whole = _trimmed(old, new, Hunk(0, len(old), 0, len(new)))
    for sentences in _split(old, new, whole, _SENTENCES):
        for words in _split(old, new, sentences, _WORDS):
            hunk = _trimmed(old, new, words)
            if hunk.start < hunk.end or hunk.new_start < hunk.new_end:
                yield hunk


def _split(old: str, new: str, hunk: Hunk, pattern: re.Pattern[str]) -> Iterator[Hunk]:
    """The parts of a hunk that differ when it is compared piece by piece."""
    # Not `findall`, which lets no other thread run before it has them all.
    olds = [found[0] for found in pattern.finditer(old, hunk.start, hunk.end)]
    news = [found[0] for found in pattern.finditer(new, hunk.new_start, hunk.new_end)]
    if not olds or not news or len(olds) + len(news) > _MOST_PIECES:
        yield hunk
        return
    old_at, new_at = _places(olds, hunk.start), _places(news, hunk.new_start)
    for a, b, c, d in differing(olds, news):
        yield Hunk(old_at[a], old_at[b], new_at[c], new_at[d])


def _places(pieces: Sequence[str], start: int) -> list[int]:
    places = [start]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def _trimmed(old: str, new: str, hunk: Hunk) -> Hunk:
    """The hunk without what is the same at its beginning and its end."""
    a, b, c, d = hunk.start, hunk.end, hunk.new_start, hunk.new_end
    head = _common(old[a:b], new[c:d])
    tail = _common(old[a + head : b][::-1], new[c + head : d][::-1])
    return Hunk(a + head, b - tail, c + head, d - tail)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
