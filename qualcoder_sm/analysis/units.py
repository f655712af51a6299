"""What is counted: characters, sentences, paragraphs, imported units, or whole sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qualcoder_sm.analysis.codings import Codings, IntArray
from qualcoder_sm.analysis.scope import Line, Scope, flattened, offsets, within
from qualcoder_sm.analysis.sentences import sentences
from qualcoder_sm.spans import Span, overlaps


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


def unit_spans(
    level: Level, text: str, imported: Iterable[Span] = (), scope: Scope = None
) -> list[Span]:
    """The units of one source, sorted; empty ones are left out, for nobody could code them.

    `imported` are the turns, posts, comments, cues or paragraphs that the import found; only
    `Level.UNIT` looks at them. Only text in the `scope` is looked at: lines and sentences are
    found in each of its stretches by itself, imported units are those that reach into it, and
    the source is the span from its first to its last character.
    """
    inside = within(scope, len(text))
    match level:
        case Level.CHARACTER:
            return [(i, i + 1) for start, end in inside for i in range(start, end)]
        case Level.SENTENCE:
            return _found(sentences, text, inside)
        case Level.PARAGRAPH:
            return _found(paragraphs, text, inside)
        case Level.UNIT:
            return sorted(span for span in imported if _counts(span, scope))
        case Level.SOURCE:
            return [(inside[0][0], inside[-1][1])] if inside else []


def _found(find: Callable[[str], list[Span]], text: str, inside: list[Span]) -> list[Span]:
    return [
        (base + start, base + end)
        for base, until in inside
        for start, end in find(text[base:until])
    ]


def _counts(span: Span, scope: Scope) -> bool:
    return span[0] < span[1] if scope is None else overlaps(scope, *span)


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The units of all sources, one source after the other: what agreement is counted on.

    `line` holds the characters that count. `sizes` (n_sources,) are units per source. `starts`
    and `ends` (n_units,) are the units' spans on that line; both are empty for characters, where
    a unit is its own position.
    """

    level: Level
    line: Line
    sizes: IntArray
    starts: IntArray
    ends: IntArray

    @property
    def sources(self) -> int:
        """How many sources there are, the empty ones included."""
        return len(self.sizes)

    @property
    def units(self) -> int:
        """How many units there are in all."""
        return int(self.sizes.sum())

    @property
    def by_character(self) -> "Axis":
        """The same text that counts, with every character of it a unit."""
        return _characters(self.line)

    def place(self, codings: Codings) -> Codings:
        """The codings with `start` and `end` counted in units of their source.

        A unit carries a code when at least one of its characters does. Spans are clipped to
        the text that counts; what is empty, or lies between units, is left out.
        """
        return self.on_units(self.line.place(codings))

    def on_units(self, placed: Codings) -> Codings:
        """The same for codings that were placed on the line already."""
        if self.level is Level.CHARACTER:
            return placed
        if self.level is Level.SOURCE:
            return placed.moved(np.zeros_like(placed.start), np.ones_like(placed.end))
        base = offsets(self.line.lengths)[placed.source]
        first = np.searchsorted(self.ends, base + placed.start, side="right")
        last = np.searchsorted(self.starts, base + placed.end, side="left")
        before = offsets(self.sizes)[placed.source]
        return placed.moved(first - before, last - before).take(first < last)

    def in_text(
        self, source: IntArray, start: IntArray, end: IntArray
    ) -> tuple[IntArray, IntArray]:
        """The spans of the text that runs of units [start, end) reach over; none may be empty."""
        if self.level is Level.CHARACTER:
            return self.line.back(source, start, end)
        before, base = offsets(self.sizes)[source], offsets(self.line.lengths)[source]
        first, last = self.starts[before + start], self.ends[before + end - 1]
        return self.line.back(source, first - base, last - base)


def characters(lengths: Iterable[int], scopes: Iterable[Scope] | None = None) -> Axis:
    """Every code point of every source that counts is a unit, newlines included."""
    return _characters(Line.of(lengths, scopes))


def whole_sources(lengths: Iterable[int], scopes: Iterable[Scope] | None = None) -> Axis:
    """Every source is one unit; one without a character that counts contributes nothing."""
    counts = [int(length) for length in lengths]
    return units(Level.SOURCE, counts, [[(0, n)] for n in counts], scopes)


def units(
    level: Level,
    lengths: Iterable[int],
    spans: Sequence[Sequence[Span]],
    scopes: Iterable[Scope] | None = None,
) -> Axis:
    """Units as found by `unit_spans`: for each source its sorted spans, which do not overlap.

    `scopes` are the stretches of each source that count. A unit keeps its characters in them;
    one that has none is left out.
    """
    line = Line.of(lengths, scopes)
    starts, ends, sizes = flattened(spans, np.zeros_like(line.texts))
    source = np.repeat(np.arange(len(sizes)), sizes)
    base = offsets(line.lengths)[source]
    starts, ends = base + line.at(source, starts), base + line.at(source, ends)
    kept = starts < ends
    sizes = np.bincount(source[kept], minlength=len(sizes))
    return Axis(level, line, sizes, starts[kept], ends[kept])


def _characters(line: Line) -> Axis:
    nothing = np.zeros(0, dtype=np.int64)
    return Axis(Level.CHARACTER, line, line.lengths, nothing, nothing)
