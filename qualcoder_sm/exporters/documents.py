"""Whole documents: which reports stand together in a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.exporters.document import Document, QuotationSection
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports import report, reports
from qualcoder_sm.reports.options import (
    CODINGS,
    TEXT,
    WHOSE,
    Cells,
    Choice,
    Options,
    refuse_others,
)
from qualcoder_sm.reports.provenance import provenance

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Table

WHOLE = {
    ".xlsx": ("segments", "matrix", "codebook", "agreement", "audit"),
    ".docx": ("quotations", "codebook", "audit"),
    ".csv": ("segments",),
    ".json": ("segments", "matrix", "codebook", "agreement", "audit"),
}
"""What an export holds when nothing is asked for, by the ending of the file."""


ONE_TABLE = ".csv"
_FOR_WORK = frozenset({".xlsx", ".json"})
_SHARED = (WHOSE | TEXT | CODINGS) - {Choice.WORDS}
"""What the front of a file may say for all of its tables; each table says the rest itself."""


def document(
    project: Project,
    what: tuple[str, ...],
    options: Options,
    ending: str = "",
    given: frozenset[Choice] = frozenset(),
) -> Document:
    """The reports of these names as one document; "project" stands for the whole workbook.

    The matrix counts codings, characters and presence, unless cells are named in `given` or
    `ending` tells of a file with room for one table. A choice is applied by every report that
    knows it; the others say that they do not. `given` are choices named, perhaps as they are by
    default. A workbook holds every coefficient.

    Agreement is left out of several reports where only one coder has worked. Raises NotFound
    for an unknown report and WrongUsage when nothing is left, or for a choice that none applies.
    """
    names = WHOLE[".xlsx"] if what == ("project",) else what
    given = options.given | given
    refuse_idle(names, given)
    sections = [
        section
        for name in names
        if len(names) == 1 or name != "agreement" or _compared(project, options)
        for section in _sections(project, name, _of_format(options, name, ending), ending, given)
    ]
    if not sections:
        raise WrongUsage(tr("There is nothing to export."))
    titles = {one.name: one.title for one in reports()}
    subtitle = titles[names[0]] if len(names) == 1 else ""
    applied = _SHARED & frozenset[Choice]().union(*(report(name).choices for name in names))
    origin = {} if len(names) == 1 else provenance(project, options, applied)
    return Document(project.name, tuple(sections), subtitle, origin)


def _of_format(options: Options, name: str, ending: str) -> Options:
    """The options, every coefficient shown where a file is for working with."""
    if name == "agreement" and ending.lower() in _FOR_WORK:
        return replace(options, all_coefficients=True)
    return options


def refuse_idle(names: tuple[str, ...], given: frozenset[Choice]) -> None:
    """Raise WrongUsage for a choice that none of the reports applies."""
    applied = frozenset[Choice]().union(*(report(name).choices for name in names))
    refuse_others(", ".join(names), applied, given)


def _sections(
    project: Project, name: str, options: Options, ending: str, given: frozenset[Choice]
) -> tuple[Table | QuotationSection, ...]:
    if name == "matrix" and ending.lower() != ONE_TABLE and Choice.CELLS not in given:
        return _matrices(project, options)
    one = report(name)
    made = one.narrowed(project, options)
    if idle := [choice for choice in Choice if choice in given - one.choices]:
        whole = tr(
            "All of it: this table is not narrowed by {choices}.",
            choices=", ".join(choice.value for choice in idle),
        )
        made = replace(made, notes=(whole, *made.notes))
    return (_as_quotations(project, made) if name == "quotations" else made,)


def _matrices(project: Project, options: Options) -> tuple[Table, ...]:
    """The matrix three times: codings, characters, presence."""
    wanted = replace(options, codes_down=True, totals=True)
    kinds = (Cells.CODINGS, Cells.CHARACTERS, Cells.PRESENCE)
    matrix = report("matrix")
    return tuple(
        replace(matrix.narrowed(project, replace(wanted, cells=cells)), key=f"matrix {cells.value}")
        for cells in kinds
    )


def _as_quotations(project: Project, table: Table) -> QuotationSection:
    """The table of quotations, with the definitions of the codes."""
    paths = project.codebook.paths()
    return QuotationSection(
        table,
        definitions={
            paths[code.guid]: code.brief_definition
            for code in project.codebook.codes()
            if code.brief_definition
        },
    )


def _compared(project: Project, options: Options) -> bool:
    """Whether there is anything to compare: at least two coders of the filter have coded."""
    coded = project.coders.codings()
    meant = options.which.coders or tuple(coded)
    return sum(guid in coded for guid in meant) > 1
