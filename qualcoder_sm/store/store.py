"""Store: what the core asks of whatever keeps a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection

    from qualcoder_sm.store.backups import Backup
    from qualcoder_sm.store.locking import Holder


class Store(Protocol):
    """A project that is kept somewhere: many read it, one writes, and errors are sentences.

    The rows are those of `schema`. What is asked of them in an engine's own words stands in
    functions of this package that are given a connection: `search`, `columns`, `derived`, `values`,
    `shape`, `migrations`, `redaction`.
    """

    @property
    def path(self) -> Path:
        """Where it is, or will be: its name is said to people, and its backups are known by it."""
        ...

    @property
    def read_only(self) -> bool:
        """Whether nothing is written."""
        ...

    @property
    def version(self) -> int:
        """The version of its schema when it was opened."""
        ...

    @property
    def holder(self) -> Holder | None:
        """Who holds it for writing, when that is this process; None before `hold`."""
        ...

    def hold(self, coder: str) -> None:
        """Keep all others from writing until `close`.

        From now on a step is refused when store, lock or trail are not what was left of them.
        Raises ProjectLocked, or ReadOnlyProject where nothing can be held.
        """
        ...

    def require_owned(self) -> None:
        """Raise TakenOver when the next step would be refused, as far as shows from outside."""
        ...

    def put_in_place(self) -> None:
        """Let one that was made be at its path; raises DiskError if something came there."""
        ...

    def close(self) -> None:
        """Give it back, and let others write. One that was made and not put in place is gone."""
        ...

    def read(self, *, as_it_is: bool = False) -> AbstractContextManager[Connection]:
        """A short reading transaction, which sees one moment.

        Raises DamagedFile before values are read that no step can have written, unless it is read
        `as_it_is`.
        """
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """A writing transaction: lasting on leaving, or nothing has happened."""
        ...

    def write_anew(self) -> AbstractContextManager[Connection]:
        """As `write`, and nothing that was removed stays behind anywhere in the store."""
        ...

    def faults(self, connection: Connection) -> Iterator[str]:
        """What the engine's own check says, and what that does not look at; in sentences."""
        ...

    def back_up(self, project: str, seq: int, digest: str, *, as_it_is: bool = False) -> Backup:
        """A checked copy of the project with this guid, whose trail ends so; see `backups.make`."""
        ...

    def backup_due(self, project: str, seq: int, digest: str) -> bool:
        """Whether steps were taken since the last backup, many or for more than an hour."""
        ...
