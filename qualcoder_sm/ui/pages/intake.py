"""From files to what an import would bring, on values, for the worker; nothing is written before `take`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.bundle import Bundle
from qualcoder_sm.errors import Cancelled, QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import documents, posts
from qualcoder_sm.importers.extract import Extract, Job, extract
from qualcoder_sm.importers.keys import key_contents, known_authors
from qualcoder_sm.importers.options import ReadAs
from qualcoder_sm.importers.posts import guess_columns
from qualcoder_sm.importers.posts.times import TimeReader
from qualcoder_sm.importers.reading import reader_for
from qualcoder_sm.importers.safety import read_bytes
from qualcoder_sm.importers.speaker_keys import with_keys
from qualcoder_sm.importers.table import preview_of, read_table
from qualcoder_sm.importers.transcript import Speaker, speakers
from qualcoder_sm.model import SourceKind
from qualcoder_sm.project.pending_keys import pending

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qualcoder_sm.bundle import Problem, SourceDraft
    from qualcoder_sm.importers.options import ImportOptions
    from qualcoder_sm.importers.paragraphs import Document
    from qualcoder_sm.importers.posts import Findings
    from qualcoder_sm.importers.reading import Reader
    from qualcoder_sm.importers.table import RawTable, TablePreview
    from qualcoder_sm.model import Source
    from qualcoder_sm.project.project import Project

Progress = Callable[[int, int, str], bool]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A document as it was read."""

    path: Path
    digest: str
    document: Document


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table of posts as it was read."""

    path: Path
    digest: str
    table: RawTable

    @property
    def preview(self) -> TablePreview:
        """Its headers and first values."""
        return preview_of(self.table)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be imported, with the sentence that says why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Files:
    """Everything read from the disk, once, and what could not be read."""

    texts: tuple[TextFile, ...]
    tables: tuple[TableFile, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def headers(self) -> tuple[str, ...] | None:
        """The headers that the tables share, or those that look like posts; None where they differ."""
        every = {file.table.headers for file in self.tables}
        like_posts = {headers for headers in every if "text" in guess_columns(headers)}
        found = every if len(every) == 1 else like_posts
        return found.pop() if len(found) == 1 else None

    @property
    def planned(self) -> TableFile | None:
        """The first table with these headers."""
        headers = self.headers
        return next((file for file in self.tables if file.table.headers == headers), None)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the tables. `naive` times carry no zone, `untimed` could not be read."""

    findings: tuple[Findings, ...]
    naive: int
    untimed: int


@dataclass(frozen=True, slots=True)
class SpeakerFound:
    """A label, its turns in all files, and in how many files it stands."""

    speaker: Speaker
    files: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import would bring, with everything there is to decide about it.

    `refused` are the files of which nothing is in it.
    """

    bundle: Bundle
    speakers: tuple[SpeakerFound, ...]
    found: Found
    refused: tuple[Refused, ...] = ()

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return sum(len(s.units) for s in self.bundle.sources if s.kind is SourceKind.POSTS)

    @property
    def threads(self) -> int:
        """How many threads there are."""
        return sum(s.kind is SourceKind.POSTS for s in self.bundle.sources)

    @property
    def texts(self) -> int:
        """How many other texts there are."""
        return len(self.bundle.sources) - self.threads


def load(paths: Sequence[Path], progress: Progress) -> Files:
    """Read every file once; one that cannot be read is refused alone. Raises Cancelled."""
    readers, refused = _readers(paths)
    tables = [path for path, reader in readers.items() if ReadAs.POSTS in reader.kinds]
    texts = {path: reader for path, reader in readers.items() if path not in tables}
    numbers = {path: number for number, path in enumerate((*texts, *tables), 1)}

    def told(path: Path) -> Path:
        words = tr("Reading {n} of {total}: {file} …", n=numbers[path], total=len(readers),
                   file=path.name)  # fmt: skip
        if not progress(numbers[path] - 1, len(readers), words):
            raise Cancelled(tr("Stopped. Nothing was imported."))
        return path

    read = (*_texts(texts, told), *(_table(told(path)) for path in tables))
    return Files(
        tuple(one for one in read if isinstance(one, TextFile)),
        tuple(one for one in read if isinstance(one, TableFile)),
        (*refused, *(one for one in read if isinstance(one, Refused))),
    )


def intake(files: Files, options: ImportOptions, progress: Progress) -> Intake:
    """What the files bring with these options. Raises WrongUsage, or Cancelled."""

    def checked(share: float, file: str) -> None:
        if not progress(round(share * 100), 100, tr("Looking through {file} …", file=file)):
            raise Cancelled(tr("Stopped. Nothing was imported."))

    read_texts = list(_drafts(files.texts, options, checked))
    drafts = tuple(draft for draft, _problems in read_texts)
    seen = (problem for _draft, problems in read_texts for problem in problems)
    tables, refused = _sorted_out(files, options)
    paths = [file.path for file in tables]
    known = known_authors(paths, options) if paths else {}
    read = posts.read([(file.table, file.digest) for file in tables], options, known, checked)
    spoken = with_keys([file.path for file in files.texts], drafts, options, read.authors)
    bundle = Bundle(
        (*spoken.sources, *read.sources),
        (*seen, *read.problems, *spoken.problems),
        {**read.authors, **spoken.authors},
        (*paths, *spoken.files),
    )
    found = Found(tuple(read.findings), *_times(tables, read.columns, options.zone))
    return Intake(bundle, _speakers(files.texts, options), found, (*files.refused, *refused))


def take(
    project: Project, bundle: Bundle, options: ImportOptions, progress: Progress
) -> list[Source]:
    """Let the project take everything in, as one step, its author keys with it.

    The key files are as they were when the project refuses the import, or when it is stopped.
    """

    def checked() -> None:
        if not progress(0, 0, tr("Importing …")):
            raise Cancelled(tr("Stopped. Nothing was imported."))

    checked()
    with pending(project, key_contents(bundle, options)):
        return project.sources.add(bundle, checked)


def _readers(paths: Sequence[Path]) -> tuple[dict[Path, Reader], list[Refused]]:
    readers: dict[Path, Reader] = {}
    refused: list[Refused] = []
    for path in paths:
        try:
            readers[path] = reader_for(path)
        except QualCoderError as why:
            refused.append(Refused(path, str(why)))
    return readers, refused


def _texts(
    readers: Mapping[Path, Reader], told: Callable[[Path], Path]
) -> Iterator[TextFile | Refused]:
    """The documents; those that need it out of a child process, a new one after each that fails."""
    waiting = dict(readers)

    def waits() -> None:
        told(next(iter(waiting)))

    while waiting:
        jobs = [Job(str(path), reader.form) for path, reader in waiting.items() if reader.form]
        with closing(extract(jobs, waits)) as extracts:
            for path in tuple(waiting):
                made = _text(told(path), waiting[path].form, extracts)
                del waiting[path]
                yield made
                if isinstance(made, Refused):
                    break


def _text(path: Path, form: str, extracts: Iterator[Extract]) -> TextFile | Refused:
    try:
        document = (
            documents.extracted(next(extracts)) if form else documents.plain(path, read_bytes(path))
        )
        return TextFile(path, _digest(path), document)
    except QualCoderError as why:
        return Refused(path, str(why))


def _table(path: Path) -> TableFile | Refused:
    try:
        return TableFile(path, _digest(path), read_table(path))
    except QualCoderError as why:
        return Refused(path, str(why))


def _sorted_out(
    files: Files, options: ImportOptions
) -> tuple[tuple[TableFile, ...], tuple[Refused, ...]]:
    """The tables that hold posts, and the others, each with the reason."""
    sound: list[TableFile] = []
    refused: list[Refused] = []
    for file in files.tables:
        planned = files.headers in (None, file.table.headers)
        try:
            posts.columns_of(file.table, options.columns if planned else {})
            sound.append(file)
        except QualCoderError as why:
            refused.append(Refused(file.path, str(why)))
    return tuple(sound), tuple(refused)


def _drafts(
    files: Sequence[TextFile], options: ImportOptions, checked: Callable[[float, str], None]
) -> Iterator[tuple[SourceDraft, tuple[Problem, ...]]]:
    for number, file in enumerate(files):
        checked(number / len(files), file.path.name)
        yield documents.draft(file.path, file.document, file.digest, options)


def _speakers(files: Sequence[TextFile], options: ImportOptions) -> tuple[SpeakerFound, ...]:
    turns, places = Counter[str](), Counter[str]()
    asking: dict[str, bool] = {}
    for file in files:
        for speaker in speakers(file.document.text, options):
            turns[speaker.label] += speaker.turns
            places[speaker.label] += 1
            asking[speaker.label] = speaker.interviewer
    return tuple(
        SpeakerFound(Speaker(label, n, asking[label]), places[label]) for label, n in turns.items()
    )


def _times(
    files: Sequence[TableFile], columns: Sequence[Mapping[str, int]], zone: str
) -> tuple[int, int]:
    naive = untimed = 0
    for file, places in zip(files, columns, strict=True):
        column = places.get("time")
        if column is None:
            continue
        values = [row[column].strip() for row in file.table.rows]
        reader = TimeReader(values, zone)
        untimed += sum(bool(value) and reader.read(value) is None for value in values)
        naive += reader.naive
    return naive, untimed


def _digest(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()
