"""The audit trail as stored: steps in a SHA-256 chain, their payloads beside it.

The chain is made over digests of the payloads, not over the payloads, so that personal text
can be emptied later (a redaction) and the chain still holds. Each digest is salted, since the
digest of a few words could otherwise be guessed from a list.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any, overload

from sqlalchemy import Connection, Row, Table, select

from qualcoder_sm.errors import DamagedFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, RowChange
from qualcoder_sm.store import schema
from qualcoder_sm.store.payloads import BROKEN, canonical, kind, row_changes

CHAINED = ("seq", "at", "coder", "action", "rows", "undo_of", "batch", "schema", "digests",
           "previous")  # fmt: skip
"""The columns of a step that its hash is made over, in this order."""

HELD = 10_000
"""So many rows of a step are held in memory; of a longer one they are read when they are needed."""

Connecting = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Record:
    """A step of the trail without its rows: who, when, what, and its place in the chain.

    `label`, `parameters` and `reason` are empty when `redacted`.
    """

    seq: int
    at: datetime
    coder: str
    action: str
    label: str
    parameters: Mapping[str, object]
    reason: str
    rows: int
    undo_of: int | None
    batch: str | None
    hash: str
    previous: str
    redacted: bool


def append(
    connection: Connection,
    change: Change,
    parameters: Mapping[str, object],
    salt: str,
    batch: str | None,
    previous: str,
    rows: tuple[bytes, bytes],
) -> None:
    """Write the step at the end of the chain, after the step whose hash is `previous`.

    `rows` are its rows as `payloads.Packer` wrote them.
    """
    payload: dict[str, Any] = {
        "label": change.label,
        "parameters": canonical(dict(parameters)),
        "reason": change.reason,
        "before": rows[0],
        "after": rows[1],
    }
    row: dict[str, Any] = {
        "seq": change.seq,
        "at": written_time(change.at),
        "coder": change.coder,
        "action": change.action,
        "rows": len(change.rows),
        "undo_of": change.undo_of,
        "batch": batch,
        "schema": schema.VERSION,
        "digests": digests(salt, *payload.values()),
        "previous": previous,
    }
    row["hash"] = chained([row[name] for name in CHAINED])
    connection.exec_driver_sql(_APPEND, row)
    connection.exec_driver_sql(_APPEND_PAYLOAD, {"seq": change.seq, "salt": salt, **payload})


def chained(values: Sequence[object]) -> str:
    """The hash of a step, from the values of its `CHAINED` columns."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def digests(salt: str, *fields: str | bytes) -> str:
    """The digests of the five fields of a payload, as the step keeps them."""
    return '["' + '","'.join([digest(salt, field) for field in fields]) + '"]'


def digest(salt: str, field: str | bytes) -> str:
    """The digest of one field of a payload."""
    data = field if isinstance(field, bytes) else field.encode()
    return hashlib.sha256(salt.encode() + b"\n" + data).hexdigest()


def _insertion(table: Table) -> str:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join(':' + n for n in names)})"


_APPEND = _insertion(schema.changes)
_APPEND_PAYLOAD = _insertion(schema.change_payloads)


HEAD = "SELECT seq, hash FROM changes ORDER BY seq DESC LIMIT 1"


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last step; 0 and "" in a new file."""
    driver: Any = connection.connection.driver_connection  # every step asks, some times
    return driver.execute(HEAD).fetchone() or (0, "")


def records(
    connection: Connection,
    *,
    after: int = 0,
    limit: int | None = None,
    among: Sequence[int] | None = None,
) -> list[Record]:
    """The steps after number `after`, or those numbered `among`, oldest first, without their rows."""
    c, p = schema.changes.c, schema.change_payloads.c
    statement = (
        select(schema.changes, p.label, p.parameters, p.reason, p.salt)
        .join_from(schema.changes, schema.change_payloads, isouter=True)
        .where(c.seq > after if among is None else c.seq.in_(among))
        .order_by(c.seq)
        .limit(limit)
    )
    return [_record(row) for row in connection.execute(statement)]


def change(connection: Connection, seq: int) -> Change:
    """The step with its rows, in the columns of the newest version."""
    [record] = records(connection, among=[seq])
    rows = rows_of(connection, seq)
    return Change(
        seq=seq,
        at=record.at,
        coder=record.coder,
        action=record.action,
        label=record.label,
        reason=record.reason,
        rows=rows,
        undo_of=record.undo_of,
        tables=frozenset(row.table for row in rows),
    )


def rows_of(connection: Connection, seq: int) -> Sequence[RowChange]:
    """The rows of a step, none when its content was removed; of a long one they are read as asked."""
    p, c = schema.change_payloads.c, schema.changes.c
    statement = (
        select(c.rows, p.before, p.after, c.schema)
        .join_from(schema.changes, schema.change_payloads)
        .where(c.seq == seq)
    )
    n, before, after, version = connection.execute(statement).one()
    if n > HELD and before is not None and after is not None:
        return StoredRows(n, lambda: (before, after, version))
    return tuple(row_changes(before, after, version))


class StoredRows(Sequence[RowChange]):
    """The rows of a long step, read from its payload as they are asked for, and not kept.

    `payload` gives both sides and the version they were written in. Going through them backwards
    takes the runs from the last to the first.
    """

    def __init__(self, n: int, payload: Callable[[], tuple[bytes, bytes, int]]) -> None:
        self._n, self._payload = n, payload

    def __len__(self) -> int:
        return self._n

    def __iter__(self) -> Iterator[RowChange]:
        return row_changes(*self._payload())

    def __reversed__(self) -> Iterator[RowChange]:
        for first, end, whole in reversed(list(self._runs())):
            run = islice(self, first, end)
            yield from reversed(list(run)) if whole else run

    def _runs(self) -> Iterator[tuple[int, int, bool]]:
        """Where runs begin and end, and whether their rows must come in order: a row may come twice
        among those that are changed, never among those that are new or gone."""
        at = 0
        for (_table, new, gone), run in groupby(self, key=kind):
            first, at = at, at + sum(1 for _row in run)
            yield first, at, not (new or gone)

    @overload
    def __getitem__(self, at: int) -> RowChange: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RowChange]: ...
    def __getitem__(self, at: int | slice) -> RowChange | Sequence[RowChange]:
        if isinstance(at, slice):
            return tuple(islice(self, *at.indices(self._n)))
        return next(islice(self, range(self._n)[at], None))


def stored_rows(connect: Connecting, seq: int, n: int) -> StoredRows:
    """The rows of a step that is committed, read with a connection of whoever asks."""

    def payload() -> tuple[bytes, bytes, int]:
        p, c = schema.change_payloads.c, schema.changes.c
        statement = (
            select(p.before, p.after, c.schema)
            .join_from(schema.changes, schema.change_payloads)
            .where(c.seq == seq)
        )
        with connect() as connection:
            before, after, version = connection.execute(statement).one()
        return before, after, version

    return StoredRows(n, payload)


def first_rows(
    connection: Connection, seqs: Sequence[int], most: int
) -> dict[int, list[RowChange] | None]:
    """The first rows of these steps, at most `most` of each; None where they cannot be read."""
    c, p = schema.changes.c, schema.change_payloads.c
    statement = (
        select(c.seq, p.before, p.after, c.schema)
        .join_from(schema.changes, schema.change_payloads)
        .where(c.seq.in_(seqs))
    )
    return {seq: _first(most, *payload) for seq, *payload in connection.execute(statement)}


def _first(
    most: int, before: bytes | None, after: bytes | None, version: int
) -> list[RowChange] | None:
    if before is None or after is None:
        return None
    try:
        return list(islice(row_changes(before, after, version), most))
    except BROKEN:
        return None


def written_time(time: datetime) -> str:
    """UTC, ISO 8601, microseconds, ending in Z."""
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    """The time that `written_time` wrote; raises DamagedFile for anything else."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise DamagedFile(
            tr(
                "The file holds a time that is none, so it was changed from outside. "
                "`audit --verify` says where it no longer fits."
            )
        ) from error


def redacted(connection: Connection) -> set[int]:
    """Steps that a later redaction step names; what cannot be read names none."""
    named = connection.exec_driver_sql(
        "SELECT CAST(p.parameters AS BLOB) FROM changes c JOIN change_payloads p ON p.seq = c.seq "
        "WHERE c.action = 'project.redact' AND p.parameters IS NOT NULL"
    )
    return {seq for (text,) in named for seq in _numbers(text)}


def _numbers(text: bytes) -> list[int]:
    try:
        return [seq for seq in json.loads(text)["steps"] if isinstance(seq, int)]
    except BROKEN:
        return []


def _parameters(text: str | None) -> dict[str, object]:
    try:
        found = json.loads(text or "{}")
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _record(row: Row[Any]) -> Record:
    texts = (row.coder, row.action, row.hash, row.previous)
    perhaps = (row.label, row.reason, row.batch)
    if not (
        all(isinstance(text, str) for text in texts)
        and all(text is None or isinstance(text, str) for text in perhaps)
        and isinstance(row.rows, int)
        and isinstance(row.undo_of, int | None)
    ):
        raise DamagedFile(
            tr(
                "Step {seq} of the audit trail holds what no step writes, so the file was changed "
                "from outside. `audit --verify` says where it no longer fits.",
                seq=row.seq,
            )
        )
    return Record(
        seq=row.seq,
        at=read_time(row.at),
        coder=row.coder,
        action=row.action,
        label=row.label or "",
        parameters=_parameters(row.parameters),
        reason=row.reason or "",
        rows=row.rows,
        undo_of=row.undo_of,
        batch=row.batch,
        hash=row.hash,
        previous=row.previous,
        redacted=row.salt is None,
    )
