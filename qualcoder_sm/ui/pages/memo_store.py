"""Memos of both sorts: those of their own, and those written on a coding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Note
from qualcoder_sm.ui.pages.memo_subjects import CODING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from qualcoder_sm.model import Coder, Coding
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.ui.pages.widgets.memo_editor import Written
    from qualcoder_sm.ui.sight import Sight

    Taking = Callable[[], object]

ON_CODING = "on a coding"
"""The kind of a memo that belongs to a coding, and goes with it."""


class MemoStore:
    """Reads both sorts as notes, and keeps what is written in the place where it belongs."""

    def __init__(self, project: Project, sight: Sight) -> None:
        self._project, self._sight = project, sight
        self._drafted = ""

    def all(self) -> dict[str, Note]:
        """Every memo by guid, newest first; one on a coding has the guid of the coding.

        While the codings of others are not seen, memos on them are not either.
        """
        hidden = {coder.guid for coder in self.unseen()}
        notes = self._project.notes.all()
        notes += [_of_coding(coding) for coding in self._project.codings.with_memo()
                  if coding.coder not in hidden]  # fmt: skip
        return {note.guid: note for note in sorted(notes, key=_created, reverse=True)}

    def unseen(self) -> list[Coder]:
        """The coders whose codings are not seen now."""
        own = self._project.coder.guid
        return [one for one in self._project.coders.all()
                if one.guid != own and not self._sight.sees(one.guid)]  # fmt: skip

    # Steps are made here, on the window's thread, and taken by whoever writes.

    def drafting(self, note: Note | None, written: Written) -> Taking:
        """What puts a draft on the disk, beside the study. A memo on a coding waits for its step."""
        if note is not None and note.kind == ON_CODING:
            return _nothing
        self._drafted = note.guid if note else self._drafted or self._project.new_guid()
        return partial(
            self._project.notes.draft, self._drafted, written.text, title=written.title,
            kind=written.kind, target_table=written.target_table, target=written.target,
        )  # fmt: skip

    def keeping(self, note: Note | None, written: Written) -> Taking:
        """What takes the step; it returns the guid of the memo, empty when nothing was written."""
        if note is not None and note.kind == ON_CODING:
            return partial(self._write_on, note.guid, written.text.strip())
        draft = self.drafting(note, written)
        drafted, self._drafted = self._drafted, ""
        return partial(self._settle, draft, drafted)

    def forgetting(self) -> Taking:
        """What throws the draft away: what was typed was taken back again."""
        drafted, self._drafted = self._drafted, ""
        return partial(self._project.notes.forget, drafted) if drafted else _nothing

    def _write_on(self, coding: str, text: str) -> str:
        self._project.codings.set_memo(coding, text)
        return coding

    def _settle(self, draft: Taking, drafted: str) -> str:
        draft()
        kept = self._project.notes.settle(drafted)
        return kept.guid if kept else ""

    def remove(self, note: Note) -> None:
        """Delete a memo; the coding that it was written on stays."""
        if note.kind == ON_CODING:
            self._project.codings.set_memo(note.guid, "")
        else:
            self._project.notes.remove(note.guid)

    def why_fixed(self, note: Note | None) -> str:
        """Why a memo cannot be changed; empty when it can."""
        if note is None or note.kind != ON_CODING or note.coder == self._project.coder.guid:
            return ""
        coder = self._project.coders.find(note.coder).name
        return tr("This is {coder}’s coding. Nobody else can change it.", coder=coder)


def _nothing() -> str:
    return ""


def _of_coding(coding: Coding) -> Note:
    return Note(coding.guid, ON_CODING, "", coding.memo, coding.coder, coding.created,
                coding.created, CODING, coding.guid)  # fmt: skip


def _created(note: Note) -> datetime:
    return note.created
