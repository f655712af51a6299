"""From files to what an import would bring, on values, for the worker; nothing is written before `take`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.bundle import Bundle
from qualcoder_sm.errors import Cancelled
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import documents, posts
from qualcoder_sm.importers.extract import Job, extract
from qualcoder_sm.importers.keys import key_files, keys_kept, known_authors
from qualcoder_sm.importers.options import ReadAs
from qualcoder_sm.importers.posts.times import TimeReader
from qualcoder_sm.importers.reading import reader_for
from qualcoder_sm.importers.safety import read_bytes
from qualcoder_sm.importers.speaker_keys import with_keys
from qualcoder_sm.importers.table import preview_of, read_table
from qualcoder_sm.importers.transcript import Speaker, speakers
from qualcoder_sm.model import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qualcoder_sm.bundle import Problem, SourceDraft
    from qualcoder_sm.importers.options import ImportOptions
    from qualcoder_sm.importers.paragraphs import Document
    from qualcoder_sm.importers.posts import Findings
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
class Files:
    """Everything read from the disk, once."""

    texts: tuple[TextFile, ...]
    tables: tuple[TableFile, ...]

    @property
    def headers(self) -> tuple[str, ...] | None:
        """The headers that all tables share; None without a table or where they differ."""
        found = {file.table.headers for file in self.tables}
        return found.pop() if len(found) == 1 else None


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
    """What an import would bring, with everything there is to decide about it."""

    bundle: Bundle
    speakers: tuple[SpeakerFound, ...]
    found: Found

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
    """Read every file once. Raises FileProblem for the first that is refused, or Cancelled."""
    readers = {path: reader_for(path) for path in paths}
    tables = [path for path in paths if ReadAs.POSTS in readers[path].kinds]
    texts = [path for path in paths if path not in tables]
    jobs = [Job(str(path), readers[path].form) for path in texts if readers[path].form]
    read: list[TextFile] = []
    with closing(extract(jobs)) as extracts:
        for number, path in enumerate(texts):
            _tell(progress, number, len(paths), path)
            form = readers[path].form
            document = (
                documents.extracted(next(extracts))
                if form
                else documents.plain(path, read_bytes(path))
            )
            read.append(TextFile(path, _digest(path), document))
    loaded: list[TableFile] = []
    for number, path in enumerate(tables, len(texts)):
        _tell(progress, number, len(paths), path)
        loaded.append(TableFile(path, _digest(path), read_table(path)))
    return Files(tuple(read), tuple(loaded))


def intake(files: Files, options: ImportOptions, progress: Progress) -> Intake:
    """What the files bring with these options. Raises WrongUsage, or Cancelled."""

    def checked(share: float, file: str) -> None:
        if not progress(round(share * 100), 100, tr("Looking through {file} …", file=file)):
            raise Cancelled(tr("Stopped. Nothing was imported."))

    read_texts = list(_drafts(files.texts, options, checked))
    drafts = tuple(draft for draft, _problems in read_texts)
    seen = (problem for _draft, problems in read_texts for problem in problems)
    tables = [file.path for file in files.tables]
    known = known_authors(tables, options) if tables else {}
    read = posts.read([(f.table, f.digest) for f in files.tables], options, known, checked)
    spoken = with_keys([file.path for file in files.texts], drafts, options, read.authors)
    bundle = Bundle(
        (*spoken.sources, *read.sources),
        (*seen, *read.problems, *spoken.problems),
        {**read.authors, **spoken.authors},
        (*tables, *spoken.files),
    )
    found = Found(tuple(read.findings), *_times(files.tables, read.columns, options.zone))
    return Intake(bundle, _speakers(files.texts, options), found)


def take(project: Project, bundle: Bundle, options: ImportOptions) -> list[Source]:
    """Let the project take everything in, as one step, the author keys on the disk before it.

    The key files are as they were when the project refuses the import.
    """
    with keys_kept(key_files(bundle, options), bundle.authors):
        return project.sources.add(bundle)


def _tell(progress: Progress, number: int, total: int, path: Path) -> None:
    words = tr("Reading {n} of {total}: {file} …", n=number + 1, total=total, file=path.name)
    if not progress(number, total, words):
        raise Cancelled(tr("Stopped. Nothing was imported."))


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
