"""What the comparison of coders computes, on values, for the worker."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm import i18n
from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.disagreements import Difference, Disagreement, passages
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.reports import report
from qualcoder_sm.reports.agreement import Comparison, compare
from qualcoder_sm.reports.options import Counted, Options
from qualcoder_sm.reports.provenance import provenance
from qualcoder_sm.reports.words import units_noun
from qualcoder_sm.table import Cell, Column, ColumnType, Table
from qualcoder_sm.ui.pages.passages import Excerpt, Reading, clock
from qualcoder_sm.ui.pages.wording import counted_in, range_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcoder_sm.analysis.results import CodeAgreement
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


def meaning(compared: Compared) -> list[str]:
    """What the pooled alpha says, and what it was counted on."""
    result, material = compared.comparison.result, compared.comparison.material
    alpha = result.pooled.alpha
    return [
        alpha.why or range_of(alpha.value),
        tr("{units} in {sources}.", units=counted_in(result.level, result.units, material.sources),
           sources=i18n.sources(result.sources)),
    ]  # fmt: skip


def counted(compared: Compared) -> list[str]:
    """Which sources count, whose words do not, and where the interval comes from."""
    comparison, alpha = compared.comparison, compared.comparison.result.pooled.alpha
    interval = alpha.interval.method if alpha.interval else alpha.no_interval
    said = (comparison.choosing.sentence, comparison.material.left_out, interval)
    return [*filter(None, said), tr("Before consensus.")]


def table(compared: Compared, order: Sequence[str], project: Project) -> Table:
    """The codes in an order, by guid, with the columns of the page and the pooled row last."""
    comparison = compared.comparison
    material, names = comparison.material, comparison.names
    known = {code.guid: (path, row) for code, path, row in
             zip(material.codes, material.paths, comparison.result.codes, strict=True)}  # fmt: skip
    rows = [known[guid] for guid in order]
    rows.append((tr("All codes pooled"), comparison.result.pooled))
    made = report("agreement")
    return Table(
        key="agreement",
        title=tr("Agreement of {names}", names=tr(" and ").join(names)),
        columns=tuple(_columns(comparison)),
        rows=tuple((path, *_figures(row)) for path, row in rows),
        notes=(meaning(compared)[0], *comparison.notes),
        provenance=provenance(project, compared.options, made.choices),
        guids={0: (*order, None)},
    )


def _columns(comparison: Comparison) -> Iterator[Column]:
    two, unit = len(comparison.names) == 2, units_noun(comparison.result.level)
    yield Column(tr("code"))
    yield Column(tr("both") if two else tr("all"), ColumnType.INTEGER, unit)
    for coder in comparison.material.coders:
        yield Column(tr("only {name}", name=coder.name), ColumnType.INTEGER, unit, coder.guid)
    if not two:
        yield Column(tr("some"), ColumnType.INTEGER, unit)
    yield Column(tr("neither") if two else tr("nobody"), ColumnType.INTEGER, unit)
    yield Column(tr("agreement"), ColumnType.PERCENT, "%")
    for name in (comparison.kappa, tr("alpha"), tr("alpha low"), tr("alpha high")):
        yield Column(name, ColumnType.NUMBER)
    yield Column(tr("remarks"), ColumnType.LONG_TEXT)


def _figures(row: CodeAgreement) -> tuple[Cell, ...]:
    some = (row.some,) if len(row.only) > 2 else ()
    interval = row.alpha.interval
    bounds = (interval.low, interval.high) if interval else (None, None)
    remarks = (row.why, "" if row.why else row.alpha.no_interval, *row.remarks)
    return (
        row.both, *row.only, *some, row.neither, row.percent.value, row.kappa.value,
        row.alpha.value, *bounds, " ".join(filter(None, remarks)),
    )  # fmt: skip


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
