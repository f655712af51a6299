"""`undo` and `redo`: from the audit trail, so they know the steps of every session."""

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.project import audit
from qualcoder_sm.project.project import Project


@command
def undo(asked: Asked, project: ProjectFile) -> None:
    """Take back the last step not yet taken back, whoever took it.

    Example: qualcoder-sm undo study.qsm --reason "wrong passage"
    """
    with asked.writing(project) as study:
        study.undo()
        _show(study)


@command
def redo(asked: Asked, project: ProjectFile) -> None:
    """Do the step again that was taken back last.

    Example: qualcoder-sm redo study.qsm
    """
    with asked.writing(project) as study:
        study.redo()
        _show(study)


def _show(study: Project) -> None:
    last, _ = study.audit.head()
    show.line(audit.sentence(study.audit.record(last)))
