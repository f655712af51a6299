"""How often 95 % intervals of alpha and kappa hold the true value, in made-up studies.

Two coders, one code, so many sources with so many units each. In a source s the code is true of
a unit with probability p_s. A coder sees the truth of a unit with probability q_s, and otherwise
applies the code by chance, with p_s again, so that rare codes stay rare. Both p_s and q_s are
drawn for each source from beta distributions with the same intraclass correlation (ICC): units of
one source are alike, and so is how well it can be coded. With ICC 0 all sources are the same.

The true value is that of two million sources. Studies without an interval are not counted; how
many there are is printed beside.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qualcoder_sm.analysis.codings import FloatArray
from qualcoder_sm.analysis.coefficients import Coefficient, Counts, kappa, krippendorff_alpha
from qualcoder_sm.analysis.intervals import Interval, interval

STUDIES, HUGE, SEED = 4_000, 2_000_000, 42
AIM = (0.93, 0.97)
SIZES = ((10, 40), (20, 40), (57, 20))
CORRELATIONS = (0.0, 0.1, 0.2, 0.3)
COEFFICIENTS: dict[str, Coefficient] = {"alpha": krippendorff_alpha, "kappa": kappa}


@dataclass(frozen=True)
class Case:
    """A kind of study: `prevalence` is the mean of p_s, `seen` that of q_s."""

    sources: int
    units: int
    icc: float
    prevalence: float
    seen: float


@dataclass(frozen=True)
class Coverage:
    """The share of intervals that hold the true value, and of studies that have an interval."""

    true: float
    covered: float
    given: float
    width: float

    @property
    def reached(self) -> bool:
        low, high = AIM
        return low <= self.covered <= high


def cases() -> Iterator[Case]:
    for prevalence, seen in ((0.3, 0.85), (0.1, 0.85), (0.3, 0.95), (0.1, 0.95), (0.1, 0.6)):
        for sources, units in SIZES:
            for icc in CORRELATIONS:
                yield Case(sources, units, icc, prevalence, seen)


def main() -> None:
    """Print the table; a star where the aim is missed."""
    print("prevalence  seen  sources x units   ICC  coefficient  true  covered  given  width")
    for case in cases():
        for name, coefficient in COEFFICIENTS.items():
            found = coverage(case, coefficient)
            print(
                f"{case.prevalence:10}  {case.seen:4}  {case.sources:7} x {case.units:<5}  "
                f"{case.icc:4}  {name:11}  {found.true:.2f}    {found.covered:.3f}"
                f"{' ' if found.reached else '*'} {found.given:.3f}   {found.width:.2f}",
                flush=True,
            )


def coverage(
    case: Case, coefficient: Coefficient, studies: int = STUDIES, huge: int = HUGE
) -> Coverage:
    generator = np.random.default_rng(SEED)
    true = float(coefficient(drawn(generator, case, huge).total()))
    intervals = [
        one for _ in range(studies) if (one := _interval(drawn(generator, case), coefficient))
    ]
    return Coverage(
        true,
        float(np.mean([one.low <= true <= one.high for one in intervals])),
        len(intervals) / studies,
        float(np.mean([one.high - one.low for one in intervals])),
    )


def drawn(generator: np.random.Generator, case: Case, sources: int = 0) -> Counts:
    """The counts of each source of one study."""
    size = sources or case.sources
    p = _beta(generator, case.prevalence, case.icc, size)
    q = _beta(generator, case.seen, case.icc, size)
    where_true, where_not = q + (1 - q) * p, (1 - q) * p
    both = p * where_true**2 + (1 - p) * where_not**2
    one = p * where_true + (1 - p) * where_not - both
    cells = np.stack([both, one, one], axis=-1)
    rest = np.maximum(0, 1 - cells.sum(-1, keepdims=True))
    n = generator.multinomial(case.units, np.append(cells, rest, axis=-1)).astype(np.float64)
    sheet = [np.full(size, float(case.units)), n[:, 0] + n[:, 1], n[:, 0] + n[:, 2], n[:, 0]]
    return Counts.of(np.stack(sheet, axis=-1), 2)


def _beta(generator: np.random.Generator, mean: float, icc: float, size: int) -> FloatArray:
    if not icc:
        return np.full(size, mean)
    spread = (1 - icc) / icc
    return generator.beta(mean * spread, (1 - mean) * spread, size)


def _interval(by_source: Counts, coefficient: Coefficient) -> Interval | None:
    total = by_source.total()
    carrying = int((total.coded.sum(-1) - total.both.sum(-1)).item())
    return interval(coefficient, by_source, carrying)[0]
