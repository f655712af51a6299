"""Failures: what SQLite says of a file, as a sentence for the researcher, one for each result code."""

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError

from qualcoder_sm.errors import (
    BrokenReference,
    DamagedFile,
    DiskError,
    QualCoderError,
    ReadOnlyProject,
    Unexpected,
)
from qualcoder_sm.i18n import tr


@dataclass(frozen=True, slots=True)
class Failure:
    """What a result code means: the error, its cause, and what to do about it.

    `loses` is False where the advice says itself what became of a step.
    """

    kind: type[QualCoderError]
    cause: str
    advice: str = ""
    loses: bool = True

    def said(self, path: Path, *, writing: bool) -> QualCoderError:
        """The error, which also says what became of a step that was being written."""
        lost = ""
        if writing and self.loses:
            lost = tr("The last step was not saved; everything before it is.")
        parts = tr(self.cause, name=path.name, folder=path.parent), lost, tr(self.advice)
        return self.kind(" ".join(filter(None, parts)))


@contextmanager
def sentences(path: Path, *, writing: bool = False) -> Generator[None]:
    """Turn what SQLite raises about the file at path into sentences."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise BrokenReference(
            tr("Something this step needs is no longer there, so nothing was changed.")
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        raise failure(error).said(path, writing=writing) from error
    except UnicodeDecodeError as error:  # text that is none, or an error that quotes some
        raise FAILURES[sqlite3.SQLITE_CORRUPT].said(path, writing=writing) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise FAILURES[sqlite3.SQLITE_FULL].said(path, writing=writing) from error


def result_code(error: DBAPIError | sqlite3.Error) -> int:
    """The extended result code of an error; what the driver finds itself is misuse."""
    code: object = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return code if isinstance(code, int) else sqlite3.SQLITE_MISUSE


def failure(error: DBAPIError | sqlite3.Error) -> Failure:
    """What an error of SQLite means."""
    origin = getattr(error, "orig", error)
    if "Could not decode to UTF-8" in str(origin):
        return FAILURES[sqlite3.SQLITE_CORRUPT]
    code = result_code(error)
    return FAILURES.get(code) or FAILURES.get(code & 0xFF, _FAULT)


_FAULT = Failure(
    Unexpected,
    "The program asked something of {name} that SQLite refused.",
    "Check the project before you go on.",
)
_DAMAGED = Failure(
    DamagedFile,
    "{name} is damaged.",
    "Nothing was changed; restore a backup from the File menu.",
    loses=False,
)
_BUSY = Failure(
    ReadOnlyProject,
    "Another program is writing to {name}.",
    "Nothing was changed; try again in a moment.",
    loses=False,
)
_MEMORY = Failure(
    DiskError, "There is not enough memory for {name}.", "Close other programs and do it again."
)
_UNREAD = Failure(
    DiskError,
    "{name} could not be read from the disk.",
    "Check the disk, or the connection to it, and do it again.",
)
_UNWRITTEN = Failure(
    DiskError,
    "{name} could not be written to the disk.",
    "Check the disk and do it again.",
)
_NO_LOCKS = Failure(
    DiskError,
    "{folder}, where {name} lies, does not let files be locked, so nobody could be kept from "
    "writing at the same time.",
    "Copy the project to a disk of this computer.",
)
_READ_ONLY = Failure(ReadOnlyProject, "{name} may not be written any more.")
_UNFINISHED = Failure(
    ReadOnlyProject,
    "The last step in {name} was cut short and has to be rolled back, which cannot be done where "
    "the file may not be written.",
    "Copy the file and the one beside it that ends in “-journal” to a place that may be written.",
)

FAILURES: dict[int, Failure] = {
    sqlite3.SQLITE_ERROR: _FAULT,
    sqlite3.SQLITE_INTERNAL: _FAULT,
    sqlite3.SQLITE_NOTFOUND: _FAULT,
    sqlite3.SQLITE_EMPTY: _FAULT,
    sqlite3.SQLITE_MISUSE: _FAULT,
    sqlite3.SQLITE_RANGE: _FAULT,
    sqlite3.SQLITE_MISMATCH: _FAULT,
    sqlite3.SQLITE_NOTICE: _FAULT,
    sqlite3.SQLITE_WARNING: _FAULT,
    sqlite3.SQLITE_CONSTRAINT: _FAULT,
    sqlite3.SQLITE_ABORT: _FAULT,
    sqlite3.SQLITE_INTERRUPT: Failure(DiskError, "Work on {name} was interrupted.", "Do it again."),
    sqlite3.SQLITE_PERM: Failure(DiskError, "{name} may not be used with your rights."),
    sqlite3.SQLITE_AUTH: Failure(DiskError, "{name} may not be used with your rights."),
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOMEM: _MEMORY,
    sqlite3.SQLITE_IOERR_NOMEM: _MEMORY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_READONLY_ROLLBACK: _UNFINISHED,
    sqlite3.SQLITE_READONLY_RECOVERY: _UNFINISHED,
    sqlite3.SQLITE_READONLY_CANTLOCK: _UNFINISHED,
    sqlite3.SQLITE_READONLY_DIRECTORY: Failure(
        ReadOnlyProject, "Nothing may be written into {folder}, where {name} lies."
    ),
    sqlite3.SQLITE_READONLY_DBMOVED: Failure(
        DiskError, "{name} was moved, deleted or replaced while it was open."
    ),
    sqlite3.SQLITE_IOERR: Failure(
        DiskError,
        "The disk did not do what was asked of it with {name}.",
        "Check the disk, or the connection to it, and do it again.",
    ),
    sqlite3.SQLITE_IOERR_READ: _UNREAD,
    sqlite3.SQLITE_IOERR_SHORT_READ: _UNREAD,
    **dict.fromkeys(
        (
            sqlite3.SQLITE_IOERR_WRITE,
            sqlite3.SQLITE_IOERR_FSYNC,
            sqlite3.SQLITE_IOERR_DIR_FSYNC,
            sqlite3.SQLITE_IOERR_TRUNCATE,
            sqlite3.SQLITE_IOERR_DELETE,
            sqlite3.SQLITE_IOERR_DIR_CLOSE,
            sqlite3.SQLITE_IOERR_CLOSE,
            sqlite3.SQLITE_IOERR_COMMIT_ATOMIC,
        ),
        _UNWRITTEN,
    ),
    **dict.fromkeys(
        (
            sqlite3.SQLITE_IOERR_LOCK,
            sqlite3.SQLITE_IOERR_RDLOCK,
            sqlite3.SQLITE_IOERR_UNLOCK,
            sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
            sqlite3.SQLITE_PROTOCOL,
            sqlite3.SQLITE_NOLFS,
        ),
        _NO_LOCKS,
    ),
    sqlite3.SQLITE_IOERR_CORRUPTFS: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FORMAT: _DAMAGED,
    sqlite3.SQLITE_FULL: Failure(
        DiskError, "The disk is full.", "Free some space and do it again."
    ),
    sqlite3.SQLITE_CANTOPEN: Failure(
        DiskError,
        "{name} cannot be opened any more: the file or its folder is gone, or may not be used.",
    ),
    sqlite3.SQLITE_SCHEMA: Failure(
        DiskError,
        "Another program changed the tables of {name}.",
        "Close the project and open it again.",
    ),
    sqlite3.SQLITE_TOOBIG: Failure(
        DiskError, "A text is longer than {name} can hold, which is a thousand million characters."
    ),
    # Its first bytes are those of a project, which was looked at before.
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
"""By result code, the extended one where it says more than the plain one."""
