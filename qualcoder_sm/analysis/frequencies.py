"""How often, how much and where: codes by groups of sources (cases, collections, attributes)."""

from dataclasses import dataclass

import numpy as np

from qualcoder_sm.analysis.codings import Codings, IntArray, united
from qualcoder_sm.analysis.units import Axis


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Three counts of the same shape.

    `codings` counts codings; `characters` counts characters that carry the code, those under
    several codings once; `presence` counts units of the axis that carry it.
    """

    codings: IntArray
    characters: IntArray
    presence: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Counts of codes in groups, and their totals.

    `cells` are (n_codes, n_groups). `by_code` (n_codes,) counts every source once that is in
    any group, however many it is in; `by_group` (n_groups,) counts every coding, character and
    unit once, however many codes it has. So totals can be less than the sum of the cells.
    """

    cells: Tally
    by_code: Tally
    by_group: Tally


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """Which sources are in which of the groups: two arrays (n,), a pair for each membership."""

    source: IntArray
    group: IntArray
    groups: int


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What there is of each code in each source, and of all codes together (`at_all`)."""

    of_code: "_Counted"
    at_all: "_Counted"
    codes: int

    @classmethod
    def of(cls, codings: Codings, axis: Axis, codes: int, each: Codings | None = None) -> "Counts":
        """Count, whoever coded.

        `axis` says what presence is counted in (`units.whole_sources` for sources). Where a coding
        stands among `codings` for several codes, `each` holds every coding once.
        """
        each = codings if each is None else each
        as_one = Codings(each.source, np.zeros_like(each.code), each.coder, each.start, each.end)
        # Spans that stand in order need no sorting.
        return cls(_Counted.of(codings.by_code(), axis), _Counted.of(as_one, axis), codes)

    def outside(self, membership: Membership) -> int:
        """How many codings lie in sources of no group."""
        codings = self.at_all.codings
        return int(codings.weight[~np.isin(codings.source, membership.source)].sum())


def matrix(counts: Counts, membership: Membership) -> Matrix:
    """The counts in groups of sources; sources in no group are left out."""
    pairs = np.unique(np.column_stack([membership.source, membership.group]), axis=0)
    source, group = pairs.astype(np.int64).reshape(-1, 2).T
    grouped = Membership(source, group, membership.groups)
    members = np.unique(source)
    anywhere = Membership(members, np.zeros_like(members), 1)
    return Matrix(
        counts.of_code.tally(grouped, counts.codes),
        _reshaped(counts.of_code.tally(anywhere, counts.codes)),
        _reshaped(counts.at_all.tally(grouped, 1)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    """So much of a code in a source."""

    source: IntArray
    code: IntArray
    weight: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Codings, characters and units, source by source, before they are put in groups."""

    codings: _Weights
    characters: _Weights
    presence: _Weights

    @classmethod
    def of(cls, codings: Codings, axis: Axis) -> "_Counted":
        here = axis.line.place(codings)
        sources = axis.sources
        each = _added(_place(here, sources), np.ones_like(here.code), sources)
        return cls(each, _carried(here, sources), _carried(axis.on_units(here), sources))

    def tally(self, membership: Membership, codes: int) -> Tally:
        return Tally(
            _spread(self.codings, membership, codes),
            _spread(self.characters, membership, codes),
            _spread(self.presence, membership, codes),
        )


def _carried(placed: Codings, sources: int) -> _Weights:
    """How much of each source carries each code: the lengths of its spans united."""
    spans = united(_place(placed, sources), placed.start, placed.end)
    return _added(spans.group, spans.length, sources)


def _place(codings: Codings, sources: int) -> IntArray:
    """Code and source as one number."""
    return codings.code * sources + codings.source


def _added(place: IntArray, weight: IntArray, sources: int) -> _Weights:
    """Weights by place, those of neighbours with the same added up."""
    if not len(place):
        return _Weights(place, place, weight)
    first = np.flatnonzero(np.append(True, place[1:] != place[:-1]))
    place = place[first]
    return _Weights(place % sources, place // sources, np.add.reduceat(weight, first))


def _spread(weights: _Weights, membership: Membership, codes: int) -> IntArray:
    """Weights added up by code and group, a source's once for each group it is in."""
    order = np.argsort(membership.source, kind="stable")
    members, group = membership.source[order], membership.group[order]
    bounds = np.searchsorted(members, np.arange(weights.source.max(initial=0) + 2))
    first = bounds[weights.source]
    times = bounds[weights.source + 1] - first
    which = np.repeat(np.arange(len(times)), times)
    within = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    key = weights.code[which] * membership.groups + group[first[which] + within]
    sums = np.bincount(key, weights.weight[which], minlength=codes * membership.groups)
    return sums.astype(np.int64).reshape(codes, membership.groups)


def _reshaped(tally: Tally) -> Tally:
    """The single row or column as one axis."""
    return Tally(tally.codings.ravel(), tally.characters.ravel(), tally.presence.ravel())
