"""Autocoding: what a rule proposes, that nothing is overwritten, and that it is one step."""

import pytest
from builders import add_text, new_project

from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft, UnitDraft
from qualcoder_sm.errors import NotCodable, WrongUsage
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project import audit, passages
from qualcoder_sm.project.check import check
from qualcoder_sm.project.rules import (
    Attribute,
    Heading,
    Regex,
    Scope,
    Searched,
    Speaker,
    Words,
)
from qualcoder_sm.project.search import SearchQuery

TURNS = [
    ("I", "What was work like?"),
    ("P01", "Tiring. I was tired every day. Then weary 😀."),
    ("P02", "Not me."),
    ("I", "And caf\u00e9s? At home?"),
    ("P01", "At home I was never tired."),
]


def transcript(name, turns):
    text, units = "", []
    for speaker, words in turns:
        start = len(text)
        text += f"{words}\n"
        kind = UnitKind.HEADING if speaker == "#" else UnitKind.TURN
        units.append(UnitDraft(start, start + len(words), kind, None if speaker == "#" else speaker,
                               role="interviewer" if speaker == "I" else ""))  # fmt: skip
    return SourceDraft(name, SourceKind.TRANSCRIPT, text, tuple(units))


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    project.sources.add(Bundle((transcript("Talk", TURNS),)))
    project.codebook.add("Fatigue")
    yield project
    project.close()


def code(project):
    return project.codebook.find("Fatigue").guid


def proposed(project, rule, scope=Scope.MATCH, **limits):
    return [
        one.hit.words for one in project.autocode.proposals(rule, scope, code(project), **limits)
    ]


WORDS = Words(("tired", "weary"))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (WORDS, ["tired", "weary", "tired"]),
        (Words(("TIRED",)), ["tired", "tired"]),
        (Words(("tir",)), []),
        (Words(("ir",), whole_word=False), ["ir", "ir", "ir"]),
        (Words(("working", "homes"), stem=True), ["work", "home", "home"]),
        (Words(("😀", "every day")), ["every day", "😀"]),
        (Regex(r"\btir\w+"), ["Tiring", "tired", "tired"]),
        (Searched(SearchQuery("tired -weary")), ["tired"]),
        (Speaker(("P02",)), ["Not me."]),
        (Heading("work LIKE"), ["Tiring. I was tired every day. Then weary 😀.\nNot me."]),
        (Heading("cafes"), ["At home I was never tired."]),
        (Heading("^and", regex=True), ["At home I was never tired."]),
        (Heading("absent"), []),
    ],
)
def test_a_rule_proposes(project, rule, words):
    assert proposed(project, rule) == words


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (
            Scope.SENTENCE,
            ["I was tired every day.", "Then weary 😀.", "At home I was never tired."],
        ),
        (Scope.PARAGRAPH, [TURNS[1][1], TURNS[4][1]]),
        (Scope.UNIT, [TURNS[1][1], TURNS[4][1]]),
    ],
)
def test_more_around_a_match_may_be_meant(project, scope, words):
    assert proposed(project, WORDS, scope) == words


def test_a_line_with_many_hits_is_cut_into_sentences_once(project, monkeypatch):
    cut = []

    def sentences(line):
        cut.append(line)
        return plainly(line)

    plainly = passages.sentences
    monkeypatch.setattr(passages, "sentences", sentences)
    add_text(project, "Long", "[SYNTHETIC] Never.\n" + "So tired. Tired, not weary! " * 300)
    words = proposed(project, WORDS, Scope.SENTENCE,
                     sources=(project.sources.find("Long").guid,))  # fmt: skip
    assert words == ["So tired.", "Tired, not weary!"] * 300
    assert len(cut) == 1


@pytest.mark.parametrize(
    ("scope", "n", "first"),
    [
        (Scope.SENTENCE, 4, "Tiring."),
        (Scope.PARAGRAPH, 2, TURNS[1][1]),
        (Scope.UNIT, 2, TURNS[1][1]),
    ],
)
def test_what_a_speaker_says_can_be_coded_in_parts(project, scope, n, first):
    words = proposed(project, Speaker(("P01",)), scope)
    assert (len(words), words[0]) == (n, first)


def test_under_a_heading_questions_do_not_end_it(tmp_path):
    project = new_project(tmp_path)
    turns = [("#", "One"), ("I", "Who?"), ("P01", "Me."), ("#", "Two"), ("P01", "You.")]
    project.sources.add(Bundle((transcript("Talk", turns),)))
    project.codebook.add("Fatigue")
    assert proposed(project, Heading("one"), Scope.UNIT) == ["Who?", "Me."]
    assert proposed(project, Heading("two")) == ["You."]
    project.close()


def test_sources_are_chosen_by_an_attribute_of_their_case_or_by_name(project):
    other = add_text(project, "Notes", "Tired people.\n\n  \nMore.")
    drafts = [CaseDraft("P1", "person", {"age": "30"}, ("Notes",))]
    project.cases.take(drafts, "cases")
    assert proposed(project, Attribute("age", "30"), Scope.PARAGRAPH) == ["Tired people.", "More."]
    assert proposed(project, Attribute("age", "31")) == []
    assert proposed(project, WORDS, sources=(other.guid,)) == ["Tired"]
    assert proposed(project, Speaker(("P01",)), sources=(other.guid,)) == []


@pytest.mark.parametrize("rule", [Words(()), Words((" ",)), Regex("("), Regex(""), Heading(" ")])
def test_a_rule_that_cannot_be_read_is_refused(project, rule):
    with pytest.raises(WrongUsage):
        proposed(project, rule)


def test_what_was_looked_through_is_coded_in_one_step_that_tells_the_rule(project):
    proposals = project.autocode.proposals(WORDS, Scope.UNIT, code(project))
    assert [one.already for one in proposals] == [False, False]
    steps = project.audit.head()[0]
    applied = project.autocode.apply(code(project), proposals[:1], WORDS, Scope.UNIT)
    assert (len(applied.codings), applied.skipped) == (1, 0)
    assert project.audit.head()[0] == steps + 1
    assert audit.sentence(project.audit.record(steps + 1)) == (
        "Ana autocoded 1 passage with Fatigue: whole words tired, weary; each unit."
    )
    project.undo()
    assert project.codings.all() == []
    assert check(project) == []


def test_what_the_coder_has_there_already_is_kept_and_skipped(project):
    [talk] = project.sources.all()
    text = project.sources.text(talk.guid)
    start = text.index("I was tired")
    mine = project.codings.apply(code(project), talk.guid, start, start + 22, "[SYNTHETIC] memo")
    proposals = project.autocode.proposals(WORDS, Scope.MATCH, code(project))
    assert [one.already for one in proposals] == [True, False, False]
    applied = project.autocode.apply(code(project), [*proposals, *proposals], WORDS, Scope.MATCH)
    assert (len(applied.codings), applied.skipped) == (2, 4)
    assert project.codings.get(mine.guid) == mine
    again = project.autocode.apply(code(project), proposals, WORDS, Scope.MATCH)
    assert (again.codings, again.skipped) == ((), 3)
    project.coders.add("Ben")
    project.act_as("Ben")
    assert [one.already for one in project.autocode.proposals(WORDS, Scope.MATCH, code(project))] == [
        False, False, False]  # fmt: skip


def test_a_theme_is_not_applied_and_a_text_that_changed_is_looked_at_again(project):
    theme = project.codebook.add("Theme", codable=False).guid
    proposals = project.autocode.proposals(WORDS, Scope.MATCH, theme)
    with pytest.raises(NotCodable):
        project.autocode.apply(theme, proposals, WORDS, Scope.MATCH)
    [talk] = project.sources.all()
    text = project.sources.text(talk.guid)
    project.sources.correct(talk.guid, "More. " + text)
    with pytest.raises(WrongUsage, match="changed since"):
        project.autocode.apply(code(project), proposals, WORDS, Scope.MATCH)
    assert project.codings.all() == []


def test_every_unit_that_a_selection_touches_is_coded(project):
    [talk] = project.sources.all()
    units = project.sources.units(talk.guid)
    applied = project.autocode.code_units(
        code(project), talk.guid, units[1].start + 3, units[3].start + 1
    )
    assert [(one.start, one.end) for one in applied.codings] == [
        (u.start, u.end) for u in units[1:4]
    ]
    assert len(project.codings.all()) == 3
    with pytest.raises(WrongUsage):
        project.autocode.code_units(code(project), talk.guid, 10_000, 10_001)


def test_a_search_is_limited_to_the_sources_named_as_other_rules_are(project):
    add_text(project, "Second", "[SYNTHETIC] tired again")
    first, second = (project.sources.find(name).guid for name in ("Talk", "Second"))
    for rule in (Words(("tired",)), Regex("tired"), Searched(SearchQuery("tired"))):
        assert proposed(project, rule) == ["tired"] * 3
        assert proposed(project, rule, sources=[second]) == ["tired"]
    own = Searched(SearchQuery("tired", sources=(first,)))
    assert proposed(project, own) == ["tired"] * 2
    assert proposed(project, own, sources=[first, second]) == ["tired"] * 2
    assert proposed(project, own, sources=[second]) == []
