"""Every JSON object of the small study in full: all keys, all values."""

import hashlib
from contextlib import closing

import pytest
from small_study import (
    CODES,
    NAMES,
    NOTE,
    TALK,
    THREAD_A,
    THREAD_B,
    code_of,
    find_source,
    named,
    told,
)

from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema


@pytest.fixture
def opened(small):
    with closing(Project.open(small, read_only=True)) as project:
        yield project


def by_name(values):
    return {value.name: value.guid for value in values}


def digest(words):
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def test_info(run, small, opened):
    assert run("info", small, "--json").json == {
        "name": "Small",
        "path": str(small),
        "schema": schema.VERSION,
        "coders": ["Ana", "Ben", "Cleo"],
        "counts": {"sources": 4, "collections": 3, "cases": 4, "codes": 6, "codings": 22,
                   "notes": 2, "changes": opened.audit.head()[0]},
        "head": opened.audit.head()[1],
        "synced_by": None,
        "network_disk": None,
        "copies_beside": [],
    }  # fmt: skip


def test_sources(run, small, opened):
    def source(name, called, kind, collection, characters, units, words, cases):
        return {
            "guid": find_source(opened, name), "name": called, "kind": kind,
            "collection": collection, "characters": characters, "units": units,
            "sha256": digest(words), "cases": cases, "locked": False,
        }  # fmt: skip

    talk, a, b = ([words for *_who, words in said] for said in (TALK, THREAD_A, THREAD_B))
    assert run("sources", small, "--json").json == [
        source("Note", "Note", "text", None, 18, 2, NOTE, ["P01"]),
        source("A", "t1", "posts", "Group A", 56, 3, a, ["Forum", "P01"]),
        source("B", "t1", "posts", "Group B", 17, 2, b, ["Forum"]),
        source("Talk", "Talk", "transcript", "Interviews", 149, 8, talk, ["P01", "P02"]),
    ]


def test_an_import(run, small, write):
    done = run("import", small, write("New.txt", "[SYNTHETIC] One.\nTwo."), "--as", "text",
               "--collection", "Group B", "--json").json  # fmt: skip
    [guid] = [one["guid"] for one in run("sources", small, "--json").json if one["name"] == "New"]
    words = ("[SYNTHETIC] One.", "Two.")
    assert done == {
        "imported": [{"guid": guid, "name": "New", "kind": "text", "collection": "Group B",
                      "characters": 21, "units": 2, "sha256": digest(words), "cases": [],
                      "locked": False}],
        "problems": [],
    }  # fmt: skip


def test_problems_of_an_import(run, small, write):
    posts = write("posts.csv", "id,text,reply_to\n1,[SYNTHETIC] One,\n2,[SYNTHETIC] Two,9\n")
    [problem] = run("import", small, posts, "--json").json["problems"]
    assert set(problem) == {"file", "where", "what"}
    assert problem["file"] == "posts.csv"
    assert "9" in problem["what"]


def test_speakers(run, small, opened):
    people = {one.key: one.guid for one in opened.people.all()}
    expected = [
        ("A1", "admin", None, 2, 1, 22 + 16),
        ("A2", "participant", None, 2, 2, 16 + 8),
        ("A3", "", None, 1, 1, 8),
        ("INT", "interviewer", None, 1, 1, 15),
        ("OBS", "other", None, 1, 1, 11),
        ("P01", "participant", None, 2, 1, 33 + 27),
        ("P02", "participant", "P02", 2, 1, 18 + 12),
    ]
    assert run("speakers", small, "--json").json == [
        {"guid": people[key], "key": key, "role": role, "case": case, "units": units,
         "sources": sources, "characters": characters}
        for key, role, case, units, sources, characters in expected
    ]  # fmt: skip


def test_coders(run, small, opened):
    guids = by_name(opened.coders.all())
    assert run("coders", small, "--json").json == [
        {"guid": guids[name], "name": name, "codings": n}
        for name, n in (("Ana", 13), ("Ben", 8), ("Cleo", 1))
    ]


def test_cases(run, small, opened):
    guids = by_name(opened.cases.all())
    source = {
        name: {"guid": find_source(opened, name), "name": called, "collection": collection}
        for name, called, collection in (("A", "t1", "Group A"), ("B", "t1", "Group B"),
                                         ("Note", "Note", None), ("Talk", "Talk", "Interviews"))
    }  # fmt: skip
    expected = [
        ("Empty", "person", [], {}),
        ("Forum", "space", ["A", "B"], {"age": "4", "site": "South"}),
        ("P01", "person", ["A", "Note", "Talk"], {"age": "30", "site": "North"}),
        ("P02", "person", ["Talk"], {"site": "South"}),
    ]
    found = run("cases", small, "--json").json
    assert [{**one, "sources": sorted(one["sources"], key=str)} for one in found] == [
        {"guid": guids[name], "name": name, "type": kind,
         "sources": sorted((source[one] for one in held), key=str), "attributes": attributes}
        for name, kind, held, attributes in expected
    ]  # fmt: skip


def test_the_codebook(run, small, opened):
    guids = {path: opened.codebook.find(path).guid for path in ("Care", *CODES)}
    fields = ("brief_definition", "definition", "include", "exclude", "example", "source")
    texts = ("Helping", "What is done for others.", "Gifts", "Paid work", "They helped.",
             "Own (2026)")  # fmt: skip

    def code(path, n):
        parent, _, name = path.rpartition(" > ")
        return {
            "guid": guids[path], "name": name, "path": path, "parent": parent or None,
            "color": f"#{n}{n}{n}{n}{n}{n}", "codable": path != "Care",
            **dict(zip(fields, texts if name == "Help" else [""] * 6, strict=True)),
            "parent_guid": guids[parent] if parent else None,
            "codings": sum(code_of(one) == path for one in NAMES),
        }  # fmt: skip

    assert run("codebook", "list", small, "--json").json == [
        code(path, n) for n, path in enumerate(("Care", *CODES), start=1)
    ]


def test_ready_made_codebooks(run):
    found = run("codebook", "templates", "--json").json
    assert [one["name"] for one in found] == ["coproduction", "npt", "combined"]
    for one in found:
        assert set(one) == {"name", "title", "path", "how_to_use", "citation"}
        assert all(one.values())
        assert len(set(one.values())) == 5
        assert one["path"].endswith(".csv")


def test_codings(run, small, opened):
    found = {one["memo"]: one for one in run("codings", small, "--json").json}
    assert set(found) == set(NAMES)
    for name in NAMES:
        coding = opened.codings.get(named(opened, name))
        assert found[name] == {
            **told(name), "guid": coding.guid, "source_guid": coding.source,
            "code_guid": coding.code,
        }  # fmt: skip


def test_links(run, small, opened):
    [link] = opened.links.all()
    assert run("links", small, "--json").json == [{
        "guid": link.guid, "origin": named(opened, "a6"), "origin_code": "Care > Hope",
        "kind": "shows", "target": named(opened, "b1"), "target_code": "Care > Help",
        "coder": "Ana", "created": "2026-04-03T00:00:00.000000Z", "memo": "why",
    }]  # fmt: skip


def test_sets(run, small, opened):
    [feelings] = opened.sets.all()
    assert run("sets", small, "--json").json == [
        {"guid": feelings.guid, "name": "Feelings", "codes": ["Care > Help", "Fear"]}
    ]


def test_memos(run, small, opened):
    guids = {note.title: note.guid for note in opened.notes.all()}
    free = {
        "guid": guids["Free"], "title": "Free", "kind": "reflexive",
        "text": "[SYNTHETIC] Midnight again.", "coder": "Ben",
        "created": "2026-04-05T00:00:00.000000Z", "modified": "2026-04-06T00:00:00.000000Z",
        "about": None, "about_guid": None, "passages": [],
    }  # fmt: skip
    on_help = {
        "guid": guids["On help"], "title": "On help", "kind": "method",
        "text": "See [[Talk@36-51]] at midnight.", "coder": "Ana",
        "created": "2026-04-04T00:00:00.000000Z", "modified": "2026-04-04T00:00:00.000000Z",
        "about": "codes", "about_guid": opened.codebook.find("Help").guid,
        "passages": [{"source_guid": find_source(opened, "Talk"), "start": 36, "end": 51}],
    }  # fmt: skip
    assert run("memo", "list", small, "--json").json == [free, on_help]
    assert run("memo", "show", small, "On help", "--json").json == on_help


@pytest.mark.parametrize(
    ("about", "table"),
    [("source:Talk", "sources"), ("code:Joy", "codes"), ("case:P02", "cases"),
     ("coding:b3", "codings"), ("project", "project")],
)  # fmt: skip
def test_what_a_memo_is_about(run, small, opened, about, table):
    kind, _, name = about.partition(":")
    guid = {
        "source": lambda: find_source(opened, name),
        "code": lambda: opened.codebook.find(name).guid,
        "case": lambda: by_name(opened.cases.all())[name],
        "coding": lambda: named(opened, name),
        "project": lambda: opened.guid,
    }[kind]()
    asked = f"coding:{guid}" if kind == "coding" else about
    run("memo", "add", small, "New", "Words", "--kind", "field note", "--about", asked)
    found = run("memo", "show", small, "New", "--json").json
    assert (found["about"], found["about_guid"], found["kind"]) == (table, guid, "field note")


def test_progress(run, small, opened):
    states = {
        "Ana": ("done", "in progress", "in progress", "done"),
        "Ben": ("done", "in progress", "not started", "done"),
        "Cleo": ("not started", "in progress", "not started", "not started"),
    }
    sources = {"Note": "Note", "Group A > t1": "A", "Group B > t1": "B",
               "Interviews > Talk": "Talk"}  # fmt: skip
    assert run("progress", small, "--json").json == [
        {"source": path, "coder": coder, "progress": state,
         "source_guid": find_source(opened, name)}
        for coder, said in states.items()
        for (path, name), state in zip(sources.items(), said, strict=True)
    ]  # fmt: skip


def rules(**counts):
    names = {"paraphrase": "paraphrase only", "no": "do not quote"}
    given = {names.get(name, name): n for name, n in counts.items()}
    return {(rule.value or "unset"): given.get(rule.value or "unset", 0) for rule in QuoteRule}


def test_quoting(run, small, opened):
    groups = by_name(opened.collections.all())
    post = opened.quoting.post("A-1:A-1-2")

    def entry(guid, name, rule, effective, **more):
        return {"guid": guid, "name": name, "quote_rule": rule, "effective": effective,
                "known": True, **more}  # fmt: skip

    a = {"posts": rules(paraphrase=2, withdrawn=1), "codings": rules(paraphrase=4, withdrawn=1)}
    b = {"posts": rules(no=2), "codings": rules(no=1)}
    talk = {"posts": rules(unset=8), "codings": rules(unset=15)}
    note = {"posts": rules(unset=2), "codings": rules(no=1)}
    guid = {name: find_source(opened, name) for name in ("A", "B", "Note", "Talk")}
    assert run("quoting", small, "--json").json == {
        "collections": [
            entry(groups["Group A"], "Group A", "paraphrase only", "paraphrase only", **a),
            entry(groups["Group B"], "Group B", "", "", **b),
            entry(groups["Interviews"], "Interviews", "", "", **talk),
        ],
        "sources": [
            entry(guid["Note"], "Note", "", "", collection=None, **note),
            entry(guid["A"], "t1", "", "paraphrase only", collection="Group A", **a),
            entry(guid["B"], "t1", "do not quote", "do not quote", collection="Group B", **b),
            entry(guid["Talk"], "Talk", "", "", collection="Interviews", **talk),
        ],
        "posts": [entry(post.guid, "A-1-2", "withdrawn", "withdrawn", source="A-1")],
        "codings": [entry(named(opened, "b7"), "2", "do not quote", "do not quote", source="Note")],
    }


def test_a_search(run, small, opened):
    def hit(source, start, end, before, text, after, **where):
        return {"source": {"A": "t1", "B": "t1"}.get(source, source), "start": start, "end": end,
                "before": before, "text": text, "after": after, **where,
                "source_guid": find_source(opened, source)}  # fmt: skip

    assert run("search", small, "hope", "--json").json == [
        hit("Talk", 98, 102,
            "helped you? My sister 😀 helped. She was kind. Friends helped me. All helped. ", "Hope",
            " helped, not fear. Yes. It helped. They helped.", unit=5, speaker="P01",
            locator="turn 6"),
        hit("B", 12, 16, "Help me. No ", "hope", ".", unit=1, speaker="A3", locator="post 2"),
        hit("Note", 13, 17, "She helps. I ", "hope", ".", unit=1, speaker=None,
            locator="paragraph 2"),
    ]  # fmt: skip
    proposed = run("autocode", small, "Hope", "--words", "hope", "--coder", "Ben", "--json").json
    assert [(one.pop("already"), one) for one in proposed] == [
        (already, one)
        for already, one in zip((False, False, True), run("search", small, "hope", "--json").json,
                                strict=True)
    ]  # fmt: skip


def test_a_correction_shown_before(run, small, opened, write):
    text = run("text", small, "Note").out.replace("hope", "trust").replace("She helps.", "She.")
    found = run("correct", small, "Note", "--from", write("n.txt", text), "--preview", "--json")
    assert found.json == [{
        "guid": named(opened, "b7"), "code": "Care > Hope", "what": "changed", "start": 13,
        "end": 17, "text": "hope", "new_start": 7, "new_end": 12, "new_text": "trust",
    }]  # fmt: skip


def test_the_audit_trail(run, small, opened):
    found = run("audit", small, "--json").json
    records = opened.audit.records()
    guid, ben = named(opened, "b7"), "Ben changed the quote rule of a passage of Hope in Note, "
    [place] = [n for n, one in enumerate(found) if one["action"] == "coding.quote_rule"]
    step = found[place]
    [before], [after] = step.pop("before"), step.pop("after")
    assert step == {
        "seq": place + 1, "at": "2026-04-03T00:00:00.000000Z", "coder": "Ben",
        "action": "coding.quote_rule",
        "label": f"{ben}paragraph 2 from no rule to do not quote.",
        "reason": "too easily found", "rows": 1, "hash": records[place].hash,
        "previous": records[place - 1].hash, "undo_of": None, "rows_not_shown": 0,
    }  # fmt: skip
    assert (before["table"], before["guid"], before["fields"]["quote_rule"]) == (
        "codings", guid, "")  # fmt: skip
    assert after == {**before, "fields": {**before["fields"], "quote_rule": "do not quote"}}
    assert [one["seq"] for one in found] == list(range(1, len(records) + 1))
    assert [one["rows"] for one in found] == [one.rows for one in records]
    assert [one["previous"] for one in found] == ["", *(one["hash"] for one in found[:-1])]
    lines = run("audit", small).lines
    assert all(one["label"] in line for one, line in zip(found, lines, strict=True))
    assert [n for n, line in enumerate(lines) if "Reason: too easily found" in line] == [place]


def test_a_step_taken_back_in_the_trail(run, small):
    run("undo", small, "--coder", "Ana")
    found = run("audit", small, "--json").json
    assert [one["undo_of"] for one in found[-2:]] == [None, len(found) - 1]


def test_the_verdict_on_the_trail(run, small, opened):
    steps, head = opened.audit.head()
    verdict = {
        "ok": True, "records": steps, "head": head, "first_bad": None, "chain": True,
        "tables": True, "expected_head": None, "expected_at": None, "differing": {},
        "unreadable_steps": 0, "rows_not_compared": 0, "times_backwards": 0,
        "first_backwards": None,
    }  # fmt: skip
    assert run("audit", small, "--verify", "--json").json == verdict
    assert run("audit", small, "--verify", "--expect", head, "--json").json == {
        **verdict, "expected_head": True, "expected_at": steps}  # fmt: skip


def test_a_check(run, small):
    assert run("check", small, "--json").json == {"ok": True, "findings": [], "remarks": []}
    assert all(line.endswith(": ok") for line in run("check", small).lines)
