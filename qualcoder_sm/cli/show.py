"""Results on stdout: JSON for programs, columns for people."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from qualcoder_sm.model import PATH_SEPARATOR, Source
from qualcoder_sm.project.project import Project

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
        }


def line(text: str) -> None:
    """One line."""
    sys.stdout.write(f"{text}\n")


def json_object(value: Jsonable) -> None:
    """One object."""
    line(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def json_list(values: Iterable[Jsonable]) -> None:
    """A list with a line for each of its objects."""
    rows = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in values)
    line(f"[\n{rows}\n]" if rows else "[]")


def columns(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns; numbers to the right, nothing cut off."""
    table = [headers, *rows]
    cells = [[_text(cell) for cell in row] for row in table]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for row, texts in zip(table, cells, strict=True):
        line("  ".join(map(_padded, texts, widths, row)).rstrip())


def _text(cell: object) -> str:
    if isinstance(cell, int):
        return f"{cell:,}"
    return "" if cell is None else " ".join(str(cell).split())


def _padded(text: str, width: int, cell: object) -> str:
    space = " " * (width - cell_len(text))
    return space + text if isinstance(cell, int) else text + space
