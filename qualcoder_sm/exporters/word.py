"""Word documents: real heading styles, numbered tables whose heads repeat, wide ones on their side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_sm.exporters import cells, word_body, word_look, word_records
from qualcoder_sm.exporters.document import Document, Progress, Prose, QuotationSection
from qualcoder_sm.exporters.word_table import WordTable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_CHUNK = 500  # pieces parsed at one go


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands on pages of one orientation: pieces of XML, and the rows that each tells."""

    pieces: Iterator[tuple[str, int]]
    rows: int
    landscape: bool = False


def write(document: Document, path: Path, progress: Progress) -> None:
    """Write the document; each of several sections stands under a Heading 1."""
    import docx

    word = docx.Document()
    _set_properties(word, document)
    word_look.apply_styles(word)
    parts = list(_parts(document))
    landscape = bool(parts) and parts[0].landscape
    word_look.set_page(word.sections[0], landscape=landscape)
    word_look.set_footer(word.sections[0], document.origin)
    _append(word, word_body.front(document))
    done, total = 0, sum(part.rows for part in parts)
    for part in parts:
        if part.landscape != landscape:
            landscape = not landscape
            word_look.set_page(word.add_section(), landscape=landscape)
        for xml, rows in _gathered(part.pieces):
            _append(word, xml)
            done += rows
            progress(done, total)
    word.save(str(path))


def _parts(document: Document) -> Iterator[_Part]:
    numbers = count(1)
    several = len(document.sections) > 1
    for section in document.sections:
        if isinstance(section, Prose):
            yield _Part(iter([(word_body.prose(section), 0)]), 0)
        elif isinstance(section, QuotationSection):
            yield _Part(word_body.quotations(section), len(section.table.rows))
        elif section.key == "codebook":
            yield _Part(word_records.codebook(section, document.zone), len(section.rows))
        else:
            laid = WordTable(section, document.zone, empty_rows=document.empty_rows)
            yield _Part(
                laid.pieces(next(numbers), headed=several), len(section.rows), laid.landscape
            )


def _set_properties(word: "WordDocument", document: Document) -> None:
    properties = word.core_properties
    properties.title = cells.one_line(document.title)[:255]
    properties.author = cells.one_line(document.origin.get("coders", ""))[:255]
    properties.comments = "QualCoder SM"
    properties.created = properties.modified = datetime.now(UTC)


def _gathered(pieces: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The pieces joined into fewer, longer ones."""
    while some := list(islice(pieces, _CHUNK)):
        yield "".join(xml for xml, _ in some), sum(rows for _, rows in some)


def _append(word: "WordDocument", xml: str) -> None:
    """Add blocks at the end of the last section; one parse for all of them."""
    from docx.oxml import parse_xml

    end = word.element.body.sectPr
    for block in list(parse_xml(f"<w:body {word_look.W}>{xml}</w:body>")):
        # lxml moves a tree in time quadratic in its size, so the rows of a table move singly.
        rows = block.xpath("./w:tr")
        for row in rows:
            block.remove(row)
        end.addprevious(block)
        for row in rows:
            block.append(row)
