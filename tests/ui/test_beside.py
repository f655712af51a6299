"""Two texts side by side: keys, codes and panes are about the one that has the keyboard."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import Qt
from window_tools import CTRL, SHIFT, Key, open_in_window, press

from qualcoder_sm.model import Progress
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_coded(project, "P01", "[SYNTHETIC] We made [a rota]{Care}.\nNobody was alone.")
    add_coded(project, "P02", "[SYNTHETIC] And [here too]{Care}, said the second one.")
    code_named(project, "Rota")
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    window = open_in_window(qtbot, study)
    open_text(window, "P01")
    return window


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def open_text(window: MainWindow, name: str) -> None:
    window.workspace.open(Place(project_of(window).sources.find(name).guid, 0, 0))


def shown(window: MainWindow) -> list[str]:
    return [pane.feed.source.name for pane in window.workspace.reading.texts.panes()]


def test_the_second_text_opens_where_the_first_is_read(qtbot, window: MainWindow):
    reading = window.workspace.reading
    reading.view.select(12, 14)
    press(qtbot, reading.view, (Key.Key_Backslash, CTRL))
    assert shown(window) == ["P01", "P01"]
    assert reading.view.selected_text() == "We"
    open_text(window, "P02")
    assert shown(window) == ["P01", "P02"]


def test_codes_go_to_the_text_with_the_keyboard(qtbot, window: MainWindow):
    reading, project = window.workspace.reading, project_of(window)
    reading.turn_beside()
    open_text(window, "P02")
    left, right = reading.texts.panes()
    rota = project.codebook.find("Rota").guid
    left.view.setFocus()
    qtbot.waitUntil(lambda: reading.texts.current is left)
    left.view.select(12, 14)
    reading.codebook.applyRequested.emit(rota)
    [coding] = project.codings.of_code(rota)
    assert coding.source == left.view.source()
    right.view.setFocus()
    qtbot.waitUntil(lambda: reading.texts.current is right)
    right.view.select(12, 15)
    press(qtbot, right.view, Key.Key_R)
    assert {one.source for one in project.codings.of_code(rota)} == {
        left.view.source(),
        right.view.source(),
    }


def test_a_coding_shows_in_both_when_both_show_the_same_text(window: MainWindow):
    reading, project = window.workspace.reading, project_of(window)
    reading.turn_beside()
    project.codings.apply(project.codebook.find("Rota").guid, reading.view.source(), 12, 14)
    names = [
        [pane.view.code_name(one) for one in pane.view.codings_in(12, 14)]
        for pane in reading.texts.panes()
    ]
    assert names == [["Rota"], ["Rota"]]


def test_the_current_text_stays_when_the_other_is_closed(qtbot, window: MainWindow):
    reading = window.workspace.reading
    reading.turn_beside()
    open_text(window, "P02")
    reading.view.select(12, 15)
    press(qtbot, reading.view, (Key.Key_Backslash, CTRL))
    assert shown(window) == ["P02"]
    assert reading.view.selected_text() == "And"


@pytest.mark.parametrize(("closed", "left"), [(0, "P02"), (1, "P01")])
def test_each_of_two_texts_can_be_closed(qtbot, window: MainWindow, closed: int, left: str):
    reading = window.workspace.reading
    assert not reading.head.close_beside.isVisible()
    reading.turn_beside()
    open_text(window, "P02")
    head = reading.texts.panes()[closed].head
    qtbot.mouseClick(head.close_beside, Qt.MouseButton.LeftButton)
    assert shown(window) == [left]
    assert reading.tabs.tabText(reading.tabs.currentIndex()) == left
    assert not reading.head.close_beside.isVisible()


def test_deleting_the_text_beside_leaves_the_other(window: MainWindow):
    reading, project = window.workspace.reading, project_of(window)
    reading.turn_beside()
    open_text(window, "P02")
    project.sources.remove(project.sources.find("P01").guid)
    assert shown(window) == ["P02"]


def test_both_texts_and_their_places_come_back(qtbot, window: MainWindow, study: Path):
    window.workspace.reading.turn_beside()
    open_text(window, "P02")
    window.workspace.reading.view.select(12, 15)
    window.close()
    again = open_in_window(qtbot, study)
    assert shown(again) == ["P01", "P02"]
    assert again.workspace.reading.view.selected_text() == "And"


@pytest.mark.parametrize("seen", [True, False])
def test_the_passages_under_the_text_come_back(qtbot, window: MainWindow, study: Path, seen: bool):
    below = window.workspace.reading.below
    below.show_passages()
    if not seen:
        below.close_pane()
    window.close()
    again = open_in_window(qtbot, study)
    assert again.workspace.reading.below.shows_passages() is seen
    again.activateWindow()
    qtbot.waitUntil(again.workspace.reading.view.hasFocus)


def test_the_pane_keys_go_through_both_texts(qtbot, window: MainWindow):
    reading = window.workspace.reading
    reading.turn_beside()
    views = [pane.view for pane in reading.texts.panes()]
    assert [pane for pane in reading.panes_in_order() if pane in views] == views


def test_progress_goes_round_and_is_shown_in_head_and_list(qtbot, window: MainWindow):
    reading, project = window.workspace.reading, project_of(window)
    source, coder = reading.view.source(), project.coder.guid
    assert reading.head.progress.accessibleName() == "Progress: in progress"
    press(qtbot, reading.view, (Key.Key_D, CTRL | SHIFT))
    assert project.progress.of_coder(coder)[source] is Progress.DONE
    assert reading.head.progress.accessibleName() == "Progress: done"
    row = reading.sources.model.index_of(source)
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: reading.sources.model.index_of(source).data(role).endswith("done"))
    assert row.isValid()
    qtbot.mouseClick(reading.head.progress, Qt.MouseButton.LeftButton)
    assert project.progress.of_coder(coder)[source] is Progress.NOT_STARTED
