"""Patterns that a researcher writes, matched in a process of their own.

A pattern such as (a+)+b takes for ever on a line of a's, and nothing else runs in the interpreter
meanwhile; so it is looked for where it can be ended.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from qualcoder_sm import limited
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.spans import Span

SECONDS = 10
_MOST_TEXTS, _MOST_CHARACTERS = 200, 1_000_000


class Haystack(NamedTuple):
    """Stretches of a text in which to look; `name` is what a sentence calls the text."""

    name: str
    text: str
    stretches: Sequence[Span]


class Pattern:
    """A regular expression; raises WrongUsage for one that cannot be read.

    Letters in capitals count as small ones, `^` and `$` are the ends of a line. Matches of
    nothing are left out.
    """

    def __init__(self, written: str) -> None:
        self._written = written
        try:
            with limited.warm() as worker:
                [why] = worker.each(fault, [written], SECONDS)
        except (limited.TookTooLong, limited.BrokeDown):
            why = tr("it is too large")
        if why:
            raise WrongUsage(
                tr("The pattern “{query}” cannot be read: {why}.", query=written, why=why)
            )

    def spans(
        self, haystacks: Iterable[Haystack], waits: Callable[[], None] | None = None
    ) -> Generator[list[Span], None, None]:
        """The matches in each haystack, in order; they lie wholly in one of its stretches.

        `waits` is called now and then while a text takes its time, and may raise. Raises WrongUsage
        for a text on which the pattern takes too long.
        """
        with limited.warm() as worker:
            for portion in _portions(haystacks):
                asked = [(self._written, haystack.text, haystack.stretches) for haystack in portion]
                with closing(worker.each(matches, asked, SECONDS, waits)) as answers:
                    for haystack in portion:
                        flat = _next(answers, haystack.name)
                        yield list(zip(flat[::2], flat[1::2], strict=True))


def fault(written: str) -> str:
    """In the process: why a pattern cannot be read, or ""."""
    try:
        _compiled(written)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def matches(asked: tuple[str, str, Sequence[Span]]) -> list[int]:
    """In the process: start and end of each match of a pattern in stretches of a text."""
    written, text, stretches = asked
    compiled = _compiled(written)
    spans = (m.span() for stretch in stretches for m in compiled.finditer(text, *stretch))
    return [edge for span in spans if span[0] < span[1] for edge in span]


def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE | re.MULTILINE)


def _portions(haystacks: Iterable[Haystack]) -> Iterator[list[Haystack]]:
    """A few first, so that the first hits come at once; then many, since each portion has its cost."""
    most, portion, characters = 1, list[Haystack](), 0
    for haystack in haystacks:
        portion.append(haystack)
        characters += len(haystack.text)
        if len(portion) == most or characters >= _MOST_CHARACTERS:
            yield portion
            most, portion, characters = min(2 * most, _MOST_TEXTS), [], 0
    if portion:
        yield portion


def _next(answers: Iterator[list[int]], source: str) -> list[int]:
    try:
        return next(answers)
    except limited.TookTooLong:
        said = tr(
            "This pattern takes too long on {source}; it can fit the same words in too many ways. "
            "Take a repeat out of another, as in a+b instead of (a+)+b, or leave this text out.",
            source=source,
        )
    except limited.BrokeDown:
        said = tr(
            "This pattern needs too much memory on {source}. Make it shorter, or leave this text "
            "out.",
            source=source,
        )
    raise WrongUsage(said)
