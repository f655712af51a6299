"""Derived: what a file holds that can be made anew from the rest, compared with what it is made of.

The full-text index keeps no text. It is compared with an index that is made of the texts here and
now: every word of every source with its places. Its own tables are copied for that, and looked
through by SQLite, for a word that stands in the index may still be one that no search reaches.
"""

from collections import Counter

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from qualcoder_sm.store import schema, search

_PARTS = ("data", "idx", "docsize", "config")


def wrong_in_index(connection: Connection) -> tuple[list[str], bool]:
    """Guids of sources that a search would not find as their text is; whether the index is whole.

    A source that the index knows and the project does not counts, too.
    """
    rows = connection.exec_driver_sql("SELECT id, source FROM search_rows")
    known = {row.id: row.source for row in rows}
    sources = {row[0] for row in connection.exec_driver_sql("SELECT guid FROM sources")}
    wrong = sources ^ set(known.values())
    try:
        _make(connection)
        found, meant = _words(connection, "found"), _words(connection, "anew")
        whole = _is_whole(connection)
    except DatabaseError:
        return sorted(map(str, wrong)), False
    finally:
        _drop(connection)
    places = {place for place in found.keys() | meant.keys() if found[place] != meant[place]}
    wrong |= {known[place] for place in places & known.keys()}
    return sorted(map(str, wrong)), whole and places <= known.keys()


def wrong_in_file(connection: Connection) -> list[str]:
    """What SQLite's own check says of the file, in its words; nothing when all is well."""
    said = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    return [sentence for sentence in said if sentence != "ok"]


def wrong_in_tables(connection: Connection) -> bool:
    """Whether an index of a table does not say what the table does."""
    return any(" index " in sentence for sentence in wrong_in_file(connection))


def rebuild_tables(connection: Connection) -> None:
    """Make the indexes of all tables anew."""
    connection.exec_driver_sql("REINDEX")


def rebuild_index(connection: Connection) -> None:
    """Make the full-text index anew; sources keep their places in the order of import."""
    # Only a table that says of which version it is can be dropped.
    connection.exec_driver_sql("INSERT OR REPLACE INTO source_search_config VALUES ('version', 4)")
    connection.exec_driver_sql("DROP TABLE source_search")
    connection.exec_driver_sql(schema.SEARCH[1])
    connection.exec_driver_sql(
        "DELETE FROM search_rows WHERE source NOT IN (SELECT guid FROM sources)"
    )
    connection.exec_driver_sql(
        "INSERT INTO search_rows(source) SELECT guid FROM sources WHERE guid NOT IN "
        "(SELECT source FROM search_rows) ORDER BY created, guid"
    )
    search.rebuild(connection)


def _make(connection: Connection) -> None:
    """Two indexes in memory: `found` as the file has it, `anew` of the texts."""
    for name in ("found", "anew"):
        made = schema.SEARCH[1].replace("source_search", f"temp.{name}")
        connection.exec_driver_sql(made)
    for part in _PARTS:
        connection.exec_driver_sql(f"DELETE FROM temp.found_{part}")
        connection.exec_driver_sql(
            f"INSERT INTO temp.found_{part} SELECT * FROM main.source_search_{part}"
        )
    connection.exec_driver_sql(
        "INSERT INTO temp.anew(rowid, text) SELECT r.id, CAST(c.bytes AS TEXT) FROM search_rows r "
        "JOIN sources s ON s.guid = r.source JOIN contents c USING (sha256) "
        "WHERE c.bytes IS NOT NULL"
    )


def _drop(connection: Connection) -> None:
    for name in ("found_words", "anew_words", "found", "anew"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{name}")


def _words(connection: Connection, index: str) -> Counter[int]:
    """For each place in the order of import one number that its words and their positions make."""
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE temp.{index}_words USING fts5vocab(temp, '{index}', 'instance')"
    )
    made: Counter[int] = Counter()
    rows = connection.exec_driver_sql(f'SELECT doc, term, "offset" FROM temp.{index}_words')
    for doc, *word in rows:
        made[doc] += hash(tuple(word))
    return made


def _is_whole(connection: Connection) -> bool:
    """Whether SQLite finds its tables in order, and what is counted in them is right."""
    connection.exec_driver_sql("INSERT INTO temp.found(found) VALUES ('integrity-check')")
    return all(
        set(connection.exec_driver_sql(query.format("found")))
        == set(connection.exec_driver_sql(query.format("anew")))
        for query in _COUNTS
    )


_COUNTS = (
    "SELECT id, sz FROM temp.{}_docsize",
    "SELECT k, v FROM temp.{}_config",
    # How many texts and words there are; nothing is said where there never was a text.
    "SELECT CASE block WHEN X'' THEN X'0000' ELSE block END FROM temp.{}_data WHERE id = 1",
)
