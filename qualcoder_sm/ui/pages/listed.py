"""The lists of the pages as tables, on values, for the worker: codes and memos, just as they are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.reports import report
from qualcoder_sm.reports.options import Choice, Options
from qualcoder_sm.reports.provenance import provenance
from qualcoder_sm.reports.segments import as_quotations
from qualcoder_sm.store.trail import written_time
from qualcoder_sm.table import Column, ColumnType, Table
from qualcoder_sm.ui.pages.memo_subjects import Subjects
from qualcoder_sm.ui.panels.codebook_model import CodeRow, code_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.model import Note
    from qualcoder_sm.project.project import Project


def codes(shown: tuple[str, ...], counted: str | None, project: Project) -> Table:
    """Codes in the order of a tree, by guid, with the codings of one coder, or of all."""
    options = Options(Filter(coders=(counted,) if counted else ()))
    made = report("codebook").table(project, options)
    places = {guid: place for place, guid in enumerate(made.guids[0])}
    totals = {item.key: item.value.total for item in code_items(project, None, counted)
              if isinstance(item.value, CodeRow)}  # fmt: skip
    picked = made.picked(places[guid] for guid in shown)
    below = Column(tr("with sub-codes"), ColumnType.INTEGER, tr("codings"))
    left = len(made.rows) - len(shown)
    note = ntr("{n} code of the codebook is not shown.", "{n} codes of the codebook are not shown.",
               left)  # fmt: skip
    return replace(
        picked,
        columns=(*picked.columns, below),
        rows=tuple((*row, totals[guid]) for row, guid in zip(picked.rows, shown, strict=True)),
        notes=(*picked.notes, *([note] if left else [])),
    )


def passages(guids: tuple[str, ...], options: Options, project: Project) -> Table:
    """Codings as quotations, in their order, as they may be published; `options` are which."""
    made = as_quotations(project, project.segments.named(guids))
    chosen = provenance(project, options, report("quotations").choices)
    return replace(made, title=tr("Passages"), provenance=chosen)


def memos(notes: tuple[Note, ...], said: Mapping[str, str], project: Project) -> Table:
    """Memos in an order; `said` is what the list was narrowed by, for the provenance."""
    subjects = Subjects(project)
    names = {coder.guid: coder.name for coder in project.coders.all()}
    return Table(
        key="memos",
        title=tr("Memos"),
        columns=(
            Column(tr("title")),
            Column(tr("kind")),
            Column(tr("about")),
            Column(tr("coder")),
            Column(tr("begun"), ColumnType.TIME, "UTC"),
            Column(tr("changed"), ColumnType.TIME, "UTC"),
            Column(tr("text"), ColumnType.LONG_TEXT),
        ),
        rows=tuple(
            (note.title, tr(note.kind), subjects.subject(note.target_table, note.target).name,
             names.get(note.coder, ""), written_time(note.created), written_time(note.modified),
             note.text)
            for note in notes
        ),
        provenance={**provenance(project, Options(), frozenset[Choice]()), **said},
        guids={0: tuple(note.guid for note in notes)},
    )  # fmt: skip
