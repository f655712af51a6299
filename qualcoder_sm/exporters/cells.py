"""What the formats have in common: how a cell reads, what may be written, what heads say."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from qualcoder_sm.exporters.zones import IN_UTC, Zone
from qualcoder_sm.i18n import tr
from qualcoder_sm.table import Cell, Column, ColumnType, Table

NUMERIC = {ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.PERCENT}
MISSING = "–"
_PARTING = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_WRITTEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_GUID = re.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_DIGEST = re.compile("[0-9a-fA-F]{64}")
_DAY_ONLY = len("2026-01-31")


def clean(text: str) -> str:
    """The text as files of XML can hold it, up to white space.

    What parts lines (vertical tab, form feed, NEL, U+2028 ...) becomes a newline; other control
    characters, and what XML forbids, a space.
    """
    return text if text.isprintable() else _NOT_WRITTEN.sub(" ", _PARTING.sub("\n", text))


def one_line(text: str) -> str:
    """The text, clean, where there is room for one line: a footer, a property, a name."""
    return " ".join(clean(text).split())


def is_missing(cell: Cell) -> bool:
    """Whether there is no value: None, or a number that is not finite."""
    return cell is None or (isinstance(cell, float) and not math.isfinite(cell))


def moment(cell: Cell, zone: Zone = IN_UTC) -> datetime | None:
    """The point in time that an ISO 8601 text names, by the clocks of the zone; or None.

    A time that names no zone stays as it is. A day without a time of day is None: it is shown as
    it stands.
    """
    if not isinstance(cell, str) or len(cell) <= _DAY_ONLY:
        return None
    try:
        at = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return zone.clock(at) if at.tzinfo else at


def color_of(cell: Cell) -> str | None:
    """The colour as #rrggbb in lower case, or None when the cell holds something else."""
    return cell.lower() if isinstance(cell, str) and _COLOR.fullmatch(cell) else None


def ink_on(color: str) -> str:
    """Black or white, whichever has the higher contrast on the colour (WCAG 2, 1.4.3)."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(map(float.__mul__, (0.2126, 0.7152, 0.0722), linear))
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"


def reader(column: Column, values: Iterable[Cell], zone: Zone) -> Callable[[Cell], str]:
    """How the cells of a column read: all its numbers with as many decimals as its largest asks."""
    kind = column.type
    decimals = _decimals(values) if kind is ColumnType.NUMBER else 1

    def read(cell: Cell) -> str:
        if is_missing(cell):
            return MISSING
        if isinstance(cell, bool):
            return tr("yes") if cell else tr("no")
        if isinstance(cell, int | float):
            return number(cell, kind, decimals)
        at = moment(cell, zone) if kind is ColumnType.TIME else None
        return f"{at:%Y-%m-%d %H:%M:%S}" if at else clean(str(cell))

    return read


def number(value: float, kind: ColumnType, decimals: int) -> str:
    """A number as people read it: commas between thousands, as many decimals as are given."""
    if kind is ColumnType.TIME:
        minutes, seconds = divmod(round(value), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if kind not in NUMERIC:
        return str(value)
    form = "," if kind is ColumnType.INTEGER else f"z,.{decimals}f"
    return format(value, form)


def _decimals(values: Iterable[Cell]) -> int:
    """Two, as coefficients are printed; fewer of large numbers, more where all are small."""
    sizes = [abs(v) for v in values if isinstance(v, int | float) and not is_missing(v)]
    largest = max(sizes, default=0)
    if largest >= 100:
        return 1
    return 2 if largest >= 0.1 or not largest else 4


def headings(table: Table, zone: Zone) -> tuple[str, ...]:
    """The heads of the columns with their units, unless all counts share one (see `notes`)."""
    shared = _shared_unit(table)
    return tuple(
        clean(column.name) if unit == shared else _heading(column.name, unit)
        for column, unit in zip(table.columns, _units(table, zone), strict=True)
    )


def notes(table: Table) -> tuple[str, ...]:
    """The table's notes, and the unit that all its counts share."""
    shared = _shared_unit(table)
    if not shared:
        return table.notes
    if len(set(_counted_units(table))) == 1:
        return (*table.notes, tr("Unit of the counts: {unit}.", unit=shared))
    other = tr("Unit of the counts whose heads name no other: {unit}.", unit=shared)
    return (*table.notes, other)


def full_headings(table: Table) -> tuple[str, ...]:
    """The heads of the columns, each with its unit, times in UTC; for files that have no notes."""
    units = _units(table, IN_UTC)
    return tuple(map(_heading, (column.name for column in table.columns), units))


def _units(table: Table, zone: Zone) -> list[str]:
    return [_unit(table, i, zone) for i in range(len(table.columns))]


def _unit(table: Table, i: int, zone: Zone) -> str:
    column = table.columns[i]
    if column.type is ColumnType.PERCENT:
        return "%"
    if column.type is not ColumnType.TIME:
        return column.unit
    told = any(moment(row[i]) for row in table.rows)
    return zone.name if told or column.unit == IN_UTC.name else column.unit


def _heading(name: str, unit: str) -> str:
    told = not unit or f" {unit} ".casefold() in f" {name} ".casefold()
    return clean(name if told else f"{name} ({unit})")


def _shared_unit(table: Table) -> str:
    """The unit of most counts; none where a count without a unit would be taken to have it."""
    units = _counted_units(table)
    if "" in units or not units:
        return ""
    unit, n = Counter(units).most_common(1)[0]
    return unit if n > 1 and 2 * n > len(units) else ""


def _counted_units(table: Table) -> list[str]:
    return [column.unit for column in table.columns if column.type is ColumnType.INTEGER]


def is_matrix(table: Table) -> bool:
    """Names in the first column and numbers in all others."""
    numeric = [column.type in NUMERIC for column in table.columns]
    return len(numeric) > 1 and not numeric[0] and all(numeric[1:])


def guid_heads(table: Table) -> tuple[str, ...]:
    """The heads of the columns that files for programs have after those of the table: guids."""
    return tuple(tr("{column} guid", column=table.columns[i].name) for i in _known(table))


def whole_rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    """The rows, each with the guids behind its names, so that it can be told from its namesakes."""
    columns = (table.guids[i] for i in _known(table))
    return ((*row, *own) for row, *own in zip(table.rows, *columns, strict=True))


def _known(table: Table) -> list[int]:
    return [i for i, guids in table.guids.items() if any(guids)]


def guids(table: Table) -> frozenset[int]:
    """The places of the columns that hold guids."""
    return _holding(_GUID, table)


def digests(table: Table) -> frozenset[int]:
    """The places of the columns that hold digests of SHA-256."""
    return _holding(_DIGEST, table)


def _holding(form: re.Pattern[str], table: Table) -> frozenset[int]:
    return frozenset(
        i
        for i, column in enumerate(table.columns)
        if column.type is ColumnType.TEXT and _all_are(form, (row[i] for row in table.rows))
    )


def _all_are(form: re.Pattern[str], values: Iterable[Cell]) -> bool:
    found = False
    for value in values:
        if value is None or value == "":
            continue
        if not isinstance(value, str) or not form.fullmatch(value):
            return False
        found = True
    return found


def label(key: str) -> str:
    """A key of the provenance as people read it."""
    known = {"head": tr("Head of the audit trail"), "coders": tr("Coders"), "date": tr("Date")}
    known |= {"project": tr("Project"), "filter": tr("Filter")}
    return known.get(key, clean(key[:1].upper() + key[1:].replace("_", " ").replace("-", " ")))
