"""The body of a Word document: the title, quotations by code, prose."""

from collections import Counter
from collections.abc import Iterator, Mapping

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.document import (
    Document,
    Prose,
    Quotation,
    QuotationSection,
)
from qualcoder_sm.exporters.word_look import DEEPEST_HEADING
from qualcoder_sm.exporters.word_text import paragraph
from qualcoder_sm.i18n import ntr, tr

_ASKED = ("project", "date", "coders", "filter")


def front(document: Document) -> str:
    """The title, and where the document comes from."""
    lines = [paragraph(document.title, "Title")]
    if document.subtitle:
        lines.append(paragraph(document.subtitle, "Subtitle"))
    return "".join(lines) + "".join(paragraph(told, "Provenance") for told in _origin(document))


def _origin(document: Document) -> list[str]:
    """What everybody asks in a line of its own, the choices behind the figures in one."""
    told = {key: f"{cells.label(key)}: {value}" for key, value in document.origin.items()}
    head = told.pop("head", "")
    asked = [told.pop(key) for key in _ASKED if key in told]
    return list(filter(None, (*asked, " · ".join(told.values()), head)))


def prose(section: Prose) -> str:
    """Its paragraphs under their heading."""
    paragraphs = (paragraph(text, "Normal") for text in section.paragraphs)
    return paragraph(section.title, "Heading 1") + "".join(paragraphs)


def quotations(section: QuotationSection) -> Iterator[tuple[str, int]]:
    """Pieces of XML, and how many rows each tells: the quotations under their codes."""
    yield paragraph(section.title, "Heading 1"), 0
    yield "".join(paragraph(note, "Table note") for note in section.table.notes), 0
    counts = Counter(quotation.code for quotation in section.quotations)
    if not counts:
        yield paragraph(tr("There are no quotations."), "Normal"), 0
    before: tuple[str, ...] = ()
    for quotation in section.quotations:
        heads = ""
        if quotation.path != before:
            heads = _code_headings(before, quotation.path)
            heads += _about_code(quotation.code, counts, section.definitions)
            before = quotation.path
        yield heads + _quotation(quotation), 1


def _code_headings(before: tuple[str, ...], path: tuple[str, ...]) -> str:
    """Headings of the names on the path that the last quotation did not stand under."""
    shared = 0
    while path[: shared + 1] == before[: shared + 1] and shared < len(path) - 1:
        shared += 1
    return "".join(
        paragraph(name, f"Heading {min(level + 2, DEEPEST_HEADING)}")
        for level, name in enumerate(path)
        if level >= shared
    )


def _about_code(code: str, counts: Mapping[str, int], definitions: Mapping[str, str]) -> str:
    count = ntr("{n} quotation", "{n} quotations", counts[code])
    definition = definitions.get(code, "")
    return paragraph(" · ".join(filter(None, (definition, count))), "Definition")


def _quotation(quotation: Quotation) -> str:
    below = [(quotation.reference, "Quote source")]
    if quotation.memo:
        below.append((tr("Memo: {memo}", memo=quotation.memo), "Quote memo"))
    lines = [paragraph(text, style, keep=True) for text, style in below[:-1]]
    return paragraph(quotation.text, "Quote") + "".join(lines) + paragraph(*below[-1])
