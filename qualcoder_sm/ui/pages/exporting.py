"""What the export page computes, on values, for the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcoder_sm.exporters.document import QuotationSection
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports import report
from qualcoder_sm.ui.pages.passages import is_paraphrase_only

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Table

QUOTING = frozenset({"segments", "quotations", "project"})
"""Reports that hold words of participants."""
FIRST_PAGE = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a report, how many it has in all, and which words may not be quoted."""

    table: Table
    rows: int
    blocked: str


def preview(project: Project, name: str, options: Options) -> Preview:
    """The first page of a report."""
    table = report(name).narrowed(project, options)
    first = replace(table, rows=table.rows[:FIRST_PAGE])
    return Preview(first, len(table.rows), blocked(project, name, options))


def blocked(project: Project, name: str, options: Options) -> str:
    """The sentence on quotations that may only be paraphrased; empty where there are none."""
    if name not in QUOTING:
        return ""
    [section] = document(
        project, ("quotations",), options.only(report("quotations").choices)
    ).sections
    assert isinstance(section, QuotationSection), "quotations are a section of quotations"
    kept = [one for one in section.quotations if is_paraphrase_only(one.label)]
    if not kept:
        return ""
    sources = {one.source for one in kept}
    collections = {one.guid: one for one in project.collections.all()}
    names = sorted({
        collections[source.collection].name
        for source in project.sources.all()
        if source.collection and source.name in sources
        and is_paraphrase_only(collections[source.collection].quote_rule)
    })  # fmt: skip
    return ntr(
        "{blocked} of {n} quotation may only be paraphrased ({where}). It is marked so in the file.",
        "{blocked} of {n} quotations may only be paraphrased ({where}). They are marked so in the "
        "file.",
        len(section.quotations), blocked=f"{len(kept):,}", where=_listed(names),
    )  # fmt: skip


def _listed(names: list[str]) -> str:
    if len(names) <= 3:
        return ", ".join(names)
    return tr("{names} and {n} more", names=", ".join(names[:3]), n=len(names) - 3)
