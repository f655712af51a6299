"""Whole documents: which reports stand together in a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.exporters.document import Document, Quotation, QuotationSection
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports import agreement, audit, codebook, matrix, report, reports, segments
from qualcoder_sm.reports.options import Cells, Options, provenance

if TYPE_CHECKING:
    from qualcoder_sm.model import Segment, Source
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


def document(
    project: Project, what: tuple[str, ...], options: Options, ending: str = ""
) -> Document:
    """The reports of these names as one document; "project" stands for the whole workbook.

    The matrix counts codings, characters and presence; where `ending` tells of a file with room
    for one table, only codings.

    Agreement is left out of several reports where only one coder has worked. Raises NotFound
    for an unknown report and WrongUsage when nothing is left.
    """
    names = WHOLE[".xlsx"] if what == ("project",) else what
    sections = [
        section
        for name in names
        if len(names) == 1 or name != "agreement" or _compared(project, options)
        for section in _sections(project, name, options)
    ]
    if names == ("matrix",) and ending.lower() == ONE_TABLE:
        sections = sections[:1]
    if not sections:
        raise WrongUsage(tr("There is nothing to export."))
    titles = {one.name: one.title for one in reports()}
    subtitle = titles[names[0]] if len(names) == 1 else ""
    return Document(project.name, tuple(sections), subtitle, provenance(project, options))


def _sections(
    project: Project, name: str, options: Options
) -> tuple[Table | QuotationSection, ...]:
    makers = {
        "quotations": _quotations,
        "matrix": _matrices,
        "segments": segments.table,
        "codebook": codebook.table,
        "agreement": agreement.table,
        "audit": audit.table,
    }
    made = (makers.get(name) or report(name).table)(project, options)
    return made if isinstance(made, tuple) else (made,)


def _matrices(project: Project, options: Options) -> tuple[Table, ...]:
    """Codes by cases three times: codings, characters, presence."""
    wanted = replace(options, codes_down=True, totals=True)
    kinds = (Cells.CODINGS, Cells.CHARACTERS, Cells.PRESENCE)
    return tuple(
        replace(matrix.table(project, replace(wanted, cells=cells)), key=f"matrix {cells.value}")
        for cells in kinds
    )


def _quotations(project: Project, options: Options) -> QuotationSection:
    paths = project.codebook.paths()
    order = {path: i for i, path in enumerate(paths.values())}
    found = sorted(project.segments.of(options.which), key=lambda s: order[s.code_path])
    rules = _quote_rules(project)
    return QuotationSection(
        title=tr("Quotations by code"),
        quotations=tuple(_quotation(segment, rules) for segment in found),
        definitions={
            paths[code.guid]: code.brief_definition
            for code in project.codebook.codes()
            if code.brief_definition
        },
    )


def _quotation(segment: Segment, rules: dict[str, str]) -> Quotation:
    return Quotation.of(segment, rules.get(segment.coding.source, ""))


def _quote_rules(project: Project) -> dict[str, str]:
    """How words of each source may be used, as its collection says."""
    rules = {one.guid: one.quote_rule for one in project.collections.all()}
    sources: list[Source] = project.sources.all()
    return {source.guid: rules.get(source.collection or "", "") for source in sources}


def _compared(project: Project, options: Options) -> bool:
    """Whether there is anything to compare: at least two coders of the filter have coded."""
    coded = project.coders.codings()
    meant = options.which.coders or tuple(coded)
    return sum(guid in coded for guid in meant) > 1
