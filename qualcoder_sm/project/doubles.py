"""What files of version 3 hold once only, put right in a file of an older version."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.removal import remove_codings
from qualcoder_sm.store import schema
from qualcoder_sm.store.uniqueness import UNIQUE, Unique

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal


def settle(core: Core, journal: Journal) -> str:
    """Tell apart names that stand twice, and keep one of entries that do; returns what was done."""
    renamed = dropped = 0
    for unique in UNIQUE.values():
        again = list(_doubles(core, unique))
        if "name" in unique.columns:
            _rename(core, journal, unique, again)
            renamed += len(again)
        elif unique.table is schema.codings:
            remove_codings(core, journal, [row["guid"] for row in again])
            dropped += len(again)
        else:
            journal.delete(unique.table, *(row["guid"] for row in again))
            dropped += len(again)
    parts = (
        ntr("{n} name that stood twice got a number", "{n} names that stood twice got numbers",
            renamed) if renamed else "",
        ntr("{n} entry that stood twice was dropped", "{n} entries that stood twice were dropped",
            dropped) if dropped else "",
    )  # fmt: skip
    return "; ".join(filter(None, parts)) or tr("no name and no coding stands twice")


def _doubles(core: Core, unique: Unique) -> Iterator[dict[str, Any]]:
    """The rows that have what one before them has, by guid."""
    seen: set[tuple[object, ...]] = set()
    for row in _rows(core, unique.table):
        if unique.of(row) in seen:
            yield row
        seen.add(unique.of(row))


def _rename(core: Core, journal: Journal, unique: Unique, rows: list[dict[str, Any]]) -> None:
    taken = {unique.of(row) for row in _rows(core, unique.table)}
    for row in rows:
        named = (row | {"name": f"{row['name']} ({n})"} for n in count(2))
        new = next(one for one in named if unique.of(one) not in taken)
        taken.add(unique.of(new))
        journal.update(unique.table, row["guid"], name=new["name"])


def _rows(core: Core, table: Table) -> list[dict[str, Any]]:
    with core.reading() as connection:
        found = connection.execute(select(table).order_by(table.c.guid))
        return [dict(row) for row in found.mappings()]
