"""Results on stdout: JSON for programs, columns for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcoder_sm.model import PATH_SEPARATOR, Source
from qualcoder_sm.project.project import Project
from qualcoder_sm.table import ColumnType, Table

Jsonable = Mapping[str, object]

_NUMERIC = {ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.PERCENT}


@dataclass(frozen=True, slots=True)
class SourceNames:
    """Names of collections and cases, to tell of sources."""

    collections: Mapping[str, str]
    cases: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, project: Project) -> "SourceNames":
        """The names in a project."""
        cases: dict[str, list[str]] = {}
        for case in project.cases.all():
            for source in case.sources:
                cases.setdefault(source, []).append(case.name)
        return cls({one.guid: one.name for one in project.collections.all()}, cases)

    def collection(self, source: Source) -> str | None:
        """The name of the source's collection."""
        return self.collections[source.collection] if source.collection else None

    def path(self, source: Source) -> str:
        """Collection and source, by which the source can be named."""
        above = self.collection(source)
        return f"{above}{PATH_SEPARATOR}{source.name}" if above else source.name

    def as_json(self, source: Source) -> Jsonable:
        """The source as `sources --json` tells of it."""
        return {
            "guid": source.guid,
            "name": source.name,
            "kind": source.kind.value,
            "collection": self.collection(source),
            "characters": source.characters,
            "units": source.units,
            "sha256": source.sha256,
            "cases": list(self.cases.get(source.guid, ())),
            "locked": source.locked,
        }


def line(text: str) -> None:
    """One line."""
    sys.stdout.write(f"{text}\n")


def json_object(value: Jsonable) -> None:
    """One object."""
    line(json.dumps(value, ensure_ascii=False, allow_nan=False))


def json_list(values: Iterable[Jsonable]) -> None:
    """A list with a line for each of its objects, written as they come."""
    start = "[\n"
    for value in values:
        sys.stdout.write(start + json.dumps(value, ensure_ascii=False, allow_nan=False))
        start = ",\n"
    line("[]" if start == "[\n" else "\n]")


def table(found: Table) -> None:
    """A report: its title, its rows in columns, its notes."""
    types = [column.type for column in found.columns]
    rows = [
        [_cell(cell, form) for cell, form in zip(row, types, strict=True)] for row in found.rows
    ]
    line(found.title)
    _aligned([column.name for column in found.columns], rows, [t in _NUMERIC for t in types])
    for note in found.notes:
        line(note)


def columns(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns; numbers to the right, nothing cut off."""
    listed = list(rows)
    right = [isinstance(cell, int) for cell in listed[0]] if listed else [False] * len(headers)
    _aligned(headers, [[_cell(cell) for cell in row] for row in listed], right)


def _aligned(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    from rich.cells import cell_len  # late, for JSON needs no widths

    table = (headers, *rows)
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    for row in table:
        padded = [
            _padded(text, " " * (width - cell_len(text)), to_the_right)
            for text, width, to_the_right in zip(row, widths, right, strict=True)
        ]
        line("  ".join(padded).rstrip())


def _padded(text: str, space: str, right: bool) -> str:
    return space + text if right else text + space


def _cell(cell: object, form: ColumnType = ColumnType.TEXT) -> str:
    if isinstance(cell, float):
        return f"{cell:.1f}" if form is ColumnType.PERCENT else f"{cell:.3f}"
    if isinstance(cell, int):
        return f"{cell:,}"
    return "" if cell is None else " ".join(str(cell).splitlines())
