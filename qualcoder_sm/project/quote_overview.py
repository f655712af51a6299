"""Which quote rules stand where in a project, and what they come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcoder_sm.model import QuoteRule
from qualcoder_sm.project import lists, names
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.quote_rules import QuoteRules, id_of
from qualcoder_sm.project.quoting import NO_RULE, Level, Ruling, touched
from qualcoder_sm.project.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcoder_sm.model import Coding, Collection, Source, Unit
    from qualcoder_sm.project.core import Core


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule where it stands, and what comes of it.

    `name` is of the collection or source, or the id of a post; `within` names what holds it.
    `wording` is empty where no rule of its own is set; `above` is what would hold without it.
    `posts` counts posts, turns and paragraphs, `codings` codings, by the rule that holds.
    """

    level: Level
    guid: str
    name: str
    within: str
    wording: str
    above: Ruling
    holds: Ruling
    posts: Counter[QuoteRule] = field(default_factory=Counter[QuoteRule])
    codings: Counter[QuoteRule] = field(default_factory=Counter[QuoteRule])


def overview(core: Core) -> list[Entry]:
    """Every collection, every source, and the posts and codings with a rule of their own."""
    makes = _Making(core)
    sources = [entry for source in makes.sources for entry in makes.source(source)]
    order = list(Level)
    return sorted((*makes.collections(), *sources), key=lambda one: -order.index(one.level))


class _Making:
    def __init__(self, core: Core) -> None:
        self._core = core
        self._rules = QuoteRules(core).rules()
        self.sources = Texts(core).all()
        self._called = Counter(map(_called, self.sources))
        self._collections = {one.guid: self._collection(one) for one in lists.collections(core)}

    def collections(self) -> Iterable[Entry]:
        return self._collections.values()

    def _collection(self, one: Collection) -> Entry:
        holds = self._rules.of_collection(one.guid)
        return Entry(Level.COLLECTION, one.guid, one.name, "", one.quote_rule, NO_RULE, holds)

    def source(self, source: Source) -> Iterable[Entry]:
        """The source, its posts and codings; its collection counts them along."""
        held = self._collections.get(source.collection or "")
        above = held.holds if held else NO_RULE
        made = Entry(
            Level.SOURCE, source.guid, source.name, held.name if held else "", source.quote_rule,
            above, self._rules.of(source.guid),
        )  # fmt: skip
        units = Texts(self._core).units(source.guid)
        posts = [self._post(unit, source) for unit in units]
        codings = [
            self._coding(coding, source, units)
            for coding in Codings(self._core).of_source(source.guid)
        ]
        for entry in (made, held) if held else (made,):
            entry.posts.update(one.holds.rule for one in posts)
            entry.codings.update(one.holds.rule for one in codings)
        return [made, *(one for one in (*posts, *codings) if one.wording)]

    def _post(self, unit: Unit, source: Source) -> Entry:
        above = self._rules.of(source.guid)
        holds = self._rules.of(source.guid, [unit.quote_rule])
        within = self._within(source)
        return Entry(Level.POST, unit.guid, id_of(unit), within, unit.quote_rule, above, holds)

    def _within(self, source: Source) -> str:
        """What the source is called; with its collection where others are called so, too."""
        held = self._collections.get(source.collection or "")
        if held and self._called[_called(source)] > 1:
            return names.path(held.name, source.name)
        return _called(source)

    def _coding(self, coding: Coding, source: Source, units: Sequence[Unit]) -> Entry:
        held = touched(units, coding.start, coding.end)
        posts = [unit.quote_rule for unit in held]
        above = self._rules.of(source.guid, posts)
        holds = self._rules.of(source.guid, posts, coding.quote_rule)
        name = id_of(held[0]) if held else ""
        within = self._within(source)
        return Entry(Level.PASSAGE, coding.guid, name, within, coding.quote_rule, above, holds)


def _called(source: Source) -> str:
    return source.external_id or source.name
