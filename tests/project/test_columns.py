"""Columns hold every coding, in the order of the file, and follow the steps."""

from dataclasses import replace

from builders import add_coded, code_named, coded

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.project import columns
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import report
from qualcoder_sm.reports.matrix import count_sources
from qualcoder_sm.reports.options import Options


def listed(found):
    """The rows with guids in the place of numbers."""
    return [
        (found.sources[s], found.codes[c], found.coders[w], int(a), int(b))
        for s, c, w, a, b in zip(
            found.source, found.code, found.coder, found.start, found.end, strict=True
        )
    ]


def test_columns_are_all_codings_by_source_and_place_after_each_step(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    reader = Project.open(project.path, read_only=True)

    def require_all():
        for one in (project, reader):
            assert listed(columns.all_codings(one)) == one.segments.places()

    require_all()
    add_coded(project, "Second", "[One]{Fatigue} and [two]{New} and [three]{Fatigue}")
    require_all()
    kept = columns.all_codings(project)
    project.codebook.recolour(code_named(project, "New").guid, "#102030")
    assert columns.all_codings(project) is kept
    project.codebook.remove(code_named(project, "Fatigue").guid)
    require_all()
    project.undo()
    require_all()
    with project.change("coding.remove_many", what="one"):
        project.codings.remove(project.codings.all()[0].guid)
        assert listed(columns.all_codings(project)) == project.segments.places()
    require_all()
    reader.close()
    project.close()


def test_what_a_filter_says_of_the_codings_themselves_narrows_the_columns(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.codings.set_weight(project.codings.all()[0].guid, 40)
    which = Filter(weight_at_least=30)
    assert listed(columns.meant(project, which)) == project.segments.places(which)
    assert len(columns.meant(project, Filter(weight_at_least=50))) == 0
    project.close()


def test_what_was_counted_last_is_kept_until_a_step_and_regrouped(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    options = Options(rows="source")
    first = count_sources(project, options, Level.SOURCE)
    assert count_sources(project, replace(options, rows="case"), Level.SOURCE) is first
    narrowed = replace(options, which=Filter(weight_at_least=30))
    assert count_sources(project, narrowed, Level.SOURCE).codings == 0
    add_coded(project, "Second", "[One]{Fatigue}")
    assert report("matrix").table(project, options).rows == (("Interview", 1, 1), ("Second", 1, 0))
    project.close()
