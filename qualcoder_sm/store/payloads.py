"""What the rows of a step look like in the trail: canonical JSON, compressed when it is long.

Neighbouring rows of one table and one kind are a run, [table, columns, rows]; columns and rows are
null on the side where the rows do not exist. `before` and `after` of a step have the same runs.
"""

import codecs
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, repeat
from typing import Any

from qualcoder_sm.model import RowChange
from qualcoder_sm.store import schema
from qualcoder_sm.store.versions import newest

Run = tuple[str, list[str] | None, Iterable[list[Any]] | None]

_COMPRESS_ABOVE = 4096
_BLOCK = 1 << 16

canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""A value as the one JSON text that is hashed: no spaces, no escapes that are not needed."""

_decode = json.JSONDecoder().raw_decode

BROKEN = (TypeError, ValueError, LookupError, AttributeError, RecursionError, zlib.error)
"""What reading a payload that was tampered with may raise."""


class Packer:
    """Writes the rows of a step as they are stored, while they come; none of them is kept."""

    def __init__(self) -> None:
        self._before, self._after = _Side(), _Side()
        self._run: tuple[str, bool, bool] | None = None

    def add(self, rows: Iterable[RowChange]) -> None:
        """Write rows behind those before."""
        for (table, new, gone), run in groupby(rows, key=kind):
            values = list(run)
            goes_on = self._run == (table, new, gone)
            self._run = table, new, gone
            self._before.add(table, [row.before for row in values], goes_on)
            self._after.add(table, [row.after for row in values], goes_on)

    def finished(self) -> tuple[bytes, bytes]:
        """Both sides, "before" and "after"."""
        return self._before.finished(), self._after.finished()


def kind(row: RowChange) -> tuple[str, bool, bool]:
    """What neighbouring rows share in a run: the table, and on which sides they do not exist."""
    return row.table, row.before is None, row.after is None


class _Side:
    """The text of one side, compressed from the moment that it is long."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._length = 0
        self._deflate: Any = None
        self._end = ""  # what closes the run that is being written

    def add(self, table: str, values: Sequence[dict[str, object] | None], goes_on: bool) -> None:
        """Write the rows of a run, or more rows of the same."""
        rows = [canonical(list(value.values())) for value in values if value is not None]
        if goes_on:
            self._write("".join(f",{row}" for row in rows))
            return
        first = values[0]
        columns = "null,null" if first is None else f"{canonical(list(first))},["
        start = f"{self._end}," if self._end else "["
        self._write(f"{start}[{canonical(table)},{columns}{','.join(rows)}")
        self._end = "]" if first is None else "]]"

    def finished(self) -> bytes:
        """All of it."""
        self._write(f"{self._end}]" if self._end else "[]")
        last = self._deflate.flush() if self._deflate else b""
        return b"".join(self._pieces) + last

    def _write(self, text: str) -> None:
        data = text.encode()
        self._length += len(data)
        if self._deflate:
            data = self._deflate.compress(data)
        elif self._length > _COMPRESS_ABOVE:
            self._deflate = zlib.compressobj(1)
            data = self._deflate.compress(b"".join(self._pieces) + data)
            self._pieces.clear()
        self._pieces.append(data)


def packed(rows: Iterable[RowChange]) -> tuple[bytes, bytes]:
    """Both sides of the rows of a step, "before" and "after", as they are stored."""
    packer = Packer()
    packer.add(rows)
    return packer.finished()


def runs(data: bytes) -> Iterator[Run]:
    """The runs of one side, in order.

    Of a long payload no more is read than is asked for: the rows of a run come as they are taken,
    and are gone once the next run is. Raises ValueError or TypeError for what is no payload.
    """
    if data.startswith(b"["):
        text = data.decode()
        found, end = _decode(text)
        _require(end == len(text))
        yield from found
    else:
        yield from _streamed(_Stream(data))


def row_changes(
    before: bytes | None, after: bytes | None, version: int = schema.VERSION
) -> Iterator[RowChange]:
    """The rows of a step of this version, in order, as they are taken, in the columns of today.

    None when its payload was emptied.
    """
    if before is None or after is None:
        return
    for (table, columns, olds), (_table, names, news) in zip(
        runs(before), runs(after), strict=True
    ):
        befores, afters = (
            found and map(partial(newest, table, version=version), found)
            for found in (_dicts(columns, olds), _dicts(names, news))
        )
        if befores or afters:
            for old, new in zip(befores or repeat(None), afters or repeat(None), strict=False):
                yield RowChange(table, str((new or old or {})["guid"]), old, new)


def _dicts(
    columns: list[str] | None, rows: Iterable[list[Any]] | None
) -> Iterator[dict[str, Any]] | None:
    if columns is None or rows is None:
        return None
    return (dict(zip(columns, row, strict=True)) for row in rows)


class _Stream:
    """Compressed JSON, decompressed as far as its values are asked for."""

    def __init__(self, data: bytes) -> None:
        self._inflate, self._utf8 = zlib.decompressobj(), codecs.getincrementaldecoder("utf-8")()
        self._left, self._text, self._at = data, "", 0

    def value(self) -> Any:  # noqa: ANN401  (JSON)
        """The next value. One that ends where the text read so far does may go on behind it."""
        while True:
            try:
                found, end = _decode(self._text, self._at)
            except ValueError:
                found, end = None, len(self._text)
            if end < len(self._text):
                self._at = end
                return found
            if not self._read_on():
                raise ValueError("the payload ends within a value")

    def passes(self, mark: str) -> bool:
        """Whether this character comes next; if so, go on behind it."""
        if self._at == len(self._text):
            self._read_on()
        found = self._text.startswith(mark, self._at)
        self._at += found
        return found

    def _read_on(self) -> bool:
        block = self._inflate.decompress(self._left, max(_BLOCK, len(self._text)))
        self._left = self._inflate.unconsumed_tail
        self._text = self._text[self._at :] + self._utf8.decode(block, final=not block)
        self._at = 0
        return bool(block)


def _streamed(stream: _Stream) -> Iterator[Run]:
    _require(stream.passes("["))
    while not stream.passes("]"):
        stream.passes(",")
        _require(stream.passes("["))
        table = stream.value()
        stream.passes(",")
        columns = stream.value()
        stream.passes(",")
        rows = _rows(stream) if columns is not None else None
        yield table, columns, rows
        for _row in rows or (stream.value(),):  # what nobody took, or the null in its place
            pass
        _require(stream.passes("]"))


def _rows(stream: _Stream) -> Iterator[list[Any]]:
    _require(stream.passes("["))
    while not stream.passes("]"):
        stream.passes(",")
        yield stream.value()


def _require(fits: bool) -> None:
    if not fits:
        raise ValueError("this is no payload")
