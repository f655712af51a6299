"""Percentile intervals from resampled clusters, with a fixed seed.

Neighbouring characters are not independent, so whole sources are drawn; other units are drawn
themselves. What is drawn are rows of counts worked out beforehand, so 2,000 replicates are one
product of matrices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcoder_sm.analysis.codings import FloatArray, IntArray

SEED = 42
REPLICATES = 2000
CONFIDENCE = 95
FEWEST_SOURCES = 8
FEWEST_UNITS = 30
_CELLS_AT_ONCE = 4_000_000  # draws held in memory at a time: 32 MB


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % percentile interval; `dropped` replicates were undefined and left out."""

    low: float
    high: float
    dropped: int = 0


def draws(clusters: int, replicates: int = REPLICATES, seed: int = SEED) -> NDArray[np.int16]:
    """How often each of the clusters is drawn: (replicates, clusters), each row adds up to them.

    Small integers, so that 10,000 sources take 40 MB; one array serves every code.
    """
    generator = np.random.default_rng(seed)
    drawn = np.empty((replicates, clusters), dtype=np.int16)
    for row in drawn:
        row[:] = np.bincount(generator.integers(0, clusters, clusters), minlength=clusters)
    return drawn


def resampled(
    rows: FloatArray, sizes: IntArray, replicates: int = REPLICATES, seed: int = SEED
) -> FloatArray:
    """Sums of the rows drawn, (replicates, columns), where many clusters have the same row.

    `rows` is (groups, columns); `sizes` (groups,) says how many clusters have each row.
    """
    total, at_once = int(sizes.sum()), max(1, _CELLS_AT_ONCE // len(sizes))
    generator = np.random.default_rng(seed)
    done: list[FloatArray] = []
    for start in range(0, replicates, at_once):
        count = min(at_once, replicates - start)
        done.append(generator.multinomial(total, sizes / total, size=count) @ rows)
    return np.concatenate(done)


def grouped(rows: FloatArray) -> tuple[FloatArray, IntArray]:
    """Equal rows put together: the distinct rows, and how many there were of each."""
    order = np.lexsort(rows.T)
    ordered = rows[order]
    fresh = np.append(True, (ordered[1:] != ordered[:-1]).any(axis=1))
    return ordered[fresh], np.diff(np.append(np.flatnonzero(fresh), len(rows)))


def interval(replicates: FloatArray) -> Interval | None:
    """The interval of a coefficient over its replicates; None when most of them are undefined."""
    defined = replicates[~np.isnan(replicates)]
    if 2 * len(defined) <= len(replicates):
        return None
    tail = (100 - CONFIDENCE) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return Interval(float(low), float(high), len(replicates) - len(defined))
