"""Codes by cases, sources, collections or the values of an attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import frequencies
from qualcoder_sm.analysis.frequencies import Counts, Matrix, Membership, Tally
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.natural import natural
from qualcoder_sm.project import labels
from qualcoder_sm.reports.material import EVERYTHING_KEPT, Meant, gather, themes_alone, whose
from qualcoder_sm.reports.options import Cells, Options, grouping
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcoder_sm.analysis.codings import IntArray
    from qualcoder_sm.analysis.units import Axis
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Cell

TOTALS = (
    "A passage can carry several codes and a source can belong to several cases, so totals can be "
    "less than the sum of their cells."
)
TOTALS_OF_PRESENCE = (
    "Totals of presence are numbers of sources, so they can be less or more than the sum of their "
    "cells."
)
_UNITS = {
    Cells.CODINGS: "codings",
    Cells.CHARACTERS: "characters",
    Cells.PRESENCE: "1 or 0",
    Cells.UNITS: "turns and posts",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Sources that are counted together; `guid` is None where a value or nothing stands for them."""

    guid: str | None
    label: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of a matrix, in order, and what they are groups by."""

    kind: str
    all: tuple[Group, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What each group is called."""
        return tuple(group.label for group in self.all)

    @property
    def sources(self) -> tuple[tuple[str, ...], ...]:
        """The guids of each group's sources."""
        return tuple(group.sources for group in self.all)


@dataclass(frozen=True, slots=True, eq=False)
class CodeMatrix:
    """Counts of codes in groups; arrays as `analysis.frequencies.Matrix`.

    `axis` is the text that counts, in turns and posts where these are counted. There are `codings`
    in all; `outside` of them, and `outsiders` sources (whoever speaks in them), belong to none of
    the groups.
    """

    material: Meant
    groups: Groups
    matrix: Matrix
    axis: Axis
    outsiders: int
    codings: int
    outside: int

    @property
    def silent(self) -> str:
        """Which groups of sources stand with 0 because of whose words theirs are; else empty.

        Sources that are groups themselves are named by the material.
        """
        silent = {source.guid for source in self.material.silent}
        speaking = {source.guid for source in self.material.sources}
        names = [
            group.label for group in self.groups.all
            if group.sources != (group.guid,)
            and silent.intersection(group.sources) and speaking.isdisjoint(group.sources)
        ]  # fmt: skip
        if not names:
            return ""
        return ntr(
            "{names} stands with 0: no words of its sources count.",
            "{names} stand with 0: no words of their sources count.",
            len(names), names=", ".join(names),
        )  # fmt: skip


def count(project: Project, options: Options) -> CodeMatrix:
    """Count codes in groups of sources; sources in no group are left out."""
    level = Level.UNIT if options.cells is Cells.UNITS else Level.SOURCE
    counted = count_sources(project, options, level)
    material = counted.material
    groups = _groups(project, options, material)
    membership = _membership(material, groups)
    grouped = {guid for guids in groups.sources for guid in guids}
    return CodeMatrix(
        material,
        groups,
        frequencies.matrix(counted.counts, membership),
        counted.axis,
        sum(source.guid not in grouped for source in (*material.sources, *material.silent)),
        counted.codings,
        counted.counts.outside(membership),
    )


@dataclass(frozen=True, slots=True, eq=False)
class CountedSources:
    """Counts of codes in sources, on an axis; there are `codings` in all."""

    material: Meant
    axis: Axis
    counts: Counts
    codings: int


def count_sources(project: Project, options: Options, level: Level) -> CountedSources:
    """Count codes in sources; the newest answer is kept, whatever groups are made of it."""

    def counted() -> CountedSources:
        found = gather(project, options.which, roll_up=options.roll_up)
        axis = found.axis(project, level)
        counts = Counts.of(found.codings, axis, len(found.codes), found.each)
        return CountedSources(found.without_codings, axis, counts, len(found.each))

    asked = options.which, options.roll_up, level
    return project.memory.recall("counted sources", EVERYTHING_KEPT, counted, asked)


def table(project: Project, options: Options) -> Table:
    """The groups as rows and the codes as columns, or the other way round (`codes_down`)."""
    counted = count(project, options)
    lines = _code_lines(counted, options), _group_lines(counted, options)
    down, across = lines if options.codes_down else lines[::-1]
    cells = _cells(counted.matrix.cells, options.cells)
    if not options.codes_down:
        cells = cells.T
    cells = cells[np.ix_(down.kept, across.kept)]
    return Table(
        key="matrix",
        title=tr("Codes by {groups}: {cells}", groups=counted.groups.kind,
                 cells=tr(_UNITS[options.cells])),
        columns=tuple(_columns(down.kind, across, options)),
        rows=tuple(_rows(down, cells, across, options.totals)),
        notes=tuple(filter(None, _notes(counted, options))),
        guids={0: (*down.guids, *([None] if options.totals else []))},
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """The rows or the columns: which of them are kept, what they are, and their totals."""

    kind: str
    kept: IntArray
    names: tuple[str, ...]
    guids: tuple[str | None, ...]
    totals: IntArray


def _code_lines(counted: CodeMatrix, options: Options) -> _Lines:
    codes = [(code.guid, path) for code, path in
             zip(counted.material.codes, counted.material.paths, strict=True)]  # fmt: skip
    return _lines(tr("code"), codes, counted.matrix.by_code, options)


def _group_lines(counted: CodeMatrix, options: Options) -> _Lines:
    groups = [(group.guid, group.label) for group in counted.groups.all]
    return _lines(counted.groups.kind, groups, counted.matrix.by_group, options)


def _lines(
    kind: str, named: Sequence[tuple[str | None, str]], totals: Tally, options: Options
) -> _Lines:
    every = np.arange(len(named))
    kept = every[totals.codings > 0] if options.used_only else every
    return _Lines(
        kind,
        kept,
        tuple(named[i][1] for i in kept.tolist()),
        tuple(named[i][0] for i in kept.tolist()),
        _totals(totals, options.cells)[kept],
    )


def _groups(project: Project, options: Options, material: Meant) -> Groups:
    """The groups that the filter leaves; without one, all.

    Whose words count leaves no group out: one in which nobody's do stands with nothing in it.
    """
    kind, attribute = grouping(options.rows)
    meant = {source.guid for source in (*material.sources, *material.silent)}
    narrowed = len(meant) < len(project.sources.all())
    groups = [
        group for group in _of_kind(project, kind, attribute)
        if meant.intersection(group.sources) or not narrowed
    ]  # fmt: skip
    return Groups(attribute or kind, tuple(groups))


def _of_kind(project: Project, kind: str, attribute: str) -> Iterable[Group]:
    sources, cases = project.sources.all(), project.cases.all()
    if kind == "source":
        names = labels.of_sources(project)
        return [Group(s.guid, names[s.guid], (s.guid,)) for s in sources]
    if kind == "collection":
        return _collections(project)
    if kind == "case":
        names = labels.of_cases(project)
        return [Group(case.guid, names[case.guid], case.sources) for case in cases]
    values: dict[str, list[str]] = {}
    for case in cases:
        if value := (case.attributes or {}).get(attribute):
            values.setdefault(value, []).extend(case.sources)
    return [
        Group(None, value, tuple(dict.fromkeys(values[value])))
        for value in sorted(values, key=natural)
    ]


def _collections(project: Project) -> Iterator[Group]:
    names, members = labels.of_collections(project), dict[str | None, list[str]]()
    for source in project.sources.all():
        members.setdefault(source.collection, []).append(source.guid)
    for guid in sorted(names, key=lambda one: natural(names[one])):
        yield Group(guid, names[guid], tuple(members.get(guid, ())))
    if None in members:
        yield Group(None, tr("(no collection)"), tuple(members[None]))


def _membership(material: Meant, groups: Groups) -> Membership:
    index = {source.guid: i for i, source in enumerate(material.sources)}
    pairs = [
        (index[guid], group)
        for group, guids in enumerate(groups.sources)
        for guid in dict.fromkeys(guids)
        if guid in index
    ]
    source, group = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Membership(source, group, len(groups.all))


def _cells(tally: Tally, cells: Cells) -> IntArray:
    if cells is Cells.PRESENCE:
        return np.minimum(tally.presence, 1)
    return _totals(tally, cells)


def _totals(tally: Tally, cells: Cells) -> IntArray:
    """As the cells; the total of presence is a number of sources."""
    if cells is Cells.CODINGS:
        return tally.codings
    return tally.characters if cells is Cells.CHARACTERS else tally.presence


def _columns(corner: str, across: _Lines, options: Options) -> Iterator[Column]:
    unit = tr(_UNITS[options.cells])
    yield Column(corner)
    for name, guid in zip(across.names, across.guids, strict=True):
        yield Column(name, ColumnType.INTEGER, unit, guid or "")
    if options.totals:
        presence = options.cells is Cells.PRESENCE
        yield Column(tr("all"), ColumnType.INTEGER, tr("sources") if presence else unit)


def _rows(
    down: _Lines, cells: IntArray, across: _Lines, totals: bool
) -> Iterator[tuple[Cell, ...]]:
    for name, values, total in zip(down.names, cells.tolist(), down.totals.tolist(), strict=True):
        yield (name, *values, *((total,) if totals else ()))
    if totals:
        yield (tr("all"), *across.totals.tolist(), None)


def _notes(counted: CodeMatrix, options: Options) -> Iterator[str]:
    yield whose(counted.material, added=options.cells is Cells.CODINGS)
    yield counted.material.left_out
    yield "" if options.used_only else counted.silent
    if options.totals:
        yield tr(TOTALS_OF_PRESENCE if options.cells is Cells.PRESENCE else TOTALS)
    if counted.outsiders:
        yield ntr(
            "{n} source belongs to none of the {groups} and is left out, with {codings} of {all} "
            "codings.",
            "{n} sources belong to none of the {groups} and are left out, with {codings} of {all} "
            "codings.",
            counted.outsiders,
            groups=tr("columns") if options.codes_down else tr("rows"),
            codings=f"{counted.outside:,}",
            all=f"{counted.codings:,}",
        )
    if options.roll_up:
        yield tr("A code counts what is coded with the codes below it too.")
    else:
        yield themes_alone(counted.material)
