"""Removal: what goes with a thing that is removed, within the step that removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal

_FEW = 500
"""So many guids are named in a question; for more of them all rows are read."""


def remove_codings(core: Core, journal: Journal, guids: Sequence[str]) -> None:
    """Delete codings, the memos on them and the links between them."""
    journal.delete(schema.coding_links, *links_of(core, guids))
    remove_memos(core, journal, *guids)
    journal.delete(schema.codings, *guids)


def remove_memos(core: Core, journal: Journal, *targets: str) -> None:
    """Delete the memos about these."""
    journal.delete(schema.notes, *memos_about(core, *targets))


def memos_about(core: Core, *targets: str) -> list[str]:
    """Guids of the memos about any of these."""
    wanted = set(targets)
    n = schema.notes.c
    statement = select(n.guid, n.target).where(n.target != "")
    if len(wanted) <= _FEW:
        statement = statement.where(n.target.in_(wanted))
    return [row.guid for row in core.fetch(statement) if row.target in wanted]


def links_of(core: Core, codings: Sequence[str]) -> list[str]:
    """Guids of the links, by anyone, from or to any of these codings."""
    c = schema.coding_links.c
    wanted = set(codings)
    statement = select(c.guid, c.origin, c.target)
    if len(wanted) <= _FEW:
        statement = statement.where(or_(c.origin.in_(wanted), c.target.in_(wanted)))
    found = core.fetch(statement)
    return [row.guid for row in found if row.origin in wanted or row.target in wanted]
