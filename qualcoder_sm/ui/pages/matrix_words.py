"""The sentences around a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports.matrix import TOTALS
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.ui.pages.wording import counted_cells, units_noun

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.crosstab import Grid

FEW = 5
_UNLIKE = 1.5


def counted(grid: Grid, *, share: bool) -> str:
    """What the cells hold."""
    noun = units_noun(grid.sources)
    if grid.cells is Cells.UNITS:
        if share:
            return tr("Share of {units} that carry the code", units=noun.lower())
        return tr("Number of {units} that carry the code", units=noun.lower())
    if grid.cells is Cells.CODINGS:
        return tr("Share of codings") if share else tr("Number of codings")
    if grid.cells is Cells.CHARACTERS:
        return tr("Share of characters that carry the code") if share else tr(
            "Number of characters that carry the code")  # fmt: skip
    return tr("1 where the code occurs, 0 where it does not")


def kind(grid: Grid) -> str:
    """What a column stands for."""
    names = {"case": tr("case"), "source": tr("source"), "collection": tr("collection or group")}
    return names.get(grid.options.rows, grid.kind)


def title(grid: Grid) -> str:
    """The heading of the table."""
    return tr("Codes by {groups}", groups=kind(grid))


def unit(grid: Grid) -> str:
    """What the numbers are numbers of, in the plural."""
    if grid.cells is Cells.UNITS:
        return units_noun(grid.sources).lower()
    return {
        Cells.CODINGS: tr("codings"),
        Cells.CHARACTERS: tr("characters"),
        Cells.PRESENCE: tr("1 or 0"),
    }[grid.cells]


def sentences(grid: Grid, *, share: bool) -> list[str]:
    """What was counted, whose, and what was not."""
    words = counted(grid, share=share)
    rolled = grid.options.roll_up
    return [
        tr("{counted}, sub-codes included.", counted=words) if rolled
        else tr("{counted}, each code alone.", counted=words),
        *filter(None, (grid.whose, grid.left_out)),
        *([tr("{tallied}.", tallied=tallied(grid))] if grid.tallied.all > grid.tallied.counted
          else []),
        tr(TOTALS),
    ]  # fmt: skip


def tallied(grid: Grid) -> str:
    """How many codings are in the table and, where some are not, why."""
    found = grid.tallied
    if found.counted == found.all:
        return ntr("{n} coding counted", "{n} codings counted", found.counted)
    parts = [ntr("{counted} of {n} coding counted", "{counted} of {n} codings counted", found.all,
                 counted=f"{found.counted:,}")]  # fmt: skip
    if found.outside:
        where = (
            tr("{n} in sources without a case", n=f"{found.outside:,}") if grid.options.rows == "case"
            else tr("{n} in sources without a value of {attribute}", n=f"{found.outside:,}",
                    attribute=grid.kind)
        )  # fmt: skip
        parts.append(where)
    if found.on_other_words:
        parts.append(tr("{n} on words that do not count here", n=f"{found.on_other_words:,}"))
    if found.on_themes:
        parts.append(tr("{n} on themes, which only hold other codes", n=f"{found.on_themes:,}"))
    return "; ".join(parts)


def notes(grid: Grid, rows: int, *, share: bool) -> list[str]:
    """What is printed below the table: the sentences, and whether rows were folded away."""
    folded = len(grid.lines) - rows
    return [
        *sentences(grid, share=share),
        *([few(grid)] if few(grid) else []),
        *([ntr("{n} row of the {all} is folded away.", "{n} rows of the {all} are folded away.",
               folded, all=f"{len(grid.lines):,}")] if folded else []),
    ]  # fmt: skip


def few(grid: Grid) -> str:
    """The sentence about small cells, empty where there are none or they are not counts."""
    if grid.cells not in (Cells.UNITS, Cells.CODINGS):
        return ""
    cells = np.array([line.cells for line in grid.lines])
    small = int(((cells > 0) & (cells < FEW)).sum())
    filled = int((cells > 0).sum())
    if not small:
        return ""
    noun = tr("codings") if grid.cells is Cells.CODINGS else units_noun(grid.sources).lower()
    return ntr(
        "{few} of {n} filled cell holds fewer than {least} {units}. Read it as an example, not as a "
        "difference.",
        "{few:,} of {n} filled cells hold fewer than {least} {units}. Read them as examples, not as "
        "differences.",
        filled, few=small, least=FEW, units=noun,
    )  # fmt: skip


def unlike(grid: Grid) -> str:
    """What to say when the columns are of very different size."""
    sizes = [(size, name) for size, name in zip(grid.sizes.cells, grid.groups, strict=True) if size]
    if len(sizes) < 2 or max(sizes)[0] < _UNLIKE * min(sizes)[0]:
        return ""
    (small, one), (large, other) = min(sizes), max(sizes)
    cells = Cells.UNITS if grid.cells is Cells.UNITS else grid.cells
    return tr("Shading compares numbers, not shares: {large} has {most}, {small} has {least}.",
              large=_short(other), most=counted_cells(cells, large, grid.sources),
              small=_short(one), least=counted_cells(cells, small, grid.sources))  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) < 28 else name[:26] + "…"
