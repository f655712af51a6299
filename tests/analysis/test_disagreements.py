from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.disagreements import Difference, disagreements, passages
from qualcoder_sm.analysis.units import Level

A, B, C = 0, 1, 2
X, Y, Z = 0, 1, 2
LINE = units.characters([40, 40])
TURNS = [(0, 10), (11, 20), (21, 30), (31, 40)]
BY_TURN = units.units(Level.UNIT, [40, 40], [TURNS, TURNS])


def read(*rows, axis=LINE, **pair):
    return passages(Codings.of(rows), axis, **pair)


def listed(*rows, axis=BY_TURN, **pair):
    return disagreements(Codings.of(rows), axis, **pair)


def short(found):
    return [(d.start, d.end, d.kind, set(d.only_a), set(d.only_b)) for d in found]


def test_only_one_coder_has_a_code():
    assert short(read((0, X, A, 0, 5))) == [(0, 5, Difference.ONLY_A, {X}, set())]
    assert short(read((0, X, B, 0, 5))) == [(0, 5, Difference.ONLY_B, set(), {X})]


def test_each_has_another_code():
    [found] = read((0, X, A, 0, 5), (0, Y, B, 0, 5))
    assert short([found]) == [(0, 5, Difference.DIFFERENT_CODE, {X}, {Y})]
    assert found.confused == {(X, Y)}
    assert found.codes == {X, Y}


def test_the_same_code_reaches_further_with_one_of_them():
    found = read((0, X, A, 0, 10), (0, X, B, 4, 12))
    assert short(found) == [
        (0, 4, Difference.DIFFERENT_EXTENT, {X}, set()),
        (10, 12, Difference.DIFFERENT_EXTENT, set(), {X}),
    ]
    assert [d.extent for d in found] == [{X}, {X}]


def test_a_passage_is_not_cut_where_another_code_begins_or_ends():
    rows = (0, X, A, 0, 30), (0, Y, A, 10, 15), (0, Y, B, 10, 15), (0, Z, A, 20, 22)
    [found] = read(*rows)
    assert short([found]) == [(0, 30, Difference.ONLY_A, {X, Z}, set())]
    assert (found.both, found.units) == ({Y}, 30)


def test_overlapping_codings_of_both_are_one_passage_with_all_their_codes():
    [found] = read((0, X, A, 0, 10), (0, Y, B, 8, 20), (0, Z, A, 19, 25))
    assert short([found]) == [(0, 25, Difference.DIFFERENT_CODE, {X, Z}, {Y})]
    assert found.confused == {(X, Y), (Z, Y)}


def test_codes_that_are_not_on_the_same_words_are_not_confused():
    [found] = read((0, X, A, 0, 10), (0, Z, A, 8, 20), (0, Y, B, 15, 30))
    assert found.confused == {(Z, Y)}


def test_spans_that_only_touch_are_two_passages_and_no_difference_of_extent():
    found = read((0, X, A, 0, 5), (0, X, B, 5, 9), (0, Y, A, 9, 12))
    kinds = [Difference.ONLY_A, Difference.ONLY_B, Difference.ONLY_A]
    assert [(d.start, d.end) for d in found] == [(0, 5), (5, 9), (9, 12)]
    assert [d.kind for d in found] == kinds


def test_touching_spans_of_one_code_are_one_passage():
    assert short(read((0, X, A, 0, 5), (0, X, A, 5, 9))) == [(0, 9, Difference.ONLY_A, {X}, set())]


def test_agreement_on_all_codes_parts_two_passages():
    found = read((0, X, A, 0, 20), (0, X, B, 5, 10), (0, Y, A, 0, 3))
    assert [(d.start, d.end) for d in found] == [(0, 5), (10, 20)]


def test_a_code_that_one_has_before_and_the_other_after_is_of_both():
    [found] = read((0, X, A, 0, 5), (0, X, B, 5, 9), (0, Y, A, 0, 9))
    assert short([found]) == [(0, 9, Difference.DIFFERENT_CODE, {X, Y}, {X})]


def test_a_difference_of_extent_gives_way_to_a_code_of_ones_own():
    [found] = read((0, X, A, 0, 9), (0, X, B, 5, 9), (0, Y, B, 0, 5))
    assert short([found]) == [(0, 5, Difference.ONLY_B, {X}, {Y})]
    assert found.extent == {X}


def test_agreement_leaves_nothing_to_read():
    assert read((0, X, A, 0, 5), (0, X, B, 0, 3), (0, X, B, 2, 5)) == []


def test_a_passage_in_one_source_says_nothing_of_another():
    rows = (0, X, A, 0, 40), (1, X, A, 0, 5), (1, Y, A, 0, 5), (1, X, B, 0, 5), (1, Y, B, 0, 5)
    assert [(d.source, d.kind) for d in read(*rows)] == [(0, Difference.ONLY_A)]
    assert [(d.source, d.start) for d in read((0, X, A, 30, 40), (1, X, A, 0, 5))] == [
        (0, 30),
        (1, 0),
    ]


def test_any_two_of_several_coders_can_be_compared():
    rows = (0, X, A, 0, 5), (0, X, B, 10, 15), (0, X, C, 0, 5)
    assert read(*rows, first=A, second=C) == []
    swapped = read(*rows, first=C, second=B)
    assert [d.kind for d in swapped] == [Difference.ONLY_A, Difference.ONLY_B]


def test_passages_are_found_in_the_text_that_counts_and_told_in_the_whole_text():
    axis = units.characters([40], [[(0, 10), (20, 30)]])
    rows = (0, X, A, 5, 25), (0, Y, B, 12, 18)
    [found] = read(*rows, axis=axis)
    assert (found.start, found.end, found.units) == (5, 25, 10)
    assert found.kind is Difference.ONLY_A


def test_each_unit_on_which_they_differ_is_listed_with_its_place():
    found = listed((1, X, A, 5, 25), (1, X, B, 12, 14), (0, Y, B, 31, 40))
    places = [(d.source, d.unit, d.start, d.end, set(d.codes)) for d in found]
    assert places == [(0, 3, 31, 40, {Y}), (1, 0, 0, 10, {X}), (1, 2, 21, 30, {X})]
    assert [d.units for d in found] == [1, 1, 1]


def test_units_are_counted_among_those_in_scope_and_told_in_the_whole_text():
    axis = units.units(Level.UNIT, [40, 40], [TURNS, TURNS], [[(21, 40)], [(11, 20), (31, 36)]])
    found = listed((0, X, A, 0, 40), (1, X, B, 5, 40), axis=axis)
    places = [(d.source, d.unit, d.start, d.end) for d in found]
    assert places == [(0, 0, 21, 30), (0, 1, 31, 40), (1, 0, 11, 20), (1, 1, 31, 36)]


def test_a_unit_on_which_the_spans_differ_but_not_the_codes_is_not_listed():
    assert listed((0, X, A, 0, 3), (0, X, B, 7, 10)) == []


def test_a_span_that_ends_on_the_edge_of_a_unit_does_not_reach_the_next():
    found = listed((0, X, A, 0, 11), (0, X, B, 0, 10), (0, Y, A, 20, 21), (0, Z, A, 30, 32))
    assert [(d.unit, set(d.only_a)) for d in found] == [(3, {Z})]


def test_a_unit_may_be_a_matter_of_extent_or_of_a_code_of_ones_own():
    found = listed((0, X, A, 5, 15), (0, X, B, 11, 15), (0, X, A, 31, 35))
    kinds = [(d.unit, d.kind) for d in found]
    assert kinds == [(0, Difference.DIFFERENT_EXTENT), (3, Difference.ONLY_A)]


def test_two_codings_in_one_unit_of_which_only_one_overlaps_the_others():
    rows = (0, X, A, 0, 2), (0, X, A, 8, 14), (0, X, B, 12, 14)
    [found] = listed(*rows)
    assert (found.unit, found.kind, found.extent) == (0, Difference.ONLY_A, frozenset())


def test_both_coders_with_another_code_in_a_unit_confuse_the_two():
    [found] = listed((0, X, A, 0, 2), (0, Y, B, 8, 9), (0, Z, A, 0, 9), (0, Z, B, 0, 9))
    assert (found.kind, found.confused, found.both) == (
        Difference.DIFFERENT_CODE,
        {(X, Y)},
        {Z},
    )


def test_neighbouring_characters_with_the_same_codes_come_as_one():
    rows = (0, X, A, 0, 9), (0, X, A, 4, 12), (0, Y, B, 10, 12)
    found = listed(*rows, axis=LINE)
    assert [(d.start, d.end, d.units) for d in found] == [(0, 10, 10), (10, 12, 2)]


one = st.tuples(
    st.integers(0, 1), st.integers(0, 2), st.integers(0, 2), st.integers(0, 40), st.integers(0, 40)
)
scopes = st.sampled_from([None, [[(0, 11), (21, 40)], None], [[(11, 31)], []]])


def axis_of(level, scope):
    if level is Level.CHARACTER:
        return units.characters([40, 40], scope)
    if level is Level.SOURCE:
        return units.whole_sources([40, 40], scope)
    return units.units(level, [40, 40], [TURNS, TURNS], scope)


@given(st.lists(one, max_size=14), st.sampled_from([Level.CHARACTER, Level.UNIT, Level.SOURCE]),
       scopes)  # fmt: skip
def test_the_list_has_as_many_units_as_the_table_counts(rows, level, scope):
    axis, two = axis_of(level, scope), [row for row in rows if row[2] != C]
    only_a, only_b = Counter(), Counter()
    for found in listed(*rows, axis=axis):
        only_a.update(dict.fromkeys(found.only_a, found.units))
        only_b.update(dict.fromkeys(found.only_b, found.units))
    table = agreement(Codings.of(two), axis, 3, 2, intervals=False)
    assert [(only_a[code], only_b[code]) for code in range(3)] == [row.only for row in table.codes]


def codes_at(rows, source, coder, place):
    return {c for s, c, who, a, b in rows if s == source and who == coder and a <= place < b}


@given(st.lists(one, max_size=12))
def test_passages_are_exactly_the_characters_where_codes_differ(rows):
    shown = {}
    for found in read(*rows):
        for place in range(found.start, found.end):
            assert (found.source, place) not in shown
            shown[found.source, place] = found
    for source in range(2):
        for place in range(40):
            a, b = (codes_at(rows, source, coder, place) for coder in (A, B))
            found = shown.get((source, place))
            assert (found is None) == (a == b)
            if found:
                assert a - b <= found.only_a
                assert b - a <= found.only_b
                assert a & b <= found.both


@given(st.lists(one, max_size=12))
def test_no_passage_is_cut_inside_what_one_coder_alone_has(rows):
    found = read(*rows)
    for before, after in pairwise(found):
        if before.source == after.source and before.end == after.start:
            left = [codes_at(rows, before.source, who, before.end - 1) for who in (A, B)]
            right = [codes_at(rows, after.source, who, after.start) for who in (A, B)]
            assert not (left[0] - left[1]) & (right[0] - right[1])
            assert not (left[1] - left[0]) & (right[1] - right[0])


@pytest.mark.parametrize("rows", [[], [(0, X, A, 5, 5)], [(0, X, C, 0, 5)]])
def test_without_codings_of_the_two_there_is_nothing_to_read(rows):
    assert read(*rows) == listed(*rows) == []


def test_in_no_sources_there_is_nothing_to_read():
    nothing = Codings.of([])
    assert passages(nothing, units.characters([])) == []
    assert disagreements(nothing, units.whole_sources(np.array([], dtype=int))) == []
