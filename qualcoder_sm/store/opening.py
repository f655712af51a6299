"""Opening: a project as a store. Which engine keeps it is known here, and by the store itself."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from qualcoder_sm.errors import NewerProject, NotAProject, OlderProject, UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.store import schema, shape
from qualcoder_sm.store.database import Database
from qualcoder_sm.store.shape import Use

if TYPE_CHECKING:
    from pathlib import Path

    from qualcoder_sm.store.store import Store

_MAGIC = b"SQLite format 3\0"


def created(path: Path) -> Store:
    """A new, empty store that will be at path, where nothing may be; see `Store.put_in_place`."""
    return Database.create(path)


def opened(path: Path, *, read_only: bool = False, checking: bool = False) -> Store:
    """The store at path, whose shape is that of its version.

    What may not be written opens for reading only; then an older version is refused. `checking`
    opens for reading only what is perhaps not whole. Raises NotAProject, NewerProject, OlderProject
    or AlteredShape.
    """
    require_project(path)
    recover(path)
    version = require_project(path)
    read_only = read_only or checking or not _is_writable(path)
    if read_only and version < schema.VERSION:
        raise _older(path)
    database = Database(path, read_only=read_only, version=version)
    try:
        use = Use.CHECKING if checking else Use.READING if read_only else Use.WRITING
        with database.read(as_it_is=True) as connection:
            shape.require(connection, path, version, use)
    except BaseException:
        database.close()
        raise
    return database


def require_project(path: Path) -> int:
    """The schema version of the project at path, read from its first bytes.

    Raises NotAProject or NewerProject with the sentence to show.
    """
    head = _first_bytes(path)
    if not head:
        raise NotAProject(tr("{name} is an empty file, not a project.", name=path.name))
    application, version = (int.from_bytes(head[at : at + 4], "big") for at in (68, 60))
    if not head.startswith(_MAGIC) or application != schema.APPLICATION_ID:
        raise NotAProject(tr("{name} is not a QualCoder SM project.", name=path.name))
    if version < 1:
        raise NotAProject(
            tr("{name} says that it is a project of file version {n}, which there never was. It is "
               "damaged; restore a backup.", name=path.name, n=version)
        )  # fmt: skip
    if version > schema.VERSION:
        raise NewerProject(
            tr(
                "{name} was written by a newer version of QualCoder SM. Nothing was changed; "
                "update the program to open it.",
                name=path.name,
            )
        )
    return version


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError as error:
        raise NotAProject(tr("There is no file {path}.", path=path)) from error
    except OSError as error:
        raise UnreadableFile(
            tr("{path} cannot be read: {why}.", path=path, why=error.strerror)
        ) from error


def recover(path: Path) -> None:
    """Let SQLite roll back a step that a crash cut short; reading only cannot do that."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and os.access(path, os.W_OK):
        with closing(Database(path)) as database, database.read() as connection:
            connection.exec_driver_sql("SELECT COUNT(*) FROM sqlite_master")


def _is_writable(path: Path) -> bool:
    """Whether steps could be written: the file, and the folder for SQLite's journal."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _older(path: Path) -> OlderProject:
    return OlderProject(
        tr(
            "{name} was written by an older version of QualCoder SM and has to be opened for "
            "writing once: open it in the window, or use “qualcoder-sm upgrade”. A copy of it as "
            "it is will be kept.",
            name=path.name,
        )
    )
