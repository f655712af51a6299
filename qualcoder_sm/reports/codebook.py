"""The codebook as a table, with the fields of MacQueen et al. (1998) and how often each is used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.project import anchors, labels
from qualcoder_sm.reports.material import gather, whose
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options


def table(project: Project, options: Options) -> Table:
    """A row per code, themes included, in the order of the tree; uses as the filter means them.

    Examples are as they may be published: some are the words of participants.
    """
    paths, meant = labels.of_codes(project), options.which.codes
    material = gather(project, options.which)
    counts = Counter(material.codings.code.tolist())
    uses = {code.guid: counts[i] for i, code in enumerate(material.codes)}
    codes = [code for code in project.codebook.codes() if not meant or code.guid in meant]
    texts = (tr("brief definition"), tr("definition"), tr("include"), tr("exclude"),
             tr("example"), tr("source"))  # fmt: skip
    return Table(
        key="codebook",
        title=tr("Codebook"),
        columns=(
            Column(tr("code")),
            Column(tr("colour"), ColumnType.COLOR),
            *(Column(name, ColumnType.LONG_TEXT) for name in texts),
            Column(tr("can be applied")),
            Column(tr("origin")),
            Column(tr("codings"), ColumnType.INTEGER, "codings"),
        ),
        rows=tuple(
            (paths[code.guid], code.color, code.brief_definition, code.definition,
             code.include, code.exclude, anchors.publishable(project, code.example), code.source,
             tr("yes") if code.codable else tr("no"), code.origin.value,
             uses.get(code.guid, 0))
            for code in codes
        ),
        notes=tuple(filter(None, (whose(material, added=True), material.left_out))),
        guids={0: tuple(code.guid for code in codes)},
    )  # fmt: skip
