"""Do the coders see the same passages, wherever exactly these begin and end?

A passage is what a coder's spans of one code make when those that overlap or touch are one. A
passage of one coder matches a passage of the other when they share at least one character, each
of them one other at most, and as many as possible are matched. Then

    span F1 = 2 x matched / (passages of A + passages of B)

which is the same whoever is taken as the standard. There is no way to say which passages nobody
saw, and so no correction for chance. Source: Hripcsak & Rothschild 2005, JAMIA 12:296 (F1 as
agreement); that an overlap is enough is the lenient matching of Chinchor & Sundheim 1993, MUC-5.
"""

from dataclasses import dataclass

import numpy as np

from qualcoder_sm.analysis.codings import Codings, FloatArray, IntArray, Stretches, by_each
from qualcoder_sm.analysis.coefficients import pairs_of


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Passages of all coders, and how many of them were matched, pairs pooled: both (codes,)."""

    passages: IntArray
    pairs: IntArray
    coders: int

    def per_code(self) -> FloatArray:
        """Span F1 of each code, nan when nobody coded."""
        return _f1(self.pairs, self.passages, self.coders)

    def pooled(self) -> FloatArray:
        """One span F1 of shape (), passages of all codes counted together."""
        return _f1(self.pairs.sum(), self.passages.sum(), self.coders)


def matched(codings: Codings, sources: int, codes: int, coders: int) -> Matched:
    """Match the passages of every two coders, code by code; codings lie within their texts."""
    spans = by_each(codings, sources, coders)
    found = [_matches(spans[one], spans[other]) for one, other in pairs_of(coders)]
    return Matched(
        _per_code([each.group for each in spans], sources, codes),
        _per_code(found, sources, codes),
        coders,
    )


def _per_code(groups: list[IntArray], sources: int, codes: int) -> IntArray:
    return np.bincount(np.concatenate(groups) // sources, minlength=codes)


def _matches(one: Stretches, other: Stretches) -> IntArray:
    """The groups in which passages match, once for each match.

    Two passages each of which is the first that the other overlaps can always be matched: the
    one that ends first overlaps nothing else. They are taken out, until no two are left.
    """
    found = [np.zeros(0, dtype=np.int64)]
    while len(one.group) and len(other.group):
        here, there = first_overlapped(one, other), first_overlapped(other, one)
        mutual = (here >= 0) & (there[here] == np.arange(len(here)))
        if not mutual.any():
            break
        found.append(one.group[mutual])
        there[here[mutual]] = -1
        one, other = one.take((here >= 0) & ~mutual), other.take(there >= 0)
    return np.concatenate(found)


def first_overlapped(mine: Stretches, theirs: Stretches) -> IntArray:
    """For each of my spans the first of theirs, by index, that shares a character, or -1.

    The spans of each are sorted by group and start, and apart.
    """
    width = int(max(mine.end.max(initial=0), theirs.end.max(initial=0))) + 1
    start, end = mine.group * width + mine.start, mine.group * width + mine.end
    first = np.searchsorted(theirs.group * width + theirs.end, start, side="right")
    begins = np.append(theirs.group * width + theirs.start, np.iinfo(np.int64).max)
    return np.where(begins[first] < end, first, -1)


def _f1(pairs: IntArray, passages: IntArray, coders: int) -> FloatArray:
    below = np.asarray((coders - 1) * passages, dtype=np.float64)
    return np.divide(2 * pairs, below, out=np.full(below.shape, np.nan), where=below > 0)
