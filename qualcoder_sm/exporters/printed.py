"""A table as it is printed for people: words instead of values, and codes below their theme."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.table import Cell, ColumnType, Table

_DIGEST = 12  # characters of one that are printed


@dataclass(frozen=True, slots=True)
class Line:
    """A row as printed, its name `depth` levels below a theme.

    A theme that has no row of its own has a line with its name alone.
    """

    texts: tuple[str, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as printed; `heads` are as long as every line that stands for a row.

    `paths` are the places of columns whose texts are paths of names, such as "Theme > Code".
    """

    heads: tuple[str, ...]
    kinds: tuple[ColumnType, ...]
    lines: tuple[Line, ...]
    paths: frozenset[int] = frozenset()

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers."""
        return tuple(kind in cells.NUMERIC for kind in self.kinds)

    @property
    def is_matrix(self) -> bool:
        """Names in the first column and numbers in all others."""
        first, *others = self.numeric or (True,)
        return bool(others) and not first and all(others)

    def name(self, line: Line) -> str:
        """What a row that is printed by itself is called: its first cell, of a number "step 12"."""
        return f"{self.heads[0]} {line.texts[0]}" if self.numeric[0] else line.texts[0]

    def columns(self, wanted: Sequence[int]) -> "Printed":
        """The same with these of its columns; the first must be among them."""
        return Printed(
            tuple(self.heads[i] for i in wanted),
            tuple(self.kinds[i] for i in wanted),
            tuple(
                replace(line, texts=tuple(line.texts[i] for i in wanted if i < len(line.texts)))
                for line in self.lines
            ),
            frozenset(at for at, i in enumerate(wanted) if i in self.paths),
        )


def printed(table: Table, zone: Zone, *, grouped: bool = True) -> Printed:
    """The table for reading; `grouped` puts the names of its first column below their themes."""
    readers = [
        cells.reader(column, [row[i] for row in table.rows], zone)
        for i, column in enumerate(table.columns)
    ]
    texts = [
        tuple(read(cell) for read, cell in zip(readers, row, strict=True)) for row in table.rows
    ]
    paths = frozenset(
        i
        for i, column in enumerate(table.columns)
        if column.type is ColumnType.TEXT and any(PATH_SEPARATOR in row[i] for row in texts)
    )
    lines = _below_themes(texts) if grouped and 0 in paths else None
    return Printed(
        cells.headings(table, zone),
        tuple(column.type for column in table.columns),
        lines or tuple(map(Line, texts)),
        paths - {0} if lines else paths,
    )


def _below_themes(rows: Sequence[tuple[str, ...]]) -> tuple[Line, ...] | None:
    """The rows with a line for each theme above them; None where its codes do not stand together."""
    lines: list[Line] = []
    told: set[tuple[str, ...]] = set()
    above: tuple[str, ...] = ()
    for row in rows:
        path = tuple(row[0].split(PATH_SEPARATOR))
        for depth in range(len(path) - 1):
            theme = path[: depth + 1]
            if above[: depth + 1] == theme:
                continue
            if theme in told:
                return None
            told.add(theme)
            lines.append(Line(theme[-1:], depth))
        told.add(path)
        above = path
        lines.append(Line((path[-1], *row[1:]), len(path) - 1))
    return tuple(lines)


def counted(table: Table) -> Table:
    """A matrix without the rows in which nothing was counted; a note says how many there are."""
    empty = [all(cell == 0 for cell in row[1:]) for row in table.rows]
    rows = tuple(row for row, zero in zip(table.rows, empty, strict=True) if not zero)
    if not cells.is_matrix(table) or not rows or not any(empty):
        return table
    note = ntr(
        "{n} row in which nothing was counted is left out.",
        "{n} rows in which nothing was counted are left out.",
        len(table.rows) - len(rows),
    )
    return replace(table, rows=rows, notes=(*table.notes, note), guids={})


def legible(table: Table) -> Table:
    """The table without what only programs read: guids are left out, digests are cut short."""
    guids, digests = cells.guids(table), cells.digests(table)
    kept = [i for i in range(len(table.columns)) if i not in guids]
    notes = list(table.notes)
    if guids:
        names = ", ".join(table.columns[i].name for i in sorted(guids))
        notes.append(tr("Left out of what is printed: {names}.", names=names))
    if digests:
        notes.append(tr("Of digests the first {n} characters are printed.", n=_DIGEST))
    if not guids and not digests:
        return table
    return replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(tuple(_short(row[i], i in digests) for i in kept) for row in table.rows),
        notes=tuple(notes),
        guids={},
    )


def _short(cell: Cell, cut: bool) -> Cell:
    return cell[:_DIGEST] if cut and isinstance(cell, str) else cell
