"""An edit of a text never moves a span off its words."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.project.moves import Fate, Moves

ALPHABET = ["a", "b", "so", "tired", " ", " ", ". ", "\n", "😀", "e\u0301", "👩‍👩‍👧", "ß"]
Texts = st.lists(st.sampled_from(ALPHABET), max_size=12).map("".join)
SomeText = st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=6).map("".join)
number = st.integers(0, 1000)


def placed(text, n, m):
    a, b = n % (len(text) + 1), m % (len(text) + 1)
    return min(a, b), max(a, b)


@settings(max_examples=300)
@given(
    head=Texts, gone=Texts, put=Texts, gap=Texts, words=SomeText, tail=Texts, after=st.booleans()
)
def test_an_edit_outside_of_a_span_leaves_its_words(head, gone, put, gap, words, tail, after):
    if after:
        start, old, new = (
            len(tail),
            tail + words + gap + gone + head,
            tail + words + gap + put + head,
        )
    else:
        start, old, new = (
            len(head + gone + gap),
            head + gone + gap + words + tail,
            (head + put + gap + words + tail),
        )
    span, fate = Moves(old, new).moved(start, start + len(words))
    assert new[slice(*span)] == words
    assert fate is Fate.MOVED


@settings(max_examples=300)
@given(head=Texts, first=SomeText, gone=Texts, put=Texts, last=SomeText, tail=Texts)
def test_an_edit_inside_of_a_span_leaves_its_ends_where_they_were(
    head, first, gone, put, last, tail
):
    old, new = head + first + gone + last + tail, head + first + put + last + tail
    moves = Moves(old, new)
    (start, end), fate = moves.moved(len(head), len(old) - len(tail))
    if fate is not Fate.MOVED and len(moves.hunks) == 1:
        # else the edit, or a part of it, can be read as one outside of the span
        assert (new[:start], new[end:]) == (head, tail)


@settings(max_examples=300)
@given(old=Texts, new=Texts, n=number, m=number)
def test_every_span_lies_in_the_new_text_and_hunks_rebuild_it(old, new, n, m):
    moves = Moves(old, new)
    start, end = placed(old, n, m)
    span, fate = moves.moved(start, end)
    if fate is not Fate.VANISHED and start < end:
        assert 0 <= span[0] < span[1] <= len(new)
    rebuilt, at = "", 0
    for hunk in moves.hunks:
        rebuilt += old[at : hunk.start] + new[hunk.new_start : hunk.new_end]
        at = hunk.end
    assert rebuilt + old[at:] == new


@pytest.mark.parametrize(
    ("old", "new", "words", "after", "fate"),
    [
        ("I was tired.", "I was so tired.", "tired", "tired", Fate.MOVED),
        ("I was tired.", "I was tired, too.", "tired", "tired", Fate.MOVED),
        ("I was tired.", "I was very tired.", "was tired", "was very tired", Fate.CHANGED),
        ("I was tierd.", "I was tired.", "tierd", "tired", Fate.CHANGED),
        (
            "I was very tired now.",
            "I was exhausted now.",
            "tired now",
            "exhausted now",
            Fate.CHANGED,
        ),
        ("I was very tired now.", "I was now.", "very tired", "", Fate.VANISHED),
        ("I was tired. Yes.", "I was weary. Yes.", "tired", "weary", Fate.CHANGED),
        ("One. Two. Three.", "Zero. One. Two, but. Three!", "Three", "Three", Fate.MOVED),
        ("xaby", "xaaby", "ab", "ab", Fate.MOVED),
        ("so so tired", "so tired", "so tired", "so tired", Fate.MOVED),
        ("e\u0301t\u00e9 😀 fin", "L’e\u0301t\u00e9 😀😀 fin", "fin", "fin", Fate.MOVED),
    ],
)
def test_words_are_found_again(old, new, words, after, fate):
    start = old.rindex(words)
    moves = Moves(old, new)
    span, found = moves.moved(start, start + len(words))
    assert (moves.new[slice(*span)], found) == (after, fate)


def test_many_edits_of_a_long_text_are_seen_one_by_one():
    chance = random.Random(7)
    words = [f"w{chance.randrange(5000)}" for _ in range(160_000)]
    for i in range(9, len(words), 12):
        words[i] += ".\n" if i % 5 else ".\n\n"
    old = " ".join(words)
    edited = list(words)
    places = chance.sample(range(len(words)), 40)
    for i in places:
        edited[i] = chance.choice(["", "new words", f"x{edited[i]}"])
    moves = Moves(old, " ".join(edited))
    assert len(old) > 900_000
    assert len(moves.hunks) <= 2 * len(places)
    assert sum(hunk.end - hunk.start for hunk in moves.hunks) < 40 * len(places)
