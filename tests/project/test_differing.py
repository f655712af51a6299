"""Where two lists of words differ, also where they are too much to be compared as a whole."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.project import differing as module
from qualcoder_sm.project.differing import differing

LISTS = st.lists(st.sampled_from("abcde"), max_size=60)
FEW_WORDS = [f"w{n} " for n in range(150)]


def made(old, new):
    """`new` as it comes out of `old` by the blocks; fails where something else differs."""
    words, at = [], 0
    for a, b, c, d in differing(old, new):
        words += old[at:a]
        assert len(words) == c
        words += new[c:d]
        at = b
    return words + old[at:]


@pytest.mark.parametrize("most", [0, 20, module._MOST_COMPARED])
def test_the_blocks_make_one_list_of_the_other(monkeypatch, most):
    monkeypatch.setattr(module, "_MOST_COMPARED", most)

    @given(LISTS, LISTS, LISTS, LISTS)
    def holds(head, old, new, tail):
        assert made(head + old + tail, head + new + tail) == head + new + tail

    holds()


def test_few_words_over_and_over_are_compared_around_what_stands_once():
    chance = random.Random(1)
    old = [chance.choice(FEW_WORDS) for _ in range(100_000)]
    new = [*old[:10], "X ", *old[10:50_000], "Y ", "Z ", *old[50_001:]]
    assert list(differing(old, new)) == [(10, 10, 10, 11), (50_000, 50_001, 50_001, 50_003)]


def test_what_has_nothing_in_common_and_is_too_much_counts_as_changed():
    chance = random.Random(1)
    old, new = ([chance.choice(FEW_WORDS) for _ in range(100_000)] for _ in range(2))
    assert list(differing(old, new)) == [(0, 100_000, 0, 100_000)]
