"""Documents that are not tables -> drafts of sources."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qualcoder_sm.bundle import SourceDraft, UnitDraft
from qualcoder_sm.importers.extract import Extract
from qualcoder_sm.importers.options import ImportOptions, ReadAs
from qualcoder_sm.importers.paragraphs import Document, document, markdown, paragraph_units
from qualcoder_sm.importers.posts.drafts import clean_name
from qualcoder_sm.importers.text import decode
from qualcoder_sm.importers.transcript import is_transcript, turn_units
from qualcoder_sm.model import SourceKind


def plain(path: Path, data: bytes) -> Document:
    """A .txt or .md file: its own text, no line added or taken away."""
    text, _ = decode(data, path.name)
    return markdown(text) if path.suffix.lower() in {".md", ".markdown"} else Document(text)


def extracted(extract: Extract) -> Document:
    """What the child process made of a document."""
    return document(extract.paragraphs)


def draft(path: Path, source: Document, digest: str, options: ImportOptions) -> SourceDraft:
    """The document as one source: turns where it is a transcript, else paragraphs."""
    kind = _kind(path, source, options)
    if kind == SourceKind.TRANSCRIPT:
        units = turn_units(source, options)
    else:
        units = paragraph_units(source)
    return SourceDraft(
        name=clean_name(path.stem),
        kind=kind,
        text=source.text,
        units=_paged(source, units),
        collection=options.collection,
        origin=path.name,
        origin_sha256=digest,
    )


def _paged(source: Document, units: Sequence[UnitDraft]) -> tuple[UnitDraft, ...]:
    if not source.pages:
        return tuple(units)
    return tuple(replace(unit, page=source.page_at(unit.start)) for unit in units)


def _kind(path: Path, source: Document, options: ImportOptions) -> SourceKind:
    if options.kind != ReadAs.AUTO:
        return SourceKind(options.kind.value)
    if is_transcript(source.text, options):
        return SourceKind.TRANSCRIPT
    return SourceKind.ARTICLE if path.suffix.lower() == ".pdf" else SourceKind.TEXT
