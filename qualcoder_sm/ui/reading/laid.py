"""One paragraph laid out: where its characters stand, and which character stands where."""

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.reading.paragraphs import displayable

if TYPE_CHECKING:
    from qualcoder_sm.ui.reading.highlights import Plan

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u200f\u202b\u202e\u2067"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BETWEEN = QTextLine.CursorPosition.CursorBetweenCharacters


def _wrapping(alignment: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(alignment)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option


_FROM_LEFT = _wrapping(Qt.AlignmentFlag.AlignLeft)
_FROM_RIGHT = _wrapping(Qt.AlignmentFlag.AlignRight)


class Laid:
    """A paragraph in lines of one pitch. Positions count code points from its first character.

    `plan` is kept here by the painter and belongs to the codings that were shown then.
    """

    __slots__ = (
        "_lines",
        "_mixed",
        "_starts",
        "layout",
        "pitch",
        "plan",
        "positions",
        "right_to_left",
    )

    def __init__(self, text: str, font: QFont, width: int, pitch: int, baseline: int) -> None:
        shown = displayable(text)
        self.layout = QTextLayout(shown, font)
        self.layout.setCacheEnabled(True)
        self.pitch = pitch
        self.positions = Positions(shown)
        self.plan: Plan | None = None
        self._mixed = not shown.isascii() and _RIGHT_TO_LEFT.search(shown) is not None
        self.right_to_left = self._mixed and _begins_right_to_left(shown)
        self.layout.setTextOption(_FROM_RIGHT if self.right_to_left else _FROM_LEFT)
        self._lines: list[QTextLine] = []
        self._starts: list[int] = []
        self._break_lines(width, baseline)

    def _break_lines(self, width: int, baseline: int) -> None:
        layout, top = self.layout, 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + baseline - line.ascent()))
            self._lines.append(line)
            self._starts.append(line.textStart())
            top += self.pitch
        layout.endLayout()

    @property
    def line_count(self) -> int:
        """The number of lines; an empty paragraph has one as well."""
        return max(1, len(self._lines))

    def line_of(self, position: int) -> int:
        """The line on which the character after this position stands."""
        return max(0, bisect_right(self._starts, self.positions.to_qt(position)) - 1)

    def line_range(self, line: int) -> tuple[int, int]:
        """The first position of a line, and the last that still stands on it."""
        if not self._lines:
            return 0, 0
        found = self._lines[line]
        end = found.textStart() + found.textLength()
        if line + 1 < len(self._lines):
            end = self.layout.previousCursorPosition(end)
        start = self.positions.from_qt(found.textStart())
        return start, max(start, self.positions.from_qt(end))

    def caret(self, position: int) -> tuple[float, int]:
        """Where the caret stands at a position: x, and the line."""
        line = self.line_of(position)
        if not self._lines:
            return 0.0, 0
        return self._x(self._lines[line], self.positions.to_qt(position)), line

    def position_at(self, x: float, y: float) -> int:
        """The position nearest to a point, never within what a reader sees as one character."""
        if not self._lines:
            return 0
        line = min(max(0, int(y // self.pitch)), len(self._lines) - 1)
        position = self.positions.from_qt(self._lines[line].xToCursor(x, _BETWEEN))
        first, last = self.line_range(line)
        return min(max(position, first), last)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """The rectangles of the characters in [start, end): several where directions mix."""
        if start >= end or not self._lines:
            return []
        first, last = self.positions.to_qt(start), self.positions.to_qt(end)
        found: list[QRectF] = []
        for number in range(self.line_of(start), len(self._lines)):
            line = self._lines[number]
            begin = line.textStart()
            if begin >= last:
                break
            stop = min(last, begin + line.textLength())
            top = number * self.pitch
            for left, right in self._spans(line, max(first, begin), stop):
                found.append(QRectF(left, top, right - left, self.pitch))
        return found

    def _spans(self, line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
        if self._mixed:
            return _visual_spans(line, start, end)
        left, right = self._x(line, start), self._x(line, end)
        if end == line.textStart() + line.textLength():
            right = min(right, line.x() + line.naturalTextWidth())
        return [(left, right)] if right > left else []

    def leading(self, position: int) -> tuple[float, int]:
        """Where the character after a position begins: x, and the line."""
        line = self.line_of(position)
        local = self.positions.to_qt(position)
        runs = self._lines[line].glyphRuns(local, 1) if self._mixed else []
        if not runs:
            return self.caret(position)
        box = runs[0].boundingRect()
        return box.right() if runs[0].isRightToLeft() else box.left(), line

    def trailing(self, position: int) -> tuple[float, int]:
        """Where the character before a position ends: x, and the line."""
        local = self.layout.previousCursorPosition(self.positions.to_qt(position))
        line = max(0, bisect_right(self._starts, local) - 1)
        if not self._lines or local == self.positions.to_qt(position):
            return self.caret(position)
        runs = self._lines[line].glyphRuns(local, 1) if self._mixed else []
        if not runs:
            found = self._lines[line]
            x = self._x(found, self.positions.to_qt(position))
            return min(x, found.x() + found.naturalTextWidth()), line
        box = runs[-1].boundingRect()
        return box.left() if runs[-1].isRightToLeft() else box.right(), line

    @staticmethod
    def _x(line: QTextLine, position: int) -> float:
        return line.cursorToX(position)[0]  # pyright: ignore[reportIndexIssue] stub says float


def _visual_spans(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Unite the boxes of the characters' runs, which lie apart where directions mix."""
    boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
    spans: list[tuple[float, float]] = []
    for low, high in sorted((box.left(), box.right()) for box in boxes):
        if spans and low <= spans[-1][1] + 0.5:
            spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
        else:
            spans.append((low, high))
    return [span for span in spans if span[1] - span[0] > 0.1]


def _begins_right_to_left(text: str) -> bool:
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)
