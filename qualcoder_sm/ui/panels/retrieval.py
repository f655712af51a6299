"""What the worker reads for the list of passages: all that is meant, or some sources anew."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.segments import Coded


@dataclass(slots=True)
class Totals:
    """How many codings, passages, sources, codes and coders a list holds."""

    codings: int = 0
    passages: int = 0
    sources: int = 0
    codes: Counter[str] = field(default_factory=Counter[str])
    coders: Counter[str] = field(default_factory=Counter[str])

    @classmethod
    def of(cls, by_source: Mapping[str, Sequence[Coded]]) -> "Totals":
        """Of all codings of each source."""
        totals = cls()
        for codings in by_source.values():
            totals.put(codings)
        return totals

    def put(self, codings: Sequence[Coded], by: int = 1) -> None:
        """Count all codings of one source, or with -1 no longer."""
        self.codings += by * len(codings)
        self.passages += by * len({(coding.start, coding.end) for coding in codings})
        self.sources += by * bool(codings)
        for coding in codings:
            self.codes[coding.code] += by
            self.coders[coding.coder] += by

    @property
    def several_codes(self) -> bool:
        """Whether there is more than one code."""
        return _several(self.codes)

    @property
    def several_coders(self) -> bool:
        """Whether there is more than one coder."""
        return _several(self.coders)

    @property
    def told(self) -> str:
        """How many there are, each number with its unit; empty for none."""
        if not self.codings:
            return ""
        passages = ntr("{n} passage", "{n} passages", self.passages)
        sources = ntr("{n} source", "{n} sources", self.sources)
        if self.passages == self.codings:
            return tr("{passages} in {sources}", passages=passages, sources=sources)
        every = ntr("{n} coding", "{n} codings", self.codings)
        return tr("{passages} in {sources}, {codings}", passages=passages, sources=sources,
                  codings=every)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Everything that is meant, sources in their `order`, and which codings differ from before.

    The first `first` are as before; then `gone` of the list before gave way to `new` ones.
    """

    codings: list[Coded]
    order: Mapping[str, int]
    totals: Totals
    first: int
    gone: int
    new: int


@dataclass(frozen=True, slots=True)
class Renewed:
    """What is meant in the sources that a step touched, by place; all else is as before."""

    by_source: Mapping[str, Sequence[Coded]]


def retrieved(
    project: Project, which: Filter, order: Mapping[str, int], old: Sequence[Coded] = ()
) -> Retrieved:
    """For the worker: the codings meant, sources in their order, in each by place.

    `old` is the list before.
    """
    return listed(project.segments.coded(which), order, old)


def listed(
    codings: Sequence[Coded], order: Mapping[str, int], old: Sequence[Coded] = ()
) -> Retrieved:
    """Codings, by place in each source, as a list that is compared with the one before."""
    found: dict[str, list[Coded]] = {guid: [] for guid in order}
    for coding in codings:
        if coding.source in found:  # one imported a moment ago comes with the next list
            found[coding.source].append(coding)
    new = [coding for codings in found.values() for coding in codings]
    first = common(old, new)
    last = common(old[first:][::-1], new[first:][::-1])
    gone, come = len(old) - first - last, len(new) - first - last
    return Retrieved(new, order, Totals.of(found), first, gone, come)


def renewed(project: Project, which: Filter, touched: frozenset[str]) -> Renewed:
    """For the worker: the codings meant in the sources touched."""
    wanted = touched.intersection(which.sources) if which.sources else touched
    found: dict[str, list[Coded]] = {source: [] for source in touched}
    for coding in project.segments.coded(replace(which, sources=tuple(sorted(wanted)) or ("",))):
        found[coding.source].append(coding)
    return Renewed(found)


def common(some: Sequence[Coded], others: Sequence[Coded]) -> int:
    """How many are the same at the beginning."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(some), len(others)))


def _several(numbers: Counter[str]) -> bool:
    return sum(n > 0 for n in numbers.values()) > 1
