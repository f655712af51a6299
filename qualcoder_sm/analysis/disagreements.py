"""Where two coders differ: the stretches to read, one after the other, when they meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

import numpy as np

from qualcoder_sm.analysis.codings import BoolArray, Codings, IntArray, Pieces, by_coder, pieces
from qualcoder_sm.analysis.units import characters


class Difference(StrEnum):
    """How the coders differ on a stretch."""

    ONLY_A = "only A"
    ONLY_B = "only B"
    DIFFERENT_CODE = "different code"
    DIFFERENT_EXTENT = "different extent"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch of a source on which coders A and B do not have the same codes.

    `codes_a` and `codes_b` are all codes each of them has there, also those they agree on.
    `extent` are the codes of one that the other has too, in an overlapping passage, but not
    on this stretch. When only such codes differ the kind is DIFFERENT_EXTENT; otherwise they
    do not count for the kind, which is DIFFERENT_CODE when each has a code of their own.
    """

    source: int
    start: int
    end: int
    kind: Difference
    codes_a: frozenset[int]
    codes_b: frozenset[int]
    extent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Edge:
    """A piece of one code begins or ends; `extent` belongs to the piece."""

    source: int
    at: int
    begins: bool
    code: int
    who: int
    extent: bool


def disagreements(
    codings: Codings, lengths: IntArray, first: int = 0, second: int = 1
) -> list[Disagreement]:
    """All stretches where coder `first` (A) and coder `second` (B) differ, in reading order.

    `lengths` (n_sources,) are characters per source. Neighbouring stretches with the same codes
    are one. Other coders' codings are left out.
    """
    two = _of_pair(codings, first, second)
    placed = characters(lengths).place(two)
    cut = pieces(placed, len(lengths), 2)
    edges = sorted(_edges(cut, _in_shared_passage(placed, cut, len(lengths))), key=_reading_order)
    found: list[Disagreement] = []
    for source, of_source in groupby(edges, attrgetter("source")):
        found.extend(_of_source(source, list(of_source)))
    return found


def _of_pair(codings: Codings, first: int, second: int) -> Codings:
    kept = codings.take((codings.coder == first) | (codings.coder == second))
    coder = (kept.coder == second).astype(np.int64)
    return Codings(kept.source, kept.code, coder, kept.start, kept.end)


def _in_shared_passage(placed: Codings, cut: Pieces, sources: int) -> BoolArray:
    """Whether a piece lies in a passage of a coder that overlaps one of the other coder's."""
    spans = by_coder(placed, sources, 2)
    width = int(spans.end.max(initial=0)) + 1
    starts = spans.group * width + spans.start
    shared = np.zeros(len(cut.who), dtype=np.bool_)
    for coder in (0, 1):
        group = (cut.code * sources + cut.source) * 2 + coder
        passage = np.searchsorted(starts, group * width + cut.start, side="right") - 1
        has = (cut.who >> coder) & 1 == 1
        overlapped = np.zeros(len(starts) + 1, dtype=np.bool_)
        overlapped[passage[cut.who == _BOTH]] = True
        shared |= has & overlapped[passage]
    return shared


_BOTH = 3


def _edges(cut: Pieces, shared: BoolArray) -> Iterator[_Edge]:
    columns = (cut.source, cut.start, cut.end, cut.code, cut.who, shared)
    for source, start, end, code, who, passage in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        extent = passage and who != _BOTH
        yield _Edge(source, start, True, code, who, extent)
        yield _Edge(source, end, False, code, who, extent)


def _reading_order(edge: _Edge) -> tuple[int, int, bool]:
    return edge.source, edge.at, edge.begins


def _of_source(source: int, edges: list[_Edge]) -> Iterator[Disagreement]:
    open_: dict[int, _Edge] = {}
    last: Disagreement | None = None
    for i, edge in enumerate(edges):
        if edge.begins:
            open_[edge.code] = edge
        else:
            del open_[edge.code]
        until = edges[i + 1].at if i + 1 < len(edges) else edge.at
        if until == edge.at:
            continue
        here = _compared(source, edge.at, until, list(open_.values()))
        if last and here and _continues(last, here):
            last = Disagreement(
                source, last.start, until, last.kind, last.codes_a, last.codes_b, last.extent
            )
            continue
        if last:
            yield last
        last = here
    if last:
        yield last


def _compared(source: int, start: int, end: int, here: list[_Edge]) -> Disagreement | None:
    codes_a = frozenset(edge.code for edge in here if edge.who & 1)
    codes_b = frozenset(edge.code for edge in here if edge.who & 2)
    if codes_a == codes_b:
        return None
    extent = frozenset(edge.code for edge in here if edge.extent)
    kind = _kind(codes_a - codes_b - extent, codes_b - codes_a - extent)
    return Disagreement(source, start, end, kind, codes_a, codes_b, extent)


def _kind(own_a: frozenset[int], own_b: frozenset[int]) -> Difference:
    if own_a and own_b:
        return Difference.DIFFERENT_CODE
    if own_a:
        return Difference.ONLY_A
    return Difference.ONLY_B if own_b else Difference.DIFFERENT_EXTENT


def _continues(last: Disagreement, here: Disagreement) -> bool:
    return (
        last.end == here.start
        and last.codes_a == here.codes_a
        and last.codes_b == here.codes_b
        and last.extent == here.extent
    )
