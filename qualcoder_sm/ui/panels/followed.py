"""What a pane renews after a step: the rows it touched, or everything when they are too many."""

from qualcoder_sm.model import Change

MOST = 1_000
"""Rows of a step that are gone through in the window."""


def is_long(change: Change) -> bool:
    """Whether a step has more rows than are gone through: then panes read everything anew."""
    return len(change.rows) > MOST


def touched_sources(change: Change, *tables: str) -> set[str] | None:
    """The sources, by guid, that rows of these tables lie in, or lay; None after a long step."""
    if is_long(change):
        return None
    rows = [row for row in change.rows if row.table in tables]
    return {str(side["source"]) for row in rows for side in (row.before, row.after) if side}
