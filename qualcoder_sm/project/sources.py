"""Sources: the documents under analysis, their texts and units."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from qualcoder_sm import i18n
from qualcoder_sm.errors import NameTaken, QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Source, SourceKind, Unit
from qualcoder_sm.natural import Key, natural
from qualcoder_sm.project import names, rows, text_edits
from qualcoder_sm.store import schema, search
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Row, Select, Table

    from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.text_edits import TextEdit
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal

_CACHED_CHARACTERS = 16_000_000
_BULK = 100


class SourceBrief(NamedTuple):
    """What a step on a passage needs of its source."""

    guid: str
    name: str
    characters: int
    sha256: str


class Sources:
    """The texts, listed without being read."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: OrderedDict[str, str] = OrderedDict()

    def all(self) -> list[Source]:
        """Every source: outside of collections first, then by collection and name."""
        return list(self._by_guid().values())

    def _by_guid(self) -> dict[str, Source]:
        tables = ("sources", "collections", "units")
        return self._project.memory.recall("sources", tables, self._read_all)

    def _read_all(self) -> dict[str, Source]:
        c = schema.collections.c
        statement = (
            _sources()
            .join_from(schema.sources, schema.collections, isouter=True)
            .add_columns(c.name.label("collection_name"))
        )
        found = sorted(self._project.fetch(statement), key=_in_order)
        return {row.guid: rows.source(row) for row in found}

    def get(self, guid: str) -> Source:
        """The source with this guid; raises NotFound."""
        if not self._project.is_writing_here and guid in self._by_guid():
            return self._by_guid()[guid]
        found = self._project.fetch(_sources().where(schema.sources.c.guid == guid))
        return rows.source(rows.required(found, tr("This source is no longer in the project.")))

    def brief(self, guid: str) -> SourceBrief:
        """Name, length and digest of a source, without counting its units; raises NotFound."""
        s = schema.sources.c
        columns = (s.guid, s.name, s.characters, s.sha256)
        found = self._project.fetch(select(*columns).where(s.guid == guid))
        gone = tr("This source is no longer in the project.")
        return SourceBrief(*rows.required(found, gone))

    def find(self, wanted: str) -> Source:
        """The source with this guid, path, name or thread id; NotFound or AmbiguousName."""
        collections = {c.guid: c.name for c in self._project.collections.all()}

        def full_path(source: Source) -> str:
            above = collections.get(source.collection or "")
            return names.path(above, source.name) if above else source.name

        return names.found(
            wanted,
            self.all(),
            guid=lambda source: source.guid,
            names=lambda source: (source.name, source.external_id),
            full_path=full_path,
            kind=tr("source"),
        )

    def text(self, guid: str) -> str:
        """The stored text; texts read lately are kept in memory."""
        sha256 = self.get(guid).sha256
        if sha256 not in self._texts:
            self._texts[sha256] = self._read(sha256)
            self._forget_old_texts()
        self._texts.move_to_end(sha256)
        return self._texts[sha256]

    def text_of(self, sha256: str) -> str:
        """The text with a digest, for reading many: it is not kept in memory."""
        return self._texts.get(sha256) or self._read(sha256)

    def text_is_whole(self, source: Source) -> bool:
        """Whether the stored text has the digest and length that the source says."""
        data = self._bytes(source.sha256)
        digest = hashlib.sha256(data).hexdigest() if data is not None else None
        return digest == source.sha256 and len((data or b"").decode()) == source.characters

    def units(self, guid: str) -> list[Unit]:
        """The turns, posts or paragraphs of a source, in order."""
        u = schema.units.c
        return [rows.unit(row) for row in self._project.fetch(
            _units().where(u.source == guid).order_by(u.ordinal))]  # fmt: skip

    def unit_spans(self) -> dict[str, list[tuple[int, int]]]:
        """Start and end of every unit of every source, in order, by the source's guid."""
        u = schema.units.c
        spans: dict[str, list[tuple[int, int]]] = {}
        statement = select(u.source, u.start, u.end).order_by(u.source, u.end, u.start, u.ordinal)
        for source, start, end in self._project.fetch(statement):
            spans.setdefault(source, []).append((start, end))
        return spans

    def next_author_number(self) -> int:
        """The first number n for which no person has the key A000n or a higher one."""
        p = schema.people.c
        keys = self._project.fetch(select(p.key).where(p.key.like("A%")))
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
        with self._project.change("source.import", **told) as journal:
            guids = _Intake(self._project, journal).take(bundle.sources)
            if checked:
                checked()
        added = {source.guid: source for source in self.all()}
        return [added[guid] for guid in guids]

    def rename(self, guid: str, name: str) -> None:
        """Give a source another name; raises NameTaken."""
        source, name = self.get(guid), names.checked(name)
        if name == source.name:
            return
        taken = {s.name for s in self.all() if s.collection == source.collection}
        if name in taken:
            raise _taken(name)
        with self._project.change("source.rename", old=source.name, name=name) as journal:
            journal.update(schema.sources, guid, name=name)

    def move(self, guid: str, collection: str | None) -> None:
        """Put a source into a collection, by guid, or take it out of any."""
        source = self.get(guid)
        if any(s.name == source.name for s in self.all() if s.collection == collection):
            raise _taken(source.name)
        where = {c.guid: c.name for c in self._project.collections.all()}
        outside = tr("the sources outside of collections")
        old, new = (where[one] if one else outside for one in (source.collection, collection))
        told: dict[str, object] = {"name": source.name, "old": old, "collection": new}
        with self._project.change("source.move") as journal:
            journal.describe(**told)
            journal.update(schema.sources, guid, collection=collection)

    def remove(self, guid: str) -> None:
        """Delete a source with its units, codings, links to cases, progress and memos on it."""
        source = self.get(guid)
        codings = self._guids(schema.codings, guid)
        if len(codings) >= _BULK:
            self._project.back_up()
        told: dict[str, object] = {
            "name": source.name,
            "codings": len(codings),
            "what": i18n.codings(len(codings)),
        }
        with self._project.change("source.remove", **told) as journal:
            journal.delete(schema.notes, *self._project.notes.guids_about(guid))
            self._project.codings.delete_rows(journal, codings)
            for table in (schema.units, schema.case_sources, schema.progress):
                journal.delete(table, *self._guids(table, guid))
            journal.delete(schema.sources, guid)

    def preview_correction(self, guid: str, text: str) -> TextEdit:
        """What a corrected text would do to the codings and units of a source."""
        return text_edits.preview(self._project, guid, text)

    def correct(
        self, guid: str, text: str, decisions: Mapping[str, Span | None] | None = None
    ) -> TextEdit:
        """Put a corrected text in the place of a source's text; codings stay on their words.

        `decisions` say, by the guid of a coding, where in the new text it lies, or None to drop
        it. Raises WordsVanished with the codings that must be decided, and WrongUsage for a
        locked source or a text without a word.
        """
        return text_edits.correct(self._project, guid, text, decisions or {})

    def original_text(self, guid: str) -> str:
        """The text of a source as it was imported, whatever was corrected since."""
        return self.text_of(text_edits.original_sha256(self._project, self.get(guid)))

    def lock(self, guid: str) -> None:
        """Keep the text of a source from being corrected."""
        self._set_locked("source.lock", guid, True)

    def unlock(self, guid: str) -> None:
        """Let the text of a source be corrected again."""
        self._set_locked("source.unlock", guid, False)

    def search(self, query: str, limit: int = 50) -> list[Source]:
        """Sources whose text matches an FTS5 query, at most `limit`; raises WrongUsage."""
        with self._project.reading() as connection:
            guids = search.matching_sources(connection, query, limit)
        return [self.get(guid) for guid in guids]

    def _set_locked(self, action: str, guid: str, locked: bool) -> None:
        with self._project.change(action, name=self.get(guid).name) as journal:
            journal.update(schema.sources, guid, locked=int(locked))

    def _guids(self, table: Table, source: str) -> list[str]:
        statement = select(table.c.guid).where(table.c.source == source)
        return [row.guid for row in self._project.fetch(statement)]

    def _read(self, sha256: str) -> str:
        data = self._bytes(sha256)
        if data is None:
            raise QualCoderError(tr("The text of this source was removed from the project."))
        return data.decode()

    def _bytes(self, sha256: str) -> bytes | None:
        statement = select(schema.contents.c.bytes).where(schema.contents.c.sha256 == sha256)
        found = self._project.fetch(statement)
        return found[0].bytes if found else None

    def _forget_old_texts(self) -> None:
        total = sum(map(len, self._texts.values()))
        while total > _CACHED_CHARACTERS and len(self._texts) > 1:
            total -= len(self._texts.popitem(last=False)[1])


class _Intake:
    """Writes drafts as rows: collections and people as they are met, then sources and units."""

    def __init__(self, project: Project, journal: Journal) -> None:
        self._project, self._journal = project, journal
        self._collections = {c.name: c.guid for c in project.collections.all()}
        p = schema.people.c
        self._people = {row.key: row.guid for row in project.fetch(select(p.key, p.guid))}
        self._names = {(source.collection, source.name) for source in project.sources.all()}

    def take(self, drafts: Sequence[SourceDraft]) -> list[str]:
        """Write all drafts, table by table; returns the guids of the sources."""
        self._add_people(unit for draft in drafts for unit in draft.units)
        if not drafts:
            return []
        digests = self._journal.add_contents([draft.text for draft in drafts])
        pairs = [(self._project.new_guid(), draft) for draft in drafts]
        rows = [self._source(*pair, sha256) for pair, sha256 in zip(pairs, digests, strict=True)]
        self._journal.insert(schema.sources, *rows)
        self._journal.insert(
            schema.units,
            *(self._unit(guid, n, unit) for guid, draft in pairs
              for n, unit in enumerate(draft.units)),
        )  # fmt: skip
        return [guid for guid, _draft in pairs]

    def _add_people(self, units: Iterable[UnitDraft]) -> None:
        new = {u.speaker: u for u in units if u.speaker and u.speaker not in self._people}
        people = [
            {"guid": self._project.new_guid(), "key": key, "role": unit.role}
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
            "created": written_time(self._project.clock()),
        }

    def _collection(self, name: str) -> str:
        if name not in self._collections:
            self._collections[name] = self._project.collections.add(name).guid
        return self._collections[name]

    def _unit(self, source: str, ordinal: int, unit: UnitDraft) -> dict[str, object]:
        return {
            "guid": self._project.new_guid(),
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


def _in_order(row: Row[*tuple[Any, ...]]) -> tuple[bool, Key, Key, str]:
    """Outside of collections first, then by collection, name and time of import."""
    collection = row.collection_name
    return collection is not None, natural(collection or ""), natural(row.name), row.created


def _sources() -> Select[*tuple[Any, ...]]:
    u = schema.units.c
    n_units = select(func.count()).where(u.source == schema.sources.c.guid).scalar_subquery()
    return select(schema.sources, n_units.label("n_units"))


def _units() -> Select[*tuple[Any, ...]]:
    p = schema.people.c
    return select(schema.units, p.key, p.role).join_from(schema.units, schema.people, isouter=True)


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
