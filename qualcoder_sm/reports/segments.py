"""Coded passages with their words: working data, one row per coding; or quotations, as published."""

from __future__ import annotations

from dataclasses import replace
from sys import intern
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import quoting
from qualcoder_sm.store.trail import written_time
from qualcoder_sm.table import Column, ColumnType, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualcoder_sm.model import Segment
    from qualcoder_sm.project.filters import Filter
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.quoting import Quotation
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.table import Cell


_NAMED = (0, 8, 9)
"""The places of source, code and coder in a table of segments."""


def table(project: Project, options: Options) -> Table:
    """Every coding with its words, in the order of the sources: working data."""
    guids: dict[int, list[str]] = {place: [] for place in _NAMED}
    rows = tuple(_rows(project.segments.of(meant(project, options)), guids))
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
            Column(tr("quote_rule")),
            Column(tr("paraphrase"), ColumnType.LONG_TEXT),
            Column(tr("created"), ColumnType.TIME, "UTC"),
            Column(tr("guid")),
        ),
        rows=rows,
        notes=(tr("Working data, not for publication."), *_unknown_wordings(project)),
        guids={place: tuple(column) for place, column in guids.items()},
    )


def quotations(project: Project, options: Options) -> Table:
    """The same passages as they may be published, by code in the order of the codebook.

    One row where several coders put one code on the same words. The notes count how many are
    published in which way.
    """
    order = {guid: i for i, guid in enumerate(project.codebook.paths())}
    segments = sorted(
        project.segments.of(meant(project, options)), key=lambda s: order[s.coding.code]
    )
    return as_quotations(project, segments)


def as_quotations(project: Project, segments: Iterable[Segment]) -> Table:
    """Segments as they may be published, in their order."""
    found = quoting.quotations(segments)
    long = ColumnType.LONG_TEXT
    return Table(
        key="quotations",
        title=tr("Quotations by code"),
        columns=(
            Column(tr("code")),
            Column(tr("quotation"), long),
            Column(tr("source")),
            Column(tr("case")),
            Column(tr("speaker")),
            Column(tr("position")),
            Column(tr("coder")),
            Column(tr("memo"), long),
            Column(tr("quote_rule")),
        ),
        rows=tuple(map(_quotation, found)),
        notes=(quoting.counted(found), *_unknown_wordings(project)) if found else (),
        guids={
            0: tuple(one.first.coding.code for one in found),
            2: tuple(one.first.coding.source for one in found),
        },
    )


def meant(project: Project, options: Options) -> Filter:
    """The filter of the options, with the codes below those named where these roll up."""
    which = options.which
    if not options.roll_up or not which.codes:
        return which
    below = (one.guid for code in which.codes for one in project.codebook.below(code))
    return replace(which, codes=tuple(dict.fromkeys((*which.codes, *below))))


def _rows(
    segments: Iterable[Segment], guids: Mapping[int, list[str]]
) -> Iterator[tuple[Cell, ...]]:
    """A row at a time, for there may be many; what stands behind its names is added to `guids`."""
    for one in segments:
        behind = (one.coding.source, one.coding.code, one.coding.coder)
        for place, guid in zip(_NAMED, behind, strict=True):
            guids[place].append(intern(guid))
        yield _row(one)


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
        segment.quote_rule.value,
        coding.paraphrase,
        written_time(coding.created),
        coding.guid,
    )


def _quotation(one: Quotation) -> tuple[Cell, ...]:
    return (
        one.first.code_path,
        one.text,
        one.first.printed_name,
        ", ".join(one.cases),
        one.speaker,
        one.first.locator,
        ", ".join(one.coders),
        one.memo,
        one.rule.value,
    )


def _unknown_wordings(project: Project) -> tuple[str, ...]:
    """A sentence on the wordings that had to be guessed, where there are any."""
    unknown = project.quoting.unknown_wordings()
    listed = ", ".join(tr("“{wording}”", wording=wording) for wording in unknown)
    told = ntr(
        "The wording of a quote rule is not known and counts as paraphrase only: {wordings}.",
        "{n} wordings of quote rules are not known and count as paraphrase only: {wordings}.",
        len(unknown),
        wordings=listed,
    )
    return (told,) if unknown else ()
