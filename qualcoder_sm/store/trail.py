"""The audit trail as stored: steps in a SHA-256 chain, their payloads beside it.

The chain is made over digests of the payloads, not over the payloads, so that personal text
can be emptied later (a redaction) and the chain still holds. Each digest is salted, since the
digest of a few words could otherwise be guessed from a list.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from qualcoder_sm.model import Change, RowChange
from qualcoder_sm.store import schema, versions

_COMPRESS_ABOVE = 4096

# A run is [table, columns, rows]; rows is None on the side where the rows do not exist.
Run = list[Any]


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking the chain; `first_bad` is the first step that does not fit."""

    ok: bool
    records: int
    head: str
    first_bad: int | None


def append(
    connection: Connection,
    change: Change,
    parameters: Mapping[str, object],
    salt: str,
    batch: str | None,
    previous: str,
) -> None:
    """Write the step at the end of the chain, after the step whose hash is `previous`."""
    payload = _payload(change, parameters, salt)
    row: dict[str, Any] = {
        "seq": change.seq,
        "at": written_time(change.at),
        "coder": change.coder,
        "action": change.action,
        "rows": len(change.rows),
        "undo_of": change.undo_of,
        "batch": batch,
        "schema": schema.VERSION,
        "digests": _digests(payload),
        "previous": previous,
    }
    row["hash"] = _hash(row)
    connection.exec_driver_sql(_APPEND, row)
    connection.exec_driver_sql(_APPEND_PAYLOAD, {"seq": change.seq, **payload})


def _insertion(table: Table) -> str:
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join(':' + n for n in names)})"


_APPEND = _insertion(schema.changes)
_APPEND_PAYLOAD = _insertion(schema.change_payloads)


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last step; 0 and "" in a new file."""
    row = connection.exec_driver_sql(
        "SELECT seq, hash FROM changes ORDER BY seq DESC LIMIT 1"
    ).one_or_none()
    return (row[0], row[1]) if row else (0, "")


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
    statement = (
        select(schema.changes, schema.change_payloads)
        .join_from(schema.changes, schema.change_payloads)
        .where(schema.changes.c.seq == seq)
    )
    row = connection.execute(statement).one()
    return Change(
        seq=row.seq,
        at=read_time(row.at),
        coder=row.coder,
        action=row.action,
        label=row.label or "",
        reason=row.reason or "",
        rows=tuple(_row_changes(row.before, row.after, row.schema)),
        undo_of=row.undo_of,
    )


UNREAD = Verdict(ok=True, records=0, head="", first_bad=None)
"""The verdict on a chain of which nothing was read yet."""


def verify(
    connection: Connection, so_far: Verdict, redacted: Set[int], after: int | None, limit: int
) -> tuple[Verdict, int | None]:
    """Follow the chain and compare every digest: at most `limit` steps after number `after`.

    Returns the verdict on all that was read so far, and the number to go on after, None when
    nothing is left. A step is bad when its number, its link, its hash or a payload does not fit,
    or when a payload is empty without being `redacted`. So is the first that is missing at the end,
    where a payload is left of it or no step at all is.
    """
    previous, count, first_bad = so_far.head, so_far.records, so_far.first_bad
    for row in _whole_rows(connection, after, limit):
        count, after = count + 1, row["seq"]
        fits = after == count and row["previous"] == previous and _hash(row) == row["hash"]
        if first_bad is None and not (fits and _payload_fits(row, redacted)):
            first_bad = after
        previous = row["hash"]
    full = count - so_far.records == limit
    if first_bad is None and not full and _cut_off(connection, count):
        first_bad = count + 1
    return Verdict(first_bad is None, count, previous, first_bad), after if full else None


def _cut_off(connection: Connection, last: int) -> bool:
    seq = schema.change_payloads.c.seq
    left = connection.execute(select(seq).where(seq > last).limit(1)).first()
    return last == 0 or left is not None


def _whole_rows(
    connection: Connection, after: int | None, limit: int
) -> Iterator[Mapping[Any, Any]]:
    c = schema.changes.c
    columns = [schema.change_payloads.c[name] for name in ("salt", *schema.PAYLOAD_FIELDS)]
    statement = (
        select(schema.changes, *columns)
        .join_from(schema.changes, schema.change_payloads, isouter=True)
        .order_by(c.seq)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(c.seq > after)
    yield from connection.execute(statement).mappings().yield_per(1000)


def replayed(connection: Connection) -> dict[str, dict[str, dict[str, object]]] | None:
    """The rows of every table, by guid, as the trail alone would rebuild them.

    None when a payload was redacted, for then the trail cannot tell.
    """
    tables: dict[str, dict[str, dict[str, object]]] = {t.name: {} for t in schema.JOURNALLED}
    c, p = schema.changes.c, schema.change_payloads.c
    statement = (
        select(p.before, p.after, c.schema)
        .join_from(schema.changes, schema.change_payloads)
        .order_by(p.seq)
    )
    for row in connection.execute(statement).yield_per(1000):
        if row.after is None:
            return None
        for change in _row_changes(row.before, row.after, row.schema):
            if change.after is None:
                tables[change.table].pop(change.guid, None)
            else:
                tables[change.table][change.guid] = change.after
    return tables


def written_time(time: datetime) -> str:
    """UTC, ISO 8601, microseconds, ending in Z."""
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    """The time that `written_time` wrote."""
    return datetime.fromisoformat(text)


def _payload(change: Change, parameters: Mapping[str, object], salt: str) -> dict[str, Any]:
    return {
        "salt": salt,
        "label": change.label,
        "parameters": _canonical(dict(parameters)),
        "reason": change.reason,
        "before": _packed([_run(run, "before") for run in _runs(change.rows)]),
        "after": _packed([_run(run, "after") for run in _runs(change.rows)]),
    }


def _runs(rows: Sequence[RowChange]) -> list[list[RowChange]]:
    """Neighbours of one table and one kind: inserted, changed or deleted."""
    grouped = groupby(rows, key=lambda row: (row.table, row.before is None, row.after is None))
    return [list(run) for _, run in grouped]


def _run(run: Sequence[RowChange], side: str) -> Run:
    table = run[0].table
    values = [row.before if side == "before" else row.after for row in run]
    if values[0] is None:
        return [table, None, None]
    columns = list(values[0])
    return [table, columns, [list(value.values()) for value in values if value is not None]]


def _row_changes(before: bytes | None, after: bytes | None, version: int) -> Iterator[RowChange]:
    """The rows of a step that was taken in a file of this version."""
    if before is None or after is None:
        return
    for old, new in zip(_unpacked(before), _unpacked(after), strict=True):
        olds, news = _row_dicts(old, version), _row_dicts(new, version)
        for i in range(max(len(olds), len(news))):
            row = RowChange(old[0], "", olds[i] if olds else None, news[i] if news else None)
            known = row.after if row.after is not None else row.before
            yield RowChange(row.table, str(known["guid"]) if known else "", row.before, row.after)


def _row_dicts(run: Run, version: int) -> list[dict[str, object]]:
    table, columns, rows = run
    found = [] if rows is None else [dict(zip(columns, row, strict=True)) for row in rows]
    return [versions.newest(table, row, version) for row in found]


def _packed(runs: list[Run]) -> bytes:
    data = _canonical(runs).encode()
    return zlib.compress(data, 1) if len(data) > _COMPRESS_ABOVE else data


def _unpacked(data: bytes) -> list[Run]:
    return json.loads(data if data.startswith(b"[") else zlib.decompress(data))


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digests(payload: Mapping[str, Any]) -> str:
    return _canonical([_digest(payload["salt"], payload[name]) for name in schema.PAYLOAD_FIELDS])


def _digest(salt: str, value: str | bytes) -> str:
    data = value if isinstance(value, bytes) else value.encode()
    return hashlib.sha256(salt.encode() + b"\n" + data).hexdigest()


_CHAINED = ("seq", "at", "coder", "action", "rows", "undo_of", "batch", "schema", "digests",
            "previous")  # fmt: skip


def _hash(row: Mapping[Any, Any]) -> str:
    return hashlib.sha256(_canonical([row[name] for name in _CHAINED]).encode()).hexdigest()


def _payload_fits(row: Mapping[Any, Any], redacted: Set[int]) -> bool:
    values = [row[name] for name in schema.PAYLOAD_FIELDS]
    if row["salt"] is None:
        return row["seq"] in redacted
    digests = json.loads(row["digests"])
    return all(
        row["seq"] in redacted if value is None else _digest(row["salt"], value) == digest
        for value, digest in zip(values, digests, strict=True)
    )


def redacted(connection: Connection) -> set[int]:
    """Steps that a later redaction step names."""
    p, c = schema.change_payloads.c, schema.changes.c
    statement = (
        select(p.parameters)
        .join_from(schema.changes, schema.change_payloads)
        .where(c.action == "project.redact", p.parameters.is_not(None))
    )
    named: Iterable[str] = connection.execute(statement).scalars()
    return {seq for text in named for seq in json.loads(text)["steps"]}


def _record(row: Row[Any]) -> Record:
    return Record(
        seq=row.seq,
        at=read_time(row.at),
        coder=row.coder,
        action=row.action,
        label=row.label or "",
        parameters=json.loads(row.parameters) if row.parameters else {},
        reason=row.reason or "",
        rows=row.rows,
        undo_of=row.undo_of,
        batch=row.batch,
        hash=row.hash,
        previous=row.previous,
        redacted=row.salt is None,
    )
