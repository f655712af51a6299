"""When a result cannot be made again, its error takes the place of the old one, everywhere on a page."""

import pytest
from builders import add_coded, code_named, new_project

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.project.segments import Segments
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.store.columns import CodingColumns
from qualcoder_sm.ui.pages.audit import AuditPage
from qualcoder_sm.ui.pages.compare import ComparePage
from qualcoder_sm.ui.pages.export import ExportPage
from qualcoder_sm.ui.pages.matrix import MatrixPage

DAMAGED = "The file is damaged. Nothing was changed."


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    source = add_coded(project, "P01", "[SYNTHETIC] I was [tired]{Fatigue}.\nAnd [alone]{Alone}.")
    project.cases.add("P01", "person", (source.guid,))
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(code_named(project, "Fatigue").guid, source.guid, 12, 17)
    return project


@pytest.fixture
def break_reading():
    """Codings cannot be read until the test says so."""
    patch = pytest.MonkeyPatch()  # of its own: to undo the shared one would leave the test's home

    def damaged(_self, _which=None):
        raise UnreadableFile(DAMAGED)

    def broken() -> None:
        patch.setattr(Segments, "places", damaged)
        patch.setattr(Segments, "of", damaged)
        patch.setattr(CodingColumns, "read", damaged)

    broken.undo = patch.undo
    yield broken
    patch.undo()


PAGES = {
    MatrixPage: lambda page: page.count.choose(Cells.CODINGS),
    ComparePage: lambda page: page.unit.choose(Level.SOURCE),
    ExportPage: lambda page: page.choose("frequencies"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_an_error_replaces_the_old_result_and_a_new_result_the_error(
    qtbot, project, context_of, break_reading, kind
):
    said = []
    page = kind(context_of(project))
    qtbot.addWidget(page)
    page.statusChanged.connect(said.append)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.states.is_content and bool(said and said[-1]))
    before = said[-1]
    break_reading()
    PAGES[kind](page)
    qtbot.waitUntil(lambda: page.states.sentence() == DAMAGED)
    assert said[-1] == "", "the status bar says nothing of what is not shown"
    if kind is not ExportPage:
        assert not page.copy.isEnabled() and not page.export.isEnabled()
    break_reading.undo()
    page.renew()
    qtbot.waitUntil(lambda: page.states.is_content and bool(said[-1]))
    assert (said[-1] == before) is (kind is not ExportPage)


def test_a_trail_that_cannot_be_read_leaves_no_old_steps(qtbot, project, context_of, monkeypatch):
    page = AuditPage(context_of(project))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.states.is_content)

    def damaged(*_asked, **_more):
        raise UnreadableFile(DAMAGED)

    monkeypatch.setattr("qualcoder_sm.project.audit.Audit.glances", damaged)
    page.renew()
    qtbot.waitUntil(lambda: page.states.sentence() == DAMAGED)
