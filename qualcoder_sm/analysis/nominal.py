"""Agreement coefficients for any number of values, coders and gaps.

`coefficients` has the closed forms for "coded or not"; here are the definitions they come from,
for values that exclude each other (which of five codes; a rating). Each function returns nan
where the coefficient is undefined.

`counts` is (n_units, n_values): how many coders gave unit u the value k. A unit that fewer
coders judged has a smaller sum; units judged by fewer than two are left out of pairs.
"""

import numpy as np

from qualcoder_sm.analysis.codings import FloatArray, IntArray


def counted(ratings: FloatArray) -> IntArray:
    """`counts` from ratings (n_units, n_coders), nan where a coder did not judge the unit."""
    values = np.unique(ratings[~np.isnan(ratings)])
    return (ratings[:, :, None] == values).sum(axis=1)


def observed_agreement(counts: IntArray) -> float:
    """Mean over units of the share of pairs of coders that agree, 0 to 1."""
    judged = counts[counts.sum(axis=1) > 1]
    if not len(judged):
        return float("nan")
    per_unit = judged.sum(axis=1)
    return float(((judged * (judged - 1)).sum(axis=1) / (per_unit * (per_unit - 1))).mean())


def fleiss_kappa(counts: IntArray) -> float:
    """Fleiss' kappa. Source: Fleiss 1971, Psych. Bull. 76:378."""
    shares = _shares(counts)
    return _beyond_chance(observed_agreement(counts), float((shares**2).sum()))


def brennan_prediger(counts: IntArray) -> float:
    """Chance agreement is 1/q for q values. Source: Brennan & Prediger 1981, EPM 41:687."""
    return _beyond_chance(observed_agreement(counts), 1 / counts.shape[1])


def gwet_ac1(counts: IntArray) -> float:
    """Gwet's AC1; nan when there is only one value. Source: Gwet 2008, BJMSP 61:29."""
    values = counts.shape[1]
    if values < 2:
        return float("nan")
    shares = _shares(counts)
    return _beyond_chance(
        observed_agreement(counts), float((shares * (1 - shares)).sum() / (values - 1))
    )


def krippendorff_alpha(counts: IntArray) -> float:
    """Krippendorff's alpha for nominal values, from the coincidence matrix's diagonal.

    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; 2018, ch. 12.
    """
    judged = counts[counts.sum(axis=1) > 1]
    per_unit, per_value = judged.sum(axis=1), judged.sum(axis=0)
    total = per_unit.sum()
    if np.count_nonzero(per_value) < 2:
        return float("nan")
    agreeing = (judged * (judged - 1)).sum(axis=1) / (per_unit - 1)
    by_chance = (per_value * (per_value - 1)).sum() / (total - 1)
    return float(1 - (total - agreeing.sum()) / (total - by_chance))


def cohen_kappa(table: FloatArray) -> float:
    """Cohen's kappa from a (q, q) table: rows what A said, columns what B said.

    Source: Cohen 1960, Educ. Psychol. Meas. 20:37.
    """
    shares = table / table.sum()
    return _beyond_chance(float(np.trace(shares)), float(shares.sum(axis=1) @ shares.sum(axis=0)))


def scott_pi(table: FloatArray) -> float:
    """Scott's pi from a (q, q) table. Source: Scott 1955, Public Opinion Quarterly 19:321."""
    shares = table / table.sum()
    joint = (shares.sum(axis=1) + shares.sum(axis=0)) / 2
    return _beyond_chance(float(np.trace(shares)), float((joint**2).sum()))


def _shares(counts: IntArray) -> FloatArray:
    judged = counts[counts.sum(axis=1) > 0]
    return (judged / judged.sum(axis=1, keepdims=True)).mean(axis=0)


def _beyond_chance(observed: float, expected: float) -> float:
    return (
        float("nan")
        if np.isclose(expected, 1, rtol=0, atol=1e-12)
        else (observed - expected) / (1 - expected)
    )
