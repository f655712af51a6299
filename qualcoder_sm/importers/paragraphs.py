"""Paragraph: what every document is read into before turns are looked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualcoder_sm.bundle import UnitDraft
from qualcoder_sm.model import UnitKind

_LINE = re.compile(r"[^\n]+")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a document, its line breaks as \\n."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The stored text of a document; `headings` are the positions where headings begin."""

    text: str
    headings: frozenset[int] = frozenset()


def document(paragraphs: Iterable[Paragraph]) -> Document:
    """The paragraphs, one under the other."""
    position, headings, texts = 0, set[int](), list[str]()
    for paragraph in paragraphs:
        if paragraph.heading:
            headings.add(position)
        texts.append(paragraph.text)
        position += len(paragraph.text) + 1
    return Document("\n".join(texts), frozenset(headings))


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
