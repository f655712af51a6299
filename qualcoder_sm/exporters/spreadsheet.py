"""Excel workbooks: a sheet "About", then a sheet for each table.

Text is always written as text, whatever it begins with; nothing becomes a formula, a
number or a link. A value that does not exist is an empty cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_sm import temporary
from qualcoder_sm.exporters import cells, paper
from qualcoder_sm.exporters.document import Document, Progress, Prose
from qualcoder_sm.exporters.sheet_layout import MARGIN, Layout, layout
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.table import ColumnType, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from qualcoder_sm.exporters.sheet import StreamedSheet, Styles

MAX_ROWS = 1_048_575  # of a sheet, below the head
_MAX_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_ABOUT_WIDTHS = (24, 70)
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class _Part:
    """A table, or the rows of one that fit on a sheet, and the sheet's name."""

    name: str
    table: Table


def write(document: Document, path: Path, progress: Progress) -> None:
    """Write the workbook; quotations become a table, prose stands on the first sheet."""
    # Rows wait in a temporary file until the end: beside the target, where the researcher
    # chose to have them, and not in the system's folder.
    with temporary.folder(path) as folder:
        _write(document, path, folder, progress)


def _write(document: Document, path: Path, folder: Path, progress: Progress) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    from qualcoder_sm.exporters.sheet import Styles

    workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": str(folder)})
    try:
        _fill(workbook, Styles(workbook), document, progress)
        workbook.close()
    except FileCreateError as error:
        raise error.args[0] from error
    finally:
        for sheet in workbook.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()


def _fill(workbook: "Workbook", styles: "Styles", document: Document, progress: Progress) -> None:
    parts = list(_parts(document.tables))
    properties = {"title": cells.one_line(document.title)[:255], "comments": "QualCoder SM"}
    workbook.set_properties(properties)
    _write_about(_new_sheet(workbook, tr("About")), styles, document, parts)
    done, total = 0, sum(len(part.table.rows) for part in parts)
    for part in parts:
        sheet = _new_sheet(workbook, part.name)
        looks = _begin(sheet, styles, part, document)
        rows = cells.whole_rows(part.table)
        while some := list(islice(rows, _BATCH)):
            sheet.add_rows(some, looks)
            done += len(some)
            progress(done, total)
        sheet.end()


def _new_sheet(workbook: "Workbook", name: str) -> "StreamedSheet":
    from qualcoder_sm.exporters.sheet import StreamedSheet

    sheet = workbook.add_worksheet(name, StreamedSheet)
    assert isinstance(sheet, StreamedSheet)
    return sheet


def _begin(
    sheet: "StreamedSheet", styles: "Styles", part: _Part, document: Document
) -> Sequence[str]:
    """Lay the sheet out and write its head; returns the looks of the columns."""
    from qualcoder_sm.exporters.sheet import KEY

    table = part.table
    heads = (*cells.headings(table, document.zone), *cells.guid_heads(table))
    laid = layout(table, heads, document.zone)
    sheet.begin(styles, laid.widths, document.zone)
    sheet.freeze_panes(1, 1 if cells.is_matrix(table) else 0)
    sheet.repeat_rows(0)
    if table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(heads) - 1)
        sheet.repeat_columns("A:A")
        sheet.print_area(0, 0, len(table.rows), max(0, laid.printed - 1))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _set_page(sheet, document, laid)
    sheet.add(heads, "head", least=2)  # below the words there is room for the buttons of the filter
    kinds = [column.type for column in table.columns]
    return [KEY if i in laid.keys else kinds[i] for i in range(len(heads))]


def _parts(tables: tuple[Table, ...]) -> Iterator[_Part]:
    """The sheets in their order: a table that is too long for one goes on on the next."""
    taken = {tr("About").casefold(), "history"}  # Excel keeps "History" for itself
    for table in tables:
        for start in range(0, len(table.rows) or 1, MAX_ROWS):
            name = _unused_name(table, taken)
            taken.add(name.casefold())
            rows = slice(start, start + MAX_ROWS)
            guids = {i: found[rows] for i, found in table.guids.items()}
            yield _Part(name, replace(table, rows=table.rows[rows], guids=guids))


def _unused_name(table: Table, taken: set[str]) -> str:
    key = table.key.replace("_", " ").replace("-", " ")
    wanted = [key[:1].upper() + key[1:], table.title]
    names = [name for name in (_sheet_name(text) for text in wanted) if name]
    names += [_sheet_name(names[0] if names else tr("Table"), f" ({i})") for i in range(2, 1000)]
    return next(name for name in names if name.casefold() not in taken)


def _sheet_name(text: str, ending: str = "") -> str:
    """The text as Excel allows it: 31 UTF-16 units, no []:*?/\\ and no apostrophe at an end."""
    plain = cells.one_line(_NOT_IN_A_NAME.sub(" ", text))
    room = 2 * (_MAX_NAME - len(ending))
    short = plain.encode("utf-16-le")[:room].decode("utf-16-le", "ignore")
    return short.strip(" '") + ending


def _set_page(sheet: "StreamedSheet", document: Document, laid: Layout) -> None:
    sheet.set_paper(paper.usual().excel)
    if laid.landscape:
        sheet.set_landscape()
    if laid.scale is None:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(laid.scale)
    sheet.set_margins(left=MARGIN, right=MARGIN)
    project = document.origin.get("project", document.title)
    safe = cells.one_line(project).replace("&", "&&")[:80]
    sheet.set_footer(f"&L&8{safe}&C&8&A&R&8&P / &N", {"scale_with_doc": False})


def _write_about(
    sheet: "StreamedSheet", styles: "Styles", document: Document, parts: list[_Part]
) -> None:
    sheet.begin(styles, _ABOUT_WIDTHS, document.zone)
    sheet.hide_gridlines(2)
    sheet.add([document.title], "title")
    _add_paragraphs(sheet, [document.subtitle])
    for key, value in document.origin.items():
        sheet.add_rows([(cells.label(key), value)], [ColumnType.TEXT] * 2)
    for section in document.sections:
        if isinstance(section, Prose):
            _add_heading(sheet, section.title)
            _add_paragraphs(sheet, section.paragraphs)
    _add_heading(sheet, tr("Sheets"))
    for part in parts:
        _add_contents(sheet, part)
    _set_page(sheet, document, Layout(_ABOUT_WIDTHS, len(_ABOUT_WIDTHS)))
    sheet.end()


def _add_heading(sheet: "StreamedSheet", title: str) -> None:
    sheet.add([], "heading")
    sheet.add([title], "heading")


def _add_paragraphs(sheet: "StreamedSheet", texts: "tuple[str, ...] | list[str]") -> None:
    for text in filter(None, texts):
        sheet.add(["", text], ColumnType.TEXT)


def _add_contents(sheet: "StreamedSheet", part: _Part) -> None:
    rows = ntr("{n} row", "{n} rows", len(part.table.rows))
    sheet.add([part.name, f"{part.table.title} · {rows}"], ColumnType.TEXT)
    for note in cells.notes(part.table):
        sheet.add(["", note], "label")
