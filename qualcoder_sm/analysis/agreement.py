"""Do the coders agree? For every code, and for all codes pooled.

The order of work: spans are placed on an axis of units, cut into pieces with the same coders,
counted, and the counts turned into coefficients. No array ever has a cell per character.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qualcoder_sm.analysis import coefficients
from qualcoder_sm.analysis.codings import Codings, FloatArray, IntArray
from qualcoder_sm.analysis.coefficients import Coefficient, Counts
from qualcoder_sm.analysis.estimates import Estimate, estimate
from qualcoder_sm.analysis.intervals import interval
from qualcoder_sm.analysis.matching import matched
from qualcoder_sm.analysis.results import Agreement, CodeAgreement, Mean, remarks
from qualcoder_sm.analysis.tally import Tally
from qualcoder_sm.analysis.unitizing import unitized
from qualcoder_sm.analysis.units import Axis
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr


def agreement(
    codings: Codings, axis: Axis, codes: int, coders: int, *, intervals: bool = True
) -> Agreement:
    """Compare `coders` coders on `codes` codes over the units of an axis.

    Codes and coders are counted from 0 and take part whether they have codings or not. Every
    coder is taken to have judged every unit. A code that is to count what is coded below it
    has those codings too, as codings of its own.

    Errors: WrongUsage with fewer than two coders.
    """
    if coders < 2:
        raise WrongUsage(tr("Agreement needs at least two coders."))
    study = _Study.of(codings, axis, codes, coders, intervals=intervals)
    rows = tuple(study.row(code) for code in range(codes))
    return Agreement(
        level=axis.level,
        coders=coders,
        units=axis.units,
        sources=int(np.count_nonzero(axis.sizes)),
        codes=rows,
        pooled=study.row(None),
        mean_kappa=_mean([row.kappa for row in rows]),
        mean_alpha=_mean([row.alpha for row in rows]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Study:
    """What the rows are made of. The last of `alpha_u` and `span_f1` is the pooled one."""

    tally: Tally
    counts: Counts
    cells: IntArray
    alpha_u: FloatArray
    span_f1: FloatArray
    intervals: bool

    @classmethod
    def of(
        cls, codings: Codings, axis: Axis, codes: int, coders: int, *, intervals: bool
    ) -> "_Study":
        tally, line = Tally.of(codings, axis, codes, coders), axis.by_character
        placed, characters = line.place(codings), Tally.of(codings, line, codes, coders).per_code()
        where = unitized(placed, characters, line.sizes)
        passages = matched(placed, axis.sources, codes, coders)
        return cls(
            tally,
            tally.per_code(),
            tally.cells(),
            np.append(where.per_code(), where.pooled()),
            np.append(passages.per_code(), passages.pooled()),
            intervals,
        )

    def row(self, code: int | None) -> CodeAgreement:
        """The agreement on a code, or on all of them pooled."""
        counts = self.counts.total() if code is None else self.counts.at(code)
        cells = [int(n) for n in (self.cells.sum(axis=0) if code is None else self.cells[code])]
        coders, last, why = counts.coders, -1 if code is None else code, _why(counts)
        spread, indexed = cells[: coders + 1], coders == 2 and counts.units > 0
        percent, ac1, pi, pabak, f1 = (estimate(float(of(counts)), why) for of in _PLAIN)
        carrying = int(counts.units) - spread[0]
        kappa, alpha = self._with_intervals(code, counts, carrying, why)
        row = CodeAgreement(
            code=code,
            n_units=int(counts.units),
            both=spread[-1],
            only=tuple(cells[coders + 1 :]),
            some=sum(spread[2:-1]),
            neither=spread[0],
            spread=tuple(spread),
            coded=tuple(int(n) for n in counts.coded),
            percent=percent,
            kappa=kappa,
            light_kappa=estimate(float(coefficients.light_kappa(counts)), why or _pair()),
            alpha=alpha,
            ac1=ac1,
            pi=pi,
            pabak=pabak,
            f1=f1,
            span_f1=estimate(float(self.span_f1[last]), why),
            alpha_u=estimate(float(self.alpha_u[last]), why),
            prevalence_index=float(coefficients.prevalence_index(counts)) if indexed else None,
            bias_index=float(coefficients.bias_index(counts)) if indexed else None,
        )
        return replace(row, remarks=tuple(remarks(row)))

    def _with_intervals(
        self, code: int | None, counts: Counts, carrying: int, why: str
    ) -> list[Estimate]:
        each = [coefficients.kappa, coefficients.krippendorff_alpha]
        if why or not self.intervals:
            return [estimate(float(of(counts)), why, None, _unasked()) for of in each]
        by_source = self.tally.by_source(code)
        return [estimate(float(of(counts)), why, *interval(of, by_source, carrying)) for of in each]


_PLAIN: Sequence[Coefficient] = (
    coefficients.percent,
    coefficients.gwet_ac1,
    coefficients.scott_pi,
    coefficients.pabak,
    coefficients.f1,
)


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


def _unasked() -> str:
    return tr("No intervals were asked for.")


def _mean(estimates: list[Estimate]) -> Mean:
    values = [e.value for e in estimates if e.value is not None]
    return Mean(float(np.mean(values)) if values else None, len(values), len(estimates))
