"""Exporters: tables and documents to files. The ending of the name decides the format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcoder_sm.errors import UnknownFormat
from qualcoder_sm.exporters import csv_file, json_file, spreadsheet, verifier, word
from qualcoder_sm.exporters.document import (
    Document,
    Progress,
    Prose,
    Quotation,
    QuotationSection,
    Section,
    silent,
)
from qualcoder_sm.files import atomic_path
from qualcoder_sm.i18n import tr
from qualcoder_sm.table import Table

__all__ = [
    "Document",
    "Format",
    "Progress",
    "Prose",
    "Quotation",
    "QuotationSection",
    "Section",
    "formats",
    "told",
    "write",
]


AUDIT = "audit"
"""The key of the audit trail among tables; to import its report would bring in all numbers."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the ending with its dot, the name people know, and its writer."""

    ending: str
    name: str
    write: Callable[[Document, Path, Progress], None]


def formats() -> tuple[Format, ...]:
    """The kinds of file that can be written."""
    return (
        Format(".xlsx", tr("Excel workbook"), spreadsheet.write),
        Format(".docx", tr("Word document"), word.write),
        Format(".csv", tr("Comma-separated table"), csv_file.write),
        Format(".json", tr("JSON"), json_file.write),
    )


def write(document: Document, target: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write the document to `target`, whole or not at all; returns what was put beside it.

    Beside an audit trail goes the program that verifies it.

    Raises UnknownFormat for an ending that is none of `formats()`, WrongUsage when the
    format cannot hold the document, and DiskError; an older file then stays as it was.
    """
    form = _format_of(target)
    with atomic_path(target) as temporary:
        form.write(document, temporary, progress or silent)
    tables = [section for section in document.sections if isinstance(section, Table)]
    holds_trail = any(table.key == AUDIT for table in tables)
    return (verifier.put_beside(target),) if holds_trail else ()


def told(beside: Sequence[Path]) -> list[str]:
    """What was put beside a file, in a sentence each."""
    return [tr("Beside it: {name}, which verifies the audit trail of the project file.",
               name=path.name) for path in beside]  # fmt: skip


def _format_of(target: Path) -> Format:
    by_ending = {form.ending: form for form in formats()}
    try:
        return by_ending[target.suffix.lower()]
    except KeyError:
        raise UnknownFormat(
            tr(
                "“{name}” does not end in one of {endings}, so its format is unknown. Choose one "
                "of these endings; nothing was written.",
                name=target.name,
                endings=", ".join(by_ending),
            )
        ) from None
