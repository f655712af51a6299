"""A few words with their codings painted on them, as the reading column has them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.theme import READING_SERIF, Theme, ThemeManager, sized_font

if TYPE_CHECKING:
    from collections.abc import Sequence

_PITCH = 1.65
_GAP = 10
_UNDERLINES = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A code's colour on text[start:end]."""

    start: int
    end: int
    color: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph with its marks; `quiet` for what is only there for its sense."""

    text: str
    marks: tuple[Mark, ...] = ()
    quiet: bool = False


class Laid:
    """Words laid out at a width: their height, and how to paint them."""

    def __init__(self, words: Words, width: float, theme: Theme, pixels: float = 15) -> None:
        self._words, self._theme = words, theme
        size = pixels * theme.ui_scale
        self._pitch = round(size * _PITCH)
        self._positions = Positions(words.text)
        font = sized_font(list(READING_SERIF), size - (1 if words.quiet else 0))
        self._layout = self._laid(font, max(40.0, width))

    @property
    def height(self) -> int:
        """In pixels."""
        return self._layout.lineCount() * self._pitch

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Paint with the upper left corner here."""
        color = self._theme.color
        painter.setPen(color.secondary if self._words.quiet else color.text)
        self._layout.draw(painter, at)
        for start, end, colors in self._pieces():
            if len(colors) > 1:
                self._underline(painter, at, start, end, colors)

    def _laid(self, font: QFont, width: float) -> QTextLayout:
        layout = QTextLayout(self._words.text.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._format(*piece) for piece in self._pieces()])
        layout.beginLayout()
        number = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * self._pitch + (self._pitch - line.height()) / 2))
            number += 1
        layout.endLayout()
        return layout

    def _pieces(self) -> list[tuple[int, int, tuple[str, ...]]]:
        """Stretches that carry the same marks, in Qt's positions."""
        marks = self._words.marks
        cuts = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
        found: list[tuple[int, int, tuple[str, ...]]] = []
        for start, end in pairwise(cuts):
            colors = tuple(m.color for m in marks if m.start <= start and end <= m.end)
            if colors:
                found.append((self._positions.to_qt(start), self._positions.to_qt(end), colors))
        return found

    def _format(self, start: int, end: int, colors: tuple[str, ...]) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, end - start  # type: ignore[misc]  # fields in the stubs
        look = QTextCharFormat()
        look.setBackground(self._theme.tint(colors))
        made.format = look  # type: ignore[misc]
        return made

    def _underline(
        self, painter: QPainter, at: QPointF, start: int, end: int, colors: Sequence[str]
    ) -> None:
        for run in self._layout.glyphRuns(start, end - start):
            box = run.boundingRect().translated(at)
            for number, color in enumerate(colors[:_UNDERLINES]):
                painter.setPen(QPen(self._theme.ink(color), 2))
                y = box.bottom() + 1 + 3 * number
                painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


class CodedText(QWidget):
    """Paragraphs with their codings; as high as they need."""

    def __init__(self, theme: ThemeManager, name: str) -> None:
        super().__init__()
        self._manager = theme
        self._name = name
        self._paragraphs: tuple[Words, ...] = ()
        self._laid: list[Laid] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._lay_out)

    def show_words(self, *paragraphs: Words) -> None:
        """Show these paragraphs."""
        self._paragraphs = paragraphs
        self.setAccessibleName(self._name)
        self.setAccessibleDescription("\n".join(words.text for words in paragraphs))
        self._lay_out()

    def shown(self) -> tuple[Words, ...]:
        """The paragraphs shown."""
        return self._paragraphs

    def hasHeightForWidth(self) -> bool:
        """Text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the paragraphs need at this width."""
        laid = [Laid(words, width, self._manager.theme, 16) for words in self._paragraphs]
        return sum(one.height for one in laid) + _GAP * len(laid)

    def sizeHint(self) -> QSize:
        """As high as the text is."""
        return QSize(320, self.heightForWidth(max(320, self.width())))

    def resizeEvent(self, event: object) -> None:
        """Wrap anew."""
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paragraphs one below the other."""
        painter, y = QPainter(self), 0
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for laid in self._laid:
            laid.paint(painter, QPointF(0, y))
            y += laid.height + _GAP

    def _lay_out(self) -> None:
        theme = self._manager.theme
        self._laid = [Laid(words, self.width(), theme, 16) for words in self._paragraphs]
        self.updateGeometry()
        self.update()
