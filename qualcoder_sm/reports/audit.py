"""The audit trail as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.audit import findings, sentence
from qualcoder_sm.project.differences import LONGEST
from qualcoder_sm.project.steps import STEPS
from qualcoder_sm.store.trail import written_time
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.project.audit import Told
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Cell

KEY = "audit"
_MOST, _ROOM = 20, 1_500
"""How many rows of a step are shown, and characters of them: what a cell of a sheet has room for."""


def table(project: Project, options: Options) -> Table:
    """A row per step, oldest first; of the coders of the filter, or of all."""
    names = {coder.guid: coder.name for coder in project.coders.all()}
    meant = {names[guid] for guid in options.which.coders}
    told = project.audit.told(most=_MOST)
    return Table(
        key=KEY,
        title=tr("Audit trail"),
        columns=(
            Column(tr("step"), ColumnType.INTEGER),
            Column(tr("when"), ColumnType.TIME, "UTC"),
            Column(tr("coder")),
            Column(tr("what"), ColumnType.LONG_TEXT),
            Column(tr("before and after"), ColumnType.LONG_TEXT),
            Column(tr("reason"), ColumnType.LONG_TEXT),
            Column(tr("subject")),
            Column(tr("audit class")),
            Column(tr("rows"), ColumnType.INTEGER, "rows"),
            Column(tr("takes back"), ColumnType.INTEGER),
            Column(tr("digest")),
        ),
        rows=tuple(_row(one) for one in told if not meant or one.record.coder in meant),
        notes=(
            *findings(project.audit.verify()),
            tr("Before and after: of a step at most the first {rows} rows are shown, and of those as "
               "many as fit into {room:,} characters; the file holds all. Texts of more than "
               "{characters} characters are shortened, their SHA-256 beside them.",
               rows=_MOST, room=_ROOM, characters=LONGEST),
            tr("Audit classes after Lincoln & Guba (1985). Each digest is made over the step and "
               "the digest before it, so a step that is changed or left out shows."),
        ),
    )  # fmt: skip


def _row(told: Told) -> tuple[Cell, ...]:
    record = told.record
    step = STEPS.get(record.action)
    return (
        record.seq,
        written_time(record.at),
        record.coder,
        sentence(record),
        told.changes_within(_ROOM),
        record.reason,
        step.subject.value if step else "",
        step.audit_class.value if step else "",
        record.rows,
        record.undo_of if record.action == "undo" else None,
        record.hash,
    )
