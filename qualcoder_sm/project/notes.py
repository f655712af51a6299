"""Notes: memos, free or about something in the project."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Note
from qualcoder_sm.project import rows
from qualcoder_sm.store import schema
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project

KINDS = ("analytic", "method", "reflexive", "field note", "decision")


class Notes:
    """Memos, newest first."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self) -> list[Note]:
        """Every memo, newest first."""
        statement = select(schema.notes).order_by(schema.notes.c.created.desc())
        return [rows.note(row) for row in self._project.fetch(statement)]

    def about(self, target: str) -> list[Note]:
        """Memos about one thing, by its guid."""
        return [note for note in self.all() if note.target == target]

    def guids_about(self, *targets: str) -> list[str]:
        """Guids of the memos about any of these."""
        wanted = set(targets)
        n = schema.notes.c
        found = self._project.fetch(select(n.guid, n.target).where(n.target != ""))
        return [row.guid for row in found if row.target in wanted]

    def add(
        self,
        title: str,
        text: str,
        kind: str = "analytic",
        target_table: str = "",
        target: str = "",
    ) -> Note:
        """A new memo of the acting coder."""
        now = self._project.clock()
        note = Note(self._project.new_guid(), kind, title, text, self._project.coder.guid, now, now,
                    target_table, target)  # fmt: skip
        row = asdict(note) | {"created": written_time(now), "modified": written_time(now)}
        with self._project.change("note.add", title=title or tr("without a title")) as journal:
            journal.insert(schema.notes, row)
        return note

    def edit(self, guid: str, **fields: str) -> None:
        """Change title, text or kind of a memo; nothing happens when nothing differs."""
        note = self._get(guid)
        if all(getattr(note, name) == value for name, value in fields.items()):
            return
        with self._project.change("note.edit", title=fields.get("title", note.title)) as journal:
            modified = written_time(self._project.clock())
            journal.update(schema.notes, guid, modified=modified, **fields)

    def remove(self, guid: str) -> None:
        """Delete a memo."""
        with self._project.change("note.remove", title=self._get(guid).title) as journal:
            journal.delete(schema.notes, guid)

    def _get(self, guid: str) -> Note:
        found = self._project.fetch(select(schema.notes).where(schema.notes.c.guid == guid))
        return rows.note(rows.required(found, tr("This memo is no longer in the project.")))
