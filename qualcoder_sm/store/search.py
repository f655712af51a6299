"""Full-text search over the texts of sources, kept in step by the journal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import RowChange


def follow(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Bring the index up to changed rows of `sources`; a corrected text keeps its place."""
    moved = [change for change in changes if _digest(change.before) != _digest(change.after)]
    gone = [(change.guid,) for change in moved if not change.after]
    new = [(change.guid,) for change in moved if not change.before]
    _forget(connection, [(c.guid, _digest(c.before)) for c in moved if c.before])
    _run(connection, "DELETE FROM search_rows WHERE source = ?", gone)
    _run(connection, "INSERT INTO search_rows(source) VALUES (?)", new)
    _learn(connection, [(c.guid, _digest(c.after)) for c in moved if c.after])


def rebuild(connection: Connection) -> None:
    """Make the index anew, so that no word of what it has forgotten stays behind."""
    connection.exec_driver_sql("INSERT INTO source_search(source_search) VALUES ('delete-all')")
    connection.exec_driver_sql(
        "INSERT INTO source_search(rowid, text) SELECT r.id, CAST(c.bytes AS TEXT) "
        "FROM search_rows r JOIN sources s ON s.guid = r.source JOIN contents c USING (sha256) "
        "WHERE c.bytes IS NOT NULL"
    )


def matching_sources(connection: Connection, query: str, limit: int) -> list[str]:
    """Guids of sources whose text matches an FTS5 query, in the order of import.

    Raises WrongUsage when the query cannot be read.
    """
    statement = (
        "SELECT r.source FROM source_search s JOIN search_rows r ON r.id = s.rowid "
        "WHERE source_search MATCH ? ORDER BY s.rowid LIMIT ?"
    )
    try:
        return [row[0] for row in connection.exec_driver_sql(statement, (query, limit))]
    except OperationalError as error:
        raise WrongUsage(
            tr(
                "The search “{query}” cannot be read. Put words that belong together in quotes.",
                query=query,
            )
        ) from error


@dataclass(frozen=True, slots=True)
class Place:
    """A source in the order of import: its place, guid, and the digest of its text."""

    place: int
    source: str
    sha256: str


def places(
    connection: Connection,
    match: str | None,
    *,
    sources: Sequence[str] | None = None,
    first: int = 0,
    limit: int = -1,
) -> list[Place]:
    """Sources from a place on, in the order of import: those whose text matches an FTS5 query.

    Texts that were removed from the project are left out. `match` None means any text, `sources` None any source, `limit` -1 all of them.
    """
    tables = "source_search f JOIN search_rows r ON r.id = f.rowid" if match else "search_rows r"
    text = "contents t ON t.sha256 = s.sha256 AND t.bytes IS NOT NULL"
    key = "f.rowid" if match else "r.id"
    conditions, values = [f"{key} >= ?"], [first]
    if match:
        conditions, values = [*conditions, "source_search MATCH ?"], [*values, match]
    if sources is not None:
        inside = "r.source IN (SELECT value FROM json_each(?))"
        conditions, values = [*conditions, inside], [*values, json.dumps(list(sources))]
    rows = connection.exec_driver_sql(
        f"SELECT r.id, r.source, s.sha256 FROM {tables} "
        f"JOIN sources s ON s.guid = r.source JOIN {text} "
        f"WHERE {' AND '.join(conditions)} ORDER BY {key} LIMIT ?",
        (*values, limit),
    )
    return [Place(*row) for row in rows]


def place_of(connection: Connection, source: str) -> int:
    """The place of a source in the order of import; 0 when it is gone."""
    statement = "SELECT id FROM search_rows WHERE source = ?"
    return connection.exec_driver_sql(statement, (source,)).scalar_one_or_none() or 0


Pair = tuple[str, str]
"""The guid of a source and the digest of its text."""


def _digest(row: Mapping[str, object] | None) -> str:
    return str(row["sha256"]) if row else ""


def _learn(connection: Connection, pairs: Sequence[Pair]) -> None:
    _index(connection, "INSERT INTO source_search(rowid, text)", pairs)


def _forget(connection: Connection, pairs: Sequence[Pair]) -> None:
    # A contentless index forgets a text only when it is told the text again.
    _index(connection, "INSERT INTO source_search(source_search, rowid, text)", pairs, "'delete', ")


def _run(connection: Connection, statement: str, values: Sequence[tuple[str, ...]]) -> None:
    if values:
        connection.exec_driver_sql(statement, list(values))


def _index(connection: Connection, into: str, pairs: Sequence[Pair], first: str = "") -> None:
    statement = (
        f"{into} SELECT {first}r.id, CAST(c.bytes AS TEXT) FROM search_rows r, contents c "
        "WHERE r.source = ? AND c.sha256 = ? AND c.bytes IS NOT NULL"
    )
    _run(connection, statement, pairs)
