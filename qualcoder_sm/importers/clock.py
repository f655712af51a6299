"""Times in a transcript, as transcribers write them: [00:01:02], (0:01:02), #00:01:02-3#, 1:02.5."""

import re
from dataclasses import dataclass

from qualcoder_sm.spans import trimmed

CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_RANGE = rf"{CLOCK}(?:[ ]*[-–]+>?[ ]*{CLOCK})?"
_F4 = r"\#\d\d:\d\d:\d\d-\d\#"
BRACKETED = rf"{_F4}|[\[(<]{_RANGE}[\])>]"

# At the edge of a turn "(0:12:30)" is a place in the recording; "(12:30)" may be what was said.
_STAMP = rf"{_F4}|[\[<]{_RANGE}[\]>]|\((?=\d+:\d+:\d){_RANGE}\)"
_ALONE = rf"^[ \t]*+(?P<alone>{BRACKETED}|{_RANGE})[ \t]*+"

_OPENING = re.compile(rf"(?:[ \t]*+\n)*+(?:[ \t]*+(?P<stamp>{_STAMP})|{_ALONE}$)", re.MULTILINE)
_CLOSING = re.compile(rf"(?:(?P<stamp>{_STAMP})|{_ALONE})\Z", re.MULTILINE)
_LINE = re.compile(rf"{_ALONE}\n", re.MULTILINE)
_CLOCK, _IN_BRACKETS = re.compile(CLOCK), re.compile(BRACKETED)
_NUMBER = re.compile(r"\d+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Said:
    """Words without the times around them, which are seconds, and without lines of a time alone.

    `start` is where the words begin; `lines` counts the lines left out between them.
    """

    words: str
    start: int
    opening: float | None
    closing: float | None
    lines: int


def said(text: str, start: int, end: int) -> Said:
    """What text[start:end] says, and the times that open and close it."""
    start, opening = _opening(text, start, end)
    end, closing = _closing(text, start, end)
    start, end = trimmed(text, start, end)
    cuts = [found.span() for found in _LINE.finditer(text, start, end)]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    words = "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    return Said(words, start, opening, closing, len(cuts))


def in_brackets(words: str) -> list[str]:
    """The times that stand in brackets among words."""
    return _IN_BRACKETS.findall(words)


def seconds(stamp: str, *, last: bool = False) -> float:
    """Seconds of "[1:02:03.5]", "12:30" or "#00:01:02-3#" (tenths); the first time of a range, or the last."""
    clock = _CLOCK.findall(stamp)[-1 if last else 0]
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    if stamp.startswith("#"):
        total += int(_NUMBER.findall(stamp)[-1]) / 10
    return total


def _opening(text: str, start: int, end: int) -> tuple[int, float | None]:
    """Where the words begin after the times before them, and the last of these."""
    time = None
    while found := _OPENING.match(text, start, end):
        start, time = found.end(), seconds(_time(found))
    return start, time


def _closing(text: str, start: int, end: int) -> tuple[int, float | None]:
    """Where the words end before the times after them, and the last of these."""
    time = None
    while True:
        start, end = trimmed(text, start, end)
        line = max(start, text.rfind("\n", start, end) + 1)
        found = _CLOSING.search(text, max(line, end - _LONGEST), end)
        if not found:
            return end, time
        end = found.start()
        time = seconds(_time(found), last=True) if time is None else time


def _time(found: re.Match[str]) -> str:
    return found["stamp"] or found["alone"]
