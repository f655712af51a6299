"""Dialogs over many passages: gone when they are closed, and asked for from every codebook."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog
from window_tools import open_in_window

from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog
from qualcoder_sm.ui.dialogs.correct_text import CorrectDialog
from qualcoder_sm.ui.dialogs.split_code import SplitDialog
from qualcoder_sm.ui.pages.registry import MEMOS
from qualcoder_sm.ui.window import MainWindow


@pytest.fixture
def window(qtbot, tmp_path: Path) -> MainWindow:
    project = new_project(tmp_path)
    add_coded(project, "P01", "So [tired]{Fatigue} then.")
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


def fatigue(window: MainWindow) -> str:
    return window.workspace.context.project.codebook.find("Fatigue").guid


@pytest.mark.parametrize("kind", [AutocodeDialog, CorrectDialog, SplitDialog])
def test_a_closed_dialog_leaves_nothing_behind(
    qtbot, window: MainWindow, kind: Callable[..., QDialog]
):
    context, parent = window.workspace.context, window.workspace
    source = context.project.sources.find("P01").guid
    thing = {CorrectDialog: (source,), SplitDialog: (fatigue(window),)}.get(kind, ())
    dialog = kind(context, *thing, parent)
    dialog.show()
    dialog.close()
    alive = weakref.ref(dialog)
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert alive() is None


def test_the_codebook_page_splits_and_writes_memos_too(qtbot, window: MainWindow):
    window.workspace.show_codebook()
    panel = window.workspace.page(1).panel
    panel.select_key(fatigue(window))
    panel.split()
    dialog = window.findChild(SplitDialog)
    assert dialog.windowTitle() == "Split Fatigue"
    dialog.close()
    panel.write_memo()
    page = window.workspace.page(MEMOS)
    assert window.workspace.stack.currentWidget() is page
    assert page.editor.target.currentText() == "Fatigue"


@pytest.mark.parametrize("action", ["find_and_code", "correct_text", "split_current"])
def test_escape_leaves_a_dialog_in_which_nothing_was_done(qtbot, window: MainWindow, action: str):
    window.workspace.reading.codebook.select_key(fatigue(window))
    getattr(window.workspace.tools, action)()
    [dialog] = [one for one in window.findChildren(QDialog) if one.isVisible()]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    kind = type(dialog)
    qtbot.waitUntil(lambda: window.findChild(kind) is None)
