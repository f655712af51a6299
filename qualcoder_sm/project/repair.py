"""Repair: what a file derives from the rest is made anew, as a step of the trail.

The full-text index, the indexes of tables, and texts that came in by no step. What was told by
steps, and what was imported, is not touched: for that there are backups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.audit import Audit
from qualcoder_sm.store import derived, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from qualcoder_sm.project.core import Core


def repair(core: Core) -> list[str]:
    """Make anew what is derived and not as it should be; returns what was done, in phrases.

    The file is copied as it is before, and nothing is written when nothing is to be done. Raises
    DiskError when no copy could be made.
    """
    strangers = Audit(core).verify().strangers
    with core.reading(as_it_is=True) as connection:
        wrong, whole = derived.wrong_in_index(connection)
        tables = derived.wrong_in_tables(connection)
    if not (strangers or wrong or tables or not whole):
        return []
    core.back_up(as_it_is=True)
    with core.step("project.repair", {}) as journal:
        done = list(_made_anew(journal.connection, strangers, tables=tables,
                               index=bool(wrong) or not whole))  # fmt: skip
        journal.describe(what=tr(", ").join(done))
    return done


def _made_anew(
    connection: Connection, strangers: Sequence[str], *, tables: bool, index: bool
) -> Iterator[str]:
    if tables:
        derived.rebuild_tables(connection)
        yield tr("the indexes of the tables")
    if strangers:
        told.forget_texts(connection, strangers)
        yield ntr("without {n} text that no step tells of", "without {n} texts that no step tells "
                  "of", len(strangers))  # fmt: skip
    if index:
        derived.rebuild_index(connection)
        yield tr("the index that texts are searched by")
