"""Tables: csv files in any delimiter and encoding, and the first sheet of a workbook."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcoder_sm.errors import UnknownFormat, UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.extract import extract_one
from qualcoder_sm.importers.safety import empty_file, read_bytes
from qualcoder_sm.importers.text import decode

CSV_ENDINGS = (".csv", ".tsv")
ENDINGS = (*CSV_ENDINGS, ".xlsx", ".xlsm")

Row = tuple[str, ...]

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_SHOWN_VALUES = 3


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as read: every row as long as `headers`, empty rows left out.

    `lines` tells where each row begins: a line of the csv file, a row of the sheet.
    `encoding` and `delimiter` are empty for a workbook, of which `rounded` counts the
    numbers that have lost their last digits.
    """

    file: str
    headers: Row
    rows: Sequence[Row]
    lines: Sequence[int]
    encoding: str = ""
    delimiter: str = ""
    rounded: int = 0

    def place(self, index: int) -> str:
        """Where a row stands, for the researcher: "line 64" or "row 64"."""
        return place(self.lines[index], in_sheet=not self.delimiter)

    def refused(self, index: int, why: str) -> UnreadableFile:
        """The refusal of the file for what stands in one row; `why` is a sentence."""
        fields = {"n": self.lines[index], "file": self.file, "why": why}
        if self.delimiter:
            return UnreadableFile(tr("Line {n} of {file}: {why} Nothing was imported.", **fields))
        return UnreadableFile(tr("Row {n} of {file}: {why} Nothing was imported.", **fields))

    def cells(self, header: str) -> Sequence[str]:
        """The trimmed cells under this header; all empty where no column bears it."""
        column = self.column(header)
        if column is None:
            return [""] * len(self.rows)
        return [row[column].strip() for row in self.rows]

    def column(self, header: str) -> int | None:
        """The column with this header, in any case; None where there is none.

        Raises UnreadableFile where there are two, for no one could say which is meant.
        """
        wanted = header.strip().casefold()
        found = [at for at, name in enumerate(self.headers) if name.casefold() == wanted]
        if len(found) > 1:
            raise UnreadableFile(
                tr(
                    "{file} has {n} columns named {header}. Nothing was imported.",
                    file=self.file,
                    n=len(found),
                    header=header,
                )
            )
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What a window shows before a table is imported: `first` has a value or two per column."""

    headers: Row
    first: tuple[Row, ...]
    rows: int
    encoding: str
    delimiter: str


def required(table: RawTable, *headers: str) -> None:
    """Refuse a table without one of these columns."""
    for header in headers:
        if table.column(header) is None:
            raise UnreadableFile(
                tr(
                    "{file} has no column {header}. Its columns are: {headers}. "
                    "Nothing was imported.",
                    file=table.file,
                    header=header,
                    headers=", ".join(table.headers),
                )
            )


def filled(table: RawTable) -> None:
    """Refuse a table that is nothing but headers."""
    if not table.rows:
        raise UnreadableFile(
            tr("{file} has headers and no row below them. Nothing was imported.", file=table.file)
        )


def place(line: int, *, in_sheet: bool) -> str:
    """ "line 64", or "row 64" of a sheet."""
    return tr("row {n}", n=line) if in_sheet else tr("line {n}", n=line)


def preview(path: Path) -> TablePreview:
    """Headers, the first values of each column, the number of rows, encoding, delimiter."""
    return preview_of(read_table(path))


def preview_of(table: RawTable) -> TablePreview:
    """The same of a table that is read already."""
    columns = range(len(table.headers))
    first = tuple(tuple(_first_values(table, column)) for column in columns)
    return TablePreview(table.headers, first, len(table.rows), table.encoding, table.delimiter)


def _first_values(table: RawTable, column: int) -> Iterator[str]:
    values = (row[column] for row in table.rows if row[column].strip())
    for _, value in zip(range(_SHOWN_VALUES), values, strict=False):
        yield value


def read_table(path: Path) -> RawTable:
    """The whole table. Raises UnknownFormat for another ending, UnreadableFile for bad contents."""
    ending = path.suffix.lower()
    if ending in CSV_ENDINGS:
        return _csv(path.name, read_bytes(path))
    if ending in ENDINGS:
        extract = extract_one(path, "xlsx")
        return sheet(path.name, extract.rows, extract.rounded)
    raise UnknownFormat(
        tr("{file} is not a table. Tables end in .csv, .tsv or .xlsx.", file=path.name)
    )


def sheet(file: str, rows: Sequence[Row], rounded: int = 0) -> RawTable:
    """The table in the rows of a sheet; the first row with something in it holds the headers."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    if not filled:
        raise empty_file(file)
    headers = tuple(map(str.strip, filled[0][1]))
    return RawTable(
        file,
        headers,
        [row for _, row in filled[1:]],
        [number for number, _ in filled[1:]],
        rounded=rounded,
    )


def _csv(file: str, data: bytes) -> RawTable:
    text, encoding = decode(data, file)
    text, delimiter, skipped = _delimited(text)
    rows = _csv_rows(file, text, delimiter, skipped)
    headers = tuple(map(str.strip, next(rows)[1]))
    lines: list[int] = []
    kept: list[Row] = []
    for line, row in rows:
        if len(row) != len(headers):
            raise _ragged(file, line, len(row), len(headers))
        lines.append(line)
        kept.append(row)
    return RawTable(file, headers, kept, lines, encoding, delimiter)


def _csv_rows(file: str, text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, Row]]:
    """Each row that has something in it, with the line on which it begins."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(row) and not all(map(str.isspace, row)):
                yield line + skipped, tuple(row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            tr(
                "A quotation mark in the row that begins on line {line} of {file} is never closed, "
                "or stands in the middle of a cell. Nothing was imported.",
                line=line + skipped,
                file=file,
            )
        ) from error


def _ragged(file: str, line: int, found: int, expected: int) -> UnreadableFile:
    return UnreadableFile(
        tr(
            "Line {line} of {file} has {found} columns; {expected} were expected. "
            "Nothing was imported.",
            line=line,
            file=file,
            found=found,
            expected=expected,
        )
    )


def _delimited(text: str) -> tuple[str, str, int]:
    """The text without a "sep=;" line, its delimiter, and the number of lines taken away."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        return rest, first.strip()[-1], 1
    if first.lower() == "sep=\t":
        return rest, "\t", 1
    sample = text if len(text) <= _SAMPLE else text[:_SAMPLE].rpartition("\n")[0]
    return text, max(_DELIMITERS, key=lambda delimiter: _consistency(sample, delimiter)), 0


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of rows as wide as the header under this delimiter, then that width."""
    widths = Counter[int]()
    header = 0
    for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
        header = header or len(row)
        widths[len(row)] += bool(row)
    if header < 2:
        return 0.0, header
    return widths[header] / widths.total(), header
