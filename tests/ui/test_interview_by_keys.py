"""A whole interview of the demonstration study, coded without a mouse."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from window_tools import CTRL, SHIFT, Key, open_in_window, press, write

from qualcoder_sm import demo
from qualcoder_sm.model import Coding, Polarity, Progress, Unit
from qualcoder_sm.ui.pages.coding_chooser import CodingChooser
from qualcoder_sm.ui.reading import ReadingView
from qualcoder_sm.ui.reading.palette import CodePalette
from qualcoder_sm.ui.window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "Care together.qsm"
    project = demo.build(path)
    project.coders.add("Cleo")
    project.act_as("Cleo")
    project.codebook.rename(project.codebook.find("Twitter").guid, "X")  # Cleo took the last step
    project.close()
    return path


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    return open_in_window(qtbot, study)


class Researcher:
    """Presses keys, wherever the keyboard is, and looks at the project."""

    def __init__(self, qtbot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window
        self.project = window.workspace.context.project

    @property
    def view(self) -> ReadingView:
        return self._window.workspace.reading.view

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def press(self, *keys) -> None:
        for key in keys:
            press(self._qtbot, self.focus, key)

    def mine(self) -> list[Coding]:
        own = self.project.coder.guid
        found = self.project.codings.of_source(self.view.source())
        return sorted((one for one in found if one.coder == own), key=lambda one: one.start)

    def name_of(self, coding: Coding) -> str:
        return self.project.codebook.get(coding.code).name

    def open_source(self, name: str) -> None:
        self.press((Key.Key_Home, ALT))
        QTest.keyClicks(self.focus, name)
        self.press(Key.Key_Return)

    def choose_code(self, words: str, *, stay: str = "") -> None:
        """Through the palette: Enter, some letters, Enter; with a second code before closing."""
        self.press(Key.Key_Return)
        palette = self._window.findChild(CodePalette)
        field = palette.findChild(QLineEdit)
        if stay:
            write(field, stay)
            press(self._qtbot, field, (Key.Key_Return, CTRL))
            field.selectAll()
        write(field, words)
        press(self._qtbot, field, Key.Key_Return)


@pytest.fixture
def cleo(qtbot, window: MainWindow) -> Researcher:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return Researcher(qtbot, window)


def told(units: list[Unit]) -> list[Unit]:
    """The turns to code: those of participants with words in them."""
    return [
        unit for unit in units if unit.speaker and not unit.interviewer and unit.end > unit.start
    ]


def code_every_turn(cleo: Researcher) -> list[Unit]:
    """N goes to the next turn, U selects it, a digit codes it, until N finds none."""
    passed: list[Unit] = []
    cleo.press((Key.Key_Home, CTRL))
    while True:
        before = cleo.view.caret()
        cleo.press(Key.Key_N)
        unit = cleo.view.unit_at(cleo.view.caret())
        if cleo.view.caret() == before or unit is None:
            return passed
        passed.append(unit)
        cleo.press(Key.Key_U, (Key.Key_1, Key.Key_2, Key.Key_3)[len(passed) % 3])


def test_a_whole_interview_is_coded_by_keys_alone(cleo: Researcher, window: MainWindow):
    cleo.open_source("P11")
    turns = told(cleo.project.sources.units(cleo.view.source()))
    assert len(turns) > 10
    passed = code_every_turn(cleo)
    named = [unit for unit in passed if unit.speaker]
    assert [unit.ordinal for unit in named] == [unit.ordinal for unit in turns]
    said = window.workspace.status.said.text()
    assert said == "From here on you have coded everything."
    assert len(cleo.mine()) == len(passed)
    favourites = [code for code in cleo.project.codebook.codes() if code.favourite in (1, 2, 3)]
    assert {cleo.name_of(one) for one in cleo.mine()} == {code.name for code in favourites}

    _move_boundaries(cleo)
    _mark_and_remember(cleo)
    cleo.press((Key.Key_D, CTRL | SHIFT))
    progress = cleo.project.progress.of_coder(cleo.project.coder.guid)
    assert progress[cleo.view.source()] is Progress.DONE


def _move_boundaries(cleo: Researcher) -> None:
    first = cleo.mine()[0]
    cleo.press((Key.Key_Home, CTRL), Key.Key_BracketRight)
    assert cleo.view.caret() == first.start
    cleo.press((Key.Key_Left, ALT))
    shorter = cleo.mine()[0]
    assert shorter.end < first.end
    cleo.press(Key.Key_Less, Key.Key_Period)
    moved = cleo.mine()[0]
    assert (moved.start, moved.end) == (first.start + 1, shorter.end - 1)
    cleo.press((Key.Key_Z, CTRL), (Key.Key_Z, CTRL), (Key.Key_Z, CTRL))
    assert cleo.mine()[0] == first


def _mark_and_remember(cleo: Researcher) -> None:
    cleo.press(Key.Key_P, Key.Key_P)
    assert cleo.mine()[0].polarity is Polarity.CONTRADICTS
    cleo.press(Key.Key_M)
    write(cleo.focus, "[SYNTHETIC] A first thought.")
    cleo.press((Key.Key_Return, CTRL))
    assert cleo.mine()[0].memo == "[SYNTHETIC] A first thought."
    assert cleo.focus is cleo.view


def test_sentences_get_codes_by_palette_digit_in_vivo_and_again(cleo: Researcher):
    cleo.open_source("P19")
    view = cleo.view
    cleo.press((Key.Key_Home, CTRL), Key.Key_N, Key.Key_S)
    words = view.selected_text()
    assert re.search(r"\w", words)
    cleo.choose_code("recip", stay="equal")
    assert {cleo.name_of(one) for one in cleo.mine()} == {"Equality", "Reciprocity"}
    assert {view.text()[one.start : one.end] for one in cleo.mine()} == {words}

    cleo.press(Key.Key_N, Key.Key_S, Key.Key_R)
    assert cleo.name_of(cleo.mine()[-1]) == "Reciprocity"

    cleo.press(Key.Key_N, (Key.Key_Right, CTRL | SHIFT), (Key.Key_Right, CTRL | SHIFT))
    words = view.selected_text().strip()
    cleo.press(Key.Key_I)
    assert cleo.name_of(cleo.mine()[-1]) == f"“{words}”"

    cleo.press(Key.Key_N, Key.Key_U, Key.Key_0)
    assert cleo.name_of(cleo.mine()[-1]) == "Does not fit"

    many = len(cleo.mine())
    cleo.press(Key.Key_BracketLeft, Key.Key_BracketLeft, Key.Key_BracketLeft)
    cleo.press((Key.Key_Home, CTRL), Key.Key_BracketRight, Key.Key_Delete)
    QTest.keyClick(view.window().findChild(CodingChooser), Key.Key_1)
    assert len(cleo.mine()) == many - 1
    cleo.press((Key.Key_Z, CTRL))
    assert len(cleo.mine()) == many
