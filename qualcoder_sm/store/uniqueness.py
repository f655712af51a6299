"""What may stand once only: the unique indexes of the tables, and what their violation is called.

A check within the step says the same before; the index holds whatever a check forgot.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, and_, func, select

from qualcoder_sm.errors import AlreadyCoded, NameTaken, QualCoderError, StepConflict
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import RowChange
from qualcoder_sm.store import schema

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns of a table that no two rows share; `says` makes the error from the name of a row."""

    table: Table
    columns: tuple[str, ...]
    says: Callable[[str], QualCoderError]

    def of(self, row: Row) -> tuple[object, ...]:
        """What no other row may have; a column that holds nothing counts as "" does."""
        return tuple("" if row[name] is None else row[name] for name in self.columns)


def code_taken(name: str) -> NameTaken:
    """Another code under the same parent bears this name."""
    return NameTaken(tr("There is already a code named “{name}” there.", name=name))


def coder_taken(name: str) -> NameTaken:
    """Another coder bears this name."""
    return NameTaken(tr("There is already a coder named “{name}”.", name=name))


def collection_taken(name: str) -> NameTaken:
    """Another collection bears this name."""
    return NameTaken(tr("There is already a collection named “{name}”.", name=name))


def source_taken(name: str) -> NameTaken:
    """Another source of the same collection bears this name."""
    return NameTaken(
        tr("There is already a source named “{name}” in this collection. Nothing was changed.",
           name=name)
    )  # fmt: skip


def already_coded(code: str, coding: str = "") -> AlreadyCoded:
    """The coder has put this code on these words before, by the coding with this guid."""
    return AlreadyCoded(tr("These words carry {code} already.", code=code), coding)


def _said_twice(_name: str) -> StepConflict:
    return StepConflict(
        tr("Something this step says has been said already by another. Nothing was changed.")
    )


UNIQUE = {
    unique.table.name: unique
    for unique in (
        Unique(schema.codes, ("parent", "name"), code_taken),
        Unique(schema.coders, ("name",), coder_taken),
        Unique(schema.collections, ("name",), collection_taken),
        Unique(schema.sources, ("collection", "name"), source_taken),
        Unique(schema.codings, ("code", "source", "start", "end", "coder"), already_coded),
        Unique(schema.progress, ("source", "coder"), _said_twice),
        Unique(schema.variable_values, ("case", "variable"), _said_twice),
    )
}
"""By table."""


def moves(table: Table, changes: Iterable[RowChange]) -> bool:
    """Whether changed rows give away what they alone had, which another of them may take."""
    unique = UNIQUE.get(table.name)
    return unique is not None and any(
        unique.of(change.before) != unique.of(change.after)
        for change in changes
        if change.before and change.after
    )


def violation(
    connection: Connection, table: Table, changes: Iterable[RowChange]
) -> QualCoderError | None:
    """What to say of the first row that has what another has; None when there is none."""
    unique = UNIQUE.get(table.name)
    seen: set[tuple[object, ...]] = set()
    for row in (change.after for change in changes if unique and change.after):
        if unique and (unique.of(row) in seen or _is_taken(connection, unique, row)):
            return unique.says(_name(connection, row))
        if unique:
            seen.add(unique.of(row))
    return None


def _is_taken(connection: Connection, unique: Unique, row: Row) -> bool:
    columns = unique.table.c
    same = [func.coalesce(columns[name], "") == value
            for name, value in zip(unique.columns, unique.of(row), strict=True)]  # fmt: skip
    found = connection.execute(select(columns.guid).where(and_(*same), columns.guid != row["guid"]))
    return found.first() is not None


def _name(connection: Connection, row: Row) -> str:
    """What people call a row: its own name, or that of its code."""
    if "name" in row:
        return str(row["name"])
    codes = schema.codes.c
    named = select(codes.name).where(codes.guid == row.get("code"))
    return str(connection.execute(named).scalar_one_or_none() or "")
