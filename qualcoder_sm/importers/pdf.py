"""PDF files as paragraphs. Runs in the child process only."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.paragraphs import Paragraph
from qualcoder_sm.importers.safety import damaged_file, protected_file, read_bytes
from qualcoder_sm.importers.text import normalised

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 5_000

_HEADER_WITHIN = 1024
# pdfium puts these where a word is broken at the end of a line.
_BROKEN_WORD = re.compile("[\ufffe\x02]\n?")
# A line this much shorter than the page's long ones ends its paragraph.
_SHORT = 0.8
_NEW_PARAGRAPH = re.compile(r"\s*(?:[^\W\d_][\w .'’-]{0,30}[:：]\s|[-•–▪*]\s|\[?\d{1,2}:\d{2})")


def read(path: Path) -> list[Paragraph]:
    """The paragraphs of the text layer, page by page.

    Lines are joined to paragraphs: one ends at a line clearly shorter than the others, at
    the end of a page, and before a line that opens like a speaker's turn or a list item.
    """
    pages = list(_pages(path))
    _check_text(pages, path.name)
    return [Paragraph(block, page=n) for n, page in enumerate(pages, 1) for block in _blocks(page)]


def read_layout(path: Path) -> list[Paragraph]:
    """The lines of the text layer, columns and gaps as on the page; about 4 pages a second."""
    _checked_page_count(path)
    import pdfplumber

    with pdfplumber.open(path) as document:
        pages = [page.extract_text(layout=True) or "" for page in document.pages]
    _check_text(pages, path.name)
    return [
        Paragraph(line.rstrip(), page=n)
        for n, page in enumerate(pages, 1)
        for line in page.split("\n")
    ]


def _check_text(pages: Iterable[str], name: str) -> None:
    if not any(page.strip() for page in pages):
        raise UnreadableFile(
            tr(
                "{file} holds pictures of pages and no text. Put it through OCR "
                "(text recognition) first, then import it again. Nothing was imported.",
                file=name,
            )
        )


def _pages(path: Path) -> Iterator[str]:
    document = _opened(path)
    for page in document:
        text = normalised(page.get_textpage().get_text_range(errors="replace"))
        yield _BROKEN_WORD.sub("", text)


def _checked_page_count(path: Path) -> int:
    return len(_opened(path))


def _opened(path: Path) -> "pypdfium2.PdfDocument":
    if b"%PDF-" not in read_bytes(path)[:_HEADER_WITHIN]:
        raise damaged_file(path.name)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise protected_file(path.name) from error
        raise damaged_file(path.name) from error
    if len(document) > MAX_PAGES:
        raise UnreadableFile(
            tr("{file} has more than {n} pages. Split it first.", file=path.name, n=MAX_PAGES)
        )
    return document


def _blocks(page: str) -> Iterator[str]:
    lines = page.strip().split("\n")
    short = _SHORT * max(map(len, lines), default=0)
    block: list[str] = []
    for line in map(str.strip, lines):
        if block and (not line or _NEW_PARAGRAPH.match(line)):
            yield " ".join(block)
            block = []
        if line:
            block.append(line)
        if block and len(line) < short:
            yield " ".join(block)
            block = []
    if block:
        yield " ".join(block)
