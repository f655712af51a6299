"""Full-text search over the texts of sources, kept in step by the journal."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import RowChange


def follow(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Bring the index up to changed rows of `sources`."""
    moved = [change for change in changes if _digest(change.before) != _digest(change.after)]
    _remove(connection, [(c.guid, _digest(c.before)) for c in moved if c.before])
    _add(connection, [(c.guid, _digest(c.after)) for c in moved if c.after])


def rebuild(connection: Connection) -> None:
    """Make the index anew; after a redaction, so that no word of it stays behind."""
    connection.exec_driver_sql("INSERT INTO source_search(source_search) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_rows")
    rows = connection.exec_driver_sql("SELECT guid, sha256 FROM sources").all()
    _add(connection, [(guid, sha256) for guid, sha256 in rows])


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


Pair = tuple[str, str]
"""The guid of a source and the digest of its text."""


def _digest(row: Mapping[str, object] | None) -> str:
    return str(row["sha256"]) if row else ""


def _add(connection: Connection, pairs: Sequence[Pair]) -> None:
    if pairs:
        guids = [(guid,) for guid, _sha256 in pairs]
        connection.exec_driver_sql("INSERT INTO search_rows(source) VALUES (?)", guids)
        _index(connection, "INSERT INTO source_search(rowid, text)", pairs)


def _remove(connection: Connection, pairs: Sequence[Pair]) -> None:
    # A contentless index forgets a text only when it is told the text again.
    if pairs:
        command = "INSERT INTO source_search(source_search, rowid, text)"
        _index(connection, command, pairs, "'delete', ")
        guids = [(guid,) for guid, _sha256 in pairs]
        connection.exec_driver_sql("DELETE FROM search_rows WHERE source = ?", guids)


def _index(connection: Connection, into: str, pairs: Sequence[Pair], first: str = "") -> None:
    connection.exec_driver_sql(
        f"{into} SELECT {first}r.id, CAST(c.bytes AS TEXT) FROM search_rows r, contents c "
        "WHERE r.source = ? AND c.sha256 = ? AND c.bytes IS NOT NULL",
        list(pairs),
    )
