"""The audit trail as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.audit import sentence
from qualcoder_sm.project.steps import STEPS
from qualcoder_sm.store.trail import written_time
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.store.trail import Record
    from qualcoder_sm.table import Cell


def table(project: Project, options: Options) -> Table:
    """A row per step, oldest first; of the coders of the filter, or of all."""
    names = {coder.guid: coder.name for coder in project.coders.all()}
    meant = {names[guid] for guid in options.which.coders}
    verdict = project.audit.verify()
    state = tr("The chain is complete.") if verdict.ok else tr(
        "The chain does not fit at step {seq}.", seq=verdict.first_bad)  # fmt: skip
    return Table(
        key="audit",
        title=tr("Audit trail"),
        columns=(
            Column(tr("step"), ColumnType.INTEGER),
            Column(tr("when"), ColumnType.TIME, "UTC"),
            Column(tr("coder")),
            Column(tr("what"), ColumnType.LONG_TEXT),
            Column(tr("reason"), ColumnType.LONG_TEXT),
            Column(tr("subject")),
            Column(tr("audit class")),
            Column(tr("rows"), ColumnType.INTEGER, "rows"),
            Column(tr("takes back"), ColumnType.INTEGER),
            Column(tr("digest")),
        ),
        rows=tuple(
            _row(record)
            for record in project.audit.records()
            if not meant or record.coder in meant
        ),
        notes=(
            state,
            tr("Audit classes after Lincoln & Guba (1985). Each digest is made over the step and "
               "the digest before it, so a step that is changed or left out shows."),
        ),
    )  # fmt: skip


def _row(record: Record) -> tuple[Cell, ...]:
    step = STEPS.get(record.action)
    return (
        record.seq,
        written_time(record.at),
        record.coder,
        sentence(record),
        record.reason,
        step.subject.value if step else "",
        step.audit_class.value if step else "",
        record.rows,
        record.undo_of,
        record.hash,
    )
