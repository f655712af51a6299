"""Do the coders agree? For every code, and for all codes pooled.

The order of work: spans are placed on an axis of units, cut into pieces with the same coders,
counted, and the counts turned into coefficients. No array ever has a cell per character.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from qualcoder_sm.analysis import coefficients
from qualcoder_sm.analysis.bootstrap import REPLICATES, SEED, Interval, interval
from qualcoder_sm.analysis.codings import Codings, FloatArray, IntArray, pieces
from qualcoder_sm.analysis.coefficients import Counts
from qualcoder_sm.analysis.estimates import Estimate, estimate
from qualcoder_sm.analysis.resampling import Tally, resampling, too_few
from qualcoder_sm.analysis.results import Agreement, CodeAgreement, Mean, remarks
from qualcoder_sm.analysis.unitizing import unitized
from qualcoder_sm.analysis.units import Axis
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr

Coefficient = Callable[[Counts], FloatArray]


def agreement(
    codings: Codings,
    axis: Axis,
    codes: int,
    coders: int,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Agreement:
    """Compare `coders` coders on `codes` codes over the units of an axis.

    Codes and coders are counted from 0 and take part whether they have codings or not. Every
    coder is taken to have judged every unit. `replicates` 0 gives no intervals.

    Errors: WrongUsage with fewer than two coders.
    """
    if coders < 2:
        raise WrongUsage(tr("Agreement needs at least two coders."))
    tally = _tally(codings, axis, codes, coders)
    counts, cells = tally.per_code(), _cells(tally)
    alpha_u = _alpha_u(codings, axis, codes, coders)
    intervals = _Intervals(tally, replicates, seed)
    rows = tuple(
        _row(code, cells[code], counts.at(code), alpha_u[code], intervals) for code in range(codes)
    )
    return Agreement(
        level=axis.level,
        coders=coders,
        units=axis.units,
        sources=int(np.count_nonzero(axis.sizes)),
        codes=rows,
        pooled=_row(None, cells.sum(axis=0), counts.total(), alpha_u[codes], intervals),
        mean_kappa=_mean([row.kappa for row in rows]),
        mean_alpha=_mean([row.alpha for row in rows]),
        replicates=replicates,
        seed=seed,
    )


def _tally(codings: Codings, axis: Axis, codes: int, coders: int) -> Tally:
    return Tally(axis, pieces(axis.place(codings), axis.sources, coders), codes, coders)


def _cells(tally: Tally) -> IntArray:
    """(codes, 1 + 2 coders): nobody, one coder ... all of them; then each coder alone."""
    coders, cut = tally.coders, tally.pieces
    number = sum(((cut.who >> coder) & 1 for coder in range(coders)), np.zeros_like(cut.who))
    columns = [number == j for j in range(coders + 1)]
    columns += [cut.who == 1 << coder for coder in range(coders)]
    cells = np.column_stack(
        [np.bincount(cut.code[has], cut.length[has], tally.codes) for has in columns]
    ).astype(np.int64)
    cells[:, 0] = tally.axis.units - cells[:, 1 : coders + 1].sum(axis=1)
    return cells


def _alpha_u(codings: Codings, axis: Axis, codes: int, coders: int) -> list[Estimate]:
    """One for each code, and the pooled one last."""
    line = axis.by_character
    counts = _tally(codings, line, codes, coders).per_code()
    found = unitized(line.place(codings), counts, line.sizes)
    values = found.per_code()
    each = [estimate(float(values[k]), _why(counts.at(k))) for k in range(codes)]
    return [*each, estimate(float(found.pooled()), _why(counts.total()))]


class _Intervals:
    """Intervals of coefficients, or the reason why there are none."""

    def __init__(self, tally: Tally, replicates: int, seed: int) -> None:
        self.replicates = replicates
        self._few = too_few(tally.axis) if replicates else tr("No intervals were asked for.")
        self._drawn = None if self._few else resampling(tally, replicates, seed)

    def of(self, code: int | None, functions: list[Coefficient]) -> list[Interval | None]:
        if self._drawn is None:
            return [None for _ in functions]
        drawn = self._drawn.pooled() if code is None else self._drawn.of_code(code)
        return [interval(function(drawn)) for function in functions]

    @property
    def missing(self) -> str:
        return self._few or tr("Undefined in most of the bootstrap replicates.")


def _row(
    code: int | None, cells: IntArray, counts: Counts, alpha_u: Estimate, intervals: _Intervals
) -> CodeAgreement:
    coders, why = counts.coders, _why(counts)
    indexed = coders == 2 and counts.units > 0
    spread = tuple(int(n) for n in cells[: coders + 1])
    kappa, alpha = _with_intervals(code, counts, why, intervals)
    row = CodeAgreement(
        code=code,
        n_units=int(counts.units),
        both=spread[-1],
        only=tuple(int(n) for n in cells[coders + 1 :]),
        some=sum(spread[2:-1]),
        neither=spread[0],
        spread=spread,
        coded=tuple(int(n) for n in counts.coded),
        percent=estimate(float(coefficients.percent(counts)), why),
        kappa=kappa,
        light_kappa=estimate(float(coefficients.light_kappa(counts)), why or _pair()),
        alpha=alpha,
        ac1=estimate(float(coefficients.gwet_ac1(counts)), why),
        pi=estimate(float(coefficients.fleiss_kappa(counts)), why),
        pabak=estimate(float(coefficients.pabak(counts)), why),
        f1=estimate(float(coefficients.f1(counts)), why),
        alpha_u=alpha_u,
        prevalence_index=float(coefficients.prevalence_index(counts)) if indexed else None,
        bias_index=float(coefficients.bias_index(counts)) if indexed else None,
    )
    return replace(row, remarks=tuple(remarks(row, intervals.replicates)))


def _with_intervals(
    code: int | None, counts: Counts, why: str, intervals: _Intervals
) -> list[Estimate]:
    functions: list[Coefficient] = [coefficients.kappa, coefficients.krippendorff_alpha]
    around = [None, None] if why else intervals.of(code, functions)
    return [
        estimate(float(function(counts)), why, found, intervals.missing)
        for function, found in zip(functions, around, strict=True)
    ]


def _why(counts: Counts) -> str:
    """Why chance-corrected coefficients do not exist, or an empty string when they do."""
    coded, judgements = counts.coded.sum(), counts.coders * counts.units
    if not judgements:
        return tr("There are no units to compare.")
    if not coded:
        return tr("Nobody applied the code, so it does not vary.")
    if coded == judgements:
        return tr("Everybody coded everything, so the code does not vary.")
    return ""


def _pair() -> str:
    return tr("Two of the coders do not vary between them.")


def _mean(estimates: list[Estimate]) -> Mean:
    values = [e.value for e in estimates if e.value is not None]
    return Mean(float(np.mean(values)) if values else None, len(values), len(estimates))
