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


def matrix(
    codings: Codings,
    axis: Axis,
    membership: Membership,
    codes: int,
    each: Codings | None = None,
) -> Matrix:
    """Count codes in groups of sources, whoever coded.

    `axis` says what presence is counted in (`units.whole_sources` for sources). Sources in no
    group are left out. Where a coding stands among `codings` for several codes, `each` holds every
    coding once, for the totals of the groups.
    """
    pairs = np.unique(np.column_stack([membership.source, membership.group]), axis=0)
    source, group = pairs.astype(np.int64).reshape(-1, 2).T
    grouped = Membership(source, group, membership.groups)
    members = np.unique(source)
    anywhere = Membership(members, np.zeros_like(members), 1)
    each = codings if each is None else each
    as_one = Codings(each.source, np.zeros_like(each.code), each.coder, each.start, each.end)
    at_all = _Counted.of(as_one, axis).tally(grouped, 1)
    counted = _Counted.of(codings.by_code(), axis)  # spans that stand in order need no sorting
    return Matrix(
        counted.tally(grouped, codes),
        _reshaped(counted.tally(anywhere, codes)),
        _reshaped(at_all),
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
        each = _Weights(here.source, here.code, np.ones_like(here.code))
        return cls(each, _carried(axis.by_character, codings), _carried(axis, codings))

    def tally(self, membership: Membership, codes: int) -> Tally:
        return Tally(
            _spread(self.codings, membership, codes),
            _spread(self.characters, membership, codes),
            _spread(self.presence, membership, codes),
        )


def _carried(axis: Axis, codings: Codings) -> _Weights:
    placed = axis.place(codings)
    spans = united(placed.code * axis.sources + placed.source, placed.start, placed.end)
    return _Weights(spans.group % axis.sources, spans.group // axis.sources, spans.length)


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
