"""Names that are long or hold an ampersand, and bars that are too narrow for all their words."""

from pathlib import Path

from builders import add_coded, add_text, new_project
from PySide6.QtWidgets import QLabel
from window_tools import open_in_window

from qualcoder_sm.ui.bars import StatusBar
from qualcoder_sm.ui.dialogs.new_project import NewProjectDialog
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.widgets import Fold

LONG = "Help that is given at night without anybody asking for it or expecting it back"


def test_a_long_title_of_a_section_is_cut_and_its_tooltip_has_it_all(qtbot) -> None:
    fold = Fold(LONG)
    qtbot.addWidget(fold)
    fold.resize(160, 24)
    fold.grab()
    assert fold.toolTip() == LONG
    fold.resize(900, 24)
    fold.grab()
    assert fold.toolTip() == ""


def test_an_ampersand_in_a_name_is_no_key(qtbot) -> None:
    fold = Fold("Rest & relief")
    qtbot.addWidget(fold)
    assert fold.shortcut().isEmpty()
    assert fold.accessibleName() == "Rest & relief"


def test_an_ampersand_in_the_name_of_a_source_stands_on_its_tab(qtbot, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    text = add_text(project, "R&D", "[SYNTHETIC] Words.")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(text.guid, 0, 0))
    tabs = window.workspace.reading.tabs
    qtbot.waitUntil(lambda: tabs.count() == 1)
    assert tabs.tabText(0) == "R&&D"


def test_the_path_of_a_new_project_takes_one_line_however_long_its_name(qtbot) -> None:
    dialog = NewProjectDialog(None, "Ana")
    qtbot.addWidget(dialog)
    dialog.show()
    height = dialog.sizeHint().height()
    dialog.name.setText(LONG * 2)
    assert dialog.sizeHint().height() == height
    dialog.place.grab()
    assert dialog.place.toolTip() == str(dialog.path())


def test_one_step_is_one_step(qtbot) -> None:
    status = StatusBar()
    qtbot.addWidget(status)
    status.set_trail(1, "3a4ef160", "09:12:00")
    assert "1 step," in status.trail.toolTip()
    status.set_trail(1284, "3a4ef160", "09:12:00")
    assert "1,284 steps," in status.trail.toolTip()


def test_the_name_of_the_file_leaves_room_for_every_menu(qtbot, tmp_path: Path) -> None:
    new_project(tmp_path).close()
    path = tmp_path / f"{LONG}, {LONG}.qsm"
    (tmp_path / "study.qsm").rename(path)
    window = open_in_window(qtbot, path)
    window.resize(1100, 700)
    menus = window.menuBar()
    last = menus.actionGeometry(menus.actions()[-1])
    name = next(w for w in menus.findChildren(QLabel) if w.text() == path.name)
    assert not last.isEmpty()
    assert last.right() <= name.x()


def test_a_text_that_was_just_imported_is_the_current_row(qtbot, tmp_path: Path) -> None:
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Help}")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    added = add_text(window.workspace.context.project, "P02", "[SYNTHETIC] Later.")
    window.workspace.open(Place(added.guid, 0, 0))
    sources = window.workspace.reading.sources
    qtbot.waitUntil(lambda: sources.current_key() == added.guid)
