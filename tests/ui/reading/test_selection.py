"""Selecting words by mouse and by keyboard, in the order of the stored text."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcoder_sm.ui.reading import ReadingView

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

BEFORE = {
    "nothing": "",
    "an emoji": "😀 ",
    "a family joined by invisible joiners": "👩‍👩‍👧‍👦 👍🏽 ",
    "combining marks": "re\u0301sume\u0301 n\u0303 ",
    "right to left": "שלום עולם ",
    "arabic and numbers": "قال 25 مرة ",
    "control characters": "a\x00b\x0bc ",
}


def middle_left(view: ReadingView, start: int, end: int) -> QPoint:
    rect = view.rect_of(start, end)[0]
    return QPointF(rect.left() + 1, rect.center().y()).toPoint()


def drag(view: ReadingView, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    QTest.mousePress(port, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, Qt.KeyboardModifier.NoModifier, end)


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_what_stands_before_a_word_never_shifts_its_selection(
    opened, transcript_of, before: str
) -> None:
    source = transcript_of([f"{before}some of us read aloud."])
    view = opened(source)
    start = source.text.index("us read")
    end = start + len("us read")
    last = view.rect_of(end - 1, end)[0]

    drag(
        view,
        middle_left(view, start, start + 1),
        QPoint(round(last.right()), round(last.center().y())),
    )

    assert view.selected_text() == "us read"
    assert view.selection() == (start, end)


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_every_place_leads_back_to_the_position_it_was_got_from(
    opened, transcript_of, before: str
) -> None:
    source = transcript_of([f"{before}aloud"])
    view = opened(source)
    first = source.text.index("aloud")
    for position in range(first, first + 5):
        rect = view.rect_of(position, position + 1)[0]
        point = QPointF(rect.left() + 1, rect.center().y()).toPoint()
        assert view.position_at(point) == position


def test_a_selection_by_keys_runs_over_paragraphs(opened, transcript_of, qtbot: QtBot) -> None:
    source = transcript_of(["One two.", "Three four."])
    view = opened(source)
    start = source.text.index("two")
    view.select(start, start)

    qtbot.keyClick(view, Key.Key_Down, SHIFT)
    qtbot.keyClick(view, Key.Key_End, SHIFT)

    assert view.selection() == (start, source.text.index("four.") + len("four."))


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "👍🏽", "e\u0301\u0323", "🇸🇪"])
def test_an_arrow_key_passes_what_reads_as_one_character_at_once(
    opened, transcript_of, qtbot: QtBot, cluster: str
) -> None:
    source = transcript_of([f"a{cluster}b"])
    view = opened(source)
    start = source.text.index("a")
    view.select(start + 1, start + 1)

    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    assert view.selected_text() == cluster
    qtbot.keyClick(view, Key.Key_Left)
    assert view.caret() == start + 1


def test_selecting_inside_a_cluster_does_not_split_it(opened, transcript_of) -> None:
    source = transcript_of(["a👩‍👩‍👧‍👦b"])
    view = opened(source)
    start = source.text.index("a")
    view.select(start, start + 3)
    assert view.selected_text() in ("a", "a👩‍👩‍👧‍👦")


def test_double_click_selects_a_word_and_a_third_the_turn(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(["We asked the nurses.", "They said no."])
    view = opened(source)
    start = source.text.index("nurses")
    point = middle_left(view, start + 2, start + 3)

    QTest.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    assert view.selected_text() == "nurses"
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    assert view.selected_text() == "We asked the nurses."


def test_shift_click_extends_the_selection(opened, transcript_of) -> None:
    source = transcript_of(["We asked the nurses.", "They said no."])
    view = opened(source)
    start, end = source.text.index("asked"), source.text.index("said")
    QTest.mouseClick(
        view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle_left(view, start, start + 1)
    )
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, middle_left(view, end, end + 1))
    assert view.selection() == (start, end)


def test_s_selects_the_sentence_and_goes_on_to_the_next(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(["It was late. Nobody came. We slept."])
    view = opened(source)
    view.select(*[source.text.index("Nobody") + 2] * 2)
    qtbot.keyClick(view, Key.Key_S)
    assert view.selected_text() == "Nobody came."
    qtbot.keyClick(view, Key.Key_S)
    assert view.selected_text() == "Nobody came. We slept."


def test_u_selects_the_turn_without_its_label(opened, transcript_of, qtbot: QtBot) -> None:
    source = transcript_of(["First.", "Second line\nof a turn."])
    view = opened(source)
    view.select(*[source.text.index("line")] * 2)
    qtbot.keyClick(view, Key.Key_U)
    assert view.selected_text() == "Second line\nof a turn."


def test_copying_puts_the_stored_words_on_the_clipboard(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(["We voted 😀 again."])
    view = opened(source)
    start = source.text.index("voted")
    view.select(start, start + len("voted 😀"))
    qtbot.keyClick(view, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "voted 😀"


def test_home_and_end_keep_to_the_line_and_with_ctrl_to_the_source(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(["word " * 60, "The end."])
    view = opened(source)
    view.select(*[source.text.index("word") + 200] * 2)
    qtbot.keyClick(view, Key.Key_Home)
    start = view.caret()
    qtbot.keyClick(view, Key.Key_End)
    assert start < source.text.index("word") + 200 < view.caret() < start + 90
    qtbot.keyClick(view, Key.Key_End, CTRL)
    assert view.caret() == source.text.index("The end.") + len("The end.")
    qtbot.keyClick(view, Key.Key_Home, CTRL)
    assert view.caret() == source.text.index("word")


def test_up_and_down_return_to_the_column_they_began_in(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(["A long enough first line.", "Short.", "A long enough third line."])
    view = opened(source)
    begin = source.text.index("first")
    view.select(begin, begin)
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Down)
    assert source.text[: view.caret()].endswith("A long enough ")
    qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_Up)
    assert view.caret() == begin


def test_dragging_below_the_view_scrolls_on(opened, transcript_of, qtbot: QtBot) -> None:
    source = transcript_of([f"Turn number {n}." for n in range(200)])
    view = opened(source)
    port = view.viewport()
    start = middle_left(view, view.caret(), view.caret() + 1)
    QTest.mousePress(port, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, QPoint(300, 590))
    QTest.mouseMove(port, QPoint(300, 660))
    seen = view.selection()[1]
    qtbot.waitUntil(lambda: view.selection()[1] > seen + 200)
    QTest.mouseRelease(port, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(300, 660))


def test_left_moves_on_in_a_turn_written_from_the_right(
    opened, transcript_of, qtbot: QtBot
) -> None:
    source = transcript_of(["שלום עולם"])
    view = opened(source)
    start = source.text.index("ש")
    view.select(start, start)
    qtbot.keyClick(view, Key.Key_Left)
    assert view.caret() == start + 1


def test_a_span_over_two_directions_is_two_rectangles(opened, transcript_of) -> None:
    source = transcript_of(["one two שלוש ארבע five"])
    view = opened(source)
    start, end = source.text.index("two"), source.text.index("וש")
    left, right = view.rect_of(start, end)
    assert right.left() > left.right() + 20
    whole = view.rect_of(source.text.index("one"), source.text.index("five") + 4)
    assert len(whole) == 1


def test_changing_the_selection_is_announced_once(opened, transcript_of, qtbot: QtBot) -> None:
    view = opened(transcript_of(["We voted."]))
    seen: list[int] = []
    view.selectionChanged.connect(lambda: seen.append(1))
    view.select(view.caret(), view.caret() + 2)
    view.select(*view.selection())
    assert seen == [1]
