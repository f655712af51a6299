import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.analysis import nominal, units
from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import WrongUsage

LENGTH, SOURCES, CODES = 30, 3, 2


def run(rows, axis, codes=1, coders=2, **options):
    return agreement(Codings.of(rows), axis, codes, coders, **options)


def of_strings(*coders):
    """Codings of one code by coders who wrote 1 where they coded."""
    rows = [
        (0, 0, coder, place, place + 1)
        for coder, marks in enumerate(coders)
        for place, mark in enumerate(marks)
        if mark == "1"
    ]
    return run(rows, units.characters([len(coders[0])]), coders=len(coders))


def row_strategy(coders):
    place = st.integers(0, LENGTH)
    who = st.integers(0, coders - 1)
    one = st.tuples(st.integers(0, SOURCES - 1), st.integers(0, CODES - 1), who, place, place)
    return st.lists(one, max_size=14)


def ratings_of(rows, code, coders, spans):
    """(units, coders) of 0 and 1, looked up character by character."""
    table = np.zeros((SOURCES, len(spans), coders))
    for source, of, coder, start, end in rows:
        for unit, (a, b) in enumerate(spans):
            if of == code and set(range(start, end)) & set(range(a, b)):
                table[source, unit, coder] = 1
    return table.reshape(-1, coders)


def close(estimate, expected):
    if math.isnan(expected):
        return estimate.value is None and bool(estimate.why)
    return estimate.value == pytest.approx(expected, abs=1e-9)


def test_krippendorff_2011_from_spans():
    row = of_strings("1100000000", "0110010100").codes[0]
    assert (row.both, row.only, row.neither, row.n_units) == (1, (1, 3), 5, 10)
    assert row.percent.value == pytest.approx(60)
    assert row.alpha.value == pytest.approx(0.095, abs=5e-4)


def test_overlapping_spans_of_one_coder_are_no_agreement_with_oneself():
    rows = [(0, 0, 0, 0, 10), (0, 0, 0, 0, 10), (0, 0, 0, 5, 15), (0, 0, 1, 20, 25)]
    row = run(rows, units.characters([40])).codes[0]
    assert (row.both, row.only, row.neither) == (0, (15, 5), 20)


def test_spans_that_touch_in_different_sources_stay_apart():
    row = run([(0, 0, 0, 5, 10), (1, 0, 1, 0, 5)], units.characters([10, 10])).codes[0]
    assert (row.both, row.only, row.neither) == (0, (5, 5), 10)


def test_a_coder_who_coded_nothing_still_counts():
    row = run([(0, 0, 0, 0, 5)], units.characters([10])).codes[0]
    assert row.only == (5, 0)
    assert row.percent.value == pytest.approx(50)
    assert row.kappa.value == pytest.approx(0)


def test_an_unused_code_has_a_row_with_a_reason_instead_of_numbers():
    row = run([(0, 0, 0, 0, 5)], units.characters([10]), codes=2).codes[1]
    reason = "Nobody applied the code, so it does not vary."
    for name in ("kappa", "light_kappa", "alpha", "ac1", "pi", "f1", "span_f1", "alpha_u"):
        estimate = getattr(row, name)
        assert (estimate.value, estimate.why, estimate.interval) == (None, reason, None)
    assert row.kappa.no_interval == row.why == reason
    assert row.percent.value == pytest.approx(100)
    assert row.pabak.value == pytest.approx(1)


def test_a_code_on_everything_says_so():
    row = run([(0, 0, 0, 0, 9), (0, 0, 1, 0, 9)], units.characters([9])).codes[0]
    assert row.kappa.value is row.alpha.value is row.ac1.value is row.alpha_u.value is None
    assert (row.f1.value, row.span_f1.value) == (1, 1)
    assert row.ac1.why == row.why == "Everybody coded everything, so the code does not vary."


def test_without_any_text_nothing_is_defined():
    row = run([], units.characters([0, 0])).codes[0]
    assert row.percent.value is row.kappa.value is row.prevalence_index is None
    assert row.why == "There are no units to compare."


def test_no_codes_leave_an_empty_table():
    result = run([], units.characters([9]), codes=0)
    assert result.codes == ()
    assert result.pooled.why == "There are no units to compare."
    assert (result.mean_alpha.value, result.mean_alpha.codes) == (None, 0)


def test_the_coefficient_called_kappa_has_a_name():
    two, three = of_strings("110", "100"), of_strings("110", "100", "010")
    assert two.kappa_name == two.codes[0].kappa_name == two.pooled.kappa_name == "Cohen’s kappa"
    assert three.kappa_name == three.codes[0].kappa_name == "Fleiss’ kappa"


def test_three_coders_get_fleiss_kappa_and_the_distribution():
    row = of_strings("11110000", "11000010", "10100000").codes[0]
    assert row.spread == (3, 2, 2, 1)
    assert (row.both, row.only, row.some, row.neither) == (1, (1, 1, 0), 2, 3)
    ratings = np.array([[*map(int, w)] for w in ("11110000", "11000010", "10100000")]).T
    expected = nominal.fleiss_kappa(nominal.counted(ratings.astype(float)))
    assert row.kappa.value == pytest.approx(expected)


def test_pooling_adds_the_counts_of_the_codes():
    rows = [(0, 0, 0, 0, 5), (0, 0, 1, 0, 5), (0, 1, 0, 0, 4)]
    pooled = run(rows, units.characters([10]), codes=3).pooled
    assert (pooled.both, pooled.only, pooled.neither, pooled.n_units) == (5, (4, 0), 21, 30)


def test_the_mean_leaves_undefined_codes_out_and_counts_them():
    result = run([(0, 0, 0, 0, 5), (0, 0, 1, 0, 5)], units.characters([10]), codes=3)
    assert (result.mean_alpha.value, result.mean_alpha.defined, result.mean_alpha.codes) == (
        1,
        1,
        3,
    )


def test_one_coder_cannot_agree():
    with pytest.raises(WrongUsage):
        run([], units.characters([5]), coders=1)


@given(row_strategy(2))
def test_character_counts_equal_looking_at_every_character(rows):
    result = run(rows, units.characters([LENGTH] * SOURCES), codes=CODES)
    spans = [(i, i + 1) for i in range(LENGTH)]
    for code in range(CODES):
        a, b = ratings_of(rows, code, 2, spans).T
        row = result.codes[code]
        assert row.both == (a * b).sum()
        assert row.only == ((a * (1 - b)).sum(), (b * (1 - a)).sum())
        assert row.neither == ((1 - a) * (1 - b)).sum()


@given(row_strategy(3))
def test_unit_levels_equal_the_general_definitions(rows):
    spans = [(0, 7), (7, 12), (13, 20), (25, 30)]
    axis = units.units(Level.PARAGRAPH, [LENGTH] * SOURCES, [spans] * SOURCES)
    row = run(rows, axis, codes=CODES, coders=3).codes[0]
    counts = nominal.counted(ratings_of(rows, 0, 3, spans))
    assert row.percent.value == pytest.approx(100 * nominal.observed_agreement(counts))
    assert close(row.kappa, nominal.fleiss_kappa(counts))
    assert close(row.alpha, nominal.krippendorff_alpha(counts))
    assert close(row.ac1, nominal.gwet_ac1(counts))


@given(row_strategy(2))
def test_swapping_two_coders_swaps_only_who_is_who(rows):
    axis = units.characters([LENGTH] * SOURCES)
    swapped = [(s, c, 1 - who, a, b) for s, c, who, a, b in rows]
    one = run(rows, axis, codes=CODES).pooled
    other = run(swapped, axis, codes=CODES).pooled
    assert (one.both, one.only, one.neither) == (other.both, other.only[::-1], other.neither)
    assert one.kappa == other.kappa
    assert one.alpha == other.alpha
    assert one.alpha_u == other.alpha_u


@given(row_strategy(3), st.permutations(range(3)))
def test_permuting_coders_changes_no_coefficient(rows, order):
    axis = units.characters([LENGTH] * SOURCES)
    one = run(rows, axis, codes=CODES, coders=3).pooled
    permuted = [(s, c, order[who], a, b) for s, c, who, a, b in rows]
    other = run(permuted, axis, codes=CODES, coders=3).pooled
    for name in ("kappa", "light_kappa", "alpha", "ac1", "pi", "alpha_u", "f1", "span_f1"):
        assert getattr(one, name).value == pytest.approx(getattr(other, name).value)


@given(row_strategy(2), st.integers(0, LENGTH))
def test_splitting_a_source_where_nothing_is_coded_keeps_the_counts(rows, cut):
    rows = [row for row in rows if row[0] == 0 and not row[3] < cut < row[4]]
    split = [
        (0, c, who, a, b) if b <= cut else (1, c, who, a - cut, b - cut) for _, c, who, a, b in rows
    ]
    whole = run(rows, units.characters([LENGTH]), codes=CODES).pooled
    parts = run(split, units.characters([cut, LENGTH - cut]), codes=CODES).pooled
    assert (whole.both, whole.only, whole.neither) == (parts.both, parts.only, parts.neither)


def brute_alpha_u(ratings):
    """|u-alpha of one code by pairing all characters of all coders, per the definition."""
    length, coders = ratings.shape
    unit = np.full((length, coders), -1)
    for coder in range(coders):
        for place in range(length):
            if ratings[place, coder]:
                joined = place and ratings[place - 1, coder]
                unit[place, coder] = unit[place - 1, coder] if joined else place
    points = [(p, k) for p in range(length) for k in range(coders)]
    paired = differing = same_place = differing_there = 0
    for p, k in points:
        for q, m in points:
            own_unit = k == m and unit[p, k] >= 0 and unit[p, k] == unit[q, m]
            if (p, k) == (q, m) or own_unit:
                continue
            differs = ratings[p, k] != ratings[q, m]
            paired, differing = paired + 1, differing + differs
            if p == q:
                same_place, differing_there = same_place + 1, differing_there + differs
    return 1 - (differing_there / same_place) / (differing / paired) if differing else math.nan


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3), min_size=2, max_size=12))
def test_alpha_u_equals_pairing_every_character(marks):
    ratings = np.array(marks)
    row = of_strings(*("".join(map(str, column)) for column in ratings.T)).codes[0]
    assert close(row.alpha_u, brute_alpha_u(ratings))


def test_alpha_u_does_not_depend_on_the_unit_chosen():
    rows = [(0, 0, 0, 0, 8), (0, 0, 1, 4, 12)]
    by_character = run(rows, units.characters([40])).codes[0]
    by_source = run(rows, units.whole_sources([40])).codes[0]
    assert by_character.alpha_u == by_source.alpha_u


def test_a_rare_code_with_high_percent_is_remarked_on():
    remarks = run([(0, 0, 0, 0, 9), (0, 0, 1, 5, 10)], units.characters([1000])).codes[0].remarks
    assert any("mostly text that nobody coded" in remark for remark in remarks)


def test_few_coded_units_are_remarked_on():
    remarks = run([(0, 0, 0, 0, 4)], units.characters([10])).codes[0].remarks
    assert "Only 4 units carry this code: the coefficients are unstable." in remarks


def test_agreement_below_chance_is_said_in_words():
    rows = [(0, 0, 0, 0, 20), (0, 0, 1, 20, 40)]
    assert "Less agreement than chance alone would give." in (
        run(rows, units.characters([40])).codes[0].remarks
    )


def test_without_being_asked_for_there_are_no_intervals():
    rows = [(s, 0, k, 0, 9 + s * k) for s in range(9) for k in (0, 1)]
    axis = units.characters([40] * 9)
    assert run(rows, axis).codes[0].alpha.interval is not None
    estimate = run(rows, axis, intervals=False).codes[0].alpha
    assert (estimate.interval, estimate.no_interval) == (None, "No intervals were asked for.")


TURNS = [(0, 10), (11, 20), (21, 30), (31, 40), (41, 50)]


def test_a_study_counted_by_hand():
    """Three sources, one code in five turns of the first, spans of both coders overlapping."""
    axis = units.units(Level.UNIT, [50, 50, 20], [TURNS, TURNS, TURNS[:2]])
    rows = [(0, 0, 0, *turn) for turn in TURNS]  # A: all five turns of source 0
    rows += [(0, 0, 1, 0, 20), (0, 0, 1, 41, 45)]  # B: turns 0, 1 and 4
    rows += [(1, 0, 0, 5, 15), (1, 0, 1, 8, 30)]  # A: turns 0, 1 of source 1; B: 0, 1, 2
    rows += [(2, 0, 1, 10, 11)]  # between the turns of source 2
    row = run(rows, axis).codes[0]
    assert (row.both, row.only, row.neither, row.n_units) == (5, (2, 1), 4, 12)
    assert (row.coded, row.spread) == ((7, 6), (4, 3, 5))
    assert row.percent.value == pytest.approx(100 * 9 / 12)
    assert row.kappa.value == pytest.approx((9 / 12 - 72 / 144) / (1 - 72 / 144))
    assert row.alpha.value == pytest.approx(1 - 23 * 3 / (13 * 11))
    assert row.f1.value == pytest.approx(10 / 13)
    assert row.pabak.value == pytest.approx(0.5)
    assert row.pi.value == pytest.approx(1 - (3 / 12) / (2 * 13 / 24 * 11 / 24))
    assert row.ac1.value == pytest.approx((0.75 - 286 / 576) / (1 - 286 / 576))
    assert (row.prevalence_index, row.bias_index) == pytest.approx((1 / 12, 1 / 12))


def test_passages_of_that_study_are_matched_one_by_one():
    rows = [(0, 0, 0, *turn) for turn in TURNS]
    rows += [(0, 0, 1, 0, 20), (0, 0, 1, 41, 45), (1, 0, 0, 5, 15), (1, 0, 1, 8, 30)]
    row = run(rows, units.characters([50, 50, 20])).codes[0]
    assert row.span_f1.value == pytest.approx(2 * 3 / (6 + 3))
    assert run(rows, units.whole_sources([50, 50, 20])).codes[0].span_f1 == row.span_f1


def test_every_level_counts_what_it_says_in_the_same_codings():
    text = "One. Two!\nThree.\n\nFour four"
    rows = [(0, 0, 0, 0, 9), (0, 0, 1, 5, 16), (1, 0, 0, 18, 22), (1, 0, 1, 18, 22)]
    counted = {}
    for level in Level:
        spans = units.unit_spans(level, text, [(0, 9), (10, 16), (18, 27)])
        row = run(rows, units.units(level, [27, 27], [spans, spans])).codes[0]
        counted[level] = (row.both, row.only, row.neither)
    assert counted == {
        Level.CHARACTER: (4 + 4, (5, 7), 54 - 20),
        Level.SENTENCE: (1 + 1, (1, 1), 8 - 4),
        Level.PARAGRAPH: (1 + 1, (0, 1), 6 - 3),
        Level.UNIT: (1 + 1, (0, 1), 6 - 3),
        Level.SOURCE: (2, (0, 0), 0),
    }
