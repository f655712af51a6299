"""Krippendorff's alpha for unitizing: do coders mark the same stretches of a continuum?

Each code is taken by itself, code against gap, since codes may overlap. For one code the
coefficients u-alpha and |u-alpha ("where", values ignored) are the same number.

The continuum is all sources laid end to end, L characters; m coders. From AGREEMENT's notation:
    between  = sum over pairs of characters on which the two differ, times 2 / (m - 1), halved
               over the two off-diagonal cells of the coincidence matrix
    expected = m L x coded x gaps / ((m L)^2 - sum of squared unit lengths - gaps)
    alpha    = 1 - between / expected
where `coded` and `gaps` are characters summed over coders. A unit is never paired with itself
as a whole, a gap never with itself character by character.

Source: Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50:2347, equations for
|u-alpha; Krippendorff 2019, section 12.6. An erratum (50:2365) exists; it was not compared.
"""

from dataclasses import dataclass

import numpy as np

from qualcoder_sm.analysis.codings import Codings, FloatArray, IntArray, by_coder
from qualcoder_sm.analysis.coefficients import Counts

POOLING = "observed and expected disagreement of each code against gaps, summed over codes"
"""How the pooled alpha is put together."""


@dataclass(frozen=True, slots=True, eq=False)
class Unitized:
    """Disagreement of each code, observed and expected, in characters: both (n_codes,)."""

    observed: FloatArray
    expected: FloatArray

    def per_code(self) -> FloatArray:
        """Alpha of each code, nan when it does not vary."""
        return _alpha(self.observed, self.expected)

    def pooled(self) -> FloatArray:
        """One alpha of shape (): disagreements summed over codes, nan when no code varies."""
        return _alpha(self.observed.sum(), self.expected.sum())


def unitized(codings: Codings, counts: Counts, lengths: IntArray) -> Unitized:
    """Observed and expected disagreement of each code.

    `codings` lie within their texts; `counts` are their characters, of shape (n_codes,);
    `lengths` (n_sources,) are characters per source.
    """
    coders, codes = counts.coders, len(counts.units)
    spans = by_coder(codings, len(lengths), coders)
    code = spans.group // (coders * max(1, len(lengths)))
    squares = np.bincount(code, spans.length.astype(np.float64) ** 2, minlength=codes)
    whole = coders * float(lengths.sum())
    coded = counts.coded.sum(-1)
    gaps = whole - coded
    expected = np.zeros(codes)
    np.divide(whole * coded * gaps, whole**2 - squares - gaps, out=expected, where=coded * gaps > 0)
    return Unitized(counts.differing.sum(-1) / (coders - 1), expected)


def _alpha(observed: FloatArray, expected: FloatArray) -> FloatArray:
    out = np.full(np.shape(expected), np.nan)
    return 1 - np.divide(observed, expected, out=out, where=expected > 0)
