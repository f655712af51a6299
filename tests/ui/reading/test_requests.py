"""What the view asks for: keys, mouse and drops become requests with positions in code points."""

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcoder_sm.ui.reading import (
    ApplyRequest,
    BoundaryRequest,
    FavouriteRequest,
    Missing,
    Mode,
    ReadingView,
    SpanRequest,
)
from qualcoder_sm.ui.reading.content import CODE_MIME
from qualcoder_sm.ui.reading.selection_bar import Suggestion

Key = Qt.Key
NONE, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton
TURNS = ["😀 We asked the nurses.", "They said no to it."]


@pytest.fixture
def source(transcript_of):
    return transcript_of(TURNS)


@pytest.fixture
def asked(source) -> tuple[int, int]:
    start = source.text.index("asked")
    return start, start + len("asked the")


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Key.Key_Return, "paletteRequested"),
        (Key.Key_R, "repeatRequested"),
        (Key.Key_I, "inVivoRequested"),
        (Key.Key_M, "memoRequested"),
        (Key.Key_0, "doesNotFitRequested"),
    ],
)
def test_a_key_asks_about_the_selected_words(
    opened, source, asked, qtbot: QtBot, key: Key, signal: str
) -> None:
    view = opened(source)
    view.select(*asked)
    with qtbot.waitSignal(getattr(view, signal)) as caught:
        qtbot.keyClick(view, key)
    assert caught.args == [SpanRequest(*asked)]


def test_a_digit_asks_for_a_favourite(opened, source, asked, qtbot: QtBot) -> None:
    view = opened(source)
    view.select(*asked)
    with qtbot.waitSignal(view.favouriteRequested) as caught:
        qtbot.keyClick(view, Key.Key_4)
    assert caught.args == [FavouriteRequest(4, *asked)]


def test_without_a_selection_the_view_says_so(opened, source, qtbot: QtBot) -> None:
    view = opened(source)
    with (
        qtbot.waitSignal(view.missed) as caught,
        qtbot.assertNotEmitted(view.favouriteRequested),
    ):
        qtbot.keyClick(view, Key.Key_4)
    assert caught.args == [Missing.WORDS]


def test_single_keys_can_be_switched_off(opened, source, asked, qtbot: QtBot) -> None:
    view = opened(source)
    view.set_single_keys(False)
    view.select(*asked)
    with qtbot.assertNotEmitted(view.repeatRequested):
        qtbot.keyClick(view, Key.Key_R)
    with qtbot.waitSignal(view.paletteRequested):
        qtbot.keyClick(view, Key.Key_Return)


def test_del_asks_to_remove_ones_own_codings_only(
    opened, source, asked, coding_of, qtbot: QtBot
) -> None:
    view = opened(source, coding_of("mine", *asked), coding_of("hers", *asked, coder="you"))
    view.set_coders("me", {"you": "YO"})
    view.select(asked[0] + 1, asked[0] + 1)
    with qtbot.waitSignal(view.removeRequested) as caught:
        qtbot.keyClick(view, Key.Key_Delete)
    assert caught.args == [("mine",)]


@pytest.mark.parametrize(
    ("key", "modifiers", "words"),
    [
        (Key.Key_Right, ALT, "asked the nurses"),
        (Key.Key_Left, ALT, "asked"),
        (Key.Key_Left, ALT | SHIFT, "We asked the"),
        (Key.Key_Right, ALT | SHIFT, "the"),
        (Key.Key_Comma, NONE, "e asked the"),
        (Key.Key_Period, NONE, "sked the"),
        (Key.Key_Less, SHIFT, "asked th"),
        (Key.Key_Greater, SHIFT, "asked the n"),
    ],
)
def test_keys_move_the_boundaries_of_the_coding_at_the_caret(
    opened, source, asked, coding_of, qtbot: QtBot, key: Key, modifiers, words: str
) -> None:
    view = opened(source, coding_of("c", *asked))
    view.select(asked[0] + 2, asked[0] + 2)
    with qtbot.waitSignal(view.boundaryRequested) as caught:
        qtbot.keyClick(view, key, modifiers)
    request = caught.args[0]
    assert source.text[request.start : request.end] == words


def test_a_boundary_never_splits_a_character(
    opened, transcript_of, coding_of, qtbot: QtBot
) -> None:
    source = transcript_of(["a👩‍👩‍👧‍👦b"])
    start = source.text.index("a")
    view = opened(source, coding_of("c", start, source.text.index("b")))
    view.select(start, start)
    with qtbot.waitSignal(view.boundaryRequested) as caught:
        qtbot.keyClick(view, Key.Key_Less, SHIFT)
    assert caught.args == [BoundaryRequest("c", start, start + 1)]


def test_dragging_a_handle_asks_for_a_new_end_and_changes_nothing_itself(
    opened, source, asked, coding_of, qtbot: QtBot
) -> None:
    view = opened(source, coding_of("c", *asked))
    view.select(asked[0] + 2, asked[0] + 2)
    end = source.text.index("nurses") + len("nurses")
    grab = view.rect_of(asked[1] - 1, asked[1])[0]
    target = view.rect_of(end - 1, end)[0]
    begin = QPoint(round(grab.right()), round(grab.center().y()))
    finish = QPoint(round(target.right()), round(target.center().y()))
    with qtbot.waitSignal(view.boundaryRequested) as caught:
        QTest.mousePress(view.viewport(), LEFT, NONE, begin)
        QTest.mouseMove(view.viewport(), finish)
        assert view.codings_at(end - 1)
        QTest.mouseRelease(view.viewport(), LEFT, NONE, finish)
    assert caught.args == [BoundaryRequest("c", asked[0], end)]
    assert not view.codings_at(end - 1)


def test_clicking_a_coding_activates_it(opened, source, asked, coding_of, qtbot: QtBot) -> None:
    view = opened(source, coding_of("c", *asked))
    rect = view.rect_of(*asked)[0]
    with qtbot.waitSignal(view.codingActivated) as caught:
        QTest.mouseClick(view.viewport(), LEFT, NONE, rect.center().toPoint())
    assert caught.args == ["c"]


def drop(view: ReadingView, code: str, point: QPointF) -> QDropEvent:
    data = QMimeData()
    data.setData(CODE_MIME, QByteArray(code.encode()))
    event = QDropEvent(point, Qt.DropAction.CopyAction, data, LEFT, NONE)
    view.dropEvent(event)
    return event


def test_a_code_dropped_on_the_selection_asks_for_it_there(
    opened, source, asked, qtbot: QtBot
) -> None:
    view = opened(source)
    view.select(*asked)
    with qtbot.waitSignal(view.codeDropped) as caught:
        drop(view, "help", view.rect_of(*asked)[0].center())
    assert caught.args == [ApplyRequest("help", *asked)]


def test_a_code_dropped_elsewhere_asks_for_the_whole_turn(
    opened, source, asked, qtbot: QtBot
) -> None:
    view = opened(source)
    view.select(*asked)
    start = source.text.index("They")
    with qtbot.waitSignal(view.codeDropped) as caught:
        drop(view, "help", view.rect_of(start, start + 4)[0].center())
    assert caught.args == [ApplyRequest("help", start, start + len(TURNS[1]))]


def test_v_goes_through_the_modes(opened, source, qtbot: QtBot) -> None:
    view = opened(source)
    seen: list[Mode] = []
    view.modeChanged.connect(seen.append)
    for _ in Mode:
        qtbot.keyClick(view, Key.Key_V)
    assert set(seen) == set(Mode)
    assert view.mode() is Mode.BOTH


def test_brackets_go_from_coding_to_coding(opened, source, asked, coding_of, qtbot: QtBot) -> None:
    later = source.text.index("said")
    view = opened(source, coding_of("a", *asked), coding_of("b", later, later + 4))
    qtbot.keyClick(view, Key.Key_BracketRight)
    assert view.caret() == asked[0]
    qtbot.keyClick(view, Key.Key_BracketRight)
    assert view.caret() == later
    qtbot.keyClick(view, Key.Key_BracketLeft)
    assert view.caret() == asked[0]


def test_a_bracket_typed_with_alt_gr_is_a_bracket(
    opened, source, asked, coding_of, qtbot: QtBot
) -> None:
    view = opened(source, coding_of("a", *asked))
    alt_gr = Qt.KeyboardModifier.ControlModifier | ALT
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_BracketRight, alt_gr, "]")
    view.keyPressEvent(event)
    assert view.caret() == asked[0]


def test_the_bar_offers_likely_codes_beside_a_selection_and_never_on_it(
    opened, source, asked, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QToolButton

    from qualcoder_sm.ui.reading.selection_bar import SelectionBar

    view = opened(source)
    view.set_suggestions(lambda start, end: [Suggestion("help", "Mutual support", "#CC79A7", "4")])
    view.select(*asked)
    view.offer_bar()
    bar = view.findChild(SelectionBar)
    assert bar is not None
    assert bar.isVisible()
    covered = bar.geometry().translated(-view.viewport().pos())
    assert not any(covered.intersects(rect.toAlignedRect()) for rect in view.rect_of(*asked))

    [button] = [b for b in bar.findChildren(QToolButton) if "Mutual" in b.text()]
    with qtbot.waitSignal(view.codeRequested) as caught:
        qtbot.mouseClick(button, LEFT)
    assert caught.args == [ApplyRequest("help", *asked)]
    qtbot.keyClick(view, Key.Key_Escape)
    assert not bar.isVisible()


def test_the_menu_key_asks_for_a_menu_about_the_caret(
    opened, source, asked, coding_of, qtbot: QtBot
) -> None:
    from PySide6.QtGui import QContextMenuEvent

    view = opened(source, coding_of("c", *asked))
    view.select(asked[0] + 1, asked[0] + 1)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(view.contextMenuRequested) as caught:
        view.contextMenuEvent(event)
    assert caught.args[0].codings == ("c",)
    assert caught.args[0].position == asked[0] + 1


def test_the_bar_keeps_its_width_when_it_is_offered_again(opened, source, asked) -> None:
    from qualcoder_sm.ui.reading.selection_bar import SelectionBar

    view = opened(source)
    view.set_suggestions(lambda start, end: [Suggestion("help", "Mutual support", "#CC79A7")])
    view.select(*asked)
    view.offer_bar()
    bar = view.findChild(SelectionBar)
    assert bar is not None
    width = bar.width()
    view.offer_bar()
    assert bar.width() == width > 100
