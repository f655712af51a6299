"""How often each code was used, on how much text, in how many sources and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import frequencies
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.material import Meant, themes_alone, whose
from qualcoder_sm.reports.matrix import count_sources
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options


def table(project: Project, options: Options) -> Table:
    """A row per code, in the order of the codebook; with `used_only` of those that were used."""
    found = count_sources(project, options, Level.SOURCE)
    material = found.material
    n = len(material.sources)
    every = frequencies.Membership(np.arange(n), np.arange(n), n)
    counted = frequencies.matrix(found.counts, every)
    by_code = counted.by_code
    cases = _cases(project, [source.guid for source in material.sources], counted.cells.presence)
    rows = zip(
        material.paths,
        by_code.codings.tolist(),
        by_code.presence.tolist(),
        cases,
        by_code.characters.tolist(),
        _shares(by_code.codings.tolist(), found.codings),
        strict=True,
    )
    kept = [
        (code.guid, row)
        for code, row in zip(material.codes, rows, strict=True)
        if not options.used_only or row[1]
    ]
    return Table(
        key="frequencies",
        title=tr("How often each code was used"),
        columns=(
            Column(tr("code")),
            Column(tr("codings"), ColumnType.INTEGER, "codings"),
            Column(tr("sources"), ColumnType.INTEGER, "sources"),
            Column(tr("cases"), ColumnType.INTEGER, "cases"),
            Column(tr("characters"), ColumnType.INTEGER, "characters"),
            Column(tr("share of codings"), ColumnType.PERCENT, "%"),
        ),
        rows=tuple(row for _guid, row in kept),
        notes=tuple(filter(None, _notes(material, options))),
        guids={0: tuple(guid for guid, _row in kept)},
    )  # fmt: skip


def _shares(codings: Sequence[int], total: int) -> list[float | None]:
    """In per cent of all codings; None where there are none, for nothing has no shares."""
    return [100 * n / total if total else None for n in codings]


def _notes(material: Meant, options: Options) -> Iterator[str]:
    yield whose(material, added=True)
    yield material.left_out
    yield tr("Characters under several codings of one code count once.")
    if options.roll_up:
        yield tr(
            "A code counts what is coded with the codes below it too, so shares can add up to more "
            "than 100 %."
        )
    else:
        yield themes_alone(material)


def _cases(project: Project, sources: list[str], presence: np.ndarray) -> list[int]:
    """In how many cases each code occurs; `presence` is (n_codes, n_sources)."""
    index = {guid: i for i, guid in enumerate(sources)}
    found = np.zeros(len(presence), dtype=np.int64)
    for case in project.cases.all():
        columns = [index[guid] for guid in case.sources if guid in index]
        found += presence[:, columns].any(axis=1)
    return found.tolist()
