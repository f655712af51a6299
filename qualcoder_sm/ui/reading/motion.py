"""Where the caret goes. Positions are code points and never split what reads as one character."""

from collections.abc import Callable

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextLayout

from qualcoder_sm import spans
from qualcoder_sm.ui.reading.document import Document
from qualcoder_sm.ui.reading.laid import Laid
from qualcoder_sm.ui.reading.paragraphs import displayable

Span = tuple[int, int]
CHARACTERS = QTextLayout.CursorMode.SkipCharacters
WORDS = QTextLayout.CursorMode.SkipWords
JOINTS = "-'’‐‑"
"""What holds the parts of one word together: "well-being" is no two words."""


class Motion:
    """Moves over one document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def _at(self, position: int) -> tuple[int, Laid, int]:
        number = self._document.paragraph_at(position)
        paragraph = self._document.paragraphs[number]
        laid = self._document.laid(number)
        local = min(position, paragraph.end) - paragraph.start
        return number, laid, laid.positions.to_qt(local)

    def _position(self, number: int, laid: Laid, local: int) -> int:
        return self._document.starts[number] + laid.positions.from_qt(local)

    def after(self, position: int, mode: QTextLayout.CursorMode = CHARACTERS) -> int:
        """One character or word on, in the order of the text."""
        number, laid, local = self._at(position)
        moved = laid.layout.nextCursorPosition(local, mode)
        if moved > local:
            return self._position(number, laid, moved)
        following = number + 1
        more = following < len(self._document.paragraphs)
        return self._document.starts[following] if more else position

    def before(self, position: int, mode: QTextLayout.CursorMode = CHARACTERS) -> int:
        """One character or word back, in the order of the text."""
        number, laid, local = self._at(position)
        moved = laid.layout.previousCursorPosition(local, mode)
        if moved < local:
            return self._position(number, laid, moved)
        return self._document.paragraphs[number - 1].end if number else position

    def word_end_after(self, position: int) -> int:
        """The end of the next word, in the order of the text."""
        moved = self._without_space(position, self.after(position, WORDS))
        return moved if moved > position else self._without_space(position, self._two_on(position))

    def _two_on(self, position: int) -> int:
        return self.after(self.after(position, WORDS), WORDS)

    def word_end_before(self, position: int) -> int:
        """The end of the word before the one that ends here."""
        return self._without_space(0, self.before(position, WORDS))

    def _without_space(self, least: int, position: int) -> int:
        words = self._document.content.text[least:position]
        return least + len(words.rstrip())

    def left(self, position: int, mode: QTextLayout.CursorMode = CHARACTERS) -> int:
        """To the left as it is seen: on, in a paragraph written from the right."""
        onward = self._at(position)[1].right_to_left
        return self.after(position, mode) if onward else self.before(position, mode)

    def right(self, position: int, mode: QTextLayout.CursorMode = CHARACTERS) -> int:
        """To the right as it is seen."""
        back = self._at(position)[1].right_to_left
        return self.before(position, mode) if back else self.after(position, mode)

    def line_start(self, position: int) -> int:
        """The first position of the line."""
        number, laid, local = self._at(position)
        line = laid.line_of(laid.positions.from_qt(local))
        return self._document.starts[number] + laid.line_range(line)[0]

    def line_end(self, position: int) -> int:
        """The last position of the line."""
        number, laid, local = self._at(position)
        line = laid.line_of(laid.positions.from_qt(local))
        return self._document.starts[number] + laid.line_range(line)[1]

    def vertical(self, position: int, lines: int, x: float) -> int:
        """Some lines down (or up, when negative), as near as can be to x in the viewport."""
        document = self._document
        number, laid, local = self._at(position)
        line = laid.line_of(laid.positions.from_qt(local)) + lines
        while line < 0 and number > 0:
            number -= 1
            line += document.laid(number).line_count
        while line >= document.laid(number).line_count and number + 1 < len(document.starts):
            line -= document.laid(number).line_count
            number += 1
        found = document.laid(number)
        if not 0 <= line < found.line_count:
            return self.first() if line < 0 else self.last()
        y = line * document.metrics.pitch + 1
        return document.starts[number] + found.position_at(x - document.text_left(number), y)

    def boundary(self, step: Callable[[int], int], position: int, *, end: bool) -> int:
        """Where a step takes a boundary, and further over white space: no coding ends in it."""
        text = self._document.content.text
        while (following := step(position)) != position:
            position = following
            beside = position - 1 if end else position
            if text[beside : beside + 1].strip():
                break
        return position

    def first(self) -> int:
        """The first position of the source."""
        return self._document.starts[0]

    def last(self) -> int:
        """The last position of the source."""
        return self._document.paragraphs[-1].end

    def paragraph_after(self, position: int) -> int:
        """The beginning of the next paragraph."""
        number = self._document.paragraph_at(position)
        more = number + 1 < len(self._document.starts)
        return self._document.starts[number + 1] if more else self.last()

    def paragraph_before(self, position: int) -> int:
        """The beginning of this paragraph, or of the one before when already there."""
        number = self._document.paragraph_at(position)
        at_start = position == self._document.starts[number] and number > 0
        return self._document.starts[number - 1 if at_start else number]

    def word_at(self, position: int) -> Span:
        """The word around a position, without spaces; empty between two spaces."""
        return self._bounded(position, QTextBoundaryFinder.BoundaryType.Word)

    def whole_words(self, start: int, end: int) -> Span:
        """The words that text[start:end] touches, each as a whole; empty where it holds none."""
        start, end = spans.trimmed(self._document.content.text, start, end)
        if start == end:
            return start, end
        start, end = self.word_at(start)[0], self.word_at(end - 1)[1]
        while self._within_word(start):
            start = self.word_at(start - 1)[0]
        while self._within_word(end):
            end = self.word_at(end)[1]
        return start, end

    def _within_word(self, position: int) -> bool:
        """Whether a joint lies at one side of a position, with letters around it."""
        text = self._document.content.text
        return any(
            0 < joint < len(text) - 1
            and text[joint] in JOINTS
            and text[joint - 1].isalnum()
            and text[joint + 1].isalnum()
            for joint in (position - 1, position)
        )

    def sentence_at(self, position: int) -> Span:
        """The sentence around a position, without the space behind it."""
        return self._bounded(position, QTextBoundaryFinder.BoundaryType.Sentence)

    def unit_at(self, position: int) -> Span:
        """The turn, post or paragraph around a position."""
        document = self._document
        number = document.paragraph_at(position)
        unit = document.unit_of(number)
        if unit is None:
            return document.paragraphs[number].start, document.paragraphs[number].end
        return spans.trimmed(document.content.text, unit.start, unit.end)

    def _bounded(self, position: int, kind: QTextBoundaryFinder.BoundaryType) -> Span:
        number, laid, local = self._at(position)
        text = laid.layout.text()
        finder = QTextBoundaryFinder(kind, text)
        finder.setPosition(local)
        begin = local if finder.isAtBoundary() else finder.toPreviousBoundary()
        finder.setPosition(begin)
        end = finder.toNextBoundary()
        if end < 0:
            end, begin = local, max(0, finder.toPreviousBoundary())
        first, last = self._position(number, laid, begin), self._position(number, laid, end)
        return spans.trimmed(self._document.content.text, first, last)

    def snapped(self, position: int) -> int:
        """The nearest position before or at this one where a caret may stand."""
        position = self._document.clamped(position)
        number, laid, local = self._at(position)
        if laid.layout.isValidCursorPosition(local):
            return position
        return self._position(number, laid, laid.layout.previousCursorPosition(local))

    def shown_text(self, start: int, end: int) -> str:
        """The words of a span as stored, with what cannot be shown replaced."""
        return displayable(self._document.content.text[start:end])
