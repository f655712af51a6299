"""`speakers`: who speaks and writes, listed, renamed, merged, given roles, and taken out for good."""

from contextlib import closing

import pytest
from builders import new_project, speakers
from small_study import find_source

from qualcoder_sm.project.project import Project

TURNS = (("Int", "Who?"), ("Jane", "Me."), ("P 01", "And me."), ("P01", "Me too."))


@pytest.fixture
def study(tmp_path):
    project = new_project(tmp_path)
    speakers(project, "First", TURNS)
    speakers(project, "Second", TURNS[:2])
    project.cases.add("Case 1")
    project.close()
    return project.path


def shown(run, study):
    rows = run("speakers", study, "--json").json
    return {row["key"]: (row["role"], row["case"], row["units"], row["sources"]) for row in rows}


AS_BEFORE = {
    "Int": ("interviewer", None, 2, 2),
    "Jane": ("participant", None, 2, 2),
    "P 01": ("participant", None, 1, 1),
    "P01": ("participant", None, 1, 1),
}


def test_everybody_is_listed_with_role_case_turns_and_sources(run, study):
    assert shown(run, study) == AS_BEFORE
    [first, *_] = run("speakers", study, "--json").json
    assert set(first) == {"guid", "key", "role", "case", "units", "sources", "characters"}
    assert run("speakers", study).lines == [
        "speaker  role         case  turns and posts  sources",
        "Int      interviewer                      2        2",
        "Jane     participant                      2        2",
        "P01      participant                      1        1",
        "P 01     participant                      1        1",
    ]


def test_all_that_is_asked_for_in_one_call_is_one_step(run, study):
    guid = run("speakers", study, "--json").json[1]["guid"]
    before = run("info", study, "--json").json["counts"]["changes"]
    done = run(
        "speakers", study, "--rename", "Int=Researcher", "--merge", "P 01=P01", "--interviewer",
        "Int", "--other", "P01", "--role", f"{guid}=admin", "--case", "Jane=Case 1",
    )  # fmt: skip
    assert done.lines == [
        "Ana changed speakers: renamed the speaker Int to Researcher; merged the speaker P 01 into "
        "P01: 1 turn or post moved; changed the role of P01 from participant to other; changed the "
        "role of Jane from participant to admin; changed the case of Jane from none to Case 1."
    ]
    assert run("info", study, "--json").json["counts"]["changes"] == before + 1
    assert shown(run, study) == {
        "Jane": ("admin", "Case 1", 2, 2),
        "P01": ("other", None, 2, 1),
        "Researcher": ("interviewer", None, 2, 2),
    }
    run("undo", study)
    assert shown(run, study) == AS_BEFORE


def test_a_case_is_named_by_its_guid_and_taken_away_again(run, study):
    [case] = run("cases", study, "--json").json
    run("speakers", study, "--case", f"Jane={case['guid']}")
    assert shown(run, study)["Jane"][1] == "Case 1"
    assert run("speakers", study, "--case", "Jane=").lines == [
        "Ana changed the case of Jane from Case 1 to none."
    ]
    assert run("speakers", study, "--participant", "Jane").lines == ["Nothing changed."]


REFUSED = [
    (["--rename", "Jane=P01"], "merge “Jane” into “P01”"),
    (["--rename", "Nobody=X"], "no speaker named “Nobody”"),
    (["--interviewer", "Jane", "--merge", "Jane=Nobody"], "no speaker named “Nobody”"),
    (["--other", "Jane", "--case", "Jane=No case"], "no case named “No case”"),
    (["--rename", "Jane=P02", "--redact"], "needs a reason"),
    (["--rename", "Jane=P02", "--redact", "--reason", "jane wished"], "The reason holds the name"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_of_what_is_refused_nothing_is_done(run, study, contents, words, said):
    before = contents(study)
    assert said in run("speakers", study, *words).refusal
    assert contents(study) == before


WRONG = [
    ["--redact"],
    ["--rename", "Jane=P02", "--redact", "--other", "Int"],
    ["--rename", "Jane"],
    ["--rename", "=P02"],
    ["--role", "Jane="],
    ["--rename", "Jane=A", "--rename", "Jane=B"],
]


@pytest.mark.parametrize("option", ["--rename", "--merge", "--role", "--case"])
def test_a_wish_that_names_nobody_says_which_option_has_it(run, study, option):
    told = " ".join(run("speakers", study, option, "Jane").err.replace("│", " ").split())
    assert f"{option} “Jane” is not A=B." in told
    told = run("speakers", study, option, "Jane=A", option, "Jane=B").err.replace("│", " ")
    assert f"{option} names somebody twice." in " ".join(told.split())


def test_who_says_nothing_any_more_is_still_listed(run, small):
    with closing(Project.open(small)) as project:
        project.sources.remove(find_source(project, "B"))
    [a3] = [one for one in run("speakers", small, "--json").json if one["key"] == "A3"]
    assert (a3["units"], a3["sources"], a3["characters"]) == (0, 0, 0)


@pytest.mark.parametrize("words", WRONG)
def test_options_that_make_no_sense_are_wrong_usage(run, study, words):
    assert run("speakers", study, *words).status == 2


def test_a_name_is_taken_out_for_good_and_what_was_done_is_told(run, study, home):
    done = run("speakers", study, "--rename", "Jane=P02", "--redact", "--reason", "asked for it")
    assert done.lines == [
        "Ana put P02 in the place of a name, for good: the content of 1 step was removed.",
        "The content of 1 step was removed from the audit trail.",
        "1 backup from before was deleted.",
        "A new backup was made.",
        "Files that were exported or copied before are not changed.",
    ]
    files = [study, *home.rglob("*.qsm")]
    assert len(files) == 2
    assert not any(b"Jane" in path.read_bytes() for path in files)
    assert run("audit", study, "--verify", "--json").json["ok"]
    assert run("undo", study).refusal == (
        f"No step after step {len(run('audit', study).lines)} is left to take back. That one stays, "
        "and what was done before it stays with it."
    )
    assert (
        "replay: can be told in part only, for the content of 1 step was removed from the trail."
        in run("check", study).lines
    )
    assert run("check", study, "--json").json["remarks"][0]["check"] == "replay"


def test_with_json_the_list_is_all_that_is_printed(run, study):
    done = run(
        "speakers", study, "--rename", "Jane=P02", "--redact", "--reason", "why not", "--json"
    )
    assert [row["key"] for row in done.json] == ["Int", "P01", "P02", "P 01"]
    assert "note: The content of 1 step" in done.err
    assert [row["key"] for row in run("speakers", study, "--merge", "P 01=P01", "--json").json] == [
        "Int", "P01", "P02",
    ]  # fmt: skip


def test_a_person_may_be_named_by_guid_also_to_be_taken_out(run, study):
    guid = run("speakers", study, "--json").json[1]["guid"]
    run("speakers", study, "--rename", f"{guid}=P02", "--redact", "--reason", "asked for it")
    assert "P02" in shown(run, study)
    assert b"Jane" not in study.read_bytes()


TALK = "Interviewer: Who else?\nJane Öberg: Me.\nInterviewer: And?\nJane Öberg: Jane Öberg again.\n"


def test_with_keys_a_label_leaves_no_byte_in_the_project(run, study, write, home):
    (study.parent / "talks").mkdir()
    talk = write("talks/Jane Öberg.txt", TALK)
    done = run("import", study, talk, "--speaker-keys", "--json")
    assert [source["name"] for source in done.json["imported"]] == ["A0001"]
    key = talk.with_name("Jane Öberg_authors_key.csv")
    assert key.read_text(encoding="utf-8-sig") == "key,author\nA0001,Jane Öberg\n"
    assert shown(run, study)["A0001"] == ("participant", None, 2, 1)
    assert shown(run, study)["Interviewer"] == ("interviewer", None, 2, 1)
    for path in (study, *home.rglob("*.qsm")):
        assert "Öberg".encode() not in path.read_bytes()
    assert "Öberg" not in run("audit", study, "--json").out
    assert run("check", study).status == 0


def test_a_speaker_of_the_key_file_is_the_same_person_in_the_next_import(run, study, write):
    keys = study.parent / "keys.csv"
    run("import", study, write("One.txt", TALK), "--speaker-keys", "--key", keys)
    second = write("Two.txt", TALK.replace("Interviewer", "Una Lee"))
    done = run("import", study, second, "--interviewer-keys", "--key", keys)
    assert done.status == 0
    assert [key for key in shown(run, study) if key.startswith("A")] == ["A0001", "A0002"]
    assert shown(run, study)["A0001"] == ("participant", None, 4, 2)
    assert keys.read_text(encoding="utf-8-sig").splitlines() == [
        "key,author", "A0001,Jane Öberg", "A0002,Una Lee",
    ]  # fmt: skip


def test_a_refused_import_leaves_no_key_file(run, study, write):
    talk = write("First.txt", TALK)
    assert "already a source named" in run("import", study, talk, "--speaker-keys").refusal
    assert list(study.parent.glob("*_key.csv")) == []
