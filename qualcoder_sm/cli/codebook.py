"""`codebook list`, `import`, `export` and `templates`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import importers
from qualcoder_sm.cli import codebook_file, show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.new import read_book
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.codes import DEFINITION_FIELDS
from qualcoder_sm.project.project import Project

codebook = typer.Typer(
    help="List, import or export the codebook.", no_args_is_help=True, rich_markup_mode="rich"
)

Book = Annotated[
    str, typer.Argument(metavar="NAME_OR_FILE", help="A ready-made codebook, or a .csv or .xlsx.")
]
Target = Annotated[
    Path,
    typer.Option(
        "--to", metavar="FILE", readable=False, help="The file; .csv, .xlsx, .docx or .json."
    ),
]


@codebook.command("list")
@command
def list_codes(
    asked: Asked, project: ProjectFile, as_json: AsJson = False, wide: Wide = False
) -> None:
    """List the codes as a tree.

    Example: qualcoder-sm codebook list study.qsm --json
    """
    with asked.reading(project) as study:
        codes = _codes(study)
    if as_json:
        show.json_list(codes)
        return
    show.columns(
        ("code", "codings", "brief definition"),
        [(one["path"], one["codings"], one["brief_definition"]) for one in codes],
        wide=wide,
    )


@codebook.command("import")
@command
def import_codes(asked: Asked, project: ProjectFile, book: Book) -> None:
    """Import a ready-made codebook, or one from a table: all of its codes or none.

    Columns of the table: code, and if wanted parent, color, brief_definition, definition,
    include, exclude, example, source, codable.

    Example: qualcoder-sm codebook import study.qsm npt
    """
    title, drafts = read_book(book)
    with asked.writing(project) as study:
        made = study.codebook.take(drafts, title)
    show.line(ntr("Added {n} code.", "Added {n} codes.", len(made)))


@codebook.command("export")
@command
def export_codes(asked: Asked, project: ProjectFile, to: Target) -> None:
    """Export the codebook; a .csv or .xlsx can be imported again.

    Example: qualcoder-sm codebook export study.qsm --to codebook.csv
    """
    with asked.reading(project) as study:
        codebook_file.write(study, to)
    show.line(tr("Written: {path}", path=to))


@codebook.command("templates")
@command
def templates(asked: Asked, as_json: AsJson = False) -> None:
    """List the ready-made codebooks.

    Example: qualcoder-sm codebook templates
    """
    found = importers.templates()
    if as_json:
        show.json_list(asdict(one) | {"path": str(one.path)} for one in found)
        return
    show.columns(("name", "title"), [(one.name, one.title) for one in found])


def _codes(study: Project) -> list[dict[str, object]]:
    counts, paths = study.codebook.counts(), study.codebook.paths()
    return [
        {
            "guid": code.guid,
            "name": code.name,
            "path": paths[code.guid],
            "parent": paths[code.parent] if code.parent else None,
            "color": code.color,
            "codable": code.codable,
            **{field: getattr(code, field) for field in DEFINITION_FIELDS},
            "parent_guid": code.parent,
            "codings": counts.get(code.guid, 0),
        }
        for code in study.codebook.codes()
    ]
