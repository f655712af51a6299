"""What each version of the file changed in the rows of its tables.

An old file is brought up by it (`migrations`), and so are the rows that old steps of the trail
tell of (`trail`): the same registry, so that both come to the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qualcoder_sm.store import schema

Row = dict[str, object]


def _as_it_was(row: Row) -> Row:
    return row


@dataclass(frozen=True, slots=True)
class TableChange:
    """What became of a table: text columns that are new, with their defaults, and columns gone.

    `carry` takes over what the gone columns said; it is given a row with old and new columns.
    """

    added: Mapping[str, str] = field(default_factory=dict[str, str])
    gone: tuple[str, ...] = ()
    carry: Callable[[Row], Row] = _as_it_was

    def row(self, old: Row) -> Row:
        """The row as the next version has it."""
        carried = self.carry({**old, **self.added})
        return {name: value for name, value in carried.items() if name not in self.gone}


def _role_of_interviewer(row: Row) -> Row:
    return row | {"role": "interviewer"} if row["interviewer"] else row


CHANGES: Mapping[int, Mapping[str, TableChange]] = {
    2: {
        "people": TableChange(gone=("interviewer",), carry=_role_of_interviewer),
        "sources": TableChange(added={"quote_rule": ""}),
        "codings": TableChange(added={"paraphrase": "", "quote_rule": ""}),
    }
}
"""By the version that brought them, and by table."""


def newest(table: str, row: Row, version: int) -> Row:
    """A row of a file of this version as the newest version has it, its columns in their order."""
    if version == schema.VERSION:
        return row
    for later in range(version + 1, schema.VERSION + 1):
        change = CHANGES.get(later, {}).get(table)
        row = change.row(row) if change else row
    return {column.name: row[column.name] for column in schema.metadata.tables[table].columns}


def outline(table: str, version: int) -> set[str]:
    """The names of the columns that a table has in a file of this version."""
    names = {column.name for column in schema.metadata.tables[table].columns}
    for later in range(schema.VERSION, version, -1):
        change = CHANGES.get(later, {}).get(table)
        if change:
            names = names - change.added.keys() | set(change.gone)
    return names
