"""Split a code: passages are sent by key, by typing a name and by dragging; one step."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from window_tools import CTRL, Key, focusable, open_in_window, press, write

from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs.split_code import SplitDialog
from qualcoder_sm.ui.dialogs.split_list import MIME
from qualcoder_sm.ui.window import MainWindow


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_coded(project, "P01", "[SYNTHETIC] as".replace("[SYNTHETIC]", "So")
              + " [tired]{Fatigue} and [worn out]{Fatigue} and [spent]{Fatigue}.")  # fmt: skip
    fatigue = project.codebook.find("Fatigue").guid
    project.codebook.add("Body", parent=fatigue)
    project.coders.add("Ben")
    project.act_as("Ben")
    source = project.sources.find("P01").guid
    project.codings.apply(fatigue, source, 0, 2)
    project.act_as("Ana")
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    window = open_in_window(qtbot, study)
    project_of(window).act_as("Ana")
    return window


@pytest.fixture
def dialog(qtbot, window: MainWindow, monkeypatch) -> SplitDialog:
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    panel = window.workspace.reading.codebook
    panel.select_key(project_of(window).codebook.find("Fatigue").guid)
    panel.split()
    dialog = window.findChild(SplitDialog)
    qtbot.waitUntil(lambda: dialog.list.passages.rowCount() == 3, timeout=5_000)
    return dialog


def project_of(window: MainWindow):
    return window.workspace.context.project


def words_of(window: MainWindow, code: str) -> set[str]:
    project = project_of(window)
    text = project.sources.text(project.sources.find("P01").guid)
    codings = project.codings.of_code(project.codebook.find(code).guid)
    mine = project.coder.guid
    return {text[one.start : one.end] for one in codings if one.coder == mine}


def test_only_ones_own_passages_are_shown(dialog):
    assert dialog.count.text() == "3 passages"
    assert not dialog.go.isEnabled()


def test_digits_send_and_go_on_to_the_next_passage(qtbot, window, dialog):
    press(qtbot, dialog.list, Key.Key_1, Key.Key_1, Key.Key_0)
    assert dialog.count.text() == "3 passages, 2 sorted"
    assert dialog.go.text() == "Send 2 passages to 1 code"
    before = project_of(window).audit.head()[0]
    dialog.go.click()
    assert words_of(window, "Body") == {"tired", "worn out"}
    assert words_of(window, "Fatigue") == {"spent"}
    assert project_of(window).audit.head()[0] == before + 1
    window.workspace.undo()
    assert words_of(window, "Fatigue") == {"tired", "worn out", "spent"}
    qtbot.waitUntil(lambda: window.findChild(SplitDialog) is None)


def test_a_new_code_is_made_by_typing_its_name_in_the_same_step(qtbot, window, dialog):
    press(qtbot, dialog.list, (Key.Key_A, CTRL))
    write(dialog.new, "Mind")
    press(qtbot, dialog.new, Key.Key_Return)
    before = project_of(window).audit.head()[0]
    dialog.go.click()
    project = project_of(window)
    mind = project.codebook.find("Mind")
    assert mind.parent == project.codebook.find("Fatigue").guid
    assert words_of(window, "Mind") == {"tired", "worn out", "spent"}
    assert project.audit.head()[0] == before + 1


def test_passages_dropped_on_a_code_go_there(qtbot, dialog):
    data = QMimeData()
    data.setData(MIME, b"")
    at = dialog.children_.visualItemRect(dialog.children_.item(0)).center()
    move, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(at), move, data, Qt.MouseButton.LeftButton, none)
    dialog.children_.dropEvent(drop)
    assert dialog.list.passages.goes_to(0).name == "Body"
    spoken = dialog.list.passages.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "goes to Body. P01, paragraph 1. tired"


def test_zero_lets_a_passage_stay_again(qtbot, dialog):
    press(qtbot, dialog.list, Key.Key_1, Key.Key_Up, Key.Key_0)
    assert dialog.list.passages.goes_to(0) is None
    assert not dialog.go.isEnabled()


def test_leaving_with_sorted_passages_asks_first(qtbot, dialog, monkeypatch):
    asked = []
    monkeypatch.setattr(messages, "confirm", lambda _p, question, *_: asked.append(question))
    press(qtbot, dialog.list, Key.Key_1)
    dialog.leave.click()
    assert asked == ["Leave without splitting? 1 passage was sorted."]
    assert dialog.isVisible()


def test_a_coding_that_goes_meanwhile_leaves_the_list(qtbot, window, dialog):
    press(qtbot, dialog.list, Key.Key_1)
    project_of(window).codings.remove(dialog.list.passages.segment(0).coding.guid)
    qtbot.waitUntil(lambda: dialog.list.passages.rowCount() == 2, timeout=5_000)
    assert dialog.count.text() == "2 passages"


def test_without_own_passages_the_dialog_says_so(qtbot, window):
    window.workspace.tools.split_code(project_of(window).codebook.find("Body").guid)
    dialog = window.findChild(SplitDialog)
    sentence = "You have no passage of Body."
    qtbot.waitUntil(lambda: dialog.states.sentence() == sentence, timeout=5_000)


def test_the_list_keeps_the_rules_of_qt_and_every_control_has_a_name(dialog, qtmodeltester):
    qtmodeltester.check(dialog.list.model())
    named = [w.accessibleName() or str(getattr(w, "text", str)()) for w in focusable(dialog)]
    assert all(named)
