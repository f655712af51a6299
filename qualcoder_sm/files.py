"""Writing a file so that it is there whole, or not at all."""

import errno
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from qualcoder_sm import temporary
from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says when there is no room."""
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}

PRIVATE = 0o600
"""The mode of what is for this user alone: keys, backups, settings."""
PROJECT = 0o660
"""The mode of a project, of which the umask leaves the group what it may: nobody else reads it."""
RESULT = 0o666
"""The mode of what others may read, as far as the umask lets them."""
_OTHERS = 0o007

_CLAIM = b"QualCoder SM is making this file: "
_UMASK = os.umask(0o077)
os.umask(_UMASK)


@contextmanager
def atomic_path(target: Path, mode: int | None = None) -> Generator[Path]:
    """A new, empty file beside `target` to write to, which becomes `target` at the end.

    The file is on the disk (fsync) before it takes the target's place. If the block raises,
    it is removed and an older target stays as it was. A target that is a link is written
    where the link points to. With a `mode` it gets that; else that of an older target, or what
    the umask leaves.

    Raises DiskError when the folder is missing or the file cannot be written there; an error
    about some other file passes through.
    """
    target = Path(target)
    made: Path | None = None
    try:
        made = _reserve(target.resolve())
        yield made
        _replace(made, target.resolve(), mode)
    except OSError as error:
        if error.filename in {None, str(made), str(target), str(target.resolve())}:
            raise DiskError(_sentence(target, error)) from error
        raise
    finally:
        if made is not None:
            with suppress(OSError):
                made.unlink(missing_ok=True)


def write(target: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file whole or not at all, as `atomic_path` does; raises DiskError."""
    with atomic_path(target, mode) as made:
        made.write_bytes(data)


def write_own(target: Path, data: bytes) -> None:
    """Write a file of the program's own, for this user alone, as its folder is; raises DiskError."""
    try:
        make_private(target.parent)
    except OSError as error:
        raise DiskError(_sentence(target, error)) from error
    write(target, data, PRIVATE)


def make_private(folder: Path) -> None:
    """Make a folder for this user alone, and those above it that are missing. Raises OSError."""
    for above in reversed(folder.parents):
        if not above.exists():
            above.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        with suppress(OSError):  # a file system without modes, or somebody else's folder
            folder.chmod(0o700)


def make_folder_for(target: Path) -> None:
    """Make the folder that a file is to lie in, if need be; raises DiskError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskError(_sentence(target, error)) from error


def set_mode(path: Path, mode: int) -> None:
    """Give a file this mode without what the umask takes, where the file system has modes."""
    with suppress(OSError):
        path.chmod(mode & ~_UMASK)


def without_others(path: Path) -> int:
    """The mode of a file for a copy of it that gives nothing to those outside of its group."""
    return stat.S_IMODE(path.stat().st_mode) & ~_OTHERS


def put_new(made: Path, target: Path) -> None:
    """Give a file that is whole its name; raises FileExistsError where something bears it.

    Nothing is ever replaced. Ended in between, both names are there, or neither stands in the way.
    """
    if is_taken(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    if os.name == "nt":
        made.rename(target)  # which refuses by itself
        return
    try:
        target.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        _put_on_claim(made, target)
    else:
        made.unlink()


def is_taken(target: Path) -> bool:
    """Whether something bears this name; a claim whose process is gone does not, and goes."""
    with suppress(OSError):
        if target.is_file():
            with target.open("rb") as file:
                said = file.read(len(_CLAIM) + 1024)
            maker = Path(os.fsdecode(said.removeprefix(_CLAIM)))
            if said.startswith(_CLAIM) and temporary.is_dead(target.with_name(maker.name)):
                target.unlink()
    return os.path.lexists(target)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable, where the file system can."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put_on_claim(made: Path, target: Path) -> None:
    """Take the name with a file that says whose it is, then put the whole file in its place."""
    with target.open("xb") as file:
        file.write(_CLAIM + os.fsencode(made.name))
    try:
        made.replace(target)
    except OSError:
        target.unlink()
        raise


def _reserve(target: Path) -> Path:
    """An empty file of an unused name, where the target may be written."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    try:
        return temporary.reserve(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error


def _replace(made: Path, target: Path, mode: int | None) -> None:
    if mode is None and target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
    with suppress(OSError):  # a file system without modes
        made.chmod(RESULT & ~_UMASK if mode is None else mode)
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    made.replace(target)
    sync_folder(target.parent)


def _sentence(target: Path, error: OSError) -> str:
    name, folder = target.name, target.parent
    if os.path.isdir(target):  # noqa: PTH112  (which is no error where nobody may look)
        return tr("“{name}” is a folder. Choose a file name; nothing was written.", name=name)
    if error.errno in _NO_FOLDER and not os.path.isdir(folder):  # noqa: PTH112
        return tr(
            "There is no folder “{folder}”. Make it or choose another place; “{name}” was not written.",
            folder=folder,
            name=name,
        )
    if error.errno in FULL:
        return tr(
            "The disk is full: “{name}” was not written to “{folder}”. Free some space and try "
            "again; an older file of that name is as it was.",
            name=name,
            folder=folder,
        )
    if error.errno in _FORBIDDEN:
        return tr(
            "“{name}” cannot be written to “{folder}”: the place is read-only, or the file is open "
            "in another program. Close it or choose another place; nothing was changed.",
            name=name,
            folder=folder,
        )
    return tr(
        "“{name}” could not be written to “{folder}” ({why}). Try another place; an older file "
        "of that name is as it was.",
        name=name,
        folder=folder,
        why=error.strerror or error,
    )
