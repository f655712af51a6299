"""Narrowed: a filter made ready to find codings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcoder_sm.project.filters import among
from qualcoder_sm.project.scope import scope_of
from qualcoder_sm.spans import overlaps, united
from qualcoder_sm.store import schema
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Column, Row, Select

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.filters import Filter
    from qualcoder_sm.spans import Span

    Test = Callable[[Row[*tuple[Any, ...]]], bool]
    SpansBySource = dict[str, list[Span]]

_NOWHERE = ("",)


class Narrowed:
    """A filter made ready for one retrieval: what SQL can look up, and tests for the rest."""

    def __init__(self, core: Core, which: Filter) -> None:
        self._core = core
        self.scope = scope_of(core, which)
        found = self.scope.sources
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
        found = self._core.fetch(statement)
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
        if self.scope.spans:
            yield self._counts
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
        if self.sources:
            statement = statement.where(among(c.source, self.sources))
        return self._by_source(statement)

    def _counts(self, row: Row[*tuple[Any, ...]]) -> bool:
        return self.scope.touches(row.source, row.start, row.end)

    def _units(self, sources: Iterable[str]) -> SpansBySource:
        u = schema.units.c
        statement = select(u.source, u.start, u.end).where(among(u.source, list(sources)))
        spans: SpansBySource = {}
        for source, start, end in self._core.fetch(statement):
            spans.setdefault(source, []).append((start, end))
        return {source: sorted(found) for source, found in spans.items()}

    def _by_source(self, statement: Select[*tuple[Any, ...]]) -> SpansBySource:
        spans: SpansBySource = {}
        for source, start, end in self._core.fetch(statement):
            spans.setdefault(source, []).append((start, end))
        return {source: united(found) for source, found in spans.items()}


def _touches(spans: SpansBySource) -> Test:
    return lambda row: overlaps(spans.get(row.source, ()), row.start, row.end)


def _lacks(spans: SpansBySource) -> Test:
    return lambda row: not overlaps(spans.get(row.source, ()), row.start, row.end)
