"""Author keys: A0001 for a name, and the file, never in the project, that says whose they are."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from qualcoder_sm import files
from qualcoder_sm.bundle import Bundle
from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.options import ImportOptions
from qualcoder_sm.importers.table import read_table

_HEADERS = ("key", "author")
_KEY = re.compile(r"A(\d+)")
# What a spreadsheet would take for a formula, behind any marks that keep it a text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")


def key_file_for(path: Path) -> Path:
    """Where the key of a file's authors or speakers goes by default: beside it."""
    return path.with_name(f"{path.stem}_authors_key.csv")


def key_files(bundle: Bundle, options: ImportOptions) -> list[Path]:
    """Where the keys of what was read go: to the one place named, or beside each file with some."""
    if options.key_file:
        return [options.key_file]
    return [key_file_for(path) for path in bundle.keyed]


def read_key_file(path: Path) -> dict[str, str]:
    """Names and their keys. Raises UnreadableFile where the file is no author key."""
    table = read_table(path)
    key, author = table.column("key"), table.column("author")
    if key is None or author is None:
        raise UnreadableFile(
            tr(
                "{file} is not an author key: it has no columns key and author. "
                "Move it away or name another place for the key.",
                file=path.name,
            )
        )
    return {_without_mark(row[author]): row[key] for row in table.rows}


def write_key_file(path: Path, authors: Mapping[str, str]) -> None:
    """Add names and their keys to the file, or make it, for this user alone.

    Nothing that it holds is lost, and it is replaced in one go or not at all. Raises
    DiskError where it cannot be written.
    """
    for place, data in _contents([path], authors).items():
        files.write(place, data, files.PRIVATE)


def key_contents(bundle: Bundle, options: ImportOptions) -> dict[Path, bytes]:
    """What the key files have to hold so that the names of what was read are in them.

    Those that hold them already are left out.
    """
    return _contents(key_files(bundle, options), bundle.authors)


def _contents(paths: Iterable[Path], authors: Mapping[str, str]) -> dict[Path, bytes]:
    contents = dict[Path, bytes]()
    for path in paths:
        kept = read_key_file(path) if path.exists() else {}
        if authors.keys() - kept.keys():
            lines = sorted((key, name) for name, key in (dict(authors) | kept).items())
            contents[path] = _written(lines)
    return contents


def known_authors(paths: Iterable[Path], options: ImportOptions) -> dict[str, str]:
    """Names whose keys are settled: from the options, and the key files that exist."""
    known: dict[str, str] = {}
    places = [options.key_file] if options.key_file else [key_file_for(path) for path in paths]
    for place in places:
        if place.exists():
            known |= read_key_file(place)
    return known | dict(options.known_authors)


class Keys:
    """Hands out keys in order of first appearance, never one that was handed out before."""

    def __init__(self, known: Mapping[str, str], first: int) -> None:
        self.by_name = dict(known)
        numbers = [int(found[1]) for key in known.values() if (found := _KEY.fullmatch(key))]
        self._next = max([first, *(number + 1 for number in numbers)])

    def of(self, name: str) -> str:
        """The key of this name."""
        if name not in self.by_name:
            self.by_name[name] = f"A{self._next:04}"
            self._next += 1
        return self.by_name[name]


def _written(lines: Iterable[tuple[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADERS)
    writer.writerows((key, _with_mark(name)) for key, name in lines)
    return text.getvalue().encode("utf-8-sig")


def _with_mark(name: str) -> str:
    return f"'{name}" if _FORMULA.match(name) else name


def _without_mark(name: str) -> str:
    return name[1:] if _MARKED.match(name) else name
