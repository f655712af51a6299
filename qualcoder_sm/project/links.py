"""Links: one coded passage leads to another, as its coder sees it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from qualcoder_sm import i18n
from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import filters, wordings
from qualcoder_sm.project.coders import Coders
from qualcoder_sm.project.rows import required
from qualcoder_sm.store import schema
from qualcoder_sm.store.trail import read_time, written_time

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

    from qualcoder_sm.project.core import Core

LEADS_TO = "leads to"
_FEW = 500


@dataclass(frozen=True, slots=True)
class CodingLink:
    """A directed link from one coding to another, by guid; `kind` reads "origin kind target"."""

    guid: str
    origin: str
    target: str
    kind: str
    memo: str
    coder: str
    created: datetime


class Links:
    """Directed links between codings. Anyone's codings may be linked; a link has its own coder."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[CodingLink]:
        """Every link, oldest first."""
        return self._where()

    def get(self, guid: str) -> CodingLink:
        """The link with this guid; raises NotFound."""
        found = self._core.fetch(
            select(schema.coding_links).where(schema.coding_links.c.guid == guid)
        )
        return _link(required(found, tr("This link is no longer in the project.")))

    def of_coding(self, coding: str) -> list[CodingLink]:
        """The links from or to a coding, oldest first."""
        c = schema.coding_links.c
        return self._where(or_(c.origin == coding, c.target == coding))

    def of_source(self, source: str) -> list[CodingLink]:
        """The links that begin or end in a source, oldest first."""
        c, codings = schema.coding_links.c, schema.codings.c
        inside = select(codings.guid).where(codings.source == source).scalar_subquery()
        return self._where(or_(c.origin.in_(inside), c.target.in_(inside)))

    def add(self, origin: str, target: str, kind: str = LEADS_TO, memo: str = "") -> CodingLink:
        """Link one coding to another as the acting coder.

        Raises NotFound for a coding that is gone, WrongUsage for a link to itself or one that
        is there already.
        """
        kind = _kind(kind)
        if origin == target:
            raise WrongUsage(tr("A passage cannot be linked to itself. Choose another passage."))
        with self._core.change("link.add") as journal:
            coder = self._core.coder.guid
            told = self._told(origin, target, kind)
            self._require_new(origin, target, kind, coder)
            link = CodingLink(self._core.new_guid(), origin, target, kind, memo, coder,
                              self._core.clock())  # fmt: skip
            journal.describe(**told)
            row = asdict(link) | {"created": written_time(link.created)}
            journal.insert(schema.coding_links, row)
        return link

    def edit(self, guid: str, *, kind: str | None = None, memo: str | None = None) -> None:
        """Change kind or memo of a link of the acting coder; nothing when nothing differs."""
        with self._core.change("link.edit") as journal:
            [link] = self._own(guid)
            kind = link.kind if kind is None else _kind(kind)
            if kind != link.kind:
                self._require_new(link.origin, link.target, kind, link.coder)
            new = {"kind": kind, "memo": link.memo if memo is None else memo}
            told = self._told(link.origin, link.target, kind)
            told |= wordings.fields({"kind": link.kind, "memo": link.memo}, new)
            journal.describe(**told)
            journal.update(schema.coding_links, guid, **new)

    def remove(self, *guids: str) -> None:
        """Take links of the acting coder away."""
        with self._core.change("link.remove") as journal:
            links = self._own(*guids)
            names = self._names(*(coding for one in links for coding in (one.origin, one.target)))
            which = (f"{names[one.origin]} {one.kind} {names[one.target]}" for one in links)
            journal.describe(links=len(links), which=wordings.listed(which),
                             what=i18n.ntr("{n} link", "{n} links", len(links)))  # fmt: skip
            journal.delete(schema.coding_links, *(one.guid for one in links))

    def _where(self, *conditions: ColumnElement[bool]) -> list[CodingLink]:
        c = schema.coding_links.c
        statement = select(schema.coding_links).where(*conditions).order_by(c.created, c.guid)
        return [_link(row) for row in self._core.fetch(statement)]

    def _own(self, *guids: str) -> list[CodingLink]:
        """Links of the acting coder, each once."""
        wanted = set(guids)
        links = self._where(filters.among(schema.coding_links.c.guid, list(wanted)))
        if len(links) < len(wanted):
            raise NotFound(tr("This link is no longer in the project."))
        for link in links:
            if link.coder != self._core.coder.guid:
                whose = Coders(self._core).find(link.coder).name
                raise WrongUsage(
                    tr("This is {coder}’s link. Nobody else can change it.", coder=whose)
                )
        return links

    def _require_new(self, origin: str, target: str, kind: str, coder: str) -> None:
        c = schema.coding_links.c
        same = (c.origin == origin, c.target == target, c.kind == kind, c.coder == coder)
        if self._core.fetch(select(c.guid).where(*same)):
            raise WrongUsage(tr("You have linked these two passages this way already."))

    def _told(self, origin: str, target: str, kind: str) -> dict[str, object]:
        """What the trail tells of a link; raises NotFound when a coding is gone."""
        names = self._names(origin, target)
        if len(names) < len({origin, target}):
            raise NotFound(tr("One of the two passages is no longer coded, so there is no link."))
        return {"origin": names[origin], "target": names[target], "kind": kind}

    def _names(self, *codings: str) -> dict[str, str]:
        """The name of each coding's code, by the coding's guid."""
        c = schema.codings.c
        statement = (
            select(c.guid, schema.codes.c.name)
            .join_from(schema.codings, schema.codes)
            .where(filters.among(c.guid, codings))
        )
        return {row[0]: row[1] for row in self._core.fetch(statement)}


def _kind(kind: str) -> str:
    kind = " ".join(kind.split())
    if not kind:
        raise WrongUsage(tr("Say how the passages are linked, for example “leads to”."))
    return kind


def _link(row: Row[*tuple[object, ...]]) -> CodingLink:
    return CodingLink(
        guid=row.guid,
        origin=row.origin,
        target=row.target,
        kind=row.kind,
        memo=row.memo,
        coder=row.coder,
        created=read_time(row.created),
    )
