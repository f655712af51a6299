"""`new`: a project with its first coder and, if wanted, its codebooks."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import importers
from qualcoder_sm.bundle import CodeDraft
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, command
from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.project import Project

Book = tuple[str, list[CodeDraft]]

NewFile = Annotated[
    Path,
    typer.Argument(
        metavar="PROJECT", readable=False, help="Where the project is to be; .qsm is its ending."
    ),
]
FirstCoder = Annotated[str, typer.Option(metavar="NAME", help="The first coder.")]
Title = Annotated[
    str | None, typer.Option(metavar="TITLE", help="What the study is called; else as the file.")
]
ReadyMade = Annotated[
    str | None, typer.Option(metavar="NAME", help="A ready-made codebook to begin with.")
]
Books = Annotated[
    list[str],
    typer.Option(metavar="NAME_OR_FILE", help="A codebook to begin with; may be given again."),
]


@command
def new(
    asked: Asked,
    project: NewFile,
    coder: FirstCoder,
    name: Title = None,
    template: ReadyMade = None,
    codebook: Books = [],  # noqa: B006  (Typer copies it)
) -> None:
    """Make a new project; without a codebook it has no codes.

    Example: qualcoder-sm new study.qsm --coder Ana --name "Carers online" --template combined
    """
    books = [read_book(wanted) for wanted in [*_template(template), *codebook]]
    title = project.stem if name is None else name
    made = Project.create(project, title, coder, reason=asked.reason, in_place=False)
    with closing(made) as study:
        codes = sum(len(study.codebook.take(drafts, called)) for called, drafts in books)
        study.put_in_place()
    show.line(
        ntr(
            "{path} is made, with {n} code.", "{path} is made, with {n} codes.", codes, path=project
        )
    )


def read_book(wanted: str) -> Book:
    """A codebook with what it is called: its title if it is ready-made, else its file's name."""
    titles = {one.name: one.title for one in importers.templates()}
    if wanted in titles:
        return titles[wanted], importers.read_codebook(wanted)
    return Path(wanted).name, importers.read_codebook(wanted)


def _template(wanted: str | None) -> Sequence[str]:
    if wanted is None:
        return []
    known = [one.name for one in importers.templates()]
    if wanted not in known:
        raise NotFound(
            tr(
                "There is no ready-made codebook {name}; there are {names}. Nothing was made.",
                name=wanted,
                names=", ".join(known),
            )
        )
    return [wanted]
