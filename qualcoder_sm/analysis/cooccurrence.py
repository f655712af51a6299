"""Which codes meet: on the same words, or in the same unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qualcoder_sm.analysis.codings import Codings, IntArray, united
from qualcoder_sm.analysis.units import Axis

PORTION = 50_000
"""So many codings are compared with each other at once, or all those of one source."""


@dataclass(frozen=True, slots=True, eq=False)
class CoOccurrence:
    """How often each two codes meet: symmetric arrays (n_codes, n_codes) with a zero diagonal.

    `pairs` counts pairs of codings that overlap by at least one character; `characters` the
    characters that carry both codes; `units` the units of the axis that carry both.
    """

    pairs: IntArray
    characters: IntArray
    units: IntArray


def cooccurrence(
    codings: Codings, axis: Axis, codes: int, *, same_coder: bool = True
) -> CoOccurrence:
    """Count where codes meet.

    With `same_coder` both codes must be one coder's; a character or unit counts once, however
    many coders put both codes on it. Otherwise it does not matter whose they are.
    """
    by = codings.coder if same_coder else np.zeros_like(codings.coder)
    codings = Codings(codings.source, codings.code, by, codings.start, codings.end)
    placed = axis.line.place(codings)
    pairs = characters = np.zeros((codes, codes), dtype=np.int64)
    for portion in _portions(placed.by_source()):
        pairs = pairs + _overlaps(portion, codes)
        characters = characters + _shared_characters(portion, axis.sources, codes)
    return CoOccurrence(pairs, characters, _shared_units(axis, axis.on_units(placed), codes))


def _portions(placed: Codings) -> Iterator[Codings]:
    """Codings that are ordered by source in portions of whole sources, for pairs take memory."""
    ends = np.append(np.flatnonzero(np.diff(placed.source)) + 1, len(placed))
    last = 0
    for end in ends.tolist():
        if end - last >= PORTION or end == len(placed):
            yield placed.take(np.arange(last, end))
            last = end


def _overlaps(placed: Codings, codes: int) -> IntArray:
    """How many pairs of codings overlap."""
    pairs = [placed.code[one] * codes + placed.code[other] for one, other in overlapping(placed)]
    return _symmetric(pairs, None, codes)


def overlapping(codings: Codings) -> Iterator[tuple[IntArray, IntArray]]:
    """Pairs of codings of one source and coder, of different codes, that overlap; as indexes.

    Each pair comes once. The codings are sorted by start, and each is compared with the next,
    the one after that and so on until that one starts after its end, all of them at once.
    """
    if not len(codings):
        return
    width = int(codings.end.max()) + 1
    place = (codings.source * (int(codings.coder.max()) + 1) + codings.coder) * width
    order = np.argsort(place + codings.start, kind="stable")
    start, end = (place + codings.start)[order], (place + codings.end)[order]
    code, active, shift = codings.code[order], np.arange(len(order)), 1
    while len(active := active[active + shift < len(order)]):
        active = active[start[active + shift] < end[active]]
        differ = active[code[active] != code[active + shift]]
        yield order[differ], order[differ + shift]
        shift += 1


def _shared_characters(placed: Codings, sources: int, codes: int) -> IntArray:
    """How many characters carry both codes: overlaps found pair by pair, then united."""
    placed = _united(placed, sources, codes)
    met: list[tuple[IntArray, IntArray, IntArray]] = []
    for one, other in overlapping(placed):
        pair = np.minimum(placed.code[one], placed.code[other]) * codes
        pair += np.maximum(placed.code[one], placed.code[other])
        start = np.maximum(placed.start[one], placed.start[other])
        end = np.minimum(placed.end[one], placed.end[other])
        met.append((pair * sources + placed.source[one], start, end))
    if not met:
        return np.zeros((codes, codes), dtype=np.int64)
    spans = united(*(np.concatenate(column) for column in zip(*met, strict=True)))
    return _symmetric([spans.group // sources], spans.length, codes)


def _shared_units(axis: Axis, placed: Codings, codes: int) -> IntArray:
    """How many units carry both codes, by one bit for each coder, code and unit.

    In a long unit every two of its codes meet, too many to be gone through pair by pair.
    """
    before = (np.cumsum(axis.sizes) - axis.sizes)[placed.source]
    placed = placed.moved(before + placed.start, before + placed.end)
    bits = [
        _bits(placed.take(placed.coder == k), codes, axis.units) for k in np.unique(placed.coder)
    ]
    sums = np.zeros((codes, codes), dtype=np.int64)
    for code in range(codes):
        met = np.zeros_like(bits[0][code:]) if bits else np.zeros((codes - code, 0), np.uint8)
        for of_coder in bits:
            met |= of_coder[code:] & of_coder[code]
        sums[code, code:] = np.bitwise_count(met).sum(axis=1)
    np.fill_diagonal(sums, 0)
    return sums + sums.T


def _bits(placed: Codings, codes: int, size: int) -> NDArray[np.uint8]:
    """(codes, bytes): the units that carry each code, eight to a byte."""
    packed = np.empty((codes, (size + 7) // 8), dtype=np.uint8)
    placed = placed.by_code()
    bounds = np.searchsorted(placed.code, np.arange(codes + 1)).tolist()
    for code, (first, last) in enumerate(pairwise(bounds)):
        here = slice(first, last)
        steps = np.bincount(placed.start[here], minlength=size + 1)
        steps -= np.bincount(placed.end[here], minlength=size + 1)
        packed[code] = np.packbits(np.cumsum(steps[:-1]) > 0)
    return packed


def _united(placed: Codings, sources: int, codes: int) -> Codings:
    """One coder's overlapping spans of a code made one, so that no shared position counts twice."""
    spans = united(
        (placed.coder * codes + placed.code) * sources + placed.source, placed.start, placed.end
    )
    whose = spans.group // sources
    return Codings(spans.group % sources, whose % codes, whose // codes, spans.start, spans.end)


def _symmetric(pairs: list[IntArray], weight: IntArray | None, codes: int) -> IntArray:
    """Weights added up by pair (one code times `codes`, plus the other), in both directions."""
    key = np.concatenate(pairs) if pairs else np.zeros(0, dtype=np.int64)
    sums = np.bincount(key, weight, minlength=codes * codes).astype(np.int64)
    square = sums.reshape(codes, codes)
    return square + square.T
