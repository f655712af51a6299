from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.analysis.sentences import sentences


def split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("i went home. it was late.", ["i went home.", "it was late."]),
        ("I saw Dr. Smith and Mrs. J. K. Jones. Then I left.",
         ["I saw Dr. Smith and Mrs. J. K. Jones.", "Then I left."]),
        ("Groups, e.g. Facebook, i.e. online. Yes.", ["Groups, e.g. Facebook, i.e. online.", "Yes."]),
        ("So did I. Then we spoke.", ["So did I.", "Then we spoke."]),
        ("At 5 p.m. we met. At 6 p.m. We ate.", ["At 5 p.m. we met.", "At 6 p.m.", "We ate."]),
        ("Pills, creams, etc. and more. End.", ["Pills, creams, etc. and more.", "End."]),
        ("Well... you know. Hm… Right.", ["Well... you know.", "Hm…", "Right."]),
        ("“Why me?” she asked. “No.” He left.", ["“Why me?” she asked.", "“No.”", "He left."]),
        ("It cost 3.50 (or 4.) Next.", ["It cost 3.50 (or 4.)", "Next."]),
        ("See p. 5 and Fig. 2. No. I said no.", ["See p. 5 and Fig. 2.", "No.", "I said no."]),
        ("1. First point. 2 more.", ["1. First point.", "2 more."]),
        ("In the U.K. they wait. Yes", ["In the U.K. they wait.", "Yes"]),
        ("我累了。真的！为什么？好", ["我累了。", "真的！", "为什么？", "好"]),
        ("他说「好。」然后走了。", ["他说「好。」", "然后走了。"]),
        ("No stop here\nNext line", ["No stop here", "Next line"]),
        ("See www.example.org/a.b now. Ok?!  Yes", ["See www.example.org/a.b now.", "Ok?!", "Yes"]),
        ("Tired 😀. Alone.", ["Tired 😀.", "Alone."]),
        (" \n ", []),
        ("", []),
    ],
)  # fmt: skip
def test_where_sentences_end(text, expected):
    assert split(text) == expected


@given(st.text(alphabet='aI D.!?…。") \n😀1', max_size=60))
def test_every_visible_character_is_in_exactly_one_sentence(text):
    covered = [i for start, end in sentences(text) for i in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {i for i, ch in enumerate(text) if not ch.isspace()} <= set(covered)


@given(st.text(max_size=60))
def test_sentences_are_sorted_and_never_empty(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
