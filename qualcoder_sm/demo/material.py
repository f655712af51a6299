"""What the study is made of: the tables that come with the program, as values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from qualcoder_sm import importers, paths
from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.importers.table import read_table

DOCUMENTS = (
    "P01.docx", "P06.docx", "P11.txt", "P16.rtf", "P19.docx", "P20.txt", "S01 group rules.pdf",
)  # fmt: skip
SPACES = ("S01", "S05", "S07")


@dataclass(frozen=True, slots=True)
class QuotedCoding:
    """A coding by its words: `source` is an interview or a thread, `code` a path.

    `occurrence` counts from 1, in the whole interview, or over the posts of the thread in the
    order of their file.
    """

    source: str
    quote: str
    occurrence: int
    code: str
    coder: str
    memo: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo of the study; `about` are interviews, threads and spaces by name."""

    day: date
    coder: str
    kind: str
    title: str
    text: str
    about: tuple[str, ...]


class Material:
    """The files of the study in a folder, each read when it is asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.shipped("resources") / "demo"

    def file(self, name: str) -> Path:
        """Where a file lies."""
        return self._folder / name

    @cached_property
    def codings(self) -> Sequence[QuotedCoding]:
        """All codings of both coders, in the order of their file."""
        rows = self._rows("codings.csv", "source", "quote", "occurrence", "code", "coder", "memo")
        return [
            QuotedCoding(_last_part(source), quote, int(occurrence), code, coder, memo)
            for source, quote, occurrence, code, coder, memo in rows
        ]

    @cached_property
    def memos(self) -> Sequence[Memo]:
        """All memos, oldest first."""
        rows = self._rows("notes.csv", "date", "author", "kind", "title", "text", "linked_to")
        memos = [
            Memo(date.fromisoformat(day), coder, kind, title, text, _names(about))
            for day, coder, kind, title, text, about in rows
        ]
        return sorted(memos, key=lambda memo: memo.day)

    @cached_property
    def cases(self) -> Mapping[str, CaseDraft]:
        """People and spaces by their id."""
        return {case.name: case for case in importers.read_cases(self.file("cases.csv"))}

    @cached_property
    def post_order(self) -> Mapping[str, int]:
        """Where each post stands in its file, by its id."""
        return {
            post: place
            for space in SPACES
            for place, (post,) in enumerate(self._rows(f"{space}.csv", "post_id"))
        }

    def _rows(self, name: str, *headers: str) -> Iterator[tuple[str, ...]]:
        table = read_table(self.file(name))
        return zip(*map(table.cells, headers), strict=True)


def _last_part(source: str) -> str:
    return source.rpartition("/")[2]


def _names(about: str) -> tuple[str, ...]:
    return tuple(map(_last_part, about.split(";")))
