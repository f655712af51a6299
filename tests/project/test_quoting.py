"""How words may be published: what wordings mean, which rule holds, what is printed, and who may change it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quoting_studies import POSTS, TURNS, code_words, interview, made, set_all, thread

from qualcoder_sm.errors import AmbiguousName, NotFound, WrongUsage
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project import audit, quoting
from qualcoder_sm.project.quoting import How, Level, published

UNSET, VERBATIM, PARAPHRASE, DO_NOT_QUOTE, WITHDRAWN = QuoteRule

WORDINGS = {
    UNSET: ["", "  ", "–", "..."],
    VERBATIM: [
        "verbatim", "Verbatim", "verbatim allowed", "verbatim allowed (organisation)",
        "verbatim with pseudonym", "word-for-word", "may be quoted", "Direct quotation", "VERBATIM.",
    ],
    PARAPHRASE: [
        "paraphrase", "Paraphrase only", "paraphrase, or verbatim with consent", "paraphrased",
        "no verbatim quotes", "Do not quote verbatim", "not verbatim", "no direct quotes",
        "don’t use exact words", "in own words", "do not quote; paraphrase",
    ],
    DO_NOT_QUOTE: [
        "do not quote", "Don't quote", "do-not-quote", "no quotes", "not to be quoted", "never quote",
        "may not be quoted", "none", "no", "Do not quote or paraphrase", "no quotation",
    ],
    WITHDRAWN: ["withdrawn", "Withdrawn", "consent withdrawn 3 May", "withdrew", "consent revoked"],
}  # fmt: skip
GUESSED = [
    "as agreed", "ask first", "verbatim with consent", "verbatim unless withdrawn", "yes",
    "not withdrawn", "consented", "verbatim if she agrees", "引用不可", "🙂 x",
]  # fmt: skip


@pytest.mark.parametrize(
    ("wording", "rule"), [(one, rule) for rule, them in WORDINGS.items() for one in them]
)
def test_what_is_written_is_read_as_it_is_meant(wording, rule):
    assert quoting.read(wording) is rule
    assert quoting.is_known(wording)


@pytest.mark.parametrize("wording", GUESSED)
def test_what_is_not_known_counts_as_paraphrase_and_is_known_to_be_a_guess(wording):
    assert quoting.read(wording) is PARAPHRASE
    assert not quoting.is_known(wording)


@pytest.mark.parametrize("rule", QuoteRule)
def test_a_rule_is_read_as_itself(rule):
    assert quoting.read(rule.value) is rule


PLACE = "S01-T03, post 0113"
PUBLISHED = [
    (UNSET, "", "Her words", How.VERBATIM),
    (UNSET, "Mine", "Her words", How.VERBATIM),
    (VERBATIM, "", "Her words", How.VERBATIM),
    (VERBATIM, "Mine", "Her words", How.VERBATIM),
    (PARAPHRASE, "", "[to be paraphrased: S01-T03, post 0113]", How.TO_PARAPHRASE),
    (PARAPHRASE, "Mine", "Mine (paraphrased)", How.PARAPHRASED),
    (DO_NOT_QUOTE, "", "[not to be quoted: S01-T03, post 0113]", How.NOT_QUOTED),
    (DO_NOT_QUOTE, "Mine", "[not to be quoted: S01-T03, post 0113]", How.NOT_QUOTED),
    (WITHDRAWN, "", "[withdrawn: S01-T03, post 0113]", How.WITHDRAWN),
    (WITHDRAWN, "Mine", "[withdrawn: S01-T03, post 0113]", How.WITHDRAWN),
]


@pytest.mark.parametrize(("rule", "paraphrase", "text", "how"), PUBLISHED)
def test_each_rule_prints_what_it_allows(rule, paraphrase, text, how):
    paraphrases = [paraphrase] if paraphrase else []
    assert published(rule, "Her words", paraphrases, PLACE) == (text, how)


@pytest.fixture
def study(tmp_path: Path):
    project = made(
        tmp_path,
        thread("S01-T03", "Group", *POSTS),
        interview("P02", *TURNS),
    )
    yield project
    project.close()


def post(project, n=0):
    return project.sources.units(project.sources.find("S01-T03").guid)[n]


def rule_of(project, coding):
    [segment] = project.segments.named([coding.guid])
    return segment.quote_rule


def last_step(project):
    return project.audit.record(project.audit.head()[0])


# Which rule holds: plainly told a second time


def told_plainly(collection, source, posts, coding):
    """By hand: withdrawn anywhere; else the coding's; else the strictest post, each post's own
    rule before its source's before its collection's."""
    if WITHDRAWN in (collection, source, *posts, coding):
        return WITHDRAWN
    if coding:
        return coding
    inherited = source if source else collection
    each = [one if one else inherited for one in posts]
    for rule in (DO_NOT_QUOTE, PARAPHRASE, VERBATIM):
        if rule in each:
            return rule
    return UNSET


Rule = st.sampled_from(QuoteRule)


@settings(max_examples=60)
@given(collection=Rule, source=Rule, posts=st.tuples(Rule, Rule, Rule), own=Rule,
       first=st.integers(0, 2), many=st.integers(1, 3))  # fmt: skip
def test_the_rule_that_holds_is_told_alike_by_a_second_way(
    shared, collection, source, posts, own, first, many
):
    project = shared
    coding = project.codings.all()[0]
    thread_, units = project.sources.get(coding.source), project.sources.units(coding.source)
    touched = units[first : first + many]
    project.codings.move(coding.guid, touched[0].start + 3, touched[-1].end - 3)
    set_all(project, "Group", collection)
    targets = [thread_, *units, project.codings.get(coding.guid)]
    for target, rule in zip(targets, (source, *posts, own), strict=True):
        project.quoting.set_rule(target, rule, "drawn by lot")
    held = posts[first : first + many]
    assert rule_of(project, coding) is told_plainly(collection, source, held, own)
    [row] = project.segments.coded()
    assert row.quote_rule == own.value


@pytest.fixture(scope="module")
def shared():
    with TemporaryDirectory() as folder:
        project = made(Path(folder), thread("S01-T03", "Group", *POSTS))
        code_words(project, "S01-T03", POSTS[0])
        yield project
        project.close()


LEVELS = [
    ((PARAPHRASE, UNSET, UNSET, UNSET), PARAPHRASE, Level.COLLECTION),
    ((PARAPHRASE, VERBATIM, UNSET, UNSET), VERBATIM, Level.SOURCE),
    ((VERBATIM, VERBATIM, DO_NOT_QUOTE, UNSET), DO_NOT_QUOTE, Level.POST),
    ((PARAPHRASE, UNSET, UNSET, VERBATIM), VERBATIM, Level.PASSAGE),
    ((WITHDRAWN, VERBATIM, VERBATIM, VERBATIM), WITHDRAWN, Level.COLLECTION),
    ((UNSET, UNSET, WITHDRAWN, VERBATIM), WITHDRAWN, Level.POST),
    ((UNSET, UNSET, UNSET, UNSET), UNSET, Level.NOWHERE),
]


@pytest.mark.parametrize(("rules", "rule", "level"), LEVELS)
def test_the_nearest_rule_holds_and_says_where_it_is_set(study, rules, rule, level):
    collection, source, of_post, own = rules
    set_all(study, "Group", collection)
    study.quoting.set_rule(study.sources.find("S01-T03"), source, "r")
    found = study.quoting.rules().of(study.sources.find("S01-T03").guid, [of_post], own)
    assert (found.rule, found.level) == (rule, level)


def test_a_passage_takes_only_the_posts_whose_words_it_holds(tmp_path):
    rules = ("verbatim", "withdrawn", "do not quote")
    project = made(tmp_path, thread("T", "Group", POSTS[0], "", POSTS[2], rules=rules))
    text = project.sources.text(project.sources.find("T").guid)
    first = code_words(project, "T", POSTS[0] + "\n")
    both = code_words(project, "T", text, "Other")
    assert rule_of(project, first) is VERBATIM
    assert rule_of(project, both) is DO_NOT_QUOTE  # the post between holds no words
    project.close()


# Quotations


def test_a_rule_on_a_single_post_is_seen(study):
    study.quoting.set_rule(post(study, 1), DO_NOT_QUOTE)
    kept, free = code_words(study, "S01-T03", "Walruses"), code_words(study, "S01-T03", "Zebras")
    found = quoting.quotations(study.segments.named([free.guid, kept.guid]))
    assert [one.text for one in found] == ["Zebras", "[not to be quoted: S01-T03, post 0111]"]


def test_several_coders_of_the_same_words_are_one_quotation(study):
    ana = code_words(study, "P02", "Hedgehogs")
    study.codings.set_memo(ana.guid, "Look")
    study.coders.add("Ben")
    study.act_as("Ben")
    ben = code_words(study, "P02", "Hedgehogs")
    study.codings.set_memo(ben.guid, "Again")
    longer, other = code_words(study, "P02", "Hedgehogs knit"), code_words(
        study, "P02", "Hedgehogs", "Other")  # fmt: skip
    found = quoting.quotations(study.segments.of())
    assert sorted((one.text, one.coders, one.memo) for one in found) == [
        ("Hedgehogs", ("Ana", "Ben"), "Ana: Look\nBen: Again"),
        ("Hedgehogs", ("Ben",), ""),
        ("Hedgehogs knit", ("Ben",), ""),
    ]
    assert {longer.guid, other.guid} < {one.first.coding.guid for one in found}


def test_an_exception_and_a_paraphrase_hold_for_the_words_whoever_else_coded_them(study):
    study.quoting.set_rule(post(study), PARAPHRASE)
    ana = code_words(study, "S01-T03", "Zebras")
    study.coders.add("Ben")
    study.act_as("Ben")
    code_words(study, "S01-T03", "Zebras")
    study.act_as("Ana")
    study.codings.set_paraphrase(ana.guid, "Striped ones")
    [one] = quoting.quotations(study.segments.of())
    assert (one.text, one.coders) == ("Striped ones (paraphrased)", ("Ana", "Ben"))
    study.quoting.set_rule(ana, VERBATIM, "she agreed on the telephone")
    [one] = quoting.quotations(study.segments.of())
    assert (one.text, one.rule) == ("Zebras", VERBATIM)


def test_of_what_is_withdrawn_only_the_place_is_told(study):
    coding = code_words(study, "P02", "Hedgehogs")
    study.codings.set_memo(coding.guid, "She said more of this")
    study.cases.add("Noor", sources=[coding.source])
    study.quoting.set_rule(study.sources.find("P02"), WITHDRAWN)
    [one] = quoting.quotations(study.segments.of())
    assert (one.text, one.cases, one.speaker, one.memo) == ("[withdrawn: P02, turn 2]", (), "", "")
    assert quoting.as_text([one]) == "[withdrawn: P02, turn 2]"


def test_all_who_speak_in_a_passage_are_named_in_order(study):
    across = code_words(study, "P02", "What did you do?\n[SYNTHETIC] Hedgehogs")
    alone = code_words(study, "P02", "knit")
    found = study.segments.named([across.guid, alone.guid])
    assert [one.speaker for one in found] == ["Interviewer, P02", "P02"]


def test_the_title_of_a_thread_is_not_printed_where_its_words_may_not_be(tmp_path):
    project = made(
        tmp_path,
        thread("", "Group", POSTS[0], title="Zebras and scarves"),
        thread("t1", "Group", POSTS[1], title="Walruses"),
        thread("t1", "Other", POSTS[2], title="Ocelots"),
    )
    set_all(project, "Group", PARAPHRASE)
    names = ["Zebras and scarves", "t1 Walruses", "t1 Ocelots"]
    for name, word in zip(names, ("Zebras", "Walruses", "Ocelots"), strict=True):
        code_words(project, name, word)
    assert sorted(one.text for one in quoting.quotations(project.segments.of())) == [
        "Ocelots",
        "[to be paraphrased: t1 (Group), post 0110]",
        "[to be paraphrased: thread 1 in Group, post 0110]",
    ]
    set_all(project, "Group", VERBATIM)
    assert "Zebras and scarves" in {one.printed_name for one in project.segments.of()}
    project.close()


# Setting a rule


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
        f"Ana {did} the paraphrase of a passage of Help in P02, turn 2."
        for did in ("wrote", "changed", "took away")
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
