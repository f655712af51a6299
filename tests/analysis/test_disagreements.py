import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.disagreements import Difference, disagreements

A, B, C = 0, 1, 2
X, Y, Z = 0, 1, 2


def found(*rows, lengths=(40, 40), **pair):
    return disagreements(Codings.of(rows), np.array(lengths), **pair)


def short(*rows):
    return [(d.start, d.end, d.kind, set(d.codes_a), set(d.codes_b)) for d in found(*rows)]


def test_only_one_coder_has_a_code():
    assert short((0, X, A, 0, 5)) == [(0, 5, Difference.ONLY_A, {X}, set())]
    assert short((0, X, B, 0, 5)) == [(0, 5, Difference.ONLY_B, set(), {X})]


def test_each_has_another_code():
    assert short((0, X, A, 0, 5), (0, Y, B, 0, 5)) == [(0, 5, Difference.DIFFERENT_CODE, {X}, {Y})]


def test_the_same_code_reaches_further_with_one_of_them():
    assert short((0, X, A, 0, 10), (0, X, B, 4, 12)) == [
        (0, 4, Difference.DIFFERENT_EXTENT, {X}, set()),
        (10, 12, Difference.DIFFERENT_EXTENT, set(), {X}),
    ]


def test_spans_that_only_touch_are_no_difference_of_extent():
    kinds = [row[2] for row in short((0, X, A, 0, 5), (0, X, B, 5, 9))]
    assert kinds == [Difference.ONLY_A, Difference.ONLY_B]


def test_an_added_code_beside_one_they_share_shows_both():
    rows = (0, X, A, 0, 9), (0, X, B, 0, 9), (0, Y, A, 2, 5)
    assert short(*rows) == [(2, 5, Difference.ONLY_A, {X, Y}, {X})]


def test_a_difference_of_extent_gives_way_to_a_code_of_ones_own():
    rows = (0, X, A, 0, 9), (0, X, B, 5, 9), (0, Y, B, 0, 5)
    assert short(*rows) == [(0, 5, Difference.ONLY_B, {X}, {Y})]


def test_stretches_with_the_same_codes_are_one():
    assert short((0, X, A, 0, 5), (0, X, A, 5, 9)) == [(0, 9, Difference.ONLY_A, {X}, set())]


def test_agreement_leaves_nothing_to_read():
    assert found((0, X, A, 0, 5), (0, X, B, 0, 3), (0, X, B, 2, 5)) == []


def test_a_passage_in_one_source_says_nothing_of_another():
    rows = (0, X, A, 0, 5), (1, X, A, 0, 5), (1, X, B, 0, 5)
    assert [(d.source, d.kind) for d in found(*rows)] == [(0, Difference.ONLY_A)]


def test_any_two_of_several_coders_can_be_compared():
    rows = (0, X, A, 0, 5), (0, X, B, 10, 15), (0, X, C, 0, 5)
    assert found(*rows, first=A, second=C) == []
    assert [d.kind for d in found(*rows, first=C, second=B)] == [
        Difference.ONLY_A,
        Difference.ONLY_B,
    ]


one = st.tuples(
    st.integers(0, 1), st.integers(0, 2), st.integers(0, 1), st.integers(0, 20), st.integers(0, 20)
)


def codes_at(rows, source, coder, place):
    return {c for s, c, who, a, b in rows if s == source and who == coder and a <= place < b}


@given(st.lists(one, max_size=12))
def test_the_stretches_are_exactly_the_characters_where_codes_differ(rows):
    shown = {
        (d.source, place): (d.codes_a, d.codes_b)
        for d in found(*rows)
        for place in range(d.start, d.end)
    }
    for source in range(2):
        for place in range(20):
            a, b = (codes_at(rows, source, coder, place) for coder in (A, B))
            assert shown.get((source, place)) == (None if a == b else (a, b))


@pytest.mark.parametrize("rows", [[], [(0, X, A, 5, 5)]])
def test_without_codings_there_is_nothing_to_read(rows):
    assert found(*rows) == []
