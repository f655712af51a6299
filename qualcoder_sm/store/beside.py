"""What a file keeps beside the study, outside of steps: memos being typed, who has it open."""

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from qualcoder_sm.store import schema


def keep_draft(connection: Connection, **draft: str) -> None:
    """Keep a draft of a memo, in the place of the one before; its columns by name."""
    connection.execute(insert(schema.drafts).values(draft).on_conflict_do_update(
        index_elements=["note"], set_=draft))  # fmt: skip


def rewrite_draft(connection: Connection, note: str, text: str) -> None:
    """Put another text in the place of that of a draft."""
    drafts = schema.drafts
    connection.execute(drafts.update().where(drafts.c.note == note).values(text=text))


def forget_draft(connection: Connection, note: str) -> None:
    """Throw the draft of a memo away."""
    connection.execute(schema.drafts.delete().where(schema.drafts.c.note == note))


def note_holder(connection: Connection, holder: str, opened: str, closed: str | None) -> None:
    """Say in the file who has, or had, it open: it travels where the lock file may not."""
    row = {"id": 1, "holder": holder, "opened": opened, "closed": closed}
    connection.execute(insert(schema.lock).values(row).on_conflict_do_update(
        index_elements=["id"], set_=row))  # fmt: skip
