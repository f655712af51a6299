"""`sets`: named sets of codes."""

from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project

Keep = Annotated[str, typer.Option("--keep", metavar="NAME", help="Keep a set of the codes named.")]
Codes = Annotated[list[str], typer.Option("--code", metavar="CODE", help="A code of the set.")]
Remove = Annotated[str, typer.Option("--remove", metavar="NAME", help="Delete a set.")]


@command
def sets(
    asked: Asked,
    project: ProjectFile,
    keep: Keep = "",
    code: Codes = [],  # noqa: B006  (Typer copies it)
    remove: Remove = "",
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List the sets of codes, keep one, or delete one.

    Example: qualcoder-sm sets study.qsm --keep Principles --code Equality --code Reciprocity
    """
    if keep and remove:
        raise typer.BadParameter(tr("Keep a set or delete one, not both at once."))
    if keep or remove:
        with step(asked, project) as study:
            if keep:
                study.sets.keep(keep, [study.codebook.find(one).guid for one in code])
            else:
                study.sets.remove(remove)
        return
    with asked.reading(project) as study:
        _show(study, as_json, wide)


def _show(study: Project, as_json: bool, wide: bool) -> None:
    paths = study.codebook.paths()
    found = [(one, [paths[code] for code in one.codes]) for one in study.sets.all()]
    if as_json:
        show.json_list(
            [{"guid": one.guid, "name": one.name, "codes": codes} for one, codes in found]
        )
    else:
        rows = [(one.name, "; ".join(codes)) for one, codes in found]
        show.columns(("set", "codes"), rows, wide=wide)
