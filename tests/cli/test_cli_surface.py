"""What coding needs from the command line: search, autocode, correct, marks, links, memos."""

import pytest
from builders import coded, kept

from qualcoder_sm.project import patterns


def codings(run, study, *filters):
    return run("codings", study, "--json", *filters).json


def guid(run, study, text):
    [found] = [one["guid"] for one in codings(run, study) if one["text"] == text]
    return found


def words(run, study, *filters):
    return [one["text"] for one in codings(run, study, *filters)]


def test_words_are_searched_for(run, study):
    [hit] = run("search", study, "TIRED -nobody", "--json").json
    assert (hit["source"], hit["start"], hit["end"], hit["text"], hit["locator"]) == (
        "Interview", 6, 11, "tired", "paragraph 1")  # fmt: skip
    assert hit["before"] + hit["text"] + hit["after"] == "I was tired 😀 and alone."
    assert "I was [tired] 😀 and alone." in run("search", study, "tired").out
    assert run("search", study, r"\w+ed", "--regex", "--json").json[0]["text"] == "tired"
    assert run("search", study, "absent").status == 0


@pytest.mark.parametrize(
    "words", [["search", "--regex"], ["autocode", "Fatigue", "--regex"], ["autocode", "Fatigue",
              "--apply", "--regex"]]
)  # fmt: skip
def test_a_pattern_that_takes_for_ever_is_given_up(run, tmp_path, monkeypatch, contents, words):
    coded(tmp_path, f"I was [tired]{{Fatigue}}, {'a' * 40}.").close()
    path = tmp_path / "study.qsm"
    monkeypatch.setattr(patterns, "SECONDS", 2)
    before = contents(path)
    command, *more = words
    refusal = run(command, path, *more, "(a+)+b").refusal
    assert refusal.startswith("This pattern takes too long on Interview; ")
    assert contents(path) == before


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--code", "Fatigue"], ["tired"]),
        (["--source", "Interview", "--limit", 1], ["tired"]),
        ([], ["tired", "alone"]),
    ],
)
def test_a_search_is_narrowed(run, study, options, found):
    hits = run("search", study, "tired OR alone", "--json", *options).json
    assert [one["text"] for one in hits] == found


def test_a_search_that_cannot_be_read_is_refused(run, study):
    assert "A bracket is not closed" in run("search", study, "(tired").refusal
    assert run("search", study, "tired", "--attribute", "age").status == 2
    assert "no case named “X”" in run("search", study, "tired", "--case", "X").refusal


def test_a_rule_lists_and_applies(run, study, contents):
    before = contents(study)
    rule = ("autocode", study, "Isolation", "--words", "tired, alone", "--scope", "match")
    listed = run(*rule, "--json").json
    assert [(one["text"], one["already"]) for one in listed] == [("tired", False), ("alone", True)]
    assert contents(study) == before
    done = run(*rule, "--apply", "--reason", "first pass")
    assert done.lines == ["Coded 1 passage.", "1 carried the code already."]
    last = run("audit", study, "--json").json[-1]
    assert last["label"] == "Ana autocoded 1 passage with Isolation: whole words tired, alone."
    run("undo", study)
    assert words(run, study) == ["tired", "alone"]


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (["--speaker", "P01"], "Nobody in the project speaks or writes as “P01”."),
        (["--attribute", "age=30"], "No case has an attribute."),
        (["--case", "Nobody"], "There is no case named “Nobody”."),
    ],
)
def test_a_search_among_what_is_not_there_is_refused(run, study, options, refusal):
    assert run("search", study, "tired", *options).refusal == refusal


@pytest.mark.parametrize(
    "rule", [[], ["--words", "a", "--regex", "b"], ["--attribute", "a=1", "--attribute", "b=1"]]
)
def test_one_rule_is_needed(run, study, rule):
    assert run("autocode", study, "Fatigue", *rule).status == 2


def test_wrong_usage_is_said_before_an_old_project_is_brought_up(run, tmp_path):
    old = kept(tmp_path, 2)
    before = old.read_bytes()
    done = run("autocode", old, "Fatigue", "--attribute", "age", "--apply")
    assert (done.status, old.read_bytes() == before) == (2, True)
    assert "Write an attribute as NAME=VALUE." in done.err


def test_a_text_is_corrected_and_codings_stay(run, study, write):
    new = write("new.txt", "Yes, I was so tired 😀 and not alone.")
    done = run("correct", study, "Interview", "--from", new, "--reason", "heard again")
    assert done.lines == [
        "Ana corrected the text of Interview: 3 changes, from 24 to 36 characters, 0 codings dropped."
    ]
    assert words(run, study) == ["tired", "alone"]
    assert run("text", study, "Interview").out == "Yes, I was so tired 😀 and not alone."
    assert run("check", study).status == 0
    assert run("correct", study, "Interview", "--from", new).lines == ["Nothing changed."]


def test_codings_without_words_are_dropped_only_when_asked(run, study, write, contents):
    new, before = write("new.txt", "I was weary 😀 and."), contents(study)
    assert "would lose all of its words: “alone”" in run(
        "correct", study, "Interview", "--from", new).refusal  # fmt: skip
    assert contents(study) == before
    listed = run("correct", study, "Interview", "--from", new, "--preview", "--json").json
    assert [(one["code"], one["what"], one["new_text"]) for one in listed] == [
        ("Fatigue", "changed", "weary"), ("Isolation", "vanished", "")]  # fmt: skip
    run("correct", study, "Interview", "--from", new, "--drop-vanished")
    assert words(run, study) == ["weary"]


def test_a_locked_text_is_not_corrected(run, study, write):
    assert run("sources", study, "--lock", "Interview").lines == [
        "Ana locked the text of Interview."]  # fmt: skip
    assert run("sources", study, "--json").json[0]["locked"] is True
    new = write("new.txt", "Other words.")
    assert "is locked" in run("correct", study, "Interview", "--from", new).refusal
    run("sources", study, "--unlock", "Interview")
    assert run("correct", study, "Interview", "--from", new, "--drop-vanished").status == 0


def test_a_coding_is_marked_moved_recoded_and_taken_away(run, study):
    tired = guid(run, study, "tired")
    run("mark", study, tired, "--polarity", "contradicts", "--weight", 60)
    [one] = codings(run, study, "--polarity", "contradicts", "--weight", 60)
    assert (one["polarity"], one["weight"]) == ("contradicts", 60)
    assert codings(run, study, "--polarity", "contradicts", "--weight", 61) == []
    run("mark", study, tired, "--polarity", "none", "--weight", "none")
    assert words(run, study, "--polarity", "none") == ["tired", "alone"]
    assert run("move", study, tired, 2, 11).status == 0
    assert words(run, study) == ["was tired", "alone"]
    assert "lies outside" in run("move", study, tired, -1, 11).refusal
    run("recode", study, "Isolation", tired)
    assert {one["code"] for one in codings(run, study)} == {"Isolation"}
    run("uncode", study, tired, guid(run, study, "alone"))
    assert codings(run, study) == []
    assert "no longer in the project" in run("uncode", study, tired).refusal


def test_a_mark_with_two_values_is_one_step(run, study):
    tired = guid(run, study, "tired")
    before = run("info", study, "--json").json["counts"]["changes"]
    done = run("mark", study, tired, "--polarity", "contradicts", "--weight", 60)
    assert done.lines == [
        "Ana changed what Fatigue says in Interview, paragraph 1, from neither to contradicts, and "
        "its weight from none to 60."]  # fmt: skip
    assert run("info", study, "--json").json["counts"]["changes"] == before + 1
    run("undo", study)
    [one, _other] = codings(run, study)
    assert (one["polarity"], one["weight"]) == (None, None)


@pytest.mark.parametrize("options", [[], ["--weight", "heavy"], ["--polarity", "perhaps"]])
def test_a_mark_that_says_nothing_is_wrong_usage(run, study, options):
    assert run("mark", study, guid(run, study, "tired"), *options).status == 2


def test_a_weight_out_of_range_changes_nothing(run, study, contents):
    tired, before = guid(run, study, "tired"), contents(study)
    assert run("mark", study, tired, "--polarity", "mixed", "--weight", 101).status == 1
    assert contents(study) == before


def test_nobody_marks_the_coding_of_another(run, study):
    run("coders", study, "--add", "Ben")
    tired = guid(run, study, "tired")
    assert "Ana’s coding" in run("mark", study, tired, "--weight", 1, "--coder", "Ben").refusal


def test_words_that_no_code_fits_are_set_aside(run, study):
    done = run("aside", study, "Interview", 0, 5, "--memo", "who?")
    assert done.lines == ["Ana set 5 characters of Interview aside, paragraph 1: no code fits."]
    assert [one["memo"] for one in codings(run, study, "--code", "Does not fit")] == ["who?"]


def test_codings_are_linked(run, study):
    tired, alone = guid(run, study, "tired"), guid(run, study, "alone")
    done = run("link", study, tired, alone, "--memo", "why")
    assert done.lines == ["Ana linked a passage: Fatigue leads to Isolation."]
    [link] = run("links", study, "--json").json
    assert (link["origin"], link["target"], link["kind"], link["memo"]) == (
        tired, alone, "leads to", "why")  # fmt: skip
    assert "leads to" in run("links", study).out
    run("unlink", study, link["guid"])
    assert run("links", study, "--json").json == []


def test_codings_are_narrowed_by_other_codes(run, study):
    run("code", study, "Interview", 0, 8, "Isolation")
    assert words(run, study, "--code", "Fatigue", "--with", "Isolation") == ["tired"]
    assert words(run, study, "--code", "Isolation", "--without", "Fatigue") == ["alone"]
    assert words(run, study, "--code", "Fatigue", "--near", "Isolation", "--within", 0) == ["tired"]
    assert words(run, study, "--code", "Isolation", "--near", "Fatigue") == ["I was ti", "alone"]
    report = run("report", study, "segments", "--without", "Isolation", "--json").json
    assert len(report["rows"]) == 0
    assert report["provenance"]["filter"] == "without: Isolation"


def test_codings_are_narrowed_by_the_day_they_were_made(run, study):
    assert words(run, study, "--since", "2000-01-01") == ["tired", "alone"]
    assert words(run, study, "--until", "2000-01-01") == []
    assert run("codings", study, "--since", "yesterday").status == 2


def test_a_memo_tells_all_of_itself_what_it_is_about_by_guid_too(run, study):
    code = run("codebook", "list", study, "--json").json[0]
    source = run("sources", study, "--json").json[0]
    run("memo", "add", study, "First", "See [[Interview@0-5]].", "--about", "code:Fatigue")
    run("memo", "add", study, "Free", "At night", "--kind", "field note")
    free, first = run("memo", "list", study, "--json").json
    assert (free["about"], free["about_guid"], free["passages"]) == (None, None, [])
    written = run("audit", study, "--json").json[-2]
    assert first == {
        "guid": written["after"][0]["guid"],
        "title": "First",
        "kind": "analytic",
        "text": "See [[Interview@0-5]].",
        "coder": "Ana",
        "created": written["after"][0]["fields"]["created"],
        "modified": written["after"][0]["fields"]["created"],
        "about": "codes",
        "about_guid": code["guid"],
        "passages": [{"source_guid": source["guid"], "start": 0, "end": 5}],
    }


def test_memos_are_written_listed_shown_changed_and_deleted(run, study):
    text = "See [[Interview@6-11]]."
    run("memo", "add", study, "First", text, "--about", "code:Fatigue")
    run("memo", "add", study, "Second", "At night", "--kind", "field note", "--about", "project")
    assert [one["title"] for one in run("memo", "list", study, "--json").json] == [
        "Second",
        "First",
    ]
    [first] = run("memo", "list", study, "--search", "INTERVIEW", "--json").json
    assert (first["about"], first["kind"]) == ("codes", "analytic")
    assert [(one["start"], one["end"]) for one in first["passages"]] == [(6, 11)]
    assert run("memo", "show", study, "First").lines == [text]
    run("memo", "edit", study, "First", "--kind", "decision")
    assert len(run("memo", "list", study, "--kind", "decision", "--json").json) == 1
    assert run("memo", "remove", study, "First").lines == ["Ana deleted the memo First."]
    assert "no memo named “First”" in run("memo", "show", study, "First").refusal
    assert run("memo", "add", study, "T", "x", "--about", "moon:1").status == 2
    assert "no code named “X”" in run("memo", "add", study, "T", "x", "--about", "code:X").refusal


def test_progress_is_said_and_told(run, study):
    assert run("progress", study, "--json").json[0]["progress"] == "in progress"
    assert run("progress", study, "Interview", "done").lines == [
        "Ana changed the progress of Interview from in progress to done."
    ]
    assert run("progress", study, "--json").json[0]["progress"] == "done"
    assert run("progress", study, "Interview").status == 2
