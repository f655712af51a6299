"""What the comparison of coders computes, on values, for the worker."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from qualcoder_sm import i18n
from qualcoder_sm.analysis.disagreements import (
    Difference,
    Disagreement,
    disagreements,
    passages,
)
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.scope import tells_roles
from qualcoder_sm.reports import report
from qualcoder_sm.reports.agreement import ALPHA, KAPPA, METHOD, Comparison, as_table, compare
from qualcoder_sm.reports.provenance import provenance
from qualcoder_sm.spans import united
from qualcoder_sm.ui.pages.passages import Excerpt, Reading, clock
from qualcoder_sm.ui.pages.wording import counted_in, range_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.analysis.results import CodeAgreement
    from qualcoder_sm.model import Code, Coding
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.material import Material
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A comparison, with the options that make the same report.

    `counted_for` names the codes whose codings count for a code: itself, and with rolling up those
    below it. `tells_roles` says whether whose words count makes a difference in the project.
    """

    options: Options
    comparison: Comparison
    counted_for: Mapping[str, frozenset[str]]
    tells_roles: bool

    @property
    def codes(self) -> list[tuple[Code, str, CodeAgreement]]:
        """The codes that are shown, in the order of the codebook."""
        return self.comparison.codes(used_only=self.options.used_only)


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


def compared(project: Project, asked: Options) -> Compared:
    """The agreement asked for. Raises WrongUsage, with a sentence, when there is nothing to compare."""
    options = report("agreement").resolved(asked)
    found = compare(project, options)
    if not found.codes(used_only=True):
        nothing = tr("Nothing is coded by these coders in these sources.")
        said = (nothing, found.choosing.sentence, found.material.left_out)
        raise WrongUsage(" ".join(filter(None, said)))
    below = project.codebook.below if options.roll_up else _nothing
    counted_for = {
        code.guid: frozenset((code.guid, *(one.guid for one in below(code.guid))))
        for code in found.material.codes
    }
    return Compared(options, found, counted_for, tells_roles(project))


def _nothing(_code: str) -> list[Code]:
    return []


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
    """The notes of the report that matter here: what counts, what does not, whence the interval."""
    _units, *notes = compared.comparison.notes
    return [*(note for note in notes if note != tr(METHOD)), tr("Before consensus.")]


def differing(compared: Compared, row: CodeAgreement) -> str:
    """How many units differ on a code: what the table counts for one of the two alone."""
    result, material = compared.comparison.result, compared.comparison.material
    return counted_in(result.level, sum(row.only), material.sources)


def table(compared: Compared, order: Sequence[str], project: Project) -> Table:
    """The codes in an order, by guid, with the columns of the page and the pooled row last."""
    comparison = compared.comparison
    known = {code.guid: (code.guid, path, row) for code, path, row in comparison.codes()}
    made = as_table(comparison, [known[guid] for guid in order], (KAPPA, *ALPHA))
    asked = provenance(project, compared.options, report("agreement").choices)
    return replace(
        made,
        notes=(meaning(compared)[0], *made.notes),
        provenance={**asked, **made.provenance},
    )


def differences(comparison: Comparison) -> Differences:
    """Where the two coders differ: unit by unit as the table counts, characters as passages."""
    places = passages if comparison.axis.level is Level.CHARACTER else disagreements
    found = tuple(places(comparison.material.codings, comparison.axis))
    counts = Counter(tuple(sorted(two)) for one in found for two in set(_confused(one)))
    if not counts:
        return Differences(found, None)
    [((one, other), times)] = counts.most_common(1)
    return Differences(found, Confusion(one, other, times))


def read(
    project: Project, compared: Compared, about: Sequence[Disagreement]
) -> tuple[Differing, ...]:
    """The disagreements with their words."""
    reading, codings_of = Reading(project), cache(project.codings.of_source)
    material, shown = compared.comparison.material, list[Differing]()
    for one in about:
        meant = {code for index in one.codes
                 for code in compared.counted_for[material.codes[index].guid]}  # fmt: skip
        source = material.sources[one.source].guid
        codings = [coding for coding in codings_of(source) if coding.code in meant]
        shown.append(_differing(reading, material, one, codings))
    return tuple(shown)


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
    here = [c for c in codings if c.coder == coder.guid]
    touching = [c for c in here if c.start < one.end and c.end > one.start]
    codes = tuple(dict.fromkeys(coding.code for coding in touching))
    spans = united((coding.start, coding.end) for coding in touching)
    characters = sum(end - start for start, end in spans)
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
