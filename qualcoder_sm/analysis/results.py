"""What an analysis of agreement leaves: frozen values for reports, window and command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualcoder_sm.analysis.estimates import Estimate
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import ntr, tr

FEW_CODED_UNITS = 10
HIGH_F1 = 0.8
MOSTLY = 0.9


def kappa_name(coders: int) -> str:
    """What the coefficient called kappa is for so many coders."""
    return tr("Cohen’s kappa") if coders == 2 else tr("Fleiss’ kappa")


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """The agreement of the coders on one code, or on all of them pooled (`code` None).

    `both` units were coded by every coder, `only[i]` by coder i alone, `neither` by nobody;
    with more than two coders `some` is what remains, and `spread[j]` counts the units coded by
    exactly j coders. `coded[i]` is how many coder i coded. `percent` is 0 to 100. `kappa` is
    what `kappa_name` says; `light_kappa` is the mean of the pairs' Cohen's kappas; `pi` is
    Scott's for two coders and Fleiss' kappa for more. `f1` is agreement on coded units alone.
    `span_f1` and `alpha_u` are counted in passages and in characters, whatever the unit.
    `prevalence_index` and `bias_index` are None unless two coders are compared. What each
    coefficient is, and where it comes from, stands in `coefficients`, `matching`, `unitizing`
    and `intervals`. `remarks` are sentences to print with the figures.
    """

    code: int | None
    n_units: int
    both: int
    only: tuple[int, ...]
    some: int
    neither: int
    spread: tuple[int, ...]
    coded: tuple[int, ...]
    percent: Estimate
    kappa: Estimate
    light_kappa: Estimate
    alpha: Estimate
    ac1: Estimate
    pi: Estimate
    pabak: Estimate
    f1: Estimate
    span_f1: Estimate
    alpha_u: Estimate
    prevalence_index: float | None
    bias_index: float | None
    remarks: tuple[str, ...] = ()

    @property
    def kappa_name(self) -> str:
        """The name of the coefficient called kappa."""
        return kappa_name(len(self.only))

    @property
    def why(self) -> str:
        """Why kappa or alpha does not exist, or an empty string."""
        return self.alpha.why or self.kappa.why


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a coefficient over the codes that have one: `defined` of `codes`."""

    value: float | None
    defined: int
    codes: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything a report needs: a row per code, in order, and the pooled row.

    The pooled row adds the counts of the codes up. `units` and `sources` count what was compared,
    empty sources left out.
    """

    level: Level
    coders: int
    units: int
    sources: int
    codes: tuple[CodeAgreement, ...]
    pooled: CodeAgreement
    mean_kappa: Mean
    mean_alpha: Mean

    @property
    def kappa_name(self) -> str:
        """The name of the coefficient called kappa."""
        return kappa_name(self.coders)


def remarks(row: CodeAgreement) -> Iterator[str]:
    """Sentences that keep a reader from taking the figures of a row for more than they are."""
    carrying = row.n_units - row.neither
    if row.code is not None and 0 < carrying < FEW_CODED_UNITS:
        yield ntr(
            "Only {n} unit carries this code: the coefficients are unstable.",
            "Only {n} units carry this code: the coefficients are unstable.",
            carrying,
        )
    f1 = row.f1.value
    if f1 is not None and f1 < HIGH_F1 and row.neither > MOSTLY * row.n_units:
        yield tr(
            "{percent:.1f} % agreement is mostly text that nobody coded; see F1 and alpha.",
            percent=row.percent.value,
        )
    if row.alpha.value is not None and row.alpha.value < 0 and carrying >= FEW_CODED_UNITS:
        yield tr("Less agreement than chance alone would give.")
