"""What a redaction needs of the file: the steps, rows and texts that hold a name, and steps emptied."""

import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from sqlalchemy import Connection, Table

from qualcoder_sm.store import schema

Holds = Callable[[str], bool]
"""Whether a text holds what is to be removed."""

# What JSON writes for a line break, a quotation mark or a control character parts words.
_ESCAPED = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def steps_holding(
    connection: Connection, holds: Holds, done: Callable[[int], None]
) -> Iterator[int]:
    """Numbers of the steps whose label, parameters, reason or rows hold it; `done` hears of each."""
    payloads = connection.exec_driver_sql(
        'SELECT seq, label, reason, parameters, "before", "after" FROM change_payloads '
        "WHERE salt IS NOT NULL ORDER BY seq"
    )
    for seq, label, reason, parameters, before, after in payloads:
        done(seq)
        if (
            any(holds(text) for text in (label, reason) if text)
            or _json_holds(parameters, holds, dict.values)
            or any(_json_holds(_unpacked(side), holds, _cells) for side in (before, after))
        ):
            yield seq


def empty(connection: Connection, steps: Sequence[int]) -> None:
    """Take the payloads of steps away, and their salts, for a digest alone could be guessed."""
    nothing = ", ".join(f'"{name}" = NULL' for name in ("salt", *schema.PAYLOAD_FIELDS))
    if steps:
        statement = f"UPDATE change_payloads SET {nothing} WHERE seq = ?"
        connection.exec_driver_sql(statement, [(seq,) for seq in steps])


def texts_holding(connection: Connection, holds: Holds) -> tuple[int, int]:
    """How many texts of sources hold it, and how many kept texts that no source has any longer."""
    used = {row[0] for row in connection.exec_driver_sql("SELECT sha256 FROM sources")}
    texts = connection.exec_driver_sql("SELECT sha256, bytes FROM contents WHERE bytes NOT NULL")
    found = [sha256 in used for sha256, data in texts if holds(data.decode())]
    return sum(found), len(found) - sum(found)


def rows_holding(
    connection: Connection, table: Table, holds: Holds
) -> Iterator[tuple[Mapping[Any, Any], list[str]]]:
    """Rows of a table that hold it, each with the columns that do."""
    for row in connection.execute(table.select()).mappings():
        columns = [name for name, value in row.items() if _is_told(value) and holds(value)]
        if columns:
            yield row, columns


def _json_holds(text: str, holds: Holds, values: Callable[[Any], Iterable[object]]) -> bool:
    """Whether a value in a JSON text holds it. Most texts need not be parsed to say no."""
    return holds(_ESCAPED.sub(" ", text)) and any(
        holds(value) for value in values(json.loads(text)) if _is_told(value)
    )


def _cells(
    runs: Sequence[tuple[str, object, Sequence[Sequence[object]] | None]],
) -> Iterator[object]:
    for _table, _columns, rows in runs:
        for row in rows or ():
            yield from row


def _is_told(value: object) -> TypeGuard[str]:
    """Whether a value is somebody's words: a part of a guid may read like a name."""
    return isinstance(value, str) and not _GUID.fullmatch(value)


def _unpacked(data: bytes) -> str:
    return (data if data.startswith(b"[") else zlib.decompress(data)).decode()
