"""How words may be published: what wordings mean, which rule holds, and what is printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quoting_studies import POSTS, code_words, made, post, set_all, thread

from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project import quoting
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


def rule_of(project, coding):
    [segment] = project.segments.named([coding.guid])
    return segment.quote_rule


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
        "[to be paraphrased: thread 2 in Group, post 0110]",
    ]
    set_all(project, "Group", VERBATIM)
    assert "Zebras and scarves" in {one.printed_name for one in project.segments.of()}
    project.close()


def test_of_two_exceptions_for_the_same_words_the_stricter_holds(study):
    """Whoever made them, and whichever was made first."""
    study.coders.add("Ben")
    for first, second in ((VERBATIM, DO_NOT_QUOTE), (DO_NOT_QUOTE, VERBATIM)):
        made = []
        for coder, rule in (("Ana", first), ("Ben", second)):
            study.act_as(coder)
            mine = code_words(study, "P02", "Hedgehogs knit", f"{first} {second}")
            study.quoting.set_rule(mine, rule, "agreed")
            made.append(mine.guid)
        [one] = quoting.quotations(study.segments.named(made))
        assert (one.rule, one.how) == (DO_NOT_QUOTE, How.NOT_QUOTED)


def test_what_a_rule_means_is_told():
    told = {rule: quoting.told(rule) for rule in QuoteRule}
    begins = ("No rule is set.", "Verbatim.", "Paraphrase only. Until", "Do not quote.",
              "Withdrawn.")  # fmt: skip
    for rule, words in zip(QuoteRule, begins, strict=True):
        assert told[rule].startswith(words)
        assert ("print the words" in told[rule]) is rule.allows_words
    written = quoting.told(PARAPHRASE, paraphrased=True)
    assert written.endswith("print your paraphrase.")
    assert quoting.told(DO_NOT_QUOTE, paraphrased=True) == told[DO_NOT_QUOTE]
