"""Shape: whether the tables, indexes and triggers of a file are those that its version makes.

A trigger that somebody added could rewrite what a step writes, a view could stand for a table: so
nothing is read from a file, and nothing written, before its shape is known.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Index, create_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from qualcoder_sm.errors import AlteredShape
from qualcoder_sm.i18n import tr
from qualcoder_sm.store import schema
from qualcoder_sm.store.versions import outline

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A table, view, index or trigger: its kind, name, table, and the words that make it."""

    kind: str
    name: str
    table: str
    made_by: str

    @classmethod
    def of(cls, kind: object, name: object, table: object, sql: object) -> "Part":
        """A part from a row of `sqlite_master`; spaces, quotes and the order of defaults are gone."""
        words = re.sub(r"[ \t\n]+", " ", str(sql or "")).replace('"', "")
        words = re.sub(r" ?([(),]) ?", r"\1", words)
        # A column that a migration added is written the other way about.
        words = re.sub(r"NOT NULL DEFAULT ('[^']*')", r"DEFAULT \1 NOT NULL", words)
        return cls(str(kind), str(name), str(table), words)

    @property
    def is_virtual(self) -> bool:
        """Whether it is made by a module of SQLite."""
        return self.made_by.upper().startswith("CREATE VIRTUAL")


class Use(IntEnum):
    """What a file can be opened for, each with all that comes before it."""

    NOTHING = 0
    CHECKING = 1
    READING = 2
    WRITING = 3


@dataclass(frozen=True, slots=True)
class Deviation:
    """What is not as a project has it, and the most that the file can be used for in spite of it."""

    sentence: str
    allows: Use


def make(connection: Connection) -> None:
    """Make the tables, indexes and triggers of the newest version in an empty file."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


@cache
def _statements() -> tuple[str, ...]:
    """All that makes a file; put together once, which costs more than running it."""
    engine, tables = create_engine("sqlite://"), schema.metadata.sorted_tables
    indexes = sorted((one for table in tables for one in table.indexes), key=_index_name)
    made = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    return (*(str(one.compile(engine)) for one in made), *schema.TRIGGERS, *schema.SEARCH)


def _index_name(index: Index) -> str:
    return str(index.name)


def require(connection: Connection, path: Path, version: int, use: Use) -> None:
    """Raise AlteredShape, naming one thing, unless the file at path can be used like this."""
    found = min(deviations(connection, version), key=_use, default=None)
    if found is None or found.allows >= use:
        return
    advice = (
        tr("It can be opened for reading only: the window does so, and so do commands that read.")
        if found.allows is Use.READING
        else tr("It cannot be read; restore a backup.")
    )
    raise AlteredShape(
        tr("{name} was changed by something else than this program: {what}. Nothing was changed "
           "now. {advice}", name=path.name, what=found.sentence, advice=advice)
    )  # fmt: skip


def deviations(connection: Connection, version: int) -> list[Deviation]:
    """Everything in a file of this version that is not as a project has it."""
    found = [tuple(row) for row in connection.exec_driver_sql(_MASTER)]
    if _digest(found) in _KNOWN.get(version, ()):
        return []
    expected = {part.name: part for part in _made(schema.VERSION)}
    parts = [Part.of(*row) for row in found]
    if version == schema.VERSION:
        return [told for part in parts if (told := _judged(part, expected.get(part.name)))] + [
            _missing(part) for name, part in expected.items() if name not in _names(parts)
        ]
    return list(_of_older(connection, version, parts, expected))


def _of_older(
    connection: Connection, version: int, parts: list[Part], expected: Mapping[str, Part]
) -> Iterator[Deviation]:
    """As `deviations`, but for indexes, and of tables the names of their columns alone."""
    for part in (part for part in parts if part.kind != "index"):
        own = expected.get(part.name)
        if own is None or own.kind != "table" or own.is_virtual or part.kind != "table":
            yield from filter(None, [_judged(part, own)])
    for name, own in expected.items():
        if own.kind != "index" and name not in _names(parts):
            yield _missing(own)
    for name in schema.metadata.tables.keys() & _names(parts):
        rows = connection.exec_driver_sql("SELECT name FROM pragma_table_info(?)", (name,))
        if {row[0] for row in rows} != outline(name, version):
            yield _altered(expected[name])


_MASTER = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name, type, sql"

_KNOWN: Mapping[int, frozenset[str]] = {
    1: frozenset({"67117ebc085b709e4b601ef410644fdde6b74805de617c829af445dc0faf91c3"}),
    2: frozenset({"1f0a3dff6f8b2309d21e33a95b05feb41b74e251de1d8878965c345437dede4d"}),
    3: frozenset(
        {
            "3f2ebf689c944188d970b66cc30e233a5207c1b97c7af5dde257ec3830f35f01",
            "dd14e44db284cdc51c5f9eb2fe0305efe934ea9485f1a1dec9ae1fcb5c1041cf",  # once of version 1
        }
    ),
}
"""By version, the digests of shapes that need not be compared part by part: opening is quick."""


def _digest(rows: list[tuple[object, ...]]) -> str:
    return hashlib.sha256(repr(rows).encode(errors="surrogatepass")).hexdigest()


@cache
def _made(_version: int) -> tuple[Part, ...]:
    """The parts of a new file of the newest version."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        make(connection)
        return tuple(Part.of(*row) for row in connection.exec_driver_sql(_MASTER))


def _use(deviation: Deviation) -> Use:
    return deviation.allows


def _names(parts: Iterable[Part]) -> set[str]:
    return {part.name for part in parts}


def _judged(part: Part, own: Part | None) -> Deviation | None:
    """What is to be said of a part of a file, where a project has its own of that name, or none."""
    if own is None:
        return Deviation(
            tr("it holds the {kind} “{name}”, which no project has", kind=tr(part.kind),
               name=_short(part.name)),
            Use.CHECKING if part.is_virtual else Use.READING)  # fmt: skip
    if own.kind != part.kind:
        return Deviation(
            tr("“{name}” is a {kind} and should be a {other}", name=part.name,
               kind=tr(part.kind), other=tr(own.kind)), Use.NOTHING)  # fmt: skip
    return _altered(own) if own != part else None


def _altered(own: Part) -> Deviation:
    sentence = tr("the {kind} “{name}” is not made as a project has it", kind=tr(own.kind),
                  name=own.name)  # fmt: skip
    return Deviation(sentence, Use.CHECKING if own.kind == "table" else Use.READING)


def _missing(own: Part) -> Deviation:
    sentence = tr("the {kind} “{name}” is missing", kind=tr(own.kind), name=own.name)
    return Deviation(sentence, Use.CHECKING if own.kind == "table" else Use.READING)


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
