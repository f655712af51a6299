import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.frequencies import Counts, Membership, matrix

LENGTHS = [20, 20, 20]


def members(*pairs, groups=2):
    source, group = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Membership(source, group, groups)


def of(rows, membership, codes=2, axis=None):
    axis = axis or units.whole_sources(LENGTHS)
    return matrix(Counts.of(Codings.of(rows), axis, codes), membership)


def test_codings_are_counted_and_overlapping_characters_united():
    rows = [(0, 0, 0, 0, 10), (0, 0, 1, 5, 15), (1, 0, 0, 0, 3), (2, 1, 0, 4, 6)]
    cells = of(rows, members((0, 0), (1, 0), (2, 1))).cells
    assert cells.codings.tolist() == [[3, 0], [0, 1]]
    assert cells.characters.tolist() == [[18, 0], [0, 2]]
    assert cells.presence.tolist() == [[2, 0], [0, 1]]


def test_presence_is_counted_in_the_units_of_the_axis():
    spans = [[(0, 5), (5, 10), (10, 20)]] * 3
    axis = units.units(units.Level.UNIT, LENGTHS, spans)
    cells = of([(0, 0, 0, 4, 6), (0, 0, 0, 6, 9)], members((0, 0)), axis=axis).cells
    assert cells.presence[0, 0] == 2


def test_a_source_in_two_groups_counts_in_both_and_once_in_the_total():
    result = of([(0, 0, 0, 0, 10)], members((0, 0), (0, 1), (0, 1)))
    assert result.cells.codings.tolist() == [[1, 1], [0, 0]]
    assert result.by_code.codings.tolist() == [1, 0]
    assert result.by_code.characters.tolist() == [10, 0]


def test_sources_in_no_group_are_left_out():
    result = of([(0, 0, 0, 0, 10), (2, 0, 0, 0, 10)], members((0, 0)))
    assert result.by_code.codings.tolist() == [1, 0]


def test_group_totals_count_a_character_with_two_codes_once():
    result = of([(0, 0, 0, 0, 10), (0, 1, 0, 5, 15)], members((0, 0)))
    assert result.by_group.characters.tolist() == [15, 0]
    assert result.by_group.codings.tolist() == [2, 0]
    assert result.by_group.presence.tolist() == [1, 0]


def test_a_code_that_counts_what_is_below_it_counts_no_character_twice():
    rows = [(0, 0, 0, 0, 4), (0, 1, 0, 2, 10), (0, 2, 0, 8, 12)]
    rolled = [*rows, (0, 0, 0, 2, 10), (0, 1, 0, 8, 12), (0, 0, 0, 8, 12)]
    axis = units.whole_sources(LENGTHS)
    counts = Counts.of(Codings.of(rolled), axis, 3, Codings.of(rows))
    result = matrix(counts, members((0, 0)))
    assert result.cells.codings[:, 0].tolist() == [3, 2, 1]
    assert result.cells.characters[:, 0].tolist() == [12, 10, 4]
    assert result.by_group.codings[0] == 3


def test_a_case_with_three_sources_and_two_of_everything_counted_by_hand():
    """Case 0 holds all three sources, case 1 the last; code 0 stands in five turns of source 0."""
    turns = [(0, 4), (4, 8), (8, 12), (12, 16), (16, 20)]
    axis = units.units(units.Level.UNIT, LENGTHS, [turns] * 3)
    rows = [(0, 0, 0, start + 1, end) for start, end in turns]
    rows += [(0, 0, 1, 2, 5), (1, 0, 1, 0, 4), (1, 1, 0, 4, 8), (2, 1, 0, 7, 9), (2, 1, 0, 8, 12)]
    result = of(rows, members((0, 0), (1, 0), (2, 0), (2, 1)), axis=axis)
    assert result.cells.codings.tolist() == [[7, 0], [3, 2]]
    assert result.cells.characters.tolist() == [[16 + 4, 0], [4 + 5, 5]]
    assert result.cells.presence.tolist() == [[5 + 1, 0], [1 + 2, 2]]
    assert result.by_code.codings.tolist() == [7, 3]
    assert result.by_code.presence.tolist() == [6, 3]
    assert result.by_group.codings.tolist() == [10, 2]
    assert result.by_group.presence.tolist() == [5 + 2 + 2, 2]


def test_presence_in_whole_sources_is_a_number_of_sources():
    rows = [(0, 0, 0, 0, 2), (0, 0, 1, 5, 9), (1, 0, 0, 0, 2), (1, 1, 0, 0, 2)]
    result = of(rows, members((0, 0), (1, 0), (2, 0), (0, 1)))
    assert result.cells.presence.tolist() == [[2, 1], [1, 0]]
    assert result.by_code.presence.tolist() == [2, 1]
    assert result.by_group.presence.tolist() == [2, 1]


def test_codings_out_of_scope_are_not_counted():
    axis = units.whole_sources(LENGTHS, [[(5, 10)], [], None])
    rows = [(0, 0, 0, 0, 5), (0, 0, 0, 0, 6), (0, 0, 0, 9, 20), (1, 0, 0, 0, 9), (2, 0, 0, 0, 9)]
    cells = of(rows, members((0, 0), (1, 0), (2, 1)), axis=axis).cells
    assert cells.codings.tolist() == [[2, 1], [0, 0]]
    assert cells.characters.tolist() == [[2, 9], [0, 0]]
    assert cells.presence.tolist() == [[1, 1], [0, 0]]


def test_nothing_coded_gives_zeros():
    result = of([], members((0, 0)))
    assert result.cells.characters.tolist() == [[0, 0], [0, 0]]


def test_no_groups_give_an_empty_matrix():
    assert of([(0, 0, 0, 0, 5)], members(groups=0)).cells.codings.shape == (2, 0)


one = st.tuples(
    st.integers(0, 2), st.integers(0, 1), st.integers(0, 1), st.integers(0, 20), st.integers(0, 20)
)


@given(st.lists(one, max_size=12))
def test_characters_equal_counting_every_character(rows):
    cells = of(rows, members((0, 0), (1, 1), (2, 1))).cells
    for code in range(2):
        for group, sources in enumerate(([0], [1, 2])):
            coded = {
                (s, place)
                for s, c, _, a, b in rows
                if s in sources and c == code
                for place in range(a, b)
            }
            assert cells.characters[code, group] == len(coded)
            assert cells.presence[code, group] == len({s for s, _ in coded})
