"""Patterns: they find what `re` finds, and one that takes for ever ends in a sentence."""

import re

import pytest
from builders import add_text, new_project
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.errors import Cancelled, WrongUsage
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project import patterns
from qualcoder_sm.project.patterns import Haystack, Pattern
from qualcoder_sm.project.rules import Heading, Regex, Scope
from qualcoder_sm.project.search import SearchQuery, Within

FOR_EVER = "(a+)+b"
ALL_A = "a" * 40
LETTERS = "aAbé ßıKİ\n\x85\u2028_1-😀\u200d\u0301\ud800"
PARTS = [*"abBß.^$|", r"\w", r"\b", r"\s", r"\d", "[a-c]", "[^b]", "(a)", "(?:ab|a)", "(?=b)",
         "(?<=a)", r"\1", "{2}", "*", "+?", "?", "(", "(?i:B)", r"\Z", "é", "😀"]  # fmt: skip


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    text = f"[SYNTHETIC] ab\n{ALL_A}"
    units = UnitDraft(0, 14, UnitKind.PARAGRAPH), UnitDraft(15, len(text), UnitKind.HEADING)
    project.sources.add(Bundle((SourceDraft("First", SourceKind.TEXT, text, units),)))
    yield project
    project.close()


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 1)
    list(Pattern("a").spans([Haystack("", "a", [(0, 1)])]))  # the process has started


def found(project, words, **where):
    return [hit.words for hit in project.search.find(SearchQuery(words, regex=True, **where))]


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join),
    st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=3),
)
def test_a_pattern_finds_what_re_finds(written, texts):
    haystacks = [Haystack("", text, [(0, len(text) // 2), (len(text) // 2, len(text))])
                 for text in texts]  # fmt: skip
    try:
        plain = re.compile(written, re.IGNORECASE | re.MULTILINE)
    except re.error as why:
        with pytest.raises(WrongUsage, match=re.escape(str(why))):
            Pattern(written)
        return
    assert list(Pattern(written).spans(haystacks)) == [
        [match.span() for stretch in one.stretches for match in plain.finditer(one.text, *stretch)
         if match[0]]
        for one in haystacks
    ]  # fmt: skip


def test_many_texts_come_back_in_order():
    haystacks = [Haystack("", "b" * n + "a", [(0, n + 1)]) for n in range(1000)]
    assert list(Pattern("a").spans(haystacks)) == [[(n, n + 1)] for n in range(1000)]


@pytest.mark.parametrize("text", [ALL_A, "a" * 200_000])
def test_a_pattern_that_takes_for_ever_ends_in_a_sentence_that_names_the_source(
    project, hasty, text
):
    add_text(project, "Second", f"[SYNTHETIC] {text}")
    with pytest.raises(WrongUsage, match=r"^This pattern takes too long on Second; .+ leave this"):
        found(project, FOR_EVER, sources=(project.sources.find("Second").guid,))
    assert found(project, "a b|ab") == ["ab"]


def test_it_ends_also_where_whole_sources_are_looked_through(project, hasty):
    with pytest.raises(WrongUsage, match="takes too long on First"):
        found(project, FOR_EVER, within=Within.SOURCE)


@pytest.mark.parametrize("rule", [Regex(FOR_EVER), Heading(FOR_EVER, regex=True)])
def test_rules_end_in_the_same_sentence(project, hasty, rule):
    code = project.codebook.add("Code").guid
    with pytest.raises(WrongUsage, match="takes too long on First"):
        project.autocode.proposals(rule, Scope.MATCH, code)


@pytest.mark.parametrize("rule", [Regex(FOR_EVER), Heading(FOR_EVER, regex=True)])
def test_it_can_be_stopped_in_the_midst_of_one_text(project, rule):
    asked = []

    def goes_on(done, total):
        asked.append((done, total))
        return len(asked) < 4

    code = project.codebook.add("Code").guid
    with pytest.raises(Cancelled, match="stopped"):
        project.autocode.proposals(rule, Scope.MATCH, code, goes_on=goes_on)
    assert asked[-2] == asked[-1]


def test_a_pattern_too_large_to_be_read_is_refused(monkeypatch):
    monkeypatch.setattr(patterns, "SECONDS", 0)
    with pytest.raises(WrongUsage, match="it is too large"):
        Pattern("a")
