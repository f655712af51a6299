"""Every report of a small project, counted by hand."""

from dataclasses import replace

import pytest
from builders import add_coded, code_named, coded

from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.model import Progress
from qualcoder_sm.project.segments import Filter
from qualcoder_sm.reports import agreement, report, reports
from qualcoder_sm.reports.options import Cells, Counted, Level, Options


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "[One two]{A} three [four]{B} five.\n\nSix [seven]{A}.")
    add_coded(project, "Second", "[Eight]{B} nine 😀 [ten]{B}")
    first, second = project.sources.all()
    project.cases.add("P01", sources=[first.guid])
    project.cases.add("P02", sources=[second.guid])
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(code_named(project, "A").guid, first.guid, 0, 3)
    project.codings.apply(code_named(project, "B").guid, second.guid, 0, 5)
    yield project
    project.close()


def rows(table):
    return [list(row) for row in table.rows]


def test_the_matrix_counts_codings_by_case(project):
    table = report("matrix").table(project, Options())
    assert [column.name for column in table.columns] == ["case", "A", "B"]
    assert rows(table) == [["P01", 3, 1], ["P02", 0, 3]]


def test_characters_under_several_codings_of_a_code_count_once(project):
    table = report("matrix").table(project, Options(cells=Cells.CHARACTERS))
    assert rows(table) == [["P01", len("One two") + len("seven"), 4], ["P02", 0, 5 + 3]]


def test_presence_is_one_or_zero(project):
    table = report("matrix").table(project, Options(cells=Cells.PRESENCE))
    assert rows(table) == [["P01", 1, 1], ["P02", 0, 1]]


def test_turned_round_with_totals(project):
    table = report("matrix").table(project, Options(codes_down=True, totals=True))
    assert rows(table) == [["A", 3, 0, 3], ["B", 1, 3, 4], ["all", 4, 3, None]]


def test_rows_can_be_sources_or_values_of_an_attribute(project):
    table = report("matrix").table(project, Options(rows="source"))
    assert [row[0] for row in table.rows] == ["Interview", "Second"]
    with pytest.raises(WrongUsage):
        report("matrix").table(project, Options(rows="colour"))


def test_a_filter_by_coder_counts_only_that_coder(project):
    ben = project.coders.find("Ben").guid
    table = report("matrix").table(project, Options(which=Filter(coders=(ben,))))
    assert rows(table) == [["P01", 1, 0], ["P02", 0, 1]]


def test_frequencies_tell_sources_cases_and_shares(project):
    table = report("frequencies").table(project, Options())
    assert rows(table)[0][:5] == ["A", 3, 1, 1, 12]
    assert rows(table)[1][:5] == ["B", 4, 2, 2, 12]


def test_no_codings_have_no_shares(project):
    fresh = project.coders.add("Cleo").guid
    table = report("frequencies").table(project, Options(which=Filter(coders=(fresh,))))
    assert [(row[1], row[5]) for row in table.rows] == [(0, None), (0, None)]


def test_which_sources_counted_is_said_of_those_chosen_and_kept(project):
    def said(**chosen):
        table = report("agreement").table(project, Options(**chosen))
        return table.notes[1], table.provenance["sources"]

    first, second = project.sources.all()
    for coder in project.coders.all():
        project.act_as(coder.name)
        project.progress.set(first.guid, Progress.DONE)
    in_p02 = Filter(cases=(project.cases.all()[1].guid,))
    none = "None of the sources chosen is marked as done by all coders, so all of them count."
    every = "All of the sources chosen count, finished or not."
    assert said() == ("1 of 2 sources count: those that all coders marked as done.", "finished")
    assert said(which=in_p02) == (none, "all")
    assert said(which=in_p02, counted=Counted.ALL) == (every, "all")
    assert said(which=Filter(sources=(second.guid,)))[1] == "all"


def test_agreement_by_paragraph(project):
    comparison = agreement.compare(project, Options(level=Level.PARAGRAPH))
    a, b = comparison.result.codes
    assert (a.both, a.only, a.neither) == (1, (1, 0), 1)
    assert (b.both, b.only, b.neither) == (1, (1, 0), 1)
    as_json = agreement.as_json(comparison)
    assert as_json["coders"] == ["Ana", "Ben"]
    assert as_json["pooled"]["n_units"] == 6


def test_agreement_needs_two_coders(project):
    ana = project.coders.find("Ana").guid
    with pytest.raises(WrongUsage):
        agreement.compare(project, Options(which=Filter(coders=(ana,))))


def test_codes_that_meet_are_listed_once(project):
    first = project.sources.find("Interview").guid
    project.codings.apply(code_named(project, "B").guid, first, 1, 3)
    table = report("cooccurrence").table(project, Options())
    assert rows(table) == [["A", "B", 1, 2, 1]]


def test_segments_carry_their_words(project):
    table = report("segments").table(project, Options())
    words = [row[7] for row in table.rows]
    assert sorted(words) == sorted(["One two", "One", "four", "seven", "Eight", "Eight", "ten"])


def test_every_report_makes_a_table_with_rows_as_long_as_its_columns(project):
    for one in reports():
        table = one.table(project, Options())
        assert table.rows, one.name
        assert {len(row) for row in table.rows} == {len(table.columns)}, one.name
        assert table.provenance["head"] == project.audit.head()[1]


def test_an_unknown_report_is_named_with_those_there_are(project):
    with pytest.raises(NotFound, match="segments, quotations"):
        report("nothing")


def test_the_workbook_leaves_agreement_out_when_one_coder_has_worked(project):
    whole = document(project, ("project",), Options())
    assert "agreement" in [table.key for table in whole.tables]
    ana = project.coders.find("Ana").guid
    alone = document(project, ("project",), replace(Options(), which=Filter(coders=(ana,))))
    assert "agreement" not in [table.key for table in alone.tables]
