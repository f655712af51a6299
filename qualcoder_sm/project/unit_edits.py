"""What an edit of a text does to its units: they grow with what is typed in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from qualcoder_sm.model import RowChange, UnitKind
from qualcoder_sm.project import rows
from qualcoder_sm.project.moves import Fate
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcoder_sm.project.moves import Moves
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnitEdits:
    """Where the units that stay are, by guid; the guids of those that go; new paragraphs."""

    kept: Mapping[str, Span]
    gone: tuple[str, ...]
    new: tuple[Span, ...]


def plan(moves: Moves, units: Sequence[Row]) -> UnitEdits:
    """What becomes of the units, which are rows of their table."""
    kept: dict[str, Span] = {}
    last = 0
    for row in sorted(units, key=_ordinal):
        start, end = _grown(moves, row["start"], row["end"])
        start = max(start, last)
        if start < end and (moves.new[start:end].strip() or row["start"] == row["end"]):
            kept[row["guid"]] = (start, end)
            last = end
    gone = tuple(row["guid"] for row in units if row["guid"] not in kept)
    return UnitEdits(kept, gone, tuple(_new_lines(moves, sorted(kept.values()))))


def write(project: Project, journal: Journal, source: str, edits: UnitEdits) -> None:
    """Write the planned edits; units are numbered anew, and answers follow their numbers."""
    journal.delete(schema.units, *edits.gone)
    old = rows.of_source(project, schema.units, source)
    new = {project.new_guid(): span for span in edits.new}
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


def _new_lines(moves: Moves, kept: Sequence[Span]) -> Iterator[Span]:
    """Lines that are new from end to end and in no unit."""
    ends = [end for _start, end in kept]
    for hunk in moves.hunks:
        at = hunk.new_start
        for line in moves.new[hunk.new_start : hunk.new_end].split("\n"):
            span = (at, at + len(line))
            at += len(line) + 1
            unit = bisect_right(ends, span[0])
            free = unit == len(kept) or kept[unit][0] >= span[1]
            if line.strip() and free and _whole_line(moves.new, span):
                yield span


def _whole_line(text: str, span: Span) -> bool:
    before, after = text[max(0, span[0] - 1) : span[0]], text[span[1] : span[1] + 1]
    return before in ("", "\n") and after in ("", "\n")


def _ordinal(row: Row) -> int:
    return row["ordinal"]
