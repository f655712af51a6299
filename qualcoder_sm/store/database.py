"""Database: one SQLite file, opened with the pragmas that keep every acknowledged step.

Each thread gets a connection of its own; none ever crosses to another.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import SingletonThreadPool, StaticPool

from qualcoder_sm import files, temporary
from qualcoder_sm.errors import (
    DiskError,
    NewerProject,
    NotAProject,
    ReadOnlyProject,
    UnreadableFile,
)
from qualcoder_sm.i18n import tr
from qualcoder_sm.store import schema, shape, values
from qualcoder_sm.store.connecting import connected
from qualcoder_sm.store.failures import FAILURES, result_code, sentences
from qualcoder_sm.store.locking import Lock
from qualcoder_sm.store.ownership import Ownership

# DELETE with EXTRA lost nothing in a model of power failure, and notices a file that is deleted
# or replaced while open; WAL does neither.
PRAGMAS = (
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "foreign_keys=ON",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "temp_store=MEMORY",
    # A bulk write that spills would lock readers out until it commits.
    "cache_spill=OFF",
)

_PATIENCE = 5.0
_MAGIC = b"SQLite format 3\0"


class Database:
    """An open project file: readers and one writer, errors as sentences.

    `file` is where it lies now: beside `path`, under a temporary name, while it is being made.
    """

    def __init__(self, path: Path, *, read_only: bool = False, file: Path | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self._open(file or path)

    def _open(self, file: Path) -> None:
        self.file = file
        self._engine = _engine(file, self.read_only)
        self._writing = self._engine.execution_options(writes=True)
        self._as_it_is = self._engine.execution_options(as_it_is=True)
        self._ownership = Ownership(file)

    @classmethod
    def create(cls, path: Path) -> "Database":
        """A new, empty project file that will be at path, where nothing may be.

        It lies beside path until `put_in_place`, and is gone when it is closed before.
        """
        with _free(path):
            if files.is_taken(path):
                raise FileExistsError
            database = cls(path, file=temporary.reserve(path))
        try:
            with database.write() as connection:
                connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={schema.VERSION}")
                shape.make(connection)
        except BaseException:
            database.close()
            raise
        return database

    def put_in_place(self) -> None:
        """Let a file that was made be at its path; raises DiskError if something came there."""
        self._engine.dispose()
        files.set_mode(self.file, files.PROJECT)
        with _free(self.path):
            files.put_new(self.file, self.path)
        files.sync_folder(self.path.parent)
        self._open(self.path)

    def close(self) -> None:
        """Give the file back; the connections of all threads are closed."""
        self._engine.dispose()
        if self.file != self.path:
            self.file.unlink(missing_ok=True)

    @contextmanager
    def read(self, *, as_it_is: bool = False) -> Generator[Connection]:
        """A short reading transaction; it is closed at once, for an open one blocks the writer.

        Raises DamagedFile before values are read that no step can have written, unless the file is
        read `as_it_is`.
        """
        engine = self._as_it_is if as_it_is else self._engine
        with sentences(self.path), self._explained(), engine.connect() as connection:
            yield connection

    def own(self, lock: Lock) -> None:
        """From now on a step is refused when file, lock or trail are not what was left of them.

        Raises ProjectLocked where a second name of the file would get around the lock.
        """
        with self.read() as connection:
            self._ownership.hold(lock, connection)

    def require_owned(self) -> None:
        """Raise TakenOver when the next step would be refused, as far as shows from outside."""
        if not self.read_only:
            with sentences(self.path):
                self._ownership.require_files()

    @contextmanager
    def write(self) -> Generator[Connection]:
        """A writing transaction: committed to the disk on leaving, or nothing has happened."""
        self._require_writable()
        with (
            sentences(self.path, writing=True),
            self._explained(),
            self._writing.begin() as connection,
        ):
            self._ownership.require(connection)
            yield connection
            self._ownership.leave(connection)
        self._ownership.left()

    @contextmanager
    def write_anew(self) -> Generator[Connection]:
        """As `write`, on a copy in memory whose pages then take the place of all of the file's.

        Nothing that was removed stays behind in a page that is free, or in a gap between rows;
        and whoever ends the program meanwhile leaves the file as it was, or as it shall be.
        """
        self._require_writable()
        with sentences(self.path, writing=True), closing(_in_memory(self.file)) as memory:
            with _writing_on(memory).begin() as connection:
                self._ownership.require(connection)
                yield connection
                self._ownership.leave(connection)
            memory.execute("VACUUM")
            _pad(memory, self.file.stat().st_size)
            self._ownership.require_files()
            _fill(self.file, memory)
        self._ownership.left()

    @contextmanager
    def _explained(self) -> Generator[None]:
        """What SQLite meets in a file that somebody else has overwritten is no bug of this program."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            self.require_owned()
            if result_code(error) & 0xFF == sqlite3.SQLITE_ERROR and self._ownership.is_other():
                raise UnreadableFile(
                    tr("{name} was overwritten while it was being read.", name=self.path.name)
                ) from error
            raise

    def _require_writable(self) -> None:
        if self.read_only:
            raise ReadOnlyProject(
                tr(
                    "{name} is open for reading only, so nothing can be changed.",
                    name=self.path.name,
                )
            )
        self.require_owned()


@contextmanager
def _free(path: Path) -> Generator[None]:
    """What keeps a new file from being at path, as a sentence."""
    try:
        yield
    except FileExistsError as error:
        raise DiskError(
            tr("There is already a file {path}. Choose another name.", path=path)
        ) from error
    except OSError as error:
        raise DiskError(
            tr("{path} cannot be written here: {why}.", path=path, why=error.strerror)
        ) from error


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


def _engine(path: Path, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        return connected(path, "ro" if read_only else "rw")

    # Parameters are participants' words: they must not reach a log through an error.
    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=SingletonThreadPool,
        pool_size=64,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _set_pragmas if not read_only else _set_reading_pragmas)
    event.listen(engine, "begin", _begin)
    values.watch(engine, path)
    return engine


def _in_memory(path: Path) -> sqlite3.Connection:
    """The whole file, in memory."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(connected(path, "ro")) as file:
        file.backup(memory)
    _set_reading_pragmas(memory, None)
    return memory


def _writing_on(memory: sqlite3.Connection) -> Engine:
    def given() -> sqlite3.Connection:
        return memory

    engine = create_engine("sqlite://", creator=given, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine.execution_options(writes=True)


def _pad(memory: sqlite3.Connection, size: int) -> None:
    """Add empty pages up to a size: a file is cut only after the commit, when a kill may come."""
    pages, page = (
        memory.execute(f"PRAGMA page_{what}").fetchone()[0] for what in ("count", "size")
    )
    if size > pages * page:
        memory.execute("CREATE TABLE padding (bytes BLOB)")
        memory.execute("INSERT INTO padding VALUES (zeroblob(?))", (size - pages * page,))
        memory.execute("DROP TABLE padding")


def _fill(path: Path, memory: sqlite3.Connection) -> None:
    """Put the pages of a database in memory in the place of all pages of a file, or of none."""
    with closing(connected(path, "rw")) as file:
        _set_pragmas(file, None)
        file.execute("PRAGMA cache_spill=ON")  # nobody can read meanwhile, and memory is short
        memory.backup(file, progress=_patient(path))


def _patient(path: Path) -> Callable[[int, int, int], None]:
    """Wait for a reader of the file, but not for ever."""
    end = time.monotonic() + _PATIENCE

    def waited(status: int, _left: int, _pages: int) -> None:
        if status == sqlite3.SQLITE_BUSY and time.monotonic() > end:
            raise FAILURES[sqlite3.SQLITE_BUSY].said(path, writing=True)

    return waited


def _set_reading_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _set_pragmas(connection: sqlite3.Connection, record: object) -> None:
    connection.execute("PRAGMA journal_mode=DELETE")
    _set_reading_pragmas(connection, record)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def recover(path: Path) -> None:
    """Let SQLite roll back a step that a crash cut short; reading only cannot do that."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and os.access(path, os.W_OK):
        with closing(Database(path)) as database, database.read() as connection:
            connection.exec_driver_sql("SELECT COUNT(*) FROM sqlite_master")


def is_writable(path: Path) -> bool:
    """Whether steps could be written: the file, and the folder for SQLite's journal."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
