"""The mouse on the text and the codebook: menus by what is under the pointer, and the middle button."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from window_tools import Key, open_in_window, press

from qualcoder_sm.model import Polarity
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.pages.text_menu import TextMenu
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

MARKED = "[SYNTHETIC] We made [a rota]{Rota} for all.\nNobody was alone then."


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", MARKED)
    code_named(project, "Care")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def on_words(window: MainWindow, words: str) -> QPoint:
    view = window.workspace.reading.view
    start = view.text().index(words)
    return view.rect_of(start, start + len(words))[0].center().toPoint()


def menu_at(window: MainWindow, point: QPoint) -> TextMenu:
    viewport = window.workspace.reading.view.viewport()
    by_mouse = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(by_mouse, point, viewport.mapToGlobal(point))
    QApplication.sendEvent(viewport, event)
    return window.findChildren(TextMenu)[-1]


def words_of(menu: QMenu) -> list[str]:
    return [one.text().split("\t")[0] for one in menu.actions() if one.text()]


def take(menu: QMenu, words: str) -> None:
    """Choose an entry of a menu or of the menus in it."""
    for action in menu.actions():
        inner = action.menu()
        if action.text().split("\t")[0] == words:
            action.trigger()
            return
        if isinstance(inner, QMenu) and words in words_of(inner):
            take(inner, words)
            return
    raise AssertionError(words)


def test_the_menu_on_selected_words_codes_them_and_shows_the_keys(window: MainWindow):
    view = window.workspace.reading.view
    start = view.text().index("Nobody")
    view.select(start, start + len("Nobody was"))
    menu = menu_at(window, on_words(window, "Nobody was"))
    assert "Repeat the last code\tR" in [action.text() for action in menu.actions()]
    take(menu, "Code in vivo")
    assert project_of(window).codebook.find("“Nobody was”")


def test_the_menu_on_a_coding_is_about_that_coding(window: MainWindow):
    menu = menu_at(window, on_words(window, "rota"))
    assert "Rota" in words_of(menu)
    take(menu, "Remove Rota")
    assert project_of(window).codings.count() == 0


def test_the_menu_says_what_a_passage_says_of_its_code(window: MainWindow):
    menu = menu_at(window, on_words(window, "rota"))
    [inner] = [action.menu() for action in menu.actions() if action.menu()]
    take(inner, "contradicts")
    assert project_of(window).codings.all()[0].polarity is Polarity.CONTRADICTS


def test_the_menu_on_a_stripe_is_about_its_coding_alone(window: MainWindow):
    view = window.workspace.reading.view
    row = on_words(window, "rota").y()
    wide = range(view.viewport().width())
    lanes = [QPoint(x, row) for x in wide if view.over_lanes(QPoint(x, row))]
    stripe = next(point for point in lanes if view.coding_under(point))
    menu = menu_at(window, stripe)
    assert words_of(menu)[:2] == ["Rota", "Show in the inspector"]
    take(menu, "Link to another coding")
    assert window.workspace.reading.linking.begun == project_of(window).codings.all()[0].guid


def test_the_menu_in_the_margin_is_about_the_whole_unit(window: MainWindow):
    project, view = project_of(window), window.workspace.reading.view
    view.select(0, 5)
    window.workspace.reading.desk.apply_to_selection(project.codebook.find("Care").guid)
    menu = menu_at(window, QPoint(30, on_words(window, "Nobody").y()))
    take(menu, "Repeat the last code on it")
    last = max(project.codings.all(), key=lambda coding: coding.start)
    assert view.text()[last.start : last.end] == "Nobody was alone then."


def test_the_menu_where_nothing_is_offers_to_select(window: MainWindow):
    menu = menu_at(window, on_words(window, "Nobody"))
    assert words_of(menu) == ["Select the sentence", "Select the turn or post"]
    take(menu, "Select the sentence")
    assert window.workspace.reading.view.selected_text() == "Nobody was alone then."


def test_the_middle_button_on_a_code_puts_it_on_the_selection(qtbot, window: MainWindow):
    reading, project = window.workspace.reading, project_of(window)
    reading.view.select(12, 14)
    care, tree = project.codebook.find("Care").guid, reading.codebook.tree
    place = tree.visualRect(reading.codebook.index_of(care)).center()
    for _again in range(2):
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.MiddleButton, pos=place)
        reading.view.select(15, 19)
    assert [(one.start, one.end) for one in project.codings.of_code(care)] == [(12, 14), (15, 19)]


def test_the_bar_offers_what_is_likely_here(qtbot, window: MainWindow):
    reading, project = window.workspace.reading, project_of(window)
    reading.view.select(12, 14)
    reading.desk.apply_to_selection(project.codebook.find("Care").guid)
    names = [one.name for one in reading.desk.suggest(15, 19)]
    assert names[0] == "Care"
    press(qtbot, reading.view, Key.Key_U)
    assert len(names) <= 3


def test_the_menu_changes_nothing_of_another_coder_and_says_why(window: MainWindow):
    project, sight = project_of(window), window.workspace.sight
    project.coders.add("Ben")
    sight.act_as("Ben")
    sight.show_others(True)
    menu = menu_at(window, on_words(window, "rota"))
    [inner] = [action.menu() for action in menu.actions() if action.menu()]
    fixed = {one.text(): one.toolTip() for one in inner.actions() if not one.isEnabled()}
    reason = "This is another coder’s coding. Nobody else can change it."
    assert fixed == {"This passage": reason, "Remove Rota": reason}
    assert inner.toolTipsVisible()
