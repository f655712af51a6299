"""`report`: a table on stdout or in a file."""

from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import exporters, reports
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.exporters import Document
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import Choice, Options
from qualcoder_sm.table import Table


def _list(asked: bool) -> None:
    if asked:
        for one in reports.reports():
            show.line(f"{one.name}: {one.question}")
            taken = " ".join(f"--{choice}" for choice in Choice if choice in one.choices)
            show.line(f"    {taken}")
        raise typer.Exit


Name = Annotated[str, typer.Argument(metavar="NAME", help="Which report; see --list.")]
List = Annotated[
    bool, typer.Option("--list", is_eager=True, callback=_list, help="List the reports.")
]
To = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="FILE", readable=False, help="Write .xlsx, .docx, .csv or .json instead."
    ),
]


@command
@choosing(Choice)
def report(
    asked: Asked,
    project: ProjectFile,
    name: Name,
    chosen: Chosen,
    to: To = None,
    as_json: AsJson = False,
    wide: Wide = False,
    listed: List = False,
) -> None:
    """Make a report. Each takes some of the options; see --list.

    Example: qualcoder-sm report study.qsm quotations --code Equality --to equality.docx

    Example: qualcoder-sm report study.qsm matrix --rows source --cells units --words all
    """
    maker = reports.report(name)
    with asked.reading(project) as study:
        options = chosen.options(study)
        table = maker.table(study, options, chosen.given)
        if to:
            _write(_document(study, name, options, table), to)
    if as_json:
        show.json_object(table.as_json())
    elif not to:
        show.table(table, wide=wide)


def _write(document: Document, to: Path) -> None:
    show.lines(exporters.told(exporters.write(document, to)))


def _document(study: Project, name: str, options: Options, table: Table) -> Document:
    """Quotations stand under the headings of their codes; the others are their table."""
    if name == "quotations":
        return document(study, (name,), options)
    return Document.of(table)
