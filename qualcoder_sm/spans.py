"""Arithmetic on half-open spans [start, end) of code points."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]

# White space, and the characters that take no room and join nothing.
_BLANK = frozenset(filter(str.isspace, map(chr, range(0x3001)))) | set("\u200b\u2060\ufeff")


def trimmed(text: str, start: int, end: int) -> Span:
    """text[start:end] without what cannot be seen at its ends; empty, at `end`, when that is all."""
    while start < end and text[start] in _BLANK:
        start += 1
    while start < end and text[end - 1] in _BLANK:
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


def on_words(text: str, units: Sequence[Span], start: int, end: int) -> Span:
    """text[start:end] from its first word to its last; empty where it holds none.

    Words are what can be seen inside of units, which are sorted and apart.
    """
    touched = units[bisect_right(units, start, key=_end) : bisect_left(units, end, key=_start)]
    first = next(_seen(text, touched, start, end), None)
    last = next(_seen(text, reversed(touched), start, end), None)
    return (first[0], last[1]) if first and last else (start, start)


def _seen(text: str, units: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    for unit_start, unit_end in units:
        part = trimmed(text, max(start, unit_start), min(end, unit_end))
        if part[0] < part[1]:
            yield part


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]
