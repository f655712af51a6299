"""Documents and workbooks through the process that reads them.

Their libraries meet files from anywhere. They run in one process per import, which no other work
uses, under limits of memory and time; if a file brings it down, that file is damaged, and that is
all.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.paragraphs import Paragraph
from qualcoder_sm.importers.safety import damaged_file
from qualcoder_sm.limited import BrokeDown, TookTooLong, Worker

SECONDS_PER_FILE = 120

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and how: docx, odt, rtf, pdf, pdf-layout or xlsx."""

    path: str
    format: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What the process found: paragraphs of a document, or rows of a sheet.

    `rounded` counts the numbers in those rows whose last digits the workbook has lost.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    rows: Rows = ()
    rounded: int = 0


def extract(
    jobs: Sequence[Job], waits: Callable[[], None] | None = None
) -> Generator[Extract, None, None]:
    """The contents of the files, in order, each as soon as it is read.

    Raises UnreadableFile at the first file that cannot be read. Closing the iterator ends the
    process, and so does what `waits` raises, which is called while a file takes its time.
    """
    if not jobs:
        return
    from qualcoder_sm.importers import child  # the libraries' side, which nothing here uses

    with (
        Worker() as worker,
        closing(worker.each(child.answer, jobs, SECONDS_PER_FILE, waits)) as answers,
    ):
        for job in jobs:
            yield _received(answers, Path(job.path).name)


def extract_one(path: Path, form: str) -> Extract:
    """The contents of one file."""
    return next(extract([Job(str(path), form)]))


def _received(answers: Iterator[Any], name: str) -> Extract:
    try:
        return _parsed(next(answers))
    except TookTooLong as error:
        raise UnreadableFile(
            tr(
                "{file} took longer than {n} seconds to read, so it was given up. "
                "Nothing was imported.",
                file=name,
                n=SECONDS_PER_FILE,
            )
        ) from error
    except BrokeDown as error:
        raise damaged_file(name) from error


def _parsed(answer: dict[str, object]) -> Extract:
    if "error" in answer:
        raise UnreadableFile(str(answer["error"]))
    paragraphs = cast("list[tuple[str, bool, int | None]]", answer.get("paragraphs", []))
    rows = cast("list[list[str]]", answer.get("rows", []))
    return Extract(
        tuple(Paragraph(*item) for item in paragraphs),
        tuple(map(tuple, rows)),
        cast("int", answer.get("rounded", 0)),
    )
