"""Full-text search over the texts of sources, kept in step by the journal."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import RowChange


def follow(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Bring the index up to changed rows of `sources`."""
    for change in changes:
        before = change.before["sha256"] if change.before else None
        after = change.after["sha256"] if change.after else None
        if before != after:
            if before:
                _remove(connection, change.guid, str(before))
            if after:
                _add(connection, change.guid, str(after))


def rebuild(connection: Connection) -> None:
    """Make the index anew; after a redaction, so that no word of it stays behind."""
    connection.exec_driver_sql("INSERT INTO source_search(source_search) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_rows")
    for guid, sha256 in connection.exec_driver_sql("SELECT guid, sha256 FROM sources").all():
        _add(connection, guid, sha256)


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


def _add(connection: Connection, guid: str, sha256: str) -> None:
    connection.exec_driver_sql("INSERT INTO search_rows(source) VALUES (?)", (guid,))
    _index(connection, "INSERT INTO source_search(rowid, text)", guid, sha256)


def _remove(connection: Connection, guid: str, sha256: str) -> None:
    # A contentless index forgets a text only when it is told the text again.
    command = "INSERT INTO source_search(source_search, rowid, text)"
    _index(connection, command, guid, sha256, "'delete', ")
    connection.exec_driver_sql("DELETE FROM search_rows WHERE source = ?", (guid,))


def _index(connection: Connection, into: str, guid: str, sha256: str, first: str = "") -> None:
    connection.exec_driver_sql(
        f"{into} SELECT {first}r.id, CAST(c.bytes AS TEXT) FROM search_rows r, contents c "
        "WHERE r.source = ? AND c.sha256 = ? AND c.bytes IS NOT NULL",
        (guid, sha256),
    )
