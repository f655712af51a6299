"""Links to passages inside memos: which passage is meant, and how it reads."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qualcoder_sm.project import links_in_text
from qualcoder_sm.project.locators import locator
from qualcoder_sm.ui.requests import Place

if TYPE_CHECKING:
    from qualcoder_sm.project.links_in_text import PassageLink
    from qualcoder_sm.project.project import Project

SCHEME = "passage"
_TARGET = re.compile(SCHEME + r":(?P<source>[0-9A-Za-z-]+)/(?P<start>\d+)/(?P<end>\d+)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#])")
_UNWRITABLE = re.compile(r"[\[\]@]")


class PassageLinks:
    """Knows the sources as they are now, by guid and by name."""

    def __init__(self, project: Project) -> None:
        self._project = project
        sources = project.sources.all()
        often = Counter(source.name for source in sources)
        self._names = {source.guid: source.name for source in sources}
        self._guids = {source.name: source.guid for source in sources if often[source.name] == 1}

    def written(self, place: Place) -> str:
        """The link as it stands in a memo: by name where that can be read back, else by guid."""
        name = self._names[place.source]
        readable = name in self._guids and not _UNWRITABLE.search(name) and name == name.strip()
        source = name if readable else place.source
        return links_in_text.written(source, place.start, place.end)

    def place(self, link: PassageLink) -> Place | None:
        """The passage meant; None when its source is not in the project."""
        guid = link.source if link.source in self._names else self._guids.get(link.source)
        return Place(guid, link.start, link.end) if guid else None

    def place_at(self, text: str, position: int) -> Place | None:
        """The passage of the link around a position of a memo; None outside of links."""
        for link in links_in_text.links(text):
            if link.at <= position < link.until:
                return self.place(link)
        return None

    def name(self, place: Place) -> str:
        """Where words stand, for a reader: "P01, turn 3"."""
        at = locator(self._project, place.source, place.start)
        return f"{self._names[place.source]}, {at}"

    def as_markdown(self, text: str) -> str:
        """A memo with its links as Markdown has them; a link to nowhere stays as it is written."""
        parts: list[str] = []
        last = 0
        for link in links_in_text.links(text):
            place = self.place(link)
            if place:
                name = _SPECIAL.sub(r"\\\1", self.name(place))
                target = f"{SCHEME}:{place.source}/{place.start}/{place.end}"
                parts += [text[last : link.at], f"[{name}]({target})"]
                last = link.until
        return "".join([*parts, text[last:]])


def place_of(target: str) -> Place | None:
    """The passage behind a link that was pressed; None for any other address."""
    found = _TARGET.fullmatch(target)
    return Place(found["source"], int(found["start"]), int(found["end"])) if found else None
