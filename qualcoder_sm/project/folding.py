"""Words as the full-text index sees them: without case and accents, but where they stand.

`fold` keeps every position, so that what is found in the folded text is found in the text. It
agrees with SQLite's tokenizer (unicode61, remove_diacritics 2): letters and digits make words,
accents of Latin letters and combining accents do not count.
"""

import re
import unicodedata
from functools import cache

from qualcoder_sm.spans import Span

MARK = "\u0300"
"""Stands for any combining accent in a folded text."""

_ASCII = bytes(range(128))
_TOKEN = re.compile(rf"\w[\w{MARK}]*")
_INSIDE = rf"[\w{MARK}]"
_FEW_LETTERS = 100
_PART = 100_000
# Thai, Lao, Burmese, Khmer, kana and Chinese characters.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)


def fold(text: str) -> str:
    """The text without case, accents and underscores; each character stays at its place."""
    if not text.isascii():
        text = _without_accents(text)
    return text.lower().replace("_", " ")


def words(text: str) -> tuple[str, ...]:
    """The words of a short text, folded and without marks."""
    kept = "".join(c if _counts(c) else " " for c in fold(text))
    return tuple(word.replace(MARK, "") for word in kept.split() if word.replace(MARK, ""))


def unspaced(word: str) -> bool:
    """Whether a word is written in a script that puts no spaces between words."""
    return _UNSPACED.search(word) is not None


def count_words(folded: str, start: int, end: int) -> int:
    """How many words begin in a part of a folded text."""
    return len(_TOKEN.findall(folded, start, end))


def phrase_spans(folded: str, phrase: tuple[str, ...], *, prefix: bool, whole: bool = True
                 ) -> list[Span]:  # fmt: skip
    """Where the words of `phrase` follow each other in a folded text.

    With `prefix` the last one may go on; without `whole` the first may begin, and the last go
    on, inside of a word.
    """
    pattern, look_before = _pattern(phrase, prefix, MARK in folded, whole)
    spans: list[Span] = []
    at = 0
    while match := pattern.search(folded, at):
        start, at = match.span()
        if look_before and _within_word(folded, start):
            at = start + 1
        else:
            spans.append((start, at))
    return spans


@cache
def _pattern(
    phrase: tuple[str, ...], prefix: bool, marked: bool, whole: bool
) -> tuple[re.Pattern[str], bool]:
    """A pattern for a folded text, and whether what stands before a match has to be looked at.

    The search is ten times faster for a pattern that begins with letters than for one that looks
    back; for one or two letters there would be too many candidates.
    """
    mark = f"{MARK}*" if marked else ""
    parts = [mark.join(map(re.escape, word)) + mark for word in phrase]
    tail = f"{_INSIDE}*" if prefix else f"(?!{_INSIDE})" if whole else ""
    look_before = whole and (marked or len(phrase[0]) > 2)
    head = "" if look_before or not whole else r"(?<!\w)"
    return re.compile(head + rf"[^\w{MARK}]\W*".join(parts) + tail), look_before


def _without_accents(text: str) -> str:
    # Taking the ASCII bytes away is four times faster than looking for the other characters.
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    folded = {char: _folded(char) for char in set(others.decode("utf-8", "surrogatepass"))}
    changed = {char: to for char, to in folded.items() if to != char}
    if len(changed) > _FEW_LETTERS:
        table = str.maketrans(changed)
        # In parts, for one call would hold the interpreter for a third of a second on a megabyte.
        parts = range(0, len(text), _PART)
        return "".join(text[at : at + _PART].translate(table) for at in parts)
    for char, to in changed.items():  # five times faster than `translate`, for a few
        text = text.replace(char, to)
    return text


@cache
def _folded(char: str) -> str:
    """One character without case and accents; white space for what is no part of a word."""
    if "\u0300" <= char <= "\u036f":
        return MARK
    if not _counts(char):
        return " "
    base, *marks = unicodedata.normalize("NFD", char)
    if marks and base.isascii() and all(map(unicodedata.combining, marks)):
        return base.lower()
    return next((form for form in (char.casefold(), char.lower()) if len(form) == 1), char)


def _counts(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def _within_word(folded: str, position: int) -> bool:
    """Whether a word goes on at a position; an accent belongs to the letter before it."""
    while position and folded[position - 1] == MARK:
        position -= 1
    return position > 0 and folded[position - 1].isalnum()
