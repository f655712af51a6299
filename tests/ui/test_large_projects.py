"""What the window's thread does when a page is shown does not grow with the project."""

import threading

import pytest
from builders import add_coded, new_project
from sqlalchemy import Engine, event
from window_tools import open_in_window

from qualcoder_sm.ui.pages import registry
from qualcoder_sm.ui.panels.sources import SourcesPanel
from qualcoder_sm.ui.panels.tree_model import KeyedTree


def project_of(folder, n):
    folder.mkdir()
    project = new_project(folder)
    for i in range(n):
        add_coded(project, f"P{i:03}", "I was [tired]{Fatigue} and [alone]{Isolation}.")
    coding = project.codings.all()[0]
    project.codings.set_memo(coding.guid, "Why?")
    project.close()
    return folder / "study.qsm"


@pytest.fixture
def asked():
    """What was asked of a file by this thread."""
    heard, here = [], threading.get_ident()

    def ask(_connection, _cursor, statement, *_rest):
        if threading.get_ident() == here:
            heard.append(statement)

    event.listen(Engine, "before_cursor_execute", ask)
    yield heard
    event.remove(Engine, "before_cursor_execute", ask)


@pytest.mark.parametrize("page", range(len(registry.TITLES) + 1))
def test_the_first_visit_to_a_page_asks_as_much_of_a_large_project(qtbot, tmp_path, asked, page):
    def visited(n):
        window = open_in_window(qtbot, project_of(tmp_path / str(n), n))
        qtbot.waitUntil(lambda: window.tasks.is_idle)
        asked.clear()
        window.workspace.show_page(page)
        qtbot.waitUntil(lambda: window.tasks.is_idle)
        window.close()
        return len(asked)

    assert visited(16) <= visited(2) + 2


def test_rows_of_a_tree_are_laid_out_once_they_are_seen(qtbot, tmp_path, monkeypatch):
    looks, real = [], KeyedTree.index

    def index(model, row, *rest):
        looks.append(row)
        return real(model, row, *rest)

    path = project_of(tmp_path / "some", 60)
    monkeypatch.setattr(KeyedTree, "index", index)
    window = open_in_window(qtbot, path)
    [pane] = window.findChildren(SourcesPanel)
    assert len(pane.shown_keys()) == 60
    assert len(looks) < 60 * 15  # each time that the window grew by a part it would be more
