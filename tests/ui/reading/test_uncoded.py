"""N and Shift+N: from unit to unit that has words and none of one's own codings."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.ui.reading import Missing, ReadingView, SourceContent

N, SHIFT = Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier
TURNS = ["First one.", "Second one.", "Third one.", "Fourth one."]


def test_n_begins_with_the_unit_that_a_text_is_opened_at(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    with qtbot.waitSignal(view.missed) as caught:
        qtbot.keyClick(view, N)
    assert caught.args == [Missing.NOT_HERE]
    assert view.caret() == 0
    places = []
    for _turn in TURNS[1:]:
        qtbot.keyClick(view, N)
        places.append(view.caret())
    assert places == [unit.start for unit in source.units[1:]]


def test_n_goes_on_from_within_a_unit(opened, transcript_of, coding_of, qtbot: QtBot) -> None:
    source = transcript_of(TURNS)
    second = source.units[1]
    view = opened(source, coding_of("c", second.start, second.start + 6))
    view.select(3, 3)
    qtbot.keyClick(view, N)
    assert view.caret() == source.units[2].start


def test_shift_n_goes_back(opened, transcript_of, coding_of, qtbot: QtBot) -> None:
    source = transcript_of(TURNS)
    second = source.units[1]
    view = opened(source, coding_of("c", second.start, second.end))
    view.select(source.units[3].start, source.units[3].start)
    places = []
    for _turn in range(2):
        qtbot.keyClick(view, N, SHIFT)
        places.append(view.caret())
    assert places == [source.units[2].start, 0]
    with qtbot.waitSignal(view.missed) as caught:
        qtbot.keyClick(view, N, SHIFT)
    assert caught.args == [Missing.UNCODED_BEFORE]


def test_headings_interviewers_and_empty_posts_are_passed_by(
    opened, transcript_of, qtbot: QtBot
) -> None:
    plain = transcript_of(["A heading", "What was it?", "  ", "An answer."])
    heading, asked, empty, answer = plain.units
    units = (replace(heading, kind=UnitKind.HEADING), replace(asked, role="interviewer"),
             empty, answer)  # fmt: skip
    view = opened(SourceContent("s", plain.text, units, plain.kind))
    qtbot.keyClick(view, N)
    assert view.caret() == answer.start


def test_what_stands_in_a_transcript_before_anybody_speaks_is_passed_by(
    opened, transcript_of, qtbot: QtBot
) -> None:
    plain = transcript_of(["Interview with P01", "Date: in March", "An answer.", "(pause)"])
    title, date, answer, pause = plain.units
    units = (replace(title, speaker=None), replace(date, speaker=None), answer,
             replace(pause, speaker=None))  # fmt: skip
    view = opened(SourceContent("s", plain.text, units, SourceKind.TRANSCRIPT))
    places = [view.go_to_uncoded(forward=True), view.go_to_uncoded(forward=True)]
    assert places == [(answer.start, answer.end), (pause.start, pause.end)]
    nobody = tuple(replace(unit, speaker=None) for unit in plain.units)
    view = opened(SourceContent("s", plain.text, nobody, SourceKind.TRANSCRIPT))
    assert view.go_to_uncoded(forward=True) == (title.start, title.end)


def test_codings_of_others_and_those_hidden_by_the_filter(
    opened, transcript_of, coding_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    first, second, *_rest = source.units
    view = opened(source, coding_of("hers", first.start, first.end, coder="you"),
                  coding_of("mine", second.start, second.end, code="say"))  # fmt: skip
    view.set_coders("me", {"you": "YO"})
    view.set_filter(["help"])
    qtbot.keyClick(view, N)
    assert view.caret() == first.start
    qtbot.keyClick(view, N)
    assert view.caret() == source.units[2].start


def test_without_single_keys_neither_acts(opened, transcript_of, qtbot: QtBot) -> None:
    view = opened(transcript_of(TURNS))
    view.set_single_keys(False)
    view.select(3, 3)
    for held in (Qt.KeyboardModifier.NoModifier, SHIFT):
        qtbot.keyClick(view, N, held)
        assert view.caret() == 3


@pytest.fixture
def view(opened, transcript_of) -> ReadingView:
    return opened(transcript_of(TURNS))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(coded=st.sets(st.integers(0, 6)), many=st.integers(1, 7))
def test_n_visits_every_uncoded_unit_once_and_shift_n_the_same_backwards(
    view: ReadingView, transcript_of, coding_of, qtbot: QtBot, coded: set[int], many: int
) -> None:
    source = transcript_of([f"Turn {n}." for n in range(many)])
    view.show_source(source)
    here = [source.units[n] for n in coded if n < many]
    view.set_codings(coding_of(f"c{u.ordinal}", u.start, u.end) for u in here)
    expected = [u.start for u in source.units if u not in here]
    on = [place[0] for _n in range(many) if (place := view.go_to_uncoded(forward=True))]
    assert on == expected
    view.select(len(source.text), len(source.text))
    back = [place[0] for _n in range(many) if (place := view.go_to_uncoded(forward=False))]
    assert back == expected[::-1]
