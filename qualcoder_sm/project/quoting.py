"""Quoting: how the words of participants may be published, decided in this one place.

A rule can stand at a collection, a source, a post and a single passage. The nearest one holds,
but what is withdrawn anywhere stays withdrawn; words over several posts take the strictest of
them. What is published (quotations, in whatever file or on the clipboard) follows the rule.
Working data (segments, workbooks, texts) keep the words, with the rule beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import QuoteRule, SourceKind
from qualcoder_sm.project import labels, lists
from qualcoder_sm.project.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcoder_sm.model import Segment, Source
    from qualcoder_sm.project.core import Core


class Level(StrEnum):
    """Where a rule is set; NOWHERE when none is."""

    PASSAGE = "passage"
    POST = "post"
    SOURCE = "source"
    COLLECTION = "collection"
    NOWHERE = ""


class How(StrEnum):
    """How a quotation is published."""

    VERBATIM = "word for word"
    PARAPHRASED = "paraphrased"
    TO_PARAPHRASE = "to be paraphrased"
    NOT_QUOTED = "not to be quoted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rule that holds, where it is set, and its wording as it was imported or set."""

    rule: QuoteRule = QuoteRule.UNSET
    level: Level = Level.NOWHERE
    wording: str = ""


NO_RULE = Ruling()
_ORDER = {rule: n for n, rule in enumerate(QuoteRule)}

# Read in this order; what fits none is not known.
_NOT = r"\b(?:no|not|never|dont|cannot|cant|without)\b"
_OPEN = r"\b(?:unless|until|if|except|ask|pending|permission|approval|consent)\b"
_WORDINGS = (
    (QuoteRule.WITHDRAWN,
     r"^(?!.*\b(?:unless|until|if|except|can be|may be)\b).*"
     r"(?<!not )(?<!never )\b(?:withdrawn|withdrew|withdraws|withdrawal|revoked)\b"),
    (QuoteRule.DO_NOT_QUOTE, rf"{_NOT}.*\b(?:or|nor|even) paraphras"),
    (QuoteRule.PARAPHRASE,
     rf"paraphras|\bown words\b|\breword|{_NOT}(?: \w+){{0,3}} (?:verbatim|direct|exact|word for)"),
    (QuoteRule.DO_NOT_QUOTE,
     rf"{_NOT}(?: (?:to|be|any|ever))* quot|^(?:no|none|nothing|not at all)$"),
    (QuoteRule.VERBATIM,
     rf"^(?!.*{_OPEN})(?!.*{_NOT}).*\b(?:verbatim|word for word|direct quot|(?:may|can) be quoted)"),
)  # fmt: skip


@cache
def _known(wording: str) -> QuoteRule | None:
    said = " ".join(re.findall(r"\w+", re.sub("['’]", "", wording.casefold())))
    if not said:
        return QuoteRule.UNSET
    return next((rule for rule, pattern in _WORDINGS if re.search(pattern, said)), None)


def read(wording: str) -> QuoteRule:
    """The rule that a free text means, such as "Paraphrase only" or "no verbatim quotes".

    One that is not known counts as the strictest that still lets something be told: paraphrase.
    """
    known = _known(wording)
    return QuoteRule.PARAPHRASE if known is None else known


def is_known(wording: str) -> bool:
    """Whether it is known what a free text means, so that `read` need not guess."""
    return _known(wording) is not None


def strictness(rule: QuoteRule) -> int:
    """How much a rule forbids; without a rule nothing is forbidden, as with verbatim."""
    return max(1, _ORDER[rule])


def decided(*nearest_first: Ruling) -> Ruling:
    """The ruling that holds: one that withdraws, else the nearest that is set."""
    withdrawn = (one for one in nearest_first if one.rule is QuoteRule.WITHDRAWN)
    return next(withdrawn, next((one for one in nearest_first if one.rule), NO_RULE))


class Rules:
    """The rules of all sources and collections, read once to be asked for many passages."""

    def __init__(self, core: Core) -> None:
        sources, collections = Texts(core).all(), lists.collections(core)
        self._collections = {
            one.guid: _ruling(Level.COLLECTION, one.quote_rule) for one in collections
        }
        self._sources = {one.guid: one for one in sources}
        self._rulings: dict[str, Ruling] = {}
        self._named = {one.guid: one.name for one in collections}

    def of_collection(self, collection: str | None) -> Ruling:
        """The ruling of a collection, by guid; none outside of collections."""
        return self._collections.get(collection or "", NO_RULE)

    def of(self, source: str, posts: Iterable[str] = (), own: str = "") -> Ruling:
        """The ruling for words of a source that lie in posts with these wordings.

        `own` is the wording of a coding's own rule.
        """
        above = self._of_source(source)
        each = [decided(_ruling(Level.POST, wording), above) for wording in posts]
        strictest = max(each, key=_order) if each else above
        return decided(_ruling(Level.PASSAGE, own), strictest) if own else strictest

    def printed_name(self, source: str, first_post: str = "") -> str:
        """What a source may be called in print, by the wording of its first post's rule.

        A thread is called by its id. One without an id is called by its title or first words,
        which are a participant's: where those may not stand, by its number in the collection.
        """
        name, number = self._printed_names.get(source, ("", ""))
        return name if self.of(source, [first_post]).rule.allows_words else number

    def _of_source(self, guid: str) -> Ruling:
        if guid not in self._rulings:
            source = self._sources.get(guid)
            self._rulings[guid] = NO_RULE if source is None else decided(
                _ruling(Level.SOURCE, source.quote_rule), self.of_collection(source.collection)
            )  # fmt: skip
        return self._rulings[guid]

    @cached_property
    def _printed_names(self) -> dict[str, tuple[str, str]]:
        return _printed_names(list(self._sources.values()), self._named)


def _printed_names(
    sources: Sequence[Source], collections: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """By source: its name told apart, and the same without words of participants."""
    held = {one.guid: collections.get(one.collection or "", tr("no collection")) for one in sources}
    told = labels.distinct({one.guid: one.external_id or one.name for one in sources}, held)
    numbers = Counter[str]()
    names: dict[str, tuple[str, str]] = {}
    for one in sources:
        where = held[one.guid]
        numbers[where] += 1
        number = tr("thread {n} in {collection}", n=numbers[where], collection=where)
        titled = one.kind is SourceKind.POSTS and not one.external_id
        names[one.guid] = told[one.guid], number if titled else told[one.guid]
    return names


@cache
def _ruling(level: Level, wording: str) -> Ruling:
    rule = read(wording)
    return Ruling(rule, level, wording) if rule else NO_RULE


def _order(ruling: Ruling) -> int:
    return _ORDER[ruling.rule]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


U = TypeVar("U", bound=_Placed)


def touched(units: Sequence[U], start: int, end: int) -> list[U]:
    """The units, which follow each other, whose words a passage holds.

    A passage between two units belongs to the one that follows; behind the last there is none.
    """
    first = bisect_right(units, start, key=attrgetter("end"))
    last = bisect_left(units, end, lo=first, key=attrgetter("start"))
    held = [unit for unit in units[first:last] if unit.start < unit.end]
    return held or list(units[first : first + 1])


# What is published


def published(
    rule: QuoteRule, words: str, paraphrases: Sequence[str], place: str
) -> tuple[str, How]:
    """What may be printed of a passage, and how that is; `place` is its source and locator."""
    if rule.allows_words:
        return words, How.VERBATIM
    if rule is QuoteRule.WITHDRAWN:
        return tr("[withdrawn: {place}]", place=place), How.WITHDRAWN
    if rule is QuoteRule.DO_NOT_QUOTE:
        return tr("[not to be quoted: {place}]", place=place), How.NOT_QUOTED
    if paraphrases:
        lines = (tr("{paraphrase} (paraphrased)", paraphrase=one) for one in paraphrases)
        return "\n".join(lines), How.PARAPHRASED
    return tr("[to be paraphrased: {place}]", place=place), How.TO_PARAPHRASE


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage under one code as it may be published, whoever coded it.

    `first` is the coding of the first coder. Of what is withdrawn only the place is told.
    """

    text: str
    how: How
    rule: QuoteRule
    place: str
    cases: tuple[str, ...]
    speaker: str
    coders: tuple[str, ...]
    memo: str
    first: Segment


def quotations(segments: Iterable[Segment]) -> list[Quotation]:
    """Segments as quotations in their order, one where several coders chose the same words."""
    groups: dict[tuple[str, str, int, int], list[Segment]] = {}
    for one in segments:
        coding = one.coding
        groups.setdefault((coding.code, coding.source, coding.start, coding.end), []).append(one)
    return [_quotation(sorted(group, key=attrgetter("coder_name"))) for group in groups.values()]


def _quotation(group: Sequence[Segment]) -> Quotation:
    first = group[0]
    # Who made an exception for these words decides, also where another coded them too.
    deciding = [one for one in group if one.coding.quote_rule] or group
    rule = max((one.quote_rule for one in deciding), key=strictness)
    paraphrases = dict.fromkeys(one.coding.paraphrase for one in group if one.coding.paraphrase)
    place = tr("{source}, {locator}", source=first.printed_name, locator=first.locator)
    text, how = published(rule, first.text, tuple(paraphrases), place)
    gone = how is How.WITHDRAWN
    return Quotation(
        text, how, rule, place,
        cases=() if gone else first.cases,
        speaker="" if gone else first.speaker,
        coders=tuple(dict.fromkeys(one.coder_name for one in group)),
        memo="" if gone else _memos(group),
        first=first,
    )  # fmt: skip


def _memos(group: Sequence[Segment]) -> str:
    if len(group) == 1:
        return group[0].coding.memo
    return "\n".join(
        tr("{coder}: {memo}", coder=one.coder_name, memo=one.coding.memo)
        for one in group
        if one.coding.memo
    )


def counted(found: Sequence[Quotation]) -> str:
    """How many quotations there are, and how many are published in which way."""
    counts = Counter(one.how for one in found)
    ways = [f"{counts[how]:,} {tr(how.value)}" for how in How if counts[how]]
    n = ntr("{n} quotation", "{n} quotations", len(found))
    return tr("{n}: {ways}.", n=n, ways=", ".join(ways)) if ways else tr("{n}.", n=n)


def copied(found: Sequence[Quotation]) -> str:
    """What was copied, in a sentence; in which way, where that is not word for word."""
    if all(one.how is How.VERBATIM for one in found):
        return ntr("Copied with its place.", "Copied with their places.", len(found))
    return tr("Copied as it may be published. {counted}", counted=counted(found))


def as_text(found: Sequence[Quotation]) -> str:
    """Quotations to be pasted, each with a line that says where it stands."""
    parts: list[str] = []
    for one in found:
        words = f"“{one.text}”" if one.how is How.VERBATIM else one.text
        parts.append(words if one.how is How.WITHDRAWN else f"{words}\n{_reference(one)}")
    return "\n\n".join(parts)


def _reference(one: Quotation) -> str:
    speaker = "" if one.speaker == one.first.printed_name else one.speaker
    where = "   ".join(filter(None, (one.place, speaker)))
    polarity = one.first.coding.polarity
    said = (one.first.code_path, *one.coders, tr(polarity.value) if polarity else "")
    return f"{where} [{', '.join(filter(None, said))}]"


def told(rule: QuoteRule, *, paraphrased: bool = False) -> str:
    """What a rule means for what is printed, in a sentence; once a paraphrase is written."""
    if rule is QuoteRule.PARAPHRASE and paraphrased:
        return tr("Paraphrase only. Reports and copied quotations print your paraphrase.")
    return {
        QuoteRule.UNSET: tr("No rule is set. Reports and copied quotations print the words."),
        QuoteRule.VERBATIM: tr("Verbatim. Reports and copied quotations print the words."),
        QuoteRule.PARAPHRASE: tr(
            "Paraphrase only. Until you write a paraphrase, reports and copied quotations print "
            "“to be paraphrased” and where the words stand."
        ),
        QuoteRule.DO_NOT_QUOTE: tr(
            "Do not quote. Reports and copied quotations print only where the words stand."
        ),
        QuoteRule.WITHDRAWN: tr(
            "Withdrawn. Reports and copied quotations print only where the words stand, and "
            "nothing of who said them."
        ),
    }[rule]
