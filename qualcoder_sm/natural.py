"""The order in which people expect names: "P2" before "P10", 2 before 10, "ärger" beside "Arger"."""

import re
import unicodedata
from typing import Any, Literal

_NUMBER = re.compile(r"[-+−]?[0-9]+(?:[.,][0-9]+)?")
_DIGITS = re.compile(r"([0-9]+)")
_MOST_MARKS = 30

Piece = str | tuple[int, str]
Key = tuple[int, float, tuple[Piece, ...], str]


def natural(name: str) -> Key:
    """What names are sorted by: numbers first, by size; then names, their digits by size too.

    Case and accents count only between names that are alike without them.
    """
    words = name.strip()
    if _NUMBER.fullmatch(words):
        return 0, float(words.replace(",", ".").replace("−", "-")), (), name
    pieces = _DIGITS.split(_plain(words))
    return 1, 0.0, tuple(_size(p) if i % 2 else p for i, p in enumerate(pieces)), name


def by_name(thing: Any) -> Key:  # noqa: ANN401  a value of the model, or a row
    """What things with a `name` are sorted by."""
    return natural(thing.name)


def normal(form: Literal["NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form of Unicode; of marks on one letter the first thirty are kept.

    Thirty are what Unicode's stream-safe format allows; ordering them takes quadratic time.
    """
    marks = "".join(filter(unicodedata.combining, set(text)))
    if marks:
        text = re.sub(f"([{marks}]{{{_MOST_MARKS}}})[{marks}]+", r"\1", text)
    return unicodedata.normalize(form, text)


def _size(digits: str) -> Piece:
    """Orders as the number does, however long it is."""
    significant = digits.lstrip("0")
    return len(significant), significant


def _plain(words: str) -> str:
    if words.isascii():
        return words.lower()
    apart = normal("NFKD", words.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
