"""Arithmetic on half-open spans [start, end) of code points."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Span:
    """text[start:end] without white space at its ends; empty, at `end`, when it holds no more."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def united(spans: Iterable[Span]) -> list[Span]:
    """The same characters as sorted spans that neither overlap nor touch; empty spans vanish."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the spans, which are sorted and apart, shares a character with another."""
    at = bisect_right(spans, start, key=_end)
    return start < end and at < len(spans) and spans[at][0] < end


def _end(span: Span) -> int:
    return span[1]
