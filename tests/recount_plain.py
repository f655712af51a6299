"""A second, plain implementation of what reports count: sets of characters, nothing clever.

It knows the study as it was made up, and never asks the project.
"""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from recount_study import DAY, SPEAKERS, Coding, Study, Unit

from qualcoder_sm.model import UnitKind

LEFT_OUT = {"interviewer", "heading", "other"}


@dataclass
class Asked:
    """Choices, by place in the study; None: not asked for."""

    coders: list[int] | None = None
    codes: list[int] | None = None
    sources: list[int] | None = None
    collections: list[str] | None = None
    cases: list[int] | None = None
    attributes: list[tuple[str, str]] | None = None
    speakers: list[str] | None = None
    roles: list[str] | None = None
    posted_since: int | None = None
    posted_until: int | None = None
    participants: bool = False
    polarities: list | None = None
    weight: int | None = None
    with_codes: list[int] | None = None
    without: list[int] | None = None
    near: list[int] | None = None
    within: int | None = None
    since: int | None = None
    until: int | None = None
    roll_up: bool = False

    @property
    def is_impossible(self) -> bool:
        """Whether nothing could be meant, so that it is refused."""
        dates = ((self.since, self.until), (self.posted_since, self.posted_until))
        return bool(set(self.with_codes or ()).intersection(self.without or ())) or any(
            None not in (since, until) and since >= until for since, until in dates
        )


def role(unit: Unit) -> str:
    if unit.kind is UnitKind.HEADING:
        return "heading"
    said = SPEAKERS.get(unit.speaker or "", "")
    if said in ("interviewer", "other"):
        return said
    return "participant" if unit.speaker else ""


class Plain:
    """The study as these choices leave it."""

    def __init__(self, study: Study, asked: Asked) -> None:
        self.study, self.asked = study, asked
        self.characters = [self._characters(i) for i in range(len(study.sources))]
        self.whole = [self._characters(i, words=False) for i in range(len(study.sources))]
        self.codes = [i for i, code in enumerate(study.codes) if self._has_row(i, code)]
        self.codings = [c for c in study.codings if self._meant(c) and self.spot(c)]

    def spot(self, coding: Coding) -> set[int]:
        """The characters of a coding that count."""
        return set(range(coding.start, coding.end)) & self.characters[coding.source]

    def sources(self) -> list[int]:
        return [i for i, characters in enumerate(self.characters) if characters]

    def counted_for(self, row: int) -> list[Coding]:
        """The codings that a row of a code counts."""
        path = self.study.codes[row].path
        return [
            c
            for c in self.codings
            if c.code == row
            or (self.asked.roll_up and self.study.codes[c.code].path[: len(path)] == path)
        ]

    def each(self) -> list[Coding]:
        """The codings that any row counts, each once."""
        kept = {id(c) for row in self.codes for c in self.counted_for(row)}
        return [c for c in self.codings if id(c) in kept]

    def units(self, source: int, level: str) -> list[set[int]]:
        """The units of a source that count, as sets of characters."""
        known, counts = self.study.sources[source], self.characters[source]
        if level == "character":
            return [{i} for i in sorted(counts)]
        if level == "source":
            return [counts] if counts else []
        if level == "unit":
            spans = [(u.start, u.end) for u in known.units]
        else:
            spans, at = [], 0
            for line in known.text.split("\n"):
                if line.strip():
                    spans.append((at, at + len(line)))
                at += len(line) + 1
        return [set(range(*span)) & counts for span in spans if set(range(*span)) & counts]

    def left_out(self) -> dict[str, int]:
        """Units that do not count because of whose words they are."""
        found: dict[str, int] = defaultdict(int)
        for i, source in enumerate(self.study.sources):
            for unit, stretch in zip(source.units, self._stretches(i), strict=True):
                if stretch <= self.whole[i] and self.asked.participants and role(unit) in LEFT_OUT:
                    found[role(unit)] += 1
        return dict(found)

    def _has_row(self, i: int, code) -> bool:
        if self.asked.codes is not None:
            return i in self.asked.codes
        return code.codable or self.asked.roll_up

    def _stretches(self, source: int) -> list[set[int]]:
        known = self.study.sources[source]
        edges = [0, *(u.start for u in known.units[1:]), len(known.text)]
        return [set(range(a, b)) for a, b in itertools.pairwise(edges)]

    def _characters(self, source: int, *, words: bool = True) -> set[int]:
        if not self._source_meant(source):
            return set()
        units = zip(self.study.sources[source].units, self._stretches(source), strict=True)
        return {c for unit, stretch in units if self._unit_meant(unit, words=words)
                for c in stretch}  # fmt: skip

    def _source_meant(self, i: int) -> bool:
        asked, study = self.asked, self.study
        mine = [case for case in study.cases if i in case.sources]
        return all((
            asked.sources is None or i in asked.sources,
            asked.collections is None or study.sources[i].collection in asked.collections,
            asked.cases is None or any(study.cases.index(case) in asked.cases for case in mine),
            all(any(case.attributes.get(name) == value for case in mine)
                for name, value in asked.attributes or ()),
        ))  # fmt: skip

    def _unit_meant(self, unit: Unit, *, words: bool) -> bool:
        asked = self.asked
        standing = SPEAKERS.get(unit.speaker or "", "")
        dated = asked.posted_since is not None or asked.posted_until is not None
        return all((
            asked.speakers is None or unit.speaker in asked.speakers,
            asked.roles is None or role(unit) in asked.roles or standing in asked.roles,
            not dated or unit.day is not None,
            asked.posted_since is None or (unit.day or 0) >= asked.posted_since,
            asked.posted_until is None or (unit.day or 0) < asked.posted_until,
            not (words and asked.participants) or role(unit) not in LEFT_OUT,
        ))  # fmt: skip

    def _meant(self, coding: Coding) -> bool:
        asked = self.asked
        if asked.codes is not None and not self._below_asked(coding.code):
            return False
        return all((
            asked.coders is None or coding.coder in asked.coders,
            not asked.polarities or coding.polarity in asked.polarities,
            asked.weight is None or (coding.weight or -1) >= asked.weight,
            asked.since is None or coding.day >= asked.since,
            asked.until is None or coding.day < asked.until,
            all(self._meets(coding, [code], 0) for code in asked.with_codes or ()),
            not asked.without or not self._meets(coding, asked.without, 0),
            not asked.near or self._is_near(coding),
        ))  # fmt: skip

    def _below_asked(self, code: int) -> bool:
        path = self.study.codes[code].path
        return any(
            code == one or (self.asked.roll_up and path[: len(above)] == above)
            for one in self.asked.codes or ()
            for above in [self.study.codes[one].path]
        )

    def _others(self, coding: Coding, codes: list[int]) -> list[Coding]:
        asked = self.asked
        return [c for c in self.study.codings if c.source == coding.source and c.code in codes
                and (asked.coders is None or c.coder in asked.coders)]  # fmt: skip

    def _meets(self, coding: Coding, codes: list[int], reach: int) -> bool:
        mine = set(range(coding.start - reach, coding.end + reach))
        return any(mine & set(range(c.start, c.end)) for c in self._others(coding, codes))

    def _is_near(self, coding: Coding) -> bool:
        if self.asked.within is not None:
            return self._meets(coding, self.asked.near or [], self.asked.within + 1)
        others = self._others(coding, self.asked.near or [])
        for unit in self.study.sources[coding.source].units:
            span = set(range(unit.start, unit.end))
            if span & set(range(coding.start, coding.end)) and any(
                span & set(range(c.start, c.end)) for c in others
            ):
                return True
        return False


def at(day: int):
    """The moment that stands for a day of the study."""
    return DAY + timedelta(days=day)
