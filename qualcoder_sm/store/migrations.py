"""Migrations: the tables of an older file brought to the newest version, within one transaction."""

from sqlalchemy import Connection, Index

from qualcoder_sm.store import schema
from qualcoder_sm.store.versions import CHANGES, Row, TableChange


def migrate(connection: Connection, version: int) -> None:
    """Bring the columns of a file of this version to the newest; the trail stays as it is.

    What the versions changed in the content comes next, and then `index`.
    """
    for later in range(version + 1, schema.VERSION + 1):
        for table, change in CHANGES.get(later, {}).items():
            _change(connection, table, change)
    connection.exec_driver_sql(f"PRAGMA user_version={schema.VERSION}")


def index(connection: Connection) -> None:
    """Give the tables, whose rows are those of the newest version, its indexes."""
    ours = {index for table in schema.metadata.tables.values() for index in table.indexes}
    for name in sorted(str(one.name) for one in ours):
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS "{name}"')
    for one in sorted(ours, key=_index_name):
        one.create(connection)


def _index_name(index: Index) -> str:
    return str(index.name)


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
