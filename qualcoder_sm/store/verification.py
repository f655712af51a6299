"""Whether the trail is whole, and whether tables and texts are what it says.

The trail is followed once. Of each row it tells of a digest of 16 bytes is kept, so that a million
steps fit; at its end the tables are read and compared. Nothing in the file is trusted: a payload
may be gone, no JSON, or of another type than it should be.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Float, Table
from sqlalchemy.exc import OperationalError

from qualcoder_sm.store import schema, trail
from qualcoder_sm.store.payloads import BROKEN, canonical, runs
from qualcoder_sm.store.versions import newest

_AT_ONCE = 100

TEXTS = "texts"
"""What stands for the texts among the tables that differ."""

FOREIGN = "tables that no project has"
"""What stands for tables that are not a project's among those that differ."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the trail found.

    `first_bad` is the first step that does not fit into the chain, None when all do. `differing`
    counts by table the rows, and the texts, that are not what the trail says. `emptied` is the
    number of steps that cannot be read any more, `untold` that of rows which could therefore not
    be compared. `expected_head` is None when no head was expected; `expected_at` is the step whose
    hash it was, if any. `backwards` are steps that have an earlier time than the one before, which
    is no fault of the trail but of a clock, and `first_backwards` is the first of them.
    `strangers` are the digests of texts that no step tells of.
    """

    records: int
    head: str
    first_bad: int | None = None
    differing: Mapping[str, int] = field(default_factory=dict[str, int])
    emptied: int = 0
    untold: int = 0
    expected_head: bool | None = None
    expected_at: int | None = None
    backwards: int = 0
    first_backwards: int | None = None
    strangers: tuple[str, ...] = ()

    @property
    def chain(self) -> bool:
        """Whether every step follows from the one before it and has its own payload."""
        return self.first_bad is None

    @property
    def tables(self) -> bool:
        """Whether tables and texts are what the trail says, as far as it can be told."""
        return not self.differing

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return self.chain and self.tables and self.expected_head is not False


class Verification:
    """Follows a trail some steps at a time, then compares.

    `records` of `total` steps are followed so far. `expected` is the head that is expected, or "".
    """

    def __init__(self, connection: Connection, expected: str = "") -> None:
        self.records, self.total = 0, _last(connection)
        self._redacted, self._expected = _redacted(connection), expected
        self._head, self._last = "", None
        self._first_bad: int | None = None
        self._expected_at: int | None = None
        self._at, self._backwards = "", list[int]()
        self._told = _Told()

    def follow(self, connection: Connection, limit: int) -> bool:
        """Follow the next steps, at most `limit`; whether the end was reached."""
        before = self.records
        for row in _steps(connection, self._last, limit):
            self._take(row)
        if self.records - before == limit:
            return False
        if _goes_on(connection, self.records):
            self._note(self.records + 1)
        return True

    def verdict(self, connection: Connection) -> Verdict:
        """What was found, once the end was reached, with the tables as this connection sees them."""
        differing, untold = self._told.compared(connection)
        return Verdict(
            self.records,
            self._head,
            self._first_bad,
            differing,
            self._told.emptied,
            untold,
            self._head == self._expected if self._expected else None,
            self._expected_at,
            len(self._backwards),
            next(iter(self._backwards), None),
            tuple(sorted(map(str, self._told.strangers(connection)))),
        )

    def _take(self, row: Sequence[Any]) -> None:
        seq, n_rows, version, own = row[0], row[4], row[7], row[10]
        self.records += 1
        if not (seq == self.records and row[9] == self._head and _is_chained(row)
                and self._payload_fits(row)):  # fmt: skip
            self._note(seq)
        self._head, self._last = own if isinstance(own, str) else "", seq
        if own == self._expected:
            self._expected_at = seq
        self._follow_clock(row[1])
        try:
            self._told.take(version, n_rows, *row[15:])
        except BROKEN:
            self._told.doubt(n_rows)

    def _follow_clock(self, at: object) -> None:
        if isinstance(at, str):  # all are written alike, so that texts compare as times do
            if at < self._at:
                self._backwards.append(self.records)
            self._at = at

    def _note(self, seq: int) -> None:
        if self._first_bad is None:
            self._first_bad = seq

    def _payload_fits(self, row: Sequence[Any]) -> bool:
        salt, fields = row[11], row[12:]
        try:
            if salt is not None and None not in fields:
                return trail.digests(salt, *fields) == row[8]
            if row[0] not in self._redacted:
                return False
            known = zip(fields, json.loads(row[8]), strict=True)
            return all(one is None or trail.digest(row[11], one) == digest for one, digest in known)
        except BROKEN:
            return False


_NAMES = {table.name: [column.name for column in table.columns] for table in schema.JOURNALLED}
_FLOATS = {
    table.name: places
    for table in schema.JOURNALLED
    if (places := [i for i, column in enumerate(table.columns) if isinstance(column.type, Float)])
}


_SHA256 = _NAMES["sources"].index("sha256")
_OURS = {*schema.metadata.tables, "search_rows", *(f"source_search{part}" for part in
         ("", "_data", "_idx", "_docsize", "_config"))}  # fmt: skip
_FOREIGN_TABLES = (
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT IN "
    f"({', '.join(map(repr, sorted(_OURS)))}) AND name NOT LIKE 'sqlite_%'"
)

_BEGINNINGS = {
    name: f'[["{name}",{canonical(columns)},['.encode()
    for name, columns in _NAMES.items()
    if name not in _FLOATS
}


class _Told:
    """The rows that the trail tells of: by table and guid their digest, None for a deleted one.

    Rows last told of before a step that cannot be read are doubtful: that step may have changed
    them, though no more of them than it had rows.
    """

    def __init__(self) -> None:
        self.emptied = 0
        self._texts: set[object] = set()
        self._rows: dict[str, dict[str, bytes | None]] = {name: {} for name in _NAMES}
        self._doubtful: dict[str, dict[str, bytes | None]] = {name: {} for name in _NAMES}
        self._allowed = 0

    def take(self, version: int, n_rows: int, before: bytes, after: bytes) -> None:
        """The rows of a step; raises one of `BROKEN` when they cannot be read."""
        if n_rows == 1 and version == schema.VERSION and (only := _only_row(after)):
            table, guid, text = only
            if table == "sources":
                self._texts.add(json.loads(text)[_SHA256])
            self._rows[table][guid] = _digest(text)
            return
        olds, at = runs(before), 0
        for number, (table, columns, rows) in enumerate(runs(after)):
            told = self._rows[table]
            if columns is None or rows is None:
                _table, names, gone = next(islice(olds, number - at, None))
                at = number + 1
                place = (names or []).index("guid")
                told.update((row[place], None) for row in gone or ())
            else:
                for row in _current(table, columns, rows, version):
                    told[row[0]] = _fingerprint(row)
                    if table == "sources":
                        self._texts.add(row[_SHA256])

    def doubt(self, n_rows: object) -> None:
        """A step of so many rows cannot be read."""
        self.emptied += 1
        self._allowed += n_rows if isinstance(n_rows, int) else 0
        for table, told in self._rows.items():
            self._doubtful[table].update(told)
            told.clear()

    def compared(self, connection: Connection) -> tuple[dict[str, int], int]:
        """How many rows of each table, and texts, differ; how many could not be compared."""
        differing, untold = Counter[str](), Counter[str]()
        for table in schema.JOURNALLED:
            differing[table.name], untold[table.name] = self._compared(connection, table)
        differing[TEXTS] = _wrong_texts(connection, may_be_gone=self.emptied > 0)
        differing[TEXTS] += len(self.strangers(connection))
        differing[FOREIGN] = sum(1 for _ in _lenient(connection, _FOREIGN_TABLES))
        if untold.total() > self._allowed:
            differing, untold = differing + untold, Counter[str]()
        return {name: n for name, n in differing.items() if n}, untold.total()

    def strangers(self, connection: Connection) -> set[object]:
        """The digests of texts that no step tells of; none where steps cannot be read."""
        texts = _lenient(connection, "SELECT sha256 FROM contents")
        return set() if self.emptied else {sha for (sha,) in texts} - self._texts

    def _compared(self, connection: Connection, table: Table) -> tuple[int, int]:
        told, doubtful = self._rows[table.name], self._doubtful[table.name]
        differing = untold = 0
        for row in _rows_of(connection, table):
            guid, stored = row[0], _stored(row)
            if guid in told:
                differing += told.pop(guid) != stored
            elif self.emptied:
                untold += doubtful.pop(guid, None) != stored
            else:
                differing += 1
        return differing + _kept(told), untold + _kept(doubtful)


def _is_chained(row: Sequence[Any]) -> bool:
    try:
        return trail.chained(row[:10]) == row[10]
    except BROKEN:
        return False


def _current(
    table: str, columns: list[str], rows: Iterable[list[Any]], version: int
) -> Iterable[list[Any]]:
    """Rows as they would stand in a file of today, the guid first, numbers as SQLite keeps them."""
    names = _NAMES[table]
    if version != schema.VERSION or columns != names:
        dicts = (dict(zip(columns, row, strict=True)) for row in rows)
        news = (newest(table, row, version) for row in dicts)
        rows = ([row[name] for name in names] for row in news)
    return (_with_floats(row, _FLOATS[table]) for row in rows) if table in _FLOATS else rows


def _with_floats(row: list[Any], places: Sequence[int]) -> list[Any]:
    for place in places:
        row[place] = None if row[place] is None else float(row[place])
    return row


def _only_row(after: bytes) -> tuple[str, str, bytes] | None:
    """Table, guid and text of the row of a payload that is known to have one.

    Most steps have one row. Its text is canonical as it stands, which spares reading and writing it.
    """
    table = after[3 : after.find(b'"', 3)].decode()
    beginning = _BEGINNINGS.get(table)
    if not (beginning and after.startswith(beginning) and after.endswith(b"]]]]")):
        return None
    text = after[len(beginning) : -3]
    return table, text[2 : text.find(b'"', 2)].decode(), text


def _fingerprint(row: Sequence[Any]) -> bytes:
    return _digest(canonical(row).encode())


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).digest()


def _stored(row: Sequence[Any]) -> bytes:
    """The digest of a row of a table; one that no row has for values of an odd type."""
    try:
        return _fingerprint(row)
    except BROKEN:
        return b""


def _kept(rows: Mapping[str, bytes | None]) -> int:
    return sum(stored is not None for stored in rows.values())


# Reading what may hold anything.

_STEP = ", ".join(
    [f"c.{name}" for name in (*trail.CHAINED, "hash")]
    + [f"p.{name}" for name in ("salt", *schema.PAYLOAD_FIELDS)]
)


def _steps(connection: Connection, last: int | None, limit: int) -> Iterator[tuple[Any, ...]]:
    """The steps after number `last` with their payloads, in order."""
    beyond = "" if last is None else f"WHERE c.seq > {last:d}"
    return _lenient(
        connection,
        f"SELECT {_STEP} FROM changes c LEFT JOIN change_payloads p ON p.seq = c.seq "
        f"{beyond} ORDER BY c.seq LIMIT {limit:d}",
    )


def _rows_of(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in _NAMES[table.name])
    return _lenient(connection, f'SELECT {names} FROM "{table.name}"')


def _lenient(connection: Connection, statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, none where a table is gone; text that is no UTF-8 has surrogates."""
    done = 0
    try:
        for part in connection.exec_driver_sql(statement).partitions(_AT_ONCE):
            yield from map(tuple, part)
            done += len(part)
    except OperationalError:
        with _any_bytes(connection), suppress(OperationalError):
            yield from map(tuple, islice(connection.exec_driver_sql(statement), done, None))


@contextmanager
def _any_bytes(connection: Connection) -> Generator[None]:
    driver: Any = connection.connection.driver_connection
    driver.text_factory = _with_surrogates
    try:
        yield
    finally:
        driver.text_factory = str


def _with_surrogates(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _goes_on(connection: Connection, last: int) -> bool:
    """Whether something is left of steps after the last one; a trail of no step was cut, too."""
    left = _lenient(connection, f"SELECT 1 FROM change_payloads WHERE seq > {last:d} LIMIT 1")
    return last == 0 or any(left)


def _wrong_texts(connection: Connection, *, may_be_gone: bool) -> int:
    """Texts that have not the digest they stand under, and texts of sources that are not there."""
    texts = _lenient(connection, "SELECT sha256, bytes FROM contents WHERE bytes IS NOT NULL")
    fits = {row[0]: _sha256(row[1]) == row[0] for row in texts}
    needed = {row[0] for row in _lenient(connection, "SELECT sha256 FROM sources")}
    missing = 0 if may_be_gone else len(needed - fits.keys())
    return missing + sum(not fit for fit in fits.values())


def _sha256(words: object) -> str:
    return hashlib.sha256(words).hexdigest() if isinstance(words, bytes) else ""


def _last(connection: Connection) -> int:
    return next(iter(_lenient(connection, "SELECT MAX(seq) FROM changes")), (0,))[0] or 0


def _redacted(connection: Connection) -> set[int]:
    with suppress(OperationalError):
        return trail.redacted(connection)
    return set()
