"""`undo` and `redo`: from the audit trail, so they know the steps of every session."""

from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.project import audit
from qualcoder_sm.project.project import Project

Anybody = Annotated[bool, typer.Option("--anybody", help="The last step, whoever took it.")]


@command
def undo(asked: Asked, project: ProjectFile, anybody: Anybody = False) -> None:
    """Take back the acting coder's last step that stands; steps of others in between stay.

    Example: qualcoder-sm undo study.qsm --reason "wrong passage"
    """
    with asked.writing(project) as study:
        study.undo(anybody=anybody)
        _show(study)


@command
def redo(asked: Asked, project: ProjectFile, anybody: Anybody = False) -> None:
    """Do the step again that the acting coder took back last.

    Example: qualcoder-sm redo study.qsm
    """
    with asked.writing(project) as study:
        study.redo(anybody=anybody)
        _show(study)


def _show(study: Project) -> None:
    last, _ = study.audit.head()
    show.line(audit.sentence(study.audit.record(last)))
