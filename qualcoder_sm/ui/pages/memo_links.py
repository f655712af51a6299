"""Links to passages inside a memo: written in double brackets, shown as links.

`[[P01, turn 3|8c1f…:120-164]]` names the passage for the reader, then its source and its span.
"""

from __future__ import annotations

import re

from qualcoder_sm.ui.requests import Place

SCHEME = "passage"
_LINK = re.compile(
    r"\[\[(?P<name>[^\[\]|]*)\|(?P<source>[0-9A-Za-z-]+):(?P<start>\d+)-(?P<end>\d+)\]\]"
)
_TARGET = re.compile(SCHEME + r":(?P<source>[0-9A-Za-z-]+)/(?P<start>\d+)/(?P<end>\d+)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#])")


def written(name: str, place: Place) -> str:
    """The link as it stands in the memo; `name` is what is read."""
    shown = re.sub(r"[\[\]|]", " ", name)
    return f"[[{shown}|{place.source}:{place.start}-{place.end}]]"


def as_markdown(text: str) -> str:
    """The memo with its links as Markdown has them."""
    return _LINK.sub(_to_markdown, text)


def places(text: str) -> list[Place]:
    """The passages a memo links to, in order."""
    return [_place(found) for found in _LINK.finditer(text)]


def place_of(target: str) -> Place | None:
    """The place behind a link that was pressed; None for any other address."""
    found = _TARGET.fullmatch(target)
    return _place(found) if found else None


def link_at(text: str, position: int) -> Place | None:
    """The place of the link around a position of the memo; None outside of links."""
    for found in _LINK.finditer(text):
        if found.start() <= position < found.end():
            return _place(found)
    return None


def spans(text: str) -> list[tuple[int, int, int]]:
    """For each link: where it begins, where its name ends, where it ends."""
    return [(found.start(), found.end("name"), found.end()) for found in _LINK.finditer(text)]


def _place(found: re.Match[str]) -> Place:
    return Place(found["source"], int(found["start"]), int(found["end"]))


def _to_markdown(found: re.Match[str]) -> str:
    name = _SPECIAL.sub(r"\\\1", found["name"]) or found["source"]
    return f"[{name}]({SCHEME}:{found['source']}/{found['start']}/{found['end']})"
