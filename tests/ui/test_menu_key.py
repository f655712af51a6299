"""Shift+F10 and the menu key open the menu of what has the keyboard, at its row or caret."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from window_tools import SHIFT, open_in_window

from qualcoder_sm.ui.panels.code_menu import CodeMenu
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

KEYS = {"Shift+F10": (Qt.Key.Key_F10, SHIFT), "Menu": (Qt.Key.Key_Menu,)}
TEXT = "\n".join(f"Line {n} of [the rota]{{Rota}} goes on." for n in range(60))


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", TEXT)
    for name in ("Care", "Voice", "Work"):
        project.codebook.add(name)
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window


def menu_by(key: str, widget: QWidget, window: MainWindow) -> QMenu:
    """The menu that a key opens over a widget that has the keyboard."""
    widget.setFocus()
    QTest.keyClick(window.windowHandle(), *KEYS[key])
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu"
    return menu


def words_of(menu: QMenu) -> list[str]:
    return [one.text().split("\t")[0] for one in menu.actions() if one.text()]


@pytest.fixture
def asked(window: MainWindow) -> list[str]:
    """The rows that menus were asked for, in turn."""
    found: list[str] = []
    tree = window.workspace.reading.codebook.tree
    tree.customContextMenuRequested.connect(lambda at: found.append(tree.indexAt(at).data()))
    return found


@pytest.mark.parametrize("key", KEYS)
def test_the_menu_of_the_current_row_or_caret_opens(window: MainWindow, asked, key: str):
    reading = window.workspace.reading
    book = window.workspace.context.project.codebook
    reading.codebook.select_key(book.find("Voice").guid)
    menu = menu_by(key, reading.codebook.tree, window)
    assert isinstance(menu, CodeMenu)
    assert asked == ["Voice"]
    menu.close()

    menu = menu_by(key, reading.sources.tree, window)
    assert "Correct the text…" in words_of(menu)
    menu.close()

    view = reading.view
    start = view.text().index("the rota")
    view.select(start + 2, start + 2)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    places: list[QPoint] = []
    view.contextMenuRequested.connect(lambda request: places.append(request.place))
    menu = menu_by(key, view, window)
    assert "Rota" in words_of(menu)
    assert view.rect().contains(view.mapFromGlobal(places[0])), "the caret is in sight again"
    menu.close()


def test_the_menu_of_the_current_passage_opens(qtbot, window: MainWindow):
    below = window.workspace.reading.below
    below.show_passages()
    qtbot.waitUntil(lambda: below.segments.model.rowCount() == 60)
    below.segments.list.setCurrentIndex(below.segments.model.index(40))
    view, rows = below.segments.list, []
    view.customContextMenuRequested.connect(lambda at: rows.append(view.indexAt(at).row()))
    menu = menu_by("Shift+F10", view, window)
    assert "Another code…" in words_of(menu)
    assert rows == [40]
    menu.close()


def test_a_field_has_its_own_menu(window: MainWindow):
    menu = menu_by("Menu", window.workspace.search, window)
    assert any("Paste" in words for words in words_of(menu))
    menu.close()


def test_the_wish_of_the_system_for_a_menu_is_about_the_current_row(window: MainWindow, asked):
    tree = window.workspace.reading.codebook.tree
    book = window.workspace.context.project.codebook
    window.workspace.reading.codebook.select_key(book.find("Work").guid)
    tree.setFocus()
    by_keyboard = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(by_keyboard, QPoint(3, 3), tree.mapToGlobal(QPoint(3, 3)))
    QApplication.sendEvent(tree, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, CodeMenu)
    assert asked == ["Work"]
    menu.close()
