"""`quoting` and `paraphrase`: the rules listed and set, and what is published then."""

import pytest
from quoting_studies import POSTS, TURNS, code_words, interview, made, thread

from qualcoder_sm.cli.quoting import RULES
from qualcoder_sm.model import QuoteRule


@pytest.fixture
def group(tmp_path):
    rules = ("", "as agreed", "do not quote")
    project = made(tmp_path, thread("S01-T03", "Group", *POSTS, rules=rules),
                   interview("P02", *TURNS))  # fmt: skip
    for words in ("Zebras", "Walruses", "Ocelots"):
        code_words(project, "S01-T03", words)
    project.close()
    return project.path


def coding(run, group, words):
    [found] = [one for one in run("codings", group, "--json").json if one["text"] == words]
    return found


def test_the_list_tells_every_level_and_what_comes_of_it(run, group):
    run("quoting", group, "--set", "paraphrase", "--collection", "Group")
    listed = run("quoting", group, "--json").json
    none = {"unset": 0, "verbatim": 0, "paraphrase only": 0, "do not quote": 0, "withdrawn": 0}
    within = {"paraphrase only": 2, "do not quote": 1}
    assert [without_guid(one) for one in listed["collections"]] == [
        {"name": "Group", "quote_rule": "paraphrase only", "effective": "paraphrase only",
         "known": True, "posts": none | within, "codings": none | within},
        {"name": "Interviews", "quote_rule": "", "effective": "", "known": True,
         "posts": none | {"unset": 2}, "codings": none},
    ]  # fmt: skip
    assert [without_guid(one) for one in listed["sources"]] == [
        {"name": "S01-T03", "collection": "Group", "quote_rule": "", "effective": "paraphrase only",
         "known": True, "posts": none | within, "codings": none | within},
        {"name": "P02", "collection": "Interviews", "quote_rule": "", "effective": "",
         "known": True, "posts": none | {"unset": 2}, "codings": none},
    ]  # fmt: skip
    assert [without_guid(one) for one in listed["posts"]] == [
        {"name": "0111", "source": "S01-T03", "quote_rule": "as agreed",
         "effective": "paraphrase only", "known": False},
        {"name": "0112", "source": "S01-T03", "quote_rule": "do not quote",
         "effective": "do not quote", "known": True},
    ]  # fmt: skip
    assert listed["codings"] == []


def without_guid(entry):
    return {name: value for name, value in entry.items() if name != "guid"}


def test_people_see_exceptions_and_what_had_to_be_guessed(run, group):
    run("quoting", group, "--set", "paraphrase", "--source", "S01-T03")
    lines = run("quoting", group, "--wide").lines
    assert [line.split()[0] for line in lines[1:6]] == [
        "collection", "collection", "source", "source", "post",
    ]  # fmt: skip
    assert "S01-T03:0112" in lines[5]
    assert lines[6:] == [
        "1 post says what its source says, and is not listed.",
        "“as agreed” is not known and counts as paraphrase only.",
    ]


@pytest.mark.parametrize("word", RULES)
def test_a_rule_is_set_on_each_level_and_told(run, group, word):
    rule = RULES[word].value
    guid = coding(run, group, "Zebras")["guid"]
    for option, name in (("--collection", "Group"), ("--source", "P02"), ("--post", "S01-T03:0112"),
                         ("--coding", guid)):  # fmt: skip
        done = run("quoting", group, "--set", word, option, name, "--reason", "agreed")
        assert done.status == 0, done.err
    listed = run("quoting", group, "--json").json
    assert [one["quote_rule"] for one in listed["collections"]] == [rule, ""]
    assert [one["quote_rule"] for one in listed["sources"]] == ["", rule]
    assert [one["quote_rule"] for one in listed["posts"]][1:] == ([rule] if rule else [])
    assert [one["quote_rule"] for one in listed["codings"]] == ([rule] if rule else [])
    effect = "withdrawn" if rule == "withdrawn" else rule
    assert coding(run, group, "Zebras")["quote_rule"] == effect


def test_a_looser_rule_needs_a_reason(run, group):
    refused = run("quoting", group, "--set", "verbatim", "--post", "S01-T03:0112").refusal
    assert refused == (
        "The rule of post 0112 in S01-T03 is do not quote now. To loosen it needs a reason. "
        "Nothing was changed."
    )
    words = ("--set", "verbatim", "--post", "S01-T03:0112", "--reason", "consent of 3 May")
    assert run("quoting", group, *words).lines == [
        "Ana changed the quote rule of post 0112 in S01-T03 from do not quote to verbatim."
    ]
    assert run("audit", group, "--json").json[-1]["reason"] == "consent of 3 May"


def test_a_rule_below_what_is_withdrawn_says_that_it_has_no_effect(run, group):
    run("quoting", group, "--set", "withdrawn", "--collection", "Group")
    words = ("--set", "verbatim", "--source", "S01-T03", "--reason", "r")
    assert run("quoting", group, *words).lines[-1] == (
        "In effect there: withdrawn, as what holds it says."
    )


def test_what_cannot_be_meant_is_refused(run, group):
    for words in (("--set", "verbatim"), ("--source", "P02"), ("--set", "maybe", "--source", "P02"),
                  ("--set", "verbatim", "--source", "P02", "--post", "P02:1")):  # fmt: skip
        assert run("quoting", group, *words).status == 2
    for option, name in (("--collection", "No"), ("--source", "No"), ("--post", "P02:9"),
                         ("--coding", "No")):  # fmt: skip
        assert run("quoting", group, "--set", "verbatim", option, name, "--reason", "r").refusal


def test_a_paraphrase_is_published_in_place_of_the_words(run, group):
    run("quoting", group, "--set", "paraphrase", "--collection", "Group")
    guid = coding(run, group, "Zebras")["guid"]
    assert run("paraphrase", group, guid, "Striped ones").lines == [
        "Ana changed the paraphrase of Help in S01-T03, post 0110, from nothing to “Striped ones”."
    ]
    assert coding(run, group, "Zebras")["paraphrase"] == "Striped ones"
    printed = run("report", group, "quotations").out
    assert "Striped ones (paraphrased)" in printed
    assert "Zebras" not in printed
    run("paraphrase", group, guid, "")
    assert "[to be paraphrased: S01-T03, post 0110]" in run("report", group, "quotations").out


def test_every_rule_has_a_word():
    assert set(RULES.values()) == set(QuoteRule)


def test_the_posts_of_threads_of_one_id_are_listed_as_they_can_be_named(run, tmp_path):
    both = [thread("t1", name, *POSTS[:1], rules=("withdrawn",), title="Sleep")
            for name in ("Loud", "Quiet")]  # fmt: skip
    project = made(tmp_path, *both)
    project.close()
    listed = [line for line in run("quoting", project.path, "--wide").lines if "0110" in line]
    places = ["Loud > t1 Sleep:0110", "Quiet > t1 Sleep:0110"]
    assert [place in line for place, line in zip(places, listed, strict=True)] == [True, True]
    for place in places:
        done = run("quoting", project.path, "--set", "paraphrase", "--post", place, "--reason", "x")
        assert done.status == 0, done.err


def test_a_collection_is_found_by_name_or_guid_or_refused(run, group):
    [guid] = [one["guid"] for one in run("quoting", group, "--json").json["collections"]
              if one["name"] == "Group"]  # fmt: skip
    assert run("quoting", group, "--set", "paraphrase", "--collection", guid).status == 0
    refusal = run("quoting", group, "--set", "paraphrase", "--collection", "Nowhere").refusal
    assert refusal == "There is no collection named “Nowhere”."
