"""The lock of a project: one writer at a time.

A file beside the project names the holder and is touched while it works. A lock whose process
no longer runs on this computer is taken over silently; one from another computer, whose
processes cannot be seen from here, counts as left behind once it has been silent for a minute.
"""

import getpass
import json
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from qualcoder_sm import files, processes, temporary
from qualcoder_sm.errors import ProjectLocked, ReadOnlyProject
from qualcoder_sm.i18n import tr

HEARTBEAT_SECONDS = 10
SILENT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: the coder, on which computer, in which process, since when (ISO, UTC)."""

    coder: str
    host: str
    user: str
    pid: int
    process_started: float
    since: str

    def sentence(self, name: str) -> str:
        """Who has the project open, where and since when."""
        since = datetime.fromisoformat(self.since).astimezone().strftime("%H:%M")
        return tr(
            "{coder} has {name} open on {host} since {since}.",
            coder=self.coder,
            name=name,
            host=self.host,
            since=since,
        )


class Lock:
    """The lock on one project file, held until `release`."""

    def __init__(self, project: Path, coder: str) -> None:
        self._path = lock_file(project)
        self.holder = Holder(
            coder,
            socket.gethostname(),
            _user(),
            os.getpid(),
            processes.started(os.getpid()),
            _now(),
        )
        self._written = _as_text(self.holder).encode()
        self._stopped = threading.Event()
        _take(self._path, self.holder, project.name)
        self._heart = threading.Thread(target=self._beat, name="project lock", daemon=True)
        self._heart.start()

    def is_held(self) -> bool:
        """Whether the lock file is still the one written here, with every byte."""
        try:
            return self._path.read_bytes() == self._written
        except OSError:
            return False

    def taker(self) -> Holder | None:
        """Who holds the lock instead; None when nobody does."""
        with suppress(OSError):
            found = _read(self._path)
            return None if found == self.holder else found
        return None

    def release(self) -> None:
        """Let others write; does nothing if somebody took the lock over."""
        self._stopped.set()
        self._heart.join()
        with suppress(OSError):  # nobody is kept from closing; a dead process's lock is taken over
            if self.is_held():
                self._path.unlink(missing_ok=True)

    def _beat(self) -> None:
        while not self._stopped.wait(HEARTBEAT_SECONDS):
            with suppress(OSError):
                if self.is_held():  # that of another shall not look alive
                    os.utime(self._path)


def lock_file(project: Path) -> Path:
    """The file beside the project that says who has it open: one, whatever links lead to it."""
    project = project.resolve()
    return project.with_name(project.name + ".lock")


def holder(project: Path) -> Holder | None:
    """Who has the project open for writing now, or None."""
    path = lock_file(project)
    try:
        found = _read(path)
    except OSError:
        return None
    return found if found and _lives(path, found) else None


def _take(path: Path, mine: Holder, name: str) -> None:
    for _attempt in range(3):
        try:
            _write_new(path, mine)
        except FileExistsError:
            _make_way(path, name)
        except OSError as error:
            raise ReadOnlyProject(_no_lock(name, error)) from error
        else:
            return
    raise ProjectLocked(tr("Somebody else has just opened {name}.", name=name))


def _make_way(path: Path, name: str) -> None:
    """Delete a lock that was left behind; raises ProjectLocked for one that holds."""
    try:
        found = _read(path)
        if not (found and _lives(path, found)):
            path.unlink(missing_ok=True)
            return
    except OSError as error:  # a lock that nobody can look into is no reason to write
        raise ProjectLocked(
            tr("Somebody else may have {name} open: the lock {file} cannot be read or deleted "
               "({why}). You can read the project, not change it.",
               name=name, file=path.name, why=error.strerror)
        ) from error  # fmt: skip
    raise ProjectLocked(tr("{who} You can read it, not change it.", who=found.sentence(name)))


def _no_lock(name: str, error: OSError) -> str:
    if error.errno in files.FULL:
        return tr("The disk is full, so {name} opens for reading only. Free some space and open "
                  "it again.", name=name)  # fmt: skip
    return tr("The folder of {name} may not be written, so it opens for reading only.", name=name)


def _write_new(path: Path, mine: Holder) -> None:
    """Create the lock whole or not at all: written aside, then put to its name."""
    aside = temporary.reserve(path)
    try:
        aside.write_text(_as_text(mine), encoding="utf-8")
        files.set_mode(aside, files.RESULT)  # others have to see who it is
        files.put_new(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _as_text(holder: Holder) -> str:
    return json.dumps(asdict(holder))


def _read(path: Path) -> Holder | None:
    """Who holds a lock; None without one, or for one that is broken. Raises OSError."""
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _lives(path: Path, found: Holder) -> bool:
    if found.host == socket.gethostname():
        return processes.lives(found.pid, found.process_started)
    try:
        return time.time() - path.stat().st_mtime < SILENT_SECONDS
    except OSError:
        return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
