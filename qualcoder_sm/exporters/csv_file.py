"""CSV: one table, UTF-8 with a byte order mark, commas, CRLF between rows (RFC 4180).

A spreadsheet program takes a cell that begins with = + - @, a tab or a newline for a
formula. Text that begins so, also after white space or apostrophes, gets one more
apostrophe in front; `formulas.recovered` takes it off again, so nothing is lost. Numbers stay as
they are, in full precision, percentages from 0 to 100; a value that does not exist is an
empty field. Heads carry the unit: "Reciprocity (codings)"; times are in UTC. Notes are not in the
file: they would break its columns. The columns of the table are followed by the guids behind their
names, and by two, the same in every row, with the project and the head of its audit trail.
"""

import csv
from itertools import islice
from pathlib import Path

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.document import Document, Progress
from qualcoder_sm.formulas import guarded
from qualcoder_sm.i18n import tr
from qualcoder_sm.table import Cell, Table

_BATCH = 2_000


def write(document: Document, path: Path, progress: Progress) -> None:
    """Write the document's one table; raises WrongUsage when it has none or several."""
    table = _only_table(document)
    total = len(table.rows)
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        origin = _origin(document)
        heads = (*cells.full_headings(table), *cells.guid_heads(table), *origin)
        writer.writerow(map(guarded, heads))
        constant = [guarded(value) for value in origin.values()]
        rows = cells.whole_rows(table)
        for start in range(0, total, _BATCH):
            writer.writerows([*_fields(row), *constant] for row in islice(rows, _BATCH))
            progress(min(start + _BATCH, total), total)


def _origin(document: Document) -> dict[str, str]:
    """What every row repeats of where it came from; empty where that is not known."""
    named = {tr("project"): "project", tr("audit head"): "head"}
    origin = document.origin
    return {name: origin[key] for name, key in named.items() if key in origin}


def _only_table(document: Document) -> Table:
    tables = document.tables
    if len(tables) != 1:
        raise WrongUsage(
            tr(
                "A .csv file holds one table and this export has {n}. Choose one table, or a "
                "name that ends in .xlsx; nothing was written.",
                n=len(tables),
            )
        )
    return tables[0]


def _fields(row: tuple[Cell, ...]) -> list[Cell]:
    return [_field(cell) for cell in row]


def _field(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return guarded(cell)
    return str(cell).upper() if isinstance(cell, bool) else cell
