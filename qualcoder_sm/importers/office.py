"""Word, OpenDocument and RTF files as paragraphs. Runs in the child process only."""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.paragraphs import Paragraph
from qualcoder_sm.importers.safety import check_archive, damaged_file, read_bytes

if TYPE_CHECKING:
    from mammoth import documents
    from odfdo import Element

_OLE = b"\xd0\xcf\x11\xe0"
_HEADING = re.compile(r"(heading \d|title|subtitle)", re.IGNORECASE)
_CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")


def read_docx(path: Path) -> list[Paragraph]:
    """The paragraphs of a Word document with tracked insertions and text boxes.

    A table gives one paragraph per row, cells apart by tabs. Foot- and endnotes follow at
    the end; comments and tracked deletions are left out.
    """
    check_package(path, "word/document.xml", "Word")
    from mammoth import docx

    with path.open("rb") as file:
        document = docx.read(file).value
    body = list(_docx_blocks(_docx_children(document)))
    notes = [document.notes.resolve(reference) for reference in _docx_references(document)]
    return body + [block for note in notes for block in _docx_blocks(note.body)]


def check_package(path: Path, part: str, kind: str) -> None:
    """Refuse what is not a safe zip file with this part in it."""
    if read_bytes(path).startswith(_OLE):
        raise UnreadableFile(
            tr(
                "{file} has a password, or is in the form {kind} used before 2007. "
                "Save it anew without a password and import that. Nothing was imported.",
                file=path.name,
                kind=kind,
            )
        )
    names = {name.lower() for name in check_archive(path)}
    if part not in names:
        raise UnreadableFile(
            tr(
                "{file} is not a {kind} file, whatever its ending says. Nothing was imported.",
                file=path.name,
                kind=kind,
            )
        )


def _docx_children(element: object) -> "Sequence[documents.Element]":
    return getattr(element, "children", ())


def _docx_blocks(elements: "Sequence[documents.Element]") -> Iterator[Paragraph]:
    for element in elements:
        kind = type(element).__name__
        if kind == "Paragraph":
            style = getattr(element, "style_name", None) or ""
            yield Paragraph(_docx_text(element), _HEADING.match(style) is not None)
        elif kind == "TableRow":
            yield Paragraph("\t".join(map(_docx_cell, _docx_children(element))))
        else:
            yield from _docx_blocks(_docx_children(element))


def _docx_cell(cell: "documents.Element") -> str:
    return "\n".join(block.text for block in _docx_blocks(_docx_children(cell)))


def _docx_text(element: "documents.Element") -> str:
    kind = type(element).__name__
    if kind == "Text":
        return str(getattr(element, "value", ""))
    if kind == "Tab":
        return "\t"
    if kind == "Break":
        return "\n" if getattr(element, "break_type", "") == "line" else ""
    return "".join(map(_docx_text, _docx_children(element)))


def _docx_references(element: object) -> "Iterator[documents.NoteReference]":
    from mammoth.documents import NoteReference

    for child in _docx_children(element):
        if isinstance(child, NoteReference):
            yield child
        yield from _docx_references(child)


def read_odt(path: Path) -> list[Paragraph]:
    """The paragraphs of an OpenDocument text; tables and notes as in `read_docx`."""
    check_package(path, "content.xml", "OpenDocument")
    from odfdo import Document

    return list(_odt_blocks(Document(path).body))


_ODT_SKIPPED = frozenset(
    {"text:tracked-changes", "office:annotation", "office:annotation-end", "text:note"}
)
_ODT_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}


def _odt_blocks(element: "Element") -> Iterator[Paragraph]:
    notes: list[Element] = []
    yield from _odt_children(element, notes)
    for note in notes:
        for body in note.children:
            if body.tag == "text:note-body":
                yield from _odt_blocks(body)


def _odt_children(element: "Element", notes: "list[Element]") -> Iterator[Paragraph]:
    for child in element.children:
        if child.tag in {"text:p", "text:h"}:
            yield Paragraph(_odt_text(child, notes), child.tag == "text:h")
        elif child.tag == "table:table-row":
            cells = (_odt_children(cell, notes) for cell in child.children)
            yield Paragraph("\t".join("\n".join(p.text for p in cell) for cell in cells))
        elif child.tag not in _ODT_SKIPPED:
            yield from _odt_children(child, notes)


def _odt_text(element: "Element", notes: "list[Element]") -> str:
    parts = [element.text or ""]
    for child in element.children:
        parts.append(_odt_inline(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)


def _odt_inline(child: "Element", notes: "list[Element]") -> str:
    if child.tag == "text:note":
        notes.append(child)
    if child.tag in _ODT_SKIPPED:
        return ""
    if child.tag == "text:s":
        return " " * int(str(child.get_attribute("text:c") or 1))
    return _ODT_CHARACTERS.get(child.tag) or _odt_text(child, notes)


def read_rtf(path: Path) -> list[Paragraph]:
    """The paragraphs of an RTF file, in the code page that its header names."""
    data = read_bytes(path)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise damaged_file(path.name)
    from striprtf.striprtf import rtf_to_text

    # The library would take a page it does not know for UTF-8, so we look it up ourselves.
    unpaged = _CODE_PAGE.sub(b"", data, count=1).decode("latin-1")
    text = rtf_to_text(unpaged, encoding=_code_page(data), errors="replace")
    return [Paragraph(line) for line in text.strip("\n").split("\n")]


def _code_page(data: bytes) -> str:
    page = _CODE_PAGE.search(data)
    if page and page[1] == b"10000":
        return "mac_roman"
    try:
        return codecs.lookup(f"cp{page[1].decode()}").name if page else "cp1252"
    except LookupError:
        return "cp1252"
