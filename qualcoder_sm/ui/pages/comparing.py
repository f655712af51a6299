"""What the comparison of coders computes, on values, for the worker."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.disagreements import Difference, Disagreement, passages
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.reports import report
from qualcoder_sm.reports.agreement import Comparison, compare
from qualcoder_sm.reports.options import Counted, Options
from qualcoder_sm.ui.pages.passages import Excerpt, Reading, clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.model import Coding
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.material import Material

ALL, USED, FINISHED = "all", "used", "finished"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared: guids, or one of ALL, USED (codes) and FINISHED (sources)."""

    coders: tuple[str, ...]
    sources: str | tuple[str, ...] = ALL
    codes: str | tuple[str, ...] = USED
    level: Level = Level.UNIT


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A comparison, with the options that make the same report."""

    options: Options
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder did at a place: the codes meant, their characters, and the words."""

    coder: str
    codes: tuple[str, ...]
    characters: int
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Differing:
    """One disagreement, ready to be read."""

    source: str
    start: int
    end: int
    title: str
    note: str
    place: str
    heading: str
    time: str
    before: str
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two codes, by index, that one coder and the other put on the same words, and how often."""

    one: int
    other: int
    times: int


@dataclass(frozen=True, slots=True)
class Differences:
    """All disagreements of two coders, and the pair of codes confused most often, if any."""

    all: tuple[Disagreement, ...]
    confusion: Confusion | None

    def of_code(self, code: int) -> list[Disagreement]:
        """Those that are about one code."""
        return [one for one in self.all if code in one.codes]

    def of_confusion(self) -> list[Disagreement]:
        """Those in which the two codes are confused."""
        if self.confusion is None:
            return []
        pair = {self.confusion.one, self.confusion.other}
        return [d for d in self.all if any(set(two) == pair for two in _confused(d))]


def compared(project: Project, asked: Asked) -> Compared:
    """The agreement asked for. Raises WrongUsage, with a sentence, when there is nothing to compare."""
    sources = asked.sources if isinstance(asked.sources, tuple) else ()
    codes = _codes(project, asked, sources)
    counted = None if sources else Counted(asked.sources)
    which = Filter(asked.coders, codes, sources)
    options = report("agreement").resolved(Options(which, level=asked.level, counted=counted))
    return Compared(options, compare(project, options))


def differences(material: Material) -> Differences:
    """Where the first two coders differ."""
    line = units.characters(material.lengths, material.scopes)
    found = tuple(passages(material.codings, line))
    counts = Counter(tuple(sorted(two)) for one in found for two in set(_confused(one)))
    if not counts:
        return Differences(found, None)
    [((one, other), times)] = counts.most_common(1)
    return Differences(found, Confusion(one, other, times))


def read(
    project: Project, material: Material, about: Sequence[Disagreement]
) -> tuple[Differing, ...]:
    """The disagreements with their words."""
    reading, cache = Reading(project), dict[str, list["Coding"]]()
    shown: list[Differing] = []
    for one in about:
        source = material.sources[one.source].guid
        if source not in cache:
            cache[source] = project.codings.of_source(source)
        shown.append(_differing(reading, material, one, cache[source]))
    return tuple(shown)


def _codes(project: Project, asked: Asked, sources: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(asked.codes, tuple):
        return asked.codes
    places = project.segments.places(Filter(coders=asked.coders, sources=sources))
    used = {place[1] for place in places}
    if not used:
        raise WrongUsage(tr("Nothing is coded by these coders in these sources."))
    if asked.codes == ALL:
        return ()
    return tuple(code.guid for code in project.codebook.codes() if code.guid in used)


def _confused(one: Disagreement) -> list[tuple[int, int]]:
    """Pairs of a code of A alone and a code of B alone."""
    return [(min(pair), max(pair)) for pair in one.confused]


def _differing(
    reading: Reading, material: Material, one: Disagreement, codings: Sequence[Coding]
) -> Differing:
    source = material.sources[one.source].guid
    unit = reading.unit(source, one.start)
    place = reading.place(source, one.start)
    who = (unit.speaker or "") if unit else ""
    if reading.source(source).name.startswith(who):
        who = ""
    return Differing(
        source=source,
        start=one.start,
        end=one.end,
        title=_title(material, one),
        note=_note(material, one),
        place=reading.short_place(source, one.start),
        heading=tr("{place}, {who}", place=place, who=who) if who else place,
        time=clock(unit.offset) if unit and unit.offset is not None else "",
        before=reading.before(source, one.start),
        sides=(
            _side(reading, material, one, codings, 0),
            _side(reading, material, one, codings, 1),
        ),
    )


def _side(
    reading: Reading, material: Material, one: Disagreement, codings: Sequence[Coding], who: int
) -> Side:
    source, coder = material.sources[one.source].guid, material.coders[who]
    meant = {material.codes[code].guid for code in one.codes}
    here = [c for c in codings if c.coder == coder.guid and c.code in meant]
    touching = [c for c in here if c.start < one.end and c.end > one.start]
    codes = tuple(dict.fromkeys(coding.code for coding in touching))
    characters = sum(coding.end - coding.start for coding in touching)
    return Side(coder.name, codes, characters, reading.excerpt(source, one.start, one.end, here))


def _title(material: Material, one: Disagreement) -> str:
    a, b = _names(material, one.only_a), _names(material, one.only_b)
    first, second = (coder.name for coder in material.coders[:2])
    if a and b:
        return tr("{first} {a}, {second} {b}", first=first, a=a, second=second, b=b)
    return tr("only {name}: {codes}", name=first if a else second, codes=a or b)


def _note(material: Material, one: Disagreement) -> str:
    first, second = (coder.name for coder in material.coders[:2])
    if one.kind is Difference.DIFFERENT_CODE:
        return tr("other code")
    if one.kind is Difference.DIFFERENT_EXTENT:
        return tr("other boundary")
    silent, own = (second, one.only_b) if one.kind is Difference.ONLY_A else (first, one.only_a)
    if not (codes := own | one.both):
        return tr("{name} coded nothing here", name=silent)
    return tr("{name} coded {codes} here", name=silent, codes=_names(material, codes))


def _names(material: Material, codes: frozenset[int]) -> str:
    return tr(" and ").join(material.codes[code].name for code in sorted(codes))
