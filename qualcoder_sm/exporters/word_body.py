"""The body of a Word document, as strings of XML.

Strings parsed at one go: adding paragraph after paragraph to the tree takes a hundred times
as long, and cell after cell longer still.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.document import (
    Document,
    Prose,
    Quotation,
    QuotationSection,
    Section,
)
from qualcoder_sm.exporters.word_look import DEEPEST_HEADING, TABLE_STYLE, style_id, text_width
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.table import Cell, ColumnType, Table

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
# Letters that run to the left, and what stands between them.
_RTL_RUN = re.compile(rf"([{_RIGHT_TO_LEFT}]+(?:[\W\d_]*[{_RIGHT_TO_LEFT}]+)*)")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_WIDEST = 45
_SHORT = 12
_PORTRAIT_CHARACTERS = 105  # of a row, in the size of tables
_LANDSCAPE_CHARACTERS = 160


def front(document: Document) -> str:
    """The title, and where the document comes from."""
    lines = [paragraph(document.title, "Title")]
    if document.subtitle:
        lines.append(paragraph(document.subtitle, "Subtitle"))
    lines += [
        paragraph(f"{cells.label(key)}: {value}", "Provenance")
        for key, value in document.origin.items()
    ]
    return "".join(lines)


def is_landscape(section: Section) -> bool:
    """Whether the section is a table too wide for an upright page."""
    return isinstance(section, Table) and sum(_widths(section)) > _PORTRAIT_CHARACTERS


def chunks(section: Section) -> Iterator[tuple[str, int]]:
    """The section's blocks, a piece of XML at a time, and how many rows each holds."""
    yield paragraph(section.title, "Heading 1"), 0
    if isinstance(section, Prose):
        yield "".join(paragraph(text, "Normal") for text in section.paragraphs), 0
    elif isinstance(section, QuotationSection):
        yield from _quotations(section)
    else:
        yield from _table(section)


def paragraph(text: str, style: str) -> str:
    """A paragraph; newlines become line breaks, and text that runs to the left is told to."""
    text = cells.clean(text)
    right_to_left = _RTL_RUN.search(text) is not None
    bidi = "<w:bidi/>" if right_to_left and _begins_right_to_left(text) else ""
    runs = _runs(text) if right_to_left else _run(text, "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{bidi}</w:pPr>{runs}</w:p>'


def _begins_right_to_left(text: str) -> bool:
    letter = _FIRST_LETTER.search(text)
    return letter is not None and _RTL_RUN.match(letter.group()) is not None


def _runs(text: str) -> str:
    """Splitting by a group: the pieces at odd places are those that matched."""
    pieces = enumerate(_RTL_RUN.split(text))
    return "".join(_run(piece, "<w:rtl/>" if i % 2 else "") for i, piece in pieces if piece)


def _run(text: str, properties: str) -> str:
    open_, close = '<w:t xml:space="preserve">', "</w:t>"
    inner = escape(text)
    inner = inner.replace("\n", f"{close}<w:br/>{open_}").replace("\t", f"{close}<w:tab/>{open_}")
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{open_}{inner}{close}</w:r>"


def _quotations(section: QuotationSection) -> Iterator[tuple[str, int]]:
    yield "".join(paragraph(note, "Table note") for note in section.table.notes), 0
    quotations = section.quotations
    counts = Counter(quotation.code for quotation in quotations)
    if not counts:
        yield paragraph(tr("There are no quotations."), "Normal"), 0
    before: tuple[str, ...] = ()
    for quotation in quotations:
        heads = ""
        if quotation.path != before:
            heads = _code_headings(before, quotation.path)
            heads += _about_code(quotation.code, counts, section.definitions)
            before = quotation.path
        yield heads + _quotation(quotation), 1


def _code_headings(before: tuple[str, ...], path: tuple[str, ...]) -> str:
    """Headings of the names on the path that the last quotation did not stand under."""
    shared = 0
    while path[: shared + 1] == before[: shared + 1] and shared < len(path) - 1:
        shared += 1
    return "".join(
        paragraph(name, f"Heading {min(level + 2, DEEPEST_HEADING)}")
        for level, name in enumerate(path)
        if level >= shared
    )


def _about_code(code: str, counts: Mapping[str, int], definitions: Mapping[str, str]) -> str:
    count = ntr("{n} quotation", "{n} quotations", counts[code])
    definition = definitions.get(code, "")
    return paragraph(" · ".join(filter(None, (definition, count))), "Definition")


def _quotation(quotation: Quotation) -> str:
    lines = [paragraph(quotation.text, "Quote"), paragraph(quotation.reference, "Quote source")]
    if quotation.memo:
        lines.append(paragraph(tr("Memo: {memo}", memo=quotation.memo), "Quote memo"))
    return "".join(lines)


def _table(table: Table) -> Iterator[tuple[str, int]]:
    landscape = is_landscape(table)
    blocks = list(_blocks(table))
    for block in blocks:
        yield _grid(block, text_width(landscape=landscape)) + paragraph("", "Table note"), 0
    notes = cells.notes(table) if table.rows else (tr("There are no rows."), *table.notes)
    yield "".join(paragraph(note, "Table note") for note in notes), len(table.rows)


def _blocks(table: Table) -> Iterator[Table]:
    """A matrix too wide for the page in blocks of columns, each with the names at its left."""
    if not cells.is_matrix(table):
        yield table
        return
    widths = _widths(table)
    first, used = 1, widths[0]
    for i in range(1, len(widths)):
        if used + widths[i] > _LANDSCAPE_CHARACTERS and i > first:
            yield _columns(table, first, i)
            first, used = i, widths[0]
        used += widths[i]
    yield _columns(table, first, len(widths))


def _columns(table: Table, first: int, last: int) -> Table:
    return replace(
        table,
        columns=table.columns[:1] + table.columns[first:last],
        rows=tuple(row[:1] + row[first:last] for row in table.rows),
    )


def _widths(table: Table) -> tuple[int, ...]:
    return cells.widths(table, _WIDEST)


def _shares(wanted: tuple[int, ...], width: int) -> list[int]:
    """The page's width shared out: first what a short column needs whole, the rest by wishes."""
    if max(wanted, default=0) <= _SHORT:
        return [width * wish // sum(wanted) for wish in wanted]
    needed = [min(wish, _SHORT) for wish in wanted]
    per_character = min(width / sum(needed), width / _LANDSCAPE_CHARACTERS * 1.2)
    left = width - per_character * sum(needed)
    more = sum(wanted) - sum(needed)
    return [
        int(per_character * need + left * (wish - need) / more)
        for wish, need in zip(wanted, needed, strict=True)
    ]


def _grid(table: Table, width: int) -> str:
    lengths = _shares(_widths(table), width)
    columns = "".join(f'<w:gridCol w:w="{length}"/>' for length in lengths)
    head = "".join(
        _table_cell(paragraph(name, "Table head"), length)
        for name, length in zip(cells.headings(table), lengths, strict=True)
    )
    kinds = [column.type for column in table.columns]
    rows = "".join(_row(row, kinds, lengths) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{sum(lengths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _row(row: tuple[Cell, ...], kinds: list[ColumnType], lengths: list[int]) -> str:
    return "<w:tr>" + "".join(map(_data_cell, row, kinds, lengths)) + "</w:tr>"


def _data_cell(cell: Cell, kind: ColumnType, length: int) -> str:
    text = cells.shown(cell, kind)
    color = cells.color_of(cell) if kind is ColumnType.COLOR else None
    if color:
        return _color_cell(text, color, length)
    style = "Table number" if kind in cells.NUMERIC else "Table text"
    return _table_cell(paragraph(text, style), length)


def _color_cell(text: str, color: str, length: int) -> str:
    ink = f'<w:color w:val="{cells.ink_on(color)[1:]}"/>'
    inner = f'<w:p><w:pPr><w:pStyle w:val="Tabletext"/></w:pPr>{_run(text, ink)}</w:p>'
    return _table_cell(inner, length, f'<w:shd w:val="clear" w:color="auto" w:fill="{color[1:]}"/>')


def _table_cell(inner: str, length: int, shade: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{length}" w:type="dxa"/>{shade}</w:tcPr>{inner}</w:tc>'
