"""Notes: memos, free or about something in the project.

While a memo is typed its text goes into a draft beside the study, which is on the disk at once
and no step. When the sitting ends the draft is settled: one step, however long it took. A draft
that a crash left behind is there at the next opening, to be settled then.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Table, select

from qualcoder_sm.errors import NotFound, QualCoderError, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Note
from qualcoder_sm.project import folding, links_in_text, names, rows, wordings
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import beside, schema
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.links_in_text import PassageLink
    from qualcoder_sm.store.journal import Journal

KINDS = ("analytic", "method", "reflexive", "field note", "decision")

TARGETS = ("codings", "sources", "cases", "codes", "project")
"""The tables whose rows a memo may be about."""

_FEW = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A memo being typed: `note` is the guid that it has, or will have when it is settled."""

    note: str
    coder: str
    kind: str
    title: str
    text: str
    target_table: str
    target: str


class Notes:
    """Memos, newest first."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[Note]:
        """Every memo, newest first."""
        statement = select(schema.notes).order_by(schema.notes.c.created.desc())
        return [rows.note(row) for row in self._core.fetch(statement)]

    def get(self, guid: str) -> Note:
        """The memo with this guid; raises NotFound."""
        found = self._core.fetch(select(schema.notes).where(schema.notes.c.guid == guid))
        return rows.note(rows.required(found, tr("This memo is no longer in the project.")))

    def find(self, wanted: str) -> Note:
        """The memo with this title or guid; raises NotFound or AmbiguousName."""
        return names.found(
            wanted,
            self.all(),
            guid=lambda note: note.guid,
            names=lambda note: (note.title,),
            full_path=lambda note: note.title,
            kind=tr("memo"),
        )

    def about(self, target: str) -> list[Note]:
        """Memos about one thing, by its guid, newest first."""
        n = schema.notes.c
        statement = select(schema.notes).where(n.target == target).order_by(n.created.desc())
        return [rows.note(row) for row in self._core.fetch(statement)]

    def search(self, words: str, kinds: Sequence[str] = ()) -> list[Note]:
        """Memos, of some kinds or of all, whose title or text holds all the words.

        Case and accents do not count; a word may stand inside of a longer one.
        """
        wanted = folding.words(words)

        def fits(note: Note) -> bool:
            plain = _plain(f"{note.title}\n{note.text}")
            return all(word in plain for word in wanted)

        return [note for note in self.all() if (not kinds or note.kind in kinds) and fits(note)]

    def passages(self, note: Note) -> list[PassageLink]:
        """The links to passages in a memo's text, each with the guid of its source.

        Links to a source that is gone, or that cannot be told from another, are left out.
        """
        sources = Texts(self._core).all()
        called = [source.name for source in sources]
        known = {source.name: source.guid for source in sources if called.count(source.name) == 1}
        known |= {source.guid: source.guid for source in sources}
        return [
            links_in_text.PassageLink(known[link.source], link.start, link.end, link.at, link.until)
            for link in links_in_text.links(note.text)
            if link.source in known
        ]

    def add(
        self,
        title: str,
        text: str,
        kind: str = "analytic",
        target_table: str = "",
        target: str = "",
        guid: str = "",
    ) -> Note:
        """A new memo of the acting coder, free or about a row of one of `TARGETS`.

        Raises WrongUsage for an unknown kind, NotFound when what it is about is gone. `guid` is
        for a memo that was a draft.
        """
        with self._core.change("") as journal:
            return self._add(journal, title, text, kind, target_table, target, guid)

    def edit(self, guid: str, **fields: str) -> None:
        """Change title, text, kind or target of a memo; nothing happens when nothing differs."""
        with self._core.change("") as journal:
            self._edit(journal, self.get(guid), fields)

    def remove(self, guid: str) -> None:
        """Delete a memo."""
        with self._core.change("note.remove") as journal:
            journal.describe(title=self.get(guid).title)
            journal.delete(schema.notes, guid)

    def _add(
        self,
        journal: Journal,
        title: str,
        text: str,
        kind: str,
        target_table: str,
        target: str,
        guid: str,
    ) -> Note:
        self._require(kind, target_table, target)
        now = self._core.clock()
        note = Note(guid or self._core.new_guid(), kind, title, text, self._core.coder.guid,
                    now, now, target_table, target)  # fmt: skip
        row = asdict(note) | {"created": written_time(now), "modified": written_time(now)}
        journal.describe(f"note.add.{_key(kind)}", title=title or tr("without a title"), kind=kind)
        journal.insert(schema.notes, row)
        return note

    def _edit(self, journal: Journal, note: Note, fields: Mapping[str, str]) -> None:
        if all(getattr(note, name) == value for name, value in fields.items()):
            return
        new = replace(note, **fields)
        if {"kind", "target_table", "target"} & fields.keys():
            self._require(new.kind, new.target_table, new.target)
        told = {"title": new.title or tr("without a title"), "kind": new.kind,
                **wordings.fields(self._words(note), self._words(new))}  # fmt: skip
        journal.describe(f"note.edit.{_key(new.kind)}", **told)
        modified = written_time(self._core.clock())
        journal.update(schema.notes, note.guid, modified=modified, **fields)

    def draft(
        self,
        note: str | None,
        text: str,
        *,
        title: str = "",
        kind: str = "analytic",
        target_table: str = "",
        target: str = "",
    ) -> str:
        """Keep what is being typed, of a memo by its guid or of a new one (None); no step.

        Returns the guid to go on with, and to settle.
        """
        guid = note or self._core.new_guid()
        with self._core.beside() as connection:
            beside.keep_draft(
                connection, note=guid, coder=self._core.coder.guid, kind=kind, title=title, text=text,
                target_table=target_table, target=target, at=written_time(self._core.clock()),
            )  # fmt: skip
        return guid

    def drafts(self) -> list[Draft]:
        """What was typed and not settled yet, oldest first."""
        statement = select(schema.drafts).order_by(schema.drafts.c.at)
        return [Draft(*row[:-1]) for row in self._core.fetch(statement)]

    def settle(self, guid: str) -> Note | None:
        """Make a draft's text the memo, as one step of the acting coder; returns the memo.

        None when the memo is new and nothing was written. What the memo is about may be gone
        meanwhile; then it becomes a free memo.
        """
        with self._core.change("") as journal:
            note, draft = self._known(guid), self._draft(guid)
            if note and draft:
                self._edit(journal, note, self._fields(draft))
            elif draft and (draft.title.strip() or draft.text.strip()):
                self._add(journal, guid=guid, **self._fields(draft))
        self.forget(guid)
        return self._known(guid)

    def settle_all(self) -> None:
        """Settle what the acting coder was typing when the program ended, each as a step.

        One that is refused stays a draft, and its refusal is raised when all were tried.
        """
        refusal: QualCoderError | None = None
        for draft in self.drafts():
            if draft.coder == self._core.coder.guid:
                try:
                    self.settle(draft.note)
                except QualCoderError as error:
                    refusal = error
        if refusal:
            raise refusal

    def forget(self, guid: str) -> None:
        """Throw a draft away."""
        with self._core.beside() as connection:
            beside.forget_draft(connection, guid)

    def _known(self, guid: str) -> Note | None:
        found = self._core.fetch(select(schema.notes).where(schema.notes.c.guid == guid))
        return rows.note(found[0]) if found else None

    def _draft(self, guid: str) -> Draft | None:
        return next((one for one in self.drafts() if one.note == guid), None)

    def _fields(self, draft: Draft) -> dict[str, str]:
        gone = not self._is_there(draft.target_table, draft.target)
        return {
            "title": draft.title,
            "text": draft.text,
            "kind": draft.kind,
            "target_table": "" if gone else draft.target_table,
            "target": "" if gone else draft.target,
        }

    def _require(self, kind: str, target_table: str, target: str) -> None:
        if kind not in KINDS:
            raise WrongUsage(
                tr("“{kind}” is no kind of memo. Choose one of {kinds}.", kind=kind,
                   kinds=", ".join(KINDS))
            )  # fmt: skip
        if (target_table or target) and not self._is_there(target_table, target):
            raise NotFound(tr("What this memo is about is no longer in the project."))

    def _words(self, note: Note) -> dict[str, str]:
        """What a memo holds, with the name of what it is about."""
        table, guid = note.target_table, note.target
        there = self._is_there(table, guid)
        if there and table == "codings":
            table, guid = "codes", Codings(self._core).get(guid).code
        named = schema.metadata.tables[table].c if there else schema.codes.c
        found = self._core.fetch(select(named.name).where(named.guid == guid))
        return {"title": note.title, "kind": note.kind, "text": note.text,
                "subject": found[0].name if found else ""}  # fmt: skip

    def _is_there(self, target_table: str, target: str) -> bool:
        if target_table not in TARGETS:
            return False
        table: Table = schema.metadata.tables[target_table]
        return bool(self._core.fetch(select(table.c.guid).where(table.c.guid == target)))


def _key(kind: str) -> str:
    return kind.replace(" ", "_")


def _plain(text: str) -> str:
    return folding.fold(text).replace(folding.MARK, "")
