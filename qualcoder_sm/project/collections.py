"""Collections: folders of sources, and online groups."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Collection
from qualcoder_sm.project import lists, names, wordings
from qualcoder_sm.project.quote_rules import QuoteRules
from qualcoder_sm.project.quoting import read
from qualcoder_sm.store import schema, uniqueness

if TYPE_CHECKING:
    from qualcoder_sm.project.core import Core


class Collections:
    """Where sources belong."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[Collection]:
        """Every collection, by name."""
        return lists.collections(self._core)

    def find(self, wanted: str) -> Collection:
        """The collection with this name or guid; raises NotFound."""
        return names.found(
            wanted,
            self.all(),
            guid=lambda one: one.guid,
            names=lambda one: (one.name,),
            full_path=lambda one: one.name,
            kind=tr("collection"),
        )

    def named(self, name: str) -> Collection | None:
        """The collection of this name, or None."""
        name = names.checked(name)
        return next((one for one in self.all() if one.name == name), None)

    def get(self, guid: str) -> Collection:
        """The collection with this guid; raises NotFound."""
        for one in self.all():
            if one.guid == guid:
                return one
        raise NotFound(tr("This collection is no longer in the project."))

    def add(self, collection: str, *, platform: str = "", quote_rule: str = "") -> Collection:
        """A new collection; raises NameTaken."""
        with self._core.change("collection.add") as journal:
            added = Collection(
                self._core.new_guid(),
                names.checked(collection),
                platform=platform,
                quote_rule=quote_rule,
            )
            if self.named(added.name):
                raise uniqueness.collection_taken(added.name)
            journal.describe(name=added.name)
            journal.insert(schema.collections, asdict(added))
        return added

    def describe(self, collection: str, **fields: str) -> None:
        """Change platform, visibility, access_basis or quote_rule of a collection by guid.

        Raises WrongUsage for a looser quote rule without a reason, as `quoting.set_rule`.
        """
        with self._core.change("collection.edit") as journal:
            known = self.get(collection)
            if "quote_rule" in fields:
                QuoteRules(self._core).require_reason(known, read(fields["quote_rule"]))
            old = {name: getattr(known, name) for name in fields}
            journal.describe(name=known.name, **wordings.fields(old, fields))
            journal.update(schema.collections, collection, **fields)
