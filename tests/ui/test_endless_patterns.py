"""A pattern that takes for ever: the window lives, it can be stopped, and it ends in a sentence."""

from pathlib import Path

import pytest
from builders import add_text, code_named, new_project
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton
from window_tools import open_in_window

from qualcoder_sm.project import patterns
from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog
from qualcoder_sm.ui.dialogs.autocode_form import Kind
from qualcoder_sm.ui.panels.find import FindPanel
from qualcoder_sm.ui.window import MainWindow

FOR_EVER = "(a+)+b"
MINUTE = 60_000


class Pulse(QObject):
    """Counts how often the event loop came round."""

    def __init__(self) -> None:
        super().__init__()
        self.beats = 0
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        self.beats += 1


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    add_text(project, "P01", "[SYNTHETIC] tired")
    add_text(project, "P02", f"[SYNTHETIC] {'a' * 40}")
    code_named(project, "Fatigue")
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


@pytest.fixture
def panel(window: MainWindow) -> FindPanel:
    window.workspace.find_all("tired")
    panel = window.workspace.reading.below.find
    panel.regex.setChecked(True)
    return panel


@pytest.fixture
def dialog(window: MainWindow) -> AutocodeDialog:
    code = window.workspace.context.project.codebook.find("Fatigue").guid
    window.workspace.reading.codebook.select_key(code)
    window.workspace.tools.find_and_code()
    dialog = window.findChild(AutocodeDialog)
    dialog.form.kind.setCurrentIndex(dialog.form.kind.findData(Kind.PATTERN))
    return dialog


def given_up(states) -> bool:
    return states.sentence().startswith("This pattern takes too long on P02; ")


def stop(states) -> None:
    [button] = [one for one in states.findChildren(QPushButton) if one.text() == "Cancel"]
    button.click()


def test_find_gives_it_up_and_the_window_lives(qtbot, panel, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 2)
    pulse = Pulse()
    panel.begin(FOR_EVER)
    qtbot.waitUntil(lambda: given_up(panel.states), timeout=MINUTE)
    assert pulse.beats > 10
    panel.begin("t[a-z]+d")
    qtbot.waitUntil(lambda: panel.found.hits == 1 and not panel.busy, timeout=MINUTE)


def test_find_can_be_stopped_in_the_midst_of_a_text(qtbot, window, panel, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 2 * MINUTE)
    panel.begin(FOR_EVER)
    qtbot.waitUntil(lambda: panel.states.is_waiting, timeout=MINUTE)
    stop(panel.states)
    assert panel.states.sentence() == "Stopped."
    qtbot.waitUntil(lambda: window.workspace.context.tasks.is_idle, timeout=MINUTE)
    panel.begin("t[a-z]+d")
    qtbot.waitUntil(lambda: panel.found.hits == 1 and not panel.busy, timeout=MINUTE)


def test_another_pattern_takes_its_place(qtbot, panel, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 2 * MINUTE)
    panel.begin(FOR_EVER)
    qtbot.waitUntil(lambda: panel.states.is_waiting, timeout=MINUTE)
    panel.begin("t[a-z]+d")
    qtbot.waitUntil(lambda: panel.found.hits == 1 and not panel.busy, timeout=MINUTE)


def test_autocoding_gives_it_up_and_the_window_lives(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 2)
    pulse = Pulse()
    dialog.form.pattern.setText(FOR_EVER)
    qtbot.waitUntil(lambda: given_up(dialog.states), timeout=MINUTE)
    assert pulse.beats > 10
    assert not dialog.go.isEnabled()


def test_autocoding_can_be_stopped_in_the_midst_of_a_text(qtbot, window, dialog, monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 2 * MINUTE)
    dialog.form.pattern.setText(FOR_EVER)
    qtbot.waitUntil(lambda: dialog.states.is_waiting, timeout=MINUTE)
    stop(dialog.states)
    qtbot.waitUntil(lambda: window.workspace.context.tasks.is_idle, timeout=MINUTE)
    dialog.form.pattern.setText("t[a-z]+d")
    qtbot.waitUntil(lambda: dialog.list.proposals.rowCount() == 1, timeout=MINUTE)
