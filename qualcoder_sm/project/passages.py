"""Texts with the places of their units, and passages found in them, shown in context."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcoder_sm.analysis.sentences import sentences
from qualcoder_sm.errors import Cancelled, InvalidSelection
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Role, UnitKind
from qualcoder_sm.project import folding
from qualcoder_sm.project.locators import located
from qualcoder_sm.project.quoting import touched
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.spans import on_words, united
from qualcoder_sm.store import search, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Row

    from qualcoder_sm.model import Source
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.texts import SourceBrief
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.search import Place

_CONTEXT = 80
_BATCH = 60
_FEW = 3


class UnitPlace(NamedTuple):
    """A unit as far as a search needs it; `speaker` is "" when nobody is named."""

    ordinal: int
    start: int
    end: int
    kind: str
    speaker: str
    interviewer: bool
    external_id: str
    page: int | None
    quote_rule: str = ""

    @property
    def locator(self) -> str:
        """Where it stands, for a reader."""
        return located(self.ordinal, self.kind, self.external_id, self.page)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: text[start:end] of a source, with words before and after it.

    `unit` is the ordinal of the turn, post or paragraph it begins in, None after the last.
    `speaker` names all who speak in it, in order; `quote_rules` are those of its posts.
    """

    source: str
    start: int
    end: int
    before: str
    words: str
    after: str
    unit: int | None
    speaker: str
    locator: str
    quote_rules: tuple[str, ...] = ()


class Passage:
    """The text of a source and the places of its units, read when they are asked for."""

    def __init__(self, core: Core, source: str, text: str) -> None:
        self.source, self.text = source, text
        self._core = core
        self._looked_up = 0
        self._sentences: dict[int, list[Span]] = {}

    @cached_property
    def folded(self) -> str:
        """The text without case and accents, position by position."""
        return folding.fold(self.text)

    @cached_property
    def spans(self) -> list[Span]:
        """Start and end of each unit, in order."""
        with self._core.reading() as connection:
            return units.spans(connection, self.source)

    @cached_property
    def ends(self) -> list[int]:
        """Where the units end."""
        return [end for _start, end in self.spans]

    @cached_property
    def units(self) -> list[UnitPlace]:
        """The units in order."""
        with self._core.reading() as connection:
            return [_unit(row) for row in units.places(connection, self.source)]

    def sentences(self, line: Span) -> list[Span]:
        """The sentences of a line, in order; a line with many hits is cut once."""
        start, end = line
        if start not in self._sentences:
            cut = sentences(self.text[start:end])
            self._sentences[start] = [(start + a, start + b) for a, b in cut]
        return self._sentences[start]

    def unit_at(self, position: int) -> UnitPlace | None:
        """The unit that a position is in, or the next where it is between two."""
        self._looked_up += 1
        if self._looked_up <= _FEW:
            with self._core.reading() as connection:
                found = units.place_at(connection, self.source, position)
            return _unit(found[0]) if found else None
        at = bisect_right(self.ends, position)
        return self.units[at] if at < len(self.units) else None

    def units_at(self, start: int, end: int) -> list[UnitPlace]:
        """The units whose words a passage holds; none behind the last."""
        first = self.unit_at(start)
        if first is None or end <= first.end:
            return [first] if first else []
        return touched(self.units, start, end)

    def on_words(self, start: int, end: int, *, once: bool = False) -> Span:
        """text[start:end] from its first word to its last; empty where it holds none.

        `once` looks up the units there alone.
        """
        return on_words(self.text, self._touched(start, end) if once else self.spans, start, end)

    def of_speakers(self, speakers: Sequence[str]) -> list[Span]:
        """What they say or write."""
        return united((u.start, u.end) for u in self.units if u.speaker in speakers)

    def hit(self, start: int, end: int) -> Hit:
        """text[start:end] as a hit."""
        held = self.units_at(start, end)
        unit = held[0] if held else None
        return Hit(
            source=self.source,
            start=start,
            end=end,
            before=_tail(self.text[max(0, start - _CONTEXT) : start], cut=start > _CONTEXT),
            words=self.text[start:end],
            after=_head(self.text[end : end + _CONTEXT], cut=end + _CONTEXT < len(self.text)),
            unit=unit.ordinal if unit else None,
            speaker=", ".join(dict.fromkeys(one.speaker for one in held if one.speaker)),
            locator=unit.locator if unit else located(),
            quote_rules=tuple(one.quote_rule for one in held),
        )

    def _touched(self, start: int, end: int) -> list[Span]:
        with self._core.reading() as connection:
            return units.spans_touched(connection, self.source, start, end)


class Watch:
    """Tells `goes_on(done, total)` how many texts were looked through, and ends with Cancelled on no."""

    def __init__(self, goes_on: Callable[[int, int], bool] | None, total: int) -> None:
        self._goes_on = goes_on
        self._done, self._total = 0, total

    def look(self) -> None:
        """Still at the same text."""
        if self._goes_on and not self._goes_on(self._done, self._total):
            raise Cancelled(tr("The search was stopped."))

    def count(self) -> None:
        """On to the next text."""
        self.look()
        self._done += 1


def texts(
    core: Core,
    match: str | None = None,
    sources: Sequence[str] | None = None,
    first: int = 0,
) -> Iterator[Passage]:
    """Sources in the order of import, one text in memory at a time, read when asked for.

    `match` is an FTS5 query, `sources` are the guids allowed, `first` the place to begin at.
    """
    for place in places(core, match, sources, first):
        yield passage(core, place.source, place.sha256)


def places(
    core: Core,
    match: str | None = None,
    sources: Sequence[str] | None = None,
    first: int = 0,
) -> Iterator[Place]:
    """As `texts`, without their texts."""
    batch = [None]
    while batch:
        with core.reading() as connection:
            batch = search.places(connection, match, sources=sources, first=first, limit=_BATCH)
        yield from batch
        first = batch[-1].place + 1 if batch else 0


def passage(core: Core, source: str, sha256: str) -> Passage:
    """The text of one source with its units."""
    return Passage(core, source, Texts(core).text_of(sha256))


def require_words(
    source: SourceBrief | Source, passage: Passage, start: int, end: int, *, once: bool = False
) -> Span:
    """What `Passage.on_words` finds in the text of a source; raises InvalidSelection for nothing."""
    if start >= end:
        raise InvalidSelection(tr("Select some words first: {a}–{b} is empty.", a=start, b=end))
    if start < 0 or end > source.characters:
        raise InvalidSelection(
            ntr(
                "{a}–{b} lies outside of {name}, which has {n} character.",
                "{a}–{b} lies outside of {name}, which has {n} characters.",
                source.characters,
                a=start,
                b=end,
                name=source.name,
            )
        )
    first, last = passage.on_words(start, end, once=once)
    if first == last:
        raise InvalidSelection(
            tr("Select some words first: there are none at {a}–{b} of {name}.",
               a=start, b=end, name=source.name)
        )  # fmt: skip
    return first, last


def _unit(row: Row[*tuple[Any, ...]]) -> UnitPlace:
    ordinal, start, end, kind, key, role, external_id, page, rule = row
    return UnitPlace(
        ordinal, start, end, kind, key or "", role == Role.INTERVIEWER, external_id, page, rule
    )


def _tail(text: str, *, cut: bool) -> str:
    """The end of a text, from a whole word on, on one line."""
    first = _first_space(text) if cut else 0
    return text[first:].replace("\n", " ").lstrip()


def _head(text: str, *, cut: bool) -> str:
    """The beginning of a text, up to a whole word, on one line."""
    last = len(text) - _first_space(text[::-1]) if cut else len(text)
    return text[:last].replace("\n", " ").rstrip()


def _first_space(text: str) -> int:
    """Where white space begins in the first half of a text, or 0."""
    half = text[: len(text) // 2]
    return next((i for i, char in enumerate(half) if char.isspace()), 0)


def heading(unit: UnitPlace) -> bool:
    """Whether what follows a unit belongs under it: a heading, or a turn of the interviewer."""
    return unit.kind == UnitKind.HEADING or unit.interviewer
