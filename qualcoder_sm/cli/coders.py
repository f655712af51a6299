"""`coders`: who codes in a project."""

from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.project.project import Project

Added = Annotated[
    list[str],
    typer.Option("--add", metavar="NAME", help="Add a coder; may be given again."),
]


@command
def coders(
    asked: Asked,
    project: ProjectFile,
    add: Added = [],  # noqa: B006  (Typer copies it)
    as_json: AsJson = False,
) -> None:
    """List the coders, or add one.

    Example: qualcoder-sm coders study.qsm --add Ben
    """
    if add:
        with asked.writing(project) as study, study.change("coder.add", name=", ".join(add)):
            for name in add:
                study.coders.add(name)
    with asked.reading(project) as study:
        _show(study, as_json)


def _show(study: Project, as_json: bool) -> None:
    codings = study.coders.codings()
    found = study.coders.all()
    if as_json:
        show.json_list(
            {"guid": one.guid, "name": one.name, "codings": codings.get(one.guid, 0)}
            for one in found
        )
        return
    show.columns(("coder", "codings"), [(one.name, codings.get(one.guid, 0)) for one in found])
