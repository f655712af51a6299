"""Links inside of memos to passages: [[source@start-end]], the source by guid or name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from qualcoder_sm.project.moves import Fate

if TYPE_CHECKING:
    from collections.abc import Collection

    from qualcoder_sm.spans import Span

_LINK = re.compile(r"\[\[(?P<source>[^\[\]@]+)@(?P<start>\d{1,12})-(?P<end>\d{1,12})\]\]")


@dataclass(frozen=True, slots=True)
class PassageLink:
    """A link in a text at text[at:until]: to source_text[start:end]; the source as written."""

    source: str
    start: int
    end: int
    at: int
    until: int


class Moved(Protocol):
    """A text that becomes another one: where spans of the old one are in the new one."""

    old: str

    def moved(self, start: int, end: int) -> tuple[Span, Fate]:
        """Where the words of a span are now, and what became of them."""
        ...


def written(source: str, start: int, end: int) -> str:
    """The link as it stands in a text."""
    return f"[[{source}@{start}-{end}]]"


def links(text: str) -> list[PassageLink]:
    """The links in a text, in order."""
    return [
        PassageLink(match["source"].strip(), int(match["start"]), int(match["end"]), *match.span())
        for match in _LINK.finditer(text)
    ]


def moved(text: str, names: Collection[str], moves: Moved) -> str:
    """The text with its links to a source, known by these names, following an edit of it."""
    parts: list[str] = []
    last = 0
    for link in links(text):
        if link.source in names and link.start < link.end <= len(moves.old):
            span, fate = moves.moved(link.start, link.end)
            if fate is not Fate.VANISHED:
                parts += [text[last : link.at], written(link.source, *span)]
                last = link.until
    return "".join([*parts, text[last:]])
