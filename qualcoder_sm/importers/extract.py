"""Documents and workbooks through the child process that reads them.

Their libraries meet files from anywhere. They run in one child per import, under limits
of memory and time; if a file brings the child down, that file is damaged, and that is all.
No text touches the disk: jobs go in on stdin, results come back on stdout, a line each.
"""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from typing import IO, cast

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.paragraphs import Paragraph
from qualcoder_sm.importers.safety import damaged_file

CHILD_ARGUMENT = "--import-child"
SECONDS_PER_FILE = 120

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and how: docx, odt, rtf, pdf, pdf-layout or xlsx."""

    path: str
    format: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What the child found: paragraphs of a document, or rows of a sheet.

    `rounded` counts the numbers in those rows whose last digits the workbook has lost.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    rows: Rows = ()
    rounded: int = 0


def extract(jobs: Sequence[Job]) -> Generator[Extract, None, None]:
    """The contents of the files, in order, each as soon as it is read.

    Raises UnreadableFile at the first file that cannot be read; closing the iterator
    ends the child.
    """
    if not jobs:
        return
    with subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            _send(child, jobs)
            for job in jobs:
                yield _received(child, Path(job.path).name)
        finally:
            child.kill()


def extract_one(path: Path, form: str) -> Extract:
    """The contents of one file."""
    return next(extract([Job(str(path), form)]))


def _command() -> list[str]:
    # -P: a module lying in the folder we happen to be in is not ours to run.
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    return [sys.executable, "-P", "-m", "qualcoder_sm.importers.child"]


def _environment() -> dict[str, str]:
    """The same packages as here, also where the program runs from a folder put on sys.path."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _send(child: "subprocess.Popen[bytes]", jobs: Sequence[Job]) -> None:
    stdin = cast("IO[bytes]", child.stdin)
    try:
        stdin.write(json.dumps([asdict(job) for job in jobs]).encode())
        stdin.close()
    except BrokenPipeError:
        return  # it died at once; the empty answer says so


def _received(child: "subprocess.Popen[bytes]", name: str) -> Extract:
    overdue = _Alarm(child)
    with overdue:
        line = cast("IO[bytes]", child.stdout).readline()
    if overdue.rang:
        raise UnreadableFile(
            tr(
                "{file} took longer than {n} seconds to read, so it was given up. "
                "Nothing was imported.",
                file=name,
                n=SECONDS_PER_FILE,
            )
        )
    if not line.endswith(b"\n"):
        raise damaged_file(name)
    return _parsed(json.loads(line))


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


class _Alarm:
    """Kills the child where one file takes too long."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self.rang = False
        self._child = child
        self._timer = Timer(SECONDS_PER_FILE, self._ring)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        self._child.kill()
