from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis import cooccurrence as cooccurring
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


def test_codes_that_overlap_between_two_units_meet_all_the_same():
    axis = units.units(units.Level.UNIT, [20, 20], [[(0, 5), (9, 20)]] * 2)
    found = cooccurrence(Codings.of([(0, 0, 0, 5, 8), (0, 1, 0, 6, 9)]), axis, 3)
    assert at(found) == (1, 2, 0)


def test_spans_that_end_on_the_edge_of_a_unit_or_of_each_other_do_not_meet():
    assert at(met((0, 0, 0, 0, 7), (0, 1, 0, 7, 12))) == (0, 0, 0)
    assert at(met((0, 0, 0, 0, 8), (0, 1, 0, 8, 12))) == (0, 0, 1)


def test_two_of_everything_in_one_unit_counted_by_hand():
    rows = [(0, 0, 0, 12, 16), (0, 0, 0, 14, 18), (0, 1, 0, 15, 17), (0, 1, 0, 16, 20)]
    rows += [(0, 0, 1, 12, 20), (0, 1, 1, 19, 20), (1, 0, 0, 12, 13), (1, 1, 1, 12, 13)]
    assert at(met(*rows)) == (3 + 1, 3 + 1, 1)
    assert at(met(*rows, same_coder=False)) == (3 + 3 + 1, 5 + 1, 2)


def test_codes_meet_only_in_the_text_that_counts():
    axis = units.units(units.Level.UNIT, [20], [SPANS], [[(0, 7), (12, 20)]])
    overlap_left_out = [(0, 0, 0, 0, 9), (0, 1, 0, 8, 12)]
    both_sides = [(0, 0, 0, 5, 14), (0, 1, 0, 6, 13), (0, 2, 0, 13, 14)]
    assert at(cooccurrence(Codings.of(overlap_left_out), axis, 3)) == (0, 0, 0)
    assert at(cooccurrence(Codings.of(both_sides), axis, 3)) == (1, 2, 1)


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


def test_portions_add_up_to_the_same(monkeypatch):
    rows = [(s, c, w, s + 2 * c, s + 2 * c + 4) for s in (1, 0) for c in range(3) for w in range(2)]
    whole = met(*rows)
    monkeypatch.setattr(cooccurring, "PORTION", 2)
    parts = met(*rows)
    assert whole.pairs.sum() > 0
    assert (parts.pairs == whole.pairs).all()
    assert (parts.characters == whole.characters).all()


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
