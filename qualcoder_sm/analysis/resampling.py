"""The counts of every bootstrap replicate, for one code and for all codes pooled."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from qualcoder_sm.analysis.bootstrap import (
    FEWEST_SOURCES,
    FEWEST_UNITS,
    draws,
    grouped,
    resampled,
)
from qualcoder_sm.analysis.codings import FloatArray, IntArray, Pieces
from qualcoder_sm.analysis.coefficients import Counts, features, summed
from qualcoder_sm.analysis.units import Axis, Level
from qualcoder_sm.i18n import tr


class Resampling(Protocol):
    """Something that draws clusters again and again and counts what was drawn."""

    def of_code(self, code: int) -> Counts:
        """Counts of one code, of shape (replicates,)."""
        ...

    def pooled(self) -> Counts:
        """Counts summed over the codes, of shape (replicates,)."""
        ...


def too_few(axis: Axis) -> str:
    """Why no interval is given, or an empty string when there are enough clusters."""
    if axis.level is Level.CHARACTER:
        sources = int(np.count_nonzero(axis.sizes))
        if sources < FEWEST_SOURCES:
            return tr(
                "Too few sources for an interval: {n} of at least {fewest}.",
                n=sources,
                fewest=FEWEST_SOURCES,
            )
    elif axis.units < FEWEST_UNITS:
        return tr(
            "Too few units for an interval: {n} of at least {fewest}.",
            n=axis.units,
            fewest=FEWEST_UNITS,
        )
    return ""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Pieces on an axis, ready to be counted for so many codes and coders."""

    axis: Axis
    pieces: Pieces
    codes: int
    coders: int

    def per_code(self) -> Counts:
        """Counts of shape (codes,)."""
        cut = self.pieces
        rows = summed(cut.code, cut.who, cut.length, self.coders, self.codes)
        units = np.full(self.codes, float(self.axis.units))
        return Counts.of(np.column_stack([units, rows]), self.coders)

    def part(self, code: int) -> slice:
        """Where the pieces of a code stand."""
        first, last = np.searchsorted(self.pieces.code, [code, code + 1])
        return slice(int(first), int(last))


class SourceResampling:
    """Draws whole sources; the same draws for every code."""

    def __init__(self, tally: Tally, replicates: int, seed: int) -> None:
        self._tally = tally
        self._sources = np.flatnonzero(tally.axis.sizes)
        self._drawn = draws(len(self._sources), replicates, seed)
        self._units = self._drawn @ tally.axis.sizes[self._sources].astype(np.float64)

    def of_code(self, code: int) -> Counts:
        """Counts of one code, of shape (replicates,)."""
        return self._count(self._tally.part(code), 1)

    def pooled(self) -> Counts:
        """Counts summed over the codes, of shape (replicates,)."""
        return self._count(slice(None), self._tally.codes)

    def _count(self, part: slice, codes: int) -> Counts:
        cut, coders, size = self._tally.pieces, self._tally.coders, self._tally.axis.sources
        rows = summed(cut.source[part], cut.who[part], cut.length[part], coders, size)
        by_source = rows[self._sources]
        coded = by_source.any(axis=1)
        sums = self._drawn[:, coded].astype(np.float64) @ by_source[coded]
        return Counts.of(np.column_stack([self._units * codes, sums]), coders)


class UnitResampling:
    """Draws units, each with all its codes; units with the same counts are drawn as a group."""

    def __init__(self, tally: Tally, replicates: int, seed: int) -> None:
        self._tally, self._replicates, self._seed = tally, replicates, seed

    def of_code(self, code: int) -> Counts:
        """Counts of one code, of shape (replicates,)."""
        cut, part = self._tally.pieces, self._tally.part(code)
        who, which = np.unique(cut.who[part], return_inverse=True)
        sizes = np.bincount(which, cut.length[part]).astype(np.int64)
        rest = self._tally.axis.units - sizes.sum()
        rows = np.column_stack([*features(np.append(who, 0), self._tally.coders)])
        return self._count(rows.astype(np.float64), np.append(sizes, rest), 1)

    def pooled(self) -> Counts:
        """Counts summed over the codes, of shape (replicates,)."""
        cut, axis, coders = self._tally.pieces, self._tally.axis, self._tally.coders
        before, one = (np.cumsum(axis.sizes) - axis.sizes)[cut.source], np.ones_like(cut.who)
        steps = summed(before + cut.start, cut.who, one, coders, axis.units + 1)
        steps -= summed(before + cut.end, cut.who, one, coders, axis.units + 1)
        per_unit = _alike(np.cumsum(steps, axis=0)[:-1], coders)
        return self._count(*grouped(per_unit), self._tally.codes)

    def _count(self, rows: FloatArray, sizes: IntArray, codes: int) -> Counts:
        sums = resampled(rows, sizes, self._replicates, self._seed)
        units = np.full(self._replicates, float(self._tally.axis.units * codes))
        return Counts.of(np.column_stack([units, sums]), self._tally.coders)


def resampling(tally: Tally, replicates: int, seed: int) -> Resampling:
    """Sources are drawn for characters, units otherwise."""
    if tally.axis.level is Level.CHARACTER:
        return SourceResampling(tally, replicates, seed)
    return UnitResampling(tally, replicates, seed)


def _alike(rows: FloatArray, coders: int) -> FloatArray:
    """With three coders and more, every coder's count replaced by their mean, every pair's too.

    Fleiss' kappa and alpha only know the sums; far fewer distinct rows remain to be drawn.
    """
    if coders == 2:
        return rows
    rows = rows.copy()
    rows[:, :coders] = rows[:, :coders].mean(axis=1, keepdims=True)
    rows[:, coders:] = rows[:, coders:].mean(axis=1, keepdims=True)
    return rows
