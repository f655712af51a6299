"""Ownership: whether a project file and its lock are still what this process left.

SQLite and the lock keep out whoever asks. A program that synchronises a folder asks nobody: it writes
an older file over the open one, or brings the lock of another computer. So before every commit the
file, its lock and the head of its trail must be as this process left them. Where they are not, the
step is refused, and every later one too until the project is opened again: what is on the screen is
no longer what is in the file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from qualcoder_sm.errors import DiskError, ProjectLocked, TakenOver
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.store import backups, trail
from qualcoder_sm.store.connecting import connected

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Connection

    from qualcoder_sm.store.locking import Lock

Head = tuple[int, str]
"""Number and hash of the last step."""


class Ownership:
    """What this process left of a file; without a lock only that it is still the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._outside = _outside(path)
        self._lock: Lock | None = None
        self._project = ""
        self._known: dict[int, str] = {}
        self._accepted: tuple[Head, ...] = ()
        self._refusal = ""

    def hold(self, lock: Lock, connection: Connection) -> None:
        """From now on the lock and the trail must stay as they are.

        Raises ProjectLocked where the file has a second name, for which the lock would not hold.
        """
        self.require_files()
        self._outside = _outside(self._path)
        if self._outside and self._outside.links > 1:
            raise ProjectLocked(
                tr("{what} You can read it, not change it.", what=_linked(self._path.name))
            )
        self._project = connection.exec_driver_sql("SELECT guid FROM project").scalar_one()
        head = trail.head(connection)
        self._lock, self._accepted, self._known = lock, (head,), dict([head])

    def require(self, connection: Connection) -> None:
        """Raise TakenOver, in a transaction that is to write, unless the trail ends as it was left."""
        if self._lock and trail.head(connection) not in self._accepted:
            self._refuse(self._overwritten())

    def require_files(self) -> None:
        """Raise TakenOver unless file and lock are as they were left, by a look from outside.

        Raises DiskError while the file is not there.
        """
        if self._refusal:
            raise TakenOver(self._refusal)
        now = _outside(self._path)
        if now is None or self._outside is None:  # a disk may come back
            raise DiskError(self._moved())
        if now[:2] != self._outside[:2]:
            self._refuse(self._moved())
        if self._lock:
            self._require_untouched(now, self._lock)

    def is_other(self) -> bool:
        """Whether the file looks other than when it was opened, or left."""
        return _outside(self._path) != self._outside

    def leave(self, connection: Connection) -> None:
        """The transaction is about to commit; raises TakenOver if something came between."""
        self.require_files()
        if self._lock:
            # The head from before stays good too: a commit that failed may yet have been one.
            self._accepted = (self._accepted[0], trail.head(connection))

    def left(self) -> None:
        """The transaction is committed: what is there now is what this process left."""
        self._outside = _outside(self._path)
        self._known.update(self._accepted[-1:])
        self._accepted = self._accepted[-1:]

    def _require_untouched(self, now: _Outside, lock: Lock) -> None:
        if now.links > 1:
            self._refuse(f"{_linked(self._path.name)} {_kept_all()}")
        if now != self._outside:  # also when it was only given other rights
            if _head_there(self._path) not in self._accepted:
                self._refuse(self._overwritten())
            self._outside = now
        if not lock.is_held():
            self._refuse(f"{self._who()} {_kept_all()}")

    def _refuse(self, what: str) -> NoReturn:
        self._refusal = tr(
            "{what} Nothing more is written here: keep the file as it is now as a copy, or open it "
            "again.",
            what=what,
        )
        raise TakenOver(self._refusal)

    # What happened, and what is kept

    def _moved(self) -> str:
        return tr(
            "{path} was moved, deleted or replaced while it was open. The last step was "
            "not saved; everything before it is in the file that was moved.",
            path=self._path,
        )

    def _who(self) -> str:
        """Who took the lock, as far as can be known."""
        name = self._path.name
        taker = self._lock.taker() if self._lock else None
        if taker:
            return tr("{who} It was taken over from here.", who=taker.sentence(name))
        return tr(
            "The lock of {name} was removed from its folder, so others may write to it.", name=name
        )

    def _overwritten(self) -> str:
        there = _steps_there(self._path, min(self._known))
        last = max(self._known)
        taken = "" if self._lock is None or self._lock.is_held() else f"{self._who()} "
        if there.get(last) == self._known[last]:
            added = ntr(
                "{n} step was added to {name} by another program while it was open here.",
                "{n} steps were added to {name} by another program while it was open here.",
                max(there) - last,
                name=self._path.name,
            )
            return f"{taken}{added} {_kept_all()}"
        found = (
            tr("It ends with step {there:,} now, and was left here at step {here:,}.",
               there=max(there), here=last)
            if there[max(there)]
            else tr("It cannot be read any more.")
        )  # fmt: skip
        what = tr("{name} was overwritten while it was open here, as a program does that "
                  "synchronises folders.", name=self._path.name)  # fmt: skip
        return f"{taken}{what} {found} {self._lost(there)}"

    def _lost(self, there: Mapping[int, str]) -> str:
        """Which steps are not in the file any more, and which backup has them."""
        last = max(self._known)
        first = min(seq for seq, digest in self._known.items() if there.get(seq) != digest)
        if first == min(self._known):  # and some from before, unless that step alone differs
            first = min(first, max(there, default=0) + 1)
        gone = ntr(
            "Your last step was not saved, and step {last:,}, which was, is not in it.",
            "Your last step was not saved, and steps {first:,} to {last:,}, which were, are not in "
            "it.",
            last - first + 1,
            first=first,
            last=last,
        )
        look = tr("Look for a conflicted copy beside it, and for older versions where the folder "
                  "is synchronised.")  # fmt: skip
        return f"{gone} {self._in_backups(first, last)} {look}"

    def _in_backups(self, first: int, last: int) -> str:
        kept = max(
            (
                backup.steps
                for backup in backups.backups(self._project)
                if self._known.get(backup.steps, "")[:8] == backup.head
            ),
            default=0,
        )
        if kept >= last:
            return tr("A backup has all of them: restore it from the File menu, as a copy.")
        if kept >= first:
            return tr("A backup has them up to step {kept:,}: restore it from the File menu, as a "
                      "copy. Those after it are in no file of this program.", kept=kept)  # fmt: skip
        return tr("No backup has them.")


class _Outside(NamedTuple):
    """What a file looks like from outside, without a byte of it being read."""

    device: int
    inode: int
    links: int
    size: int
    modified: int
    changed: int


def _outside(path: Path) -> _Outside | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _Outside(found.st_dev, found.st_ino, found.st_nlink, found.st_size,
                    found.st_mtime_ns, found.st_ctime_ns)  # fmt: skip


def _head_there(path: Path) -> Head:
    """The head as it is in the file, whatever this process remembers of its pages."""
    return next(iter(_rows_there(path, trail.HEAD)), (0, ""))


def _steps_there(path: Path, first: int) -> dict[int, str]:
    """Numbers and hashes of the last step in the file, and of those from number `first`."""
    later = _rows_there(path, "SELECT seq, hash FROM changes WHERE seq >= ?", first)
    return dict([_head_there(path), *later])


def _rows_there(path: Path, statement: str, *values: int) -> list[Head]:
    """No rows where the file is no project any more; raises sqlite3.Error where it is in use, or gone."""
    try:
        with closing(connected(path)) as file:
            return file.execute(statement, values).fetchall()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NO_PROJECT:
            raise
        return []


_NO_PROJECT = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _linked(name: str) -> str:
    return tr(
        "{name} has a second name in the file system, a hard link, under which it could be changed "
        "unseen.",
        name=name,
    )


def _kept_all() -> str:
    return tr("Your last step was not saved; everything before it is in the file.")
