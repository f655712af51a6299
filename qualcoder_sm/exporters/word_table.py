"""Tables of a Word document as a journal prints them.

A numbered caption above, notes below, the head repeated on every page, no row across two pages,
no word or number broken, codes below their theme.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.printed import Line, Printed, counted, legible, printed
from qualcoder_sm.exporters.word_columns import INDENT, Columns
from qualcoder_sm.exporters.word_look import TABLE_STYLE
from qualcoder_sm.exporters.word_records import record
from qualcoder_sm.exporters.word_text import caption, notes_below, paragraph, run
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.table import ColumnType, Table

_LETTER = 85  # twentieths of a point: a usual one
_ON_ONE_PAGE, _WITH_NOTES = 12, 3  # rows that stay together; that stay with the notes
_TALL = 45  # lines; only a row that has more may go on on the next page


class WordTable:
    """A table laid out for its pages."""

    def __init__(self, table: Table, zone: Zone, *, empty_rows: bool) -> None:
        self._rows = len(table.rows)
        self._table = legible(table if empty_rows else counted(table))
        self._printed = printed(self._table, zone)
        self._columns = Columns(self._printed)
        self.landscape = self._columns.landscape and not self._columns.too_many

    def pieces(self, number: int, *, headed: bool) -> Iterator[tuple[str, int]]:
        """Pieces of XML, and how many rows each tells: heading, captions and table, notes."""
        if headed:
            yield paragraph(self._table.title, "Heading 1"), 0
        notes = cells.notes(self._table)
        if not self._table.rows:
            notes = (tr("There are no rows."), *notes)
        if self._columns.too_many:
            yield self._caption(number), 0
            yield from ((record(self._printed, line, "Record"), 0) for line in self._printed.lines)
        else:
            yield from ((block, 0) for block in self._blocks(number, noted=bool(notes)))
        yield notes_below(notes), self._rows

    def _blocks(self, number: int, *, noted: bool) -> Iterator[str]:
        blocks = self._columns.blocks()
        for i, block in enumerate(blocks):
            last = noted and i == len(blocks) - 1
            grid = _grid(self._printed.columns(block), self._columns.lengths(block), noted=last)
            yield self._caption(number, continued=i > 0) + grid

    def _caption(self, number: int, *, continued: bool = False) -> str:
        title = self._table.title
        told = tr("{title} (continued)", title=title) if continued else title
        return caption(tr("Table"), number, told, again=continued)


def _grid(table: Printed, lengths: Sequence[int], *, noted: bool) -> str:
    columns = "".join(f'<w:gridCol w:w="{length}"/>' for length in lengths)
    kept = _kept(len(table.lines), noted=noted)
    rows = "".join(_row(line, table, lengths, keep=i in kept) for i, line in enumerate(table.lines))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>'
        f'<w:tblW w:w="{sum(lengths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{_heads(table, lengths)}{rows}</w:tbl>"
    )


def _kept(n: int, *, noted: bool) -> range:
    """The rows that stay on the page of what follows them: the last ones, or those of a few."""
    return range(0 if n <= _ON_ONE_PAGE else n - _WITH_NOTES, n if noted else n - 1)


def _heads(table: Printed, lengths: Sequence[int]) -> str:
    """The head, and above it the themes of columns that stand for codes."""
    above, names = zip(*(head.rpartition(PATH_SEPARATOR)[::2] for head in table.heads), strict=True)
    styles = ["Table head number" if numeric else "Table head" for numeric in table.numeric]
    row = "".join(
        _cell(paragraph(name, style), length)
        for name, style, length in zip(names, styles, lengths, strict=True)
    )
    return (_spanning(above, lengths) if any(above) else "") + _head_row(row)


def _spanning(above: Sequence[str], lengths: Sequence[int]) -> str:
    row, at = "", 0
    for theme, columns in groupby(above):
        n = len(list(columns))
        row += _cell(paragraph(theme, "Table spanner"), sum(lengths[at : at + n]), span=n)
        at += n
    return _head_row(row)


def _row(line: Line, table: Printed, lengths: Sequence[int], *, keep: bool) -> str:
    if len(line.texts) < len(table.heads):
        theme = paragraph(line.texts[0], "Table theme", indent=line.depth * INDENT)
        return _body_row(_cell(theme, sum(lengths), span=len(lengths)))
    row = "".join(
        _data_cell(table, i, text, lengths[i], keep=keep, indent=0 if i else line.depth * INDENT)
        for i, text in enumerate(line.texts)
    )
    tall = any(_lines(text, at) > _TALL for text, at in zip(line.texts, lengths, strict=True))
    return f"<w:tr>{row}</w:tr>" if tall else _body_row(row)


def _lines(text: str, length: int) -> int:
    return len(text) * _LETTER // length + text.count("\n")


def _data_cell(table: Printed, i: int, text: str, length: int, *, keep: bool, indent: int) -> str:
    style = "Table number" if table.numeric[i] else "Table text"
    if table.kinds[i] is ColumnType.COLOR and (color := cells.color_of(text)):
        return _color_cell(text, color, length)
    if i not in table.paths or PATH_SEPARATOR not in text:
        return _cell(paragraph(text, style, keep=keep, indent=indent), length)
    theme, _, name = text.rpartition(PATH_SEPARATOR)
    above = paragraph(theme, "Table above")
    return _cell(above + paragraph(name, style, keep=keep), length)


def _color_cell(text: str, color: str, length: int) -> str:
    ink = f'<w:color w:val="{cells.ink_on(color)[1:]}"/>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{color[1:]}"/>'
    return _cell(paragraph("", "Table text", lead=run(text, ink)), length, shade=shade)


def _cell(inner: str, length: int, *, span: int = 1, shade: str = "") -> str:
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    width = f'<w:tcW w:w="{length}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}{over}{shade}</w:tcPr>{inner}</w:tc>"


def _body_row(cells_: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells_}</w:tr>"


def _head_row(cells_: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells_}</w:tr>"
