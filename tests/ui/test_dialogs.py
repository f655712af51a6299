"""The few dialogs: what they ask, what they answer, and that nothing is left of them."""

import gc
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog
from window_tools import Key, open_in_window, press, write

from qualcoder_sm import settings
from qualcoder_sm.project.project import Project
from qualcoder_sm.store.backups import Backup
from qualcoder_sm.ui.actions import Command, all_actions
from qualcoder_sm.ui.command_palette import CommandPalette
from qualcoder_sm.ui.context import Preferences
from qualcoder_sm.ui.crash import CrashReporter
from qualcoder_sm.ui.dialogs.codebooks import CodebookDialog
from qualcoder_sm.ui.dialogs.coder import CoderDialog
from qualcoder_sm.ui.dialogs.crash import CrashDialog
from qualcoder_sm.ui.dialogs.keys import KeySheet
from qualcoder_sm.ui.dialogs.merge import MergeDialog
from qualcoder_sm.ui.dialogs.new_project import NewProjectDialog
from qualcoder_sm.ui.dialogs.restore import RestoreDialog
from qualcoder_sm.ui.dialogs.settings import SettingsDialog
from qualcoder_sm.ui.dialogs.shortcuts import ShortcutsDialog
from qualcoder_sm.ui.messages import Question


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = new_project(tmp_path)
    add_coded(project, "P01", "[one]{Help} [two]{Help} [two]{Reciprocity}")
    yield project
    project.close()


def test_the_merge_says_what_moves_and_what_is_there_already(qtbot, project: Project):
    both = project.sources.find("P01").guid
    code, target = code_named(project, "Help"), code_named(project, "Reciprocity")
    first = project.codings.of_code(code.guid)[0]
    project.codings.apply(target.guid, both, first.start, first.end)
    dialog = MergeDialog(None, project, code.guid)
    qtbot.addWidget(dialog)
    assert dialog.target() == target.guid
    assert dialog.preview.text().startswith(
        "1 coding moves. 1 is there already and is dropped. Help and its definition are deleted."
    )
    assert dialog.go.text() == "Merge 2 codings"


def test_a_code_is_not_offered_itself_nor_the_codes_below_it(qtbot, project: Project):
    parent = code_named(project, "Help")
    project.codebook.add("Lifts", parent=parent.guid)
    dialog = MergeDialog(None, project, parent.guid)
    qtbot.addWidget(dialog)
    offered = [dialog.targets.itemText(row) for row in range(dialog.targets.count())]
    assert offered == ["Reciprocity"]


def test_codes_are_not_merged_into_a_theme_nor_into_one_that_nobody_chose(qtbot, project: Project):
    project.codebook.add("Theme", codable=False)
    project.codebook.add("Lifts")
    dialog = MergeDialog(None, project, code_named(project, "Help").guid)
    qtbot.addWidget(dialog)
    offered = [dialog.targets.itemText(row) for row in range(dialog.targets.count())]
    assert offered == ["Reciprocity", "Lifts"]
    assert (dialog.target(), dialog.go.isEnabled()) == ("", False)
    assert dialog.preview.text() == "Choose the code that stays."
    dialog.targets.setCurrentIndex(1)
    assert (dialog.target(), dialog.go.isEnabled()) == (code_named(project, "Lifts").guid, True)


def test_a_new_name_adds_a_coder(qtbot, project: Project):
    dialog = CoderDialog(None, project)
    qtbot.addWidget(dialog)
    dialog.names.setEditText("Ben Oduya")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert [coder.name for coder in project.coders.all()] == ["Ana", "Ben Oduya"]


def test_a_coder_without_a_name_is_refused_in_the_dialog(qtbot, project: Project):
    dialog = CoderDialog(None, project)
    qtbot.addWidget(dialog)
    dialog.names.setEditText("  ")
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert dialog.problem.text()


def test_a_new_project_lies_where_documents_are_unless_said_otherwise(qtbot, tmp_path: Path):
    dialog = NewProjectDialog(None, "Ana")
    qtbot.addWidget(dialog)
    dialog.name.setText("Care: together?")
    assert dialog.path().name == "Care together.qsm"
    dialog.set_place(tmp_path / "elsewhere")
    dialog.codebook.setCurrentIndex(1)
    wanted = dialog.wanted()
    assert wanted.path == tmp_path / "elsewhere.qsm"
    assert (wanted.name, wanted.coder) == ("Care: together?", "Ana")
    assert wanted.codebook is not None


def test_a_new_project_does_not_replace_a_file(qtbot, tmp_path: Path):
    (tmp_path / "there.qsm").write_text("x", encoding="utf-8")
    dialog = NewProjectDialog(None, "Ana")
    qtbot.addWidget(dialog)
    dialog.set_place(tmp_path / "there.qsm")
    assert not dialog.go.isEnabled()
    assert dialog.problem.text() == "There is a file of this name already."


def test_backups_are_listed_newest_first(qtbot, tmp_path: Path):
    made = [Backup(datetime(2024, 3, day, 9, tzinfo=UTC), day, "9f3c", tmp_path) for day in (1, 2)]
    dialog = RestoreDialog(None, made)
    qtbot.addWidget(dialog)
    assert dialog.backup() == made[1]
    assert dialog.list.count() == 2


def test_a_backup_says_of_which_file_it_is(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    dialog = RestoreDialog(None, [project.back_up()])
    qtbot.addWidget(dialog)
    assert dialog.list.item(0).text().endswith("1 step · study.qsm")
    project.close()


def test_settings_act_at_once_and_are_kept(qtbot):
    preferences = Preferences()
    dialog = SettingsDialog(None, preferences)
    qtbot.addWidget(dialog)
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.serif.setChecked(False)
    assert (preferences.settings.theme, preferences.settings.serif) == ("dark", False)
    assert settings.load().theme == "dark"


def test_a_ready_made_codebook_tells_how_to_use_and_cite_it(qtbot):
    dialog = CodebookDialog(None)
    qtbot.addWidget(dialog)
    assert dialog.books.count() >= 3
    assert dialog.about.text()


def test_the_palette_of_actions_finds_and_runs_one(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.show_actions()
    palette = window.findChild(CommandPalette)
    write(palette.field, "codebook window")
    assert palette.list.count() == 1
    press(qtbot, palette.field, Key.Key_Return)
    assert window.workspace.stack.currentWidget() is window.workspace.page(1)


def test_the_sheet_of_keys_shows_what_acts_in_the_text(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.show_keys()
    sheet = window.findChild(KeySheet)
    said = [child.text() for child in sheet.findChildren(type(window.workspace.status.where))]
    assert "Select the sentence" in said
    assert said[said.index("Select the sentence") - 1] == "S"
    assert "Ctrl Shift P" in said
    assert "Ctrl +" in said


def test_a_crash_is_told_once_and_without_a_persons_words(qtbot):
    reporter = CrashReporter()
    reports: list[str] = []
    reporter.happened.disconnect()
    reporter.happened.connect(reports.append)

    def fail() -> None:
        raise ValueError("P01 Anna said it hurts")

    for _time in range(2):
        try:
            fail()
        except ValueError as error:
            reporter.report(type(error), error, error.__traceback__)
    assert len(reports) == 1
    assert "builtins.ValueError" in reports[0]
    assert "Anna" not in reports[0]


def test_the_report_of_a_crash_can_be_copied(qtbot):
    dialog = CrashDialog(None, "QualCoder SM 1.0\nValueError")
    qtbot.addWidget(dialog)
    dialog.findChildren(type(Question(None, "", "", "").agree))[0].click()
    assert QApplication.clipboard().text() == "QualCoder SM 1.0\nValueError"


def a_command() -> Command:
    return Command(all_actions()[0], "File", print, None)


MAKERS: dict[str, Callable[[Project], QDialog]] = {
    "question": lambda project: Question(None, "Delete?", "Delete", "Keep"),
    "merge": lambda project: MergeDialog(None, project, code_named(project, "Help").guid),
    "coder": lambda project: CoderDialog(None, project),
    "new project": lambda project: NewProjectDialog(None, "Ana"),
    "codebook": lambda project: CodebookDialog(None),
    "restore": lambda project: RestoreDialog(None, []),
    "settings": lambda project: SettingsDialog(None, Preferences()),
    "keys": lambda project: KeySheet(None, []),
    "shortcuts": lambda project: ShortcutsDialog(None, Preferences(), [a_command()]),
    "crash": lambda project: CrashDialog(None, "report"),
}


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_is_left_of_a_dialog_that_was_dropped(qtbot, project: Project, name: str):
    dialog = MAKERS[name](project)
    alive = weakref.ref(dialog)
    dialog.deleteLater()
    del dialog
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert alive() is None
