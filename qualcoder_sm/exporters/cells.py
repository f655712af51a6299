"""What the formats have in common: how a cell reads, how wide a column is, what may be written."""

import math
import re
from datetime import UTC, datetime

from qualcoder_sm.i18n import tr
from qualcoder_sm.table import Cell, Column, ColumnType, Table

NUMERIC = {ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.PERCENT}
_MISSING = "–"
_SAMPLE = 400
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DOUBLE_WIDTH = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_NARROWEST = 6
_DAY_ONLY = len("2026-01-31")


def clean(text: str) -> str:
    """The text without the characters that XML cannot hold (control characters, surrogates)."""
    return _NOT_XML.sub("", text)


def is_missing(cell: Cell) -> bool:
    """Whether there is no value: None, or a number that is not finite."""
    return cell is None or (isinstance(cell, float) and not math.isfinite(cell))


def moment(cell: Cell) -> datetime | None:
    """The point in time that an ISO 8601 text names, in UTC and without a zone; or None.

    A day without a time of day is None too: it is shown as it stands.
    """
    if not isinstance(cell, str) or len(cell) <= _DAY_ONLY:
        return None
    try:
        at = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def color_of(cell: Cell) -> str | None:
    """The colour as #rrggbb in lower case, or None when the cell holds something else."""
    return cell.lower() if isinstance(cell, str) and _COLOR.fullmatch(cell) else None


def ink_on(color: str) -> str:
    """Black or white, whichever has the higher contrast on the colour (WCAG 2, 1.4.3)."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(map(float.__mul__, (0.2126, 0.7152, 0.0722), linear))
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"


def shown(cell: Cell, kind: ColumnType) -> str:
    """The cell as a person reads it; a dash for a value that does not exist."""
    if is_missing(cell):
        return _MISSING
    if isinstance(cell, bool):
        return tr("yes") if cell else tr("no")
    if isinstance(cell, int | float):
        return _number(cell, kind)
    at = moment(cell) if kind is ColumnType.TIME else None
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else clean(str(cell))


def _number(value: float, kind: ColumnType) -> str:
    if kind is ColumnType.PERCENT:
        return f"{value:,.1f}%"
    if kind is ColumnType.TIME:
        minutes, seconds = divmod(round(value), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if kind is ColumnType.NUMBER:
        return f"{value:,.3f}"
    return f"{value:,}" if kind is ColumnType.INTEGER else str(value)


def headings(table: Table) -> tuple[str, ...]:
    """The heads of the columns with their units, unless all numbers share one (see `notes`)."""
    shared = _shared_unit(table)
    return tuple(_heading(column, shared) for column in table.columns)


def notes(table: Table) -> tuple[str, ...]:
    """The table's notes, and the unit that all its numbers share."""
    shared = _shared_unit(table)
    return (
        (*table.notes, tr("Unit of the numbers: {unit}.", unit=shared)) if shared else table.notes
    )


def _heading(column: Column, shared: str) -> str:
    unit = "UTC" if column.type is ColumnType.TIME and not column.unit else column.unit
    told = not unit or unit == shared or unit.lower() in column.name.lower()
    return clean(column.name if told else f"{column.name} ({unit})")


def _shared_unit(table: Table) -> str:
    units = [column.unit for column in table.columns if column.type in NUMERIC]
    return units[0] if len(units) > 1 and len(set(units)) == 1 else ""


def widths(table: Table, widest: int) -> tuple[int, ...]:
    """The width of each column in characters, from a sample of rows; none over `widest`."""
    sample = table.rows[:: max(1, len(table.rows) // _SAMPLE)]
    return tuple(
        min(widest, max(_NARROWEST, _head_width(head), *_cell_widths(sample, i, column.type)))
        for i, (head, column) in enumerate(zip(headings(table), table.columns, strict=True))
    )


def _head_width(head: str) -> int:
    """Heads may wrap between words, but not within one; the filter button needs room too."""
    return 3 + max(len(head) // 2, *map(len, head.split()), 0)


def _cell_widths(sample: tuple[tuple[Cell, ...], ...], i: int, kind: ColumnType) -> list[int]:
    return [_line_width(shown(row[i], kind)) + 1 for row in sample]


def _line_width(text: str) -> int:
    line = max(text.split("\n"), key=len)
    return len(line) + len(_DOUBLE_WIDTH.findall(line))


def is_matrix(table: Table) -> bool:
    """Names in the first column and numbers in all others."""
    numeric = [column.type in NUMERIC for column in table.columns]
    return len(numeric) > 1 and not numeric[0] and all(numeric[1:])


def label(key: str) -> str:
    """A key of the provenance as people read it."""
    known = {"head": tr("Head of the audit trail"), "coders": tr("Coders"), "date": tr("Date")}
    known |= {"project": tr("Project"), "filter": tr("Filter")}
    return known.get(key, clean(key[:1].upper() + key[1:].replace("_", " ")))
