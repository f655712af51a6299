"""Texts: the sources as they can be read, listed without their texts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from qualcoder_sm.errors import DamagedFile, QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.natural import Key, natural
from qualcoder_sm.project import lists, names, rows
from qualcoder_sm.store import schema, search, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Row, Select

    from qualcoder_sm.model import Source, Unit
    from qualcoder_sm.project.core import Core


_TABLES = ("sources", "collections", "units")


class SourceBrief(NamedTuple):
    """What a step on a passage needs of its source."""

    guid: str
    name: str
    characters: int
    sha256: str


class Texts:
    """What there is to read; `Sources` changes it."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[Source]:
        """Every source: outside of collections first, then by collection and name."""
        return list(self._by_guid().values())

    def _by_guid(self) -> dict[str, Source]:
        return self._core.memory.recall("sources", _TABLES, self._read_all)

    def _read_all(self) -> dict[str, Source]:
        c = schema.collections.c
        statement = (
            _sources()
            .join_from(schema.sources, schema.collections, isouter=True)
            .add_columns(c.name.label("collection_name"))
        )
        found = sorted(self._core.fetch(statement), key=_in_order)
        return {row.guid: rows.source(row) for row in found}

    def get(self, guid: str) -> Source:
        """The source with this guid; raises NotFound."""
        if not self._core.has_touched(*_TABLES) and guid in self._by_guid():
            return self._by_guid()[guid]
        found = self._core.fetch(_sources().where(schema.sources.c.guid == guid))
        return rows.source(rows.required(found, tr("This source is no longer in the project.")))

    def known(self, guid: str) -> Source | None:
        """The source with this guid; None when there is none."""
        return self._by_guid().get(guid)

    def brief(self, guid: str) -> SourceBrief:
        """Name, length and digest of a source, without counting its units; raises NotFound."""
        s = schema.sources.c
        columns = (s.guid, s.name, s.characters, s.sha256)
        found = self._core.fetch(select(*columns).where(s.guid == guid))
        gone = tr("This source is no longer in the project.")
        return SourceBrief(*rows.required(found, gone))

    def find(self, wanted: str) -> Source:
        """The source with this guid, path, name or thread id; NotFound or AmbiguousName."""
        return self.finder()(wanted)

    def finder(self) -> Callable[[str], Source]:
        """`find` for many names, which reads what there is once."""
        collections = {c.guid: c.name for c in lists.collections(self._core)}
        sources = self.all()

        def full_path(source: Source) -> str:
            return names.path(collections.get(source.collection or ""), source.name)

        def found(wanted: str) -> Source:
            return names.found(
                wanted,
                sources,
                guid=lambda source: source.guid,
                names=lambda source: (source.name, source.external_id),
                full_path=full_path,
                kind=tr("source"),
            )

        return found

    def text(self, guid: str) -> str:
        """The stored text; texts read lately are kept in memory."""
        source = self.get(guid)
        text = self._core.memory.text(source.sha256, lambda: self._read(source.sha256))
        self._require_length(source, text)
        return text

    def require_whole(self, source: Source) -> None:
        """Raise DamagedFile unless the text is the one that was imported; it is not kept in memory."""
        self._require_length(source, self._read(source.sha256))

    def _require_length(self, source: Source, text: str) -> None:
        if len(text) != source.characters:
            raise self._damaged(
                tr(
                    "the text of {source} has not as many characters as it should",
                    source=source.name,
                )
            )

    def text_of(self, sha256: str) -> str:
        """The text with a digest, for reading many: it is not kept in memory."""
        return self._core.memory.known_text(sha256) or self._read(sha256)

    def units(self, guid: str) -> list[Unit]:
        """The turns, posts or paragraphs of a source, in order."""
        u = schema.units.c
        return [rows.unit(row) for row in self._core.fetch(
            _units().where(u.source == guid).order_by(u.ordinal))]  # fmt: skip

    def unit_spans(self) -> dict[str, list[tuple[int, int]]]:
        """Start and end of every unit of every source, in order, by the source's guid."""
        with self._core.reading() as connection:
            return units.spans_by_source(connection)

    def search(self, query: str, limit: int = 50) -> list[Source]:
        """Sources whose text matches an FTS5 query, at most `limit`; raises WrongUsage."""
        with self._core.reading() as connection:
            guids = search.matching_sources(connection, query, limit)
        return [self.get(guid) for guid in guids]

    def _read(self, sha256: str) -> str:
        statement = select(schema.contents.c.bytes).where(schema.contents.c.sha256 == sha256)
        found = self._core.fetch(statement)
        if found and found[0].bytes is None:
            raise QualCoderError(tr("The text of this source was removed from the project."))
        data: object = found[0].bytes if found else None
        if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != sha256:
            raise self._damaged(
                tr(
                    "the text with the digest {digest} is not the one that was imported",
                    digest=sha256,
                )
            )
        return data.decode()

    def _damaged(self, what: str) -> DamagedFile:
        return DamagedFile(
            tr("{name} is damaged: {what}. Nothing was changed; restore a backup from the File "
               "menu.", name=self._core.path.name, what=what)
        )  # fmt: skip


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
