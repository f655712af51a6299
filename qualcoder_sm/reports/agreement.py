"""Agreement between coders, per code and pooled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcoder_sm import i18n
from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports.counted import Choosing, chosen_sources
from qualcoder_sm.reports.material import Material, gather, themes_alone
from qualcoder_sm.reports.words import n_units, units_noun
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    coders = options.which.coders or tuple(coder.guid for coder in project.coders.all())
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
    result, names = comparison.result, comparison.names
    codes = [
        (code.guid, path, row) for code, path, row in comparison.codes(used_only=options.used_only)
    ]
    rows = [*codes, (None, tr("All codes pooled"), result.pooled)]
    extra = options.all_coefficients
    return Table(
        key="agreement",
        title=tr("Agreement of {names}", names=tr(" and ").join(names)),
        columns=_columns(comparison, units_noun(result.level), extra=extra),
        rows=tuple(_row(label, row, extra=extra) for _guid, label, row in rows),
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


def _columns(comparison: Comparison, unit: str, *, extra: bool) -> tuple[Column, ...]:
    names = comparison.names
    counts = (
        tr("both") if len(names) == 2 else tr("all"),
        *(tr("only {name}", name=name) for name in names),
        *((tr("some"),) if len(names) > 2 else ()),
        tr("neither") if len(names) == 2 else tr("nobody"),
    )
    coefficients = (comparison.kappa, tr("alpha"), tr("alpha low"), tr("alpha high"), "AC1", "F1")
    if extra:
        coefficients += (tr("Scott’s pi"), "PABAK", tr("prevalence index"), tr("bias index"),
                         tr("u-alpha"), tr("span F1"))  # fmt: skip
    return (
        Column(tr("code")),
        *(Column(name, ColumnType.INTEGER, unit) for name in counts),
        Column(tr("agreement"), ColumnType.PERCENT, "%"),
        *(Column(name, ColumnType.NUMBER) for name in coefficients),
        Column(tr("remarks"), ColumnType.LONG_TEXT),
    )


def _row(label: str, row: CodeAgreement, *, extra: bool) -> tuple[Cell, ...]:
    some = (row.some,) if len(row.only) > 2 else ()
    interval = row.alpha.interval
    remarks = [row.why, *row.remarks]
    return (
        label,
        row.both,
        *row.only,
        *some,
        row.neither,
        row.percent.value,
        row.kappa.value,
        row.alpha.value,
        interval.low if interval else None,
        interval.high if interval else None,
        row.ac1.value,
        row.f1.value,
        *(_more(row).values() if extra else ()),
        " ".join(remark for remark in remarks if remark),
    )


def _more(row: CodeAgreement) -> dict[str, Cell]:
    """The coefficients that are shown when all are asked for."""
    return {
        "pi": row.pi.value,
        "pabak": row.pabak.value,
        "prevalence_index": row.prevalence_index,
        "bias_index": row.bias_index,
        "alpha_u": row.alpha_u.value,
        "span_f1": row.span_f1.value,
    }


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
        **_more(row),
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
