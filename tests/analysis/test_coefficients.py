"""Published worked examples; numbers as printed in the sources named."""

import numpy as np
import pytest

from qualcoder_sm.analysis import coefficients as c
from qualcoder_sm.analysis import nominal
from qualcoder_sm.analysis.coefficients import Counts

FLEISS_1971 = np.array(
    [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
        [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
        [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
        [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3],
        [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1],
        [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ]
)  # fmt: skip

NAN = np.nan
GWET_2014 = np.array(
    [
        [1, 1, NAN, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
        [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NAN, 5, 5, 5], [NAN, NAN, 1, 1],
        [NAN, NAN, 3, NAN],
    ]
)  # fmt: skip


def two(both, only_a, only_b, neither):
    return Counts.of_two(both, only_a, only_b, neither)


def test_fleiss_1971_thirty_patients_by_six_psychiatrists():
    assert nominal.fleiss_kappa(FLEISS_1971) == pytest.approx(0.430, abs=5e-4)


def test_cohen_1960_two_judges_and_three_categories():
    table = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]], dtype=float)
    assert nominal.cohen_kappa(table) == pytest.approx(0.492, abs=5e-4)


def test_krippendorff_2011_binary_two_observers_no_missing():
    a, b = np.array([*map(int, "1100000000")]), np.array([*map(int, "0110010100")])
    ratings = np.column_stack([a, b]).astype(float)
    counts = two((a & b).sum(), (a & ~b & 1).sum(), (b & ~a & 1).sum(), ((1 - a) * (1 - b)).sum())
    assert c.percent(counts) == pytest.approx(60)
    assert c.krippendorff_alpha(counts) == pytest.approx(0.095, abs=5e-4)
    assert nominal.krippendorff_alpha(nominal.counted(ratings)) == pytest.approx(0.095, abs=5e-4)


def test_krippendorff_2011_four_observers_with_gaps():
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
    counts = nominal.counted(np.array(rows).T)
    assert nominal.krippendorff_alpha(counts) == pytest.approx(0.743, abs=5e-4)


def test_gwet_2014_four_raters_with_missing_ratings():
    counts = nominal.counted(GWET_2014)
    assert nominal.observed_agreement(counts) == pytest.approx(0.8181818, abs=1e-6)
    assert nominal.gwet_ac1(counts) == pytest.approx(0.77544, abs=5e-6)
    assert nominal.brennan_prediger(counts) == pytest.approx(0.77273, abs=5e-6)
    assert nominal.fleiss_kappa(counts) == pytest.approx(0.76117, abs=5e-6)
    assert nominal.krippendorff_alpha(counts) == pytest.approx(0.74342, abs=5e-6)


def test_gwet_2008_the_kappa_paradox_of_125_units():
    counts = two(118, 5, 2, 0)
    assert c.cohen_kappa(counts) == pytest.approx(-0.0234, abs=5e-5)
    assert c.gwet_ac1(counts) == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize(("cells", "expected"), [((40, 9, 6, 45), 0.70), ((80, 10, 5, 5), 0.32)])
def test_feinstein_and_cicchetti_1990_same_agreement_different_kappa(cells, expected):
    assert c.percent(two(*cells)) == pytest.approx(85)
    assert c.cohen_kappa(two(*cells)) == pytest.approx(expected, abs=5e-3)


def test_unequal_margins_raise_kappa_and_leave_pi_and_alpha():
    equal, unequal = two(40, 15, 20, 25), two(40, 35, 0, 25)
    assert c.percent(equal) == c.percent(unequal)
    assert c.cohen_kappa(unequal) > c.cohen_kappa(equal)
    assert c.fleiss_kappa(unequal) == c.fleiss_kappa(equal)
    assert c.krippendorff_alpha(unequal) == c.krippendorff_alpha(equal)
    assert c.pabak(unequal) == c.pabak(equal)
    assert c.bias_index(equal) == pytest.approx(0.05)
    assert c.bias_index(unequal) == pytest.approx(0.35)


def test_nvivo_help_example_in_a_thousand_characters():
    counts = two(50, 150, 0, 800)
    assert c.percent(counts) == pytest.approx(85)
    assert c.cohen_kappa(counts) == pytest.approx(0.348, abs=5e-4)


def test_atlas_ti_manual_simple_percent_example():
    counts = two(1, 1, 3, 5)
    assert c.percent(counts) == pytest.approx(60)
    assert c.krippendorff_alpha(counts) == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize(
    ("units", "percent", "kappa", "alpha", "ac1", "pabak"),
    [
        (3_000, 66.7, 0.250, 0.250, 0.400, 0.333),
        (10_000, 90.0, 0.444, 0.444, 0.878, 0.800),
        (100_000, 99.0, 0.495, 0.495, 0.990, 0.980),
        (1_000_000, 99.9, 0.499, 0.499, 0.999, 0.998),
    ],
)
def test_more_uncoded_text_flatters_percent_and_ac1_only(units, percent, kappa, alpha, ac1, pabak):
    counts = two(500, 500, 500, units - 1500)
    assert c.percent(counts) == pytest.approx(percent, abs=0.05)
    assert c.cohen_kappa(counts) == pytest.approx(kappa, abs=1e-3)
    assert c.krippendorff_alpha(counts) == pytest.approx(alpha, abs=1e-3)
    assert c.gwet_ac1(counts) == pytest.approx(ac1, abs=1e-3)
    assert c.pabak(counts) == pytest.approx(pabak, abs=1e-3)
    assert c.f1(counts) == pytest.approx(0.5)


def test_chance_agreement_is_a_sum_of_two_products():
    p_a, p_b, observed = 0.5, 0.4, (30 + 40) / 100
    counts = two(30, 20, 10, 40)
    chance = p_a * p_b + (1 - p_a) * (1 - p_b)
    product = p_a * p_b * (1 - p_a) * (1 - p_b)
    assert c.cohen_kappa(counts) == pytest.approx((observed - chance) / (1 - chance))
    assert c.cohen_kappa(counts) != pytest.approx((observed - product) / (1 - product), abs=0.1)


def test_prevalence_index_compares_both_with_neither():
    assert c.prevalence_index(two(80, 10, 5, 5)) == pytest.approx(0.75)


@pytest.mark.parametrize("cells", [(0, 0, 0, 50), (50, 0, 0, 0), (0, 0, 0, 0)])
def test_no_variation_leaves_every_chance_corrected_coefficient_undefined(cells):
    counts = two(*cells)
    functions = (c.cohen_kappa, c.fleiss_kappa, c.krippendorff_alpha, c.gwet_ac1, c.light_kappa)
    assert all(np.isnan(function(counts)) for function in functions)


def test_light_kappa_is_undefined_when_one_pair_is():
    sheet = np.array([10.0, 0, 0, 4, 0, 0, 0])
    assert np.isnan(c.light_kappa(Counts.of(sheet, 3)))
    assert not np.isnan(c.fleiss_kappa(Counts.of(sheet, 3)))


def test_cohen_kappa_refuses_three_coders():
    with pytest.raises(ValueError, match="two coders"):
        c.cohen_kappa(Counts.of(np.ones(7), 3))


def counts_from(ratings):
    units, coders = ratings.shape
    both = [(ratings[:, i] * ratings[:, k]).sum() for i, k in c.pairs_of(coders)]
    return Counts.of(np.array([units, *ratings.sum(0), *both], dtype=float), coders)


@pytest.mark.parametrize("coders", [2, 3, 5])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_closed_forms_equal_the_general_definitions(coders, share):
    ratings = (np.random.default_rng(coders).random((60, coders)) < share).astype(float)
    closed, general = counts_from(ratings), nominal.counted(ratings)
    assert c.percent(closed) == pytest.approx(100 * nominal.observed_agreement(general))
    assert c.fleiss_kappa(closed) == pytest.approx(nominal.fleiss_kappa(general))
    assert c.krippendorff_alpha(closed) == pytest.approx(nominal.krippendorff_alpha(general))
    assert c.gwet_ac1(closed) == pytest.approx(nominal.gwet_ac1(general))


THREE_CODERS = (
    "110100111000110010100000110100",
    "110110101000100010100100110000",
    "010100111001110000100000111100",
)


def test_two_coders_as_scikit_learn_statsmodels_and_krippendorff_compute():
    counts = counts_from(np.array([[*map(int, marks)] for marks in THREE_CODERS[:2]]).T)
    assert c.cohen_kappa(counts) == pytest.approx(0.6575342465753424)  # scikit-learn 1.9
    assert c.f1(counts) == pytest.approx(0.8)
    assert c.scott_pi(counts) == pytest.approx(0.6571428571428571)  # statsmodels 0.15
    assert c.pabak(counts) == pytest.approx(0.6666666666666667)
    assert c.krippendorff_alpha(counts) == pytest.approx(0.6628571428571428)  # krippendorff 0.9


def test_three_coders_as_scikit_learn_statsmodels_and_krippendorff_compute():
    counts = counts_from(np.array([[*map(int, marks)] for marks in THREE_CODERS]).T)
    assert c.light_kappa(counts) == pytest.approx(0.5898675592470919)
    assert c.fleiss_kappa(counts) == pytest.approx(0.5900809716599189)
    assert c.pabak(counts) == pytest.approx(0.6)
    assert c.krippendorff_alpha(counts) == pytest.approx(0.5946356275303644)


def test_artstein_and_poesio_2008_the_same_agreement_by_three_chances():
    counts = two(20, 20, 10, 50)
    assert c.percent(counts) == pytest.approx(70)
    assert c.pabak(counts) == pytest.approx(0.4)
    assert c.scott_pi(counts) == pytest.approx(0.341, abs=5e-4)
    assert c.cohen_kappa(counts) == pytest.approx(0.348, abs=5e-4)


def test_sim_and_wright_2005_two_clinicians_and_39_patients():
    counts = two(22, 2, 4, 11)
    assert c.cohen_kappa(counts) == pytest.approx(0.67, abs=5e-3)
    assert c.pabak(counts) == pytest.approx(0.69, abs=5e-3)
    assert c.prevalence_index(counts) == pytest.approx(0.28, abs=5e-3)
    assert c.bias_index(counts) == pytest.approx(0.05, abs=5e-3)


@pytest.mark.parametrize("cells", [(40, 9, 6, 45), (80, 10, 5, 5)])
def test_byrt_1993_pabak_is_the_same_where_kappa_is_not(cells):
    both, only_a, only_b, neither = cells
    assert c.pabak(two(*cells)) == pytest.approx(0.70)
    assert c.prevalence_index(two(*cells)) == pytest.approx(abs(both - neither) / 100)
    assert c.bias_index(two(*cells)) == pytest.approx(abs(only_a - only_b) / 100)


def test_two_coder_forms_equal_the_table_definitions():
    table = np.array([[30, 20], [10, 40]], dtype=float)
    assert c.cohen_kappa(two(30, 20, 10, 40)) == pytest.approx(nominal.cohen_kappa(table))
    assert c.scott_pi(two(30, 20, 10, 40)) == pytest.approx(nominal.scott_pi(table))


def test_coefficients_are_worked_out_for_many_codes_at_once():
    sheet = np.array([[100, 50, 40, 30], [100, 0, 0, 0], [100, 85, 85, 80]], dtype=float)
    kappas = c.kappa(Counts.of(sheet, 2))
    assert kappas.shape == (3,)
    assert kappas[0] == pytest.approx(0.4)
    assert np.isnan(kappas[1])
