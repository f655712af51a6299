"""Speakers with keys: by file order and key file, in labels, names of files and words."""

from dataclasses import replace

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.bundle import SourceDraft, UnitDraft
from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.importers import (
    ImportOptions,
    ReadAs,
    SpeakerKeys,
    key_file_for,
    key_files,
    read,
    read_key_file,
    write_key_file,
)
from qualcoder_sm.importers.speaker_keys import with_keys
from qualcoder_sm.model import SourceKind, UnitKind

TALK = (
    "Interviewer: So, Jane Smith, who else?\nJane Smith: Rosa did.\n"
    "Interviewer: Rosa?\nRosa: Me 😀, Jane.\nJane Smith: Yes.\nRosa: So.\n"
)
KEYS = ImportOptions(speaker_keys=SpeakerKeys.PARTICIPANTS)
ALL_KEYS = ImportOptions(speaker_keys=SpeakerKeys.EVERYBODY)


def words_of(source: SourceDraft) -> list[tuple[str | None, str]]:
    return [(unit.speaker, source.text[unit.start : unit.end]) for unit in source.units]


def test_without_being_asked_for_labels_stay(write):
    bundle = read([write("P01.txt", TALK)])
    assert {unit.speaker for unit in bundle.sources[0].units} == {
        "Interviewer", "Jane Smith", "Rosa",
    }  # fmt: skip
    assert (bundle.authors, bundle.keyed) == ({}, ())


def test_participants_get_keys_in_order_and_interviewers_keep_their_label(write):
    path = write("P01.txt", TALK)
    bundle = read([path], KEYS)
    assert bundle.authors == {"Jane Smith": "A0001", "Rosa": "A0002"}
    assert bundle.keyed == (path,)
    assert words_of(bundle.sources[0]) == [
        ("Interviewer", "So, A0001, who else?"),
        ("A0001", "A0002 did."),
        ("Interviewer", "A0002?"),
        ("A0002", "Me 😀, Jane."),
        ("A0001", "Yes."),
        ("A0002", "So."),
    ]
    assert "Jane Smith" not in bundle.sources[0].text


def test_interviewers_get_keys_too_when_that_is_asked_for(write):
    bundle = read([write("P01.txt", TALK)], ALL_KEYS)
    assert set(bundle.authors) == {"Interviewer", "Jane Smith", "Rosa"}
    assert bundle.sources[0].units[0].interviewer


def test_names_inside_the_words_can_be_left_as_they_are(write):
    options = ImportOptions(speaker_keys=SpeakerKeys.PARTICIPANTS, mask_names=False)
    bundle = read([write("P01.txt", TALK)], options)
    assert words_of(bundle.sources[0])[:2] == [
        ("Interviewer", "So, Jane Smith, who else?"),
        ("A0001", "Rosa did."),
    ]


def test_a_speaker_of_the_key_file_keeps_the_key_and_new_ones_follow(write, tmp_path):
    path = write("P01.txt", TALK)
    write_key_file(key_file_for(path), {"Rosa": "A0009"})
    assert read([path], KEYS).authors == {"Rosa": "A0009", "Jane Smith": "A0010"}
    write_key_file(tmp_path / "keys.csv", {"Jane Smith": "A0003"})
    options = ImportOptions(
        speaker_keys=SpeakerKeys.PARTICIPANTS, key_file=tmp_path / "keys.csv", first_author=40
    )
    bundle = read([path], options)
    assert bundle.authors == {"Jane Smith": "A0003", "Rosa": "A0040"}
    assert key_files(bundle, options) == [tmp_path / "keys.csv"]


def test_a_file_that_is_no_key_in_its_place_is_refused(write):
    path = write("P01.txt", TALK)
    key_file_for(path).write_text("a,b\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="not an author key"):
        read([path], KEYS)


def test_who_writes_posts_and_speaks_has_one_key(write, write_csv):
    posts = write_csv(("author", "text"), ("Rosa", "Hello."), ("Una", "Rosa!"))
    talk = write("P01.txt", TALK)
    bundle = read([talk, posts], KEYS)
    assert bundle.authors == {"Rosa": "A0001", "Una": "A0002", "Jane Smith": "A0003"}
    assert bundle.keyed == (posts, talk)
    assert key_files(bundle, KEYS) == [key_file_for(posts), key_file_for(talk)]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Jane Smith.txt", "A0001"),
        ("jane_smith-2.txt", "A0001-2"),
        ("With ROSA and Jane  Smith.txt", "With A0002 and A0001"),
        ("Rosamund.txt", "Rosamund"),
    ],
)
def test_names_leave_the_name_of_the_source_and_of_its_file(write, file, name):
    [source] = read([write(file, TALK)], KEYS).sources
    assert (source.name, source.origin) == (name, f"{name}.txt")


def test_a_label_that_reads_like_a_key_of_another_takes_no_ones_place(write):
    talk = "Jane: Yes.\nA0001: No.\nJane: So.\nA0001: Well.\n"
    [source] = read([write("Jane and A0001.txt", talk)], KEYS).sources
    assert source.name == "A0001 and A0002"


def test_sources_that_are_called_alike_only_by_their_keys_are_numbered(write):
    sources = read([write("Jane Smith.txt", TALK), write("jane-smith.txt", TALK)], KEYS).sources
    assert [source.name for source in sources] == ["A0001", "A0001 (2)"]


def test_a_part_of_a_name_left_in_the_name_of_a_source_is_told(write):
    bundle = read([write("Mrs Smith.txt", TALK)], KEYS)
    assert bundle.problems[-1].what == (
        "“Smith” is part of a speaker’s name, and is still in the name of the source."
    )


def test_a_text_without_speakers_is_told_and_has_no_key_file(write):
    path = write("Notes.txt", "Just words.\n\nMore of them.")
    bundle = read([path], KEYS)
    assert [problem.what for problem in bundle.problems] == [
        "No speakers were found here, so no name became a key."
    ]
    assert bundle.keyed == ()


def test_the_key_file_is_written_beside_and_a_document_reads_alike(tmp_path):
    document = docx.Document()
    for line in TALK.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "P01.docx"))
    bundle = read([tmp_path / "P01.docx"], KEYS)
    write_key_file(*key_files(bundle, KEYS), bundle.authors)
    assert read_key_file(tmp_path / "P01_authors_key.csv") == bundle.authors


def talk_of(*turns: tuple[str, str]) -> SourceDraft:
    text, units = "", []
    for who, words in turns:
        units.append(UnitDraft(len(text), len(text) + len(words), UnitKind.TURN, speaker=who))
        text += f"{words}\n"
    return SourceDraft("P", SourceKind.TRANSCRIPT, text, tuple(units), origin="P.txt")


def test_names_that_became_keys_inside_the_words_are_counted_file_by_file(tmp_path):
    drafts = [talk_of(("Jane", "Rosa?"), ("Rosa", "Jane, Jane.")), talk_of(("Jane", "Rosa."))]
    paths = [tmp_path / "P01.txt", tmp_path / "P02.txt"]
    assert [(one.file, one.what) for one in with_keys(paths, drafts, KEYS, {}).problems] == [
        ("P01.txt", "In the words of the transcript 3 names of speakers became keys."),
        ("P02.txt", "In the words of the transcript 1 name of a speaker became a key."),
    ]


Labels = st.sampled_from(["Jane", "Jan", "Jane Smith", "Ä😀", "İ", "P1", "jo", "(x"])
Words = st.lists(st.one_of(Labels, st.sampled_from(["", "x", " ", "👩‍👩‍👧", "Janes"]))).map(
    " ".join
)


@given(st.lists(st.tuples(Labels, Words), max_size=8))
def test_units_stay_on_their_words_whatever_becomes_a_key(tmp_path_factory, turns):
    path = tmp_path_factory.getbasetemp() / "P.txt"
    spoken = with_keys([path], [talk_of(*turns)], KEYS, {})
    [source] = spoken.sources
    assert "\n".join(words for _who, words in words_of(source)) == source.text.removesuffix("\n")
    for (who, words), (key, now) in zip(turns, words_of(source), strict=True):
        assert key == spoken.authors[who]
        assert len(now.split()) <= len(words.split())
        if not any(label in words for label in spoken.authors):
            assert now == words


def test_a_name_that_got_no_key_is_told_of(write):
    path = write("P01.txt", "Jane Smith: Hello.\nInterviewer: Hi.\nRosa: Bye.\nInterviewer: Bye.")
    bundle = read([path], replace(KEYS, kind=ReadAs.TRANSCRIPT))
    assert [problem.what for problem in bundle.problems] == [
        "None but interviewers were found here, so no name became a key.",
        "“Jane Smith:” opens a line only once, so it was taken for words, and got no key.",
        "“Rosa:” opens a line only once, so it was taken for words, and got no key.",
    ]
