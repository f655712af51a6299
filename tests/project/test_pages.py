"""Where a passage of a source with pages stands, everywhere a reader is told of it."""

import pytest
from builders import code_named, new_project

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check
from qualcoder_sm.project.locators import locator
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.reports import segments
from qualcoder_sm.reports.options import Options

TEXT = "Be kind.\nWell. It was spite."


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    units = (
        UnitDraft(0, 8, UnitKind.PARAGRAPH, page=1),
        UnitDraft(9, len(TEXT), UnitKind.TURN, "P01", page=3),
    )
    draft = SourceDraft("Rules", SourceKind.ARTICLE, TEXT, units)
    [source] = project.sources.add(Bundle((draft,)))
    code = code_named(project, "Rule").guid
    project.codings.apply(code, source.guid, 0, 7)
    project.codings.apply(code, source.guid, 15, 20)
    yield project
    project.close()


PLACES = ["page 1, paragraph 1", "page 3, turn 2"]


def test_a_unit_comes_back_with_its_page(project):
    source = project.sources.find("Rules").guid
    assert [unit.page for unit in project.sources.units(source)] == [1, 3]
    assert check(project) == []


def test_a_segment_names_the_page(project):
    assert [one.locator for one in project.segments.of()] == PLACES


def test_a_position_names_the_page(project):
    source = project.sources.find("Rules").guid
    assert [locator(project, source, at) for at in (0, 15)] == PLACES
    assert locator(project, source, len(TEXT)) == "after the last turn"


def test_a_hit_names_the_page(project):
    hits = [hit for word in ("kind", "spite") for hit in project.search.find(SearchQuery(word))]
    assert [hit.locator for hit in hits] == PLACES


@pytest.mark.parametrize("report", [segments.table, segments.quotations])
def test_what_is_exported_names_the_page(project, report):
    table = report(project, Options())
    position = [column.name for column in table.columns].index("position")
    assert [row[position] for row in table.rows] == PLACES


def test_the_audit_trail_names_the_page(project):
    last = audit.sentence(project.audit.record(project.audit.head()[0]))
    assert last == "Ana applied Rule to 5 characters of Rules, page 3, turn 2."
