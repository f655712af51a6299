"""Passages as the pages show them: coded words in their turn or post, and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.locators import locator
from qualcoder_sm.project.quoting import touched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qualcoder_sm.model import Coding, QuoteRule, Source, Unit
    from qualcoder_sm.project.project import Project

_LONGEST = 900
_AROUND = 250


@dataclass(frozen=True, slots=True)
class Span:
    """A code on text[start:end] of an excerpt."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a source with the codes on them; spans count from the excerpt's first letter."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Coded words in their turn or post, with the `guids` of the codings. `start` and `end` are the first coding's, in the source.

    `when` is the date of a post or the time in a recording, for the reader.
    """

    source: str
    start: int
    end: int
    place: str
    who: str
    when: str
    rule: QuoteRule
    excerpt: Excerpt
    guids: tuple[str, ...]

    @property
    def codings(self) -> int:
        """How many codings there are in it."""
        return len(self.guids)


class Reading:
    """Texts and units of a project, read once for each source."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._source = ""
        self._text = ""
        self._units: list[Unit] = []
        self._starts: list[int] = []
        self._sources = {source.guid: source for source in project.sources.all()}
        self._rules = project.quoting.rules()

    def source(self, guid: str) -> Source:
        """The source with this guid."""
        return self._sources[guid]

    def unit(self, source: str, position: int) -> Unit | None:
        """The unit at a position, or None above the first one."""
        self._open(source)
        at = bisect_right(self._starts, position) - 1
        return self._units[at] if at >= 0 else None

    def before(self, source: str, position: int) -> str:
        """The words of the turn before the one at a position; for a reply, the post it answers."""
        unit = self.unit(source, position)
        if unit is None or unit.ordinal == 0:
            return ""
        asked = self._units[unit.ordinal - 1 if unit.parent is None else unit.parent]
        return _shortened(self._text[asked.start : asked.end])

    def excerpt(self, source: str, start: int, end: int, codings: Sequence[Coding]) -> Excerpt:
        """The turns or posts around a span with these codings; long ones are cut on both sides."""
        first, last = self.unit(source, start), self.unit(source, end - 1)
        left = first.start if first else max(0, start - _AROUND)
        right = max(last.end if last else 0, end)
        lead = tail = ""
        if right - left > _LONGEST:
            lead = "… " if left < start - _AROUND else ""
            tail = " …" if right > end + _AROUND else ""
            left, right = max(left, start - _AROUND), min(right, end + _AROUND)
        left = min(left, start)
        shift, length = len(lead) - left, right - left
        spans = tuple(
            Span(max(c.start - left, 0) + len(lead), min(c.end + shift, length + len(lead)), c.code)
            for c in codings
            if c.start < right and c.end > left
        )
        return Excerpt(lead + self._text[left:right] + tail, spans)

    def place(self, source: str, position: int) -> str:
        """Where a position stands: source and turn."""
        at = locator(self._project, source, position)
        return tr("{source}, {locator}", source=self._sources[source].name, locator=at)

    def short_place(self, source: str, position: int) -> str:
        """The same with the id of a thread in place of its title."""
        at = locator(self._project, source, position)
        known = self._sources[source]
        return tr("{source}, {locator}", source=known.external_id or known.name, locator=at)

    def rule(self, source: str, start: int, end: int) -> QuoteRule:
        """How the words of the turns or posts around a span may be published."""
        self._open(source)
        held = touched(self._units, start, end)
        return self._rules.of(source, [unit.quote_rule for unit in held]).rule

    def passage(self, codings: Sequence[Coding]) -> Passage:
        """The passage of some codings that begin in one unit."""
        first = codings[0]
        end = max(coding.end for coding in codings)
        unit = self.unit(first.source, first.start)
        return Passage(
            first.source,
            first.start,
            first.end,
            self.short_place(first.source, first.start),
            _who(unit),
            _when(unit),
            self.rule(first.source, first.start, end),
            self.excerpt(first.source, first.start, end, codings),
            tuple(coding.guid for coding in codings),
        )

    def _open(self, source: str) -> None:
        if source != self._source:
            self._source = source
            self._text = self._project.sources.text(source)
            self._units = self._project.sources.units(source)
            self._starts = [unit.start for unit in self._units]


def by_unit(project: Project, codings: Sequence[Coding]) -> tuple[Passage, ...]:
    """The codings as passages, those in one turn or post together, in reading order."""
    reading = Reading(project)
    groups: dict[tuple[str, int], list[Coding]] = {}
    for coding in codings:
        unit = reading.unit(coding.source, coding.start)
        groups.setdefault((coding.source, unit.ordinal if unit else -1), []).append(coding)
    return tuple(reading.passage(group) for group in groups.values())


def day_and_time(at: datetime) -> str:
    """A short date for the reader: "3 Feb, 03:12"."""
    return f"{at.day} {at:%b, %H:%M}"


def _who(unit: Unit | None) -> str:
    if unit is None or not unit.speaker:
        return ""
    role = unit.told_role
    return tr("{key}, {role}", key=unit.speaker, role=role) if role else unit.speaker


def _when(unit: Unit | None) -> str:
    if unit is None:
        return ""
    if unit.at:
        return day_and_time(unit.at)
    return clock(unit.offset) if unit.offset is not None else ""


def clock(seconds: float) -> str:
    """A time in a recording: "19:20" or "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _shortened(text: str) -> str:
    return text if len(text) <= _AROUND * 2 else "… " + text[-_AROUND * 2 :]
