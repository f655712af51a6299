"""Which codes meet on the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis.cooccurrence import cooccurrence
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.material import axis, gather
from qualcoder_sm.reports.options import Options, provenance
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project


def table(project: Project, options: Options) -> Table:
    """A row per pair of codes that meet anywhere, those that meet most often first."""
    material = gather(project, options.which)
    scale = axis(project, material.sources, Level.UNIT)
    found = cooccurrence(material.codings, scale, len(material.codes))
    one, other = np.nonzero(np.triu(found.units, 1))
    order = np.lexsort((other, one, -found.units[one, other], -found.pairs[one, other]))
    rows = (
        (
            material.paths[a],
            material.paths[b],
            int(found.pairs[a, b]),
            int(found.characters[a, b]),
            int(found.units[a, b]),
        )
        for a, b in zip(one[order], other[order], strict=True)
    )
    return Table(
        key="cooccurrence",
        title=tr("Which codes meet"),
        columns=(
            Column(tr("code")),
            Column(tr("other code")),
            Column(tr("overlapping codings"), ColumnType.INTEGER, "pairs"),
            Column(tr("shared characters"), ColumnType.INTEGER, "characters"),
            Column(tr("shared turns and posts"), ColumnType.INTEGER, "units"),
        ),
        rows=tuple(rows),
        notes=(tr("Both codes must be by the same coder. Pairs that never meet are left out."),),
        provenance=provenance(project, options),
    )
