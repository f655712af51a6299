"""After a step panes renew the rows that it touched, and show what a look at everything would."""

from pathlib import Path

import pytest
from builders import add_coded, add_text, code_named, new_project
from window_tools import open_in_window

from qualcoder_sm.model import Progress
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.ui.panels import followed, segments, sources
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.retrieval import retrieved
from qualcoder_sm.ui.panels.sources_model import source_items


@pytest.fixture
def window(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    add_text(project, "P01", "One and two and three.", "Interviews")
    add_text(project, "P02", "Two and three and four.", "Interviews")
    add_coded(project, "Field note", "[Three]{Place} here and [there]{Place}.")
    project.coders.add("Ben")
    project.close()
    return open_in_window(qtbot, tmp_path / "study.qsm")


def forbidden(*_arguments):
    raise AssertionError("everything was read anew")


def require_all_shown(qtbot, window):
    """Both panes show what a look at everything finds."""
    project = window.workspace.context.project
    reading = window.workspace.reading
    panel, passages = reading.sources, reading.below.segments

    def shown():
        rows = {item.key: item.value for item in source_items(project, project.coder.guid)}
        assert {key: panel.model.value_at(key) for key in panel.model.all_keys()} == rows
        every = retrieved(project, Filter(coders=(project.coder.guid,)), Excerpts(project).order())
        assert not passages.busy
        assert list(passages.model.codings) == every.codings
        assert passages.count.text() == every.totals.told

    qtbot.waitUntil(shown)


def mine(project, source):
    """The coding of the acting coder in a source."""
    [own] = [one for one in project.codings.of_source(source) if one.coder == project.coder.guid]
    return own.guid


def steps(project):
    """Steps on one source or another."""
    first, second = (project.sources.find(name).guid for name in ("P01", "P02"))
    code, ben = code_named(project, "Place").guid, project.coders.find("Ben").guid
    [gone, _other] = project.codings.of_code(code)
    yield lambda: project.codings.apply(code, first, 0, 3)
    yield lambda: project.codings.apply(code, second, 8, 13)
    yield lambda: project.codings.apply_all([CodingDraft(code, first, ben, 0, 3)])
    yield lambda: project.progress.set(second, Progress.DONE)
    yield lambda: project.codings.move(mine(project, first), 0, 7)
    yield lambda: project.codings.remove(gone.guid)
    yield project.undo
    yield project.undo
    yield project.redo


def test_rows_of_other_sources_are_not_read_again(qtbot, window, monkeypatch):
    project, reading = window.workspace.context.project, window.workspace.reading
    reading.below.show_passages()
    require_all_shown(qtbot, window)
    for step in steps(project):
        with monkeypatch.context() as patch:
            patch.setattr(sources, "source_items", forbidden)
            patch.setattr(segments, "retrieved", forbidden)
            step()
            require_all_shown(qtbot, window)


def test_after_a_long_step_everything_is_read_anew(qtbot, window, monkeypatch):
    project = window.workspace.context.project
    window.workspace.reading.below.show_passages()
    require_all_shown(qtbot, window)
    monkeypatch.setattr(followed, "MOST", 1)
    text, code = project.sources.find("P01").guid, code_named(project, "Place").guid
    drafts = [CodingDraft(code, text, project.coder.guid, *span) for span in ((0, 3), (8, 11))]
    project.codings.apply_all(drafts)
    require_all_shown(qtbot, window)
