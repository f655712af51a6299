"""What tests of pages get: a context for a project, closed when the test is over."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.bridge import ProjectBridge
from qualcoder_sm.ui.context import Context, Preferences
from qualcoder_sm.ui.tasks import Tasks
from qualcoder_sm.ui.theme import ThemeChoice, ThemeManager

MakeContext = Callable[[Project], Context]


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
