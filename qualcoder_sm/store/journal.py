"""The only writes there are: insert, update, delete. Each remembers the row before and after."""

import hashlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Column, Connection, DefaultClause, Table
from sqlalchemy.exc import IntegrityError

from qualcoder_sm.errors import NotFound, StepConflict
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, RowChange
from qualcoder_sm.store import schema, search, trail, uniqueness
from qualcoder_sm.store.payloads import Packer, kind
from qualcoder_sm.store.telling import Telling

_CHUNK = 500
_PORTION = 2_000


class Journal:
    """Writes rows on one connection, on behalf of one coder, for one step."""

    def __init__(self, connection: Connection, connect: trail.Connecting, action: str = "") -> None:
        self.connection = connection
        self.telling = Telling(action)
        self._connect = connect
        self._packer = Packer()
        self._rows: list[RowChange] = []
        self._n = 0
        self._tables: set[str] = set()
        self._written: Change | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing has been written, so that there is no step."""
        return not self._n

    def touches(self, *tables: str) -> bool:
        """Whether rows of one of these tables have been written."""
        return not self._tables.isdisjoint(tables)

    def describe(self, action: str = "", /, **parameters: object) -> None:
        """Add to what the trail will tell of this step, or of the part of it that is being taken.

        `action` says what kind of step it is, where only what is read inside decides that.
        """
        self.telling.action = action or self.telling.action
        self.telling.parameters |= parameters

    @contextmanager
    def part(self, action: str) -> Generator[None]:
        """Let what is described inside tell of a part: the step tells of itself, or of its parts."""
        whole, self.telling = self.telling, Telling(action)
        try:
            yield
        finally:
            whole.parts.append(self.telling)
            self.telling = whole

    def insert(self, table: Table, *rows: Mapping[str, object]) -> None:
        """New rows; columns left out get the defaults of an empty row."""
        self.insert_all(table, rows)

    def insert_all(self, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
        """As `insert`, many rows, of which only some are held at a time."""
        defaults = _empty_row(table)
        full = (defaults | dict(row) for row in rows)
        self.replay(RowChange(table.name, str(row["guid"]), None, row) for row in full)

    def update(self, table: Table, guid: str, **values: object) -> None:
        """Change some columns of one row; nothing is written when nothing differs."""
        before = self._row(table, guid)
        after = before | values
        if after != before:
            self.replay([RowChange(table.name, guid, before, after)])

    def update_all(self, table: Table, guids: Sequence[str], **values: object) -> None:
        """The same change to several rows."""
        rows = self._current(table, guids)
        self.replay(
            RowChange(table.name, guid, rows[guid], rows[guid] | values)
            for guid in guids
            if rows[guid] | values != rows[guid]
        )

    def delete(self, table: Table, *guids: str) -> None:
        """Remove rows; those that refer to them must be removed before."""
        rows = self._current(table, guids)
        self.replay(RowChange(table.name, guid, rows[guid], None) for guid in guids)

    def add_contents(self, texts: Sequence[str]) -> list[str]:
        """Keep texts under their digests, each once; returns the SHA-256 of their UTF-8 bytes."""
        datas = [text.encode() for text in texts]
        digests = [hashlib.sha256(data).hexdigest() for data in datas]
        self.connection.exec_driver_sql(
            "INSERT INTO contents(sha256, bytes) VALUES (?, ?) "
            "ON CONFLICT(sha256) DO UPDATE SET bytes = excluded.bytes WHERE contents.bytes IS NULL",
            list(zip(digests, datas, strict=True)),
        )
        return digests

    def replay(self, rows: Iterable[RowChange], *, unchanged: bool = False) -> None:
        """Write rows as given; runs of one kind in one table go in one statement, or in portions.

        With `unchanged` raises StepConflict unless every row stands as its `before` says.
        """
        for (name, inserting, deleting), run in groupby(rows, key=kind):
            table = schema.metadata.tables[name]
            whole = not (inserting or deleting)  # rows may take what later ones give away
            for changes in [list(run)] if whole else _portions(run):
                if unchanged:
                    self._require_unchanged(table, changes)
                self._write(table, inserting, deleting, changes)
                if name == "sources":
                    search.follow(self.connection, changes)
                self._keep(name, changes)

    def _keep(self, table: str, changes: Sequence[RowChange]) -> None:
        self._packer.add(changes)
        self._tables.add(table)
        self._n += len(changes)
        if self._n > trail.HELD:
            self._rows.clear()
        else:
            self._rows += changes

    def _write(
        self, table: Table, inserting: bool, deleting: bool, changes: Sequence[RowChange]
    ) -> None:
        statements = [_written(table, inserting, deleting, changes)]
        if len(changes) > 1 and uniqueness.moves(table, changes):
            # One after the other, a row could meet what a later one is about to give away.
            statements = [_written(table, False, True, changes),
                          _written(table, True, False, changes)]  # fmt: skip
        try:
            for statement, values in statements:
                self.connection.exec_driver_sql(statement, values)
        except IntegrityError as error:
            found = uniqueness.violation(self.connection, table, changes)
            if found is None:
                raise
            raise found from error

    def _require_unchanged(self, table: Table, changes: Sequence[RowChange]) -> None:
        expected: dict[str, dict[str, object] | None] = {}
        for row in changes:  # a row written twice counts as it stood first
            expected.setdefault(row.guid, row.before)
        found = dict(self._found(table, list(expected)))
        if any(found.get(guid) != before for guid, before in expected.items()):
            raise StepConflict(
                tr(
                    "What this step did was changed since, so it cannot be taken back on its "
                    "own. Nothing was changed."
                )
            )

    @property
    def written(self) -> Change:
        """The step as it was committed."""
        if self._written is None:
            raise AssertionError("the step is not finished")
        return self._written

    def finish(self, change: Change, salt: str, batch: str | None) -> Change:
        """Write the step's audit record; returns the step with its rows."""
        seq, previous = trail.head(self.connection)
        rows = tuple(self._rows) if self._n <= trail.HELD else trail.stored_rows(
            self._connect, seq + 1, self._n)  # fmt: skip
        whole = replace(change, seq=seq + 1, rows=rows, tables=frozenset(self._tables))
        trail.append(self.connection, whole, self.telling.parameters, salt, batch, previous,
                     self._packer.finished())  # fmt: skip
        self._written = whole
        return whole

    def _row(self, table: Table, guid: str) -> dict[str, object]:
        return self._current(table, [guid])[guid]

    def _current(self, table: Table, guids: Sequence[str]) -> dict[str, dict[str, object]]:
        rows = dict(self._found(table, guids))
        if len(rows) < len(set(guids)):
            raise NotFound(tr("This is no longer in the project; it was removed in another step."))
        return rows

    def _found(self, table: Table, guids: Sequence[str]) -> Iterator[tuple[str, dict[str, object]]]:
        names = [column.name for column in table.columns]
        for start in range(0, len(guids), _CHUNK):
            chunk = tuple(guids[start : start + _CHUNK])
            marks = ",".join("?" * len(chunk))
            statement = f'{_select(table)} WHERE "guid" IN ({marks})'
            for row in self.connection.exec_driver_sql(statement, chunk):
                yield row.guid, dict(zip(names, row, strict=True))


def _portions(rows: Iterable[RowChange]) -> Iterator[list[RowChange]]:
    rest = iter(rows)
    while portion := list(islice(rest, _PORTION)):
        yield portion


def _written(
    table: Table, inserting: bool, deleting: bool, changes: Sequence[RowChange]
) -> tuple[str, list[tuple[Any, ...]]]:
    if inserting:
        return _insert(table), [tuple(row.after.values()) for row in changes if row.after]
    if deleting:
        return _delete(table), [(row.guid,) for row in changes]
    return _update(table), [(*row.after.values(), row.guid) for row in changes if row.after]


# The statements are plain SQL: for bulk rows the driver's own executemany is twice as fast as
# compiled Core, and every row has every column.


@cache
def _insert(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'


@cache
def _update(table: Table) -> str:
    sets = ", ".join(f'"{column.name}" = ?' for column in table.columns)
    return f'UPDATE "{table.name}" SET {sets} WHERE "guid" = ?'


@cache
def _delete(table: Table) -> str:
    return f'DELETE FROM "{table.name}" WHERE "guid" = ?'


@cache
def _select(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'SELECT {names} FROM "{table.name}"'


@cache
def _empty_row(table: Table) -> dict[str, object]:
    """Every column in order, with its default: the text of the default, or its number."""
    return {column.name: _default(column) for column in table.columns}


def _default(column: Column[Any]) -> object:
    if not isinstance(column.server_default, DefaultClause):
        return None
    text = str(column.server_default.arg)
    return int(text) if column.type.python_type is int else text
