"""The bar of likely codes: where it stands, when it goes, what it offers; and codes in vivo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import with_favourites
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from view_tools import before, drag
from window_tools import CTRL, SHIFT, Key, press

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.reading import ReadingView
from qualcoder_sm.ui.reading.selection_bar import SelectionBar

LINES = ["[SYNTHETIC] We made a rota for all of them.", *(f"Line number {n} goes on a while."
         for n in range(1, 40))]  # fmt: skip
TEXT = "\n".join(LINES)
NAMES = ("Care and attention for one another", "Rota", "Voice", "Work and its many places")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = with_favourites(tmp_path, TEXT, NAMES)
    yield project
    project.close()


@pytest.fixture
def bar(view: ReadingView) -> SelectionBar:
    return view.findChild(SelectionBar)


def offer(view: ReadingView, words: str) -> None:
    start = TEXT.index(words)
    view.select(start, start + len(words))
    view.offer_bar()


def offered(bar: SelectionBar) -> list[str]:
    """The names of the codes that are seen in the bar."""
    buttons = [one for one in bar.findChildren(QToolButton) if one.property("code")]
    return [one.toolTip() for one in buttons if one.isVisible()]


def place(bar: SelectionBar, view: ReadingView) -> QRect:
    """Where the bar is, in pixels of the viewport."""
    return bar.geometry().translated(-view.viewport().pos())


def test_the_bar_covers_neither_the_selection_nor_the_line_after_it(view, bar):
    for line in (0, 1, 2, 5, 9, 11):
        offer(view, LINES[line])
        assert bar.isVisible()
        start = TEXT.index(LINES[line])
        kept = view.rect_of(start, start + len(LINES[line]) + 1 + len(LINES[line + 1]))
        assert not any(place(bar, view).intersects(rect.toAlignedRect()) for rect in kept)
        assert view.viewport().rect().contains(place(bar, view))


def test_the_bar_keeps_off_a_selection_of_several_lines(view, bar):
    words = "\n".join(LINES[1:6])
    offer(view, words)
    start = TEXT.index(words)
    kept = view.rect_of(start, start + len(words) + 1 + len(LINES[6]))
    assert not any(place(bar, view).intersects(rect.toAlignedRect()) for rect in kept)


def test_where_nothing_else_is_left_the_bar_stands_on_the_line_after(view, bar):
    view.parentWidget().resize(900, view.parentWidget().height() - view.height() + 120)
    view.verticalScrollBar().setValue(0)
    offer(view, LINES[0])
    start = TEXT.index(LINES[0])
    assert bar.isVisible()
    covered = [rect.toAlignedRect() for rect in view.rect_of(start, start + len(LINES[0]))]
    assert not any(place(bar, view).intersects(rect) for rect in covered)
    assert view.viewport().rect().contains(place(bar, view))


def test_the_bar_stays_within_a_narrow_text(pane, view, bar):
    for width in (320, 420, 520, 700):
        pane.resize(width, 500)
        for words in ("SYNTHETIC", "all of them.", "goes on a while."):
            offer(view, words)
            assert bar.isVisible()
            assert view.viewport().rect().contains(place(bar, view)), words
            every = [one for one in bar.findChildren(QToolButton) if one.isVisible()]
            assert {"All codes", "Memo"} <= {one.accessibleName() for one in every}


def test_the_bar_moves_along_when_the_text_becomes_narrower(pane, view, bar):
    offer(view, "all of them.")
    pane.resize(360, 500)
    assert view.viewport().rect().contains(place(bar, view))


def test_the_bar_goes_when_the_words_are_coded(qtbot, project, pane, view, bar):
    view.select(0, 5)
    press(qtbot, view, Key.Key_2)
    for many, how in enumerate((Key.Key_3, Key.Key_R, Key.Key_I, Key.Key_0, "bar", "tree"), 2):
        offer(view, LINES[many])
        assert bar.isVisible()
        if how == "bar":
            buttons = [one for one in bar.findChildren(QToolButton) if one.property("code")]
            QTest.mouseClick(buttons[0], LEFT)
        elif how == "tree":
            pane.desk.apply_to_selection(project.codebook.find("Voice").guid)
        else:
            press(qtbot, view, how)
        assert project.codings.count() == many
        assert not bar.isVisible(), how
        QTest.keyPress(view, Key.Key_Shift, SHIFT)
        QTest.keyRelease(view, Key.Key_Shift)
        assert not bar.isVisible(), "letting go of Shift is no other selection"


def test_the_keyboard_comes_back_to_the_text_from_the_bar(qtbot, project, view, bar):
    view.setFocus()
    view.select(0, 5)
    press(qtbot, view, Key.Key_2)
    offer(view, "made a rota")
    assert view.enter_bar()
    [first, *_more] = [one for one in bar.findChildren(QToolButton) if one.property("code")]
    first.setFocus()
    press(qtbot, first, Key.Key_Space)
    assert project.codings.count() == 2
    assert view.hasFocus()


def test_the_bar_offers_no_code_that_is_there_already(qtbot, project, view, bar):
    for digit in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4):
        view.select(0, 11)
        press(qtbot, view, digit)
    offer(view, "made a rota")
    assert len(offered(bar)) == 3
    press(qtbot, view, Key.Key_4, Key.Key_2)
    offer(view, "for all")
    offer(view, "a rota")
    assert sorted(offered(bar)) == [NAMES[0], NAMES[2]]
    offer(view, "a rota for")
    assert len(offered(bar)) == 3, "the coding holds a part of these words only"


def test_the_bar_offers_what_the_other_coder_put_there(qtbot, project, view, bar, sight):
    offer(view, "made a rota")
    press(qtbot, view, Key.Key_2)
    sight.act_as("Ben")
    assert not bar.isVisible()
    offer(view, "made a rota ")
    assert "Rota" in offered(bar)


# In vivo


def test_a_code_in_vivo_takes_whole_words(qtbot, project, view):
    for part, whole in (("ade a rot", "made a rota"), (" for al", "for all"), ("e m", "We made"),
                        ("SYNTH", "SYNTHETIC"), ("them.", "them.")):  # fmt: skip
        view.select(TEXT.index(part), TEXT.index(part) + len(part))
        press(qtbot, view, Key.Key_I, Key.Key_P)
        code = project.codebook.find(f"“{whole}”")
        [coding] = project.codings.of_code(code.guid)
        assert TEXT[coding.start : coding.end] == whole
        assert coding.polarity, "the coding just made is the current one"


def test_a_code_in_vivo_keeps_to_the_words_of_its_unit(qtbot, project, view):
    view.select(0, 0)
    press(qtbot, view, (Key.Key_Home, CTRL), (Key.Key_Down, SHIFT), Key.Key_I)
    [coding] = project.codings.all()
    assert TEXT[coding.start : coding.end] == LINES[0]


def test_a_code_in_vivo_from_a_drag(qtbot, project, view):
    drag(view, before(view, TEXT.index("ota")), before(view, TEXT.index("all") + 1))
    press(qtbot, view, Key.Key_I)
    [coding] = project.codings.all()
    assert TEXT[coding.start : coding.end] == "rota for all"
