"""Where the words of a coding stand in the imported text."""

from collections.abc import Iterable, Iterator

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.spans import Span


def place(pieces: Iterable[Span], text: str, quote: str, occurrence: int) -> Span:
    """The span of the nth occurrence of the words, counted over the pieces in their order.

    Words never run over from one piece into another; occurrences may overlap. Raises NotFound.
    """
    for number, start in enumerate(_starts(pieces, text, quote), 1):
        if number == occurrence:
            return start, start + len(quote)
    raise NotFound(
        tr("These words are not in the text for the time no. {n}: {quote}",
           n=occurrence, quote=quote)
    )  # fmt: skip


def _starts(pieces: Iterable[Span], text: str, quote: str) -> Iterator[int]:
    for start, end in pieces:
        at = text.find(quote, start, end)
        while at >= 0:
            yield at
            at = text.find(quote, at + 1, end)
