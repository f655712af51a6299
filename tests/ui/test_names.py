"""Every control that the keyboard reaches has a name, with every pane and dialog open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QWidget
from window_tools import focusable, open_in_window

from qualcoder_sm.project.links import LEADS_TO
from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog
from qualcoder_sm.ui.dialogs.keys import KeySheet
from qualcoder_sm.ui.dialogs.settings import SettingsDialog
from qualcoder_sm.ui.dialogs.shortcuts import ShortcutsDialog
from qualcoder_sm.ui.panels.code_filter import CodesDialog
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.window import MainWindow

MARKED = "[SYNTHETIC] We made [a rota]{Rota} for all.\nNobody was [alone]{Care} then."


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    source = add_coded(project, "P01", MARKED)
    add_coded(project, "P02", "[SYNTHETIC] And [here too]{Care}.")
    project.coders.add("Ben")
    project.codebook.edit(code_named(project, "Care").guid, definition="Looking after others.")
    made = project.codings.of_source(source.guid)
    project.links.add(made[0].guid, made[1].guid, LEADS_TO)
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(source.guid, made[0].start, made[0].end))
    return window


def nameless(top: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in focusable(top)
        if not spoken(widget)
    ]


def spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else widget.accessibleName()


def test_reading_with_every_pane_open(qtbot, window: MainWindow):
    reading = window.workspace.reading
    reading.turn_beside()
    reading.below.show_passages()
    reading.below.show_find("rota")
    reading.below.find_here()
    reading.sources.show_filter_always()
    reading.codebook.show_filter_always()
    reading.view.select(14, 24)
    reading.view.offer_bar()
    reading.edit_definition()
    qtbot.waitUntil(reading.inspector.links.isVisible)
    assert nameless(window) == []


@pytest.mark.parametrize("page", range(6))
def test_every_page(window: MainWindow, page: int):
    window.workspace.show_page(page)
    assert nameless(window) == []


def test_the_memos(window: MainWindow):
    window.workspace.tools.new_memo()
    assert nameless(window) == []


DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "settings": lambda w: SettingsDialog(w, w.preferences, list(w.commands.values())),
    "keys": lambda w: KeySheet(w, list(w.commands.values())),
    "shortcuts": lambda w: ShortcutsDialog(w, w.preferences, list(w.commands.values())),
    "autocode": lambda w: AutocodeDialog(w.workspace.context, w.workspace),
    "codes": lambda w: CodesDialog(
        w, w.workspace.context.project, w.workspace.context.theme.theme, ()
    ),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog(qtbot, window: MainWindow, name: str):
    dialog = DIALOGS[name](window)
    dialog.show()
    assert nameless(dialog) == []
    dialog.close()


def test_the_codes_at_the_caret_are_spoken_on_demand(window: MainWindow, monkeypatch):
    heard = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    window.commands["code.speak"].trigger()
    assert heard == ["Coded Rota."]


def test_what_the_status_says_is_spoken_to_those_who_listen(window: MainWindow, monkeypatch):
    heard = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    window.workspace.status.say("Select some words first.")
    assert heard == ["Select some words first."]
