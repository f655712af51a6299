"""Migrations: the tables of an older file brought to the newest version, within one transaction."""

from sqlalchemy import Connection

from qualcoder_sm.store import schema
from qualcoder_sm.store.versions import CHANGES, Row, TableChange


def migrate(connection: Connection, version: int) -> None:
    """Bring the tables of a file of this version to the newest; the trail stays as it is."""
    for later in range(version + 1, schema.VERSION + 1):
        for table, change in CHANGES.get(later, {}).items():
            _change(connection, table, change)
    connection.exec_driver_sql(f"PRAGMA user_version={schema.VERSION}")


def _change(connection: Connection, table: str, change: TableChange) -> None:
    for name, default in change.added.items():
        connection.exec_driver_sql(
            f'ALTER TABLE "{table}" ADD COLUMN "{name}" TEXT NOT NULL DEFAULT \'{default}\''
        )
    if change.gone:
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings().all()
        for row in rows:
            _carry(connection, table, dict(row), change.row(dict(row)))
    for name in change.gone:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')


def _carry(connection: Connection, table: str, before: Row, after: Row) -> None:
    for name, value in after.items():
        if value != before[name]:
            connection.exec_driver_sql(
                f'UPDATE "{table}" SET "{name}" = ? WHERE guid = ?', (value, before["guid"])
            )
