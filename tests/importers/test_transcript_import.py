"""Speaker turns: the forms in which transcribers write them, and what only looks like one."""

import pytest

from qualcoder_sm.importers import ImportOptions, preview_document, read
from qualcoder_sm.importers.paragraphs import Document
from qualcoder_sm.importers.transcript import is_transcript, speakers, turn_units
from qualcoder_sm.model import SourceKind, UnitKind

INTERVIEW = """[SYNTHETIC] Interview with P01
Date: 12 March 2024. Place: kitchen.

INT: So, how did you come to it?

[00:00:52] P01: Right. Well.
I didn’t want to.

INT:  And then?
P01: (laughs) At 12:30: soup.
"""


def turns(text, **options):
    units = turn_units(Document(text), ImportOptions(**options))
    return [(u.speaker, text[u.start : u.end]) for u in units if u.kind is UnitKind.TURN]


def offsets(text):
    return [u.offset for u in turn_units(Document(text), ImportOptions())]


def test_a_turn_is_the_speech_alone_over_as_many_lines_as_it_takes():
    assert turns(INTERVIEW) == [
        ("INT", "So, how did you come to it?"),
        ("P01", "Right. Well.\nI didn’t want to."),
        ("INT", "And then?"),
        ("P01", "(laughs) At 12:30: soup."),
    ]


def test_lines_above_the_first_turn_are_paragraphs():
    units = turn_units(Document(INTERVIEW), ImportOptions())
    heads = [INTERVIEW[u.start : u.end] for u in units if u.kind is UnitKind.PARAGRAPH]
    assert heads == ["[SYNTHETIC] Interview with P01", "Date: 12 March 2024. Place: kitchen."]


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("[00:12:30] P01: Aye.", 750),
        ("P01 [12:30]: Aye.", 750),
        ("P01 (1:02:03): Aye.", 3723),
        ("P01: [00:00:07.5] Aye.", 7.5),
        ("12:30 P01: Aye.", 750),
        ("#00:01:02-3# P01: Aye.", 62.3),
        ("P01: Aye.", None),
        ("P01：Aye.", None),
        ("**P01:** Aye.", None),
        ("P01\tAye.", None),
        ("P01   12:30\nAye.", 750),
        ("P01 [12:30]\nAye.", 750),
    ],
)
def test_forms_of_a_turn(line, seconds):
    text = f"INT: So?\n{line}\n"
    assert turns(text)[1] == ("P01", "Aye.")
    assert offsets(text)[1] == (None if seconds is None else pytest.approx(seconds))


def test_a_time_at_the_end_of_a_turn_is_when_the_next_begins():
    text = "I: So? #00:00:04-0#\nB1: Aye. #00:00:09-5#\nI: Hm."
    assert turns(text) == [("I", "So?"), ("B1", "Aye."), ("I", "Hm.")]
    assert offsets(text) == [None, 4.0, 9.5]


def test_names_that_come_back_are_speakers():
    text = "Ana Lindqvist   0:03\nHello.\n\nJean de Boer   0:09\nHi.\n\n" * 2
    assert [label for label, _ in turns(text)] == ["Ana Lindqvist", "Jean de Boer"] * 2


def test_among_times_a_name_is_a_speaker_at_once():
    text = "Ana Lee   0:03\nHello there: friend.\n\nP Jones   0:09\nHi.\n\nAna Lee   0:14\nSo?"
    assert turns(text) == [
        ("Ana Lee", "Hello there: friend."),
        ("P Jones", "Hi."),
        ("Ana Lee", "So?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Note: bring soup.\nNote: bring bread.",
        "12:30: soup\n12:45: bread",
        "What I said: yes.\nWhat I said: no.",
        "https://a.example\nhttps://b.example",
        "Morning: rain. Evening: sun.",
        "P01: only once",
    ],
)
def test_what_only_looks_like_a_turn_makes_no_transcript(text):
    assert not is_transcript(text, ImportOptions())


@pytest.mark.parametrize(
    "text", ["x" + " " * 300_000, "A\t" * 100_000, "1:" * 100_000, "INT: a" + " \n" * 300_000]
)
def test_a_text_made_to_stall_the_search_for_turns_does_not(text):
    assert len(turn_units(Document(text), ImportOptions())) == 1


def test_a_label_without_words_makes_no_turn():
    assert turns("INT:\nP01: Yes.\nINT: \n") == [("P01", "Yes.")]


@pytest.mark.parametrize("label", ["INT", "I", "Interviewer", "Researcher 1", "Moderator", "Int"])
def test_those_who_ask_are_known_by_the_usual_words(label):
    units = turn_units(Document(f"{label}: So?\nP01: Aye.\n{label}: Hm."), ImportOptions())
    assert [u.interviewer for u in units] == [True, False, True]


def test_a_label_is_corrected_everywhere():
    assert turns("INT: So?\nPO1: Aye.\nP01: Yes.", speakers={"PO1": "P01"}) == [
        ("INT", "So?"),
        ("P01", "Aye."),
        ("P01", "Yes."),
    ]


def test_a_label_that_is_no_speaker_becomes_part_of_the_turn():
    assert turns("INT: So?\nP01: Aye.\nB12: that is a vitamin.", speakers={"B12": None}) == [
        ("INT", "So?"),
        ("P01", "Aye.\nB12: that is a vitamin."),
    ]


def test_the_interviewers_may_be_named():
    text = "INT: So?\nAna: And?\nP01: Aye.\nAna: Hm."
    units = turn_units(Document(text), ImportOptions(interviewers=frozenset({"Ana"})))
    assert [u.interviewer for u in units] == [False, True, False, True]


def test_speakers_are_counted_before_corrections():
    found = speakers("INT: So?\nPO1: Aye.\nP01: Yes.\nINT: Hm.", ImportOptions())
    assert [(s.label, s.turns, s.interviewer) for s in found] == [
        ("INT", 2, True),
        ("PO1", 1, False),
        ("P01", 1, False),
    ]


def test_the_preview_shows_source_and_speakers(write):
    preview = preview_document(write("P01.txt", INTERVIEW), ImportOptions())
    assert preview.source.kind is SourceKind.TRANSCRIPT
    assert [s.label for s in preview.speakers] == ["INT", "P01"]


def test_the_stored_text_is_the_file_word_for_word(write):
    [source] = read([write("P01.txt", INTERVIEW)]).sources
    assert source.text == INTERVIEW
    assert source.kind is SourceKind.TRANSCRIPT
