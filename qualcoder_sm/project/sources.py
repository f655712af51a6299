"""Sources: the documents under analysis, their texts and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm import i18n
from qualcoder_sm.errors import NameTaken, NotFound
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Source, SourceKind
from qualcoder_sm.project import filters, lists, names, text_edits, wordings
from qualcoder_sm.project.collections import Collections
from qualcoder_sm.project.removal import remove_codings, remove_memos
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema, uniqueness
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Table

    from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
    from qualcoder_sm.model import Collection
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.text_edits import TextEdit
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal

_BULK = 100


class Sources(Texts):
    """The texts, listed without being read; taken in, corrected, removed."""

    def next_author_number(self) -> int:
        """The first number n for which no person has the key A000n or a higher one."""
        p = schema.people.c
        keys = self._core.fetch(select(p.key).where(p.key.like("A%")))
        return 1 + max((int(key[1:]) for (key,) in keys if key[1:].isdigit()), default=0)

    def add(self, bundle: Bundle, checked: Callable[[], None] | None = None) -> list[Source]:
        """Take in everything an importer read, as one step: all of it or nothing.

        `checked` is called before the step is kept; it may raise, and nothing was taken in.
        Raises NameTaken when a source of that name is in the collection already.
        """
        files = sorted({draft.origin for draft in bundle.sources if draft.origin})
        what = _what(bundle.sources)
        told: dict[str, object] = {"what": what, "files": ", ".join(files), "sources":
                                   len(bundle.sources)}  # fmt: skip
        with self._core.change("source.import", **told) as journal:
            guids = _Intake(self._core, journal).take(bundle.sources)
            if checked:
                checked()
        added = {source.guid: source for source in self.all()}
        return [added[guid] for guid in guids]

    def rename(self, guid: str, name: str) -> None:
        """Give a source another name; raises NameTaken."""
        with self._core.change("source.rename") as journal:
            source, name = self.get(guid), names.checked(name)
            if name == source.name:
                return
            if name in self._names_in(source.collection):
                raise uniqueness.source_taken(name)
            journal.describe(old=source.name, name=name)
            journal.update(schema.sources, guid, name=name)

    def move(self, guids: str | Sequence[str], collection: str | None) -> None:
        """Put sources into a collection, all by guid, or take them out of any, as one step.

        Those that are there stay. Raises NameTaken when a name would stand there twice.
        """
        with self._core.change("source.move") as journal:
            where = Collections(self._core).get(collection) if collection else None
            self._move(journal, guids, where)

    def move_to_new(self, guids: str | Sequence[str], name: str) -> None:
        """As `move`, into a new collection of this name, as one step, or the one there is."""
        with self._core.change("source.move") as journal:
            collections = Collections(self._core)
            known = collections.named(name)
            self._move(journal, guids, known or collections.add(name))
            journal.describe("" if known else "source.move_new")

    def _move(
        self, journal: Journal, guids: str | Sequence[str], collection: Collection | None
    ) -> None:
        into, s = collection.guid if collection else None, schema.sources.c
        wanted = list(dict.fromkeys([guids] if isinstance(guids, str) else guids))
        statement = select(s.guid, s.name, s.collection).where(filters.among(s.guid, wanted))
        known = {row.guid: row for row in self._core.fetch(statement)}
        if len(known) < len(wanted):
            raise NotFound(tr("This source is no longer in the project."))
        moved = [known[guid] for guid in wanted if known[guid].collection != into]
        taken = self._names_in(into)
        for source in moved:
            if source.name in taken:
                raise uniqueness.source_taken(source.name)
            taken.add(source.name)
        where = {c.guid: c.name for c in lists.collections(self._core)}
        outside = tr("the sources outside of collections")
        journal.describe(
            name=wordings.listed(source.name for source in moved),
            old=wordings.listed(where.get(source.collection or "", outside) for source in moved),
            collection=collection.name if collection else outside,
        )
        journal.update_all(schema.sources, [source.guid for source in moved], collection=into)

    def _names_in(self, collection: str | None) -> set[str]:
        s = schema.sources.c
        return {row.name for row in self._core.fetch(
            select(s.name).where(s.collection == collection))}  # fmt: skip

    def remove(self, guid: str) -> None:
        """Delete a source with its units, codings, links to cases, progress and memos on it."""
        if len(self._guids(schema.codings, guid)) >= _BULK:
            self._core.back_up_if_possible()
        with self._core.change("source.remove") as journal:
            source, codings = self.get(guid), self._guids(schema.codings, guid)
            what = i18n.codings(len(codings))
            journal.describe(name=source.name, codings=len(codings), what=what)
            remove_memos(self._core, journal, guid)
            remove_codings(self._core, journal, codings)
            for table in (schema.units, schema.case_sources, schema.progress):
                journal.delete(table, *self._guids(table, guid))
            journal.delete(schema.sources, guid)

    def preview_correction(self, guid: str, text: str) -> TextEdit:
        """What a corrected text would do to the codings and units of a source."""
        return text_edits.preview(self._core, guid, text)

    def correct(
        self, guid: str, text: str, decisions: Mapping[str, Span | None] | None = None
    ) -> TextEdit:
        """Put a corrected text in the place of a source's text; codings stay on their words.

        `decisions` say, by the guid of a coding, where in the new text it lies, or None to drop
        it. Raises WordsVanished with the codings that must be decided, and WrongUsage for a
        locked source or a text without a word.
        """
        return text_edits.correct(self._core, guid, text, decisions or {})

    def original_text(self, guid: str) -> str:
        """The text of a source as it was imported, whatever was corrected since."""
        return self.text_of(text_edits.original_sha256(self._core, self.get(guid)))

    def lock(self, guid: str) -> None:
        """Keep the text of a source from being corrected."""
        self._set_locked("source.lock", guid, True)

    def unlock(self, guid: str) -> None:
        """Let the text of a source be corrected again."""
        self._set_locked("source.unlock", guid, False)

    def _set_locked(self, action: str, guid: str, locked: bool) -> None:
        with self._core.change(action) as journal:
            journal.describe(name=self.get(guid).name)
            journal.update(schema.sources, guid, locked=int(locked))

    def _guids(self, table: Table, source: str) -> list[str]:
        statement = select(table.c.guid).where(table.c.source == source)
        return [row.guid for row in self._core.fetch(statement)]


class _Intake:
    """Writes drafts as rows: collections and people as they are met, then sources and units."""

    def __init__(self, core: Core, journal: Journal) -> None:
        self._core, self._journal = core, journal
        self._collections = {c.name: c.guid for c in lists.collections(core)}
        p = schema.people.c
        self._people = {row.key: row.guid for row in core.fetch(select(p.key, p.guid))}
        self._names = {(source.collection, source.name) for source in Texts(core).all()}

    def take(self, drafts: Sequence[SourceDraft]) -> list[str]:
        """Write all drafts, table by table; returns the guids of the sources."""
        self._add_people(unit for draft in drafts for unit in draft.units)
        if not drafts:
            return []
        digests = self._journal.add_contents([draft.text for draft in drafts])
        pairs = [(self._core.new_guid(), draft) for draft in drafts]
        rows = [self._source(*pair, sha256) for pair, sha256 in zip(pairs, digests, strict=True)]
        self._journal.insert(schema.sources, *rows)
        self._journal.insert_all(
            schema.units,
            (self._unit(guid, n, unit) for guid, draft in pairs
             for n, unit in enumerate(draft.units)),
        )  # fmt: skip
        return [guid for guid, _draft in pairs]

    def _add_people(self, units: Iterable[UnitDraft]) -> None:
        new = {u.speaker: u for u in units if u.speaker and u.speaker not in self._people}
        people = [
            {"guid": self._core.new_guid(), "key": key, "role": unit.role}
            for key, unit in new.items()
        ]  # fmt: skip
        self._journal.insert(schema.people, *people)
        self._people |= {str(person["key"]): str(person["guid"]) for person in people}

    def _source(self, guid: str, draft: SourceDraft, sha256: str) -> dict[str, object]:
        collection = self._collection(draft.collection) if draft.collection else None
        name = names.checked(draft.name)
        if (collection, name) in self._names:
            raise _taken(name)
        self._names.add((collection, name))
        return {
            "guid": guid,
            "collection": collection,
            "kind": draft.kind.value,
            "name": name,
            "characters": len(draft.text),
            "sha256": sha256,
            "origin": draft.origin,
            "origin_sha256": draft.origin_sha256,
            "external_id": draft.external_id,
            "description": draft.description,
            "created": written_time(self._core.clock()),
        }

    def _collection(self, name: str) -> str:
        if name not in self._collections:
            self._collections[name] = Collections(self._core).add(name).guid
        return self._collections[name]

    def _unit(self, source: str, ordinal: int, unit: UnitDraft) -> dict[str, object]:
        return {
            "guid": self._core.new_guid(),
            "source": source,
            "ordinal": ordinal,
            "start": unit.start,
            "end": unit.end,
            "kind": unit.kind.value,
            "person": self._people[unit.speaker] if unit.speaker else None,
            "at": written_time(unit.at) if unit.at else None,
            "offset": unit.offset,
            "parent": unit.parent,
            "answers": unit.answers,
            "external_id": unit.external_id,
            "title": unit.title,
            "feature": unit.feature,
            "reactions": unit.reactions,
            "url": unit.url,
            "platform": unit.platform,
            "removed": int(unit.removed),
            "quote_rule": unit.quote_rule,
            "page": unit.page,
        }


def _what(drafts: Sequence[SourceDraft]) -> str:
    posts = sum(len(draft.units) for draft in drafts if draft.kind is SourceKind.POSTS)
    threads = sum(draft.kind is SourceKind.POSTS for draft in drafts)
    texts = len(drafts) - threads
    parts = [
        ntr("{n} text", "{n} texts", texts) if texts else "",
        ntr("{n} post", "{n} posts", posts) if posts else "",
    ]
    found = tr(" and ").join(part for part in parts if part)
    if not threads:
        return found
    return ntr("{found} in {n} thread", "{found} in {n} threads", threads, found=found)


def _taken(name: str) -> NameTaken:
    return NameTaken(
        tr(
            "There is already a source named “{name}” in this collection. Rename the file, or "
            "delete that source first. Nothing was imported.",
            name=name,
        )
    )
