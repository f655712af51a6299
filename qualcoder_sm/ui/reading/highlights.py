"""What is painted behind the words of one paragraph: tints, and lines where codings meet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.laid import Laid

MOST_LINES = 3
LINE_THICKNESS, LINE_STEP = 2, 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring characters that carry the same codings, in the order of reading."""

    start: int
    end: int
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """A rectangle behind words, and the codings it stands for."""

    rect: QRectF
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line under words, in the ink of one coding."""

    rect: QRectF
    coding: Coding


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it, from the corner of the paragraph's text."""

    fills: tuple[Fill, ...]
    lines: tuple[Line, ...]


def pieces(codings: Sequence[Coding], start: int, end: int) -> list[Piece]:
    """Cut text[start:end] where codings begin or end; words without codings are left out.

    `codings` come in the order of reading.
    """
    ordered = sorted({start, end, *_edges(codings, start, end)})
    result: list[Piece] = []
    here: list[Coding] = []
    coming = 0
    for first, last in pairwise(ordered):
        here = [coding for coding in here if coding.end > first]
        while coming < len(codings) and codings[coming].start <= first:
            if codings[coming].end > first:
                here.append(codings[coming])
            coming += 1
        if here:
            result.append(Piece(first, last, tuple(here)))
    return result


def _edges(codings: Sequence[Coding], start: int, end: int) -> Iterator[int]:
    for coding in codings:
        if start < coding.start < end:
            yield coding.start
        if start < coding.end < end:
            yield coding.end


def plan(laid: Laid, start: int, end: int, codings: Sequence[Coding]) -> Plan:
    """Place the pieces of a paragraph that is text[start:end]."""
    fills: list[Fill] = []
    lines: list[Line] = []
    for piece in pieces(codings, start, end):
        for rect in laid.rects(piece.start - start, piece.end - start):
            fills.append(Fill(rect, piece.codings))
            if len(piece.codings) > 1:
                lines += _lines_under(rect, piece.codings)
    return Plan(tuple(fills), tuple(lines))


def _lines_under(rect: QRectF, codings: tuple[Coding, ...]) -> list[Line]:
    return [
        Line(
            QRectF(
                rect.left(),
                rect.bottom() - LINE_THICKNESS - n * LINE_STEP,
                rect.width(),
                LINE_THICKNESS,
            ),
            coding,
        )
        for n, coding in enumerate(codings[:MOST_LINES])
    ]
