"""Filters: which codings are meant, by anything that is known of them."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcoder_sm.i18n import tr
from qualcoder_sm.spans import united
from qualcoder_sm.store import schema
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Row, Select

    from qualcoder_sm.model import Polarity
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.spans import Span

    Test = Callable[[Row[*tuple[Any, ...]]], bool]
    SpansBySource = dict[str, list[Span]]

_FEW = 500
_NOWHERE = ("",)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which codings are meant, by guid; an empty part means all.

    Codes stand for themselves only; name the codes below them too where they are meant.
    `with_codes` must all touch the passage, none of `without_codes` may; one of `near_codes`
    lies within `near` characters of it or, when that is None, in the same turn, post or
    paragraph. Codings of those other codes count whoever made them, or only those of `coders`.
    `attributes` are (name, value) of the source's cases, all of which must hold; `speakers` are
    pseudonym keys. A coding was made at `since` or later and before `until`; None among the
    `polarities` means that nothing was said.
    """

    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] = ()
    with_codes: tuple[str, ...] = ()
    without_codes: tuple[str, ...] = ()
    near_codes: tuple[str, ...] = ()
    near: int | None = None
    polarities: tuple[Polarity | None, ...] = ()
    weight_at_least: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether everything is meant."""
        return replace(self, near=None) == EVERYTHING

    @property
    def narrowings(self) -> list[str]:
        """What narrows the filter besides coders, codes and sources, in words, without names."""
        labels = {
            "collections": tr("collection"),
            "cases": tr("case"),
            "attributes": tr("attribute"),
            "speakers": tr("speaker"),
            "with_codes": tr("other codes on the passage"),
            "without_codes": tr("codes not on the passage"),
            "near_codes": tr("codes near the passage"),
            "polarities": tr("polarity"),
            "weight_at_least": tr("weight"),
            "since": tr("date"),
            "until": tr("date"),
        }
        given = [label for name, label in labels.items() if getattr(self, name) not in ((), None)]
        return list(dict.fromkeys(given))


EVERYTHING = Filter()


class Narrowed:
    """A filter made ready for one retrieval: what SQL can look up, and tests for the rest."""

    def __init__(self, project: Project, which: Filter) -> None:
        self._project = project
        found = sources_of(project, which)
        self.sources = tuple(sorted(found)) or _NOWHERE if found is not None else ()
        self._which = which
        self._tests = list(self._needed_tests())

    def rows(
        self, sources: Sequence[str] = (), columns: Sequence[Column[Any]] = ()
    ) -> list[Row[*tuple[Any, ...]]]:
        """The codings meant, by source and place; of some of the sources, some columns of them.

        The columns must hold source, start and end.
        """
        statement = self._statement(sources or self.sources)
        if columns:
            statement = statement.with_only_columns(*columns)
        found = self._project.fetch(statement)
        for test in self._tests:
            found = [row for row in found if test(row)]
        return found

    def _statement(self, sources: Sequence[str]) -> Select[*tuple[Any, ...]]:
        c, which = schema.codings.c, self._which
        statement = select(schema.codings).order_by(c.source, c.start, c.end, c.code, c.coder)
        for column, wanted in ((c.coder, which.coders), (c.code, which.codes), (c.source, sources)):
            if wanted:
                statement = statement.where(among(column, wanted))
        if which.polarities:
            said = [polarity.value if polarity else "" for polarity in which.polarities]
            statement = statement.where(func.coalesce(c.polarity, "").in_(said))
        if which.weight_at_least is not None:
            statement = statement.where(c.weight >= which.weight_at_least)
        if which.since:
            statement = statement.where(c.created >= written_time(which.since))
        if which.until:
            statement = statement.where(c.created < written_time(which.until))
        return statement

    def _needed_tests(self) -> Iterable[Test]:
        which = self._which
        if which.speakers:
            yield _begins_in(self._spoken(which.speakers))
        for code in which.with_codes:
            yield _touches(self._coded([code]))
        if which.without_codes:
            yield _lacks(self._coded(which.without_codes))
        if which.near_codes:
            yield _touches(self._surroundings(which.near_codes, which.near))

    def _surroundings(self, codes: Sequence[str], near: int | None) -> SpansBySource:
        """The characters near a passage coded with one of the codes."""
        coded = self._coded(codes)
        if near is not None:
            return {
                source: united((start - near - 1, end + near + 1) for start, end in spans)
                for source, spans in coded.items()
            }
        units = self._units(coded)
        return {
            source: [unit for unit in units.get(source, ()) if overlaps(spans, *unit)]
            for source, spans in coded.items()
        }

    def _coded(self, codes: Sequence[str]) -> SpansBySource:
        c = schema.codings.c
        statement = select(c.source, c.start, c.end).where(c.code.in_(codes))
        if self._which.coders:
            statement = statement.where(c.coder.in_(self._which.coders))
        return self._by_source(statement)

    def _spoken(self, speakers: Sequence[str]) -> SpansBySource:
        """What they say or write, from the end of the unit before: labels belong to what follows."""
        u, p = schema.units.c, schema.people.c
        before = func.lag(u.end, 1, 0).over(partition_by=u.source, order_by=(u.end, u.start))
        turns = (
            select(u.source, before.label("start"), u.end, p.key)
            .join_from(schema.units, schema.people, isouter=True)
            .subquery()
        )
        t = turns.c
        return self._by_source(select(t.source, t.start, t.end).where(t.key.in_(speakers)))

    def _units(self, sources: Iterable[str]) -> SpansBySource:
        u = schema.units.c
        statement = select(u.source, u.start, u.end).where(among(u.source, list(sources)))
        spans: SpansBySource = {}
        for source, start, end in self._project.fetch(statement):
            spans.setdefault(source, []).append((start, end))
        return {source: sorted(found) for source, found in spans.items()}

    def _by_source(self, statement: Select[*tuple[Any, ...]]) -> SpansBySource:
        spans: SpansBySource = {}
        for source, start, end in self._project.fetch(statement):
            spans.setdefault(source, []).append((start, end))
        return {source: united(found) for source, found in spans.items()}


def sources_of(project: Project, which: Filter) -> set[str] | None:
    """The sources that the filter's sources, collections, cases and attributes leave.

    None when it names none of these.
    """
    if not (which.sources or which.collections or which.cases or which.attributes):
        return None
    found = {source.guid for source in project.sources.all()
             if not which.collections or source.collection in which.collections}  # fmt: skip
    if which.sources:
        found &= set(which.sources)
    cases = project.cases.all() if which.cases or which.attributes else []
    if which.cases:
        found &= {guid for case in cases if case.guid in which.cases for guid in case.sources}
    for name, value in which.attributes:
        found &= {guid for case in cases if (case.attributes or {}).get(name) == value
                  for guid in case.sources}  # fmt: skip
    return found


def among(column: Column[Any], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column has one of the values, however many they are."""
    if len(values) <= _FEW:
        return column.in_(values)
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the spans, which are sorted and apart, shares a character with another."""
    at = bisect_right(spans, start, key=_end)
    return at < len(spans) and spans[at][0] < end


def _touches(spans: SpansBySource) -> Test:
    return lambda row: overlaps(spans.get(row.source, ()), row.start, row.end)


def _lacks(spans: SpansBySource) -> Test:
    return lambda row: not overlaps(spans.get(row.source, ()), row.start, row.end)


def _begins_in(spans: SpansBySource) -> Test:
    return lambda row: overlaps(spans.get(row.source, ()), row.start, row.start + 1)


def _end(span: Span) -> int:
    return span[1]
