"""Paragraph: what every document is read into before turns are looked for."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from qualcoder_sm.bundle import UnitDraft
from qualcoder_sm.model import UnitKind

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


def paragraph_units(source: Document, start: int = 0, end: int | None = None) -> list[UnitDraft]:
    """A unit for every line with words on it, without the white space around them."""
    return list(_units(source, start, len(source.text) if end is None else end))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at either end; empty where there is nothing else."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return start + left, start + left + len(words.strip())


def _units(source: Document, start: int, end: int) -> Iterator[UnitDraft]:
    for line in _LINE.finditer(source.text, start, end):
        first, last = trimmed(source.text, line.start(), line.end())
        if first < last:
            is_heading = line.start() in source.headings
            kind = UnitKind.HEADING if is_heading else UnitKind.PARAGRAPH
            yield UnitDraft(first, last, kind)
