"""Where a table stands on a worksheet: widths of columns, the paper, and how many lines texts take.

What is printed has 8 points or more: a table that would be smaller on one page runs over several,
with its names repeated on each. Lengths are in pixels, of which Excel's column widths are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from qualcoder_sm.exporters import cells, measure, paper
from qualcoder_sm.exporters.measure import Need
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.table import Cell, ColumnType, Table

MARGIN = 0.4
"""Of a page at left and right, in inches."""
_PER_TWIP = 96 / 1_440
_SIZE = 11 * 96 / 72  # of the letters
_DIGIT, _PADDING, _AIR = 7, 5, 5
_SMALLEST = 8 / 11
_BESIDE_NUMBERS, _DECIMALS = 10, 14  # their indent; more than other places print
_KEY = 80  # a column of guids or digests: its beginning is enough to tell two apart
_NAMES, _WIDE_NAMES = 170, 290  # of a column of names at least, if they need it, and at most
_WORDS, _WIDE_WORDS = 160, 425  # of a column of sentences
_SAMPLE = 2_000
_SPACE, _CAPITAL = 260, 640  # thousandths of the letters' size
_OVERRATED = 1.06  # whole lines are a little shorter than the sum of what is said of their letters


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table stands on its sheet and on paper.

    `widths` are in Excel's unit, the width of a digit. `printed` columns from the left are
    printed; to the right of them, and at the places `keys`, stand guids and digests. `scale` is
    in percent; None fits the columns to one page.
    """

    widths: tuple[float, ...]
    printed: int
    landscape: bool = False
    scale: int | None = None
    keys: frozenset[int] = frozenset()


def layout(table: Table, heads: Sequence[str], zone: Zone) -> Layout:
    """The layout of a table; heads beyond those of its columns are of guids."""
    keys = cells.guids(table) | cells.digests(table) | set(range(len(table.columns), len(heads)))
    needs = [
        Need(_KEY, _KEY) if i in keys else _need(table, i, head, zone)
        for i, head in enumerate(heads)
    ]
    printed = len(heads)
    while printed and printed - 1 in keys:
        printed -= 1
    least, wish = [need.least for need in needs], [need.wish for need in needs]
    upright, on_its_side = _room(paper.usual().short), _room(paper.usual().long)
    widest = int(on_its_side / _SMALLEST)
    if sum(wish[:printed]) <= upright:
        return Layout(_widths(wish), printed, keys=keys)
    fitting = _fitting(widest, least[:printed], wish[:printed])
    one_page = sum(fitting) <= widest
    scale = None if one_page else ceil(100 * _SMALLEST)
    return Layout(_widths([*fitting, *wish[printed:]]), printed, True, scale, keys)


def _fitting(page: int, least: list[int], wish: list[int]) -> list[int]:
    """The widths at which the columns take as few pages as they can, the first one on each."""
    fewest = _pages(page, least)
    for room in range(fewest * page, sum(least), -page // 20):
        widths = measure.shared(room, least, wish)
        if _pages(page, widths) == fewest:
            return widths
    return least


def _pages(page: int, widths: list[int]) -> int:
    pages, used = 1, 0
    for i, width in enumerate(widths):
        if i > 1 and used + width > page:
            pages, used = pages + 1, widths[0]
        used += width
    return pages


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, wrapped between words."""
    room = width * _DIGIT * _OVERRATED * 1_000 / _SIZE
    if len(text) * _CAPITAL <= room and text.isascii() and text.isprintable():
        return 1
    return sum(_wrapped(line, int(room)) for line in cells.clean(text).split("\n"))


_word = lru_cache(maxsize=20_000)(measure.width)  # words are said again and again


def _wrapped(line: str, room: int) -> int:
    n, used = 0, room
    for word in line.split(" "):
        length = _word(word)
        used += _SPACE + length
        if used > room:
            broken, used = divmod(length, room)
            n += 1 + broken
    return n


def _room(side: int) -> float:
    """Of a page; LibreOffice draws columns up to a seventh wider than Excel."""
    return (side * _PER_TWIP - 2 * MARGIN * 96) * 6 / 7


def _widths(pixels: Sequence[int]) -> tuple[float, ...]:
    return tuple(round((length - _PADDING) / _DIGIT, 2) for length in pixels)


def _need(table: Table, i: int, head: str, zone: Zone) -> Need:
    """Numbers and times whole, no word of a name broken, room for sentences, heads in two lines."""
    column = table.columns[i]
    values = _sample([row[i] for row in table.rows], numeric=column.type in cells.NUMERIC)
    needed = measure.need("", map(cells.reader(column, values, zone), values))
    least, wish = _pixels(needed.least), _pixels(needed.wish)
    if column.type is ColumnType.LONG_TEXT:
        least, wish = min(wish, _WORDS), min(wish, _WIDE_WORDS)
    elif column.type in {ColumnType.TEXT, ColumnType.COLOR}:
        least, wish = min(least, _NAMES), min(wish, _WIDE_NAMES)
    else:
        least = wish = wish + _BESIDE_NUMBERS + _DECIMALS * (column.type is ColumnType.NUMBER)
    named = measure.need(head, ())
    return Need(
        max(least, _pixels(named.least)), max(wish, _pixels(max(named.least, named.wish // 2)))
    )


def _pixels(width: int) -> int:
    return ceil(width * _SIZE / 1_000) + _PADDING + _AIR


def _sample(values: Sequence[Cell], *, numeric: bool) -> Sequence[Cell]:
    """Enough values to know how wide all of them are: of numbers the smallest and the largest."""
    some = values[:: max(1, len(values) // _SAMPLE)]
    found = (v for v in values if numeric and isinstance(v, int | float))
    numbers = [number for number in found if not cells.is_missing(number)]
    return [*some, min(numbers), max(numbers)] if numbers else some
