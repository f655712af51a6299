"""Audit: the trail as people read it, and whether it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import steps
from qualcoder_sm.store import trail

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.trail import Record, Verdict


class Audit:
    """Who did what, when and why, in a chain that shows any change made behind its back."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def head(self) -> tuple[int, str]:
        """Number and hash of the last step."""
        with self._project.reading() as connection:
            return trail.head(connection)

    def records(self, *, after: int = 0) -> list[Record]:
        """The steps after a number, oldest first."""
        with self._project.reading() as connection:
            return trail.records(connection, after=after)

    def record(self, seq: int) -> Record:
        """One step; raises NotFound."""
        with self._project.reading() as connection:
            found = trail.records(connection, after=seq - 1, limit=1)
        if not found or found[0].seq != seq:
            raise NotFound(tr("The trail has no step {seq}.", seq=seq))
        return found[0]

    def verify(self) -> Verdict:
        """Follow the whole chain."""
        with self._project.reading() as connection:
            return trail.verify(connection)


def sentence(record: Record) -> str:
    """The step as a sentence about its coder."""
    return f"{record.coder} {steps.told(record.action, record.parameters, record.label)}"
