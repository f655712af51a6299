"""What goes wrong beside the matter is told quietly, and nobody is kept from working."""

import errno
import os
from pathlib import Path

import pytest
from builders import new_project
from PySide6.QtWidgets import QApplication
from window_tools import make_window

from qualcoder_sm import files, notices, paths, temporary
from qualcoder_sm.errors import DiskError
from qualcoder_sm.store import backups
from qualcoder_sm.ui import geometry
from qualcoder_sm.ui.window import MainWindow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_project(tmp_path).close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot) -> MainWindow:
    window = make_window(qtbot)
    window.hear_notices()
    return window


@pytest.fixture
def full_home(monkeypatch):
    """Nothing of the program's own can be written."""

    def full(target, _data):
        raise DiskError(f"The disk is full: {target}")

    monkeypatch.setattr(files, "write_own", full)


def opened(qtbot, window: MainWindow, path: Path) -> str:
    """The status line after a project was opened."""
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.open_path(path)
    QApplication.processEvents()
    return window.workspace.status.said.text()


def test_a_project_opens_though_nothing_can_be_remembered(qtbot, window, path, full_home):
    assert "Your settings cannot be kept" in opened(qtbot, window, path)
    assert window.preferences.settings.recent == (str(path),)
    assert not window.workspace.context.project.read_only


def test_damaged_settings_are_told_on_the_first_page_and_in_the_project(qtbot, path):
    paths.settings_file().parent.mkdir(parents=True)
    paths.settings_file().write_text('coder = "An', encoding="utf-8")
    window = make_window(qtbot)
    window.hear_notices()
    qtbot.waitUntil(lambda: "Your settings were damaged" in window.start.banner.sentence())
    assert "Your settings were damaged" in opened(qtbot, window, path)


def test_a_backup_that_cannot_be_made_is_no_alarm(qtbot, window, path, monkeypatch):
    def full(*_args, **_how):
        raise DiskError("No backup could be made.")

    monkeypatch.setattr(backups, "make", full)
    opened(qtbot, window, path)
    qtbot.waitUntil(
        lambda: "No backup could be made." in window.workspace.status.said.text(), timeout=10_000
    )
    assert window.workspace.banner.sentence() == ""


def test_places_of_windows_that_cannot_be_kept_are_told_once(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "file" / "settings.toml")
    heard = []
    notices.listen(heard.append)
    geometry.keep_passages("guid", shown=True)
    geometry.keep_reason_unfolded(True)
    assert heard == ["Where windows stand and what was open cannot be remembered."]


@pytest.mark.parametrize("line", ["guid 1", "guid one two", "guid 1 2 3", "guid -1 4"])
def test_places_that_are_none_are_passed_over(line):
    geometry._keep("sessions/guid", f"{line}\nother 3 4")
    assert [place.source for place in geometry.session("guid")] == ["other"]


def test_a_project_that_no_lock_can_be_put_beside_opens_for_reading(
    qtbot, window, path, monkeypatch
):
    def full(target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(temporary, "reserve", full)
    opened(qtbot, window, path)
    assert window.workspace.context.project.read_only
    assert "The disk is full" in window.workspace.banner.sentence()
