"""The order in which people expect names: "P2" before "P10", 2 before 10, "ärger" beside "Arger"."""

import re
import unicodedata
from typing import Any

_NUMBER = re.compile(r"[-+−]?[0-9]+(?:[.,][0-9]+)?")
_DIGITS = re.compile(r"([0-9]+)")

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


def _size(digits: str) -> Piece:
    """Orders as the number does, however long it is."""
    significant = digits.lstrip("0")
    return len(significant), significant


def _plain(words: str) -> str:
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
