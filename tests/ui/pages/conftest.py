"""The page that shows what files would bring, on an empty project."""

from pathlib import Path

import pytest
from builders import new_project

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.pages.importing import ImportPage


@pytest.fixture
def project(tmp_path) -> Project:
    return new_project(tmp_path)


@pytest.fixture
def page_of(qtbot, project, context_of):
    def opened(*paths: Path) -> ImportPage:
        page = ImportPage(context_of(project), paths)
        qtbot.addWidget(page)
        page.resize(1440, 800)
        page.show()
        page.activate()
        qtbot.waitUntil(lambda: page.go.isEnabled() or bool(page.why.text()), timeout=20_000)
        return page

    return opened
