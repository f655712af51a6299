"""What leaves each report of the small study, whole: title, columns, rows, notes, provenance."""

import pytest
from builders import coded
from small_study import CODES, NAMES, code_of, find_source, named, told

from qualcoder_sm.project.filters import Filter
from qualcoder_sm.reports import report, reports
from qualcoder_sm.reports.options import Options

TEXT, LONG, WHOLE = ("text", ""), ("long text", ""), ("integer", "characters")
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
2|Ben|applied 8 codings in Talk, t1 (Group A), Note: Help, Hope, Fear.||codings|data reduction|8
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
    project.redo()
    assert [row["takes back"] for row in audit_rows(project)][-3:] == [None, last, None]
    project.close()


def test_the_audit_trail_of_a_coder_has_that_coders_steps(small):
    ben = Options(Filter(coders=(small.coders.find("Ben").guid,)))
    found = [row[0] for row in report("audit").table(small, ben).rows]
    assert found == [row["step"] for row in audit_rows(small) if row["coder"] == "Ben"]
    assert len(found) == 6
