"""What an edit of a text does to its units: they grow with what is typed in them and beside them.

Afterwards as before, every word of the text is in a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from qualcoder_sm.model import RowChange, UnitKind
from qualcoder_sm.project import rows
from qualcoder_sm.project.moves import Fate
from qualcoder_sm.spans import trimmed
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.moves import Moves
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal

    Row = dict[str, Any]

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class UnitEdits:
    """Where the units that stay are, by guid; the guids of those that go; new paragraphs."""

    kept: Mapping[str, Span]
    gone: tuple[str, ...]
    new: tuple[Span, ...]

    @property
    def places(self) -> list[Span]:
        """Where the units of the new text are, in order."""
        return sorted([*self.kept.values(), *self.new])


def plan(moves: Moves, units: Sequence[Row]) -> UnitEdits:
    """What becomes of the units, which are rows of their table."""
    kept: dict[str, Span] = {}
    last = 0
    for row in sorted(units, key=_ordinal):
        start, end = _grown(moves, row["start"], row["end"])
        start, end = trimmed(moves.new, max(start, last), max(end, last))
        if start < end or row["start"] == row["end"]:
            kept[row["guid"]] = (start, end)
            last = end
    spans, new = _gathered(moves.new, list(kept.values()))
    gone = tuple(row["guid"] for row in units if row["guid"] not in kept)
    return UnitEdits(dict(zip(kept, spans, strict=True)), gone, tuple(new))


def write(core: Core, journal: Journal, source: str, edits: UnitEdits) -> None:
    """Write the planned edits; units are numbered anew, and answers follow their numbers."""
    journal.delete(schema.units, *edits.gone)
    old = rows.of_source(core, schema.units, source)
    new = {core.new_guid(): span for span in edits.new}
    places = {**edits.kept, **new}
    pages = sorted(((edits.kept[row["guid"]][0], row["page"]) for row in old), key=itemgetter(0))
    numbers = {guid: n for n, guid in enumerate(sorted(places, key=lambda guid: places[guid]))}
    renumbered = {row["ordinal"]: numbers[row["guid"]] for row in old}
    changes = [RowChange("units", row["guid"], row, after) for row in old
               if (after := _placed(row, places, numbers, renumbered)) != row]  # fmt: skip
    journal.replay(changes)
    journal.insert(
        schema.units,
        *({"guid": guid, "source": source, "ordinal": numbers[guid], "start": span[0],
           "end": span[1], "kind": UnitKind.PARAGRAPH.value, "page": _page_at(span[0], pages)}
          for guid, span in new.items()),
    )  # fmt: skip


def _page_at(position: int, pages: Sequence[tuple[int, int | None]]) -> int | None:
    """The page of the unit before a position, or of the first; `pages` say where units begin."""
    before = bisect_right(pages, position, key=itemgetter(0)) - 1
    return pages[max(0, before)][1] if pages else None


def _placed(
    row: Row, places: Mapping[str, Span], numbers: Mapping[str, int], renumbered: Mapping[int, int]
) -> Row:
    start, end = places[row["guid"]]
    parent = row["parent"]
    return row | {
        "start": start,
        "end": end,
        "ordinal": numbers[row["guid"]],
        "parent": renumbered.get(parent) if parent is not None else None,
    }


def _grown(moves: Moves, start: int, end: int) -> Span:
    """A unit with what was typed at its ends; one that is a single line stays one."""
    core, fate = moves.moved(start, end)
    grown = moves.grown(start, end)
    if fate is Fate.VANISHED:
        return core
    if "\n" in moves.old[start:end]:
        return grown
    first = moves.new.rfind("\n", grown[0], core[0]) + 1 or grown[0]
    stop = moves.new.find("\n", core[1], grown[1])
    return first, stop if stop >= 0 else grown[1]


def _gathered(text: str, units: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The units, with the words beside them on their lines, and the lines that are in none."""
    grown = list(units)
    new: list[Span] = []
    edges = [0, *(edge for unit in units for edge in unit), len(text)]
    for n, (begin, end) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        for line in _LINE.finditer(text, begin, end):
            first, last = trimmed(text, *line.span())
            if first == last:
                continue
            if n and line.start() == begin:
                grown[n - 1] = (grown[n - 1][0], last)
            elif n < len(units) and line.end() == end:
                grown[n] = (first, grown[n][1])
            else:
                new.append((first, last))
    return grown, new


def _ordinal(row: Row) -> int:
    return row["ordinal"]
