"""`audit` and `check`."""

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest
from builders import tamper

AUDIT_KEYS = [
    "seq", "at", "coder", "action", "label", "reason", "rows", "hash", "previous", "undo_of",
    "before", "after", "rows_not_shown",
]  # fmt: skip


def test_the_trail_is_a_chain(run, study):
    trail = run("audit", study, "--json").json
    assert [list(one) for one in trail] == [AUDIT_KEYS] * len(trail)
    assert [one["seq"] for one in trail] == list(range(1, len(trail) + 1))
    assert [one["previous"] for one in trail] == ["", *(one["hash"] for one in trail[:-1])]
    assert all(one["at"].endswith("Z") and isinstance(one["rows"], int) for one in trail)
    assert trail[0]["label"] == "Ana created the project Study."
    assert len(run("audit", study).lines) == len(trail)


def test_each_step_has_its_rows_before_and_after(run, study):
    [code, *_] = run("codebook", "list", study, "--json").json
    long = "worn out " * 100
    run("memo", "add", study, "Long", long, "--about", "code:Fatigue", "--reason", "to remember")
    run("uncode", study, run("codings", study, "--json").json[0]["guid"])
    run("undo", study)
    *_, memo, removed, undone = run("audit", study, "--json").json
    [note] = memo["after"]
    assert (memo["before"], memo["reason"], memo["rows_not_shown"]) == ([], "to remember", 0)
    assert (note["table"], note["fields"]["target"]) == ("notes", code["guid"])
    assert note["fields"]["text"] == {
        "text": long[:500],
        "characters": 900,
        "sha256": hashlib.sha256(long.encode()).hexdigest(),
    }
    [coding] = removed["before"]
    assert removed["after"] == []
    assert (coding["fields"]["start"], coding["fields"]["end"]) == (6, 11)
    assert (undone["undo_of"], undone["before"], undone["after"]) == (removed["seq"], [], [coding])


def test_of_a_changed_row_only_what_changed_is_shown(run, study):
    guid = run("codings", study, "--json").json[0]["guid"]
    run("move", study, guid, 6, 13)
    last = run("audit", study, "--json").json[-1]
    assert last["before"] == [{"table": "codings", "guid": guid, "fields": {"end": 11}}]
    assert last["after"] == [{"table": "codings", "guid": guid, "fields": {"end": 13}}]


def test_of_a_long_step_a_hundred_rows_are_shown_and_the_others_counted(run, study, write):
    run("import", study, write("long.txt", "\n".join(f"line {n}" for n in range(250))))
    last = run("audit", study, "--json").json[-1]
    assert (last["rows"], len(last["after"]), last["rows_not_shown"]) == (251, 100, 151)
    assert last["after"][1]["table"] == "units"


def test_an_expected_head_belongs_to_the_check(run, study):
    refusal = run("audit", study, "--expect", "0" * 64).refusal
    assert refusal == "--expect belongs to --verify."


def test_one_thread_is_told_as_one(run, study, write):
    run(
        "import",
        study,
        write("one.csv", "id,thread,text\np1,t1,Hello\np2,t1,Hi\n"),
        "--as",
        "posts",
    )
    assert "imported 2 posts in 1 thread from one.csv." in run("audit", study).lines[-1]


@pytest.mark.parametrize("part", ["3f0c", "3f0c...", "0" * 63, "g" * 64])
def test_a_part_of_a_head_is_refused_and_not_called_a_cut_trail(run, study, part):
    refusal = run("audit", study, "--verify", "--expect", part).refusal
    assert refusal == (
        "A head has 64 digits, 0 to 9 and a to f. Give it whole. Nothing was checked."
    )


def test_an_empty_head_is_no_head_to_expect(run, study):
    refusal = run("audit", study, "--verify", "--expect", " ").refusal
    assert refusal == "--expect is empty, so no head could be compared. Nothing was checked."


def test_a_payload_that_is_no_json_leaves_the_list_readable(run, study):
    tamper(study, "UPDATE change_payloads SET after = X'00', parameters = 'x' WHERE seq = 3")
    told = run("audit", study, "--json").json[2]
    assert (told["before"], told["after"], told["label"]) == (
        None,
        None,
        "Ana Add the code Fatigue",
    )
    assert len(run("audit", study).lines) == len(run("audit", study, "--json").json)
    tamper(study, "UPDATE changes SET at = 'then' WHERE seq = 3")
    assert "changed from outside" in run("audit", study).refusal


def test_verify_says_that_all_is_well(run, study):
    trail = run("audit", study, "--json").json
    head = trail[-1]["hash"]
    assert run("audit", study, "--verify", "--json").json == {
        "ok": True, "records": len(trail), "head": head, "first_bad": None,
        "chain": True, "tables": True, "expected_head": None, "expected_at": None,
        "differing": {}, "unreadable_steps": 0, "rows_not_compared": 0, "times_backwards": 0,
        "first_backwards": None,
    }  # fmt: skip
    said = run("audit", study, "--verify", "--expect", head, "--json").json
    assert (said["ok"], said["expected_head"], said["expected_at"]) == (True, True, len(trail))


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE changes SET coder = 'Eve' WHERE seq = 2", 2),
        ("UPDATE change_payloads SET reason = 'other' WHERE seq = 3", 3),
        ("UPDATE change_payloads SET after = NULL WHERE seq = 3", 3),
        ("DELETE FROM change_payloads WHERE seq = 2", 2),
        ("UPDATE changes SET digests = 'x' WHERE seq = 2", 2),
    ],
)
def test_verify_finds_the_first_step_that_was_changed(run, study, statement, first_bad):
    tamper(study, "PRAGMA foreign_keys=OFF", statement)
    done = run("audit", study, "--verify", "--json")
    assert done.refusal == "The check of the audit trail failed: the chain."
    said = json.loads(done.out)
    assert (said["ok"], said["chain"], said["first_bad"]) == (False, False, first_bad)


def test_a_step_that_was_cut_out_shows(run, study):
    tamper(study, "DELETE FROM change_payloads WHERE seq = 2", "DELETE FROM changes WHERE seq = 2")
    assert json.loads(run("audit", study, "--verify", "--json").out)["first_bad"] == 3


def test_a_broken_chain_keeps_nobody_from_reading_and_repairs_nothing(run, study):
    tamper(study, "UPDATE changes SET coder = 'Eve' WHERE seq = 2")
    assert run("info", study).status == 0
    assert run("code", study, "Interview", 0, 5, "Fatigue").status == 0
    assert json.loads(run("audit", study, "--verify", "--json").out)["first_bad"] == 2


def test_check_finds_nothing_in_a_sound_project(run, study):
    assert {line.split(": ")[1] for line in run("check", study).lines} == {"ok"}
    assert run("check", study, "--json").json == {
        "ok": True,
        "findings": [],
        "remarks": [],
    }


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ('UPDATE codings SET "end" = 1000 WHERE start = 6', "spans"),
        ("UPDATE contents SET bytes = CAST('other' AS BLOB)", "texts"),
        ("UPDATE codings SET code = 'gone' WHERE start = 6", "foreign keys"),
        ("UPDATE changes SET coder = 'Eve' WHERE seq = 2", "audit chain"),
        ("UPDATE codings SET memo = 'other'", "replay"),
    ],
)
def test_check_finds_what_is_not_as_it_should_be(run, study, statement, check):
    tamper(study, "PRAGMA foreign_keys=OFF", statement)
    done = run("check", study, "--json")
    assert done.status == 1
    assert "not as" in done.refusal
    assert check in [one["check"] for one in json.loads(done.out)["findings"]]
    assert f"{check}: ok" not in run("check", study).out


def test_check_repairs_what_is_derived_and_says_what_is_left(run, study):
    with closing(sqlite3.connect(study)) as file:
        file.execute("INSERT INTO source_search(rowid, text) VALUES (1, 'banana')")
        file.commit()
    assert "search index: ok" not in run("check", study).out
    done = run("check", study, "--repair")
    assert done.status == 0
    assert "Made anew: the index that texts are searched by. A copy of the file" in done.err
    assert run("check", study).status == 0
    assert "Nothing had to be made anew." in run("check", study, "--repair").err
