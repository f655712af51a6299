"""A small study, and the real window on it."""

from pathlib import Path

import pytest
from builders import add_text, code_named, new_project
from window_tools import TEXT, open_in_window

from qualcoder_sm.ui.window import MainWindow


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = new_project(tmp_path)
    add_text(project, "P01", TEXT, "Interviews")
    add_text(project, "P02", "[SYNTHETIC] Another one.", "Interviews")
    code_named(project, "Reciprocity")
    code_named(project, "Access barrier")
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    return open_in_window(qtbot, study)
