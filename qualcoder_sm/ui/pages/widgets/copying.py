"""A table on the clipboard: parted by tabs for spreadsheets and notes, as html for Word."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from qualcoder_sm.exporters.cells import clean
from qualcoder_sm.i18n import tr
from qualcoder_sm.table import ColumnType
from qualcoder_sm.ui.table_model import NUMERIC, headed, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcoder_sm.table import Cell, Column, Table

# Excel takes the number itself from x:num, whatever the comma means where it runs, and a text
# that begins with an equals sign as a text.
_OPEN = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
    '<body><table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">'
)
_AS_TEXT = " style=\"mso-number-format:'\\@'\""


def copy(table: Table) -> None:
    """Put a table on the clipboard, with its title, notes and where it comes from in the html."""
    data = QMimeData()
    data.setText(as_text(table))
    data.setHtml(as_html(table))
    QGuiApplication.clipboard().setMimeData(data)


def as_text(table: Table) -> str:
    """A line for each row, tabs between the cells; numbers without commas, texts on one line."""
    lines = [[headed(column) for column in table.columns]]
    lines += [[_plain(*pair) for pair in zip(row, table.columns, strict=True)]
              for row in table.rows]  # fmt: skip
    return "".join("\t".join(line) + "\n" for line in lines)


def as_html(table: Table) -> str:
    """The table as it looks, under its title, and below it the notes and where it comes from."""
    return "".join((_OPEN, *_lines(table), "</table>", *_below(table), "</body></html>"))


def _lines(table: Table) -> Iterator[str]:
    yield f"<caption>{escape(table.title)}</caption><thead><tr>"
    yield from (f"<th{_aligned(column)}>{escape(headed(column))}</th>" for column in table.columns)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        cells = "".join(_cell(*pair) for pair in zip(row, table.columns, strict=True))
        yield f"<tr>{cells}</tr>"
    yield "</tbody>"


def _cell(cell: Cell, column: Column) -> str:
    words = escape(clean(whole(cell, column))).replace("\n", "<br>")
    if column.type in NUMERIC and isinstance(cell, int | float):
        return f'<td{_aligned(column)} x:num="{cell}">{words}</td>'
    return f"<td{_AS_TEXT}>{words}</td>"


def _below(table: Table) -> Iterator[str]:
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)
    origin = "; ".join(f"{key}: {value}" for key, value in table.provenance.items())
    if origin:
        yield f"<p>{escape(tr('From {origin}.', origin=origin))}</p>"


def _aligned(column: Column) -> str:
    return ' align="right"' if column.type in NUMERIC else ' align="left"'


def _plain(cell: Cell, column: Column) -> str:
    """A cell as other programs read it: no commas in numbers, an ASCII minus, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return " ".join(whole(cell, column).split())
    if column.type is ColumnType.NUMBER:
        return f"{cell:.2f}"
    return f"{cell:.1f}" if column.type is ColumnType.PERCENT else str(cell)
