"""What is painted behind the words of one paragraph: tints, and lines where codings meet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QRectF

from qualcoder_sm.model import Coding
from qualcoder_sm.ui.reading.laid import Laid

MOST_LINES = 3
LINE_THICKNESS, LINE_STEP = 2, 3


class Piece(NamedTuple):
    """Neighbouring characters that carry the same codings, in the order of reading."""

    start: int
    end: int
    codings: tuple[Coding, ...]


class Fill(NamedTuple):
    """A rectangle behind words, the codings it stands for, and the colours of their codes."""

    rect: QRectF
    codings: tuple[Coding, ...]
    colours: tuple[str, ...]


class Line(NamedTuple):
    """A line under words, in the ink of one coding."""

    rect: QRectF
    coding: Coding
    colour: str


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


def plan(
    laid: Laid,
    start: int,
    end: int,
    codings: Sequence[Coding],
    color_of: Callable[[Coding], str],
    *,
    underlined: bool = False,
) -> Plan:
    """Place the pieces of a paragraph that is text[start:end].

    Words of one coding have a line too when they are to be `underlined`.
    """
    fills: list[Fill] = []
    lines: list[Line] = []
    for piece in pieces(codings, start, end):
        colours = tuple(color_of(coding) for coding in piece.codings)
        mixed = tuple(sorted(colours))
        for exact in laid.rects(piece.start - start, piece.end - start):
            rect = QRectF(exact.toRect())  # whole pixels, so that neighbours meet without a seam
            fills.append(Fill(rect, piece.codings, mixed))
            if underlined or len(colours) > 1:
                lines += _lines_under(rect, piece.codings, colours)
    return Plan(tuple(fills), tuple(lines))


def _lines_under(rect: QRectF, codings: tuple[Coding, ...], colours: tuple[str, ...]) -> list[Line]:
    left, width, top = rect.left(), rect.width(), rect.bottom() - LINE_THICKNESS
    return [
        Line(QRectF(left, top - n * LINE_STEP, width, LINE_THICKNESS), coding, colour)
        for n, (coding, colour) in enumerate(zip(codings[:MOST_LINES], colours, strict=False))
    ]
