"""Codings as arrays, and the interval arithmetic that everything in `analysis` stands on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOST_CODERS = 62
"""Who coded a piece is a set of bits in an int64."""


@dataclass(frozen=True, slots=True, eq=False)
class Codings:
    """Codings as five parallel arrays of int64, all of shape (n,).

    `source`, `code` and `coder` are indexes counted from 0, in an order the caller keeps.
    `start` and `end` are code points of the source, half-open. There are no missing values.
    """

    source: IntArray
    code: IntArray
    coder: IntArray
    start: IntArray
    end: IntArray

    def __len__(self) -> int:
        return len(self.source)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int, int]]) -> Self:
        """From rows (source, code, coder, start, end)."""
        columns = np.array(list(rows), dtype=np.int64).reshape(-1, 5).T
        return cls(*(np.ascontiguousarray(column) for column in columns))

    def take(self, which: IntArray | BoolArray) -> "Codings":
        """The codings at these indexes, or where the mask is true; not copied when it is everywhere."""
        if which.dtype == np.bool_ and which.all():
            return self
        return Codings(
            self.source[which], self.code[which], self.coder[which],
            self.start[which], self.end[which],
        )  # fmt: skip

    def by_source(self) -> "Codings":
        """The same ordered by source, within a source as before."""
        return self._by(self.source)

    def by_code(self) -> "Codings":
        """The same ordered by code, within a code as before."""
        return self._by(self.code)

    def _by(self, numbers: IntArray) -> "Codings":
        if (numbers[1:] >= numbers[:-1]).all():
            return self
        smallest = np.min_scalar_type(int(numbers.max(initial=0)))  # few bits are sorted fast
        return self.take(np.argsort(numbers.astype(smallest), kind="stable"))

    def moved(self, start: IntArray, end: IntArray) -> "Codings":
        """The same codings on other spans."""
        return Codings(self.source, self.code, self.coder, start, end)


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Spans that belong to a group: three arrays (n,), sorted by group and start."""

    group: IntArray
    start: IntArray
    end: IntArray

    @property
    def length(self) -> IntArray:
        """How long each span is."""
        return self.end - self.start

    def take(self, which: BoolArray) -> "Stretches":
        """The spans where the mask is true."""
        return Stretches(self.group[which], self.start[which], self.end[which])


def united(group: IntArray, start: IntArray, end: IntArray) -> Stretches:
    """The spans of each group united: sorted, neither overlapping nor touching, none empty.

    The same rule as `spans.united`, for many groups at once: the groups are laid end to end on
    one line, where a running maximum of the ends tells where a span begins anew.
    """
    kept = start < end
    if not kept.all():
        group, start, end = group[kept], start[kept], end[kept]
    if not len(group):
        return Stretches(group, start, end)
    width = int(end.max()) + 1
    starts = group * width
    ends = starts + end
    starts += start
    if (starts[1:] < starts[:-1]).any():
        order = np.argsort(starts)
        group, starts, ends = group[order], starts[order], ends[order]
    np.maximum.accumulate(ends, out=ends)
    fresh = np.append(True, starts[1:] > ends[:-1])
    group, starts, ends = group[fresh], starts[fresh], ends[np.append(fresh[1:], True)]
    starts -= group * width
    ends -= group * width
    return Stretches(group, starts, ends)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """What remains when the spans of all coders of a code are cut at every start and end.

    Arrays (n,), sorted by code, source and start. Inside a piece the same coders apply the
    code throughout: bit i of `who` is set when coder i does. Pieces nobody coded are left out.
    """

    code: IntArray
    source: IntArray
    start: IntArray
    end: IntArray
    who: IntArray

    @property
    def length(self) -> IntArray:
        """How many units (or characters) each piece has."""
        return self.end - self.start

    def single(self) -> "Pieces":
        """The same cut into single units."""
        times = self.length
        code, source, who = (np.repeat(of, times) for of in (self.code, self.source, self.who))
        start = np.repeat(self.end - np.cumsum(times), times) + np.arange(len(code))
        return Pieces(code, source, start, start + 1, who)


def by_coder(codings: Codings, sources: int, coders: int) -> Stretches:
    """The spans of each coder, code and source united; group = (code, source, coder) as one number."""
    group = (codings.code * sources + codings.source) * coders + codings.coder
    return united(group, codings.start, codings.end)


def by_each(codings: Codings, sources: int, coders: int) -> list[Stretches]:
    """The same for each coder apart; group = (code, source) as one number."""
    spans = by_coder(codings, sources, coders)
    place, coder = spans.group // coders, spans.group % coders
    return [Stretches(place, spans.start, spans.end).take(coder == k) for k in range(coders)]


def pieces(codings: Codings, sources: int, coders: int) -> Pieces:
    """Cut every source, code by code, into pieces with the same coders.

    `sources` and `coders` are how many of each there are (`coders` at most 62). Overlapping or
    repeated spans of one coder and code count once.
    """
    if coders > MOST_CODERS:
        raise ValueError(f"at most {MOST_CODERS} coders can be compared")
    spans = by_coder(codings, sources, coders)
    width = int(spans.end.max(initial=0)) + 1
    place, bit = spans.group // coders * width, np.int64(1) << (spans.group % coders)
    cut = np.concatenate([place + spans.start, place + spans.end])
    order = np.argsort(cut)
    cut, who = cut[order], np.cumsum(np.concatenate([bit, -bit])[order])
    kept = np.flatnonzero((np.diff(cut) > 0) & (who[:-1] != 0))
    begin, group = cut[kept], cut[kept] // width
    end = cut[kept + 1] - group * width
    return Pieces(group // sources, group % sources, begin % width, end, who[kept])
