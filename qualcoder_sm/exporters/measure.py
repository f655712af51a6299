"""How wide words are, without a font at hand: widths in thousandths of the size of the letters.

Those of Calibri and of Carlito, which stands in for it. Where neither is there, a word may be
`WIDER` times as wide: room for that is left where there is room.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import category, east_asian_width

WIDER = 1.27
_BOLD = 1.04
_CLASSES = {
    "'`il j,.:;I": 260,
    "()[]{}-!ftrJ": 340,
    'szcxvykaegLFSZ?|"TYE#*+<=>^_~/\\': 490,
    "0123456789$": 507,
    "bdhnpquoPXKCRB": 540,
    "VADHGUNOQ&": 660,
    "%wmMW@": 860,
}
_OTHER, _DOUBLE, _EMOJI = 600, 1_000, 1_350
_NO_WIDTH = {"Mn", "Me", "Cf"}


class _Widths(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        self[letter] = width = _width(letter)
        return width


def _width(letter: str) -> int:
    if category(letter) in _NO_WIDTH:
        return 0
    if east_asian_width(letter) in "WF":
        return _EMOJI if letter > "\U0001efff" else _DOUBLE
    return _OTHER


_widths = _Widths({letter: width for letters, width in _CLASSES.items() for letter in letters})
_of = _widths.__getitem__


def width(text: str, *, bold: bool = False) -> int:
    """The width of a text on one line, in thousandths of the size of its letters."""
    return int(sum(map(_of, text)) * (_BOLD if bold else 1))


@dataclass(frozen=True, slots=True)
class Need:
    """What a column needs so that no word breaks, and what it would like: its longest line."""

    least: int
    wish: int


_CLOSED_UP = re.compile(
    "[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U0001f000-\U0003ffff]"
)
"""Scripts and emoji between which a line may end anywhere."""
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")
_NARROWEST, _WIDEST = min(_CLASSES.values()), _EMOJI


def need(head: str, texts: Iterable[str]) -> Need:
    """The need of a column with a bold head above these texts."""
    words: set[str] = set()
    wish = width(head, bold=True)
    for text in texts:
        words.update(text.split())
        wish = max(wish, *map(width, text.split("\n")))
    least = max(map(width, _longest(words)), default=0)
    return Need(max(least, *(width(word, bold=True) for word in head.split() or [""])), wish)


def _longest(words: set[str]) -> list[str]:
    """The parts of words that no line may break, without those too short to be the widest."""
    parts = {part for word in words for part in _parts(word)}
    longest = max(map(len, parts), default=0)
    return [part for part in parts if len(part) * _WIDEST >= longest * _NARROWEST]


def _parts(word: str) -> list[str]:
    if word.isascii() and "-" not in word:
        return [word]
    return _AFTER_HYPHEN.sub(" ", _CLOSED_UP.sub(" \\g<0> ", word)).split()


def shared(room: int, *stages: Sequence[int]) -> list[int]:
    """The room shared out among columns: each stage says what they should have before the next.

    Where a stage asks for more than is left, every column gets the same part of what it lacks.
    """
    widths = [0.0] * len(stages[0])
    for stage in stages:
        lacking = [max(0.0, wanted - width) for wanted, width in zip(stage, widths, strict=True)]
        part = min(1.0, max(0.0, room - sum(widths)) / (sum(lacking) or 1))
        widths = [width + lack * part for width, lack in zip(widths, lacking, strict=True)]
    return list(map(int, widths))
