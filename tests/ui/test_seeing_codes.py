"""Which codings are seen: by code, by family, by coder; what stands out; numbers in the margin."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from window_tools import CTRL, SHIFT, Key, open_in_window, press

from qualcoder_sm import settings
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.code_sight import Wanted
from qualcoder_sm.ui.panels.code_filter import CodesDialog
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

MARKED = (
    "[SYNTHETIC] We made [a rota]{Rota}.\n[Nobody]{Alone} was alone.\n"
    "It [wore us out]{Tired}.\n[Thanks]{Rota} to all."
)


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", MARKED)
    care = code_named(project, "Care")
    project.codebook.move(code_named(project, "Rota").guid, care.guid)
    for coder in ("Ben", "Cleo"):
        project.coders.add(coder)
    project.act_as("Ben")
    start = project.sources.text(source.guid).index("made")
    project.codings.apply(code_named(project, "Tired").guid, source.guid, start, start + 4)
    project.act_as("Cleo")
    project.codings.apply(code_named(project, "Alone").guid, source.guid, start, start + 4)
    project.act_as("Ana")
    project.codebook.set_favourite(care.guid, 9)
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window


def project_of(window: MainWindow) -> Project:
    return window.workspace.context.project


def code(window: MainWindow, name: str) -> str:
    return project_of(window).codebook.find(name).guid


def seen(window: MainWindow) -> list[str]:
    view = window.workspace.reading.view
    return [view.code_name(one) for one in view.codings_in(0, len(view.text()))]


def choice(window: MainWindow, words: str) -> QAction:
    menu = window.workspace.reading.head.filter.menu()
    menu.aboutToShow.emit()
    [found] = [action for action in menu.actions() if action.text() == words]
    return found


def test_only_the_current_code_and_those_below_are_seen(window: MainWindow):
    reading = window.workspace.reading
    assert seen(window) == ["Rota", "Alone", "Tired", "Rota"]
    reading.codebook.select_key(code(window, "Care"))
    choice(window, "The current code and those below it").trigger()
    assert seen(window) == ["Rota", "Rota"]
    assert reading.head.filter.accessibleName() == "Codings seen: Care and below"
    reading.codebook.select_key(code(window, "Alone"))
    assert seen(window) == ["Alone"]
    choice(window, "All codes").trigger()
    assert len(seen(window)) == 4


def test_chosen_codes_are_seen_and_brackets_pass_over_the_others(qtbot, window: MainWindow):
    choice(window, "Chosen codes…").trigger()
    dialog = window.findChild(CodesDialog)
    for number in range(dialog.list.count()):
        item = dialog.list.item(number)
        if item.text() in ("Alone", "Tired"):
            item.setCheckState(Qt.CheckState.Checked)
    dialog.taken.emit(dialog.codes())
    dialog.close()
    assert seen(window) == ["Alone", "Tired"]
    view = window.workspace.reading.view
    press(qtbot, view, (Key.Key_Home, CTRL), Key.Key_BracketRight)
    assert view.caret() == view.text().index("Nobody")
    press(qtbot, view, Key.Key_BracketRight)
    assert view.caret() == view.text().index("wore")


def test_a_new_coding_that_is_not_seen_is_told(window: MainWindow):
    reading = window.workspace.reading
    window.workspace.sight.codes.choose([code(window, "Alone")])
    reading.view.select(12, 14)
    reading.desk.apply_to_selection(code(window, "Tired"))
    said = window.workspace.status.said.text()
    assert said == "Coded with Tired, which is not among the codes seen."


def test_each_other_coder_can_be_seen_alone(window: MainWindow):
    choice(window, "Codings of Cleo").trigger()
    assert seen(window) == ["Alone", "Rota", "Alone", "Tired", "Rota"]
    choice(window, "Codings of Ben").trigger()
    choice(window, "Codings of Cleo").trigger()
    assert seen(window) == ["Tired", "Rota", "Alone", "Tired", "Rota"]
    window.workspace.reading.head.others.toggle()
    assert seen(window) == ["Rota", "Alone", "Tired", "Rota"]


def test_a_filter_whose_code_is_deleted_shows_all(window: MainWindow):
    reading = window.workspace.reading
    reading.codebook.select_key(code(window, "Alone"))
    window.workspace.sight.codes.want(Wanted.FAMILY)
    project_of(window).codebook.remove(code(window, "Alone"))
    assert seen(window)[0] == "Rota"


def test_the_same_codes_are_seen_in_both_texts(qtbot, window: MainWindow):
    window.workspace.sight.codes.choose([code(window, "Alone")])
    window.workspace.reading.turn_beside()
    assert seen(window) == ["Alone"]


def test_the_key_sees_the_family_and_all_again(qtbot, window: MainWindow):
    window.workspace.reading.codebook.select_key(code(window, "Tired"))
    view = window.workspace.reading.view
    press(qtbot, view, (Key.Key_O, CTRL | SHIFT))
    assert seen(window) == ["Tired"]
    press(qtbot, view, (Key.Key_O, CTRL | SHIFT))
    assert len(seen(window)) == 4


def test_numbers_go_round_and_are_kept(window: MainWindow):
    kept = []
    for _turn in range(3):
        window.commands["view.numbers"].trigger()
        kept.append(settings.load().numbers)
    assert kept == ["units", "lines", "none"]


def test_words_that_are_no_setting_are_not_used(home: Path):
    settings.save(settings.Settings(mode="loud", numbers="pages", theme="pink"))
    loaded = settings.load()
    assert (loaded.mode, loaded.numbers, loaded.theme) == ("both", "none", "system")
