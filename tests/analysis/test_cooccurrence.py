from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import Codings
from qualcoder_sm.analysis.cooccurrence import cooccurrence

SPANS = [(0, 6), (7, 12), (12, 20)]
AXIS = units.units(units.Level.UNIT, [20, 20], [SPANS, SPANS])


def met(*rows, **options):
    return cooccurrence(Codings.of(rows), AXIS, 3, **options)


def at(result, one=0, other=1):
    return tuple(int(part[one, other]) for part in (result.pairs, result.characters, result.units))


def test_codes_meet_on_the_characters_both_cover():
    assert at(met((0, 0, 0, 0, 10), (0, 1, 0, 5, 15))) == (1, 5, 3 - 1)


def test_codes_in_one_unit_meet_there_without_touching():
    assert at(met((0, 0, 0, 0, 2), (0, 1, 0, 4, 6))) == (0, 0, 1)


def test_codes_in_different_sources_never_meet():
    assert at(met((0, 0, 0, 0, 9), (1, 1, 0, 0, 9))) == (0, 0, 0)


def test_a_character_under_several_codings_counts_once():
    rows = (0, 0, 0, 0, 10), (0, 0, 0, 0, 10), (0, 1, 0, 5, 15)
    assert at(met(*rows)) == (2, 5, 2)


def test_two_coders_on_the_same_words_count_them_once():
    rows = [(0, code, coder, 0, 6) for code in (0, 1) for coder in (0, 1)]
    assert at(met(*rows)) == (2, 6, 1)


def test_codes_of_different_coders_meet_only_when_asked_for():
    rows = (0, 0, 0, 0, 6), (0, 1, 1, 0, 6)
    assert at(met(*rows)) == (0, 0, 0)
    assert at(met(*rows, same_coder=False)) == (1, 6, 1)


def test_a_code_does_not_meet_itself():
    assert met((0, 0, 0, 0, 6), (0, 0, 0, 3, 9)).pairs.sum() == 0


def test_nothing_coded_meets_nothing():
    assert at(met()) == (0, 0, 0)


one = st.tuples(
    st.integers(0, 1), st.integers(0, 2), st.integers(0, 1), st.integers(0, 20), st.integers(0, 20)
)


@given(st.lists(one, max_size=14))
def test_counts_equal_comparing_every_pair(rows):
    result = met(*rows)
    for x, y in combinations(range(3), 2):
        words, pairs, shared_units = set(), 0, set()
        mine = [r for r in rows if r[1] == x and r[3] < r[4]]
        theirs = [r for r in rows if r[1] == y and r[3] < r[4]]
        for p in mine:
            for q in theirs:
                if p[0] != q[0] or p[2] != q[2]:
                    continue
                common = set(range(*p[3:])) & set(range(*q[3:]))
                words |= {(p[0], place) for place in common}
                pairs += bool(common)
                shared_units |= {
                    (p[0], u)
                    for u, (a, b) in enumerate(SPANS)
                    if set(range(a, b)) & set(range(*p[3:]))
                    and set(range(a, b)) & set(range(*q[3:]))
                }
        assert at(result, x, y) == at(result, y, x) == (pairs, len(words), len(shared_units))
