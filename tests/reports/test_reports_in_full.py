"""What leaves each report of the small study, whole: title, columns, rows, notes, provenance."""

from datetime import UTC, datetime, timedelta

import pytest
import small_study
from builders import coded
from small_study import CODES, NAMES, code_of, find_source, named, told

from qualcoder_sm.model import Polarity
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.reports import report, reports
from qualcoder_sm.reports.options import Cells, Counted, Level, Options

TEXT, LONG, WHOLE = ("text", ""), ("long text", ""), ("integer", "characters")
LEFT_OUT = "1 turn of interviewers, 1 heading and 1 turn of others left out; 4 codings lie on them."
ADDED = "Codings of Ana, Ben, Cleo, added: what two of them coded counts twice."
COLUMNS = {
    "segments": {
        "source": TEXT, "collection": TEXT, "case": TEXT, "speaker": TEXT, "position": TEXT,
        "start": WHOLE, "end": WHOLE, "text": LONG, "code": TEXT, "coder": TEXT,
        "polarity": TEXT, "weight": ("integer", ""), "memo": LONG, "quote_rule": TEXT,
        "paraphrase": LONG, "created": ("time", "UTC"), "guid": TEXT,
    },
    "quotations": {
        "code": TEXT, "quotation": LONG, "source": TEXT, "case": TEXT, "speaker": TEXT,
        "position": TEXT, "coder": TEXT, "memo": LONG, "quote_rule": TEXT,
    },
    "frequencies": {
        "code": TEXT, "codings": ("integer", "codings"), "sources": ("integer", "sources"),
        "cases": ("integer", "cases"), "characters": WHOLE, "share of codings": ("percent", "%"),
    },
    "cooccurrence": {
        "code": TEXT, "other code": TEXT, "overlapping codings": ("integer", "pairs"),
        "shared characters": WHOLE, "shared turns, posts and paragraphs": ("integer", "units"),
    },
    "agreement": {
        "code": TEXT,
        **dict.fromkeys(("all", "only Ana", "only Ben", "only Cleo", "some", "nobody"),
                        ("integer", "turns, posts and paragraphs")),
        "agreement": ("percent", "%"),
        **dict.fromkeys(("Fleiss’ kappa", "alpha", "alpha low", "alpha high", "AC1", "F1"),
                        ("number", "")),
        "remarks": LONG,
    },
    "codebook": {
        "code": TEXT, "colour": ("color", ""), "brief definition": LONG, "definition": LONG,
        "include": LONG, "exclude": LONG, "example": LONG, "source": LONG,
        "can be applied": TEXT, "origin": TEXT, "codings": ("integer", "codings"),
    },
}  # fmt: skip
NOTES = {
    "segments": ["Working data, not for publication."],
    "quotations": [
        "21 quotations: 14 word for word, 1 paraphrased, 3 to be paraphrased, 2 not to be quoted, "
        "1 withdrawn."
    ],
    "matrix": [
        ADDED,
        LEFT_OUT,
        "A passage can carry several codes, so totals can be less than the sum of their cells.",
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
TITLES = {
    "segments": "Coded segments",
    "quotations": "Quotations by code",
    "matrix": "Codes by case: codings",
    "frequencies": "How often each code was used",
    "cooccurrence": "Which codes meet",
    "agreement": "Agreement of Ana and Ben and Cleo",
    "codebook": "Codebook",
    "audit": "Audit trail",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_of_a_report(small, name):
    table = report(name).table(small)
    found = {column.name: (column.type.value, column.unit) for column in table.columns}
    assert list(found.items()) == list(COLUMNS[name].items())
    assert len(found) == len(table.columns)


@pytest.mark.parametrize("name", NOTES)
def test_the_notes_of_a_report(small, name):
    assert list(report(name).table(small).notes) == NOTES[name]


@pytest.mark.parametrize("name", TITLES)
def test_a_report_is_named_in_files_and_over_its_table(small, name):
    table = report(name).table(small)
    assert (table.key, table.title) == (name, TITLES[name])


def test_every_report_is_among_these():
    assert {one.name for one in reports()} == set(TITLES)


def test_segments_are_whole(small):
    table = report("segments").table(small)
    rows = {row[12]: list(row) for row in table.rows}
    for name in NAMES:
        one = told(name)
        assert rows[name] == [
            one["source"], one["collection"] or "", ", ".join(one["cases"]), one["speaker"] or "",
            one["locator"], one["start"], one["end"], one["text"], one["code"], one["coder"],
            one["polarity"] or "", one["weight"], name, one["quote_rule"], one["paraphrase"],
            one["created"], named(small, name),
        ]  # fmt: skip
    assert len(table.rows) == len(NAMES)
    order = [(row[0], row[1], row[5], row[6]) for row in table.rows]
    sources = [("Note", ""), ("t1", "Group A"), ("t1", "Group B"), ("Talk", "Interviews")]
    assert order == sorted(order, key=lambda row: (sources.index(row[:2]), row[2:]))
    for place, name in enumerate(row[12] for row in table.rows):
        coding = small.codings.get(named(small, name))
        assert [table.guids[column][place] for column in (0, 8, 9)] == [
            coding.source, coding.code, coding.coder]  # fmt: skip


QUOTATIONS = """
Care > Help|[to be paraphrased: A-1, post A-1-0]|A-1|Forum, P01|A1|post A-1-0|Ben|b5|paraphrase only
Care > Help|Help is offered. (paraphrased)|A-1|Forum, P01|A1|post A-1-0|Ana|a10|paraphrase only
Care > Help|[withdrawn: A-1, post A-1-2]|A-1|||post A-1-2|Cleo||withdrawn
Care > Help|[not to be quoted: thread 1 in Group B, post 1]|thread 1 in Group B|Forum|A2|post 1|Ana|a12|do not quote
Care > Help|Help|Talk|P01, P02||paragraph 1|Ana|a0|
Care > Help|Who|Talk|P01, P02|INT|turn 2|Ben|b0|
Care > Help|helped|Talk|P01, P02|INT|turn 2|Ana|a1|
Care > Help|sister 😀 helped|Talk|P01, P02|P01|turn 3|Ana, Ben|Ana: a2/Ben: b1|
Care > Help|helped./She was|Talk|P01, P02|P01|turn 3|Ben|b2|
Care > Help|Friends helped|Talk|P01, P02|P02|turn 4|Ana|a3|
Care > Help|All helped|Talk|P01, P02|OBS|turn 5|Ana|a4|
Care > Help|helped|Talk|P01, P02|P01|turn 6|Ana|a5|
Care > Help|helped|Talk|P01, P02||turn 7|Ana|a8|
Care > Help|They helped.|Talk|P01, P02|P02|turn 8|Ana|a9|
Care > Hope|[not to be quoted: Note, paragraph 2]|Note|P01||paragraph 2|Ben|b7|do not quote
Care > Hope|She was kind./Friends|Talk|P01, P02|P01, P02|turn 3|Ben|b3|
Care > Hope|Hope helped|Talk|P01, P02|P01|turn 6|Ana|a6|
Fear|[to be paraphrased: A-1, post A-1-1]|A-1|Forum, P01|A2|post A-1-1|Ben|b6|paraphrase only
Fear|[to be paraphrased: A-1, post A-1-1]|A-1|Forum, P01|A2|post A-1-1|Ana|a11|paraphrase only
Fear|fear|Talk|P01, P02|P01|turn 6|Ben|b4|
Fear > Dread|fear|Talk|P01, P02|P01|turn 6|Ana|a7|
"""


def test_quotations_are_whole(small):
    table = report("quotations").table(small)
    expected = [line.replace("/", "\n").split("|") for line in QUOTATIONS.strip("\n").split("\n")]
    assert [list(row) for row in table.rows] == expected
    assert list(table.guids[0]) == [small.codebook.find(row[0]).guid for row in expected]
    called = {"A-1": "A", "thread 1 in Group B": "B"}
    assert list(table.guids[2]) == [
        find_source(small, called.get(row[2], row[2])) for row in expected]  # fmt: skip


def test_a_report_without_rows_still_has_its_columns(small):
    nobody = Options(Filter(codes=(small.codebook.find("Joy").guid,)))
    for name in ("segments", "quotations"):
        table = report(name).table(small, nobody)
        assert (table.rows, [column.name for column in table.columns]) == ((), list(COLUMNS[name]))


def test_the_codebook_is_whole(small):
    uses = {path: sum(code_of(name) == path for name in NAMES) for path in CODES}
    definitions = ["Helping", "What is done for others.", "Gifts", "Paid work", "They helped.",
                   "Own (2026)"]  # fmt: skip
    table = report("codebook").table(small)
    assert [list(row) for row in table.rows] == [
        ["Care", "#111111", *[""] * 6, "no", "a-priori", 0],
        ["Care > Help", "#222222", *definitions, "yes", "a-priori", uses["Care > Help"]],
        ["Care > Hope", "#333333", *[""] * 6, "yes", "a-priori", uses["Care > Hope"]],
        ["Fear", "#444444", *[""] * 6, "yes", "a-priori", uses["Fear"]],
        ["Fear > Dread", "#555555", *[""] * 6, "yes", "a-priori", uses["Fear > Dread"]],
        ["Joy", "#666666", *[""] * 6, "yes", "a-priori", 0],
    ]
    assert table.guids == {0: tuple(small.codebook.find(path).guid for path in ("Care", *CODES))}


AUDIT = {
    "step": ("integer", ""), "when": ("time", "UTC"), "coder": TEXT, "what": LONG,
    "before and after": LONG, "reason": LONG, "subject": TEXT, "audit class": TEXT,
    "rows": ("integer", "rows"), "takes back": ("integer", ""), "digest": TEXT,
}  # fmt: skip
STEPS = """
1|Ana|created the project Small.||project and coders|intentions|2
1|Ana|imported 2 texts and 5 posts in 2 threads from Note.txt, Talk.txt, t1.txt.||sources|raw data|29
1|Ana|added 6 codes from the codebook the small codebook.||codes and definitions|instruments|6
1|Ana|took 4 cases from cases.csv: 4 new, 0 known.||cases and attributes|raw data|12
2|Ben|applied 8 codings in Talk, t1, Note: Help, Hope, Fear.||codings|data reduction|8
3|Ana|changed what Help says in Talk, turn 3, from neither to supports, and its weight from none to 10.||codings|data reduction|1
3|Ben|changed the quote rule of a passage of Hope in Note, paragraph 2 from no rule to do not quote.|too easily found|codings|process notes|1
3|Ana|linked a passage: Hope shows Help.||codings|reconstruction|1
4|Ana|wrote the method memo On help.||memos|process notes|1
5|Ben|wrote the reflexive memo Free.||memos|intentions|1
"""
"""Day, coder, what, reason, subject, class and rows: of cases four, two attributes, five values, and
one source that was named.
"""


def audit_rows(project):
    table = report("audit").table(project)
    places = [column.name for column in table.columns]
    return [dict(zip(places, row, strict=True)) for row in table.rows]


def test_the_audit_trail_has_its_columns(small):
    found = {c.name: (c.type.value, c.unit) for c in report("audit").table(small).columns}
    assert list(found.items()) == list(AUDIT.items())


def test_steps_of_the_audit_trail_are_whole(small):
    records = small.audit.records()
    rows = audit_rows(small)
    assert [row["step"] for row in rows] == [record.seq for record in records]
    assert [row["digest"] for row in rows] == [record.hash for record in records]
    told = {row["what"]: row for row in rows}
    for line in STEPS.strip("\n").split("\n"):
        day, coder, what, reason, subject, kind, n = line.split("|")
        row = told[f"{coder} {what}"]
        assert {name: row[name] for name in AUDIT if name not in {"step", "what", "digest",
                                                                 "before and after"}} == {
            "when": f"2026-04-0{day}T00:00:00.000000Z", "coder": coder, "reason": reason,
            "subject": subject, "audit class": kind, "rows": int(n), "takes back": None,
        }  # fmt: skip
        assert row["before and after"]


def test_a_step_that_takes_another_back_names_it(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue}.")
    last = project.audit.head()[0]
    project.undo()
    assert [row["takes back"] for row in audit_rows(project)][-2:] == [None, last]
    project.close()


def test_the_audit_trail_of_a_coder_has_that_coders_steps(small):
    ben = Options(Filter(coders=(small.coders.find("Ben").guid,)))
    found = [row[0] for row in report("audit").table(small, ben).rows]
    assert found == [row["step"] for row in audit_rows(small) if row["coder"] == "Ben"]
    assert len(found) == 6


# Provenance

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
                  "words": "participants",
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
    assert found["filter"].split("; ") == [
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
    project = small_study.Project.open(path)

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
    assert presence[-1] == "Totals of presence are numbers of sources."
    assert not any("presence" in note for note in notes(small, "matrix", Options(totals=True)))
    by_age = notes(small, "matrix", Options(rows="attribute:age"))
    assert not any("none of the rows" in note for note in by_age)
    forum = Filter(cases=tuple(c.guid for c in small.cases.all() if c.name in ("Forum", "P02")))
    by_age = notes(small, "matrix", Options(forum, rows="attribute:age"))
    assert not any("none of the rows" in note for note in by_age)


def test_sources_of_no_row_are_told_with_their_codings(tmp_path):
    path = tmp_path / "study.qsm"
    path.write_bytes(small_study.as_bytes())
    project = small_study.Project.open(path)
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
        assert sentence in notes(small, "frequencies", Options(Filter(speakers=(key,))))
    heading = Options(Filter(roles=("heading",)))
    assert "1 heading left out; 1 coding lies on them." in notes(small, "matrix", heading)
    ben = Options(Filter(coders=(small.coders.find("Ben").guid,)))
    told = "1 turn of interviewers, 1 heading and 1 turn of others left out; 1 coding lies on them."
    assert told in notes(small, "cooccurrence", ben)
    threads = Options(Filter(sources=(find_source(small, "A"), find_source(small, "B"))))
    assert not any("left out;" in note for note in notes(small, "frequencies", threads))
    everybody = Options(Filter(words=Words.ALL))
    assert not any("left out;" in note for note in notes(small, "matrix", everybody))
