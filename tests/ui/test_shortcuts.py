"""Keys can be changed: what is sound is used and kept, what is in the way is named."""

from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtCore import Qt
from window_tools import CTRL, Key, make_window, open_in_window, press

from qualcoder_sm import settings
from qualcoder_sm.ui import key_table
from qualcoder_sm.ui.actions import usual_keys
from qualcoder_sm.ui.dialogs.keys import KeySheet
from qualcoder_sm.ui.dialogs.shortcuts import ShortcutsDialog
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.widgets import spaced
from qualcoder_sm.ui.window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
USUAL = {"text.sentence": "S", "text.unit": "U", "edit.undo": "Ctrl+Z"}


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", "[SYNTHETIC] We made [a rota]{Care}. Nobody was alone.")
    code_named(project, "Rota")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, 0, 0))
    return window


@pytest.fixture
def dialog(qtbot, window: MainWindow) -> ShortcutsDialog:
    made = ShortcutsDialog(window, window.preferences, list(window.commands.values()))
    qtbot.addWidget(made)
    made.show()
    return made


def give(qtbot, dialog: ShortcutsDialog, action: str, *keys) -> None:
    dialog.choose(action)
    press(qtbot, dialog.field, *keys)
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("changed", "action", "keys"),
    [
        ({"text.sentence": "X"}, "text.sentence", "X"),
        ({"text.sentence": "ctrl+x"}, "text.sentence", "Ctrl+X"),
        ({"text.sentence": ""}, "text.sentence", ""),
        ({"text.sentence": "nonsense"}, "text.sentence", "S"),
        ({"text.sentence": "Ctrl+K, Ctrl+L"}, "text.sentence", "S"),
        ({"text.sentence": "Left"}, "text.sentence", "S"),
        ({"text.sentence": "4"}, "text.sentence", "S"),
        ({"text.sentence": "U"}, "text.sentence", "S"),
        ({"edit.undo": "X"}, "edit.undo", "Ctrl+Z"),
        ({"gone.action": "X"}, "text.unit", "U"),
    ],
)
def test_only_sound_changes_are_used(changed: dict[str, str], action: str, keys: str):
    assert key_table.in_use(USUAL, changed)[action] == keys


def test_two_actions_can_change_places():
    used = key_table.in_use(USUAL, {"text.sentence": "U", "text.unit": "S"})
    assert (used["text.sentence"], used["text.unit"]) == ("U", "S")


def test_the_usual_keys_are_sound_and_no_two_are_the_same():
    spelled = [key_table.spelled(keys) for keys in usual_keys().values() if keys]
    assert len(spelled) == len(set(spelled))
    assert "" not in spelled


def test_a_changed_key_acts_in_the_text_and_the_old_one_no_more(qtbot, window, dialog):
    view = window.workspace.reading.view
    give(qtbot, dialog, "text.sentence", Key.Key_X)
    press(qtbot, view, (Key.Key_Home, CTRL), Key.Key_S)
    assert view.selected_text() == ""
    press(qtbot, view, Key.Key_X)
    assert view.selected_text() == "[SYNTHETIC] We made a rota."
    assert settings.load().shortcuts == {"text.sentence": "X"}


def test_a_changed_key_acts_in_the_window(qtbot, window, dialog):
    give(qtbot, dialog, "view.larger", (Key.Key_G, CTRL | ALT))
    before = window.preferences.settings.reading_size
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, window, (Key.Key_G, CTRL | ALT))
    assert window.preferences.settings.reading_size > before


def test_keys_of_another_action_are_named_and_taken_over(qtbot, window, dialog):
    dialog.choose("text.sentence")
    press(qtbot, dialog.field, Key.Key_U)
    assert "Select the turn or post" in dialog.said.text()
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert dialog.keys_of("text.sentence") == "U"
    assert dialog.keys_of("text.unit") == ""


@pytest.mark.parametrize("keys", [Key.Key_Left, Key.Key_4])
def test_keys_that_are_fixed_cannot_be_given(qtbot, dialog, keys):
    dialog.choose("text.sentence")
    press(qtbot, dialog.field, keys)
    assert not dialog.use.isEnabled()
    assert dialog.said.text().endswith("moves the caret or applies a favourite code.")


def test_one_and_all_go_back_to_the_usual_keys(qtbot, window, dialog):
    give(qtbot, dialog, "text.sentence", Key.Key_X)
    give(qtbot, dialog, "text.unit", Key.Key_Y)
    dialog.choose("text.sentence")
    qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.keys_of("text.sentence") == "S"
    qtbot.mouseClick(dialog.all_back, Qt.MouseButton.LeftButton)
    assert window.preferences.settings.shortcuts == {}


def test_the_menu_and_the_sheet_show_the_changed_keys(qtbot, window, dialog):
    give(qtbot, dialog, "text.sentence", Key.Key_X)
    command = window.commands["text.sentence"]
    assert command.text() == "Select the sentence\tX"
    sheet = KeySheet(None, list(window.commands.values()))
    qtbot.addWidget(sheet)
    said = [child.text() for child in sheet.findChildren(type(window.workspace.status.where))]
    assert said[said.index("Select the sentence") - 1] == "X"


def test_a_settings_file_with_nonsense_in_it_keeps_the_usual_keys(qtbot):
    settings.save(settings.Settings(shortcuts={"text.sentence": "Left", "edit.undo": "?"}))
    file = settings.paths.settings_file()
    file.write_text(file.read_text("utf-8") + '\n"text.unit" = 7\n', encoding="utf-8")
    window = make_window(qtbot)
    assert window.commands["text.sentence"].keys == "S"
    assert window.commands["edit.undo"].keys == "Ctrl+Z"


def test_every_action_of_the_text_stands_in_a_menu_with_its_keys(qtbot):
    commands = make_window(qtbot).commands
    for action, keys in key_table.TEXT_KEYS.items():
        assert spaced(commands[action].keys) == spaced(key_table.shown(keys))
