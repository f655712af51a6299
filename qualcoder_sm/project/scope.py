"""Scope: the text that counts.

Each unit owns the characters from its start up to the start of the next unit (the first from the
beginning of the text, the last to its end), so that the stretches of all units are the text. The
text that counts is what the units chosen by a filter own; nothing else exists for a figure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Role, UnitKind, role_of
from qualcoder_sm.project import filters
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.spans import overlaps
from qualcoder_sm.store import schema, units
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.spans import Span

LEFT_OUT = (Role.INTERVIEWER, Role.HEADING, Role.OTHER)
"""Whose words are not participants' words."""


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Which sources count, and what of them.

    `sources` are guids, None for all. `spans` holds the stretches, sorted and apart, of those
    sources of which only a part counts. `left_out` counts the units that do not count because
    of whose words they are, by role.
    """

    sources: frozenset[str] | None = None
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict[str, "tuple[Span, ...]"])
    left_out: Mapping[Role, int] = field(default_factory=dict[Role, int])

    def of(self, source: str) -> tuple[Span, ...] | None:
        """The stretches of a source that count; None when all of it does."""
        return self.spans.get(source)

    def holds(self, source: str) -> bool:
        """Whether anything of a source counts."""
        return (self.sources is None or source in self.sources) and self.spans.get(source) != ()

    def touches(self, source: str, start: int, end: int) -> bool:
        """Whether a passage of a source that holds something has a character that counts."""
        spans = self.spans.get(source)
        return spans is None or overlaps(spans, start, end)


class _Person(NamedTuple):
    """What the filter makes of a person (or of nobody): whose turns are meant, and which count."""

    counts_as: Role
    meant: bool
    counts: bool


def scope_of(core: Core, which: Filter) -> Scope:
    """The text that the filter's sources, collections, cases, attributes, speakers, roles, dates of
    posts and words leave.
    """
    found = filters.sources_of(core, which)
    sources = None if found is None else frozenset(found)
    affected = _affected(core, which, sources)
    if not affected:
        return Scope(sources)
    chosen = _Chosen(core, which)
    spans = {source: chosen.spans(units, length)
             for source, units, length in _units(core, affected)}  # fmt: skip
    if narrows_units(which):
        spans |= dict.fromkeys(affected - spans.keys(), ())  # a source without units
    return Scope(sources, spans, chosen.left_out)


def whole_scope_of(core: Core, which: Filter) -> Scope:
    """The same, whoever speaks: what the words that are left out are left out of."""
    return scope_of(core, replace(which, words=Words.ALL))


def narrows_units(which: Filter) -> bool:
    """Whether the filter chooses among the turns and posts of a source, whoever's words count."""
    return bool(which.speakers or which.roles or which.posted_since or which.posted_until)


def tells_roles(core: Core) -> bool:
    """Whether it is known of any words that they are not a participant's."""
    return bool(_affected(core, Filter(words=Words.PARTICIPANTS), None))


def sentence(left_out: Mapping[Role, int], codings: int) -> str:
    """What was left out because of whose words it is; empty when nothing was."""
    parts = [_so_many(role, left_out[role]) for role in LEFT_OUT if left_out.get(role)]
    if not parts:
        return ""
    what = tr(" and ").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return ntr(
        "{what} left out; {n} coding lies on them.",
        "{what} left out; {n} codings lie on them.",
        codings,
        what=what,
    )


def _so_many(role: Role, n: int) -> str:
    match role:
        case Role.INTERVIEWER:
            return ntr("{n} turn of interviewers", "{n} turns of interviewers", n)
        case Role.HEADING:
            return ntr("{n} heading", "{n} headings", n)
        case _:
            return ntr("{n} turn of others", "{n} turns of others", n)


def _affected(core: Core, which: Filter, sources: frozenset[str] | None) -> set[str]:
    """The sources of which perhaps only a part counts."""
    if narrows_units(which):
        return {source.guid for source in Texts(core).all()} if sources is None else set(sources)
    if which.words is not Words.PARTICIPANTS:
        return set()
    found = core.memory.recall("spoken", ("units", "people"), lambda: _spoken_by_others(core))
    return set(found if sources is None else found & sources)


def _spoken_by_others(core: Core) -> frozenset[str]:
    """The sources with words that are not a participant's."""
    u, p = schema.units.c, schema.people.c
    spoken = or_(u.kind == UnitKind.HEADING.value, p.role.in_(LEFT_OUT))
    statement = (
        select(u.source)
        .distinct()
        .join_from(schema.units, schema.people, isouter=True)
        .where(spoken)
    )
    return frozenset(row[0] for row in core.fetch(statement))


class _Chosen:
    """Which units a filter chooses; counts those left out because of whose words they are."""

    def __init__(self, core: Core, which: Filter) -> None:
        self.left_out: Counter[Role] = Counter()
        self._which = which
        p = schema.people.c
        rows = core.fetch(select(p.guid, p.key, p.role))
        self._people = {guid: self._person(key, role) for guid, key, role in rows}
        self._people[None] = self._person(None, "")
        self._heading = self._judged(Role.HEADING, None, "")
        self._since = written_time(which.posted_since) if which.posted_since else ""
        self._until = written_time(which.posted_until) if which.posted_until else ""

    def spans(self, units: Sequence[_Unit], length: int) -> tuple[Span, ...]:
        """The stretches of one source that count, neighbours put together."""
        found: list[Span] = []
        start = 0
        for unit, after in zip_longest(units, units[1:]):
            end = after[1] if after else length
            if self._is_chosen(unit):
                if found and found[-1][1] == start:
                    found[-1] = found[-1][0], end
                else:
                    found.append((start, end))
            start = end
        return tuple(found)

    def _is_chosen(self, unit: _Unit) -> bool:
        _source, _start, kind, person, at = unit
        judged = self._heading if kind == UnitKind.HEADING else self._people[person]
        if not judged.meant or not self._is_of_the_time(at):
            return False
        if not judged.counts:
            self.left_out[judged.counts_as] += 1
        return judged.counts

    def _is_of_the_time(self, at: str | None) -> bool:
        if not self._since and not self._until:
            return True
        return at is not None and at >= self._since and (not self._until or at < self._until)

    def _person(self, key: str | None, role: str) -> _Person:
        return self._judged(role_of("", role, named=key is not None), key, role)

    def _judged(self, counts_as: Role, key: str | None, role: str) -> _Person:
        which = self._which
        spoken = not which.speakers or key in which.speakers
        of_role = not which.roles or counts_as in which.roles or role in which.roles
        counts = which.words is not Words.PARTICIPANTS or counts_as not in LEFT_OUT
        return _Person(counts_as, spoken and of_role, counts)


_Unit = tuple[str, int, str, str | None, str | None]
"""Source, start, kind, person and time of a unit."""


def _units(core: Core, sources: set[str]) -> Iterator[tuple[str, list[_Unit], int]]:
    """The units of some sources, in order, with the length of each source."""
    lengths = {source.guid: source.characters for source in Texts(core).all()}
    few = tuple(sources) if len(sources) < len(lengths) else None
    with core.reading() as connection:
        rows = units.spoken(connection, few)
    for source, group in groupby(rows, itemgetter(0)):
        yield source, [tuple(row) for row in group], lengths[source]
