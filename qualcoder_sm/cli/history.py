"""`undo` and `redo`: from the audit trail, so they know the steps of every session."""

from typing import Annotated

import typer

from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.step import step

Anybody = Annotated[bool, typer.Option("--anybody", help="The last step, whoever took it.")]


@command
def undo(asked: Asked, project: ProjectFile, anybody: Anybody = False) -> None:
    """Take back the acting coder's last step that stands; steps of others in between stay.

    Example: qualcoder-sm undo study.qsm --reason "wrong passage"
    """
    with step(asked, project) as study:
        study.undo(anybody=anybody)


@command
def redo(asked: Asked, project: ProjectFile, anybody: Anybody = False) -> None:
    """Do the step again that the acting coder took back last.

    Example: qualcoder-sm redo study.qsm
    """
    with step(asked, project) as study:
        study.redo(anybody=anybody)
