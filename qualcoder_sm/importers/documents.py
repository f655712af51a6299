"""Documents that are not tables -> drafts of sources."""

from dataclasses import replace
from pathlib import Path

from qualcoder_sm.bundle import Problem, SourceDraft, UnitDraft
from qualcoder_sm.importers.extract import Extract
from qualcoder_sm.importers.options import ImportOptions, ReadAs
from qualcoder_sm.importers.paragraphs import Document, document, markdown, paragraph_units
from qualcoder_sm.importers.posts.drafts import clean_name
from qualcoder_sm.importers.safety import empty_file
from qualcoder_sm.importers.spoken import problems, spoken
from qualcoder_sm.importers.text import decode
from qualcoder_sm.importers.transcript import is_transcript
from qualcoder_sm.model import SourceKind


def plain(path: Path, data: bytes) -> Document:
    """A .txt or .md file: its own text, no line added or taken away."""
    text, _ = decode(data, path.name)
    return markdown(text) if path.suffix.lower() in {".md", ".markdown"} else Document(text)


def extracted(extract: Extract) -> Document:
    """What the child process made of a document."""
    return document(extract.paragraphs)


def draft(
    path: Path, source: Document, digest: str, options: ImportOptions
) -> tuple[SourceDraft, tuple[Problem, ...]]:
    """The document as one source, and what should be known of it.

    Of a transcript the words are kept that were said; any other text stays as it is. Raises
    UnreadableFile where nobody says a word.
    """
    kind = _kind(path, source, options)
    text, units = source.text, _paged(source)
    seen: tuple[Problem, ...] = ()
    if kind is SourceKind.TRANSCRIPT:
        found = spoken(source, options)
        text, units, seen = found.text, found.units, tuple(problems(found, path.name))
    if not units:
        raise empty_file(path.name)
    made = SourceDraft(
        name=clean_name(path.stem),
        kind=kind,
        text=text,
        units=units,
        collection=options.collection,
        origin=path.name,
        origin_sha256=digest,
    )
    return made, seen


def _paged(source: Document) -> tuple[UnitDraft, ...]:
    return tuple(replace(unit, page=source.page_at(unit.start)) for unit in paragraph_units(source))


def _kind(path: Path, source: Document, options: ImportOptions) -> SourceKind:
    if options.kind != ReadAs.AUTO:
        return SourceKind(options.kind.value)
    if is_transcript(source.text, options):
        return SourceKind.TRANSCRIPT
    return SourceKind.ARTICLE if path.suffix.lower() == ".pdf" else SourceKind.TEXT
