"""Migrations: from each schema version to the next, on a checked backup."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from qualcoder_sm.store import schema
from qualcoder_sm.store.database import Database

Migration = Callable[[Connection], None]

MIGRATIONS: Mapping[int, Migration] = {}
"""By the version a migration starts from. A migration changes tables only, never the trail."""


def version(database: Database) -> int:
    """The schema version written in the file."""
    with database.read() as connection:
        return connection.exec_driver_sql("PRAGMA user_version").scalar_one()


def migrate(database: Database) -> None:
    """Bring the file to the newest version, each step in a transaction of its own."""
    for start in range(version(database), schema.VERSION):
        with database.write() as connection:
            MIGRATIONS[start](connection)
            connection.exec_driver_sql(f"PRAGMA user_version={start + 1}")
