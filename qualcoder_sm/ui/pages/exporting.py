"""What the export page computes, on values, for the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.reports import report

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Table

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
    return Preview(first, len(table.rows), blocked(table))


def blocked(table: Table) -> str:
    """The sentence on words that may not be published as they stand; empty where there are none."""
    names = [column.name for column in table.columns]
    if tr("quote_rule") not in names:
        return ""
    at = names.index(tr("quote_rule"))
    n = sum(not QuoteRule(str(row[at])).allows_words for row in table.rows)
    if not n:
        return ""
    if table.key == "quotations":
        return ntr(
            "{n} of {all} quotations is not printed word for word, as its rule says.",
            "{n} of {all} quotations are not printed word for word, as their rules say.",
            n,
            all=f"{len(table.rows):,}",
        )
    return ntr(
        "Working data, not for publication: {n} of {all} passages may not be quoted word for word.",
        "Working data, not for publication: {n} of {all} passages may not be quoted word for word.",
        n,
        all=f"{len(table.rows):,}",
    )
