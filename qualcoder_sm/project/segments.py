"""Segments: coded passages as retrieved, with their words and where they stand."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding, Segment, Source, Unit, UnitKind
from qualcoder_sm.project import rows
from qualcoder_sm.project.filters import EVERYTHING, Filter, among
from qualcoder_sm.project.narrowed import Narrowed
from qualcoder_sm.project.quoting import touched
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from qualcoder_sm.project.project import Project


Place = tuple[str, str, str, int, int]


class Coded(NamedTuple):
    """What a long list shows of a coding; `polarity` as stored, "" when nothing was said."""

    guid: str
    source: str
    code: str
    coder: str
    start: int
    end: int
    polarity: str
    memo: str
    quote_rule: str = ""


_BATCH = 4_000
_MOST_SOURCES = 400


class Segments:
    """Retrieval over all sources, one text in memory at a time."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def codings(self, which: Filter = EVERYTHING) -> list[Coding]:
        """The codings meant, by source and place."""
        return [rows.coding(row) for row in Narrowed(self._project, which).rows()]

    def coded(self, which: Filter = EVERYTHING) -> list[Coded]:
        """The same for lists of a hundred thousand: six times faster, without dates and weights."""
        c = schema.codings.c
        polarity = func.coalesce(c.polarity, "")
        columns = (
            c.guid,
            c.source,
            c.code,
            c.coder,
            c.start,
            c.end,
            polarity,
            c.memo,
            c.quote_rule,
        )
        found = Narrowed(self._project, which).rows(columns=columns)  # type: ignore[arg-type]
        return [Coded._make(row) for row in found]

    def places(self, which: Filter = EVERYTHING) -> list[Place]:
        """(source, code, coder, start, end) of the codings meant, guids and code points."""
        c = schema.codings.c
        columns = (c.source, c.code, c.coder, c.start, c.end)
        return [tuple(row) for row in Narrowed(self._project, which).rows(columns=columns)]

    def of(self, which: Filter = EVERYTHING) -> Iterator[Segment]:
        """The coded passages meant: sources in their order, in each by place."""
        context = _Context(self._project)
        narrowed = Narrowed(self._project, which)
        for batch in self._batches(narrowed.sources):
            by_source: dict[str, list[Coding]] = {}
            for row in narrowed.rows([source.guid for source in batch]):
                by_source.setdefault(row.source, []).append(rows.coding(row))
            for source in batch:
                yield from context.segments(source, by_source.get(source.guid, []))

    def named(self, guids: Sequence[str]) -> list[Segment]:
        """The coded passages with these guids, in the order named; those that are gone are not."""
        wanted = among(schema.codings.c.guid, guids)
        by_source: dict[str, list[Coding]] = {}
        for row in self._project.fetch(select(schema.codings).where(wanted)):
            by_source.setdefault(row.source, []).append(rows.coding(row))
        context = _Context(self._project)
        sources = {source.guid: source for source in self._project.sources.all()}
        found = {
            segment.coding.guid: segment
            for source, codings in by_source.items()
            for segment in context.segments(sources[source], codings)
        }
        return [found[guid] for guid in guids if guid in found]

    def _batches(self, sources: Collection[str]) -> Iterator[list[Source]]:
        """The sources that have codings, or those of them named, some thousand codings at a time."""
        counts, wanted = self._project.codings.by_source(), set(sources)
        batch: list[Source] = []
        n = 0
        for source in self._project.sources.all():
            if source.guid in counts and (not wanted or source.guid in wanted):
                batch.append(source)
                n += counts[source.guid]
                if n > _BATCH or len(batch) >= _MOST_SOURCES:
                    yield batch
                    batch, n = [], 0
        if batch:
            yield batch

    def locator(self, source: str, position: int) -> str:
        """Where a position stands, for a reader: "turn 34", "post S01-0017", "paragraph 3".

        In a source with pages, the page comes first: "page 3, paragraph 12".
        """
        u = schema.units.c
        statement = (
            select(u.ordinal, u.kind, u.external_id, u.page)
            .where(u.source == source, u.end > position)
            .order_by(u.end, u.start, u.ordinal)
            .limit(1)
        )
        found = self._project.fetch(statement)
        return located(*found[0]) if found else located()


class _Context:
    """What segments of all sources share: names of codes, coders and cases, and quote rules."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rules = project.quoting.rules()
        self._paths = project.codebook.paths()
        self._coders = {coder.guid: coder.name for coder in project.coders.all()}
        self._collections = {one.guid: one.name for one in project.collections.all()}
        self._cases: dict[str, list[str]] = {}
        for case in project.cases.all():
            for source in case.sources:
                self._cases.setdefault(source, []).append(case.name)

    def segments(self, source: Source, codings: Sequence[Coding]) -> Iterator[Segment]:
        if not codings:
            return
        text, units = self._project.sources.text(source.guid), self._project.sources.units(
            source.guid)  # fmt: skip
        blank = self._blank(source, units)
        for coding in codings:
            held = touched(units, coding.start, coding.end)
            posts = [unit.quote_rule for unit in held]
            yield replace(
                blank,
                coding=coding,
                text=text[coding.start : coding.end],
                code_path=self._paths[coding.code],
                coder_name=self._coders[coding.coder],
                speaker=", ".join(dict.fromkeys(unit.speaker for unit in held if unit.speaker)),
                locator=_locator(held[0] if held else None),
                quote_rule=self._rules.of(source.guid, posts, coding.quote_rule).rule,
            )

    def _blank(self, source: Source, units: Sequence[Unit]) -> Segment:
        return Segment(
            coding=None,  # type: ignore[arg-type]  # filled in for each coding
            text="",
            code_path="",
            source_name=source.name,
            collection_name=self._collections.get(source.collection or "", ""),
            coder_name="",
            cases=tuple(self._cases.get(source.guid, ())),
            speaker="",
            locator="",
            printed_name=self._rules.printed_name(
                source.guid, units[0].quote_rule if units else ""
            ),
        )


def _locator(unit: Unit | None) -> str:
    if unit is None:
        return located()
    return located(unit.ordinal, unit.kind, unit.external_id, unit.page)


@lru_cache(maxsize=2_000)  # many codings lie in one unit
def located(
    ordinal: int | None = None, kind: str = "", external_id: str = "", page: int | None = None
) -> str:
    """Where a unit stands, for a reader, by its ordinal, kind, id in its platform and page."""
    if ordinal is None:
        return tr("after the last turn")
    place = _within_source(ordinal, kind, external_id)
    return place if page is None else tr("page {page}, {place}", page=page, place=place)


def _within_source(ordinal: int, kind: str, external_id: str) -> str:
    if kind in (UnitKind.POST, UnitKind.COMMENT) and external_id:
        return tr("post {id}", id=external_id)
    if kind == UnitKind.TURN:
        return tr("turn {n}", n=ordinal + 1)
    if kind in (UnitKind.POST, UnitKind.COMMENT):
        return tr("post {n}", n=ordinal + 1)
    return tr("paragraph {n}", n=ordinal + 1)
