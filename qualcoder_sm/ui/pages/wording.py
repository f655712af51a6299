"""Words that several pages use: units, ranges, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import SourceKind
from qualcoder_sm.reports.options import Cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcoder_sm.model import Source

TENTATIVE, FIRM = 0.667, 0.8


def level_name(level: Level, *, many: bool = False) -> str:
    """What is counted, in words."""
    names = {
        Level.UNIT: (tr("turn, post or paragraph"), tr("turns, posts and paragraphs")),
        Level.SENTENCE: (tr("sentence"), tr("sentences")),
        Level.PARAGRAPH: (tr("line"), tr("lines")),
        Level.CHARACTER: (tr("character"), tr("characters")),
        Level.SOURCE: (tr("source"), tr("sources")),
    }
    return names[level][many]


def counted_in(level: Level, n: int, sources: Iterable[Source]) -> str:
    """A number of units with their noun."""
    if level is Level.UNIT:
        return n_units(n, sources)
    if level is Level.SENTENCE:
        return ntr("{n} sentence", "{n} sentences", n)
    if level is Level.PARAGRAPH:
        return ntr("{n} line", "{n} lines", n)
    if level is Level.CHARACTER:
        return ntr("{n} character", "{n} characters", n)
    return ntr("{n} source", "{n} sources", n)


def n_units(n: int, sources: Iterable[Source]) -> str:
    """A number of turns, posts or paragraphs, by what the sources are made of."""
    kinds = {source.kind for source in sources}
    if kinds == {SourceKind.POSTS}:
        return ntr("{n} post", "{n} posts", n)
    if kinds == {SourceKind.TRANSCRIPT}:
        return ntr("{n} turn", "{n} turns", n)
    if kinds and kinds <= {SourceKind.TEXT, SourceKind.ARTICLE}:
        return ntr("{n} paragraph", "{n} paragraphs", n)
    return ntr("{n} turn or post", "{n} turns and posts", n)


def units_noun(sources: Iterable[Source]) -> str:
    """The noun of many units, to begin a line with."""
    kinds = {source.kind for source in sources}
    if kinds == {SourceKind.POSTS}:
        return tr("Posts")
    if kinds == {SourceKind.TRANSCRIPT}:
        return tr("Turns")
    return tr("Turns and posts")


def counted_cells(cells: Cells, n: int, sources: Iterable[Source]) -> str:
    """A number of what the cells of a matrix hold, with its noun."""
    if cells is Cells.CODINGS:
        return ntr("{n} coding", "{n} codings", n)
    if cells is Cells.CHARACTERS:
        return ntr("{n} character", "{n} characters", n)
    if cells is Cells.PRESENCE:
        return tr("present") if n else tr("absent")
    return n_units(n, sources)


def range_of(alpha: float | None) -> str:
    """What Krippendorff (Content Analysis, 2018) says such an alpha allows."""
    if alpha is None:
        return tr("Nothing can be said.")
    if alpha >= FIRM:
        return tr("At or above .800, which Krippendorff asks for firm conclusions.")
    if alpha >= TENTATIVE:
        return tr("Within Krippendorff’s range for tentative conclusions (.667 to .800).")
    return tr("Below .667, the least that Krippendorff asks for tentative conclusions.")
