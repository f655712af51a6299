"""What is painted: changes one by one, modes, coders, sizes, and texts of every kind."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcoder_sm.model import Coding, SourceKind, Unit, UnitKind
from qualcoder_sm.ui.reading import Family, Mode, ReadingView, SourceContent
from qualcoder_sm.ui.reading.minimap import Minimap
from qualcoder_sm.ui.theme import DARK, LIGHT

TURNS = [
    "The rules are on one page in large print, and there is a voice note of it as well.",
    "Was anybody against it?",
    "One of the nurses said it was not our place, that rotas were for the service, and it "
    "went quiet for a day. Then a member who had never posted wrote to us all.",
    "We asked them. They voted. We did not decide that alone, and that is how it was.",
] * 8


def picture(view: ReadingView) -> QImage:
    """What is in the viewport, without caret and focus."""
    view.clearFocus()
    return view.viewport().grab().toImage()


def color_at(view: ReadingView, position: int) -> QColor:
    """The background just above the foot of a character's line, left of its middle."""
    rect = view.rect_of(position, position + 1)[0]
    point = QPointF(rect.left() + 1, rect.top() + 2).toPoint()
    return picture(view).pixelColor(point)


def many(source: SourceContent, coding_of, count: int = 40) -> list[Coding]:
    codes = ("help", "access", "say")
    return [
        coding_of(f"c{n}", 7 + n * 37, 7 + n * 37 + 20 + (n * 53) % 200, codes[n % 3])
        for n in range(count)
        if 7 + n * 37 + 220 < len(source.text)
    ]


@pytest.mark.parametrize("mode", list(Mode))
def test_adding_one_by_one_looks_like_loading_all(
    opened, transcript_of, coding_of, on_screen, qtbot: QtBot, mode: Mode
) -> None:
    source = transcript_of(TURNS)
    codings = many(source, coding_of)
    whole = opened(source, *codings)
    whole.set_mode(mode)
    growing = opened(source)
    growing.set_mode(mode)
    for coding in codings:
        growing.add_coding(coding)
        growing.viewport().repaint()
    assert on_screen(growing) == on_screen(whole)


def test_removing_and_replacing_looks_like_loading_the_rest(
    opened, transcript_of, coding_of, on_screen
) -> None:
    source = transcript_of(TURNS)
    codings = many(source, coding_of)
    left = [replace(c, end=c.end + 9) if n % 3 == 0 else c for n, c in enumerate(codings)]
    left = [c for n, c in enumerate(left) if n % 5]
    whole = opened(source, *left)
    changing = opened(source, *codings)
    on_screen(changing)
    for number, coding in enumerate(codings):
        if number % 5 == 0:
            changing.remove_coding(coding.guid)
        elif number % 3 == 0:
            changing.replace_coding(replace(coding, end=coding.end + 9))
        changing.viewport().repaint()
    assert on_screen(changing) == on_screen(whole)


def test_scrolling_by_small_steps_looks_like_opening_there(
    opened, transcript_of, coding_of, on_screen
) -> None:
    source = transcript_of(TURNS)
    codings = many(source, coding_of)
    scrolled, opened_there = opened(source, *codings), opened(source, *codings)
    for value in range(0, 400, 37):
        scrolled.verticalScrollBar().setValue(value)
        scrolled.viewport().repaint()
    opened_there.verticalScrollBar().setValue(value)
    assert on_screen(scrolled) == on_screen(opened_there)


def test_scrolling_up_into_what_was_only_estimated_keeps_the_picture_whole(
    opened, transcript_of, coding_of, on_screen
) -> None:
    source = transcript_of(TURNS * 10)
    codings = many(source, coding_of)
    view = opened(source, *codings)
    view.jump_to(source.text.rindex("We asked"), source.text.rindex("We asked") + 8)
    for _ in range(20):
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() - 61)
        view.viewport().repaint()
    blitted = on_screen(view)
    view.viewport().update()
    assert blitted == on_screen(view)


def test_a_coded_word_is_tinted_and_its_neighbour_is_not(opened, transcript_of, coding_of) -> None:
    source = transcript_of(TURNS)
    start = source.text.index("rules")
    view = opened(source, coding_of("c", start, start + 5))
    assert color_at(view, start) == LIGHT.tint(("#CC79A7",))
    assert color_at(view, start + 6) == LIGHT.color.paper


def test_clean_mode_hides_codings(opened, transcript_of, coding_of) -> None:
    source = transcript_of(TURNS)
    plain = picture_of_mode(opened(source), Mode.CLEAN)
    coded = picture_of_mode(opened(source, *many(source, coding_of)), Mode.CLEAN)
    assert coded == plain


def picture_of_mode(view: ReadingView, mode: Mode) -> QImage:
    view.set_mode(mode)
    return picture(view)


def test_hidden_coders_leave_no_trace(opened, transcript_of, coding_of) -> None:
    source = transcript_of(TURNS)
    mine = many(source, coding_of, 10)
    hers = [replace(c, guid=f"h{c.guid}", coder="you", start=c.start + 5) for c in mine]
    both, alone = opened(source, *mine, *hers), opened(source, *mine)
    for view in (both, alone):
        view.set_coders("me", {"you": "YO"}, shown=())
    assert picture(both) == picture(alone)
    assert all(coding.coder == "me" for coding in both.codings_in(0, 500))
    both.set_coders("me", {"you": "YO"}, shown={"you"})
    assert picture(both) != picture(alone)


def test_the_coding_under_the_pointer_stands_out(opened, transcript_of, coding_of) -> None:
    source = transcript_of(TURNS)
    start, other = source.text.index("rules"), source.text.index("large")
    view = opened(source, coding_of("a", start, start + 5), coding_of("b", other, other + 11))
    full = color_at(view, other + 1)
    QTest.mouseMove(view.viewport(), view.rect_of(start, start + 5)[0].center().toPoint())
    assert color_at(view, other + 1) == LIGHT.dimmed_tint(("#CC79A7",)) != full
    QTest.mouseMove(view.viewport(), QPoint(300, 5))
    assert color_at(view, other + 1) == full


def test_search_hits_are_marked_and_unmarked(opened, transcript_of) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index("large")
    view.set_search_hits([(start, start + 5)], current=None)
    assert color_at(view, start + 1) == LIGHT.color.search
    view.set_search_hits([])
    assert color_at(view, start + 1) == LIGHT.color.paper


def test_dark_theme_paints_dark_paper(opened, transcript_of) -> None:
    view = opened(transcript_of(TURNS))
    view.set_theme(DARK)
    assert picture(view).pixelColor(5, 5) == DARK.color.paper


@pytest.mark.parametrize("change", ["narrower", "zoom", "sans", "measure", "spacing"])
def test_the_reading_place_survives_another_wrapping(opened, transcript_of, change: str) -> None:
    source = transcript_of(TURNS * 20)
    view = opened(source)
    view.verticalScrollBar().setValue(9000)
    top = view.position_at(QPoint(300, 3))
    if change == "narrower":
        view.resize(700, 600)
    elif change == "zoom":
        view.set_zoom(1.4)
    elif change == "sans":
        view.set_family(Family.SANS)
    elif change == "spacing":
        view.set_reading_style(1.0, 66, Family.SERIF, spacing=1.3)
    else:
        view.set_measure(80)
    assert abs(view.position_at(QPoint(300, 3)) - top) < 90
    assert view.visible_range()[0] <= top <= view.visible_range()[1]


def test_zoom_makes_the_words_larger(opened, transcript_of) -> None:
    source = transcript_of(TURNS)
    view = opened(source)
    start = source.text.index("rules")
    small = view.rect_of(start, start + 5)[0]
    view.set_zoom(1.5)
    large = view.rect_of(start, start + 5)[0]
    assert large.width() > small.width() * 1.3
    assert large.height() == 42


def test_a_line_holds_no_more_than_the_measure_however_wide_the_view(opened, transcript_of) -> None:
    source = transcript_of(["word " * 200])
    view = opened(source, width=1900)
    start = source.text.index("word")
    first_line = {rect.top() for rect in view.rect_of(start, start + 50)}
    assert len(first_line) == 1
    assert len({rect.top() for rect in view.rect_of(start, start + 110)}) > 1


def test_jumping_brings_a_passage_into_sight_and_selects_it(opened, transcript_of) -> None:
    source = transcript_of(TURNS * 20)
    view = opened(source)
    start = source.text.rindex("They voted.")
    view.jump_to(start, start + 11)
    assert view.selected_text() == "They voted."
    rect = view.rect_of(start, start + 11)[0]
    assert rect.top() >= 0 and rect.bottom() <= view.viewport().height()


def test_flash_lights_a_coding_and_fades(opened, transcript_of, coding_of, qtbot) -> None:
    source = transcript_of(TURNS)
    start = source.text.index("rules")
    view = opened(source, coding_of("c", start, start + 5))
    before = picture(view)
    view.flash("c")
    assert picture(view) != before
    qtbot.waitUntil(lambda: picture(view) == before)


def test_control_and_the_wheel_ask_for_another_size(opened, transcript_of, qtbot) -> None:
    view = opened(transcript_of(TURNS))
    event = QWheelEvent(
        QPointF(300, 300), QPointF(300, 300), QPoint(0, 0), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.waitSignal(view.zoomRequested) as caught:
        view.wheelEvent(event)
    assert caught.args == [1]


# Texts of every kind


def plain(text: str) -> SourceContent:
    return SourceContent("s", text, (), SourceKind.TEXT, "Text")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        " ",
        "x" * 30_000,
        "word " * 20_000,
        "\ud800 lone \udfff surrogates",
        "nul \x00 and \x0b and \u2028 and \u2029",
        "e" + "\u0301" * 9000,
        "👩‍👩‍👧‍👦" * 1500,
        "日本語の文章。" * 900,
    ],
    ids=["empty", "lines", "space", "one word", "one line", "surrogates", "control", "marks",
         "families", "japanese"],
)  # fmt: skip
def test_any_text_opens_and_can_be_walked_and_selected(opened, qtbot: QtBot, text: str) -> None:
    view = opened(plain(text))
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    picture(view)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_U):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_End, ctrl | shift)
    picture(view)
    assert 0 <= view.selection()[0] <= view.selection()[1] <= len(text)


def test_words_that_no_unit_holds_are_shown_like_all_others(opened) -> None:
    text = "Interview, recorded in the kitchen.\n\nSigne: Hello there.\nThe end."
    start = text.index("Hello")
    unit = Unit("u", "s", 0, start, start + 12, UnitKind.TURN, speaker="P01")
    view = opened(SourceContent("s", text, (unit,), SourceKind.TRANSCRIPT, "T"))
    hidden = [n for n in range(len(text)) if text[n].strip() and not view.rect_of(n, n + 1)]
    assert hidden == []


def post(number: int, start: int, text: str, **more: object) -> Unit:
    return Unit(
        f"p{number}", "s", number, start, start + len(text), UnitKind.POST,
        speaker=f"A000{number}", role="patient", at=datetime(2024, 1, 19, 22, 41, tzinfo=UTC),
        external_id=f"S01-001{number}", reactions=number, **more,
    )  # fmt: skip


def test_an_answer_is_set_in_and_a_removed_post_keeps_its_place(opened) -> None:
    words = ["Has anyone found a spoon?", "Dad uses the bent one.", "You are kind."]
    text = "\n".join([*words[:2], "", words[2]])
    places = [text.index(word) for word in words]
    gone = replace(post(2, places[1] + len(words[1]) + 1, "", parent=0), removed=True)
    units = (
        post(0, places[0], words[0]),
        post(1, places[1], words[1], parent=0),
        gone,
        post(3, places[2], words[2], parent=1),
    )
    view = opened(SourceContent("s", text, units, SourceKind.POSTS, "Thread"))
    lefts = [view.rect_of(start, start + 3)[0].left() for start in places]
    tops = [view.rect_of(start, start + 3)[0].top() for start in places]
    assert [left - lefts[0] for left in lefts] == [0, 24, 48]
    assert tops[2] - tops[1] >= tops[1] - tops[0] + 28
    assert view.unit_at(gone.start + 1) is not None


def test_a_press_on_the_overview_scrolls_there(opened, transcript_of, qtbot: QtBot) -> None:
    source = transcript_of(TURNS * 30)
    view = opened(source)
    overview = view.findChild(Minimap)
    assert overview is not None
    assert overview.isVisible()
    qtbot.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(10, overview.height() // 2))
    first, last = view.visible_range()
    assert 0.4 < (first + last) / 2 / len(source.text) < 0.6


def test_the_overview_shows_a_new_coding_and_hides_all_in_clean_mode(
    opened, transcript_of, coding_of, qtbot: QtBot
) -> None:
    source = transcript_of(TURNS)
    view, empty = opened(source), opened(source)
    overview, plain = view.findChild(Minimap), empty.findChild(Minimap)

    def alike() -> bool:
        return bool(overview.grab().toImage() == plain.grab().toImage())

    qtbot.waitUntil(alike)
    view.add_coding(coding_of("c", 20, 400))
    qtbot.waitUntil(lambda: not alike())
    view.set_mode(Mode.CLEAN)
    empty.set_mode(Mode.CLEAN)
    qtbot.waitUntil(alike)


def test_a_narrow_view_has_a_scroll_bar_in_place_of_the_overview(opened, transcript_of) -> None:
    view = opened(transcript_of(TURNS), width=500)
    overview = view.findChild(Minimap)
    assert overview is not None
    assert not overview.isVisible()
    assert view.verticalScrollBar().isVisible()


def test_filtering_by_code_hides_the_others(opened, transcript_of, coding_of) -> None:
    source = transcript_of(TURNS)
    codings = many(source, coding_of)
    filtered = opened(source, *codings)
    filtered.set_filter({"say"})
    only = opened(source, *[coding for coding in codings if coding.code == "say"])
    assert picture(filtered) == picture(only)


def test_pointing_at_an_answers_arrow_lights_the_post_it_answers(opened) -> None:
    words = ["Has anyone found a spoon?", "Dad uses the bent one."]
    text = "\n".join(words)
    units = (post(0, 0, words[0]), post(1, len(words[0]) + 1, words[1], parent=0))
    view = opened(SourceContent("s", text, units, SourceKind.POSTS, "Thread"))
    answer = view.rect_of(units[1].start, units[1].start + 2)[0]
    before = color_at(view, 0)
    QTest.mouseMove(view.viewport(), QPoint(round(answer.left()) + 4, round(answer.top()) - 10))
    assert color_at(view, 0) == LIGHT.color.accent_tint != before


def test_other_coders_stripes_are_drawn_apart_from_ones_own(
    opened, transcript_of, coding_of
) -> None:
    source = transcript_of(TURNS)
    mine = opened(source, coding_of("c", 10, 60))
    hers = opened(source, coding_of("c", 10, 60, coder="you"))
    for view in (mine, hers):
        view.set_coders("me", {"you": "YO"})
        view.set_mode(Mode.STRIPES)
    assert picture(mine) != picture(hers)


def test_a_threads_title_is_not_repeated_above_each_post(opened) -> None:
    words = ["Has anyone found a spoon?", "Dad uses the bent one.", "A new matter."]
    text = "\n".join(words)
    titles = ("Spoons", "Spoons", "Something else")
    starts = [text.index(word) for word in words]
    units = tuple(
        post(n, start, word, title=title)
        for n, (start, word, title) in enumerate(zip(starts, words, titles, strict=True))
    )
    view = opened(SourceContent("s", text, units, SourceKind.POSTS, "T03 Spoons"))
    first, second, third = (view.rect_of(start, start + 3)[0].top() for start in starts)
    assert third - second == second - first + 28
