"""Tables of codings, for `code --from`."""

from dataclasses import dataclass
from pathlib import Path

from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.table import RawTable, filled, read_table, required

_REQUIRED = ("source", "start", "end", "code", "coder")
_DIGITS = 18  # no text is longer than these can say, and thousands would be too long to read


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A coding as it stands in a file, its names not looked up yet; `place` is "line 12"."""

    place: str
    source: str
    start: int
    end: int
    code: str
    coder: str
    memo: str = ""


def read_codings(path: Path) -> list[CodingRow]:
    """The rows of a csv or xlsx file with the columns source, start, end, code, coder[, memo].

    Raises UnreadableFile for a missing column and, naming the line, for an empty cell or a
    position that is no whole number. Whether the names and positions exist, the project says.
    """
    table = read_table(path)
    required(table, *_REQUIRED)
    filled(table)
    cells = {header: table.cells(header) for header in (*_REQUIRED, "memo")}
    return [
        CodingRow(
            table.place(row),
            _filled(table, row, "source", cells["source"][row]),
            _position(table, row, "start", cells["start"][row]),
            _position(table, row, "end", cells["end"][row]),
            _filled(table, row, "code", cells["code"][row]),
            _filled(table, row, "coder", cells["coder"][row]),
            cells["memo"][row],
        )
        for row in range(len(table.rows))
    ]


def _filled(table: RawTable, row: int, header: str, text: str) -> str:
    if not text:
        raise table.refused(row, tr("The {column} is missing.", column=header))
    return text


def _position(table: RawTable, row: int, header: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > _DIGITS:
        raise table.refused(
            row, tr("The {column} “{text}” is not a whole number.", column=header, text=text)
        )
    return int(text)
