"""Results on stdout: JSON for programs, columns for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.printed import legible
from qualcoder_sm.exporters.zones import here
from qualcoder_sm.model import Source
from qualcoder_sm.project import names
from qualcoder_sm.project.project import Project
from qualcoder_sm.table import Cell, Column, ColumnType, Table

Jsonable = Mapping[str, object]


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
        return names.path(self.collection(source), source.name)

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


def lines(texts: Iterable[str]) -> None:
    """A line for each."""
    for text in texts:
        line(text)


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


def entries(
    told: Sequence[Jsonable], headers: Sequence[str], *, as_json: bool, wide: bool = False
) -> None:
    """What `--json` tells in full, or those of its fields that are named, in columns."""
    if as_json:
        json_list(told)
    else:
        columns(headers, [[one[name] for name in headers] for one in told], wide=wide)


def table(found: Table, *, wide: bool = False) -> None:
    """A report: its title, its rows in columns that fit the terminal, its notes.

    `wide` prints each row in one line, whole, with guids and paths.
    """
    shown = found if wide else legible(found)
    _paragraph(found.title, wide=wide)
    _print(shown, wide=wide)
    for note in cells.notes(shown):
        _paragraph(note, wide=wide)


def columns(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, wide: bool = False
) -> None:
    """Aligned columns that fit the terminal, or with `wide` a line for each row; nothing cut off."""
    listed = [tuple(map(_cell, row)) for row in rows]
    kinds = [_kind([row[i] for row in listed]) for i in range(len(headers))]
    _print(Table("", "", tuple(map(Column, headers, kinds)), tuple(listed)), wide=wide)


def _kind(values: Sequence[Cell]) -> ColumnType:
    known = [value for value in values if value is not None]
    numbers = bool(known) and all(isinstance(value, int) for value in known)
    return ColumnType.INTEGER if numbers else ColumnType.TEXT


def _print(found: Table, *, wide: bool) -> None:
    from qualcoder_sm.cli import columns  # late, for JSON needs no widths

    zone = here()
    for text in columns.wide(found, zone) if wide else columns.fitted(found, zone, _room()):
        line(text)


def _paragraph(text: str, *, wide: bool) -> None:
    from qualcoder_sm.cli import columns

    for part in [text] if wide else columns.wrapped(text, _room()):
        line(part)


def _room() -> int:
    """The width of the terminal; 80 where the output goes elsewhere."""
    return max(40, get_terminal_size().columns) if sys.stdout.isatty() else 80


def _cell(cell: object) -> Cell:
    return cell if cell is None or isinstance(cell, int | float) else str(cell)
