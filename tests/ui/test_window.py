"""The window as a researcher uses it: opens a project, reads, codes, takes back."""

from pathlib import Path

from builders import add_coded, new_project
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from window_tools import (
    CTRL,
    Key,
    focusable,
    make_window,
    open_in_window,
    open_text,
    press,
    project_of,
    select_words,
    write,
)

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.actions import MENUS, all_actions
from qualcoder_sm.ui.window import MainWindow


def test_a_project_opens_with_its_sources_and_codes(window: MainWindow):
    reading = window.workspace.reading
    assert window.windowTitle() == "study.qsm – QualCoder SM"
    assert [reading.sources.model.index_of(k).data() for k in reading.sources.model.all_keys()] == [
        "Interviews",
        "P01",
        "P02",
    ]
    assert reading.codebook.tree.model().rowCount() == 2


def test_a_file_that_is_no_project_is_told_on_the_first_page(qtbot, tmp_path: Path):
    path = tmp_path / "notes.qsm"
    path.write_text("some notes", encoding="utf-8")
    window = make_window(qtbot)
    window.open_path(path)
    qtbot.waitUntil(window.start.banner.isVisible)
    assert window.start.banner.sentence() == "notes.qsm is not a QualCoder SM project."


def test_a_click_on_a_source_opens_its_text(qtbot, window: MainWindow):
    reading = window.workspace.reading
    source = project_of(window).sources.find("P02")
    rect = reading.sources.tree.visualRect(reading.sources.index_of(source.guid))
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(reading.sources.tree.viewport(), left, pos=rect.center())
    assert reading.tabs.current() == source.guid
    assert reading.head.name.text() == "P02"


def test_the_status_says_where_the_caret_is_and_what_is_selected(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    start, end = window.workspace.reading.view.selection()
    status = window.workspace.status
    qtbot.waitUntil(lambda: "selected" in status.selected.text())
    assert status.where.text() == "Paragraph 1 of 3"
    assert status.selected.text() == f"{start}–{end} · {end - start} characters selected"


def test_the_second_coder_sees_only_her_own_codings_until_she_asks(
    qtbot, window: MainWindow, monkeypatch
):
    source = open_text(window)
    select_words(qtbot, window)
    reading = window.workspace.reading
    reading.desk.apply_to_selection(project_of(window).codebook.find("Reciprocity").guid)
    project_of(window).coders.add("Ben")
    monkeypatch.setattr("qualcoder_sm.ui.workspace.choose_coder", lambda *_: "Ben")
    window.workspace.switch_coder()
    assert window.workspace.status.coder.text() == "Ben"
    assert reading.view.codings_in(0, source.characters) == []
    window.workspace.show_others()
    assert len(reading.view.codings_in(0, source.characters)) == 1


def test_search_finds_words_and_goes_there(qtbot, window: MainWindow):
    search = window.workspace.search
    press(qtbot, window, (Key.Key_K, CTRL))
    write(search, "wears people")
    press(qtbot, search, Key.Key_Return)
    view = window.workspace.reading.view
    assert view.selected_text() == "wears people"


def test_search_says_when_nothing_matches(qtbot, window: MainWindow):
    search = window.workspace.search
    write(search, "marmalade")
    press(qtbot, search, Key.Key_Return)
    assert search.list.item(0).text() == "Nothing matches “marmalade”."


def test_a_project_open_elsewhere_opens_for_reading_and_says_so(qtbot, study: Path):
    holder = Project.open(study)
    window = open_in_window(qtbot, study)
    assert project_of(window).read_only
    assert "You can read it, not change it." in window.workspace.banner.sentence()
    assert not window.commands["code.new"].isEnabled()
    assert window.commands["edit.find"].isEnabled()
    holder.close()


def test_a_copy_of_a_locked_project_can_be_coded(qtbot, study: Path):
    holder = Project.open(study)
    window = open_in_window(qtbot, study)
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.open_copy()
    assert not project_of(window).read_only
    assert project_of(window).path.name == "study (copy).qsm"
    holder.close()


def test_a_backup_opens_as_a_copy_beside_the_project(qtbot, window: MainWindow, monkeypatch):
    project = project_of(window)
    backup = project.back_up()
    monkeypatch.setattr(
        "qualcoder_sm.ui.dialogs.restore.choose_backup", lambda _parent, _backups: backup
    )
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.restore_backup()
    copy = project_of(window)
    assert copy.path.parent == project.path.parent
    assert copy.path != project.path
    assert len(copy.sources.all()) == 2


def test_closing_a_project_gives_the_file_back(qtbot, window: MainWindow, study: Path):
    window.close_project()
    again = Project.open(study)
    assert not again.read_only
    again.close()


def test_every_action_of_the_table_leads_to_a_method(window: MainWindow):
    from operator import attrgetter

    for action in all_actions():
        if action.method:
            assert callable(attrgetter(action.method)(window)), action.key


def test_no_two_actions_share_a_key():
    keys = [action.shortcut for action in all_actions() if action.shortcut]
    assert len(keys) == len(set(keys))
    words = {action.text for entries in MENUS.values() for action in entries if action}
    assert not any("Save" in text for text in words)


def test_every_control_has_a_name(qtbot, window: MainWindow):
    open_text(window)
    select_words(qtbot, window)
    window.workspace.reading.desk.apply_to_selection(
        project_of(window).codebook.find("Reciprocity").guid
    )
    qtbot.waitUntil(window.workspace.reading.inspector.memo.isVisible)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in focusable(window)
        if not accessible_name(widget)
    ]
    assert nameless == []


def accessible_name(widget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else widget.accessibleName()


def test_the_first_page_offers_three_beginnings_and_all_have_names(qtbot):
    window = make_window(qtbot)
    names = [accessible_name(widget) for widget in focusable(window)]
    assert "New project" in names
    assert "Look around in the demonstration study" in names
    assert all(names)


def test_the_inspector_is_a_drawer_in_a_small_window(qtbot, window: MainWindow):
    panes = window.workspace.reading.panes
    assert panes.is_open("right")
    window.resize(1100, 700)
    QApplication.processEvents()
    assert panes.is_drawer("right")
    assert not panes.is_open("right")
    press(qtbot, window, Key.Key_F4)
    assert panes.is_open("right")
    window.resize(1440, 900)
    QApplication.processEvents()
    assert not panes.is_drawer("right")
    assert panes.is_open("right")


def test_zoom_changes_the_text_only_and_is_kept(qtbot, window: MainWindow):
    open_text(window)
    before = window.workspace.reading.view.reading_style().zoom
    window.commands["view.larger"].trigger()
    assert window.workspace.reading.view.reading_style().zoom > before
    assert window.workspace.context.preferences.settings.reading_size == 18


def test_open_texts_keep_their_place(qtbot, window: MainWindow):
    open_text(window)
    window.workspace.reading.view.select(5, 9)
    open_text(window, "P02")
    press(qtbot, window, (Key.Key_Tab, CTRL))
    assert window.workspace.reading.view.selection() == (5, 9)


def test_deleting_a_source_asks_and_says_what_goes(qtbot, tmp_path: Path, monkeypatch):
    project = new_project(tmp_path)
    add_coded(
        project,
        "P01",
        "[SYNTHETIC] [Tired]{Fatigue} and [alone]{Isolation}".replace("[SYNTHETIC] ", ""),
    )
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    asked = []

    def agree(_parent, question: str, yes: str, _no: str) -> str:
        asked.append((question, yes))
        return "withdrawn by the participant"

    monkeypatch.setattr(messages, "confirm_because", agree)
    source = open_text(window)
    sources = window.workspace.reading.sources
    sources.select_key(source.guid)
    sources.delete()
    assert asked == [
        ("Delete P01? 2 codings go with it. You can undo this.", "Delete text and 2 codings")
    ]
    assert project_of(window).sources.all() == []
    assert project_of(window).audit.records()[-1].reason == "withdrawn by the participant"
    assert window.workspace.reading.tabs.count() == 0


def test_the_window_stays_small_enough_for_a_laptop(window: MainWindow):
    assert window.minimumSizeHint().width() <= 1100
    assert window.minimumSizeHint().height() <= 700
    assert QPoint(0, 0) == window.centralWidget().rect().topLeft()
