"""Collections: folders of sources, and online groups."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.errors import NameTaken
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Collection
from qualcoder_sm.natural import by_name
from qualcoder_sm.project import names, wordings
from qualcoder_sm.project.quoting import read
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project


class Collections:
    """Where sources belong."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self) -> list[Collection]:
        """Every collection, by name."""
        return list(self._project.memory.recall("collections", ("collections",), self._all))

    def _all(self) -> list[Collection]:
        found = (Collection(*row) for row in self._project.fetch(select(schema.collections)))
        return sorted(found, key=by_name)

    def named(self, name: str) -> Collection | None:
        """The collection of this name, or None."""
        return next((one for one in self.all() if one.name == name), None)

    def add(self, collection: str, *, platform: str = "", quote_rule: str = "") -> Collection:
        """A new collection; raises NameTaken."""
        added = Collection(
            self._project.new_guid(),
            names.checked(collection),
            platform=platform,
            quote_rule=quote_rule,
        )
        if self.named(added.name):
            raise NameTaken(tr("There is already a collection named “{name}”.", name=added.name))
        with self._project.change("collection.add", name=added.name) as journal:
            journal.insert(schema.collections, asdict(added))
        return added

    def describe(self, collection: str, **fields: str) -> None:
        """Change platform, visibility, access_basis or quote_rule of a collection by guid.

        Raises WrongUsage for a looser quote rule without a reason, as `quoting.set_rule`.
        """
        [known] = [one for one in self.all() if one.guid == collection]
        if "quote_rule" in fields:
            self._project.quoting.require_reason(known, read(fields["quote_rule"]))
        old = {name: getattr(known, name) for name in fields}
        told = {"name": known.name, **wordings.fields(old, fields)}
        with self._project.change("collection.edit", **told) as journal:
            journal.update(schema.collections, collection, **fields)
