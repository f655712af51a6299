"""Values: what no step can have written, and the look for it before a column is read.

Whatever reads a table gets values of their types, references that lead somewhere, and spans within
their text, or DamagedFile. A column is looked through once, when a statement first names it, so
that nobody waits for columns that are not read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Float, Integer, Table, event

from qualcoder_sm.errors import DamagedFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Origin, Polarity, Progress, SourceKind, UnitKind
from qualcoder_sm.store import schema


@dataclass(frozen=True, slots=True)
class Rule:
    """What a column may not hold.

    A row breaks it where `predicate` is true, or whose guid is found by `query`. `own` when it
    looks at one row alone, and so holds within a step, too, which may write what belongs together
    one after the other.
    """

    table: str
    column: str
    what: str
    predicate: str = ""
    query: str = ""
    own: bool = False

    @property
    def wrong(self) -> str:
        """The query of the guids of rows that break it."""
        return self.query or _query(self.table, [self.predicate])


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that no step can have written: its table and guid, the column, and what is wrong."""

    table: str
    column: str
    guid: str
    what: str

    @property
    def sentence(self) -> str:
        """It in words."""
        return tr("“{column}” of {guid} in {table} {what}", column=self.column, guid=self.guid,
                  table=self.table, what=tr(self.what))  # fmt: skip


def wrong_values(connection: Connection) -> Iterator[Wrong]:
    """Every value that no step can have written."""
    for rules in rules_by_column().values():
        for rule in rules:
            for (guid,) in connection.exec_driver_sql(rule.wrong):
                yield _wrong(rule, guid)


def look_through(connection: Connection) -> None:
    """Raise DamagedFile now for what would be met when a column is first read."""
    for table in schema.JOURNALLED:  # naming the columns has them looked through
        connection.exec_driver_sql(f'SELECT * FROM "{table.name}" LIMIT 0')


def watch(engine: Engine, path: Path) -> None:
    """Have every column looked through before a statement of the engine first reads it."""
    event.listen(engine, "before_cursor_execute", _Watch(path))


class _Watch:
    """Remembers which columns of a file were looked through."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: set[tuple[str, bool]] = set()
        self._looked: set[Rule] = set()

    def __call__(
        self, connection: Connection, _cursor: object, statement: str, *_more: object
    ) -> None:
        options = connection.get_execution_options()
        inside = bool(options.get("writes"))
        if (statement, inside) in self._known or options.get("as_it_is"):
            return
        rules = [rule for rule in _rules_of(statement)
                 if rule not in self._looked and (rule.own or not inside)]  # fmt: skip
        self._look(connection.connection.driver_connection, rules)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known.add((statement, inside))

    def _look(self, driver: Any, rules: list[Rule]) -> None:  # noqa: ANN401  (SQLAlchemy's)
        """Raise DamagedFile unless all hold: one look at a table for all that one look can tell."""
        plain = [rule for rule in rules if rule.predicate]
        for table, group in groupby(plain, key=_table):
            together = list(group)
            query = _query(table, [rule.predicate for rule in together])
            if driver.execute(f"{query} LIMIT 1").fetchone():
                self._require(driver, together)
        self._require(driver, [rule for rule in rules if rule.query])
        self._looked.update(rules)

    def _require(self, driver: Any, rules: list[Rule]) -> None:  # noqa: ANN401
        for rule in rules:
            found = driver.execute(f"{rule.wrong} LIMIT 1").fetchone()
            if found:
                raise _damaged(self._path, _wrong(rule, found[0]))


def _table(rule: Rule) -> str:
    return rule.table


def _query(table: str, predicates: list[str]) -> str:
    return f'SELECT guid FROM "{table}" WHERE {" OR ".join(predicates)}'


_MOST = 1_000
_WORDS = re.compile(r"\w+")
_ALL = re.compile(r"^SELECT\s+\*|\.\*")


def _rules_of(statement: str) -> Iterator[Rule]:
    """The rules of all columns that a statement may read."""
    if not statement.startswith(("SELECT", "WITH")):
        return
    words, every = set(_WORDS.findall(statement)), bool(_ALL.search(statement))
    for (table, column), rules in rules_by_column().items():
        if table in words and (every or column in words):
            yield from rules


def _damaged(path: Path, wrong: Wrong) -> DamagedFile:
    return DamagedFile(
        tr("{name} is damaged: {what}. Nothing was changed. “check” says all that is wrong; restore "
           "a backup from the File menu.", name=path.name, what=wrong.sentence)
    )  # fmt: skip


def _wrong(rule: Rule, guid: object) -> Wrong:
    shown = guid[:40] if isinstance(guid, str) else tr("a row without a guid")
    return Wrong(rule.table, rule.column, shown, rule.what)


_NO_TYPE = "is of another kind than it should be"
_NO_CHOICE = "is none of the values it can have"
_NO_TIME = "is no time"
GONE = "names something that is not there"
OUTSIDE = "lies outside of its text"
_TIME = "[0-2][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9].*Z"

_CHOICES: Mapping[tuple[str, str], tuple[object, ...]] = {
    ("sources", "kind"): tuple(SourceKind),
    ("sources", "locked"): (0, 1),
    ("units", "kind"): tuple(UnitKind),
    ("units", "removed"): (0, 1),
    ("codes", "origin"): tuple(Origin),
    ("codes", "codable"): (0, 1),
    ("codings", "polarity"): tuple(Polarity),
    ("progress", "state"): tuple(Progress),
}
_TIMES = {("sources", "created"), ("codings", "created"), ("notes", "created"),
          ("notes", "modified"), ("coding_links", "created"), ("units", "at")}  # fmt: skip

_BEYOND = (  # the last end of each source tells without a look at each row
    'SELECT t.guid FROM {table} t JOIN sources s ON s.guid = t.source WHERE t."end" > s.characters '
    'AND s.guid IN (SELECT source FROM {table} GROUP BY source HAVING MAX("end") > '
    "(SELECT characters FROM sources WHERE guid = source))"
)
_DISTINCT = (  # from one value of an index to the next, which passes over all rows between
    "WITH RECURSIVE held(value) AS (SELECT MIN({column}) FROM {table} UNION ALL SELECT (SELECT "
    "MIN({column}) FROM {table} WHERE {column} > held.value) FROM held WHERE held.value IS NOT NULL)"
)
_JOINT = (
    Rule(
        "project",
        "guid",
        "does not stand there once",
        query="SELECT 'project' WHERE (SELECT COUNT(*) FROM project) <> 1",
    ),
    Rule(
        "sources",
        "sha256",
        "names a text that is not there",
        query="SELECT guid FROM sources WHERE sha256 NOT IN (SELECT sha256 FROM contents "
        "WHERE bytes IS NOT NULL)",
    ),
    Rule(  # a character has one to four bytes
        "sources",
        "characters",
        "is not the length of its text",
        query="SELECT s.guid FROM sources s JOIN contents c ON c.sha256 = s.sha256 "
        "WHERE length(c.bytes) NOT BETWEEN s.characters AND 4 * s.characters",
    ),
    Rule("codings", "end", OUTSIDE, query=_BEYOND.format(table="codings")),
    Rule("units", "end", OUTSIDE, query=_BEYOND.format(table="units")),
    Rule(
        "units",
        "parent",
        GONE,
        query="SELECT guid FROM units WHERE parent IS NOT NULL AND (source, parent) NOT IN "
        "(SELECT source, ordinal FROM units)",
    ),
    Rule(  # UNION, which takes each code once, ends also where codes lie in a ring
        "codes",
        "parent",
        "lies below itself",
        query="SELECT guid FROM codes WHERE guid NOT IN (WITH RECURSIVE reached(guid) AS (SELECT "
        "guid FROM codes WHERE parent IS NULL UNION SELECT c.guid FROM codes c JOIN reached r "
        "ON c.parent = r.guid) SELECT guid FROM reached)",
    ),
)
_SPANS = {
    ("codings", "end"): 'start < 0 OR "end" <= start',
    ("units", "end"): 'start < 0 OR "end" < start',
}


@cache
def rules_by_column() -> dict[tuple[str, str], tuple[Rule, ...]]:
    """The rules of every column of the study, by table and column."""
    return {
        (table.name, column.name): tuple(_rules(table, column))
        for table in schema.JOURNALLED
        for column in table.columns
    }


def _rules(table: Table, column: Column[Any]) -> Iterator[Rule]:
    name, key = f'"{column.name}"', (table.name, column.name)
    there = f"{name} IS NOT NULL AND " if column.nullable else ""

    def rule(predicate: str, what: str, *, own: bool = True) -> Rule:
        return Rule(table.name, column.name, what, f"{there}({predicate})", own=own)

    if not column.foreign_keys:  # what is another row's guid is of its kind
        yield rule(f"typeof({name}) <> '{_kind(column)}'", _NO_TYPE)
    if key in _CHOICES:
        yield rule(f"{name} NOT IN ({_listed(_CHOICES[key])})", _NO_CHOICE)
    if key in _TIMES:
        yield rule(f"{name} NOT GLOB '{_TIME}'", _NO_TIME)
    if key in _SPANS:
        yield rule(_SPANS[key], OUTSIDE)
    for reference in column.foreign_keys:
        gone = f'NOT IN (SELECT guid FROM "{reference.column.table.name}")'
        if _leads_an_index(column):
            every = _DISTINCT.format(column=name, table=f'"{table.name}"')
            gone = f"IN ({every} SELECT held.value FROM held WHERE held.value {gone})"
            yield Rule(*key, GONE, query=_query(table.name, [f"{name} {gone}"]))
        else:
            yield rule(f"{name} {gone}", GONE, own=False)
    yield from (one for one in _JOINT if (one.table, one.column) == key)


def _leads_an_index(column: Column[Any]) -> bool:
    return any(next(iter(index.expressions)) is column for index in column.table.indexes)


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, Float):
        return "real"
    return "integer" if isinstance(column.type, Integer) else "text"


def _listed(values: tuple[object, ...]) -> str:
    return ", ".join(str(one) if type(one) is int else f"'{one}'" for one in values)
