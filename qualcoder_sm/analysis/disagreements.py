"""Where two coders differ: unit by unit as agreement counts, and as passages to read.

Of a code that A has on a unit and B has not, A's span may still overlap one of B's of the same
code elsewhere; then they differ on its extent there, and otherwise A has it alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np

from qualcoder_sm.analysis.codings import Codings, Pieces, by_each, pieces
from qualcoder_sm.analysis.matching import first_overlapped
from qualcoder_sm.analysis.units import Axis, Level

_A, _B, _BOTH, _ALONE = 1, 2, 3, 4

Codes = frozenset[int]


class Difference(StrEnum):
    """How the coders differ at a place."""

    ONLY_A = "only A"
    ONLY_B = "only B"
    DIFFERENT_CODE = "different code"
    DIFFERENT_EXTENT = "different extent"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where coders A and B do not have the same codes.

    `start` and `end` are code points of the source's text; `unit` is the first unit of the
    source, counted from 0, and `units` how many there are. `only_a` and `only_b` are the codes
    that one of them has on a unit where the other does not, `both` those they share on a unit.
    `alone` are pairs, one for each unit or run of units: the codes that A and that B has alone.
    """

    source: int
    start: int
    end: int
    unit: int
    units: int
    only_a: Codes
    only_b: Codes
    both: Codes
    alone: tuple[tuple[Codes, Codes], ...]

    @property
    def codes(self) -> Codes:
        """The codes on which they differ."""
        return self.only_a | self.only_b

    @property
    def extent(self) -> Codes:
        """The codes on whose extent they differ, and on nothing else of them."""
        return self.codes.difference(*(codes for pair in self.alone for codes in pair))

    @property
    def kind(self) -> Difference:
        """How they differ: on extent only where neither has a code alone."""
        has_a, has_b = (any(pair[coder] for pair in self.alone) for coder in (0, 1))
        if has_a and has_b:
            return Difference.DIFFERENT_CODE
        if has_a:
            return Difference.ONLY_A
        return Difference.ONLY_B if has_b else Difference.DIFFERENT_EXTENT

    @property
    def confused(self) -> frozenset[tuple[int, int]]:
        """Pairs of a code of A and a code of B that each has alone on the same unit."""
        return frozenset[tuple[int, int]]().union(*(product(*pair) for pair in self.alone))


def disagreements(
    codings: Codings, axis: Axis, first: int = 0, second: int = 1
) -> list[Disagreement]:
    """The units of the axis on which coder `first` (A) and coder `second` (B) differ, in order.

    One for each unit; neighbouring characters with the same codes come as one. For every code
    the `units` of those that name it add up to what agreement counts as only A and only B.
    Other coders' codings are left out.
    """
    runs = _runs(codings, axis, first, second)
    return _joined(runs, _repeats) if axis.level is Level.CHARACTER else list(runs)


def passages(codings: Codings, axis: Axis, first: int = 0, second: int = 1) -> list[Disagreement]:
    """The passages on which the two differ, in reading order; counted in characters.

    Take for every code the stretches where one of the two has it and the other has not.
    Stretches that share a character make one passage, whatever their codes: it is cut neither
    where another code begins or ends, nor where they agree on one. Stretches that merely touch
    are apart.
    """
    return _joined(_runs(codings, axis.by_character, first, second), _goes_on)


def _runs(codings: Codings, axis: Axis, first: int, second: int) -> Iterator[Disagreement]:
    """Where the two differ, in order: unit by unit, or cut wherever a code begins or ends."""
    codes = int(codings.code.max(initial=-1)) + 1
    marked = _alone_marked(axis.line.place(_of_pair(codings, first, second)), axis.sources, codes)
    cut = pieces(axis.on_units(marked), axis.sources, 2)
    here: list[set[int]] = [set() for _ in range(2 * _ALONE)]  # codes, by who has them
    for source, at, until, start, end, begins, code, who in _edges(
        cut if axis.level is Level.CHARACTER else cut.single(), axis
    ):
        place = here[who if code < codes else _ALONE + who]
        (place.add if begins else place.discard)(code % codes)
        if at < until and (here[_A] or here[_B]):
            only_a, only_b, both = (frozenset(here[who]) for who in (_A, _B, _BOTH))
            a, b = (here[_ALONE + who] | here[_ALONE + _BOTH] for who in (_A, _B))
            alone = ((only_a & a, only_b & b),)
            yield Disagreement(source, start, end, at, until - at, only_a, only_b, both, alone)


def _edges(cut: Pieces, axis: Axis) -> list[list[int]]:
    """Where pieces begin or end, in order, as rows: source, at, until (the next of them), the
    span of the text from one to the other, whether it begins, code, who.
    """
    source, code, who = np.tile(cut.source, 2), np.tile(cut.code, 2), np.tile(cut.who, 2)
    at, begins = np.append(cut.end, cut.start), np.repeat([0, 1], len(cut.who))
    order = np.lexsort((begins, at, source))
    source, at = source[order], at[order]
    until = np.where(np.append(source[1:], -1) == source, np.append(at[1:], -1), at)
    start, end, some = at.copy(), until.copy(), at < until
    start[some], end[some] = axis.in_text(source[some], at[some], until[some])
    columns = [source, at, until, start, end, begins[order], code[order], who[order]]
    return np.column_stack(columns).tolist()


def _of_pair(codings: Codings, first: int, second: int) -> Codings:
    kept = codings.take((codings.coder == first) | (codings.coder == second))
    coder = (kept.coder == second).astype(np.int64)
    return Codings(kept.source, kept.code, coder, kept.start, kept.end)


def _alone_marked(placed: Codings, sources: int, codes: int) -> Codings:
    """Each coder's spans, and those that overlap none of the other's again as code + codes."""
    a, b = by_each(placed, sources, 2)
    alone_a, alone_b = a.take(first_overlapped(a, b) < 0), b.take(first_overlapped(b, a) < 0)
    parts, mark = (a, b, alone_a, alone_b), codes * sources
    group = np.concatenate([a.group, b.group, alone_a.group + mark, alone_b.group + mark])
    return Codings(
        group % sources,
        group // sources,
        np.repeat([0, 1, 0, 1], [len(part.group) for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
    )


def _joined(
    runs: Iterable[Disagreement], belongs: Callable[[Disagreement, Disagreement], bool]
) -> list[Disagreement]:
    """Runs that follow one another put together where the later belongs to the earlier."""
    places: list[list[Disagreement]] = []
    for run in runs:
        last = places[-1][-1] if places else None
        if last and _follows(run, last) and belongs(run, last):
            places[-1].append(run)
        else:
            places.append([run])
    return [_merged(place) for place in places]


def _follows(run: Disagreement, last: Disagreement) -> bool:
    return last.source == run.source and last.unit + last.units == run.unit


def _repeats(run: Disagreement, last: Disagreement) -> bool:
    mine, its = (run.only_a, run.only_b, run.both), (last.only_a, last.only_b, last.both)
    return mine == its and run.alone == last.alone


def _goes_on(run: Disagreement, last: Disagreement) -> bool:
    """Whether one coder has a code, and the other has not, both there and here."""
    return bool(run.only_a & last.only_a or run.only_b & last.only_b)


def _merged(runs: list[Disagreement]) -> Disagreement:
    first, last = runs[0], runs[-1]
    if first is last:
        return first
    return Disagreement(
        first.source,
        first.start,
        last.end,
        first.unit,
        last.unit + last.units - first.unit,
        frozenset().union(*(run.only_a for run in runs)),
        frozenset().union(*(run.only_b for run in runs)),
        frozenset().union(*(run.both for run in runs)),
        tuple(dict.fromkeys(pair for run in runs for pair in run.alone)),
    )
