"""Finds codes by what is typed: in the name, then the path, then the definition, then loosely."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from qualcoder_sm.model import PATH_SEPARATOR, Code

Marks = tuple[tuple[int, int], ...]


class Where(IntEnum):
    """Where a query was found, the best first."""

    NAME_START = 0
    WORD_START = 1
    NAME = 2
    PATH = 3
    DEFINITION = 4
    LOOSE = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as the palette knows it; `path` names what it lies under. Folded for comparing."""

    code: Code
    path: str
    name: str
    folded_path: str
    definition: str


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits, and the characters of its name and path that do."""

    entry: Entry
    where: Where
    name_marks: Marks = ()
    path_marks: Marks = ()


def entries_of(codes: Iterable[Code]) -> list[Entry]:
    """The codes that can be applied, with their paths, in the order given."""
    by_guid = {code.guid: code for code in codes}
    return [_entry(code, _path(code, by_guid)) for code in by_guid.values() if code.codable]


def _path(code: Code, by_guid: Mapping[str, Code]) -> str:
    names: list[str] = []
    parent = by_guid.get(code.parent or "")
    while parent is not None and len(names) < len(by_guid):
        names.append(parent.name)
        parent = by_guid.get(parent.parent or "")
    return PATH_SEPARATOR.join(reversed(names))


def _entry(code: Code, path: str) -> Entry:
    definition = " ".join((code.brief_definition, code.definition, code.include)).casefold()
    return Entry(code, path, code.name.casefold(), path.casefold(), definition)


def matches(entries: Sequence[Entry], query: str, recents: Sequence[str]) -> list[Match]:
    """What fits a query, the best first; recent use decides between equals.

    With nothing typed: recently used codes (guids, the latest first), then all others.
    """
    typed = " ".join(query.split()).casefold()
    used = {guid: place for place, guid in enumerate(recents)}
    last = len(used)
    if not typed:
        found = [Match(entry, Where.NAME) for entry in entries]
    else:
        found = [match for entry in entries if (match := _match(entry, typed)) is not None]
    return sorted(found, key=lambda match: (match.where, used.get(match.entry.code.guid, last)))


def _match(entry: Entry, typed: str) -> Match | None:
    at = entry.name.find(typed)
    in_path = _marks(entry.folded_path, typed)
    if at >= 0:
        return Match(entry, _where(entry.name, at), ((at, at + len(typed)),), in_path)
    if in_path:
        return Match(entry, Where.PATH, (), in_path)
    if typed in entry.definition:
        return Match(entry, Where.DEFINITION)
    loose = _loosely(entry.name, typed)
    if loose is not None:
        return Match(entry, Where.LOOSE, loose)
    return _by_words(entry, typed)


def _where(name: str, at: int) -> Where:
    if at == 0:
        return Where.NAME_START
    return Where.NAME if name[at - 1].isalnum() else Where.WORD_START


def _marks(words: str, typed: str) -> Marks:
    at = words.find(typed)
    return ((at, at + len(typed)),) if at >= 0 else ()


def _loosely(name: str, typed: str) -> Marks | None:
    """The typed letters in this order, with others between; the first at a word's start."""
    marks: list[tuple[int, int]] = []
    at = 0
    for letter in typed.replace(" ", ""):
        at = name.find(letter, at)
        if at < 0 or (not marks and at > 0 and name[at - 1].isalnum()):
            return None
        marks.append((at, at + 1))
        at += 1
    return tuple(marks)


def _by_words(entry: Entry, typed: str) -> Match | None:
    """Every typed word somewhere in name or path."""
    words = typed.split()
    if len(words) < 2:
        return None
    whole = f"{entry.folded_path} {entry.name}"
    if not all(word in whole for word in words):
        return None
    in_name = tuple(mark for word in words for mark in _marks(entry.name, word))
    in_path = tuple(mark for word in words for mark in _marks(entry.folded_path, word))
    return Match(entry, Where.LOOSE, in_name, in_path)
