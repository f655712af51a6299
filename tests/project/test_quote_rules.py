"""Who may change how words are published, with which reason; each change is a step."""

import pytest
from quoting_studies import POSTS, TURNS, code_words, interview, made, post, set_all, thread

from qualcoder_sm.errors import AmbiguousName, NotFound, WrongUsage
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project import audit

UNSET, VERBATIM, PARAPHRASE, DO_NOT_QUOTE, WITHDRAWN = QuoteRule


def last_step(project):
    return project.audit.record(project.audit.head()[0])


def test_a_rule_is_a_step_told_from_what_to_what_and_taken_back(study):
    set_all(study, "Group", PARAPHRASE)
    study.quoting.set_rule(post(study, 2), VERBATIM, "  consent of 3 May ")
    step = last_step(study)
    assert audit.sentence(step) == (
        "Ana changed the quote rule of post 0112 in S01-T03 from paraphrase only to verbatim."
    )
    assert step.reason == "consent of 3 May"
    assert study.reason == ""
    assert post(study, 2).quote_rule == "verbatim"
    study.undo()
    assert post(study, 2).quote_rule == ""


def test_each_target_is_named_in_the_trail(study):
    coding = code_words(study, "P02", "Hedgehogs")
    for target in (
        study.collections.named("Group"), study.sources.find("P02"), post(study), coding,
    ):  # fmt: skip
        study.quoting.set_rule(target, DO_NOT_QUOTE, "agreed")
    told = [audit.sentence(one) for one in study.audit.records()[-4:]]
    assert [one.removeprefix("Ana changed the quote rule of ") for one in told] == [
        "the collection Group from no rule to do not quote.",
        "the source P02 from no rule to do not quote.",
        "post 0110 in S01-T03 from do not quote to do not quote.",
        "a passage of Help in P02, turn 2 from do not quote to do not quote.",
    ]
    study.quoting.set_rule(post(study), UNSET)
    assert audit.sentence(last_step(study)).endswith("to no rule of its own (do not quote).")


def strictness_by_hand(rule):
    return {UNSET: 0, VERBATIM: 0, PARAPHRASE: 1, DO_NOT_QUOTE: 2, WITHDRAWN: 3}[rule]


@pytest.mark.parametrize("above", QuoteRule)
@pytest.mark.parametrize("own", QuoteRule)
def test_a_looser_rule_needs_a_reason_and_a_stricter_one_does_not(shared, above, own):
    study = shared
    source = study.sources.find("S01-T03")
    for new in QuoteRule:
        set_all(study, "Group", above)
        study.quoting.set_rule(source, own, "r")
        now = WITHDRAWN if WITHDRAWN in (above, own) else own or above
        looser = strictness_by_hand(new or above) < strictness_by_hand(now)
        steps = study.audit.head()
        if looser:
            with pytest.raises(WrongUsage, match="needs a reason"):
                study.quoting.set_rule(source, new)
            assert study.audit.head() == steps
        else:
            study.quoting.set_rule(source, new)
        study.quoting.set_rule(source, new, "consent came")
        assert study.sources.find("S01-T03").quote_rule == new.value


def test_setting_what_is_set_is_no_step(study):
    set_all(study, "Group", PARAPHRASE)
    steps = study.audit.head()
    set_all(study, "Group", PARAPHRASE)
    assert study.audit.head() == steps


def test_an_exception_for_a_passage_needs_a_reason_and_its_own_coder(study):
    coding = code_words(study, "P02", "Hedgehogs")
    with pytest.raises(WrongUsage, match="single passage needs a reason"):
        study.quoting.set_rule(coding, DO_NOT_QUOTE)
    study.coders.add("Ben")
    study.act_as("Ben")
    with pytest.raises(WrongUsage, match="Ana’s coding"):
        study.quoting.set_rule(coding, DO_NOT_QUOTE, "he would rather not")
    assert study.codings.get(coding.guid).quote_rule == ""


def test_describing_a_collection_is_no_way_around_the_reason(study):
    group = study.collections.named("Group").guid
    study.collections.describe(group, quote_rule="do not quote", visibility="closed")
    with pytest.raises(WrongUsage, match="needs a reason"):
        study.collections.describe(group, quote_rule="verbatim")
    assert study.collections.named("Group").quote_rule == "do not quote"


def test_what_is_gone_gets_no_rule(study):
    coding = code_words(study, "P02", "Hedgehogs")
    study.codings.remove(coding.guid)
    with pytest.raises(NotFound):
        study.quoting.set_rule(coding, VERBATIM, "r")


def test_a_post_is_found_by_source_and_id(tmp_path):
    odd = thread("T: 1", "Group", *POSTS)
    project = made(tmp_path, odd, interview("P02", *TURNS))
    assert project.quoting.post("T: 1:0111").ordinal == 1
    assert project.quoting.post("P02:2").speaker == "P02"
    guid = project.quoting.post("P02:1").guid
    assert project.quoting.post(f"P02:{guid}").ordinal == 0
    for wrong in ("T: 1:0999", "T: 1", "", "P02:3"):
        with pytest.raises(NotFound):
            project.quoting.post(wrong)
    project.close()


def test_an_id_that_comes_twice_is_refused_with_the_guids(tmp_path):
    units = thread("T", "Group", *POSTS)
    twice = tuple(type(one)(**{f: getattr(one, f) for f in one.__slots__} | {"external_id": "7"})
                  for one in units.units)  # fmt: skip
    project = made(tmp_path, type(units)(units.name, units.kind, units.text, twice, "Group",
                                         external_id="T"))  # fmt: skip
    with pytest.raises(AmbiguousName, match="3 posts with the id 7"):
        project.quoting.post("T:7")
    project.close()


# Paraphrases


def test_a_paraphrase_is_written_changed_and_taken_away_each_as_a_step(study):
    coding = code_words(study, "P02", "Hedgehogs knit")
    told = []
    for text in (" They work at night. ", "They craft.", ""):
        study.codings.set_paraphrase(coding.guid, text)
        assert study.codings.get(coding.guid).paraphrase == text.strip()
        assert last_step(study).action == "coding.paraphrase"
        told.append(audit.sentence(last_step(study)))
    assert told == [
        f"Ana changed the paraphrase of Help in P02, turn 2, from {old} to {new}."
        for old, new in (
            ("nothing", "“They work at night.”"),
            ("“They work at night.”", "“They craft.”"),
            ("“They craft.”", "nothing"),
        )
    ]
    study.undo()
    assert study.codings.get(coding.guid).paraphrase == "They craft."


def test_the_words_themselves_are_no_paraphrase_and_others_codings_are_left_alone(study):
    coding = code_words(study, "P02", "Hedgehogs knit")
    with pytest.raises(WrongUsage, match="own words"):
        study.codings.set_paraphrase(coding.guid, "  hedgehogs – KNIT!")
    study.coders.add("Ben")
    study.act_as("Ben")
    with pytest.raises(WrongUsage, match="Ana’s coding"):
        study.codings.set_paraphrase(coding.guid, "They craft.")
    assert study.codings.get(coding.guid).paraphrase == ""
