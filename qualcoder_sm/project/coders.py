"""Coders: who works in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coder
from qualcoder_sm.project import lists, names
from qualcoder_sm.store import schema, uniqueness

if TYPE_CHECKING:
    from qualcoder_sm.project.core import Core


class Coders:
    """The people who code, by name."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[Coder]:
        """Every coder, by name."""
        return lists.coders(self._core)

    def find(self, wanted: str) -> Coder:
        """The coder with this name or guid; raises NotFound with the names there are."""
        coders = self.all()
        for coder in coders:
            if wanted in (coder.name, coder.guid):
                return coder
        raise NotFound(
            tr(
                "There is no coder named “{name}”; the coders are {names}.",
                name=wanted,
                names=", ".join(coder.name for coder in coders),
            )
        )

    def add(self, name: str) -> Coder:
        """A new coder; raises NameTaken."""
        with self._core.change("coder.add") as journal:
            coder = Coder(self._core.new_guid(), names.checked(name))
            if any(other.name == coder.name for other in self.all()):
                raise uniqueness.coder_taken(coder.name)
            journal.describe(name=coder.name)
            journal.insert(schema.coders, {"guid": coder.guid, "name": coder.name})
        return coder

    def codings(self) -> dict[str, int]:
        """Number of codings by coder's guid; coders without any are left out."""
        return self._core.memory.counts().by_coder()
