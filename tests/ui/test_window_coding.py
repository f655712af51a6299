"""Coding in the real window: by palette, key, double click and drag, and taking it back."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from window_tools import (
    CTRL,
    SHIFT,
    TEXT,
    Key,
    open_text,
    press,
    project_of,
    select_words,
    write,
)

from qualcoder_sm.ui.reading.palette import CodePalette
from qualcoder_sm.ui.window import MainWindow


def test_words_selected_by_keyboard_are_coded_through_the_palette(qtbot, window: MainWindow):
    source = open_text(window)
    select_words(qtbot, window)
    view = window.workspace.reading.view
    start, end = view.words()
    press(qtbot, view, Key.Key_Return)
    palette = window.findChild(CodePalette)
    qtbot.waitUntil(palette.isVisible)
    field = palette.findChild(type(window.workspace.search).__mro__[1])
    write(field, "reci")
    with qtbot.waitSignal(window.workspace.context.bridge.changed):
        press(qtbot, field, Key.Key_Return)
    [coding] = project_of(window).codings.of_source(source.guid)
    words = project_of(window).sources.text(source.guid)[start:end].rstrip()
    assert (coding.start, coding.end) == (start, start + len(words))
    assert project_of(window).codebook.get(coding.code).name == "Reciprocity"
    assert not palette.isVisible()


def test_a_new_name_in_the_palette_makes_an_emergent_code_in_one_step(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    before = project_of(window).audit.head()[0]
    press(qtbot, window.workspace.reading.view, Key.Key_Return)
    palette = window.findChild(CodePalette)
    field = palette.findChild(type(window.workspace.search).__mro__[1])
    write(field, "Wearing out")
    press(qtbot, field, Key.Key_Return)
    project = project_of(window)
    assert project.codebook.find("Wearing out").origin.value == "emergent"
    assert project.codings.count() == 1
    assert project.audit.head()[0] == before + 1


def test_undo_takes_the_coding_back_and_redo_brings_it_again(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    window.workspace.reading.desk.apply_to_selection(
        project_of(window).codebook.find("Reciprocity").guid
    )
    press(qtbot, window, (Key.Key_Z, CTRL))
    assert project_of(window).codings.count() == 0
    assert "Undone: Apply Reciprocity in P01" in window.workspace.status.said.text()
    press(qtbot, window, (Key.Key_Z, CTRL | SHIFT))
    assert project_of(window).codings.count() == 1


def test_a_digit_applies_the_favourite(qtbot, window: MainWindow):
    project = project_of(window)
    project.codebook.set_favourite(project.codebook.find("Access barrier").guid, 4)
    open_text(window)
    select_words(qtbot, window)
    press(qtbot, window.workspace.reading.view, Key.Key_4)
    [coding] = project.codings.all()
    assert project.codebook.get(coding.code).name == "Access barrier"


def test_in_vivo_makes_a_code_of_the_words_in_one_step(qtbot, window: MainWindow):
    open_text(window)
    view = window.workspace.reading.view
    start = TEXT.index("wears")
    view.select(start, start + len("wears people out"))
    before = project_of(window).audit.head()[0]
    press(qtbot, view, Key.Key_I)
    [coding] = project_of(window).codings.all()
    assert project_of(window).codebook.get(coding.code).name == "“wears people out”"
    assert project_of(window).audit.head()[0] == before + 1


def test_without_a_selection_nothing_happens_and_the_status_says_why(qtbot, window: MainWindow):
    open_text(window)
    code = project_of(window).codebook.find("Reciprocity").guid
    window.workspace.reading.codebook.applyRequested.emit(code)
    assert window.workspace.status.said.text() == "Select some words first."
    assert project_of(window).codings.count() == 0


def test_a_double_click_on_a_code_applies_it(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    panel = window.workspace.reading.codebook
    code = project_of(window).codebook.find("Reciprocity").guid
    at = panel.tree.visualRect(panel.index_of(code)).center()
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [coding.code for coding in project_of(window).codings.all()] == [code]


def test_the_same_code_on_the_same_words_is_refused_quietly(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    code = project_of(window).codebook.find("Reciprocity").guid
    desk = window.workspace.reading.desk
    desk.apply_to_selection(code)
    desk.apply_to_selection(code)
    assert project_of(window).codings.count() == 1
    assert window.workspace.status.said.text() == "These words carry Reciprocity already."
    assert not window.workspace.reading.banner.isVisible()


def test_a_code_dropped_on_the_selection_is_applied(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window, 2)
    view = window.workspace.reading.view
    panel = window.workspace.reading.codebook
    code = project_of(window).codebook.find("Access barrier").guid
    data: QMimeData = panel.proxy.mimeData([panel.index_of(code)])
    start, end = view.selection()
    point = view.rect_of(start, end)[0].center()
    copy = Qt.DropAction.CopyAction
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(point), copy, data, no_button, no_key)
    view.dropEvent(drop)
    [coding] = project_of(window).codings.all()
    assert (coding.code, coding.start, coding.end) == (code, start, end)


def test_delete_removes_the_coding_at_the_caret(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    desk = window.workspace.reading.desk
    desk.apply_to_selection(project_of(window).codebook.find("Reciprocity").guid)
    view = window.workspace.reading.view
    press(qtbot, view, (Key.Key_Home, CTRL), Key.Key_Right, Key.Key_Delete)
    assert project_of(window).codings.count() == 0


def test_a_step_that_cannot_be_written_is_told_and_the_selection_stays(
    qtbot, window: MainWindow, study: Path
):
    open_text(window)
    select_words(qtbot, window)
    selection = window.workspace.reading.view.selection()
    study.rename(study.with_name("elsewhere.qsm"))
    code = window.workspace.reading.codebook.model.all_keys()[0]
    window.workspace.reading.desk.apply_to_selection(code)
    banner = window.workspace.reading.banner
    assert banner.isVisible()
    assert "The last step was not saved" in banner.sentence()
    assert window.workspace.reading.view.selection() == selection
