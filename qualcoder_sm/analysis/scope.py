"""Text that counts: for each source the stretches that are looked at, and the line they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from qualcoder_sm.analysis.codings import Codings, IntArray
from qualcoder_sm.spans import Span, united

Scope = Sequence[Span] | None
"""The spans of one source that count; None when all of its text does."""


def within(scope: Scope, length: int) -> list[Span]:
    """The spans that count in a source of so many characters: sorted, apart, none empty."""
    if scope is None:
        return [(0, length)] if length else []
    return united((max(start, 0), min(end, length)) for start, end in scope)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The characters that count, of one source after the other, as if nothing else existed.

    `texts` (n_sources,) are the characters of each whole source, `lengths` (n_sources,) those
    that count. `starts` and `ends` (n_stretches,) are the stretches that count, on the line of
    all whole texts; they are sorted and none is empty.
    """

    texts: IntArray
    lengths: IntArray
    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, lengths: Iterable[int], scopes: Iterable[Scope] | None = None) -> Self:
        """From the characters and the scope of each source; without scopes all text counts."""
        counts = [int(length) for length in lengths]
        chosen = [None] * len(counts) if scopes is None else scopes
        inside = [within(scope, n) for scope, n in zip(chosen, counts, strict=True)]
        texts = np.array(counts, dtype=np.int64)
        starts, ends, sizes = flattened(inside, texts)
        source = np.repeat(np.arange(len(texts)), sizes)
        kept = np.bincount(source, ends - starts, minlength=len(texts)).astype(np.int64)
        return cls(texts, kept, starts, ends)

    @property
    def is_whole(self) -> bool:
        """Whether every character of every source counts."""
        return bool((self.lengths == self.texts).all())

    def place(self, codings: Codings) -> Codings:
        """The codings with `start` and `end` among the characters of their source that count.

        A coding keeps the characters it has there, also those on both sides of a gap; one that
        has none is left out.
        """
        start = self.at(codings.source, codings.start)
        end = self.at(codings.source, codings.end)
        return codings.moved(start, end).take(start < end)

    def at(self, source: IntArray, position: IntArray) -> IntArray:
        """How many characters that count stand before a position of a source (all (n,))."""
        if self.is_whole:
            return np.clip(position, 0, self.texts[source])
        inside = np.clip(position, 0, self.texts[source]) + offsets(self.texts)[source]
        passed = np.searchsorted(self.ends, inside, side="left")
        before = np.append(0, np.cumsum(self.ends - self.starts))[passed]
        into = inside - np.append(self.starts, self.texts.sum())[passed]
        return before + np.maximum(into, 0) - offsets(self.lengths)[source]

    def back(self, source: IntArray, start: IntArray, end: IntArray) -> tuple[IntArray, IntArray]:
        """Spans of characters that count as spans of the whole text; none may be empty.

        What does not count between two characters of a span lies inside of it.
        """
        return self._in_text(source, start), self._in_text(source, end - 1) + 1

    def _in_text(self, source: IntArray, place: IntArray) -> IntArray:
        before = offsets(self.ends - self.starts)
        on_line = offsets(self.lengths)[source] + place
        stretch = np.searchsorted(before, on_line, side="right") - 1
        found = self.starts[stretch] + on_line - before[stretch]
        return found - offsets(self.texts)[source]


def flattened(
    spans: Sequence[Sequence[Span]], lengths: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Spans of each source on the line of all sources: starts, ends, and how many of each source."""
    sizes = np.array([len(of_source) for of_source in spans], dtype=np.int64)
    edges = [edge for of_source in spans for span in of_source for edge in span]
    flat = np.array(edges, dtype=np.int64).reshape(-1, 2)
    base = np.repeat(offsets(lengths), sizes)
    return flat[:, 0] + base, flat[:, 1] + base, sizes


def offsets(counts: IntArray) -> IntArray:
    """Where each of them begins when they are laid end to end."""
    return np.cumsum(counts) - counts
