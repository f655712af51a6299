"""Correct the text: what is typed, how the codings move, and what must be decided."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from window_tools import focusable, open_in_window, press

from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs.correct_editor import CorrectEditor
from qualcoder_sm.ui.dialogs.correct_text import CorrectDialog
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.theme import LIGHT
from qualcoder_sm.ui.window import MainWindow

Key = Qt.Key
MARKED = "[SYNTHETIC] I was 😀 [tierd]{Fatigue} and\u00a0so [alone]{Isolation} then."
TEXT = MARKED.replace("[tierd]{Fatigue}", "tierd").replace("[alone]{Isolation}", "alone")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_coded(project, "P01", MARKED.replace("[SYNTHETIC] ", ""))
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    window = open_in_window(qtbot, study)
    window.workspace.open(Place(project_of(window).sources.find("P01").guid, 0, 0))
    return window


@pytest.fixture
def dialog(window: MainWindow, monkeypatch) -> CorrectDialog:
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    window.workspace.tools.correct_text()
    return window.findChild(CorrectDialog)


def project_of(window: MainWindow):
    return window.workspace.context.project


def source_of(window: MainWindow):
    return project_of(window).sources.find("P01")


def replace(dialog: CorrectDialog, old: str, new: str) -> None:
    start = dialog.editor.text().index(old)
    dialog.editor.go_to(start, start + len(old))
    dialog.editor.insertPlainText(new)


def looked(qtbot, dialog: CorrectDialog, said: str) -> None:
    qtbot.waitUntil(lambda: dialog.told.text().startswith(said), timeout=5_000)


def test_a_corrected_word_is_one_step_and_codings_stay_on_their_words(qtbot, window, dialog):
    project, before = project_of(window), project_of(window).audit.head()[0]
    replace(dialog, "tierd", "tired")
    looked(qtbot, dialog, "1 place changed.")
    dialog.reason.unfold()
    dialog.reason.line.setText("Heard again")
    assert dialog.go.text() == "Correct 1 place"
    with qtbot.waitSignal(window.workspace.context.bridge.changed, timeout=5_000):
        dialog.go.click()
    text = project.sources.text(source_of(window).guid)
    assert text == TEXT.replace("tierd", "tired").removeprefix("[SYNTHETIC] ")
    words = {text[one.start : one.end] for one in project.codings.all()}
    assert words == {"tired", "alone"}
    assert project.audit.head()[0] == before + 1
    assert project.audit.record(before + 1).reason == "Heard again"
    assert project.reason == ""
    qtbot.waitUntil(lambda: window.findChild(CorrectDialog) is None)


def test_the_reading_view_shows_the_corrected_text(qtbot, window, dialog):
    replace(dialog, "tierd", "very tired")
    looked(qtbot, dialog, "1 place changed.")
    dialog.go.click()
    view = window.workspace.reading.view
    start = "I was 😀 ".__len__()

    def shown() -> str:
        view.select(start, start + len("very tired"))
        return view.selected_text()

    qtbot.waitUntil(lambda: shown() == "very tired", timeout=5_000)


def test_grounds_move_while_typing_before_the_worker_answers(dialog):
    before = dialog.editor.grounds()
    dialog.editor.moveCursor(QTextCursor.MoveOperation.Start)
    dialog.editor.insertPlainText("Well, ")
    assert [a for a, _b, _c in dialog.editor.grounds()] == [a + 6 for a, _b, _c in before]


def test_a_coding_without_words_must_be_decided_about(qtbot, window, dialog):
    replace(dialog, "tierd ", "")
    looked(qtbot, dialog, "1 place changed.")
    assert "1 coding has no words left." in dialog.told.text()
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip() == "1 coding is still to be decided about."
    spoken = dialog.review.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Fatigue, has no words left: decide.")
    press(qtbot, dialog.list, Key.Key_Delete)
    assert dialog.go.isEnabled()
    with qtbot.waitSignal(window.workspace.context.bridge.changed, timeout=5_000):
        dialog.go.click()
    [left] = project_of(window).codings.all()
    assert project_of(window).codebook.get(left.code).name == "Isolation"


def test_a_coding_without_words_can_be_put_on_others(qtbot, window, dialog):
    replace(dialog, "tierd ", "")
    looked(qtbot, dialog, "1 place changed.")
    start = dialog.editor.text().index("then")
    dialog.editor.go_to(start, start + 4)
    dialog.put.click()
    with qtbot.waitSignal(window.workspace.context.bridge.changed, timeout=5_000):
        dialog.go.click()
    text = project_of(window).sources.text(source_of(window).guid)
    words = {text[one.start : one.end] for one in project_of(window).codings.all()}
    assert words == {"then", "alone"}


def test_a_place_chosen_is_forgotten_when_the_text_changes_again(qtbot, dialog):
    replace(dialog, "tierd ", "")
    looked(qtbot, dialog, "1 place changed.")
    start = dialog.editor.text().index("then")
    dialog.editor.go_to(start, start + 4)
    dialog.put.click()
    assert dialog.review.open == 0
    dialog.editor.moveCursor(QTextCursor.MoveOperation.Start)
    dialog.editor.insertPlainText("So ")
    looked(qtbot, dialog, "2 places changed.")
    assert dialog.review.open == 1


def test_a_locked_text_is_not_opened_and_the_status_says_why(qtbot, window):
    window.workspace.tools.turn_lock()
    window.workspace.tools.correct_text()
    assert window.findChild(CorrectDialog) is None
    sentence = "The text of P01 is locked. Unlock it before you correct it."
    assert window.workspace.status.said.text() == sentence
    assert window.workspace.reading.head.lock.isVisible()
    window.workspace.tools.turn_lock()
    assert not source_of(window).locked


def test_leaving_with_corrections_asks_first(qtbot, window, dialog, monkeypatch):
    replace(dialog, "tierd", "tired")
    looked(qtbot, dialog, "1 place changed.")
    asked = []
    monkeypatch.setattr(messages, "confirm", lambda _p, question, *_: asked.append(question))
    dialog.leave.click()
    assert asked == ["Leave without correcting? 1 change to the text is lost."]
    assert dialog.isVisible()


def test_a_text_without_a_word_is_refused_in_words(qtbot, dialog):
    dialog.editor.selectAll()
    dialog.editor.insertPlainText(" ")
    qtbot.waitUntil(dialog.banner.isVisible, timeout=5_000)
    assert dialog.banner.sentence().startswith("A text needs at least one word.")
    assert not dialog.go.isEnabled()


def test_the_list_keeps_the_rules_of_qt_and_every_control_has_a_name(qtbot, dialog, qtmodeltester):
    replace(dialog, "tierd", "tyred")
    looked(qtbot, dialog, "1 place changed.")
    qtmodeltester.check(dialog.list.model())
    assert [w for w in focusable(dialog) if not (w.accessibleName() or _text(w))] == []


def _text(widget) -> str:
    return str(getattr(widget, "text", str)())


_chars = st.sampled_from("ab \n\u00a0\u2028é😀")
_edit = st.tuples(st.floats(0, 1), st.floats(0, 1), st.text(_chars, max_size=4))


@given(text=st.text(_chars, min_size=1, max_size=30), edits=st.lists(_edit, max_size=5))
def test_the_text_is_what_was_typed_whatever_the_characters(text, edits):
    QApplication.instance() or QApplication([])
    editor = CorrectEditor(LIGHT)
    assert editor.show_text(text)
    expected = text
    for first, second, words in edits:
        a, b = sorted((round(first * len(expected)), round(second * len(expected))))
        editor.go_to(a, b)
        editor.insertPlainText(words)
        expected = expected[:a] + words + expected[b:]
        assert editor.text() == expected
    editor.deleteLater()


def test_the_lock_in_the_head_unlocks_and_the_menu_of_the_list_locks(window):
    panel, head = window.workspace.reading.sources, window.workspace.reading.head
    panel.select_key(source_of(window).guid)
    assert not head.lock.isVisible()
    panel.turn_lock()
    assert source_of(window).locked
    head.lock.click()
    assert not source_of(window).locked
