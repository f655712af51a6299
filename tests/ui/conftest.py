"""A small study, and the real window on it; for parts of it, a context without a window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import add_text, code_named, new_project
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_tools import TEXT, open_in_window, text_pane

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.bridge import ProjectBridge
from qualcoder_sm.ui.context import Context, Preferences
from qualcoder_sm.ui.pages.texts import TextPane
from qualcoder_sm.ui.reading import ReadingView
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.tasks import Tasks
from qualcoder_sm.ui.theme import ThemeChoice, ThemeManager
from qualcoder_sm.ui.window import MainWindow

MakeContext = Callable[[Project], Context]


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


@pytest.fixture
def context_of(qapp: QApplication) -> Iterator[MakeContext]:
    """Makes the context of a project."""
    made: list[Context] = []

    def context(project: Project) -> Context:
        theme = ThemeManager(qapp, ThemeChoice.LIGHT)
        made.append(Context(ProjectBridge(project), Tasks(), theme, Preferences()))
        return made[-1]

    yield context
    for one in made:
        one.tasks.close()
        one.project.close()
        one.theme.deleteLater()


@pytest.fixture
def sight(project: Project) -> Sight:
    """Whose codings are seen in the `project` of a test."""
    return Sight(project)


@pytest.fixture
def pane(qtbot: QtBot, project: Project, sight: Sight) -> TextPane:
    """The text P01 of that project, without the window around it."""
    pane = text_pane(qtbot, project, sight)
    pane.feed.show(Place(project.sources.find("P01").guid, 0, 0))
    return pane


@pytest.fixture
def view(pane: TextPane) -> ReadingView:
    return pane.view
