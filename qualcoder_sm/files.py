"""Writing a file so that it is there whole, or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}


@contextmanager
def atomic_path(target: Path) -> Generator[Path, None, None]:
    """A new, empty file beside `target` to write to, which becomes `target` at the end.

    The file is on the disk (fsync) before it takes the target's place. If the block raises,
    it is removed and an older target stays as it was. A target that is a link is written
    where the link points to.

    Raises DiskError when the folder is missing or the file cannot be written there; an error
    about some other file passes through.
    """
    target = Path(target)
    temporary: Path | None = None
    try:
        temporary = _reserve(target.resolve())
        yield temporary
        _replace(temporary, target.resolve())
    except OSError as error:
        if error.filename in {None, str(temporary), str(target), str(target.resolve())}:
            raise DiskError(_sentence(target, error)) from error
        raise
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _reserve(target: Path) -> Path:
    """An empty file of an unused name, with the rights that the target has or would get."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    temporary = target.with_name(f".~{secrets.token_hex(6)}{target.suffix}")
    try:
        temporary.touch(exist_ok=False)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error
    if target.exists():
        shutil.copymode(target, temporary)
    return temporary


def _replace(temporary: Path, target: Path) -> None:
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    if os.name == "posix":
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the file system can; the file itself already is."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sentence(target: Path, error: OSError) -> str:
    name, folder = target.name, target.parent
    if target.is_dir():
        return tr("“{name}” is a folder. Choose a file name; nothing was written.", name=name)
    if error.errno in _NO_FOLDER and not folder.is_dir():
        return tr(
            "There is no folder “{folder}”. Make it or choose another place; “{name}” was not written.",
            folder=folder,
            name=name,
        )
    if error.errno in _FULL:
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
