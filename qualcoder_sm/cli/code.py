"""`code`: apply a code to a passage, or many codes from a table."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from qualcoder_sm import importers
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers import CodingRow
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project

T = TypeVar("T")

SourceName = Annotated[str | None, typer.Argument(metavar="SOURCE", help="Name, path or guid.")]
Start = Annotated[int | None, typer.Argument(help="The first character; 0 is the text's first.")]
End = Annotated[int | None, typer.Argument(help="The character after the last.")]
CodeName = Annotated[str | None, typer.Argument(metavar="CODE", help="Name, path or guid.")]
Memo = Annotated[str, typer.Option(metavar="TEXT", help="A memo on the coding.")]
NewCode = Annotated[
    str | None,
    typer.Option("--new", metavar="NAME", help="An emergent code, made when it is not there."),
]
InVivo = Annotated[
    bool, typer.Option("--in-vivo", help="Make the words themselves the name of a code.")
]
Table = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        readable=False,
        help="A .csv or .xlsx table: source, start, end, code, coder and, if wanted, memo.",
    ),
]


@command
def code(
    asked: Asked,
    project: ProjectFile,
    source: SourceName = None,
    start: Start = None,
    end: End = None,
    name: CodeName = None,
    memo: Memo = "",
    table: Table = None,
    new: NewCode = None,
    in_vivo: InVivo = False,
) -> None:
    """Apply a code to a passage, or many from a table: all of its rows or none.

    Example: qualcoder-sm code study.qsm P01 120 164 "Equality" --memo "see the minutes"

    Example: qualcoder-sm code study.qsm P01 120 164 --new "Help between strangers"

    Example: qualcoder-sm code study.qsm --from codings.csv
    """
    if table:
        if source is not None or memo or new is not None or in_vivo:
            raise typer.BadParameter(tr("Name a passage or give a table with --from, not both."))
        _apply_table(asked, project, table)
        return
    if source is None or start is None or end is None:
        raise typer.BadParameter(tr("Name SOURCE START END CODE, or a table with --from."))
    if (name is not None) + (new is not None) + in_vivo != 1:
        raise typer.BadParameter(tr("Name a CODE, or give --new NAME, or --in-vivo."))
    with step(asked, project) as study:
        target = study.sources.find(source).guid
        if in_vivo:
            study.codings.apply_in_vivo(target, start, end, memo)
        elif new is not None:
            study.codings.apply_new(new, target, start, end, memo)
        elif name is not None:
            study.codings.apply(study.codebook.find(name).guid, target, start, end, memo)


def _apply_table(asked: Asked, project: Path, table: Path) -> None:
    rows = importers.read_codings(table)
    with asked.writing(project) as study:
        made = study.codings.apply_all(_drafts(study, rows, table.name))
    show.line(ntr("Applied {n} coding.", "Applied {n} codings.", len(made)))


def _drafts(study: Project, rows: Sequence[CodingRow], file: str) -> list[CodingDraft]:
    code, source, coder = map(cache, (study.codebook.find, study.sources.find, study.coders.find))
    return [
        CodingDraft(
            code=_found(code, row.code, row, file).guid,
            source=_found(source, row.source, row, file).guid,
            coder=_found(coder, row.coder, row, file).guid,
            start=row.start,
            end=row.end,
            memo=row.memo,
            line=int(row.place.rpartition(" ")[2]),
        )
        for row in rows
    ]


def _found(find: Callable[[str], T], name: str, row: CodingRow, file: str) -> T:
    try:
        return find(name)
    except QualCoderError as error:
        raise type(error)(
            tr(
                "{what} It stands on {place} of {file}. Nothing was changed.",
                what=error,
                place=row.place,
                file=file,
            )
        ) from error
