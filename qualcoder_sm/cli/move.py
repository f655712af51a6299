"""`move`: the boundaries of a coded passage, or sources into a collection."""

from typing import Annotated

import typer

from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr

What = Annotated[
    list[str],
    typer.Argument(
        metavar="CODING START END | SOURCE...",
        help="A coding by its guid, its first character and the one after its last; or sources "
        "by name, path or guid.",
    ),
]
Into = Annotated[
    str | None,
    typer.Option("--collection", metavar="NAME", help='Where sources go; "" is none.'),
]
IntoNew = Annotated[
    str | None,
    typer.Option("--new-collection", metavar="NAME", help="Where they go, made when not there."),
]


@command
def move(
    asked: Asked,
    project: ProjectFile,
    what: What,
    collection: Into = None,
    new_collection: IntoNew = None,
) -> None:
    """Move the boundaries of a coded passage, or sources into a collection, in one step.

    Example: qualcoder-sm move study.qsm 0b1f... 118 164

    Example: qualcoder-sm move study.qsm P01 P02 --new-collection "First wave"
    """
    if collection is not None and new_collection is not None:
        raise typer.BadParameter(tr("Give --collection or --new-collection, not both."))
    if collection is None and new_collection is None:
        coding, start, end = _boundaries(what)
        with step(asked, project) as study:
            study.codings.move(coding, start, end)
        return
    with step(asked, project) as study:
        sources = [study.sources.find(name).guid for name in what]
        if new_collection is not None:
            study.sources.move_to_new(sources, new_collection)
        else:
            into = study.collections.find(collection).guid if collection else None
            study.sources.move(sources, into)


def _boundaries(what: list[str]) -> tuple[str, int, int]:
    try:
        coding, start, end = what
        return coding, int(start), int(end)
    except ValueError as error:
        raise typer.BadParameter(
            tr("Name CODING START END, or sources and --collection or --new-collection.")
        ) from error
