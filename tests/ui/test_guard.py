"""The window when somebody else has a hand in the file of the open project, or in its folder."""

import shutil
from contextlib import closing
from pathlib import Path

from window_tools import open_in_window, open_text, project_of

from qualcoder_sm import settings
from qualcoder_sm.errors import TakenOver
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.inspector_parts import Field
from qualcoder_sm.ui.window import MainWindow
from qualcoder_sm.ui.workspace import AUDIT


def overwrite(window: MainWindow) -> None:
    """An older copy comes over the open file, as a program that synchronises does it."""
    path = project_of(window).path
    older = path.read_bytes()
    project_of(window).codebook.add("Lost")
    path.write_bytes(older)


def frozen(qtbot, window: MainWindow) -> str:
    with qtbot.waitSignal(window.workspace.guard.takenOver, timeout=10_000):
        window.workspace.guard.look()
    return window.workspace.banner.sentence()


def test_an_overwritten_file_is_said_with_two_ways_to_go_on(qtbot, window: MainWindow):
    overwrite(window)
    said = frozen(qtbot, window)
    assert said.startswith("study.qsm was overwritten while it was open here")
    assert said.endswith("What you were writing stays here until then; copy it first.")
    assert not window.commands["code.new"].isEnabled()
    assert window.commands["edit.find"].isEnabled()
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.workspace.banner.otherRequested.emit()
    assert project_of(window).path.name == "study.qsm"
    assert not project_of(window).read_only
    assert window.commands["code.new"].isEnabled()
    assert "Lost" not in {code.name for code in project_of(window).codebook.codes()}
    assert not window.workspace.banner.isVisible()
    project_of(window).codebook.add("Again")


def test_the_file_as_it_is_now_can_be_kept_as_a_copy(qtbot, window: MainWindow):
    overwrite(window)
    frozen(qtbot, window)
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.workspace.banner.actionRequested.emit()
    assert project_of(window).path.name == "study (copy).qsm"
    project_of(window).codebook.add("Again")


def test_a_step_that_is_refused_makes_the_offer_at_once(qtbot, window: MainWindow):
    open_text(window)
    overwrite(window)
    with qtbot.waitSignal(window.workspace.guard.takenOver, timeout=10_000):
        window.workspace.undo()
    assert window.workspace.banner.isVisible()


def test_so_it_does_on_another_page(qtbot, window: MainWindow):
    window.workspace.show_page(AUDIT)
    with qtbot.waitSignal(window.workspace.guard.takenOver, timeout=10_000):
        overwrite(window)
        window.workspace.show_error(TakenOver("refused"))
    assert window.workspace.banner.isVisible()


def test_what_is_being_written_stays_until_the_project_is_opened_again(qtbot, window: MainWindow):
    code = project_of(window).codebook.codes()[0]
    window.workspace.show_code(code.guid)
    inspector = window.workspace.reading.inspector
    inspector.edit_definition()
    field = inspector.definition.findChild(Field, "include")
    overwrite(window)
    field.setPlainText("Words of an afternoon")
    with qtbot.waitSignal(window.workspace.guard.takenOver, timeout=10_000):
        field.commit()
    assert field.text() == "Words of an afternoon"


def test_a_file_that_is_as_it_was_left_says_nothing(qtbot, window: MainWindow):
    project_of(window).codebook.add("Kept")
    window.workspace.guard.look()
    qtbot.waitUntil(lambda: window.tasks.is_idle)
    assert not window.workspace.banner.isVisible()


def test_a_folder_that_is_synchronised_and_a_conflicted_copy_are_told_once(
    qtbot, study: Path, tmp_path: Path
):
    (study.parent / ".stfolder").mkdir()
    conflict = study.with_name("study (conflicted copy).qsm")
    shutil.copyfile(study, conflict)
    with closing(Project.open(conflict)) as other:
        other.codebook.add("Theirs")
    window = open_in_window(qtbot, study)
    banner = window.workspace.banner
    qtbot.waitUntil(banner.isVisible)
    assert banner.sentence().startswith("study.qsm lies in a folder that Syncthing synchronises")
    assert (
        "study (conflicted copy).qsm beside it is a copy of the same project: " in banner.sentence()
    )
    assert banner.sentence().endswith(" 0 only in study.qsm, 1 only there.")
    assert settings.load().warned == (str(study), str(conflict))
    window.close_project()
    window.open_path(study)
    qtbot.waitUntil(window.is_open)
    qtbot.waitUntil(lambda: window.tasks.is_idle)
    assert not window.workspace.banner.isVisible()
