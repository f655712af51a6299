"""Coded passages with their words: one row per coding, or by code for reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.store.trail import written_time
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.model import Segment
    from qualcoder_sm.project.filters import Filter
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Cell


def table(project: Project, options: Options) -> Table:
    """Every coding with its words, in the order of the sources."""
    found = list(project.segments.of(meant(project, options)))
    return Table(
        key="segments",
        title=tr("Coded segments"),
        columns=(
            Column(tr("source")),
            Column(tr("collection")),
            Column(tr("case")),
            Column(tr("speaker")),
            Column(tr("position")),
            Column(tr("start"), ColumnType.INTEGER, "characters"),
            Column(tr("end"), ColumnType.INTEGER, "characters"),
            Column(tr("text"), ColumnType.LONG_TEXT),
            Column(tr("code")),
            Column(tr("coder")),
            Column(tr("polarity")),
            Column(tr("weight"), ColumnType.INTEGER),
            Column(tr("memo"), ColumnType.LONG_TEXT),
            Column(tr("created"), ColumnType.TIME, "UTC"),
            Column(tr("guid")),
        ),
        rows=tuple(map(_row, found)),
        guids=_guids(found),
    )


def quotations(project: Project, options: Options) -> Table:
    """The same passages by code, in the order of the codebook, for reading."""
    order = {guid: i for i, guid in enumerate(project.codebook.paths())}
    segments = sorted(
        project.segments.of(meant(project, options)), key=lambda s: order[s.coding.code]
    )
    names = (tr("code"), tr("quotation"), tr("source"), tr("case"), tr("speaker"),
             tr("position"), tr("coder"), tr("memo"))  # fmt: skip
    long = {tr("quotation"), tr("memo")}
    return Table(
        key="quotations",
        title=tr("Quotations by code"),
        columns=tuple(
            Column(name, ColumnType.LONG_TEXT if name in long else ColumnType.TEXT)
            for name in names
        ),
        rows=tuple(
            (s.code_path, s.text, s.source_name, ", ".join(s.cases), s.speaker, s.locator,
             s.coder_name, s.coding.memo)
            for s in segments
        ),
    )  # fmt: skip


def meant(project: Project, options: Options) -> Filter:
    """The filter of the options, with the codes below those named where these roll up."""
    which = options.which
    if not options.roll_up or not which.codes:
        return which
    below = (one.guid for code in which.codes for one in project.codebook.below(code))
    return replace(which, codes=tuple(dict.fromkeys((*which.codes, *below))))


def _guids(found: Sequence[Segment]) -> dict[int, tuple[str | None, ...]]:
    """The sources, codes and coders of a table of segments."""
    return {
        0: tuple(one.coding.source for one in found),
        8: tuple(one.coding.code for one in found),
        9: tuple(one.coding.coder for one in found),
    }


def _row(segment: Segment) -> tuple[Cell, ...]:
    coding = segment.coding
    return (
        segment.source_name,
        segment.collection_name,
        ", ".join(segment.cases),
        segment.speaker,
        segment.locator,
        coding.start,
        coding.end,
        segment.text,
        segment.code_path,
        segment.coder_name,
        coding.polarity.value if coding.polarity else "",
        coding.weight,
        coding.memo,
        written_time(coding.created),
        coding.guid,
    )
