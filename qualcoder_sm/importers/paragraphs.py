"""Paragraph: what every document is read into before turns are looked for."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from qualcoder_sm.bundle import UnitDraft
from qualcoder_sm.model import UnitKind
from qualcoder_sm.spans import trimmed

_LINE = re.compile(r"[^\n]+")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document, its line breaks as \\n; `page` is the one it begins on."""

    text: str
    heading: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The stored text of a document.

    `headings` are the positions where headings begin; `pages` the positions where pages with
    words begin, each with the number of the page, in order; empty where there are no pages.
    """

    text: str
    headings: frozenset[int] = frozenset()
    pages: tuple[tuple[int, int], ...] = ()

    def page_at(self, position: int) -> int | None:
        """The number of the page that a position is on, from 1."""
        at = bisect_right(self.pages, position, key=itemgetter(0)) - 1
        return self.pages[at][1] if at >= 0 else None


class Line(NamedTuple):
    """A line from its first word to its last, and whether it is a heading or a paragraph."""

    start: int
    end: int
    kind: UnitKind


def document(paragraphs: Iterable[Paragraph]) -> Document:
    """The paragraphs, one under the other."""
    position, headings, texts = 0, set[int](), list[str]()
    pages: dict[int, int] = {}
    for paragraph in paragraphs:
        if paragraph.page is not None:
            pages.setdefault(paragraph.page, position)
        if paragraph.heading:
            headings.add(position)
        texts.append(paragraph.text)
        position += len(paragraph.text) + 1
    begins = tuple((start, page) for page, start in pages.items())
    return Document("\n".join(texts), frozenset(headings), begins)


def markdown(text: str) -> Document:
    """The text with the lines that begin with # known as headings."""
    starts = (line.start() for line in _LINE.finditer(text) if _MARKDOWN_HEADING.match(line[0]))
    return Document(text, frozenset(starts))


def paragraph_units(source: Document) -> list[UnitDraft]:
    """A unit for every line with words on it, without the white space around them."""
    return [
        UnitDraft(line.start, line.end, line.kind) for line in lines(source, 0, len(source.text))
    ]


def lines(source: Document, start: int, end: int) -> Iterator[Line]:
    """The lines of text[start:end] that have words on them."""
    for line in _LINE.finditer(source.text, start, end):
        first, last = trimmed(source.text, line.start(), line.end())
        if first < last:
            heading = line.start() in source.headings
            yield Line(first, last, UnitKind.HEADING if heading else UnitKind.PARAGRAPH)
