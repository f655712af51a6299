"""Rules of autocoding: what a rule finds in each text, and how much around it is meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import or_, select

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Role, UnitKind
from qualcoder_sm.project import expressions, folding, passages
from qualcoder_sm.project.filters import Filter, sources_of
from qualcoder_sm.project.passages import Watch
from qualcoder_sm.project.patterns import Haystack, Pattern
from qualcoder_sm.project.search import Search, SearchQuery
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import ColumnElement

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.passages import Passage, UnitPlace
    from qualcoder_sm.spans import Span

    Found = Iterator[tuple[Passage, list[Span]]]


class Scope(StrEnum):
    """How much is coded of what a rule finds: itself, or the sentences, lines or units it is in."""

    MATCH = "match"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Words:
    """Any of these words or phrases; with `stem` also longer words that begin like them."""

    words: tuple[str, ...]
    whole_word: bool = True
    stem: bool = False


@dataclass(frozen=True, slots=True)
class Regex:
    """What a regular expression finds."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search finds."""

    query: SearchQuery


@dataclass(frozen=True, slots=True)
class Speaker:
    """What these speakers or authors say, by pseudonym key."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands under a heading up to the next, or under an interviewer's turn up to the next.

    The heading or turn holds `text`, or with `regex` something that fits the pattern.
    """

    text: str
    regex: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """The sources of cases that have this value of an attribute."""

    name: str
    value: str


Rule: TypeAlias = Words | Regex | Searched | Speaker | Heading | Attribute

_SUFFIXES = ("ing", "ed", "es", "ly", "s", "d", "e", "y")
_SHORTEST_STEM = 4
_NOWHERE = ("",)


def told(rule: Rule, scope: Scope) -> str:
    """The rule in words, for the audit trail."""
    if scope is Scope.MATCH:
        return _told(rule)
    return tr("{rule}; each {scope}", rule=_told(rule), scope=scope.value)


def _told(rule: Rule) -> str:
    match rule:
        case Words(words, whole_word, stem):
            listed = ", ".join(words)
            if stem:
                return tr("words that begin like {words}", words=listed)
            return (tr("whole words {words}", words=listed) if whole_word
                    else tr("parts of words {words}", words=listed))  # fmt: skip
        case Regex(pattern):
            return tr("pattern {pattern}", pattern=pattern)
        case Searched(query):
            return tr("search {words}", words=query.words)
        case Speaker(names):
            return tr("speaker {names}", names=", ".join(names))
        case Heading(text):
            return tr("under the heading or question {text}", text=text)
        case Attribute(name, value):
            return tr("attribute {name} = {value}", name=name, value=value)


def found(
    core: Core,
    rule: Rule,
    scope: Scope,
    sources: Sequence[str],
    goes_on: Callable[[int, int], bool] | None = None,
) -> Found:
    """The texts in which a rule finds words, with the spans to code in each, sorted.

    Raises WrongUsage when the rule cannot be read.
    """
    match rule:
        case Words() | Regex() | Searched():
            query = _query(rule, sources)
            wider = _around(Search(core).passages(query, goes_on), scope)
        case Speaker(names):
            wider = _within(_spoken(core, names, sources), scope)
        case Heading():
            wider = _within(_under(core, rule, sources, goes_on), scope)
        case Attribute(name, value):
            wider = _within(_with_attribute(core, name, value, sources), scope)
    return _on_words(wider)


def parts(passage: Passage, scope: Scope, start: int, end: int) -> list[Span]:
    """The sentences, lines or units that text[start:end] touches; itself for a match."""
    match scope:
        case Scope.MATCH:
            return [(start, end)]
        case Scope.UNIT:
            first = bisect_right(passage.ends, start)
            last = next((i for i in range(first, len(passage.spans))
                         if passage.spans[i][0] >= end), len(passage.spans))  # fmt: skip
            return passage.spans[first:last]
        case Scope.PARAGRAPH:
            return _lines(passage.text, start, end)
        case Scope.SENTENCE:
            return [
                sentence
                for line in _lines(passage.text, start, end)
                for sentence in _touching(passage.sentences(line), start, end)
            ]


def _touching(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of the spans, which are sorted and apart, that share characters with text[start:end]."""
    first = bisect_right(spans, start, key=itemgetter(1))
    return spans[first : bisect_left(spans, end, key=itemgetter(0))]


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The lines that text[start:end] touches, without their newlines; empty ones left out."""
    lines: list[Span] = []
    at = text.rfind("\n", 0, start) + 1
    while at < end:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if at < stop and stop > start:
            lines.append((at, stop))
        at = stop + 1
    return lines


def _around(found: Found, scope: Scope) -> Found:
    """Each match with what it is part of."""
    for passage, spans in found:
        yield passage, [_widened(passage, scope, *span) for span in spans]


def _widened(passage: Passage, scope: Scope, start: int, end: int) -> Span:
    touched = parts(passage, scope, start, end)
    return (touched[0][0], touched[-1][1]) if touched else (start, end)


def _within(found: Found, scope: Scope) -> Found:
    """The parts of each stretch, cut where the stretch ends."""
    for passage, stretches in found:
        yield (
            passage,
            [
                (max(a, start), min(b, end))
                for start, end in stretches
                for a, b in parts(passage, scope, start, end)
            ],
        )


def _on_words(found: Found) -> Found:
    """Each span on its words, once and in order; those without any are left out."""
    for passage, spans in found:
        worded = {passage.on_words(*span) for span in spans}
        if kept := sorted((start, end) for start, end in worded if start < end):
            yield passage, kept


def _query(rule: Words | Regex | Searched, sources: Sequence[str]) -> SearchQuery:
    match rule:
        case Searched(query):
            both = [one for one in sources if not query.sources or one in query.sources]
            return replace(query, sources=tuple(both) or _NOWHERE) if sources else query
        case Regex(pattern):
            return SearchQuery(pattern, regex=True, sources=tuple(sources))
        case Words(words, whole_word, stem):
            leaves = [
                expressions.leaf(_stem(word) if stem else word, prefix=stem, whole=whole_word)
                for word in words
            ]
            known = tuple(dict.fromkeys(leaf for leaf in leaves if leaf))
            if not known:
                raise WrongUsage(tr("Name at least one word to look for."))
            wanted = known[0] if len(known) == 1 else expressions.AnyOf(known)
            return SearchQuery(wanted, sources=tuple(sources))


def _stem(word: str) -> str:
    """The word without a common English ending, four letters at least."""
    folded = folding.fold(word.strip())
    return next(
        (
            folded.removesuffix(suffix)
            for suffix in _SUFFIXES
            if folded.endswith(suffix) and len(folded) - len(suffix) >= _SHORTEST_STEM
        ),
        folded,
    )


def _spoken(core: Core, names: Sequence[str], sources: Sequence[str]) -> Found:
    p = schema.people.c
    there = _sources_with(core, sources, p.key.in_(names))
    for passage in passages.texts(core, sources=there):
        yield passage, [(u.start, u.end) for u in passage.units if u.speaker in names]


def _under(
    core: Core,
    rule: Heading,
    sources: Sequence[str],
    goes_on: Callable[[int, int], bool] | None,
) -> Found:
    fitting = _fitting(core, rule)
    u, p = schema.units.c, schema.people.c
    there = _sources_with(
        core, sources, or_(u.kind == UnitKind.HEADING.value, p.role == Role.INTERVIEWER.value)
    )
    watch = Watch(goes_on, len(there))
    for passage in passages.texts(core, sources=there):
        watch.count()
        yield passage, _sections(passage, fitting(passage, watch.look))


def _sections(passage: Passage, fitting: set[UnitPlace]) -> list[Span]:
    """From the unit after a fitting heading or question to the last before the next."""
    sections: list[Span] = []
    under: UnitPlace | None = None
    begins = True
    for unit in passage.units:
        if _ends(under, unit):
            under = unit if unit in fitting else None
            begins = True
        elif under:
            start = unit.start if begins else sections.pop()[0]
            sections.append((start, unit.end))
            begins = False
    return sections


def _ends(under: UnitPlace | None, unit: UnitPlace) -> bool:
    """Whether a unit begins something new: under a heading, questions do not."""
    if under and under.kind == UnitKind.HEADING:
        return unit.kind == UnitKind.HEADING
    return passages.heading(unit)


def _fitting(core: Core, rule: Heading) -> Callable[[Passage, Callable[[], None]], set[UnitPlace]]:
    """What tells the headings and questions of a text that a rule means; it waits as `Pattern`."""
    pattern = Pattern(rule.text) if rule.regex else None
    wanted = _plain(rule.text.strip())
    if not rule.regex and not wanted:
        raise WrongUsage(tr("Name some words of the heading or question."))

    def fitting(passage: Passage, waits: Callable[[], None]) -> set[UnitPlace]:
        heads = {u: passage.text[u.start : u.end] for u in passage.units if passages.heading(u)}
        if pattern is None:
            return {unit for unit, text in heads.items() if wanted in _plain(text)}
        name = Texts(core).get(passage.source).name
        places = [Haystack(name, text, [(0, len(text))]) for text in heads.values()]
        found = zip(heads, pattern.spans(places, waits), strict=True)
        return {unit for unit, spans in found if spans}

    return fitting


def _plain(text: str) -> str:
    return folding.fold(text).replace(folding.MARK, "")


def _with_attribute(core: Core, name: str, value: str, sources: Sequence[str]) -> Found:
    which = sources_of(core, Filter(sources=tuple(sources), attributes=((name, value),)))
    for passage in passages.texts(core, sources=sorted(which or ())):
        yield passage, [(0, len(passage.text))]


def _sources_with(core: Core, sources: Sequence[str], condition: ColumnElement[bool]) -> list[str]:
    """The sources, of those named if any, that have a unit like this."""
    u = schema.units.c
    statement = (
        select(u.source)
        .join_from(schema.units, schema.people, isouter=True)
        .where(condition)
        .distinct()
    )
    there = {row.source for row in core.fetch(statement)}
    return sorted(there & set(sources) if sources else there)
