"""Table: the one shape in which every report leaves the analysis.

The window shows any Table, every exporter writes any Table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Cell = str | int | float | bool | None


class ColumnType(StrEnum):
    """How a column is aligned, shown and written."""

    TEXT = "text"
    LONG_TEXT = "long text"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    TIME = "time"
    COLOR = "color"


@dataclass(frozen=True, slots=True)
class Column:
    """Name, type and unit of a column; `unit` is a plural noun such as "characters", or empty.

    `guid` is that of the source, case, code, coder ... that the head stands for, if any.
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    unit: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A finished report.

    `guids` maps the place of a column whose cells stand for sources, cases, codes ... to the guid
    behind each of its cells, row by row (None: the cell stands for nothing that is stored).
    `rows` are as long as `columns`; None is a value that does not exist (never 0 or NaN).
    `notes` are sentences printed below. `provenance` says where it came from: project,
    date, filter, coders, head of the audit chain. `key` names the report in files.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict[str, str])
    guids: Mapping[int, tuple[str | None, ...]] = field(
        default_factory=dict[int, "tuple[str | None, ...]"]
    )

    def picked(self, places: Iterable[int]) -> Table:
        """The same with only the rows at these places, in this order."""
        kept = tuple(places)
        rows = tuple(self.rows[place] for place in kept)
        guids = {i: tuple(of[place] for place in kept) for i, of in self.guids.items()}
        return replace(self, rows=rows, guids=guids)

    def as_json(self) -> dict[str, object]:
        """The shape printed by `report --json`."""
        return {
            "title": self.title,
            "columns": [
                {"name": c.name, "type": c.type.value, "unit": c.unit, "guid": c.guid or None}
                for c in self.columns
            ],
            "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
            "provenance": dict(self.provenance),
            "guids": {self.columns[i].name: list(guids) for i, guids in self.guids.items()},
        }
