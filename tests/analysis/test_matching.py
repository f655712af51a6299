import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.matching import matched

A, B, C = 0, 1, 2


def counted(*rows, codes=2, coders=2, sources=3):
    found = matched(Codings.of(rows), sources, codes, coders)
    return found.passages.tolist(), found.pairs.tolist()


def f1(*rows, coders=2):
    return matched(Codings.of(rows), 3, 2, coders).per_code()[0]


def test_one_shared_character_is_enough_and_touching_is_not():
    assert counted((0, 0, A, 0, 5), (0, 0, B, 4, 9)) == ([2, 0], [1, 0])
    assert counted((0, 0, A, 0, 5), (0, 0, B, 5, 9)) == ([2, 0], [0, 0])


def test_a_long_passage_matches_only_one_of_two_short_ones():
    assert counted((0, 0, A, 0, 9), (0, 0, B, 0, 2), (0, 0, B, 4, 9)) == ([3, 0], [1, 0])
    assert f1((0, 0, A, 0, 9), (0, 0, B, 0, 2), (0, 0, B, 4, 9)) == pytest.approx(2 / 3)


def test_as_many_as_possible_are_matched():
    rows = [(0, 0, A, 0, 9), (0, 0, B, 8, 20), (0, 0, A, 19, 30), (0, 0, B, 29, 40)]
    assert counted(*rows) == ([4, 0], [2, 0])


def test_spans_that_overlap_or_touch_are_one_passage():
    rows = (0, 0, A, 0, 5), (0, 0, A, 3, 7), (0, 0, A, 7, 9), (0, 0, B, 1, 2), (0, 0, B, 8, 9)
    assert counted(*rows) == ([3, 0], [1, 0])


def test_passages_of_other_codes_and_sources_do_not_match():
    rows = (0, 0, A, 0, 5), (0, 1, B, 0, 5), (1, 0, B, 0, 5), (2, 1, A, 0, 5)
    assert counted(*rows) == ([2, 2], [0, 0])


def test_f1_is_undefined_where_nobody_coded_and_zero_where_one_did():
    assert np.isnan(f1())
    assert f1((0, 0, A, 0, 5)) == 0
    assert f1((0, 0, A, 0, 5), (0, 0, B, 0, 5)) == 1


def test_three_coders_are_matched_two_by_two():
    rows = (0, 0, A, 0, 5), (0, 0, B, 0, 5), (0, 0, C, 4, 9), (1, 0, C, 0, 2)
    assert counted(*rows, coders=3) == ([4, 0], [3, 0])
    assert f1(*rows, coders=3) == pytest.approx(2 * 3 / (2 * 4))


def test_pooled_counts_the_passages_of_all_codes():
    rows = [(0, 0, A, 0, 5), (0, 0, B, 0, 5), (1, 1, A, 0, 5), (1, 1, A, 6, 7)]
    assert matched(Codings.of(rows), 3, 2, 2).pooled() == pytest.approx(2 * 1 / 4)


def most_matches(mine, theirs):
    """The largest one-to-one matching, by trying for each of mine every partner or none."""
    if not mine:
        return 0
    first, *rest = mine
    best = most_matches(rest, theirs)
    for other in theirs:
        if max(first[0], other[0]) < min(first[1], other[1]):
            best = max(best, 1 + most_matches(rest, [one for one in theirs if one != other]))
    return best


def apart(edges):
    """Spans with a gap between each two, from lengths and gaps in turn."""
    spans, at = [], 0
    for gap, length in zip(edges[::2], edges[1::2], strict=False):
        spans.append((at + gap, at + gap + length))
        at += gap + length
    return spans


edges = st.lists(st.integers(1, 5), max_size=12).map(apart)


@given(edges, edges)
def test_matches_are_as_many_as_trying_everything_finds(mine, theirs):
    rows = [(0, 0, A, *span) for span in mine] + [(0, 0, B, *span) for span in theirs]
    assert counted(*rows)[1][0] == most_matches(mine, theirs)
