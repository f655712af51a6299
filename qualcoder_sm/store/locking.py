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
            coder, socket.gethostname(), _user(), os.getpid(), _process_started(os.getpid()), _now()
        )
        self._stopped = threading.Event()
        _take(self._path, self.holder, project.name)
        self._heart = threading.Thread(target=self._beat, name="project lock", daemon=True)
        self._heart.start()

    def release(self) -> None:
        """Let others write; does nothing if somebody took the lock over."""
        self._stopped.set()
        self._heart.join()
        if _read(self._path) == self.holder:
            self._path.unlink(missing_ok=True)

    def _beat(self) -> None:
        while not self._stopped.wait(HEARTBEAT_SECONDS):
            with suppress(OSError):
                os.utime(self._path)


def lock_file(project: Path) -> Path:
    """The file beside the project that says who has it open: one, whatever links lead to it."""
    project = project.resolve()
    return project.with_name(project.name + ".lock")


def holder(project: Path) -> Holder | None:
    """Who has the project open for writing now, or None."""
    path = lock_file(project)
    found = _read(path)
    return found if found and _lives(path, found) else None


def _take(path: Path, mine: Holder, name: str) -> None:
    for _attempt in range(3):
        try:
            _write_new(path, mine)
        except FileExistsError:
            found = _read(path)
            if found and _lives(path, found):
                raise ProjectLocked(
                    tr("{who} You can read it, not change it.", who=found.sentence(name))
                ) from None
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ReadOnlyProject(
                tr("The folder of {name} may not be written, so it opens for reading only.",
                   name=name)
            ) from error  # fmt: skip
        else:
            return
    raise ProjectLocked(tr("Somebody else has just opened {name}.", name=name))


def _write_new(path: Path, mine: Holder) -> None:
    """Create the lock whole or not at all: written aside, then linked to its name."""
    aside = path.with_name(f"{path.name}.{mine.pid}.{threading.get_ident()}")
    aside.write_text(json.dumps(asdict(mine)), encoding="utf-8")
    try:
        _link(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _link(aside: Path, path: Path) -> None:
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with path.open("x", encoding="utf-8") as file:
            file.write(aside.read_text(encoding="utf-8"))


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _lives(path: Path, found: Holder) -> bool:
    if found.host == socket.gethostname():
        started = _process_started(found.pid)
        return started > 0 and abs(started - found.process_started) < 2
    try:
        return time.time() - path.stat().st_mtime < SILENT_SECONDS
    except OSError:
        return False


def _process_started(pid: int) -> float:
    """When the process started, to tell a reused number from the old holder; 0 if it is gone."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            return 0
        return 0 if fields[0] in "ZX" else 1 + float(fields[19]) / os.sysconf("SC_CLK_TCK")
    return 1 if _runs(pid) else 0


def _runs(pid: int) -> bool:
    if os.name == "nt":
        return _runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _runs_on_windows(pid: int) -> bool:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # exists on Windows only
    limited_query, still_active = 0x1000, 259
    handle = kernel.OpenProcess(limited_query, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == still_active


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
