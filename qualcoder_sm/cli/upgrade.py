"""`upgrade`: a project of an older version is brought to this one."""

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.i18n import tr
from qualcoder_sm.store.opening import require_project


@command
def upgrade(asked: Asked, project: ProjectFile) -> None:
    """Bring a project of an older version to this one, and keep a copy of it as it was.

    Every command that changes something does so, too; those that only read leave it alone.

    Example: qualcoder-sm upgrade study.qsm
    """
    with asked.writing(project):
        version = require_project(project)
    show.line(tr("{name} has file version {n}.", name=project.name, n=version))
