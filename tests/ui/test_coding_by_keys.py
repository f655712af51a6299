"""What keys do to codings in the real window, and what is said when they can do nothing."""

from pathlib import Path

import pytest
from builders import add_coded, add_text, code_named, new_project
from PySide6.QtTest import QTest
from window_tools import CTRL, SHIFT, Key, open_in_window, press

from qualcoder_sm.model import Polarity
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.pages.coding_chooser import CodingChooser
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

MARKED = "[SYNTHETIC] We made [a rota]{Care}.   Nobody was [alone]{Care}.\nIt wore us out."


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", MARKED)
    add_coded(project, "P02", "[SYNTHETIC] And [here too]{Care}.")
    add_text(project, "P03", "[SYNTHETIC] Nothing here.")
    code_named(project, "Rota")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window


@pytest.fixture
def project(window: MainWindow) -> Project:
    return window.workspace.context.project


def put_caret(window: MainWindow, words: str, chosen: str = "") -> None:
    view = window.workspace.reading.view
    start = view.text().index(words)
    view.select(start, start + len(chosen))


def said(window: MainWindow) -> str:
    return window.workspace.status.said.text()


def code(project: Project, window: MainWindow, name: str, words: str) -> None:
    source, text = project.sources.find("P01"), window.workspace.reading.view.text()
    start = text.index(words)
    project.codings.apply(project.codebook.find(name).guid, source.guid, start, start + len(words))


def test_del_asks_which_of_several_codings_shall_go(qtbot, window, project):
    code(project, window, "Rota", "made a rota")
    put_caret(window, "rota.")
    view = window.workspace.reading.view
    press(qtbot, view, Key.Key_Delete)
    chooser = window.findChild(CodingChooser)
    assert project.codings.count() == 4
    names = [action.text() for action in chooser.actions() if action.data()]
    assert [name.split("\t")[0][-4:] for name in names[:2]] == ["Care", "Rota"]
    QTest.keyClick(chooser, Key.Key_2)
    left = [project.codebook.get(one.code).name for one in project.codings.all()]
    assert left == ["Care", "Care", "Care"]


def test_all_of_several_codings_go_in_one_step(qtbot, window, project):
    code(project, window, "Rota", "made a rota")
    put_caret(window, "rota.")
    before = project.audit.head()[0]
    press(qtbot, window.workspace.reading.view, Key.Key_Delete)
    QTest.keyClick(window.findChild(CodingChooser), Key.Key_A)
    assert project.codings.count() == 2
    assert project.audit.head()[0] == before + 1


def test_esc_in_the_choice_removes_nothing(qtbot, window, project):
    code(project, window, "Rota", "made a rota")
    put_caret(window, "rota.")
    press(qtbot, window.workspace.reading.view, Key.Key_Delete)
    QTest.keyClick(window.findChild(CodingChooser), Key.Key_Escape)
    assert project.codings.count() == 4


def test_white_space_is_not_coded_and_the_status_says_why(qtbot, window, project):
    project.codebook.set_favourite(project.codebook.find("Rota").guid, 1)
    put_caret(window, "   Nobody", "   ")
    before = project.audit.head()
    for key in (Key.Key_1, Key.Key_I, Key.Key_0, Key.Key_R, Key.Key_Return):
        press(qtbot, window.workspace.reading.view, key)
        assert said(window) == "Only white space is selected. Select some words."
    assert project.audit.head() == before


def test_does_not_fit_puts_the_words_aside_in_one_step(qtbot, window, project):
    put_caret(window, "wore us", "wore us")
    before = project.audit.head()[0]
    press(qtbot, window.workspace.reading.view, Key.Key_0)
    assert project.audit.head()[0] == before + 1
    [coding] = project.codings.of_code(project.codebook.bucket().guid)
    assert window.workspace.reading.view.text()[coding.start : coding.end] == "wore us"


@pytest.mark.parametrize(
    ("place", "key", "sentence"),
    [
        ("wore", Key.Key_P, "No coding of yours here."),
        ("wore", Key.Key_Period, "No coding of yours here."),
        ("wore", Key.Key_Delete, "No coding of yours here."),
        ("wore", Key.Key_F, "No coding here."),
        ("wore", Key.Key_L, "No coding here."),
        ("wore", Key.Key_BracketRight, "No coding further on."),
        ("We", Key.Key_BracketLeft, "No coding before this."),
    ],
)
def test_a_key_that_can_do_nothing_says_why(qtbot, window, place, key, sentence):
    put_caret(window, place)
    press(qtbot, window.workspace.reading.view, key)
    assert said(window) == sentence


def test_p_goes_round_what_a_passage_says_of_its_code(qtbot, window, project):
    put_caret(window, "rota.")
    view, seen = window.workspace.reading.view, []
    for _turn in range(4):
        press(qtbot, view, Key.Key_P)
        seen.append(project.codings.of_source(view.source())[0].polarity)
    assert seen == [Polarity.SUPPORTS, Polarity.CONTRADICTS, Polarity.MIXED, None]


def test_f_follows_the_code_to_the_next_source_and_round_to_the_first(qtbot, window, project):
    put_caret(window, "rota.")
    view = window.workspace.reading.view
    press(qtbot, view, Key.Key_F)
    assert view.source() == project.sources.find("P02").guid
    assert view.selected_text() == "here too"
    press(qtbot, view, Key.Key_F)
    assert view.source() == project.sources.find("P01").guid


def test_a_coding_that_was_undone_meanwhile_is_explained(qtbot, window, project):
    [first, *_rest] = project.codings.of_source(window.workspace.reading.view.source())
    project.codings.remove(first.guid)
    window.workspace.reading.desk.follow_code(first.guid)
    assert "no longer" in window.workspace.reading.banner.sentence()
    window.workspace.reading.desk.turn_polarity(first.guid)
    assert window.isVisible()


def test_a_code_that_is_gone_is_explained_and_the_selection_stays(qtbot, window, project):
    put_caret(window, "wore us", "wore us")
    rota = project.codebook.find("Rota").guid
    project.codebook.remove(rota)
    window.workspace.reading.desk.apply_to_selection(rota)
    assert "no longer" in window.workspace.reading.banner.sentence()
    assert window.workspace.reading.view.selected_text() == "wore us"


def test_codes_at_the_caret_are_said(qtbot, window):
    put_caret(window, "rota.")
    press(qtbot, window, (Key.Key_C, CTRL | SHIFT))
    assert said(window) == "coded Care"


def test_n_and_shift_n_say_that_all_is_coded_in_this_direction(qtbot, window, project):
    put_caret(window, "wore")
    view = window.workspace.reading.view
    source, caret = view.source(), view.caret()
    press(qtbot, view, Key.Key_N)
    assert said(window) == "From here on you have coded everything."
    press(qtbot, view, (Key.Key_Home, CTRL), (Key.Key_N, SHIFT))
    assert said(window) == "Before this you have coded everything."
    put_caret(window, "wore")
    assert (view.source(), view.caret()) == (source, caret)


def test_n_finds_the_first_unit_of_each_text_that_is_opened(qtbot, window, project):
    view = window.workspace.reading.view
    for name in ("P03", "P02", "P03"):
        source = project.sources.find(name)
        project.codings.remove(*(one.guid for one in project.codings.of_source(source.guid)))
        window.workspace.open(Place(source.guid, 0, 0))
        press(qtbot, view, (Key.Key_Home, CTRL), Key.Key_N)
        assert (view.source(), view.caret()) == (source.guid, 0)
        assert said(window) == "Nothing here carries a coding of yours yet."
