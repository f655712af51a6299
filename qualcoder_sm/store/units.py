"""Units: where the turns, posts and paragraphs of texts lie, as rows of plain SQL.

They are in the order of the text: by end, start and ordinal.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

Rows = Sequence[Row[*tuple[Any, ...]]]

_SPANS = 'SELECT start, "end" FROM units WHERE source = ? ORDER BY "end", start, ordinal'
_TOUCHED = _SPANS.replace("ORDER BY", 'AND "end" > ? AND start < ? ORDER BY')
_PLACES = (
    'SELECT u.ordinal, u.start, u."end", u.kind, p."key", p.role, u.external_id, '
    "u.page, u.quote_rule FROM units u LEFT JOIN people p ON p.guid = u.person WHERE u.source = ? "
    'ORDER BY u."end", u.start, u.ordinal'
)
_PLACE_AT = _PLACES.replace("ORDER BY", 'AND u."end" > ? ORDER BY') + " LIMIT 1"
_EVERY_SPAN = 'SELECT source, start, "end" FROM units ORDER BY source, "end", start, ordinal'
_SPOKEN = "SELECT source, start, kind, person, at FROM units {where} ORDER BY source, start"


def spans(connection: Connection, source: str) -> list[tuple[int, int]]:
    """Start and end of each unit of a source."""
    return _pairs(connection, _SPANS, source)


def spans_touched(
    connection: Connection, source: str, start: int, end: int
) -> list[tuple[int, int]]:
    """Start and end of the units of a source that have a character between two positions."""
    return _pairs(connection, _TOUCHED, source, start, end)


def spans_by_source(connection: Connection) -> dict[str, list[tuple[int, int]]]:
    """Start and end of each unit of every source that has units."""
    found: dict[str, list[tuple[int, int]]] = {}
    for source, start, end in connection.exec_driver_sql(_EVERY_SPAN).fetchall():
        found.setdefault(source, []).append((start, end))
    return found


def places(connection: Connection, source: str) -> Rows:
    """Ordinal, start, end, kind, key and role of the speaker (None for nobody), external id, page
    and rule of quoting of each unit of a source."""
    return connection.exec_driver_sql(_PLACES, (source,)).all()


def place_at(connection: Connection, source: str, position: int) -> Rows:
    """As `places`, the first unit alone that ends behind a position; none after the last."""
    return connection.exec_driver_sql(_PLACE_AT, (source, position)).all()


def spoken(connection: Connection, sources: Sequence[str] | None = None) -> Rows:
    """Source, start, kind, person (guid or None) and time (or None) of each unit of some sources,
    or of all, by source and start."""
    if sources is None:
        return connection.exec_driver_sql(_SPOKEN.format(where="")).fetchall()
    where = "WHERE source IN (SELECT value FROM json_each(?))"
    return connection.exec_driver_sql(
        _SPOKEN.format(where=where), (json.dumps(list(sources)),)
    ).fetchall()


def _pairs(connection: Connection, statement: str, *values: object) -> list[tuple[int, int]]:
    return [(start, end) for start, end in connection.exec_driver_sql(statement, values)]
