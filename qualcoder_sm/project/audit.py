"""Audit: the trail as people read it, and whether it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from qualcoder_sm.errors import Cancelled, NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import steps
from qualcoder_sm.store import schema, trail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.trail import Record, Verdict

    Progress = Callable[[int, int, str], bool]

_AT_ONCE = 5_000


class Glance(NamedTuple):
    """A step without its content, so that a million of them can be held: for lists and counts.

    `at` is the time as stored: UTC, ISO 8601.
    """

    seq: int
    at: str
    coder: str
    action: str
    has_reason: bool


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

    def some(self, seqs: Sequence[int]) -> list[Record]:
        """The steps with these numbers, oldest first."""
        with self._project.reading() as connection:
            return trail.records(connection, among=seqs)

    def glances(self, *, after: int = 0, limit: int | None = None) -> list[Glance]:
        """At most `limit` steps after a number, oldest first, without their content."""
        c, p = schema.changes.c, schema.change_payloads.c
        statement = (
            select(c.seq, c.at, c.coder, c.action, p.reason.is_not(None) & (p.reason != ""))
            .join_from(schema.changes, schema.change_payloads, isouter=True)
            .where(c.seq > after)
            .order_by(c.seq)
            .limit(limit)
        )
        rows = self._project.fetch(statement)
        return [Glance(seq, at, coder, action, bool(told)) for seq, at, coder, action, told in rows]

    def matching(self, words: str) -> set[int]:
        """Numbers of the steps whose sentence or reason holds all of these words."""
        c, p = schema.changes.c, schema.change_payloads.c
        statement = select(c.seq).join_from(schema.changes, schema.change_payloads)
        for word in words.casefold().split():
            telling = [key for key, step in steps.STEPS.items() if word in step.told.casefold()]
            texts = (c.coder, p.label, p.parameters, p.reason)
            statement = statement.where(
                or_(
                    c.action.in_(telling),
                    *(text.icontains(word, autoescape=True) for text in texts),
                )
            )
        return {row[0] for row in self._project.fetch(statement)}

    def verify(self, progress: Progress | None = None) -> Verdict:
        """Follow the whole chain, some thousand steps at a time, so that nobody waits to write.

        `progress` is called with steps done, steps in all and nothing to say; when it answers
        False, Cancelled is raised.
        """
        total, _hash = self.head()
        with self._project.reading() as connection:
            redacted = trail.redacted(connection)
        verdict, after, left = trail.UNREAD, None, True
        while left:
            with self._project.reading() as connection:
                verdict, after = trail.verify(connection, verdict, redacted, after, _AT_ONCE)
            left = after is not None
            if progress and not progress(verdict.records, total, ""):
                raise Cancelled(tr("The check was stopped. Nothing was changed."))
        return verdict


def sentence(record: Record) -> str:
    """The step as a sentence about its coder."""
    return f"{record.coder} {steps.told(record.action, record.parameters, record.label)}"
