"""Lists that open under a box: every entry of them can be seen and chosen."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

import qualcoder_sm
from qualcoder_sm.ui.frame_style import frame_style
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.theme import ThemeChoice, ThemeManager
from qualcoder_sm.ui.widgets import Choice, column


@pytest.fixture(params=[1.0, 2.0], ids=["100 %", "200 %"])
def window(request, qtbot, qapp) -> QWidget:
    theme = ThemeManager(qapp, ThemeChoice.LIGHT)
    theme.set_ui_scale(request.param)
    made = QWidget()
    qtbot.addWidget(made)
    made.setStyleSheet(frame_style(theme.theme))
    yield made
    theme.set_ui_scale(1.0)
    theme.deleteLater()


def show(window: QWidget, box: QWidget, y: int = 10) -> None:
    window.setLayout(column(box))
    window.setGeometry(10, y, 300, 60)
    window.show()
    QApplication.processEvents()


def sees(rows: QListView, row: int) -> bool:
    return rows.viewport().rect().contains(rows.visualRect(rows.model().index(row, 0)))


@pytest.mark.parametrize("entries", [2, 3, 10, 16])
@pytest.mark.parametrize("current", ["first", "last"])
def test_the_last_entry_of_a_list_is_whole(window, entries, current):
    box = Choice()
    box.addItems([f"Entry {n}" for n in range(entries)])
    box.setCurrentIndex(0 if current == "first" else entries - 1)
    show(window, box)
    box.showPopup()
    shown = [sees(box.view(), row) for row in range(entries)]
    room = QGuiApplication.primaryScreen().availableGeometry().height()
    tall = entries * box.view().sizeHintForRow(0) > room // 2
    assert tall or shown == [True] * entries
    box.view().scrollToBottom()
    assert sees(box.view(), entries - 1)
    box.hidePopup()


@pytest.mark.parametrize("entries", [2, 7, 12])
@pytest.mark.parametrize("y", [10, 700])
def test_the_last_entry_of_a_choice_box_is_whole_and_on_the_screen(window, entries, y):
    box = ChoiceBox("Sources")
    box.set_options([Option(n, f"Entry {n}") for n in range(entries)])
    show(window, box, y)
    box.open()
    popup = QApplication.activePopupWidget()
    assert [sees(popup.findChild(QListView), row) for row in range(entries)] == [True] * entries
    assert popup.screen().availableGeometry().contains(popup.geometry())
    popup.close()


@pytest.mark.parametrize("y", [10, 400, 700])
def test_a_long_list_stays_open_and_on_the_screen(window, y):
    box = ChoiceBox("Codes")
    box.set_options([Option("all", "all")], [Option(n, f"Code {n}") for n in range(60)])
    show(window, box, y)
    box.open()
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    rows = popup.findChild(QListView)
    assert popup.screen().availableGeometry().contains(popup.geometry())
    rows.scrollToBottom()
    assert sees(rows, 60)
    popup.close()


def test_a_wheel_that_passes_over_a_box_chooses_nothing(qtbot, window):
    box, other = Choice(), QWidget()
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.addItems(["one", "two", "three"])
    window.setLayout(column(other, box))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    wheel_down(box)
    assert box.currentText() == "one"
    box.setFocus()
    wheel_down(box)
    assert box.currentText() == "two"


def wheel_down(box: QWidget) -> None:
    at = QPointF(box.rect().center())
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, box.mapToGlobal(at), QPoint(), QPoint(0, -120),
                        Qt.MouseButton.NoButton, none, phase, False)  # fmt: skip
    QApplication.sendEvent(box, event)


def test_every_box_of_the_program_is_one_of_these():
    ui = Path(qualcoder_sm.__file__).parent / "ui"
    bare = [path.name for path in ui.rglob("*.py") if re.search(r"QComboBox\(\)", path.read_text())]
    assert bare == []
