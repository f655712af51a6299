"""Agreement coefficients for one code (coded or not), from counts; vectorised.

A unit either carries the code or not, for each of two or more coders, and no coder left a unit
unjudged. Then three numbers are enough for every coefficient here: how many units there are,
how many each coder coded, and how many each pair of coders both coded. The functions take
them as `Counts`, whose leading axes (`...`) may be codes or sources, and return an
array of that shape with nan where the coefficient is undefined. `estimates` turns one into values.

Notation: m coders, N units, n = m N judgements, p the share of judgements that are "coded",
D the disagreement observed between two coders, averaged over pairs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Self

import numpy as np

from qualcoder_sm.analysis.codings import BoolArray, FloatArray, IntArray


def pairs_of(coders: int) -> list[tuple[int, int]]:
    """The pairs of coders, in the order in which `Counts.both` counts them."""
    return list(combinations(range(coders), 2))


def features(who: IntArray, coders: int) -> Iterator[BoolArray]:
    """Columns (n,): whether each coder, and then both of each pair, are in the sets `who`."""
    alone = [(who >> coder) & 1 == 1 for coder in range(coders)]
    yield from alone
    for first, second in pairs_of(coders):
        yield alone[first] & alone[second]


def summed(key: IntArray, who: IntArray, weight: IntArray, coders: int, size: int) -> FloatArray:
    """The features' weights added up by key: (size, coders + pairs)."""
    columns = [np.bincount(key[has], weight[has], minlength=size) for has in features(who, coders)]
    return np.stack(columns, axis=1, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """`units` (...,), `coded` (..., coders), `both` (..., pairs), pairs in the order of `pairs_of`."""

    units: FloatArray
    coded: FloatArray
    both: FloatArray

    @classmethod
    def of(cls, sheet: FloatArray, coders: int) -> Self:
        """From an array (..., 1 + coders + pairs): units, coded by each, coded by both."""
        return cls(sheet[..., 0], sheet[..., 1 : 1 + coders], sheet[..., 1 + coders :])

    @classmethod
    def of_two(cls, both: float, only_a: float, only_b: float, neither: float) -> Self:
        """From the four cells of two coders."""
        cells = [both + only_a + only_b + neither, both + only_a, both + only_b, both]
        return cls.of(np.array(cells, dtype=np.float64), 2)

    def at(self, index: int) -> "Counts":
        """One of them, along the first axis."""
        return Counts(self.units[index], self.coded[index], self.both[index])

    def total(self) -> "Counts":
        """All of them added up, along the first axis."""
        return Counts(self.units.sum(0), self.coded.sum(0), self.both.sum(0))

    def without(self, each: "Counts") -> "Counts":
        """What is left of these counts when each of the others is taken away."""
        return Counts(self.units - each.units, self.coded - each.coded, self.both - each.both)

    @property
    def coders(self) -> int:
        """How many coders are compared."""
        return self.coded.shape[-1]

    @property
    def share(self) -> FloatArray:
        """p: the share of all judgements that are "coded"."""
        return _ratio(self.coded.sum(-1), self.coders * self.units)

    @property
    def differing(self) -> FloatArray:
        """(..., pairs): units on which the two of a pair differ."""
        first, second = np.array(pairs_of(self.coders)).T
        return self.coded[..., first] + self.coded[..., second] - 2 * self.both

    @property
    def disagreement(self) -> FloatArray:
        """D: the share of units on which two coders differ, averaged over the pairs."""
        return _ratio(self.differing.mean(-1), self.units)

    @property
    def varies(self) -> BoolArray:
        """Whether "coded" and "not coded" both occur."""
        total = self.coded.sum(-1)
        return (total > 0) & (total < self.coders * self.units)


Coefficient = Callable[[Counts], FloatArray]


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    below = np.asarray(below, dtype=np.float64)
    return np.divide(above, below, out=np.full(below.shape, np.nan), where=below != 0)


def percent(counts: Counts) -> FloatArray:
    """Agreement observed between two coders, averaged over pairs, 0 to 100; nan without units."""
    return 100 * (1 - counts.disagreement)


def pairwise_kappa(counts: Counts) -> FloatArray:
    """Cohen's kappa of each pair: (..., pairs); nan when neither of the two varies.

    Agreement expected by chance is the sum of two products, p_A p_B + (1 - p_A)(1 - p_B).
    Source: Cohen 1960, Educ. Psychol. Meas. 20:37.
    """
    first, second = np.array(pairs_of(counts.coders)).T
    a, b, n = counts.coded[..., first], counts.coded[..., second], counts.units[..., None]
    return 1 - _ratio(n * counts.differing, a * (n - b) + b * (n - a))


def cohen_kappa(counts: Counts) -> FloatArray:
    """Cohen's kappa of two coders. Errors: ValueError for any other number of coders."""
    if counts.coders != 2:
        raise ValueError("Cohen's kappa is for two coders")
    return pairwise_kappa(counts)[..., 0]


def light_kappa(counts: Counts) -> FloatArray:
    """Mean of the pairs' kappas; nan when one of them is. Source: Light 1971, Psych. Bull. 76:365."""
    return pairwise_kappa(counts).mean(-1)


def scott_pi(counts: Counts) -> FloatArray:
    """Scott's pi, 1 - D / 2p(1 - p): chance is reckoned from what the coders did together.

    nan without variation. For three coders and more it is Fleiss' kappa, which generalises pi
    and not Cohen's kappa. Source: Scott 1955, Public Opinion Q. 19:321.
    """
    p = counts.share
    return 1 - _ratio(counts.disagreement, np.where(counts.varies, 2 * p * (1 - p), 0.0))


def fleiss_kappa(counts: Counts) -> FloatArray:
    """Fleiss' kappa; for two coders Scott's pi. Source: Fleiss 1971, Psych. Bull. 76:378."""
    return scott_pi(counts)


def kappa(counts: Counts) -> FloatArray:
    """Cohen's kappa for two coders, Fleiss' kappa for more."""
    return cohen_kappa(counts) if counts.coders == 2 else fleiss_kappa(counts)


def krippendorff_alpha(counts: Counts) -> FloatArray:
    """Krippendorff's alpha, nominal: 1 - D / (2p(1 - p) n/(n - 1)). nan without variation.

    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, in closed form for
    two values and no gaps (`nominal.krippendorff_alpha` is the general one).
    """
    judgements = counts.coders * counts.units
    return 1 - (1 - fleiss_kappa(counts)) * (1 - _ratio(np.ones_like(judgements), judgements))


def gwet_ac1(counts: Counts) -> FloatArray:
    """Gwet's AC1: chance agreement is 2p(1 - p). nan without variation, as with one category only.

    Source: Gwet 2008, Br. J. Math. Stat. Psychol. 61:29.
    """
    by_chance = 2 * counts.share * (1 - counts.share)
    value = (1 - counts.disagreement - by_chance) / (1 - by_chance)
    return np.where(counts.varies, value, np.nan)


def pabak(counts: Counts) -> FloatArray:
    """Prevalence- and bias-adjusted kappa, 2(1 - D) - 1: kappa had both coders coded half.

    Also Bennett's S for two values. nan without units. Source: Byrt, Bishop & Carlin 1993,
    J. Clin. Epidemiol. 46:423.
    """
    return 1 - 2 * counts.disagreement


def f1(counts: Counts) -> FloatArray:
    """Agreement on "coded" alone, 2 both / (A + B), pairs pooled; nan when nobody coded.

    What nobody coded does not enter, and so there is nothing to expect by chance; kappa comes
    near to it when the code is rare. `matching.span_f1` counts passages instead of units. Source: Hripcsak & Rothschild 2005, JAMIA 12:296.
    """
    return _ratio(2 * counts.both.sum(-1), (counts.coders - 1) * counts.coded.sum(-1))


def prevalence_index(counts: Counts) -> FloatArray:
    """|both - neither| / N for two coders: near 1 when nearly all units fall in one cell.

    The nearer to 1, the lower kappa is for the same share of agreement. nan without units.
    Source: Byrt, Bishop & Carlin 1993, who give it a sign.
    """
    both = counts.both[..., 0]
    neither = counts.units - counts.coded.sum(-1) + both
    return _ratio(np.abs(both - neither), counts.units)


def bias_index(counts: Counts) -> FloatArray:
    """|only A - only B| / N for two coders: how differently often they use the code.

    The larger, the higher kappa is beside pi. nan without units. Source: Byrt, Bishop & Carlin
    1993, who give it a sign.
    """
    return _ratio(np.abs(counts.coded[..., 0] - counts.coded[..., 1]), counts.units)
