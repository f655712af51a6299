"""How wide the columns of a Word table are, and which of them stand together on a page.

Lengths are in twentieths of a point, with the margins of the cells.
"""

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.measure import WIDER, Need, need, shared
from qualcoder_sm.exporters.printed import Printed
from qualcoder_sm.exporters.word_look import CELL_MARGIN, TABLE_SIZE, text_width
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.table import ColumnType

INDENT = 200
"""Of a name below its theme."""
_NAMES, _WORDS, _READABLE = 8_000, 14_000, 40_000
"""Of a column of names and of one of sentences, in thousandths of the letters' size."""


class Columns:
    """The columns of a table, on upright pages or, where it is too wide for them, on their side.

    `too_many`: the words of a table that is no matrix would stand in too narrow columns even so.
    """

    def __init__(self, printed: Printed) -> None:
        needs = [_need(printed, i) for i in range(len(printed.heads))]
        numeric = printed.numeric
        self._is_matrix = printed.is_matrix
        self._least = [_length(need.least) for need in needs]
        self._numbers = [least if n else 0 for least, n in zip(self._least, numeric, strict=True)]
        self._comfort = list(map(_comfort, needs, printed.kinds))
        self._wish = [_length(max(n.least * WIDER, min(n.wish, _READABLE))) for n in needs]
        if self._is_matrix:
            even = min(max(self._wish[1:]), _length(_NAMES))
            self._wish[1:] = [max(even, wish) for wish in self._comfort[1:]]
        self.landscape = sum(self._comfort) > text_width(landscape=False)
        self._room = text_width(landscape=self.landscape)
        self.too_many = not self._is_matrix and sum(self._comfort) > self._room

    def blocks(self) -> list[list[int]]:
        """The columns that stand together; a matrix wider than the page takes several blocks.

        Each begins with the first column.
        """
        blocks = [[0]]
        for i in range(1, len(self._least)):
            used = sum(self._comfort[at] for at in blocks[-1])
            if self._is_matrix and used + self._comfort[i] > self._room and len(blocks[-1]) > 1:
                blocks.append([0])
            blocks[-1].append(i)
        return blocks

    def lengths(self, block: list[int]) -> list[int]:
        """The length of each column of a block.

        No number breaks; no word, unless the page is too narrow for the words themselves; and a
        table that needs less than the page is narrower.
        """
        names = [*self._wish[:1], *self._comfort[1:]] if self._is_matrix else self._comfort
        stages = (self._numbers, self._least, self._comfort, names, self._wish)
        return shared(self._room, *([stage[i] for i in block] for stage in stages))


def _need(printed: Printed, i: int) -> Need:
    lines = [line for line in printed.lines if len(line.texts) == len(printed.heads)]
    texts: list[str] = [line.texts[i] for line in lines]
    if i in printed.paths:
        texts = [part for text in texts for part in text.rpartition(PATH_SEPARATOR)[::2]]
    needed = need(printed.heads[i].rpartition(PATH_SEPARATOR)[2], texts)
    depth = max((line.depth for line in lines), default=0) if i == 0 else 0
    indent = depth * INDENT * 100 // TABLE_SIZE
    # A word longer than that breaks, or it would leave no room for the columns beside it.
    return Need(min(needed.least, _READABLE) + indent, needed.wish + indent)


def _comfort(need: Need, kind: ColumnType) -> int:
    """Where it reads well: numbers even in letters wider than ours, words some to a line."""
    if kind in cells.NUMERIC:
        return _length(need.least * WIDER)
    some = _WORDS if kind is ColumnType.LONG_TEXT else _NAMES
    return _length(max(need.least, min(need.wish, some)))


def _length(width: float) -> int:
    """From thousandths of the letters' size."""
    return int(width * TABLE_SIZE / 100) + 2 * CELL_MARGIN + 20
