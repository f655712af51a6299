"""The codebook as a table, with the fields of MacQueen et al. (1998) and how often each is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.options import Options, provenance
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project


def table(project: Project, options: Options) -> Table:
    """A row per code, themes included, in the order of the tree."""
    paths, counts = project.codebook.paths(), project.codebook.counts()
    meant = options.which.codes
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
             code.include, code.exclude, code.example, code.source,
             tr("yes") if code.codable else tr("no"), code.origin.value,
             counts.get(code.guid, 0))
            for code in project.codebook.codes()
            if not meant or code.guid in meant
        ),
        provenance=provenance(project, options),
    )  # fmt: skip
