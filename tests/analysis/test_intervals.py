from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.coverage import Case, coverage
from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.coefficients import Counts, kappa, krippendorff_alpha
from qualcoder_sm.analysis.intervals import interval, student_t
from qualcoder_sm.analysis.units import Level

FOUR = [(30, 1, 2, 67), (12, 3, 0, 85), (40, 5, 4, 51), (22, 0, 3, 75)]
"""Both, only A, only B and neither of four sources."""


def of_sources(cells):
    both, only_a, only_b, neither = np.array(cells, dtype=float).T
    sheet = [both + only_a + only_b + neither, both + only_a, both + only_b, both]
    return Counts.of(np.stack(sheet, axis=-1), 2)


def around(cells, coefficient=krippendorff_alpha):
    by_source = of_sources(cells)
    return interval(coefficient, by_source, int(sum(a + b + c for a, b, c, _ in cells)))


def by_hand(cells, value_of, t):
    """The jackknife written out: leave out each source, look at artanh, add up the squares."""
    whole = np.arctanh(value_of(*np.sum(cells, axis=0)))
    squares = 0.0
    for i in range(len(cells)):
        rest = np.sum(cells[:i] + cells[i + 1 :], axis=0)
        squares += (np.arctanh(value_of(*rest)) - whole) ** 2
    error = np.sqrt((len(cells) - 1) / len(cells) * squares)
    return np.tanh(whole - t * error), np.tanh(whole + t * error)


def alpha_of(both, only_a, only_b, neither):
    ones, zeros = 2 * both + only_a + only_b, 2 * neither + only_a + only_b
    return 1 - (ones + zeros - 1) * (only_a + only_b) / (ones * zeros)


def kappa_of(both, only_a, only_b, neither):
    n, a, b = both + only_a + only_b + neither, both + only_a, both + only_b
    chance = (a * b + (n - a) * (n - b)) / n**2
    return ((both + neither) / n - chance) / (1 - chance)


@pytest.mark.parametrize(
    ("coefficient", "value_of"), [(krippendorff_alpha, alpha_of), (kappa, kappa_of)]
)
def test_eight_sources_left_out_in_turn(coefficient, value_of):
    found, why = around(FOUR * 2, coefficient)
    low, high = by_hand(FOUR * 2, value_of, t=2.364624)  # t of 7 degrees of freedom
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-5)
    assert (found.sources, found.freedom, why) == (8, 7, "")
    assert found.method.startswith("95 % interval from leaving out each of the 8 sources in turn")


def test_sources_in_which_nobody_used_the_code_give_no_freedom():
    found, _ = around([*FOUR * 2, *[(0, 0, 0, 100)] * 5])
    low, high = by_hand([*FOUR * 2, *[(0, 0, 0, 100)] * 5], alpha_of, t=2.364624)
    assert (found.sources, found.freedom) == (13, 7)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-5)


def test_nor_do_sources_that_carry_it_throughout_when_it_is_nearly_everywhere():
    found, _ = around([*FOUR * 2, *[(100, 0, 0, 0)] * 9])
    assert (found.sources, found.freedom) == (17, 7)


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(1, 12.7062), (2, 4.30265), (3, 3.18245), (4, 2.77645), (5, 2.57058), (7, 2.36462),
     (9, 2.26216), (19, 2.09302), (56, 2.00324), (1000, 1.96234)],
)  # fmt: skip
def test_student_t_as_tabled(freedom, expected):
    assert student_t(freedom) == pytest.approx(expected, rel=3e-6)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (FOUR + FOUR[:3], "Too few sources for an interval: 7 of at least 8."),
        ([(1, 0, 0, 9)] * 7 + [(1, 1, 0, 8)],
         "Too few units for an interval: 9 carry the code, of at least 10."),
        ([(3, 0, 0, 9), (4, 0, 0, 6)] * 4, "No interval: the coders never differ."),
        ([(3, 1, 1, 9)] * 8, "No interval: every source gives the same value."),
        ([(3, 0, 0, 9)] * 7 + [(4, 1, 0, 5)], "No interval: the coders differ in one source only."),
        ([(0, 0, 0, 9)] * 7 + [(20, 3, 2, 5)],
         "No interval: without one of the sources the code would be everywhere or nowhere."),
        ([(9, 0, 0, 0)] * 7 + [(20, 3, 2, 5)],
         "No interval: without one of the sources the code would be everywhere or nowhere."),
    ],
)  # fmt: skip
def test_no_interval_and_the_reason(cells, reason):
    assert around(cells) == (None, reason)


def test_eight_sources_and_ten_units_that_carry_the_code_are_enough():
    found, _ = around([(1, 0, 0, 9)] * 6 + [(1, 1, 0, 8)] * 2)
    assert found.sources == 8


def test_coders_who_never_agree_have_no_interval():
    found, why = around([(0, 5, 5, 0)] * 8, kappa)
    assert (found, why) == (None, "No interval: the coders agree in one source at most.")


SPANS = [(i * 10, i * 10 + 10) for i in range(10)]


def studied(sources):
    """Codings of two codes: B mostly has what A has, in every source."""
    random = np.random.default_rng(3)
    rows = []
    for source, code, (start, end) in product(range(sources), (0, 1), SPANS):
        a, same, by_chance = random.random(3) < (0.4, 0.8, 0.4)
        for coder, coded in enumerate((a, a if same else by_chance)):
            if coded:
                rows.append((source, code, coder, start, end))
    return rows


@pytest.mark.parametrize("level", [Level.CHARACTER, Level.UNIT])
def test_whole_sources_are_left_out_at_every_level(level):
    rows = studied(9)
    axis = units.units(level, [100] * 9, [SPANS] * 9)
    if level is Level.CHARACTER:
        axis = axis.by_character
    row = agreement(Codings.of(rows), axis, 2, 2).codes[0]
    cells = []
    for source in range(9):
        a, b = ({s[3] for s in rows if s[:3] == (source, 0, coder)} for coder in (0, 1))
        cells.append([len(a & b), len(a - b), len(b - a), 10 - len(a | b)])
    times = 10 if level is Level.CHARACTER else 1
    low, high = by_hand([[times * n for n in four] for four in cells], alpha_of, t=2.306004)
    assert (row.alpha.interval.low, row.alpha.interval.high) == pytest.approx((low, high), abs=1e-4)
    assert row.alpha.interval.sources == 9


def test_sources_without_units_are_not_left_out_for_they_are_not_in():
    scopes = [None] * 9 + [[]] * 3
    axis = units.units(Level.UNIT, [100] * 12, [SPANS] * 12, scopes)
    row = agreement(Codings.of(studied(12)), axis, 2, 2).codes[0]
    assert row.alpha.interval.sources == 9


def test_an_interval_does_not_depend_on_what_other_codes_are_asked_for():
    rows, axis = studied(10), units.units(Level.UNIT, [100] * 10, [SPANS] * 10)
    alone = agreement(Codings.of([r for r in rows if r[1] == 0]), axis, 1, 2).codes[0]
    together = agreement(Codings.of(rows), axis, 2, 2).codes[0]
    assert alone.kappa.interval == together.kappa.interval
    assert alone.alpha.interval == together.alpha.interval


def test_a_pooled_interval_is_no_narrower_for_codes_that_are_copies():
    rows, axis = studied(10), units.units(Level.UNIT, [100] * 10, [SPANS] * 10)
    copied = rows + [(s, c + 2, who, a, b) for s, c, who, a, b in rows]
    once = agreement(Codings.of(rows), axis, 2, 2).pooled.kappa.interval
    twice = agreement(Codings.of(copied), axis, 4, 2).pooled.kappa.interval
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))


cell = st.tuples(*[st.integers(0, 20)] * 4)


@given(st.lists(cell, min_size=8, max_size=14), st.randoms())
def test_an_interval_holds_its_value_and_knows_no_order(cells, random):
    found, why = around(cells)
    assert (found is None) == bool(why)
    if found:
        value = float(krippendorff_alpha(of_sources(cells).total()))
        assert -1 <= found.low <= value <= found.high <= 1
        random.shuffle(cells)
        again, _ = around(cells)
        assert (again.low, again.high) == pytest.approx((found.low, found.high))


@pytest.mark.parametrize("icc", [0.0, 0.3])
def test_intervals_hold_the_true_value_about_as_often_as_they_promise(icc):
    case = Case(10, 40, icc, prevalence=0.3, seen=0.85)
    found = coverage(case, krippendorff_alpha, studies=300, huge=100_000)
    assert 0.9 < found.covered < 0.99
    assert found.given > 0.95
