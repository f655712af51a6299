"""What is counted: characters, sentences, paragraphs, imported units, or whole sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qualcoder_sm.analysis.codings import Codings, IntArray
from qualcoder_sm.analysis.sentences import sentences
from qualcoder_sm.spans import Span


class Level(StrEnum):
    """The unit that either carries a code or does not."""

    CHARACTER = "character"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    UNIT = "unit"
    SOURCE = "source"

    @property
    def needs_text(self) -> bool:
        """Whether the units can only be found by reading the text."""
        return self in {Level.SENTENCE, Level.PARAGRAPH}


def paragraphs(text: str) -> list[Span]:
    """The lines of the text that hold something besides white space, without their newlines."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def unit_spans(level: Level, text: str, imported: Iterable[Span] = ()) -> list[Span]:
    """The units of one source, sorted; empty ones are left out, for nobody could code them.

    `imported` are the turns, posts, comments, cues or paragraphs that the import found; only
    `Level.UNIT` looks at them.
    """
    match level:
        case Level.CHARACTER:
            return [(i, i + 1) for i in range(len(text))]
        case Level.SENTENCE:
            return sentences(text)
        case Level.PARAGRAPH:
            return paragraphs(text)
        case Level.UNIT:
            return sorted(span for span in imported if span[0] < span[1])
        case Level.SOURCE:
            return [(0, len(text))] if text else []


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The units of all sources, one source after the other: what agreement is counted on.

    `lengths` (n_sources,) are characters per source, `sizes` (n_sources,) units per source.
    `starts` and `ends` (n_units,) are the units' spans on the line of all sources laid end to
    end; both are empty for characters, where a unit is its own position.
    """

    level: Level
    lengths: IntArray
    sizes: IntArray
    starts: IntArray
    ends: IntArray

    @property
    def sources(self) -> int:
        """How many sources there are, the empty ones included."""
        return len(self.lengths)

    @property
    def units(self) -> int:
        """How many units there are in all."""
        return int(self.sizes.sum())

    def place(self, codings: Codings) -> Codings:
        """The codings with `start` and `end` counted in units of their source.

        A unit carries a code when at least one of its characters does. Spans are clipped to
        the text; what is empty, or lies between units, is left out.
        """
        inside = _clipped(codings, self.lengths)
        if self.level is Level.CHARACTER:
            return inside
        base = _offsets(self.lengths)[inside.source]
        first = np.searchsorted(self.ends, base + inside.start, side="right")
        last = np.searchsorted(self.starts, base + inside.end, side="left")
        before = _offsets(self.sizes)[inside.source]
        return inside.moved(first - before, last - before).take(first < last)


def characters(lengths: Iterable[int]) -> Axis:
    """Every code point of every source is a unit, newlines included."""
    counts = _ints(lengths)
    return Axis(Level.CHARACTER, counts, counts, _ints(()), _ints(()))


def whole_sources(lengths: Iterable[int]) -> Axis:
    """Every source is one unit; an empty one contributes nothing."""
    counts = [int(length) for length in lengths]
    return units(Level.SOURCE, counts, [[(0, n)] if n else [] for n in counts])


def units(level: Level, lengths: Iterable[int], spans: Sequence[Sequence[Span]]) -> Axis:
    """Units as found by `unit_spans`: for each source its sorted spans, which do not overlap."""
    counts = _ints(lengths)
    sizes = _ints(len(of_source) for of_source in spans)
    flat = _ints(edge for of_source in spans for span in of_source for edge in span).reshape(-1, 2)
    base = np.repeat(_offsets(counts), sizes)
    return Axis(level, counts, sizes, flat[:, 0] + base, flat[:, 1] + base)


def _ints(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _offsets(counts: IntArray) -> IntArray:
    return np.cumsum(counts) - counts


def _clipped(codings: Codings, lengths: IntArray) -> Codings:
    start = np.maximum(codings.start, 0)
    end = np.minimum(codings.end, lengths[codings.source])
    return codings.moved(start, end).take(start < end)
