"""Codes by cases, sources, collections or the values of an attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import frequencies
from qualcoder_sm.analysis.frequencies import Matrix, Membership, Tally
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports.material import Material, axis, gather
from qualcoder_sm.reports.options import Cells, Options, grouping, provenance
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcoder_sm.analysis.codings import IntArray
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Cell

_UNITS = {
    Cells.CODINGS: "codings",
    Cells.CHARACTERS: "characters",
    Cells.PRESENCE: "1 or 0",
    Cells.UNITS: "turns and posts",
}


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of a matrix, in order: their names and the guids of their sources."""

    kind: str
    names: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class CodeMatrix:
    """Counts of codes in groups; arrays as `analysis.frequencies.Matrix`.

    `sizes` (n_groups,) are the units each group has in all, of the kind that UNITS counts.
    """

    material: Material
    groups: Groups
    matrix: Matrix
    sizes: IntArray


def count(project: Project, options: Options) -> CodeMatrix:
    """Count codes in groups of sources; sources in no group are left out."""
    material = gather(project, options.which, themes=options.roll_up)
    groups = _groups(project, options.rows)
    level = Level.UNIT if options.cells is Cells.UNITS else Level.SOURCE
    scale = axis(project, material.sources, level)
    membership = _membership(material, groups)
    matrix = frequencies.matrix(
        material.codings,
        scale,
        membership,
        len(material.codes),
        material.parents if options.roll_up else None,
    )
    sizes = np.bincount(
        membership.group, scale.sizes[membership.source], minlength=membership.groups
    )
    return CodeMatrix(material, groups, matrix, sizes.astype(np.int64))


def table(project: Project, options: Options) -> Table:
    """The groups as rows and the codes as columns, or the other way round (`codes_down`)."""
    counted = count(project, options)
    cells = _cells(counted.matrix.cells, options.cells)
    by_code, by_group = (_cells(tally, options.cells) for tally in
                         (counted.matrix.by_code, counted.matrix.by_group))  # fmt: skip
    down, across, corner = counted.groups.names, counted.material.paths, counted.groups.kind
    if options.codes_down:
        down, across, corner = across, down, tr("code")
    else:
        cells, by_code, by_group = cells.T, by_group, by_code
    return Table(
        key="matrix",
        title=tr("Codes by {groups}: {cells}", groups=counted.groups.kind,
                 cells=tr(_UNITS[options.cells])),
        columns=_columns(corner, across, options),
        rows=_rows(down, cells, by_code, by_group, options.totals),
        notes=tuple(_notes(counted, options)),
        provenance=provenance(project, options),
    )  # fmt: skip


def _groups(project: Project, rows: str) -> Groups:
    kind, attribute = grouping(rows)
    if kind == "source":
        return _of("source", {s.name: [s.guid] for s in project.sources.all()})
    if kind == "collection":
        names = {one.guid: one.name for one in project.collections.all()}
        return _of("collection", _gathered(
            (names.get(s.collection or "", tr("(no collection)")), [s.guid])
            for s in project.sources.all()))  # fmt: skip
    cases = project.cases.all()
    if kind == "case":
        return _of("case", {case.name: list(case.sources) for case in cases})
    return _of(attribute, _gathered(
        (value, list(case.sources))
        for case in cases if (value := (case.attributes or {}).get(attribute))))  # fmt: skip


def _of(kind: str, members: Mapping[str, Sequence[str]]) -> Groups:
    return Groups(kind, tuple(members), tuple(tuple(guids) for guids in members.values()))


def _gathered(pairs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, guids in pairs:
        found.setdefault(name, []).extend(guids)
    return dict(sorted(found.items()))


def _membership(material: Material, groups: Groups) -> Membership:
    index = {source.guid: i for i, source in enumerate(material.sources)}
    pairs = [
        (index[guid], group)
        for group, guids in enumerate(groups.sources)
        for guid in dict.fromkeys(guids)
        if guid in index
    ]
    source, group = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Membership(source, group, len(groups.names))


def _cells(tally: Tally, cells: Cells) -> IntArray:
    if cells is Cells.CODINGS:
        return tally.codings
    if cells is Cells.CHARACTERS:
        return tally.characters
    return np.minimum(tally.presence, 1) if cells is Cells.PRESENCE else tally.presence


def _columns(corner: str, across: Sequence[str], options: Options) -> tuple[Column, ...]:
    unit = tr(_UNITS[options.cells])
    total = (tr("all"),) if options.totals else ()
    return (
        Column(corner),
        *(Column(name, ColumnType.INTEGER, unit) for name in (*across, *total)),
    )


def _rows(
    down: Sequence[str], cells: IntArray, at_right: IntArray, below: IntArray, totals: bool
) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for name, values, total in zip(down, cells.tolist(), at_right.tolist(), strict=True):
        rows.append((name, *values, *((total,) if totals else ())))
    if totals:
        rows.append((tr("all"), *below.tolist(), None))
    return tuple(rows)


def _notes(counted: CodeMatrix, options: Options) -> list[str]:
    meant = {guid for guids in counted.groups.sources for guid in guids}
    outside = sum(source.guid not in meant for source in counted.material.sources)
    notes = [
        tr("A passage can carry several codes, so totals can be less than the sum of their cells.")
    ]
    if outside:
        notes.append(
            ntr("{n} source belongs to none of the rows and is left out.",
                "{n} sources belong to none of the rows and are left out.", outside)
        )  # fmt: skip
    if options.roll_up:
        notes.append(tr("A code counts what is coded with the codes below it too."))
    return notes
