"""`report`: a table on stdout or in a file."""

from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import exporters, reports
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.cli import narrow, show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.cli.chosen import Coders, Codes, Sources, chosen
from qualcoder_sm.errors import NotFound
from qualcoder_sm.exporters import Document
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import Cells, Options
from qualcoder_sm.table import Table


def _list(asked: bool) -> None:
    if asked:
        show.columns(("name", "question"), [(one.name, one.question) for one in reports.reports()])
        raise typer.Exit


Name = Annotated[str, typer.Argument(metavar="NAME", help="Which report; see --list.")]
List = Annotated[
    bool, typer.Option("--list", is_eager=True, callback=_list, help="List the reports.")
]
Rows = Annotated[
    str,
    typer.Option(metavar="case|source|collection|attribute:NAME", help="The rows of a matrix."),
]
CellsOption = Annotated[Cells, typer.Option("--cells", help="What a cell of a matrix counts.")]
Unit = Annotated[Level, typer.Option("--unit", help="The unit of agreement.")]
RollUp = Annotated[bool, typer.Option("--roll-up", help="Count codes below a code with it.")]
CodesDown = Annotated[bool, typer.Option("--codes-down", help="Codes as the rows of a matrix.")]
Totals = Annotated[bool, typer.Option("--totals", help="Add totals to a matrix.")]
To = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="FILE", readable=False, help="Write .xlsx, .docx, .csv or .json instead."
    ),
]


@command
def report(
    asked: Asked,
    project: ProjectFile,
    name: Name,
    coder: Coders = [],  # noqa: B006  (Typer copies it)
    code: Codes = [],  # noqa: B006
    source: Sources = [],  # noqa: B006
    rows: Rows = "case",
    cells: CellsOption = Cells.CODINGS,
    unit: Unit = Level.PARAGRAPH,
    roll_up: RollUp = False,
    codes_down: CodesDown = False,
    totals: Totals = False,
    to: To = None,
    speaker: narrow.Speakers = [],  # noqa: B006
    case: narrow.Cases = [],  # noqa: B006
    attribute: narrow.Attributes = [],  # noqa: B006
    polarity: narrow.Polarities = [],  # noqa: B006
    with_code: narrow.With = [],  # noqa: B006
    without: narrow.Without = [],  # noqa: B006
    as_json: AsJson = False,
    listed: List = False,
) -> None:
    """Make a report.

    Example: qualcoder-sm report study.qsm quotations --code Equality --to equality.docx
    """
    maker = reports.report(name)
    narrowing = narrow.Narrowing(speaker, case, attribute, polarity, with_code, without)
    with asked.reading(project) as study:
        which = narrowing.of(study, chosen(study, coder, code, source))
        _require_attribute(study, rows)
        options = Options(which, rows, cells, unit, roll_up, codes_down, totals)
        table = maker.table(study, options)
        if to:
            _write(_document(study, name, options, table), to)
    if as_json:
        show.json_object(table.as_json())
    elif not to:
        show.table(table)


def _write(document: Document, to: Path) -> None:
    for said in exporters.told(exporters.write(document, to)):
        show.line(said)


def _require_attribute(study: Project, rows: str) -> None:
    kind, _, name = rows.partition(":")
    known = sorted({name for case in study.cases.all() for name in case.attributes or {}})
    if kind == "attribute" and name and name not in known:
        raise NotFound(
            tr(
                "No case has an attribute “{name}”; the attributes are: {names}.",
                name=name,
                names=", ".join(known),
            )
            if known
            else tr("No case has an attribute.")
        )


def _document(study: Project, name: str, options: Options, table: Table) -> Document:
    """Quotations stand under the headings of their codes; the others are their table."""
    if name == "quotations":
        return document(study, (name,), options)
    return Document.of(table)
