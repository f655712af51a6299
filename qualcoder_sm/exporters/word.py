"""Word documents: real heading styles, tables whose heads repeat, wide ones on their side."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_sm.exporters import cells, word_body, word_look
from qualcoder_sm.exporters.document import Document, Progress, Prose, QuotationSection, Section

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_CHUNK = 500  # pieces parsed at one go


def write(document: Document, path: Path, progress: Progress) -> None:
    """Write the document; sections stand in their order, each under a Heading 1."""
    import docx

    word = docx.Document()
    _set_properties(word, document)
    word_look.apply_styles(word)
    landscape = bool(document.sections) and word_body.is_landscape(document.sections[0])
    word_look.set_page(word.sections[0], landscape=landscape)
    word_look.set_footer(word.sections[0], document.origin)
    _append(word, word_body.front(document))
    done, total = 0, sum(map(_length, document.sections))
    for section in document.sections:
        if word_body.is_landscape(section) != landscape:
            landscape = not landscape
            word_look.set_page(word.add_section(), landscape=landscape)
        for xml, rows in _gathered(section):
            _append(word, xml)
            done += rows
            progress(done, total)
    word.save(str(path))


def _set_properties(word: "WordDocument", document: Document) -> None:
    properties = word.core_properties
    properties.title = cells.clean(document.title)[:255]
    properties.author = cells.clean(document.origin.get("coders", ""))[:255]
    properties.comments = "QualCoder SM"
    properties.created = properties.modified = datetime.now(UTC)


def _length(section: Section) -> int:
    if isinstance(section, Prose):
        return 0
    return len(section.table.rows if isinstance(section, QuotationSection) else section.rows)


def _gathered(section: Section) -> Iterator[tuple[str, int]]:
    """The section's pieces joined into fewer, longer ones."""
    pieces: list[str] = []
    rows = 0
    for xml, n in word_body.chunks(section):
        pieces.append(xml)
        rows += n
        if len(pieces) == _CHUNK:
            yield "".join(pieces), rows
            pieces, rows = [], 0
    yield "".join(pieces), rows


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
