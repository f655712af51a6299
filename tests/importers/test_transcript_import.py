"""Speaker turns: the forms in which transcribers write them, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.importers import ImportOptions, preview_document, read
from qualcoder_sm.importers.paragraphs import Document, markdown
from qualcoder_sm.importers.spoken import problems, spoken
from qualcoder_sm.importers.transcript import is_transcript, speakers
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
    found = spoken(Document(text), ImportOptions(**options))
    return [(u.speaker, found.text[u.start : u.end]) for u in found.units
            if u.kind is UnitKind.TURN]  # fmt: skip


def units(text, read=Document, **options):
    """(kind, speaker, seconds, words) of each unit."""
    found = spoken(read(text), ImportOptions(**options))
    return [(u.kind.value, u.speaker, u.offset, found.text[u.start : u.end]) for u in found.units]


def offsets(text):
    return [u.offset for u in spoken(Document(text), ImportOptions()).units]


def told(text, **options):
    return [one.what for one in problems(spoken(Document(text), ImportOptions(**options)), "f")]


def test_a_turn_is_the_speech_alone_over_as_many_lines_as_it_takes():
    assert turns(INTERVIEW) == [
        ("INT", "So, how did you come to it?"),
        ("P01", "Right. Well.\nI didn’t want to."),
        ("INT", "And then?"),
        ("P01", "(laughs) At 12:30: soup."),
    ]


def test_the_text_is_the_words_that_were_said_a_unit_under_the_other():
    found = spoken(Document(INTERVIEW), ImportOptions())
    assert found.text == (
        "[SYNTHETIC] Interview with P01\n"
        "Date: 12 March 2024. Place: kitchen.\n"
        "So, how did you come to it?\n"
        "Right. Well.\nI didn’t want to.\n"
        "And then?\n"
        "(laughs) At 12:30: soup."
    )
    assert [found.text[u.end : u.end + 1] for u in found.units] == ["\n"] * 5 + [""]


def test_lines_above_the_first_turn_are_paragraphs():
    heads = [words for kind, _who, _at, words in units(INTERVIEW) if kind == "paragraph"]
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
    "text",
    [
        "x" + " " * 300_000,
        "A\t" * 100_000,
        "1:" * 100_000,
        "INT: a" + " \n" * 300_000,
        "INT: a" + " [00:01]" * 50_000,
        "INT: a" + "\n[00:01]" * 50_000,
        "INT: a\n00:01" + " " * 300_000 + "x",
    ],
)
def test_a_text_made_to_stall_the_search_for_turns_does_not(text):
    assert len(units(text)) == 1


def test_a_label_without_words_makes_no_turn():
    assert turns("INT:\nP01: Yes.\nINT: \n") == [("P01", "Yes.")]


@pytest.mark.parametrize("label", ["INT", "I", "Interviewer", "Researcher 1", "Moderator", "Int"])
def test_those_who_ask_are_known_by_the_usual_words(label):
    found = spoken(Document(f"{label}: So?\nP01: Aye.\n{label}: Hm."), ImportOptions())
    assert [u.interviewer for u in found.units] == [True, False, True]


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
    found = spoken(Document(text), ImportOptions(interviewers=frozenset({"Ana"})))
    assert [u.interviewer for u in found.units] == [False, True, False, True]


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


@pytest.mark.parametrize("stamp", ["#00:15:00-2#", "[00:15:00.2]", "<00:15:00.2>", "(0:15:00.2)",
                                   "\n00:15:00.2\n", "\n  (15:00.2)"])  # fmt: skip
def test_a_time_that_closes_a_turn_leaves_the_text_and_opens_the_next(stamp):
    text = f"INT: So?\nP01: Aye. {stamp}\n\nINT: Hm. {stamp} {stamp}"
    assert units(text) == [
        ("turn", "INT", None, "So?"),
        ("turn", "P01", None, "Aye."),
        ("turn", "INT", pytest.approx(900.2), "Hm."),
    ]
    assert told(text) == []


@pytest.mark.parametrize("line", ["[00:15]", "15:00", "#00:15:00-2#", "0:15 --> 0:20", " (15:00) "])
def test_a_line_of_a_time_within_a_turn_leaves_the_text_and_is_told(line):
    text = f"INT: So?\nP01: Right.\n\n{line}\nWell.\n{line}\n\nAye."
    assert turns(text)[1] == ("P01", "Right.\n\nWell.\n\nAye.")
    assert told(text) == ["2 lines that held nothing but a time were left out."]


def test_a_time_in_the_midst_of_words_stays_and_is_told():
    text = "INT: So?\nP01: Right [00:01:02] well.\n[00:01:05] Aye.\nINT: At 12:30 (12:30)"
    assert turns(text)[1:] == [
        ("P01", "Right [00:01:02] well.\n[00:01:05] Aye."),
        ("INT", "At 12:30 (12:30)"),
    ]
    assert told(text) == [
        "3 times stay in the text, for they stand within what is said, such as [00:01:02]."
    ]


def test_an_answer_that_is_a_time_is_kept():
    assert turns("INT: When?\nP01: 12:30\nINT: Aye.")[1] == ("P01", "12:30")


def test_a_time_above_a_label_is_when_it_is_said():
    assert units("[00:00:05]\nINT: So?\n\n00:09\n\nP01: Aye.") == [
        ("turn", "INT", 5, "So?"), ("turn", "P01", 9, "Aye.")]  # fmt: skip


def test_without_speakers_a_time_is_that_of_the_words_after_it():
    text = "00:00:01.500 --> 00:00:04.000\nHello there\n\n[00:05] and more\nand again\n00:09\n"
    assert units(text) == [
        ("paragraph", None, 1.5, "Hello there"),
        ("paragraph", None, 5, "and more"),
        ("paragraph", None, None, "and again"),
    ]


def test_a_label_without_words_is_told():
    assert told("INT:\nP01: Yes.\nINT: [00:04]\n") == ["2 labels without words were left out."]


def test_a_heading_among_turns_is_a_unit_and_the_same_person_goes_on():
    text = "# Topics\nINT: So? [00:09]\n## Home\nP01: Aye.\n## Work\nWell.\n## End"
    assert units(text, read=markdown) == [
        ("heading", None, None, "# Topics"),
        ("turn", "INT", None, "So?"),
        ("heading", None, None, "## Home"),
        ("turn", "P01", 9, "Aye."),
        ("heading", None, None, "## Work"),
        ("turn", "P01", None, "Well."),
        ("heading", None, None, "## End"),
    ]


def test_a_name_before_a_tab_is_a_label_once_it_is_named_as_one():
    text = "INT\tSo?\nMary Lee\tAye."
    assert turns(text, speakers={"Mary Lee": "P01"}) == [("INT", "So?"), ("P01", "Aye.")]


def test_what_is_told_names_its_file(write):
    bundle = read(
        [write("a.txt", "INT: So?\nP01: Aye."), write("b.txt", "INT: So?\nP01:\nINT: Hm.")]
    )
    assert [(one.file, one.what) for one in bundle.problems] == [
        ("b.txt", "1 label without words was left out.")]  # fmt: skip
    assert preview_document(write("b.txt", "INT:\nP01: Aye."), ImportOptions()).problems


def test_a_transcript_in_which_nobody_says_a_word_is_refused(write):
    with pytest.raises(UnreadableFile, match=r"a\.txt is empty"):
        read([write("a.txt", "INT:\n[00:04]\nP01: \n")])


def test_a_text_that_is_no_transcript_keeps_every_character(write):
    text = "\n  [SYNTHETIC] Notes  \n\n[00:04]\nP01: once \n"
    [source] = read([write("notes.txt", text)]).sources
    assert source.kind is SourceKind.TEXT
    assert source.text == text


WORDS = st.text("ab 😀é\n", min_size=1, max_size=12).filter(lambda words: words.strip())
STAMPS = st.sampled_from(["", "[00:00:07] ", "(1:02:03) ", "#00:00:01-5# "])
TURNS = st.tuples(st.sampled_from(["INT", "P01", "P02"]), STAMPS, WORDS,
                  st.sampled_from(["", " [00:09:59]", "\n00:12"]))  # fmt: skip


@given(st.lists(TURNS, min_size=2, max_size=8), st.sampled_from(["\n", "\n\n", " \n\t\n"]))
def test_whatever_the_layout_the_words_are_all_and_alone(said, between):
    text = between.join(f"{stamp}{who}: {words}{end}" for who, stamp, words, end in said)
    found = spoken(Document(between + text + between), ImportOptions())
    assert found.text == "\n".join(words.strip() for _who, _stamp, words, _end in said)
    assert [(u.speaker, found.text[u.start : u.end]) for u in found.units] == [
        (who, words.strip()) for who, _stamp, words, _end in said]  # fmt: skip
