"""A command that takes a step and tells of it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import audit
from qualcoder_sm.project.project import Project


@contextmanager
def step(asked: Asked, project: Path) -> Generator[Project]:
    """The project for writing; afterwards the steps taken are told, as the audit trail does."""
    with asked.writing(project) as study:
        before, _ = study.audit.head()
        yield study
        taken = study.audit.records(after=before)
        for record in taken:
            show.line(audit.sentence(record))
        if not taken:
            show.line(tr("Nothing changed."))
