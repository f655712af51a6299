"""What the window does by one key or one choice, from the command line: one step each."""

import pytest

from qualcoder_sm.project.project import Project


def codings(run, study, *filters):
    return run("codings", study, "--json", *filters).json


def guid(run, study, text):
    [found] = [one["guid"] for one in codings(run, study) if one["text"] == text]
    return found


def said(run, study):
    return [(one["text"], one["polarity"], one["weight"]) for one in codings(run, study)]


def steps(run, study) -> int:
    return run("info", study, "--json").json["counts"]["changes"]


def test_next_goes_on_from_what_a_passage_says(run, study):
    tired = guid(run, study, "tired")
    assert run("mark", study, tired, "--next").lines == [
        "Ana changed what Fatigue says in Interview, paragraph 1, from neither to supports."]  # fmt: skip
    for polarity in ("contradicts", "mixed", None, "supports"):
        run("mark", study, tired, "--next")
        assert said(run, study)[0] == ("tired", polarity, None)


def test_several_codings_are_marked_in_one_step(run, study):
    both, before = [guid(run, study, word) for word in ("tired", "alone")], steps(run, study)
    done = run("mark", study, *both, "--polarity", "mixed", "--weight", 40)
    assert done.lines == [
        "Ana marked 2 passages of Fatigue, Isolation in Interview as mixed and gave each the weight "
        "40."]  # fmt: skip
    assert said(run, study) == [("tired", "mixed", 40), ("alone", "mixed", 40)]
    assert steps(run, study) == before + 1
    assert run("mark", study, *both, "--next").status == 0
    assert said(run, study) == [("tired", None, 40), ("alone", None, 40)]


def test_codings_are_marked_by_what_they_are(run, study):
    run("coders", study, "--add", "Ben")
    run("code", study, "Interview", 0, 5, "Fatigue", "--coder", "Ben")
    run("mark", study, "--code", "Fatigue", "--weight", 7, "--coder", "Ana")
    assert said(run, study) == [("I was", None, None), ("tired", None, 7), ("alone", None, None)]
    run("mark", study, "--source", "Interview", "--next", "--coder", "Ana")
    assert said(run, study) == [
        ("I was", None, None), ("tired", "supports", 7), ("alone", "supports", None)]  # fmt: skip
    none = run("mark", study, "--code", "Isolation", "--weight", 7, "--coder", "Ben")
    assert none.lines == ["Nothing changed."]


@pytest.mark.parametrize(
    "words",
    [
        ["--next"],
        ["GUID", "--code", "Fatigue", "--next"],
        ["GUID", "--next", "--polarity", "mixed"],
        ["GUID", "--next", "--weight", "none"],
        ["GUID"],
    ],
)
def test_a_mark_that_is_unclear_is_wrong_usage(run, study, contents, words):
    before, tired = contents(study), guid(run, study, "tired")
    assert run("mark", study, *(tired if word == "GUID" else word for word in words)).status == 2
    assert contents(study) == before


def test_codings_are_taken_away_and_recoded_by_what_they_are(run, study):
    run("recode", study, "Isolation", "--code", "Fatigue", "--source", "Interview")
    assert [one["code"] for one in codings(run, study)] == ["Isolation", "Isolation"]
    done = run("uncode", study, "--code", "Isolation", "--with", "Isolation")
    assert done.status == 0
    assert codings(run, study) == []
    assert run("uncode", study).status == 2
    assert run("recode", study, "Isolation").status == 2
    assert run("recode", study).status == 2
    assert "no code named “X”" in run("recode", study, "X", "--code", "Fatigue").refusal


def test_passages_get_a_new_code(run, study):
    tired, alone = guid(run, study, "tired"), guid(run, study, "alone")
    assert run("recode", study, "--new", "Load", tired, alone).lines == [
        "Ana created the code Load, as an emergent code, and changed 2 codings from Fatigue, "
        "Isolation to it in Interview."]  # fmt: skip
    assert [one["code"] for one in codings(run, study)] == ["Load", "Load"]
    run("undo", study)
    run("recode", study, "--new", "Load", "--code", "Fatigue")
    assert [one["code"] for one in codings(run, study)] == ["Load", "Isolation"]
    assert "needs at least one letter" in run("recode", study, "--new", " ", alone).refusal


def test_words_get_a_new_code_or_are_one(run, study):
    assert run("code", study, "Interview", 0, 5, "--new", "Past", "--memo", "why").lines == [
        "Ana created the code Past, as an emergent code, and applied it to 5 characters of "
        "Interview, paragraph 1."]  # fmt: skip
    assert codings(run, study, "--code", "Past")[0]["memo"] == "why"
    assert run("code", study, "Interview", 2, 12, "--in-vivo").lines == [
        "Ana created the code “was tired” from the words of Interview and applied it there."]  # fmt: skip
    assert [one["text"] for one in codings(run, study, "--code", "“was tired”")] == ["was tired"]
    run("undo", study)
    run("undo", study)
    assert len(run("codebook", "list", study, "--json").json) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["Interview", 0, 5],
        ["Interview", 0, 5, "Fatigue", "--new", "Past"],
        ["Interview", 0, 5, "Fatigue", "--in-vivo"],
        ["Interview", 0, 5, "--new", "Past", "--in-vivo"],
        ["--from", "codings.csv", "--new", "Past"],
        ["--from", "codings.csv", "--in-vivo"],
    ],
)
def test_one_code_is_needed(run, study, words):
    assert run("code", study, *words).status == 2


def test_sources_are_moved(run, study, write):
    run("import", study, write("P02.txt", "[SYNTHETIC] words"), "--as", "text")
    before = steps(run, study)
    assert run("move", study, "Interview", "P02", "--new-collection", "First wave").lines == [
        "Ana added the collection First wave and moved Interview, P02 from the sources outside of "
        "collections to it."]  # fmt: skip
    assert steps(run, study) == before + 1
    found = run("sources", study, "--json").json
    assert {one["collection"] for one in found} == {"First wave"}
    run("move", study, "P02", "--collection", "")
    run("move", study, "Interview", "--new-collection", "First wave")
    assert run("move", study, "P02", "--collection", "First wave").lines == [
        "Ana moved P02 from the sources outside of collections to First wave."]  # fmt: skip
    assert "no collection named “X”" in run("move", study, "P02", "--collection", "X").refusal
    assert "no source named “X”" in run("move", study, "X", "--new-collection", "Y").refusal


@pytest.mark.parametrize(
    "words",
    [
        ["Interview"],
        ["Interview", "0", "five"],
        ["Interview", "--collection", "A", "--new-collection", "B"],
    ],
)
def test_a_move_that_is_unclear_is_wrong_usage(run, study, words):
    assert run("move", study, *words).status == 2


def test_progress_goes_on(run, study):
    assert run("progress", study, "Interview", "--next").lines == [
        "Ana changed the progress of Interview from in progress to done."]  # fmt: skip
    assert run("progress", study, "Interview", "done", "--next").status == 2
    assert run("progress", study, "--next").status == 2


def test_what_was_being_typed_is_kept(run, study):
    project = Project.open(study)
    project.notes.draft(None, "At night", title="Unfinished")
    project.close()
    assert run("memo", "settle", study).lines == ["Ana wrote the analytic memo Unfinished."]
    assert run("memo", "show", study, "Unfinished").lines == ["At night"]
    assert run("memo", "settle", study).lines == ["Nothing changed."]
