"""What stands below and behind each table of the small study: notes and provenance, in full."""

from datetime import UTC, datetime, timedelta

import pytest
import small_study
from small_study import find_source

from qualcoder_sm.model import Polarity
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import report
from qualcoder_sm.reports.options import Cells, Counted, Level, Options

LEFT_OUT = "1 turn of interviewers, 1 heading and 1 turn of others left out; 4 codings lie on them."
ADDED = "Codings of Ana, Ben, Cleo, added: what two of them coded counts twice."
NOTES = {
    "segments": ["Working data, not for publication."],
    "quotations": [
        "21 quotations: 14 word for word, 1 paraphrased, 3 to be paraphrased, 2 not to be quoted, "
        "1 withdrawn."
    ],
    "matrix": [
        ADDED,
        LEFT_OUT,
    ],
    "frequencies": [ADDED, LEFT_OUT, "Characters under several codings of one code count once."],
    "cooccurrence": [
        "Both codes must be by the same coder; a pair of codings counts for each coder, characters "
        "and turns, posts and paragraphs count once. Pairs that never meet are left out.",
        LEFT_OUT,
    ],
    "agreement": [
        "Counted: 12 turns, posts and paragraphs in 4 sources.",
        "No source is marked as done by all coders, so every source counts. 2 of them only one "
        "coder has coded.",
        LEFT_OUT,
        "Overlapping or repeated codings of one coder and code count once. Kappa is Cohen’s (1960) "
        "for two coders and Fleiss’ (1971) for more; alpha is Krippendorff’s (2011) for nominal "
        "values; AC1 is Gwet’s (2008). Computed on the coders’ own codings, before any consensus.",
        "Too few sources for an interval: 4 of at least 8.",
    ],
    "codebook": [ADDED],
}


@pytest.mark.parametrize("name", NOTES)
def test_the_notes_of_a_report(small, name):
    assert list(report(name).table(small).notes) == NOTES[name]


OF_ALL = {"project": "Small", "codebook": None, "date": None, "head": None, "steps": None}
MATRIX = {"rows": "case", "cells": "codings", "roll-up": "no", "codes-down": "no", "totals": "no",
          "used-only": "no"}  # fmt: skip
PROVENANCE = {
    "segments": {"roll-up": "no", "words": "all"},
    "quotations": {"roll-up": "no", "words": "all"},
    "matrix": {**MATRIX, "words": "participants"},
    "frequencies": {"roll-up": "no", "used-only": "no", "words": "participants"},
    "cooccurrence": {"unit": "unit", "words": "participants"},
    "agreement": {"unit": "unit", "roll-up": "no", "used-only": "no", "all-coefficients": "no",
                  "words": "participants", "sources": "all",
                  "intervals": "Too few sources for an interval: 4 of at least 8."},
    "codebook": {"words": "all"},
    "audit": {},
}  # fmt: skip


@pytest.mark.parametrize("name", PROVENANCE)
def test_provenance_is_whole(small, name):
    found = dict(report(name).table(small).provenance)
    steps, head = small.audit.head()
    assert (found["steps"], found["head"]) == (str(steps), head)
    said = datetime.strptime(found["date"], "%Y-%m-%d %H:%M UTC").replace(tzinfo=UTC)
    assert timedelta(0) <= datetime.now(UTC) - said < timedelta(minutes=5)
    assert found["codebook"].startswith("6 codes, digest ")
    assert {**found, **OF_ALL, "project": found["project"]} == {
        **OF_ALL, "coders": "Ana, Ben, Cleo", "filter": "nothing left out", **PROVENANCE[name]}  # fmt: skip


FILTER = [
    "code: Care > Help, Care",
    "source: t1 (Group A), Talk",
    "collection: Group A",
    "case: P01",
    "attribute: site=North, age=30",
    "speaker: A1, P01",
    "role: admin",
    "posted-since: 2026-04-04T00:00:00.000000Z",
    "posted-until: 2026-04-05T00:00:00.000000Z",
    "polarity: mixed, nothing said",
    "weight: 7",
    "with: Care > Hope",
    "without: Fear",
    "near: Fear > Dread",
    "within: 5",
    "since: 2026-04-02T00:00:00.000000Z",
    "until: 2026-04-03T00:00:00.000000Z",
]


def test_provenance_names_every_choice_with_its_value(small):
    code, source = small.codebook.find, lambda name: find_source(small, name)
    day = datetime(2026, 4, 2, tzinfo=UTC)
    which = Filter(
        coders=(small.coders.find("Ben").guid,),
        codes=(code("Help").guid, code("Care").guid),
        sources=(source("A"), source("Talk")),
        collections=(small.collections.named("Group A").guid,),
        cases=(next(case.guid for case in small.cases.all() if case.name == "P01"),),
        attributes=(("site", "North"), ("age", "30")),
        speakers=("A1", "P01"),
        with_codes=(code("Hope").guid,),
        without_codes=(code("Fear").guid,),
        near_codes=(code("Dread").guid,),
        near=5,
        polarities=(Polarity.MIXED, None),
        weight_at_least=7,
        since=day,
        until=day + timedelta(days=1),
        roles=("admin",),
        posted_since=day + timedelta(days=2),
        posted_until=day + timedelta(days=3),
        words=Words.ALL,
    )
    options = Options(which, "source", Cells.UNITS, roll_up=True, codes_down=True, totals=True,
                      used_only=True)  # fmt: skip
    found = report("matrix").table(small, options).provenance
    assert found["coders"] == "Ben"
    assert found["filter"].split("; ") == FILTER
    assert {name: found[name] for name in (*MATRIX, "words")} == {
        "rows": "source", "cells": "units", "roll-up": "yes", "codes-down": "yes",
        "totals": "yes", "used-only": "yes", "words": "all",
    }  # fmt: skip


def test_provenance_of_agreement_names_level_and_sources(small):
    options = Options(level=Level.SENTENCE, counted=Counted.BOTH, all_coefficients=True)
    found = report("agreement").table(small, options).provenance
    assert [found[name] for name in ("unit", "sources", "all-coefficients")] == [
        "sentence", "both", "yes"]  # fmt: skip


def test_a_codebook_is_known_again_by_its_digest(tmp_path):
    path = tmp_path / "study.qsm"
    path.write_bytes(small_study.as_bytes())
    project = Project.open(path)

    def digest():
        return report("frequencies").table(project).provenance["codebook"]

    before = digest()
    project.notes.add("Later", "nothing of the codebook")
    assert digest() == before
    project.codebook.edit(project.codebook.find("Joy").guid, definition="Gladness")
    assert digest() != before
    project.undo()
    assert digest() == before
    project.close()


# Notes that only some choices bring


def notes(small, name, options):
    return report(name).table(small, options).notes


def test_notes_say_whose_codings_and_how_they_are_counted(small):
    ben = Filter(coders=(small.coders.find("Ben").guid,))
    for name in ("matrix", "frequencies", "codebook"):
        assert notes(small, name, Options(ben))[0] == "Codings of Ben."
    for kind in Cells:
        added = kind is Cells.CODINGS
        once = "Codings of Ana, Ben, Cleo, counted once: whoever coded it."
        assert notes(small, "matrix", Options(cells=kind))[0] == (ADDED if added else once)


def test_notes_of_a_matrix_tell_of_totals_and_of_what_belongs_to_no_row(small):
    presence = notes(small, "matrix", Options(cells=Cells.PRESENCE, totals=True))
    assert presence[-1] == (
        "Totals of presence are numbers of sources, so they can be less or more than the sum of "
        "their cells."
    )
    assert not any("presence" in note for note in notes(small, "matrix", Options(totals=True)))
    by_age = notes(small, "matrix", Options(rows="attribute:age"))
    assert not any("none of the rows" in note for note in by_age)
    forum = Filter(cases=tuple(c.guid for c in small.cases.all() if c.name in ("Forum", "P02")))
    by_age = notes(small, "matrix", Options(forum, rows="attribute:age"))
    assert not any("none of the rows" in note for note in by_age)


def test_sources_of_no_row_are_told_with_their_codings(tmp_path):
    path = tmp_path / "study.qsm"
    path.write_bytes(small_study.as_bytes())
    project = Project.open(path)
    cases = {case.name: case.guid for case in project.cases.all()}
    project.cases.link(cases["P01"], [find_source(project, "Note")])
    project.cases.link(cases["P02"], [])
    [told] = [note for note in notes(project, "matrix", Options()) if "none" in note]
    assert told == ("1 source belongs to none of the rows and is left out, with 11 of 18 codings.")
    project.cases.link(cases["P01"], [])
    [told] = [note for note in notes(project, "matrix", Options()) if "none" in note]
    assert told == ("2 sources belong to none of the rows and are left out, with 12 of 18 codings.")
    project.close()


def test_notes_tell_what_themes_count(small):
    rolled = "A code counts what is coded with the codes below it too"
    care = Filter(codes=(small.codebook.find("Care").guid,))
    alone = "Care is a theme and carries no codings itself; roll up to count what is below it."
    for name in ("matrix", "frequencies", "agreement"):
        assert any(note.startswith(rolled) for note in notes(small, name, Options(roll_up=True)))
        assert not any(note.startswith(rolled) for note in notes(small, name, Options()))
        assert alone in notes(small, name, Options(care))
        assert alone not in notes(small, name, Options(care, roll_up=True))
        assert not any("theme" in note for note in notes(small, name, Options()))


def test_notes_tell_of_left_out_words_with_the_codings_on_them(small):
    roles = [
        ("INT", "1 turn of interviewers left out; 2 codings lie on them."),
        ("OBS", "1 turn of others left out; 1 coding lies on them."),
    ]
    for key, sentence in roles:
        told = notes(small, "frequencies", Options(Filter(speakers=(key,))))
        assert f"{sentence} In Talk no words are left to count." in told
    heading = Options(Filter(roles=("heading",)))
    told = (
        "1 heading left out; 1 coding lies on them. In Talk no words are left to count.",
        "P01, P02 stand with 0: no words of their sources count.",
    )
    assert set(told) <= set(notes(small, "matrix", heading))
    ben = Options(Filter(coders=(small.coders.find("Ben").guid,)))
    told = "1 turn of interviewers, 1 heading and 1 turn of others left out; 1 coding lies on them."
    assert told in notes(small, "cooccurrence", ben)
    threads = Options(Filter(sources=(find_source(small, "A"), find_source(small, "B"))))
    assert not any("left out;" in note for note in notes(small, "frequencies", threads))
    everybody = Options(Filter(words=Words.ALL))
    assert not any("left out;" in note for note in notes(small, "matrix", everybody))


def test_notes_of_agreement_count_the_codes_that_are_not_shown(small):
    one = "1 code that nobody applied is not shown; the pooled figures count it."
    assert one in notes(small, "agreement", Options(used_only=True))
    assert not any("not shown" in note for note in notes(small, "agreement", Options()))
    cleo = Filter(coders=tuple(small.coders.find(name).guid for name in ("Cleo", "Ben")),
                  sources=(find_source(small, "A"),))  # fmt: skip
    several = "3 codes that nobody applied are not shown; the pooled figures count them."
    assert several in notes(small, "agreement", Options(cleo, used_only=True))
