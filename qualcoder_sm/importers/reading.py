"""From paths to a Bundle: everything is read before anything is handed over."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qualcoder_sm.bundle import Bundle, Problem, SourceDraft
from qualcoder_sm.errors import Cancelled, UnknownFormat, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import documents, posts
from qualcoder_sm.importers.extract import Job, extract
from qualcoder_sm.importers.keys import known_authors
from qualcoder_sm.importers.options import ImportOptions, ReadAs
from qualcoder_sm.importers.paragraphs import Document
from qualcoder_sm.importers.posts import Findings
from qualcoder_sm.importers.safety import read_bytes
from qualcoder_sm.importers.speaker_keys import with_keys
from qualcoder_sm.importers.table import TablePreview, preview_of, read_table
from qualcoder_sm.importers.transcript import Speaker, speakers

Progress = Callable[[int, int, str], bool]

_DOCUMENT_KINDS = frozenset({ReadAs.TRANSCRIPT, ReadAs.ARTICLE, ReadAs.TEXT})
_TABLE_KINDS = frozenset({ReadAs.POSTS})
_WITH_MACROS = frozenset({".docm", ".xlsm"})
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of file: its name, its endings, what it may be read as.

    `form` is how the child process reads it, "" for files that need none.
    """

    name: str
    endings: tuple[str, ...]
    kinds: frozenset[ReadAs]
    form: str = ""


READERS = (
    Reader("Plain text", (".txt", ".md", ".markdown"), _DOCUMENT_KINDS),
    Reader("Word document", (".docx", ".docm"), _DOCUMENT_KINDS, "docx"),
    Reader("OpenDocument text", (".odt",), _DOCUMENT_KINDS, "odt"),
    Reader("Rich text", (".rtf",), _DOCUMENT_KINDS, "rtf"),
    Reader("PDF", (".pdf",), _DOCUMENT_KINDS, "pdf"),
    Reader("Comma-separated table", (".csv", ".tsv"), _TABLE_KINDS),
    Reader("Excel workbook", (".xlsx", ".xlsm"), _TABLE_KINDS, "xlsx"),
)


@dataclass(frozen=True, slots=True)
class PostsPreview:
    """A posts file as it would be imported: the table, the columns used, what was found."""

    table: TablePreview
    columns: Mapping[str, str]
    bundle: Bundle
    findings: Findings


@dataclass(frozen=True, slots=True)
class DocumentPreview:
    """A document as it would be imported, and the speakers found in it before corrections."""

    source: SourceDraft
    speakers: tuple[Speaker, ...]
    problems: tuple[Problem, ...]


def reader_for(path: Path, kind: ReadAs = ReadAs.AUTO) -> Reader:
    """The reader of a file with this ending. Raises UnknownFormat, or WrongUsage by the kind."""
    ending = path.suffix.lower()
    reader = next((reader for reader in READERS if ending in reader.endings), None)
    if reader is None:
        endings = ", ".join(ending for reader in READERS for ending in reader.endings)
        raise UnknownFormat(
            tr(
                "{file} cannot be imported; files that can end in {endings}. Nothing was imported.",
                file=path.name,
                endings=endings,
            )
        )
    if kind not in {ReadAs.AUTO, *reader.kinds}:
        raise WrongUsage(
            tr(
                "{file} cannot be read as {kind}; only as {kinds}. Nothing was imported.",
                file=path.name,
                kind=kind.value,
                kinds=", ".join(sorted(kind.value for kind in reader.kinds)),
            )
        )
    return reader


def read(
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> Bundle:
    """The sources in some files: documents in the order given, then posts.

    All or nothing: the first file that is refused raises (UnreadableFile, UnknownFormat,
    WrongUsage), and so does `progress`, called with steps done, steps in all and the file's
    name, when it returns False (Cancelled).
    """
    options = options or ImportOptions()
    readers = [reader_for(path, options.kind) for path in paths]
    steps = _Steps(progress, [path.name for path in paths])
    plan = list(zip(paths, readers, strict=True))
    tables = [path for path, reader in plan if ReadAs.POSTS in reader.kinds]
    rest = [(path, reader) for path, reader in plan if ReadAs.POSTS not in reader.kinds]
    drafts = list(_documents(rest, options, steps))
    found = _posts(tables, options, steps)
    steps.finish()
    sources = tuple(draft for draft, _problems in drafts)
    spoken = with_keys([path for path, _ in rest], sources, options, found.authors)
    seen = (problem for _draft, problems in drafts for problem in problems)
    macros = map(_macros, filter(_has_macros, paths))
    return Bundle(
        (*spoken.sources, *found.sources),
        (*macros, *seen, *found.problems, *spoken.problems),
        {**found.authors, **spoken.authors},
        (*tables, *spoken.files),
    )


def _has_macros(path: Path) -> bool:
    return path.suffix.lower() in _WITH_MACROS


def _macros(path: Path) -> Problem:
    return Problem(path.name, "", tr("The macros in the file were not read."))


def preview_posts(path: Path, options: ImportOptions) -> PostsPreview:
    """A posts file as these options would have it. Nothing is written."""
    reader_for(path, ReadAs.POSTS)
    table = read_table(path)
    steps = _Steps(None, [path.name])
    found = posts.read([(table, _digest(path))], options, known_authors([path], options), steps.at)
    return PostsPreview(
        preview_of(table),
        {field: table.headers[column] for field, column in found.columns[0].items()},
        Bundle(found.sources, found.problems, found.authors),
        found.findings[0],
    )


def preview_document(path: Path, options: ImportOptions) -> DocumentPreview:
    """A document as these options would have it, and its speakers. Nothing is written."""
    reader = reader_for(path, options.kind)
    [document] = _contents([(path, reader)], options)
    source, problems = documents.draft(path, document, _digest(path), options)
    return DocumentPreview(source, speakers(document.text, options), problems)


def _documents(
    files: Sequence[tuple[Path, Reader]], options: ImportOptions, steps: "_Steps"
) -> Iterator[tuple[SourceDraft, tuple[Problem, ...]]]:
    documents_read = _contents(files, options, steps.look)
    for (path, _), document in zip(files, documents_read, strict=True):
        yield documents.draft(path, document, _digest(path), options)
        steps.at(1, path.name)


def _contents(
    files: Sequence[tuple[Path, Reader]],
    options: ImportOptions,
    waits: Callable[[], None] | None = None,
) -> Iterator[Document]:
    """The text of each document, those that need it out of one child process."""
    jobs = [Job(str(path), _form(reader, options)) for path, reader in files if reader.form]
    with closing(extract(jobs, waits)) as extracts:
        for path, reader in files:
            if reader.form:
                yield documents.extracted(next(extracts))
            else:
                yield documents.plain(path, read_bytes(path))


def _form(reader: Reader, options: ImportOptions) -> str:
    return "pdf-layout" if reader.form == "pdf" and options.pdf_layout else reader.form


def _posts(paths: Sequence[Path], options: ImportOptions, steps: "_Steps") -> posts.Posts:
    known = known_authors(paths, options) if paths else {}
    tables = [(read_table(path), _digest(path)) for path in paths]
    return posts.read(tables, options, known, steps.at)


def _digest(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


class _Steps:
    """Tells `progress` how far the files are, and stops the import where it says so."""

    def __init__(self, progress: Progress | None, files: Sequence[str]) -> None:
        self._progress = progress
        self._done = dict.fromkeys(files, 0)
        self._total = len(self._done) * _STEPS
        self._file = next(iter(files), "")

    def at(self, share: float, file: str) -> None:
        """This share of this file is done."""
        self._done[file] = max(self._done[file], round(share * _STEPS))
        self._file = file
        self.look()

    def look(self) -> None:
        """Nothing more is done yet."""
        self._tell(sum(self._done.values()), self._file)

    def finish(self) -> None:
        """All files are done."""
        self._tell(self._total, "")

    def _tell(self, done: int, file: str) -> None:
        if self._progress and not self._progress(done, self._total, file):
            raise Cancelled(tr("The import was stopped. Nothing was imported."))
