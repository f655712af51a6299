"""Where a project lies: who else has a hand in its folder, and other files of it beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.store import synced, twins

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.synced import Keeper
    from qualcoder_sm.store.twins import Twin


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a project: the keeper of its folder, None for this computer alone, and twins."""

    path: Path
    keeper: Keeper | None
    twins: tuple[Twin, ...]

    def told(self, known: Collection[str] = ()) -> dict[str, str]:
        """A sentence on each place or file of these that is not known yet, by its path."""
        place = str(self.path.resolve())
        said = {place: self.keeper.advice(self.path.name)} if self.keeper else {}
        said |= {str(twin.path): twin.sentence(self.path.name) for twin in self.twins}
        return {path: sentence for path, sentence in said.items() if path not in known}


def around(core: Core) -> Around:
    """What is around the project: all that `place` finds, and other files of it in its folder."""
    with core.reading() as connection:
        found = twins.beside(core.path, core.guid, connection)
    return Around(core.path, synced.keeper_of(core.path), tuple(found))


def place(core: Core) -> Around:
    """Who keeps the folder of the project, without a look at the other files in it."""
    return Around(core.path, synced.keeper_of(core.path), ())
