"""History: what can be taken back or done again, read from the trail, so it survives a restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, true

from qualcoder_sm.errors import BrokenReference, Cancelled, NothingToUndo, StepConflict
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import steps
from qualcoder_sm.store import schema, trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement, ScalarSelect, Select
    from sqlalchemy.sql.base import ReadOnlyColumnCollection

    from qualcoder_sm.model import Change, RowChange
    from qualcoder_sm.project.core import Core

_TURNS = ("undo", "redo")
_BETWEEN = 500
_OTHERS = (*_TURNS, *steps.ASIDE)
"""What is no step to be taken back."""

Progress = Callable[[int, int, str], bool]


class History:
    """Undo and redo as new steps: the trail only grows."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def undoable(self, *, anybody: bool = False) -> int | None:
        """Number of the step that undo would take back, or None.

        It is the last of the acting coder that stands, or the last of anybody.
        """
        changes = schema.changes.c
        return self._number(
            select(changes.seq)
            .where(changes.action.not_in(_OTHERS), changes.seq > _last_firm())
            .where(self._whose(changes, anybody))
            .where(func.coalesce(_last_turn(), "redo") == "redo")
            .order_by(changes.seq.desc())
            .limit(1)
        )

    def redoable(self, *, anybody: bool = False) -> int | None:
        """Number of the step that redo would do again, or None.

        It is the last that the acting coder, or anybody, took back and took no other step since.
        """
        changes, later = schema.changes.c, schema.changes.alias()
        newest = select(changes.seq).where(changes.action.not_in(_OTHERS)).where(
            self._whose(changes, anybody)).order_by(changes.seq.desc()).limit(1)  # fmt: skip
        since = self._number(newest) or 0
        again = select(later.c.seq).where(
            later.c.undo_of == changes.undo_of, later.c.seq > changes.seq
        )
        return self._number(
            select(changes.undo_of)
            .where(changes.action == "undo", changes.seq > since, ~again.exists())
            .where(self._whose(changes, anybody))
            .order_by(changes.seq.desc())
            .limit(1)
        )

    def _whose(
        self, changes: ReadOnlyColumnCollection[str, Any], anybody: bool
    ) -> ColumnElement[bool]:
        return true() if anybody else changes.coder == self._core.coder.name

    def label(self, seq: int) -> str:
        """What a step is called in a menu."""
        payloads = schema.change_payloads.c
        rows = self._core.fetch(select(payloads.label).where(payloads.seq == seq))
        return rows[0].label or "" if rows else ""

    def size(self, seq: int) -> int:
        """How many rows a step wrote: as many are written to take it back."""
        rows = self._core.fetch(select(schema.changes.c.rows).where(schema.changes.c.seq == seq))
        return rows[0][0] if rows else 0

    def undo(self, *, anybody: bool = False, progress: Progress | None = None) -> Change:
        """Take back the last step of the acting coder, or of anybody; steps in between stay.

        `progress` is called with rows done, rows in all and what it is at; when it answers False,
        nothing was changed. Raises NothingToUndo, StepConflict when somebody built on the step
        since, or Cancelled.
        """
        seq = self.undoable(anybody=anybody)
        if seq is None:
            raise NothingToUndo(self._why_nothing(anybody))
        return self.undo_step(seq, progress)

    def redo(self, *, anybody: bool = False, progress: Progress | None = None) -> Change:
        """Do the step again that the acting coder, or anybody, took back last; as `undo`."""
        seq = self.redoable(anybody=anybody)
        if seq is None:
            raise NothingToUndo(tr("There is no step to do again."))
        return self._turn("redo", seq, progress)

    def undo_step(self, seq: int, progress: Progress | None = None) -> Change:
        """Take back one step, also an older one, as long as nothing later built on it.

        As `undo`; raises NothingToUndo for a step that stays, or that one which stays came after.
        """
        actions = self._core.fetch(
            select(schema.changes.c.action).where(schema.changes.c.seq == seq)
        )
        firm = self._number(select(_last_firm())) or 0
        if not actions or seq <= firm or actions[0][0] in _OTHERS:
            raise NothingToUndo(tr("Step {seq} cannot be taken back.", seq=seq))
        return self._turn("undo", seq, progress)

    def change(self, seq: int) -> Change:
        """A step of the trail with its rows."""
        with self._core.reading() as connection:
            return trail.change(connection, seq)

    def _turn(self, action: str, seq: int, progress: Progress | None) -> Change:
        parameters: dict[str, object] = {"step": seq, "label": self.label(seq)}
        with self._core.reading() as connection:
            rows = trail.rows_of(connection, seq)
        turned = rows if action == "redo" else (row.inverse() for row in reversed(rows))
        try:
            with self._core.step(action, parameters, undo_of=seq) as journal:
                journal.replay(_told(turned, len(rows), progress), unchanged=True)
        except BrokenReference as error:
            raise StepConflict(
                tr("Something done later builds on this step, so it cannot be taken back on its own. "
                   "Nothing was changed.")
                if action == "undo"
                else tr("What this step builds on is gone, so it cannot be done again. "
                        "Nothing was changed.")
            ) from error  # fmt: skip
        return journal.written

    def _why_nothing(self, anybody: bool) -> str:
        """What stands in the way of taking anything back."""
        last = self.undoable(anybody=True) if not anybody else None
        if last is not None:
            return tr(
                "{coder} has no step to take back. The last one is {other}’s: {label}.",
                coder=self._core.coder.name, other=self.change(last).coder, label=self.label(last),
            )  # fmt: skip
        firm = self._number(select(_last_firm())) or 0
        if firm <= 1:
            return tr("There is no step to take back.")
        return tr(
            "No step after step {seq} is left to take back. That one stays, and what was done "
            "before it stays with it.",
            seq=firm,
        )

    def _number(self, statement: Select[*tuple[Any, ...]]) -> int | None:
        rows = self._core.fetch(statement)
        return rows[0][0] if rows else None


def _told(rows: Iterable[RowChange], n: int, progress: Progress | None) -> Iterator[RowChange]:
    """The rows; tells how far it is now and then, and stops when it is told to."""
    for at, row in enumerate(rows):
        if progress and at % _BETWEEN == 0 and not progress(at, n, tr("Writing rows …")):
            raise Cancelled(tr("Stopped. Nothing was changed."))
        yield row


def _last_turn() -> ScalarSelect[str]:
    """The last undo or redo of the step in question."""
    turns = schema.changes.alias()
    return (
        select(turns.c.action)
        .where(and_(turns.c.undo_of == schema.changes.c.seq, turns.c.action.in_(_TURNS)))
        .order_by(turns.c.seq.desc())
        .limit(1)
        .correlate(schema.changes)
        .scalar_subquery()
    )


def _last_firm() -> ColumnElement[int]:
    firm = schema.changes.alias()
    newest = select(func.max(firm.c.seq)).where(firm.c.action.in_(steps.FIRM))
    return func.coalesce(newest.scalar_subquery(), 0)
