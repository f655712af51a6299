"""`code`, `codings`, `undo` and `redo`."""

import re

import pytest

CODING_KEYS = {"guid", "source", "start", "end", "text", "code", "coder", "created", "memo"}
HEAD = "source,start,end,code,coder,memo\n"


def places(run, study, *filters):
    return [
        (one["start"], one["end"], one["code"], one["coder"])
        for one in run("codings", study, "--json", *filters).json
    ]


def test_a_passage_is_coded(run, study):
    done = run("code", study, "Interview", 0, 5, "Fatigue", "--memo", "see minutes")
    assert done.lines == ["Ana applied Fatigue to 5 characters of Interview, paragraph 1."]
    [coding] = [one for one in run("codings", study, "--json").json if one["start"] == 0]
    assert set(coding) >= CODING_KEYS
    assert (coding["source"], coding["end"], coding["text"], coding["code"], coding["coder"],
            coding["memo"]) == ("Interview", 5, "I was", "Fatigue", "Ana", "see minutes")  # fmt: skip
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", coding["created"])


def test_a_passage_of_one_character_is_told_so(run, study):
    done = run("code", study, "Interview", 0, 1, "Fatigue")
    assert done.lines == ["Ana applied Fatigue to 1 character of Interview, paragraph 1."]


def test_positions_are_code_points(run, study):
    """The emoji before it counts as one."""
    run("code", study, "Interview", 18, 23, "Fatigue")
    assert {one["text"] for one in run("codings", study, "--json").json} == {"tired", "alone"}


def test_codings_are_filtered_by_coder_code_and_source(run, study, write):
    run("coders", study, "--add", "Ben")
    run("code", study, "Interview", 0, 5, "Fatigue", "--coder", "Ben")
    assert places(run, study, "--coder", "Ben") == [(0, 5, "Fatigue", "Ben")]
    assert len(places(run, study, "--coder", "Ben", "--coder", "Ana")) == 3
    assert places(run, study, "--code", "Isolation") == [(18, 23, "Isolation", "Ana")]
    run("import", study, write("Empty.txt", "[SYNTHETIC] words"), "--as", "text")
    assert places(run, study, "--source", "Empty") == []
    assert "tired" in run("codings", study).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Interview", 0, 500, "Fatigue"], "0–500 lies outside of Interview, which has 24"),
        (["Interview", -1, 5, "Fatigue"], "-1–5 lies outside of Interview"),
        (["Interview", 5, 5, "Fatigue"], "5–5 is empty"),
        (["Interview", 0, 5, "Bogus"], "There is no code named “Bogus”"),
        (["Nowhere", 0, 5, "Fatigue"], "There is no source named “Nowhere”"),
        (["Interview", 6, 11, "Fatigue"], "These words carry Fatigue already"),
        (["Interview", 0, 5, "Fatigue", "--coder", "Zoe"], "There is no coder named “Zoe”"),
        (["Interview", 0, 5, "Fatigue", "--coder", ""], "There is no coder named “”"),
        (["", 0, 5, "Fatigue"], "There is no source named “”"),
        (["Interview", 0, 5, "NPT constructs"], "is a theme that holds other codes"),
        (["Interview", 0, 5, "Twin"], "Fatigue > Twin; Isolation > Twin"),
    ],
)
def test_a_coding_that_is_refused_changes_nothing(run, study, write, contents, words, said):
    run("codebook", "import", study, "combined")
    twins = "code,parent\nFirst,\nTwin,First\nSecond,\nTwin,Second\n"
    run("codebook", "import", study, write("twins.csv", twins))
    before = contents(study)
    said = said.replace("Fatigue > Twin; Isolation > Twin", "First > Twin; Second > Twin")
    bytes_before = study.read_bytes()
    assert said in run("code", study, *words).refusal
    assert contents(study) == before
    assert study.read_bytes() == bytes_before


def test_a_code_is_named_by_path_or_guid(run, study, write):
    twins = "code,parent\nFirst,\nTwin,First\nSecond,\nTwin,Second\n"
    run("codebook", "import", study, write("twins.csv", twins))
    guid = run("codebook", "list", study, "--json").json[-1]["guid"]
    run("code", study, "Interview", 0, 1, "First > Twin")
    run("code", study, "Interview", 0, 1, guid)
    assert {code for _, _, code, _ in places(run, study)} >= {"First > Twin", "Second > Twin"}


def test_a_table_of_codings_is_one_step_of_who_acts(run, study, write):
    run("coders", study, "--add", "Ben")
    rows = "Interview,0,5,Fatigue,Ana,\nInterview,0,5,Fatigue,Ben,why\n"
    done = run("code", study, "--from", write("c.csv", HEAD + rows), "--coder", "Ben")
    assert done.lines == ["Applied 2 codings."]
    assert sorted(places(run, study)[:2]) == [(0, 5, "Fatigue", "Ana"), (0, 5, "Fatigue", "Ben")]
    last = run("audit", study, "--json").json[-1]
    assert (last["coder"], last["rows"]) == ("Ben", 2)
    run("undo", study)
    assert len(places(run, study)) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Interview,0,500,Fatigue,Ana,", "Line 3: 0–500 lies outside of Interview"),
        ("Interview,3,3,Fatigue,Ana,", "Line 3: Select some words first: 3–3 is empty"),
        ("Interview,0,5,Bogus,Ana,", "no code named “Bogus”. It stands on line 3 of c.csv"),
        ("Nowhere,0,5,Fatigue,Ana,", "no source named “Nowhere”. It stands on line 3 of c.csv"),
        ("Interview,0,5,Fatigue,Zoe,", "the coders are Ana. It stands on line 3 of c.csv"),
        ("Interview,6,11,Fatigue,Ana,", "Line 3: These words carry Fatigue already"),
        ("Interview,0,1,Fatigue,Ana,", "Line 3: These words carry Fatigue already"),
        ("Interview,a,5,Fatigue,Ana,", "Line 3 of c.csv: The start “a” is not a whole number"),
        ("Interview,0,5,Fatigue,Ana", "Line 3 of c.csv has 5 columns; 6 were expected"),
        ("Interview,0,5,,Ana,", "Line 3 of c.csv: The code is missing"),
    ],
)
def test_one_bad_row_and_none_is_coded(run, study, write, contents, row, said):
    before = contents(study)
    table = write("c.csv", f"{HEAD}Interview,0,1,Fatigue,Ana,\n{row}\n")
    assert said in run("code", study, "--from", table).refusal
    assert contents(study) == before


def test_a_table_without_a_column_is_refused(run, study, write):
    table = write("c.csv", "source,start,end,code\nInterview,0,5,Fatigue\n")
    assert "c.csv has no column coder" in run("code", study, "--from", table).refusal


@pytest.mark.parametrize("words", [[], ["Interview", 0, 5], ["Interview", "--from", "c.csv"]])
def test_neither_a_passage_nor_a_table_is_wrong_usage(run, study, words):
    assert run("code", study, *words).status == 2


def test_undo_takes_back_ones_own_last_step_and_with_anybody_the_last(run, study):
    run("coders", study, "--add", "Ben")
    run("code", study, "Interview", 0, 5, "Fatigue", "--coder", "Ben")
    assert run("undo", study, "--coder", "Ana").refusal == (
        "Something done later builds on this step, so it cannot be taken back on its own. "
        "Nothing was changed."
    )
    done = run("undo", study, "--anybody", "--coder", "Ana", "--reason", "wrong words")
    assert done.lines[0].startswith("Ana took back step ")
    assert len(places(run, study)) == 2
    assert run("audit", study, "--json").json[-1]["reason"] == "wrong words"
    assert run("redo", study, "--coder", "Ben").refusal == "There is no step to do again."
    assert run("redo", study, "--coder", "Ana").lines[0].startswith("Ana did step ")
    assert len(places(run, study)) == 3


def test_undo_leaves_steps_of_others_in_between(run, study):
    run("coders", study, "--add", "Ben")
    run("code", study, "Interview", 0, 5, "Fatigue", "--coder", "Ana")
    run("code", study, "Interview", 0, 5, "Fatigue", "--coder", "Ben")
    assert "Apply Fatigue" in run("undo", study, "--coder", "Ana").lines[0]
    assert [place[3] for place in places(run, study) if place[0] == 0] == ["Ben"]
    assert "Apply Fatigue" in run("undo", study, "--coder", "Ben").lines[0]
    refusal = run("undo", study, "--coder", "Ben").refusal
    assert refusal == "Ben has no step to take back. The last one is Ana’s: Add the coder Ben."


def test_undo_reaches_the_beginning_and_says_so(run, study):
    while run("undo", study).status == 0:
        pass
    assert run("undo", study).refusal == "There is no step to take back."
    assert run("info", study, "--json").json["counts"]["sources"] == 0
    while run("redo", study).status == 0:
        pass
    assert run("redo", study).refusal == "There is no step to do again."
    assert len(places(run, study)) == 2
