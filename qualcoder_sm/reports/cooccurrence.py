"""Which codes meet on the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis.cooccurrence import CoOccurrence, cooccurrence
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.material import EVERYTHING_KEPT, Meant, gather
from qualcoder_sm.reports.words import units_noun
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options


def table(project: Project, options: Options) -> Table:
    """A row per pair of codes that meet anywhere, those that meet most often first."""
    material, found = _counted(project, options)
    one, other = np.nonzero(np.triu(found.units + found.pairs, 1))
    order = np.lexsort((other, one, -found.units[one, other], -found.pairs[one, other]))
    pairs = list(zip(one[order].tolist(), other[order].tolist(), strict=True))
    units = units_noun(options.level)
    return Table(
        key="cooccurrence",
        title=tr("Which codes meet"),
        columns=(
            Column(tr("code")),
            Column(tr("other code")),
            Column(tr("overlapping codings"), ColumnType.INTEGER, "pairs"),
            Column(tr("shared characters"), ColumnType.INTEGER, "characters"),
            Column(tr("shared {units}", units=units), ColumnType.INTEGER, "units"),
        ),
        rows=tuple(
            (material.paths[a], material.paths[b],
             *(int(counts[a, b]) for counts in (found.pairs, found.characters, found.units)))
            for a, b in pairs
        ),
        notes=tuple(filter(None, (
            tr("Both codes must be by the same coder; a pair of codings counts for each coder, "
               "characters and {units} count once. Pairs that never meet are left out.",
               units=units),
            material.left_out,
        ))),
        guids={
            0: tuple(material.codes[a].guid for a, _b in pairs),
            1: tuple(material.codes[b].guid for _a, b in pairs),
        },
    )  # fmt: skip


def _counted(project: Project, options: Options) -> tuple[Meant, CoOccurrence]:
    """Where codes meet; the newest answer is kept."""

    def counted() -> tuple[Meant, CoOccurrence]:
        material = gather(project, options.which)
        scale = material.axis(project, options.level)
        met = cooccurrence(material.codings, scale, len(material.codes))
        return material.without_codings, met

    asked = options.which, options.level
    return project.memory.recall("where codes meet", EVERYTHING_KEPT, counted, asked)
