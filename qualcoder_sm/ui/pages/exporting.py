"""What the export page computes, on values, for the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.exporters.cells import label
from qualcoder_sm.exporters.document import Document
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import QuoteRule
from qualcoder_sm.reports import report
from qualcoder_sm.reports.options import Choice

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Table
    from qualcoder_sm.ui.pages.widgets.writing import Recipe

_OF_ALL = frozenset({"project", "date", "codebook", "steps", "head"})
"""What the provenance of every table says."""
FIRST_PAGE = 200
_SHARED = frozenset(Choice) - {Choice.CODES_DOWN, Choice.TOTALS}


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a report, how many it has in all, and which words may not be quoted."""

    table: Table
    rows: int
    blocked: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What another page shows, to be copied and written just as it is shown."""

    name: str
    recipe: Recipe

    @property
    def title(self) -> str:
        """How the list calls it."""
        return tr("{name}, as shown", name=self.name.capitalize())

    @property
    def question(self) -> str:
        """What the list says below."""
        return tr("The rows, cells and order of its page")


def preview(project: Project, recipe: Recipe) -> Preview:
    """The first page of what a recipe makes."""
    made = recipe(project)
    first = made.picked(range(min(FIRST_PAGE, len(made.rows))))
    return Preview(first, len(made.rows), blocked(made))


def table(name: str, options: Options, project: Project) -> Table:
    """A report of the list. Raises WrongUsage for a choice that it does not apply."""
    return report(name).table(project, options)


def document_of(name: str, options: Options, project: Project) -> Document:
    """The same as a document: one table, or quotations under the headings of their codes."""
    if name == "quotations":
        return document(project, (name,), options)
    return Document.of(table(name, options, project))


def whole(options: Options, project: Project) -> Document:
    """The whole workbook, narrowed by what is chosen for the report in sight.

    Its matrices have their codes as rows, and totals, whatever is chosen for one alone.
    """
    return document(project, ("project",), options.only(_SHARED))


def told(made: Table) -> str:
    """What goes into a table that was taken over, a line each."""
    facts = [
        f"{label(key)}: {value}" for key, value in made.provenance.items() if key not in _OF_ALL
    ]
    where = tr("As its page shows it. Choose otherwise there.")
    return "\n".join((where, "", *facts))


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
