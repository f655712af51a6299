"""Counts of pieces: for each code, for all codes pooled, and source by source."""

from dataclasses import dataclass

import numpy as np

from qualcoder_sm.analysis.codings import Codings, IntArray, Pieces, pieces
from qualcoder_sm.analysis.coefficients import Counts, summed
from qualcoder_sm.analysis.units import Axis


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Pieces on an axis, ready to be counted for so many codes and coders."""

    axis: Axis
    pieces: Pieces
    codes: int
    coders: int

    @classmethod
    def of(cls, codings: Codings, axis: Axis, codes: int, coders: int) -> "Tally":
        """The codings placed on the axis and cut into pieces."""
        return cls(axis, pieces(axis.place(codings), axis.sources, coders), codes, coders)

    def per_code(self) -> Counts:
        """Counts of shape (codes,)."""
        cut = self.pieces
        rows = summed(cut.code, cut.who, cut.length, self.coders, self.codes)
        units = np.full(self.codes, float(self.axis.units))
        return Counts.of(np.column_stack([units, rows]), self.coders)

    def cells(self) -> IntArray:
        """(codes, 1 + 2 coders): units of nobody, one coder ... all; then of each coder alone."""
        coders, cut = self.coders, self.pieces
        number = np.bitwise_count(cut.who)
        columns = [number == j for j in range(coders + 1)]
        columns += [cut.who == 1 << coder for coder in range(coders)]
        cells = np.column_stack(
            [np.bincount(cut.code[has], cut.length[has], self.codes) for has in columns]
        ).astype(np.int64)
        cells[:, 0] = self.axis.units - cells[:, 1 : coders + 1].sum(axis=1)
        return cells

    def by_source(self, code: int | None) -> Counts:
        """Counts of a code, or of all codes added up, of shape (sources that have units,)."""
        cut, axis = self.pieces, self.axis
        part = slice(None) if code is None else self._part(code)
        rows = summed(cut.source[part], cut.who[part], cut.length[part], self.coders, axis.sources)
        units = axis.sizes.astype(np.float64) * (self.codes if code is None else 1)
        return Counts.of(np.column_stack([units, rows])[axis.sizes > 0], self.coders)

    def _part(self, code: int) -> slice:
        first, last = np.searchsorted(self.pieces.code, [code, code + 1])
        return slice(int(first), int(last))
