"""Scope: the text that counts.

Each unit owns the characters from its start up to the start of the next unit (the first from the
beginning of the text, the last to its end), so that the stretches of all units are the text. The
text that counts is what the units chosen by a filter own; nothing else exists for a figure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Role, UnitKind, role_of
from qualcoder_sm.project import filters
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.spans import united
from qualcoder_sm.store import schema
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qualcoder_sm.project.project import Project
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
        return spans is None or filters.overlaps(spans, start, end)


class _Stretch(NamedTuple):
    """What a unit owns of its source, and what is known of it."""

    source: str
    start: int
    end: int
    role: Role
    standing: str
    speaker: str | None
    at: str | None


def scope_of(project: Project, which: Filter) -> Scope:
    """The text that the filter's sources, collections, cases, attributes, speakers, roles, dates of
    posts and words leave.
    """
    found = filters.sources_of(project, which)
    sources = None if found is None else frozenset(found)
    affected = _affected(project, which, sources)
    if not affected:
        return Scope(sources)
    spans: dict[str, tuple[Span, ...]] = {}
    left_out: Counter[Role] = Counter()
    for source, group in groupby(_stretches(project, affected), lambda one: one.source):
        meant = [one for one in group if _meant(one, which)]
        counting = [one for one in meant if _counts(one.role, which.words)]
        left_out.update(one.role for one in meant if not _counts(one.role, which.words))
        spans[source] = tuple(united((one.start, one.end) for one in counting))
    if _narrows_units(which):
        spans |= dict.fromkeys(affected - spans.keys(), ())  # a source without units
    return Scope(sources, spans, left_out)


def whole_scope_of(project: Project, which: Filter) -> Scope:
    """The same, whoever speaks: what the words that are left out are left out of."""
    return scope_of(project, replace(which, words=Words.ALL))


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


def _affected(project: Project, which: Filter, sources: frozenset[str] | None) -> set[str]:
    """The sources of which perhaps only a part counts."""
    if _narrows_units(which):
        every = {source.guid for source in project.sources.all()}
        return every if sources is None else every & sources
    if which.words is not Words.PARTICIPANTS:
        return set()
    u, p = schema.units.c, schema.people.c
    spoken = or_(u.kind == UnitKind.HEADING.value, p.role.in_(LEFT_OUT))
    statement = (
        select(u.source)
        .distinct()
        .join_from(schema.units, schema.people, isouter=True)
        .where(spoken)
    )
    found = {row[0] for row in project.fetch(statement)}
    return found if sources is None else found & sources


def _narrows_units(which: Filter) -> bool:
    return bool(which.speakers or which.roles or which.posted_since or which.posted_until)


def _stretches(project: Project, sources: Iterable[str]) -> Iterator[_Stretch]:
    """The stretches of some sources, source by source and in order."""
    u, p = schema.units.c, schema.people.c
    lengths = {source.guid: source.characters for source in project.sources.all()}
    statement = (
        select(u.source, u.start, u.kind, p.role, p.key, u.at)
        .join_from(schema.units, schema.people, isouter=True)
        .where(filters.among(u.source, sorted(sources)))
        .order_by(u.source, u.start, u.ordinal)
    )
    for source, group in groupby(project.fetch(statement), lambda row: row[0]):
        units = list(group)
        starts = [0, *(row[1] for row in units[1:]), lengths[source]]
        for (_source, _start, kind, role, key, at), start, end in zip(
            units, starts, starts[1:], strict=False
        ):
            counts_as = role_of(kind, role or "", named=key is not None)
            yield _Stretch(source, start, end, counts_as, role or "", key, at)


def _meant(one: _Stretch, which: Filter) -> bool:
    """Whether the filter means a unit, whoever speaks."""
    if which.speakers and one.speaker not in which.speakers:
        return False
    if which.roles and one.role not in which.roles and one.standing not in which.roles:
        return False
    if (which.posted_since or which.posted_until) and not one.at:
        return False
    after = not which.posted_since or (one.at or "") >= written_time(which.posted_since)
    return after and (not which.posted_until or (one.at or "") < written_time(which.posted_until))


def _counts(role: Role, words: Words | None) -> bool:
    return words is not Words.PARTICIPANTS or role not in LEFT_OUT


def touching(scope: Scope, places: Sequence[tuple[str, str, str, int, int]]) -> list[bool]:
    """For each (source, code, coder, start, end) whether it touches text that counts."""
    return [scope.touches(source, start, end) for source, _code, _coder, start, end in places]
