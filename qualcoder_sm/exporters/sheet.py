"""A worksheet whose rows are written whole.

XlsxWriter takes a call for each cell, 7 s for 100,000 rows of 8; written whole they take a
fifth of that. The library keeps the rest: styles, widths, filters, the package. Imported only
inside `spreadsheet.write`, for it needs the library at once.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from xlsxwriter.format import Format  # noqa: TID253  (this module is itself imported late)
from xlsxwriter.utility import xl_col_to_name  # noqa: TID253
from xlsxwriter.workbook import Workbook  # noqa: TID253
from xlsxwriter.worksheet import Worksheet  # noqa: TID253

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.sheet_layout import lines
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.i18n import tr
from qualcoder_sm.table import Cell, ColumnType

MAX_TEXT = 32_767  # UTF-16 units in one cell
_EXACT = 10**15  # Excel keeps 15 digits of a number
_EPOCH = datetime(1899, 12, 30)
_FIRST_DAY = datetime(1900, 3, 1)  # before it Excel counts a day that never was
_SECONDS_A_DAY = 86_400
_FORMULA = ("=", "+", "-", "@")
# Excel reads _x0041_ as "A", so the text "_x0041_" is written with its first _ escaped.
_ESCAPED = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_PLAIN = re.compile("[^&<>_\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]*")
_LINE_HEIGHT, _TALLEST = 15, 409  # points

KEY = "key"
"""The look of guids and digests."""
_TOP: Mapping[str, object] = {"valign": "top"}
_NUMBER: Mapping[str, object] = {"valign": "top", "align": "right", "indent": 1}
_WRAPPED: Mapping[str, object] = {"valign": "top", "text_wrap": True}
_INK, _MUTED, _TINT, _LINE = "#1E2024", "#65686F", "#E4E8F6", "#918E85"
_LOOKS: Mapping[str, Mapping[str, object]] = {
    ColumnType.TEXT: _WRAPPED,
    ColumnType.LONG_TEXT: _WRAPPED,
    ColumnType.COLOR: _WRAPPED,
    ColumnType.INTEGER: {**_NUMBER, "num_format": "#,##0"},
    ColumnType.NUMBER: {**_NUMBER, "num_format": "#,##0.000"},
    ColumnType.PERCENT: {**_NUMBER, "num_format": "0.0"},
    ColumnType.TIME: {**_TOP, "align": "left", "num_format": "yyyy-mm-dd hh:mm:ss"},
    "duration": {**_TOP, "num_format": "[h]:mm:ss"},
    KEY: {**_TOP, "align": "fill"},  # cut off at the edge of its cell
    # Without the prefix, text such as "=1+1" would become a formula when someone edits it.
    "guarded": {**_WRAPPED, "quote_prefix": True},
    "head": {
        **_WRAPPED,
        "bold": True,
        "font_color": _INK,
        "bg_color": _TINT,
        "bottom": 1,
        "bottom_color": _LINE,
    },
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "heading": {"bold": True, "font_size": 12, "font_color": _INK},
    "label": {**_WRAPPED, "font_color": _MUTED},
}
_WRAPPING = {look for look, properties in _LOOKS.items() if "text_wrap" in properties}


_Made = tuple[str, int]  # the XML of a cell, without its place, and how many lines it takes


class Styles:
    """The formats of one workbook, as the numbers that cells refer to them by."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._numbers: dict[str, int] = {}

    def number(self, look: str) -> int:
        """The number of a column type, one of the looks above, or a colour such as #a0b1c2."""
        if look not in self._numbers:
            self._numbers[look] = _index(self._workbook.add_format(self._properties(look)))
        return self._numbers[look]

    def _properties(self, look: str) -> dict[str, object]:
        if not look.startswith("#"):
            return dict(_LOOKS[look])
        return {**_WRAPPED, "bg_color": look, "font_color": cells.ink_on(look)}


def _index(form: Format) -> int:
    return form._get_xf_index()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


class StreamedSheet(Worksheet):
    """Rows go to the sheet's file as they come, from top to bottom."""

    def begin(self, styles: Styles, widths: Sequence[float], zone: Zone) -> None:
        """Make ready for rows of at most so many cells as there are widths."""
        if self.row_data_fh is None:
            raise TypeError("The workbook is not in constant memory mode")
        for i, width in enumerate(widths):
            self.set_column(i, i, width)
        self._file = self.row_data_fh
        self._styles, self._widths, self._zone = styles, widths, zone
        self._openings = [f'<c r="{xl_col_to_name(i)}' for i in range(len(widths))]
        self._used = 0

    def add(self, texts: Sequence[str], look: str, least: int = 1) -> None:
        """Add a row of text in one look, at least so many lines high; empty texts are no cells."""
        style = self._styles.number(look)
        made = [(_text(text, style), self._lines(text, look, i)) for i, text in enumerate(texts)]
        self._put([*made, ("", least)])

    def add_rows(self, rows: Iterable[Sequence[Cell]], looks: Sequence[str]) -> None:
        """Add rows whose cells are written as the types of their columns, or KEY, ask."""
        columns = [self._column(look, i) for i, look in enumerate(looks)]
        for row in rows:
            self._put([made(cell) for made, cell in zip(columns, row, strict=True)])

    def end(self) -> None:
        """Tell the library how far the rows reach."""
        self._check_dimensions(0, 0)
        self._check_dimensions(max(0, self._used - 1), len(self._openings) - 1)

    @property
    def used(self) -> int:
        """How many rows there are."""
        return self._used

    def _column(self, look: str, i: int) -> Callable[[Cell], _Made]:
        """How the cells of a column are made; names stand in many rows, so they are remembered."""

        @lru_cache(maxsize=500, typed=True)
        def made(cell: Cell) -> _Made:
            return self._cell(cell, look), self._lines(cell, look, i)

        return made

    def _put(self, row: Sequence[_Made]) -> None:
        self._used += 1
        number = self._used
        inner = "".join(
            f'{opening}{number}"{cell}'
            for opening, (cell, _) in zip(self._openings, row, strict=False)
            if cell
        )
        most = max((n for _, n in row), default=1)
        tall = f' ht="{min(most * _LINE_HEIGHT, _TALLEST)}"' if most > 1 else ""
        self._file.write(f'<row r="{number}"{tall}>{inner}</row>')

    def _lines(self, cell: Cell, look: str, i: int) -> int:
        return lines(cell, self._widths[i]) if isinstance(cell, str) and look in _WRAPPING else 1

    def _cell(self, cell: Cell, kind: str) -> str:
        if isinstance(cell, str):
            return self._text_cell(cell, kind)
        if cells.is_missing(cell):
            return ""
        if isinstance(cell, bool):
            return f' s="{self._styles.number(kind)}" t="b"><v>{cell:d}</v></c>'
        return self._number_cell(cell or 0, kind)

    def _text_cell(self, text: str, kind: str) -> str:
        if kind == ColumnType.TIME and (at := cells.moment(text, self._zone)) and at >= _FIRST_DAY:
            days = (at - _EPOCH) / timedelta(days=1)
            return _value(days, self._styles.number(kind))
        if kind == ColumnType.COLOR and (color := cells.color_of(text)):
            return _text(text, self._styles.number(color))
        plain = KEY if kind == KEY else ColumnType.TEXT
        return _text(text, self._styles.number("guarded" if text.startswith(_FORMULA) else plain))

    def _number_cell(self, number: float, kind: str) -> str:
        if abs(number) >= _EXACT and isinstance(number, int):
            return _text(str(number), self._styles.number(ColumnType.TEXT))
        if kind == ColumnType.TIME:
            return _value(number / _SECONDS_A_DAY, self._styles.number("duration"))
        return _value(number, self._styles.number(kind))


def _value(number: float, style: int) -> str:
    return f' s="{style}"><v>{number!r}</v></c>'


def _text(text: str, style: int) -> str:
    if not text:
        return ""
    if len(text) > MAX_TEXT // 2:
        text = _cut(cells.clean(text))
    if not _PLAIN.fullmatch(text):
        text = _escaped(text)
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _escaped(text: str) -> str:
    text = _ESCAPED.sub("_x005F_", cells.clean(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str) -> str:
    """The text if it fits into a cell, or its beginning with a sentence that says so."""
    if _units(text) <= MAX_TEXT:
        return text
    note = tr(" … [Cut here: a cell of a workbook holds {n} characters.]", n=f"{MAX_TEXT:,}")
    kept = text.encode("utf-16-le", "replace")[: 2 * (MAX_TEXT - _units(note))]
    return kept.decode("utf-16-le", "ignore") + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
