"""Tables in a terminal: plain characters, no wider than there is room, numbers whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rich.cells import cell_len

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.measure import Need, shared
from qualcoder_sm.exporters.printed import Line, Printed, printed
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.table import ColumnType, Table

_GAP, _INDENT = "  ", "  "
_NAME, _FIRST, _SENTENCE, _WORD = 12, 20, 20, 24
"""Characters that a column needs to be read: one of names, the first one where there are several
blocks, one of sentences; and the longest word that is kept whole."""


def wide(found: Table, zone: Zone) -> Iterator[str]:
    """A line for each row, as long as it takes."""
    table = printed(found, zone, grouped=False)
    rows = [tuple(" ".join(text.split()) for text in line.texts) for line in table.lines]
    widths = [max(map(cell_len, column)) for column in zip(table.heads, *rows, strict=True)]
    for row in (table.heads, *rows):
        yield _joined(row, widths, table.numeric)


def fitted(found: Table, zone: Zone, room: int) -> Iterator[str]:
    """The table where there is room for so many characters in a line.

    Where it is wider, names stand below their themes and words are wrapped. Where that is not
    enough, a table of numbers is printed some columns at a time, the first with each; of a table
    of words each row becomes a paragraph.
    """
    every = list(range(len(found.columns)))
    table = printed(found, zone, grouped=False)
    grid = _Grid.of(table)
    if sum(grid.wish) + _gaps(every) > room:
        table = _with_short_names(printed(found, zone))
        grid = _Grid.of(table)
    if grid.fits(every, room):
        yield from _aligned(table, grid, every, room)
    elif table.numeric.count(False) <= 2:  # names, and remarks
        for i, block in enumerate(grid.blocks(room)):
            yield from [""] * (i > 0)
            yield from _aligned(table, grid, block, room)
    else:
        for line in table.lines:
            yield from _paragraph(table, line, room)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The widths of columns: `least` can be read, with `wish` nothing is wrapped.

    `numbers` never give way; `names` are wrapped later than the heads of numbers.
    """

    numbers: list[int]
    least: list[int]
    names: list[int]
    wish: list[int]

    @classmethod
    def of(cls, table: Printed) -> "_Grid":
        needs = [_need(table, i) for i in range(len(table.heads))]
        least, wish = [need.least for need in needs], [need.wish for need in needs]
        widths = list(zip(least, wish, table.numeric, strict=True))
        numbers = [fewest if right else 0 for fewest, _, right in widths]
        names = [fewest if right else most for fewest, most, right in widths]
        return cls(numbers, least, names, wish)

    def fits(self, columns: Sequence[int], room: int) -> bool:
        """Whether the columns can stand beside each other."""
        return sum(self.least[i] for i in columns) + _gaps(columns) <= room

    def blocks(self, room: int) -> list[list[int]]:
        """The columns that stand beside each other, always with the first."""
        blocks = [[0]]
        more = max(0, min(_FIRST, self.wish[0]) - self.least[0])
        for i in range(1, len(self.least)):
            if len(blocks[-1]) > 1 and not self.fits([*blocks[-1], i], room - more):
                blocks.append([0])
            blocks[-1].append(i)
        return blocks

    def widths(self, columns: Sequence[int], room: int) -> list[int]:
        """The room shared out among these columns."""
        every = (self.numbers, self.least, self.names, self.wish)
        stages = ([stage[i] for i in columns] for stage in every)
        return [max(1, width) for width in shared(room - _gaps(columns), *stages)]


def _need(table: Printed, i: int) -> Need:
    lines = [line for line in table.lines if len(line.texts) == len(table.heads)]
    texts = [_INDENT * line.depth * (i == 0) + line.texts[i] for line in lines]
    widest = max((cell_len(line) for text in texts for line in text.split("\n")), default=0)
    whole = widest if table.numeric[i] else max(_word(texts), min(widest, _some(table.kinds[i])))
    head = table.heads[i]
    return Need(max(whole, _word([head])), max(widest, cell_len(head)))


def _some(kind: ColumnType) -> int:
    return _SENTENCE if kind is ColumnType.LONG_TEXT else _NAME


def _word(texts: Sequence[str]) -> int:
    """The width of the longest word, with the indent before it."""
    words = {word for text in texts for word in text.split()}
    indent = max((len(text) - len(text.lstrip(" ")) for text in texts), default=0)
    return min(_WORD, indent + max(map(cell_len, words), default=0))


def _gaps(columns: Sequence[int]) -> int:
    return len(_GAP) * (len(columns) - 1)


def _aligned(table: Printed, grid: _Grid, columns: list[int], room: int) -> Iterator[str]:
    widths = grid.widths(columns, room)
    some = table.columns(columns)
    if any(some.heads):
        yield from _row(some.heads, widths, some.numeric)
    for line in some.lines:
        if len(line.texts) < len(some.heads):
            yield from _indented(line.texts[0], line.depth, room)
        else:
            yield from _row(line.texts, widths, some.numeric, line.depth)


def _row(
    texts: Sequence[str], widths: Sequence[int], right: Sequence[bool], depth: int = 0
) -> Iterator[str]:
    first = list(_indented(texts[0], depth, widths[0])) if texts else []
    others = [wrapped(text, width) for text, width in zip(texts[1:], widths[1:], strict=True)]
    for line in zip_longest(first, *others, fillvalue=""):
        yield _joined(line, widths, right)


def _joined(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        " " * (width - cell_len(text)) + text
        if to_the_right
        else text + " " * (width - cell_len(text))
        for text, width, to_the_right in zip(texts, widths, right, strict=True)
    )
    return _GAP.join(padded).rstrip()


def _paragraph(table: Printed, line: Line, room: int) -> Iterator[str]:
    """A row as its name, its short cells one after the other, and each long text by itself."""
    yield from _indented(table.name(line), line.depth, room)
    told = [
        (f"{head}: {text}", kind)
        for head, text, kind in zip(table.heads[1:], line.texts[1:], table.kinds[1:], strict=False)
        if text not in {"", cells.MISSING}
    ]
    facts = " · ".join(text for text, kind in told if kind is not ColumnType.LONG_TEXT)
    texts = [text for text, kind in told if kind is ColumnType.LONG_TEXT]
    for text in filter(None, (facts, *texts)):
        yield from _indented(text, line.depth + 1, room)


def _indented(text: str, depth: int, room: int) -> Iterator[str]:
    indent = _INDENT * depth
    return (indent + part for part in wrapped(text, max(1, room - len(indent))))


def wrapped(text: str, room: int) -> list[str]:
    """The lines of a text, broken between words; a longer word is broken where the room ends."""
    if cell_len(text) <= room and "\n" not in text:
        return [text]
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, room)]


def _broken(text: str, room: int) -> Iterator[str]:
    indent = text[: len(text) - len(text.lstrip(" "))]
    line = ""
    pieces = (piece for word in text.split() for piece in _pieces(word, room - len(indent)))
    for piece in pieces:
        if line and cell_len(f"{indent}{line} {piece}") > room:
            yield indent + line
            line = ""
        line = f"{line} {piece}" if line else piece
    yield indent + line


def _pieces(word: str, room: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and cell_len(piece + letter) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _with_short_names(table: Printed) -> Printed:
    """The table with the last name of each path alone, where it stands for one path."""
    short = {i: _short({line.texts[i] for line in table.lines if i < len(line.texts)})
             for i in table.paths}  # fmt: skip
    heads = _short(set(table.heads))
    lines = (
        replace(line, texts=tuple(short.get(i, {}).get(text, text)
                                  for i, text in enumerate(line.texts)))
        for line in table.lines
    )  # fmt: skip
    return replace(
        table, heads=tuple(heads.get(head, head) for head in table.heads), lines=tuple(lines)
    )


def _short(paths: Iterable[str]) -> dict[str, str]:
    names = {path: path.rpartition(PATH_SEPARATOR)[2] for path in paths}
    return names if len(set(names.values())) == len(names) else {}
