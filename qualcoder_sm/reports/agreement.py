"""Agreement between coders, per code and pooled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcoder_sm import i18n
from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.filters import coders_of
from qualcoder_sm.reports.counted import Choosing, chosen_sources
from qualcoder_sm.reports.material import Material, gather, themes_alone
from qualcoder_sm.reports.words import n_units, units_noun
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qualcoder_sm.analysis.intervals import Interval
    from qualcoder_sm.analysis.results import Agreement, CodeAgreement
    from qualcoder_sm.analysis.units import Axis
    from qualcoder_sm.model import Code
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Cell

METHOD = (
    "Overlapping or repeated codings of one coder and code count once. Kappa is Cohen’s (1960) for "
    "two coders and Fleiss’ (1971) for more; alpha is Krippendorff’s (2011) for nominal values; "
    "AC1 is Gwet’s (2008). Computed on the coders’ own codings, before any consensus."
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The agreement of some coders, with the codes, coders and sources it speaks of.

    `axis` holds the units compared; `notes` say what counts and what was left out.
    """

    material: Material
    axis: Axis
    result: Agreement
    choosing: Choosing
    notes: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The coders' names, in the order of the counts."""
        return [coder.name for coder in self.material.coders]

    def codes(self, *, used_only: bool = False) -> list[tuple[Code, str, CodeAgreement]]:
        """Each code with its path and its figures, or those that somebody applied."""
        material = self.material
        rows = zip(material.codes, material.paths, self.result.codes, strict=True)
        return [row for row in rows if not used_only or _is_used(row[2])]

    @property
    def kappa(self) -> str:
        """Which coefficient stands under kappa."""
        return self.result.kappa_name

    @property
    def provenance(self) -> dict[str, str]:
        """What the comparison itself found out: which sources counted, what was resampled."""
        return {
            "sources": self.choosing.rule.value,
            "intervals": _interval_note(self.result),
        }


def compare(project: Project, options: Options) -> Comparison:
    """Compare the coders of the filter (all, if it names none) at a level of unit.

    Raises WrongUsage with fewer than two coders.
    """
    coders = tuple(coder.guid for coder in coders_of(project, options.which))
    if len(coders) < 2:
        raise WrongUsage(tr("Agreement needs at least two coders. Name another one."))
    choosing = chosen_sources(project, options, coders)
    which = replace(options.which, coders=coders, sources=choosing.sources or ("",))
    material = gather(project, which, roll_up=options.roll_up)
    scale = material.axis(project, options.level)
    result = agreement(material.codings, scale, len(material.codes), len(material.coders))
    notes = _notes(material, result, choosing, options)
    return Comparison(material, scale, result, choosing, tuple(filter(None, notes)))


def table(project: Project, options: Options) -> Table:
    """A row per code in the order of the codebook, and the pooled row last."""
    comparison = compare(project, options)
    codes = [
        (code.guid, path, row) for code, path, row in comparison.codes(used_only=options.used_only)
    ]
    coefficients = _SHOWN + (_MORE if options.all_coefficients else ())
    return as_table(comparison, codes, coefficients)


def as_table(
    comparison: Comparison,
    codes: Sequence[tuple[str, str, CodeAgreement]],
    coefficients: Sequence[Coefficient],
) -> Table:
    """Codes, each by guid, label and figures, as rows in this order, and the pooled row last."""
    result, names = comparison.result, comparison.names
    rows = [*codes, (None, tr("All codes pooled"), result.pooled)]
    return Table(
        key="agreement",
        title=tr("Agreement of {names}", names=tr(" and ").join(names)),
        columns=tuple(_columns(comparison, coefficients)),
        rows=tuple((label, *_figures(row, coefficients)) for _guid, label, row in rows),
        notes=comparison.notes,
        guids={0: tuple(guid for guid, _label, _row in rows)},
        provenance=comparison.provenance,
    )


def as_json(comparison: Comparison) -> dict[str, object]:
    """The shape that the command line prints; undefined values are None, with the reason."""
    result, names = comparison.result, comparison.names
    pooled = {
        **_json(result.pooled, names),
        "alpha_u": {"value": result.pooled.alpha_u.value, "why": result.pooled.alpha_u.why},
        "mean_kappa": result.mean_kappa.value,
        "mean_alpha": result.mean_alpha.value,
        "codes_with_kappa": result.mean_kappa.defined,
    }
    codes = [
        {"code": path, "guid": code.guid, **_json(row, names)}
        for code, path, row in comparison.codes()
    ]
    return {
        "coders": names,
        "unit": result.level.value,
        "kappa": comparison.kappa,
        "codes": codes,
        "pooled": pooled,
        "sources": {
            "counted": len(comparison.material.sources),
            "of": comparison.choosing.among,
            "chosen": comparison.choosing.rule.value,
            "touched_by_one": comparison.choosing.touched_by_one,
        },
        "notes": list(comparison.notes),
    }


def _notes(
    material: Material, result: Agreement, choosing: Choosing, options: Options
) -> Iterator[str]:
    yield tr("Counted: {units} in {sources}.", units=n_units(result.level, result.units),
             sources=i18n.sources(result.sources))  # fmt: skip
    yield choosing.sentence
    yield material.left_out
    if options.roll_up:
        yield tr("A code counts what is coded with the codes below it too.")
        yield tr(
            "The pooled figures add up the rows, so a passage counts in each row that stands for its "
            "code or for a code above it."
        )
    else:
        yield themes_alone(material)
    unused = sum(not _is_used(row) for row in result.codes)
    if options.used_only and unused:
        yield ntr("{n} code that nobody applied is not shown; the pooled figures count it.",
                  "{n} codes that nobody applied are not shown; the pooled figures count them.",
                  unused)  # fmt: skip
    yield tr(METHOD)
    yield _interval_note(result)


def _is_used(row: CodeAgreement) -> bool:
    return row.n_units > row.neither


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A column of the table: its name, kappa's by the number of coders, and its value of a row."""

    name: str
    value: Callable[[CodeAgreement], Cell]


def _bound(row: CodeAgreement, side: str) -> float | None:
    return getattr(row.alpha.interval, side) if row.alpha.interval else None


KAPPA = Coefficient("kappa", lambda row: row.kappa.value)
ALPHA = (
    Coefficient("alpha", lambda row: row.alpha.value),
    Coefficient("alpha low", lambda row: _bound(row, "low")),
    Coefficient("alpha high", lambda row: _bound(row, "high")),
)
_SHOWN = (
    KAPPA,
    *ALPHA,
    Coefficient("AC1", lambda row: row.ac1.value),
    Coefficient("F1", lambda row: row.f1.value),
)
_MORE = (
    Coefficient("Scott’s pi", lambda row: row.pi.value),
    Coefficient("PABAK", lambda row: row.pabak.value),
    Coefficient("prevalence index", lambda row: row.prevalence_index),
    Coefficient("bias index", lambda row: row.bias_index),
    Coefficient("u-alpha", lambda row: row.alpha_u.value),
    Coefficient("span F1", lambda row: row.span_f1.value),
)


def _columns(comparison: Comparison, coefficients: Sequence[Coefficient]) -> Iterator[Column]:
    two, unit = len(comparison.names) == 2, units_noun(comparison.result.level)
    yield Column(tr("code"))
    yield Column(tr("both") if two else tr("all"), ColumnType.INTEGER, unit)
    for coder in comparison.material.coders:
        yield Column(tr("only {name}", name=coder.name), ColumnType.INTEGER, unit, coder.guid)
    if not two:
        yield Column(tr("some"), ColumnType.INTEGER, unit)
    yield Column(tr("neither") if two else tr("nobody"), ColumnType.INTEGER, unit)
    yield Column(tr("agreement"), ColumnType.PERCENT, "%")
    for one in coefficients:
        yield Column(comparison.kappa if one is KAPPA else tr(one.name), ColumnType.NUMBER)
    yield Column(tr("remarks"), ColumnType.LONG_TEXT)


def _figures(row: CodeAgreement, coefficients: Sequence[Coefficient]) -> tuple[Cell, ...]:
    some = (row.some,) if len(row.only) > 2 else ()
    remarks = (row.why, "" if row.why else row.alpha.no_interval, *row.remarks)
    return (
        row.both, *row.only, *some, row.neither, row.percent.value,
        *(one.value(row) for one in coefficients), " ".join(filter(None, remarks)),
    )  # fmt: skip


def _json(row: CodeAgreement, names: list[str]) -> dict[str, object]:
    return {
        "n_units": row.n_units,
        "both": row.both,
        "only": dict(zip(names, row.only, strict=True)),
        "some": row.some,
        "neither": row.neither,
        "percent": row.percent.value,
        "kappa": row.kappa.value,
        "alpha": row.alpha.value,
        "ac1": row.ac1.value,
        "f1": row.f1.value,
        "pi": row.pi.value,
        "pabak": row.pabak.value,
        "prevalence_index": row.prevalence_index,
        "bias_index": row.bias_index,
        "alpha_u": row.alpha_u.value,
        "span_f1": row.span_f1.value,
        "ci": {"kappa": _pair(row.kappa.interval), "alpha": _pair(row.alpha.interval)},
        "why": row.why or None,
        "why_no_ci": row.alpha.no_interval or None,
        "remarks": list(row.remarks),
    }


def _pair(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _interval_note(result: Agreement) -> str:
    alpha = result.pooled.alpha
    return alpha.interval.method if alpha.interval else alpha.no_interval
