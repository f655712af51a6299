"""Temporary files: each beside the file it is for, in the name of the process that makes it.

`.~qcsm-5b0c1e-4711-58213-2~matrix.xlsx` says where and in which process it was made, when that
process started, how many it had made before, and for what. Whoever makes one deletes those in the
same folder whose process is gone; what a living process makes is its own.
"""

import hashlib
import os
import re
import shutil
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from qualcoder_sm import processes

_NAME = re.compile(r"\.~qcsm-(?P<place>[0-9a-f]{6})-(?P<pid>\d+)-(?P<since>\d+)-\d+~")
_LONGEST = 40  # characters of the name of the file that it is for
_ELSEWHERE_SECONDS = 24 * 60 * 60
_made = count()


def reserve(target: Path) -> Path:
    """A new, empty file beside `target`, with its ending, for this user alone. Raises OSError."""
    made = _beside(target)
    os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return made


@contextmanager
def folder(target: Path) -> Generator[Path]:
    """A new folder beside `target`, for this user alone, that goes with all in it at the end."""
    made = _beside(target)
    made.mkdir(mode=0o700)
    try:
        yield made
    finally:
        _delete(made)


def sweep(folder: Path) -> None:
    """Delete what processes that are gone have left in a folder, as far as it can be."""
    for path in found(folder):
        if is_dead(path):
            _delete(path)


def found(folder: Path) -> list[Path]:
    """All temporary files and folders in a folder, whoever makes them."""
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in entries if _NAME.match(entry.name)]
    except OSError:
        return []


def is_dead(path: Path) -> bool:
    """Whether whoever made a temporary file is gone; what is no temporary file is not dead.

    A process that cannot be seen from here, on another computer or in a container, counts as gone
    when its file is a day old.
    """
    name = _NAME.match(path.name)
    if not name:
        return False
    if name["place"] == _place():
        return not processes.lives(int(name["pid"]), int(name["since"]))
    try:
        return time.time() - path.lstat().st_mtime > _ELSEWHERE_SECONDS
    except OSError:
        return False


def named_for(target: Path, mark: str) -> Path:
    """A name beside `target` that says what it is for, short enough for any file system."""
    name = _NAME.sub("", target.name, count=1)
    return target.with_name(f"{mark}~{name[-_LONGEST:]}")


def _beside(target: Path) -> Path:
    sweep(target.parent)
    pid = os.getpid()
    since = round(processes.started(pid))
    return named_for(target, f".~qcsm-{_place()}-{pid}-{since}-{next(_made)}")


def _place() -> str:
    """Where process numbers mean the same: this computer, or this container on it."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return hashlib.sha256(f"{socket.gethostname()} {space}".encode()).hexdigest()[:6]


def _delete(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
