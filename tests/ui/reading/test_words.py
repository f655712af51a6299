"""What is selected is words: nothing unseen, nothing halved, no white space at the ends."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from view_tools import ALT, LEFT, PLAIN, before, drag, drag_over

from qualcoder_sm.model import SourceKind, Unit, UnitKind
from qualcoder_sm.ui.reading import (
    ApplyRequest,
    BoundaryRequest,
    ReadingView,
    SourceContent,
    SpanRequest,
)

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TURNS = ["What did they say?", "I know it works in there.", "And the well-being of it?"]


@pytest.fixture
def view(opened, transcript_of) -> ReadingView:
    return opened(transcript_of(TURNS))


def posts(*words: str) -> SourceContent:
    """A thread of these posts, a blank line between two of them."""
    units, start = [], 0
    for number, post in enumerate(words):
        unit = Unit(f"p{number}", "s", number, start, start + len(post), UnitKind.POST, "A1")
        units.append(unit)
        start = unit.end + 2
    return SourceContent("s", "\n\n".join(words), tuple(units), SourceKind.POSTS, "Thread")


def steps_right(qtbot: QtBot, view: ReadingView, end: int) -> list[int]:
    """Every place of the caret on its way to a position, by the right arrow."""
    places = [view.caret()]
    while view.caret() < end:
        qtbot.keyClick(view, Key.Key_Right)
        assert view.caret() > places[-1]
        places.append(view.caret())
    return places


# By keyboard


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.text("ab ,.", min_size=1, max_size=12).map(str.strip).filter(bool),
                      min_size=1, max_size=5))  # fmt: skip
def test_the_caret_takes_each_character_of_a_transcript_in_turn(
    view, transcript_of, qtbot: QtBot, turns: list[str]
) -> None:
    source = transcript_of(turns)
    view.show_source(source)
    places = steps_right(qtbot, view, len(source.text))
    assert places == list(range(len(source.text) + 1))


def test_shift_and_right_at_the_end_of_a_turn_takes_one_character(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    end = len(TURNS[0])
    view.select(end, end)
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    assert view.selection() == (end, end + 1)


def test_shift_and_down_on_a_turn_of_one_line_asks_for_its_words_alone(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    qtbot.keyClick(view, Key.Key_Home, CTRL)
    qtbot.keyClick(view, Key.Key_Down, SHIFT)
    with qtbot.waitSignal(view.paletteRequested) as caught:
        qtbot.keyClick(view, Key.Key_Return)
    request = caught.args[0]
    assert source.text[request.start : request.end] == TURNS[0]
    assert view.words() == (0, len(TURNS[0]))


@pytest.mark.parametrize(
    ("source", "unseen"),
    [(posts("First post.", "Second\n\none.", "Third."), "\n\n"),
     (SourceContent("s", "\n\n  One.\n\n \nTwo.\n\n"), "\n")],
    ids=["posts", "plain text"],
)  # fmt: skip
def test_the_caret_never_stands_between_two_paragraphs(
    opened, qtbot: QtBot, source: SourceContent, unseen: str
) -> None:
    view = opened(source)
    qtbot.keyClick(view, Key.Key_End, CTRL)
    last = view.caret()
    qtbot.keyClick(view, Key.Key_Home, CTRL)
    places = steps_right(qtbot, view, last)
    text = source.text
    assert text[: places[0]].strip() == text[places[-1] :].strip() == ""
    for place in places:
        line = text[text.rfind("\n", 0, place) + 1 :].split("\n")[0]
        assert line.strip(), f"nothing is seen at {place}"


# By mouse


def test_a_drag_that_begins_and_ends_within_words_takes_them_whole(opened, transcript_of) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index("now it")
    assert drag_over(view, start, source.text.index("orks") + 2) == "know it works"
    assert drag_over(view, source.text.index("orks") + 2, start) == "know it works"
    assert view.caret() < view.anchor()


def test_a_drag_with_alt_takes_characters(opened, transcript_of) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index("now it")
    assert drag_over(view, start, source.text.index("orks") + 2, ALT) == "now it wor"


def test_a_drag_takes_no_white_space_at_its_ends(opened, transcript_of) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index(" it works")
    assert drag_over(view, start, source.text.index("in there")) == "it works"


def test_a_word_with_a_hyphen_is_one(opened, transcript_of) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index("being")
    assert drag_over(view, start + 1, source.text.index("of it") + 1) == "well-being of"
    assert drag_over(view, source.text.index("the well"), start - 2) == "the well-being"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends=st.tuples(st.integers(0, 61), st.integers(0, 61)))
def test_every_drag_takes_whole_words(view, ends: tuple[int, int]) -> None:
    text = view.text()
    start, end = (n if text[n] != "\n" else n + 1 for n in ends)
    words = drag_over(view, start, end)
    first, last = view.selection()
    assert words == words.strip()
    for edge in (first, last):
        letters = text[max(0, edge - 1) : edge + 1]
        assert not (words and 0 < edge < len(text) and letters.isalpha())


@pytest.mark.parametrize("source", [posts(*TURNS), None], ids=["posts", "turns"])
def test_a_drag_that_ends_between_two_units_keeps_to_the_one_it_began_in(
    opened, transcript_of, source: SourceContent | None
) -> None:
    source = source or transcript_of(TURNS)
    view = opened(source)
    [first, second, third] = source.units
    under = view.rect_of(second.start, second.end)[0]
    below = QPoint(round(under.left()) + 60, round(under.bottom()) + 2)
    drag(view, before(view, source.text.index("works")), below)
    assert view.selected_text() == "works in there."
    above = QPoint(round(under.left()) + 60, round(under.top()) - 2)
    drag(view, before(view, source.text.index("works") + 2), above)
    assert view.selected_text() == "I know it works"
    drag(view, before(view, third.start), above)
    assert view.selected_text() == source.text[second.start : third.start].strip()
    assert first.end < second.start == view.selection()[0]


def test_a_hand_that_shakes_while_it_presses_selects_nothing(opened, transcript_of) -> None:
    view = opened(transcript_of(TURNS))
    point = before(view, 9)
    drag(view, point, point + QPoint(3, 0))
    assert view.selected_text() == ""


def test_a_drag_back_to_where_it_began_selects_nothing(opened, transcript_of) -> None:
    view = opened(transcript_of(TURNS))
    point, port = before(view, 9), view.viewport()
    QTest.mousePress(port, LEFT, PLAIN, point)
    QTest.mouseMove(port, before(view, 15))
    assert view.selected_text() == "they say"
    QTest.mouseMove(port, point)
    QTest.mouseRelease(port, LEFT, PLAIN, point)
    assert view.selected_text() == ""


def test_a_handle_is_drawn_to_the_end_of_a_word(
    opened, transcript_of, coding_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    start = source.text.index("know")
    view = opened(source, coding_of("c", start, start + len("know it")))
    view.select(start + 1, start + 1)
    held = view.rect_of(start, start + len("know it"))[0]
    handle = QPoint(round(held.right()), round(held.center().y()))
    target = before(view, source.text.index("orks") + 1)
    with qtbot.waitSignal(view.boundaryRequested) as caught:
        drag(view, handle, target)
    assert caught.args == [BoundaryRequest("c", start, start + len("know it works"))]
    with qtbot.waitSignal(view.boundaryRequested) as caught:
        drag(view, handle, target, ALT)
    assert caught.args == [BoundaryRequest("c", start, start + len("know it wo"))]


# What is asked for


@pytest.mark.parametrize(
    ("key", "signal"),
    [(Key.Key_Return, "paletteRequested"), (Key.Key_R, "repeatRequested"),
     (Key.Key_I, "inVivoRequested"), (Key.Key_0, "doesNotFitRequested"),
     (Key.Key_M, "memoRequested")],
)  # fmt: skip
def test_white_space_at_the_ends_of_a_selection_is_not_asked_for(
    opened, transcript_of, qtbot: QtBot, key: Key, signal: str
) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index(" it works ")
    view.select(start, start + len(" it works "))
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        qtbot.keyClick(view, key)
    assert caught.args == [SpanRequest(start + 1, start + len(" it works"))]


def test_a_code_on_a_selection_goes_on_its_words(opened, transcript_of, qtbot: QtBot) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    view.select(0, len(TURNS[0]) + 1)
    with qtbot.waitSignal(view.codeRequested) as caught:
        view.request_code("help")
    assert caught.args == [ApplyRequest("help", 0, len(TURNS[0]))]
