"""Segments: coded passages as retrieved, with their words and where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from qualcoder_sm.model import Coding, Segment, Source, Unit
from qualcoder_sm.project import lists, rows
from qualcoder_sm.project.codes import Codes
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.filters import EVERYTHING, Filter, among
from qualcoder_sm.project.locators import located
from qualcoder_sm.project.narrowed import Narrowed
from qualcoder_sm.project.quote_rules import QuoteRules
from qualcoder_sm.project.quoting import touched
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from qualcoder_sm.project.core import Core


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

    def __init__(self, core: Core) -> None:
        self._core = core
        self._texts = Texts(core)

    def codings(self, which: Filter = EVERYTHING) -> list[Coding]:
        """The codings meant, by source and place."""
        return [rows.coding(row) for row in Narrowed(self._core, which).rows()]

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
        found = Narrowed(self._core, which).rows(columns=columns)  # type: ignore[arg-type]
        return [Coded._make(row) for row in found]

    def places(self, which: Filter = EVERYTHING) -> list[Place]:
        """(source, code, coder, start, end) of the codings meant, guids and code points."""
        c = schema.codings.c
        columns = (c.source, c.code, c.coder, c.start, c.end)
        return [tuple(row) for row in Narrowed(self._core, which).rows(columns=columns)]

    def of(self, which: Filter = EVERYTHING) -> Iterator[Segment]:
        """The coded passages meant: sources in their order, in each by place."""
        context = _Context(self._core)
        narrowed = Narrowed(self._core, which)
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
        for row in self._core.fetch(select(schema.codings).where(wanted)):
            by_source.setdefault(row.source, []).append(rows.coding(row))
        context = _Context(self._core)
        sources = {source.guid: source for source in self._texts.all()}
        found = {
            segment.coding.guid: segment
            for source, codings in by_source.items()
            for segment in context.segments(sources[source], codings)
        }
        return [found[guid] for guid in guids if guid in found]

    def _batches(self, sources: Collection[str]) -> Iterator[list[Source]]:
        """The sources that have codings, or those of them named, some thousand codings at a time."""
        counts, wanted = Codings(self._core).by_source(), set(sources)
        batch: list[Source] = []
        n = 0
        for source in self._texts.all():
            if source.guid in counts and (not wanted or source.guid in wanted):
                batch.append(source)
                n += counts[source.guid]
                if n > _BATCH or len(batch) >= _MOST_SOURCES:
                    yield batch
                    batch, n = [], 0
        if batch:
            yield batch


class _Context:
    """What segments of all sources share: names of codes, coders and cases, and quote rules."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._texts = Texts(core)
        self._rules = QuoteRules(core).rules()
        self._paths = Codes(core).paths()
        self._coders = {coder.guid: coder.name for coder in lists.coders(core)}
        self._collections = {one.guid: one.name for one in lists.collections(core)}
        self._cases: dict[str, list[str]] = {}
        for case in lists.cases(core):
            for source in case.sources:
                self._cases.setdefault(source, []).append(case.name)

    def segments(self, source: Source, codings: Sequence[Coding]) -> Iterator[Segment]:
        if not codings:
            return
        text, units = self._texts.text(source.guid), self._texts.units(
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
