"""Other files of the same project beside it: a copy, or what a program that synchronises made of a conflict.

They are only looked at. How far two files agree is told by the hashes of their trails: as long as
those are the same, so is all before.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from qualcoder_sm.errors import FileProblem
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.store import trail
from qualcoder_sm.store.connecting import connected
from qualcoder_sm.store.opening import require_project

_MOST = 50
_PATIENCE = 0.2

HashOf = Callable[[int], str]
"""The hash of the step with a number, "" where there is none."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another file of a project: how many steps both have, and how many only this or that one."""

    path: Path
    common: int
    here: int
    there: int

    def sentence(self, name: str) -> str:
        """How far it agrees with the project in the file `name`."""
        if not self.here and not self.there:
            return tr("{twin} beside it holds the same steps as {name}.",
                      twin=self.path.name, name=name)  # fmt: skip
        return tr(
            "{twin} beside it is a copy of the same project: {common}, {here}, {there}.",
            twin=self.path.name,
            common=ntr("{n:,} step in common", "{n:,} steps in common", self.common),
            here=ntr("{n:,} only in {name}", "{n:,} only in {name}", self.here, name=name),
            there=ntr("{n:,} only there", "{n:,} only there", self.there),
        )


def beside(path: Path, project: str, connection: Connection) -> list[Twin]:
    """The other files of the project with this guid in the folder of the one at `path`.

    At most 50 files are looked at, those first whose names begin alike; one that is in use, or
    half written, is left out.
    """
    steps, _hash = trail.head(connection)

    def here(seq: int) -> str:
        found = connection.exec_driver_sql("SELECT hash FROM changes WHERE seq = ?", (seq,))
        return found.scalar() or ""

    others = [other for other in _neighbours(path) if not _is_same(other, path)]
    return [twin for other in others if (twin := _twin(other, project, steps, here))]


def _neighbours(path: Path) -> list[Path]:
    path = path.resolve()

    def unlike(name: str) -> tuple[bool, str]:
        return not name.startswith(path.stem), name

    with suppress(OSError), os.scandir(path.parent) as entries:
        names = [
            one.name for one in entries if one.name.endswith(path.suffix) and one.name[0] != "."
        ]
        return [path.with_name(name) for name in sorted(names, key=unlike)[:_MOST]]
    return []


def _is_same(other: Path, path: Path) -> bool:
    """Whether both names are of one file; a name that leads nowhere is not of this one."""
    with suppress(OSError):
        return other.samefile(path)
    return False


def _twin(other: Path, project: str, steps: int, here: HashOf) -> Twin | None:
    with suppress(FileProblem, sqlite3.Error, OSError):
        require_project(other)
        with closing(connected(other, patience=_PATIENCE)) as file:
            file.execute("PRAGMA trusted_schema=OFF")
            if file.execute("SELECT guid FROM project").fetchone() != (project,):
                return None
            there_steps, _hash = file.execute(trail.HEAD).fetchone() or (0, "")
            common = _in_common(min(steps, there_steps), here, _hashes(file))
            return Twin(other, common, steps - common, there_steps - common)
    return None


def _hashes(file: sqlite3.Connection) -> HashOf:
    def there(seq: int) -> str:
        found = file.execute("SELECT hash FROM changes WHERE seq = ?", (seq,)).fetchone()
        return found[0] if found else ""

    return there


def _in_common(most: int, here: HashOf, there: HashOf) -> int:
    """How many steps two trails share from their beginning, by halving."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if here(middle) == there(middle) != "":
            least = middle
        else:
            most = middle - 1
    return least
