"""Cuts a source into paragraphs of bounded size, the pieces that are laid out one by one."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QTextBoundaryFinder

from qualcoder_sm.model import SourceKind, Unit, UnitKind
from qualcoder_sm.ui.positions import Positions
from qualcoder_sm.ui.reading.content import SourceContent

LONGEST = 4000
"""Characters in one paragraph at most; a longer one is continued in a next, without a gap."""
MOST_INDENTS = 4
_BREAK = re.compile(r"[.!?…][\"'”’)]*\s+")


class Gap:
    """The space above a paragraph."""

    NONE, LINE, UNIT = range(3)


class Paragraph(NamedTuple):
    """text[start:end] of a source, laid out as one piece.

    `unit` is its index in the source's units, -1 outside of them. `first` and `last` say
    that it begins or ends its unit. `gap` is the space above it, of `Gap`.
    """

    start: int
    end: int
    unit: int
    first: bool
    last: bool
    gap: int
    indent: int = 0
    heading: bool = False


def paragraphs_of(content: SourceContent) -> list[Paragraph]:
    """The paragraphs in order; always at least one, so that the caret has a place to stand."""
    text, units = content.text, content.units
    result: list[Paragraph] = []
    indents = _indents(units) if content.kind is SourceKind.POSTS else [0] * len(units)
    reached = 0
    for index, unit in enumerate(units):
        _add_between(result, text, reached, unit.start)
        _add_unit(result, text, index, unit, indents[index])
        reached = max(reached, unit.end)
    _add_between(result, text, reached, len(text))
    return result or [Paragraph(0, len(text), -1, first=True, last=True, gap=Gap.UNIT)]


def _add_between(result: list[Paragraph], text: str, start: int, end: int) -> None:
    """Show the text that no unit holds; white space alone is a gap."""
    if text[start:end].strip():
        _add_lines(result, text, start, end, -1, 0, Gap.UNIT)


def _add_unit(result: list[Paragraph], text: str, index: int, unit: Unit, indent: int) -> None:
    heading = unit.kind is UnitKind.HEADING
    size = unit.end - unit.start
    if size <= LONGEST and (text.find("\n", unit.start, unit.end) < 0 or not size):
        result.append(Paragraph(unit.start, unit.end, index, True, True, Gap.UNIT, indent, heading))
        return
    before = len(result)
    _add_lines(result, text, unit.start, unit.end, index, indent, Gap.UNIT)
    if len(result) == before:
        result.append(Paragraph(unit.start, unit.end, index, True, True, Gap.UNIT, indent))


def _add_lines(
    result: list[Paragraph], text: str, start: int, end: int, unit: int, indent: int, gap: int
) -> None:
    """Append the lines of text[start:end] that hold something; blank lines become gaps."""
    spans: list[tuple[int, int, int]] = []
    for first, last in _lines(text, start, end):
        if not text[first:last].strip():
            gap = max(gap, Gap.LINE)
            continue
        for piece_start, piece_end in _pieces(text, first, last):
            spans.append((piece_start, piece_end, gap))
            gap = Gap.NONE
        if unit < 0:
            gap = Gap.LINE
    final = len(spans) - 1
    result.extend(
        Paragraph(first, last, unit, n == 0, n == final, above, indent)
        for n, (first, last, above) in enumerate(spans)
    )


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        yield start, end if stop < 0 else stop
        start = end if stop < 0 else stop + 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        stop = _cut(text, start)
        yield start, stop
        start = stop
    yield start, end


def _cut(text: str, start: int) -> int:
    """Where to cut a paragraph that is too long: after a sentence, a word, or a character."""
    limit = start + LONGEST
    sentences = [found.end() for found in _BREAK.finditer(text, limit - LONGEST // 4, limit)]
    if sentences:
        return sentences[-1]
    space = text.rfind(" ", limit - LONGEST // 4, limit)
    return space + 1 if space > 0 else grapheme_before(text, limit)


def grapheme_before(text: str, position: int, reach: int = 64) -> int:
    """The last position up to this one that does not split what a reader sees as a character."""
    start = max(0, position - reach)
    window = displayable(text[start : position + reach])
    positions = Positions(window)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, window)
    finder.setPosition(positions.to_qt(position - start))
    if not finder.isAtBoundary():
        finder.toPreviousBoundary()
    return start + positions.from_qt(max(0, finder.position())) or position


_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def displayable(text: str) -> str:
    """The text with what Qt cannot show replaced, one for one, so that positions stay."""
    return _ODD.sub("\ufffd", text) if _ODD.search(text) else text


def _indents(units: Sequence[Unit]) -> list[int]:
    """How deep each post answers, at most `MOST_INDENTS`."""
    depths: dict[int, int] = {}
    for unit in units:
        parent = -1 if unit.parent is None else depths.get(unit.parent, -1)
        depths[unit.ordinal] = parent + 1
    return [min(depths[unit.ordinal], MOST_INDENTS) for unit in units]
