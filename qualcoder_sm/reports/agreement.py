"""Agreement between coders, per code and pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.analysis.agreement import agreement
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports.material import Material, axis, gather
from qualcoder_sm.reports.options import Options, provenance
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.analysis.bootstrap import Interval
    from qualcoder_sm.analysis.results import Agreement, CodeAgreement
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Cell

METHOD = (
    "Overlapping or repeated codings of one coder and code count once. Kappa is Cohen’s (1960) for "
    "two coders and Fleiss’ (1971) for more; alpha is Krippendorff’s (2011) for nominal values; "
    "AC1 is Gwet’s (2008). Computed on the coders’ own codings, before any consensus."
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The agreement of some coders, with the codes, coders and sources it speaks of."""

    material: Material
    result: Agreement

    @property
    def names(self) -> list[str]:
        """The coders' names, in the order of the counts."""
        return [coder.name for coder in self.material.coders]


def compare(project: Project, options: Options) -> Comparison:
    """Compare the coders of the filter (all, if it names none) at a level of unit.

    Raises WrongUsage with fewer than two coders.
    """
    material = gather(project, options.which)
    if len(material.coders) < 2:
        raise WrongUsage(tr("Agreement needs at least two coders. Name another one."))
    scale = axis(project, material.sources, options.level)
    result = agreement(material.codings, scale, len(material.codes), len(material.coders))
    return Comparison(material, result)


def table(project: Project, options: Options) -> Table:
    """A row per code in the order of the codebook, and the pooled row last."""
    comparison = compare(project, options)
    result, names = comparison.result, comparison.names
    labels = [*comparison.material.paths, tr("All codes pooled")]
    rows = [*result.codes, result.pooled]
    notes = [
        tr("Unit: {unit}; {n} units in {sources} sources.", unit=result.level.value,
           n=f"{result.units:,}", sources=result.sources),
        tr(METHOD),
        _interval_note(result),
    ]  # fmt: skip
    return Table(
        key="agreement",
        title=tr("Agreement of {names}", names=tr(" and ").join(names)),
        columns=_columns(result.level.value, names),
        rows=tuple(_row(label, row) for label, row in zip(labels, rows, strict=True)),
        notes=tuple(note for note in notes if note),
        provenance=provenance(project, options),
    )


def as_json(comparison: Comparison) -> dict[str, object]:
    """The shape that the command line prints; undefined values are None, with the reason."""
    result, names = comparison.result, comparison.names
    pooled = {
        **_json(None, result.pooled, names),
        "alpha_u": {"value": result.pooled.alpha_u.value, "why": result.pooled.alpha_u.why},
        "mean_kappa": result.mean_kappa.value,
        "mean_alpha": result.mean_alpha.value,
        "codes_with_kappa": result.mean_kappa.defined,
    }
    codes = [
        _json(path, row, names)
        for path, row in zip(comparison.material.paths, result.codes, strict=True)
    ]
    return {"coders": names, "unit": result.level.value, "codes": codes, "pooled": pooled}


def _columns(unit: str, names: list[str]) -> tuple[Column, ...]:
    counts = (
        tr("both") if len(names) == 2 else tr("all"),
        *(tr("only {name}", name=name) for name in names),
        *((tr("some"),) if len(names) > 2 else ()),
        tr("neither") if len(names) == 2 else tr("nobody"),
    )
    coefficients = (tr("kappa"), tr("alpha"), tr("alpha low"), tr("alpha high"), "AC1", "F1")
    return (
        Column(tr("code")),
        *(Column(name, ColumnType.INTEGER, tr("{unit}s", unit=unit)) for name in counts),
        Column(tr("agreement"), ColumnType.PERCENT, "%"),
        *(Column(name, ColumnType.NUMBER) for name in coefficients),
        Column(tr("remarks"), ColumnType.LONG_TEXT),
    )


def _row(label: str, row: CodeAgreement) -> tuple[Cell, ...]:
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
        " ".join(remark for remark in remarks if remark),
    )


def _json(code: str | None, row: CodeAgreement, names: list[str]) -> dict[str, object]:
    known: dict[str, object] = {} if code is None else {"code": code}
    return {
        **known,
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
        "ci": {"kappa": _pair(row.kappa.interval), "alpha": _pair(row.alpha.interval)},
        "why": row.why or None,
        "why_no_ci": row.alpha.no_interval or None,
        "remarks": list(row.remarks),
    }


def _pair(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _interval_note(result: Agreement) -> str:
    if result.pooled.alpha.interval is None:
        return result.pooled.alpha.no_interval
    return ntr(
        "95 % intervals by bootstrap, {n} sample, seed {seed}.",
        "95 % intervals by bootstrap, {n} samples, seed {seed}.",
        result.replicates,
        seed=result.seed,
    )
