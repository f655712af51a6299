"""Database: a store that is one SQLite file, with the pragmas that keep every acknowledged step.

Each thread gets a connection of its own; none ever crosses to another.
"""

import sqlite3
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import SingletonThreadPool, StaticPool

from qualcoder_sm import files, temporary
from qualcoder_sm.errors import DiskError, ReadOnlyProject, UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.store import backups, derived, header, schema, shape, values
from qualcoder_sm.store.backups import Backup
from qualcoder_sm.store.connecting import connected
from qualcoder_sm.store.failures import FAILURES, result_code, sentences
from qualcoder_sm.store.locking import Holder, Lock
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


class Database:
    """An open project file (see `Store`): each thread has a connection of its own.

    `file` is where it lies now: beside `path`, under a temporary name, while it is being made.
    """

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        file: Path | None = None,
        version: int = schema.VERSION,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.version = version
        self._lock: Lock | None = None
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
        self._own()

    def close(self) -> None:
        """Give the file back; the connections of all threads are closed."""
        if self._lock:
            self._lock.release()
            self._lock = None
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

    @property
    def holder(self) -> Holder | None:
        """Who holds the lock, when that is this process."""
        return self._lock.holder if self._lock else None

    def hold(self, coder: str) -> None:
        """Take the lock; from now on file, lock and trail must be what was left of them.

        Raises ProjectLocked also where a second name of the file would get around the lock.
        """
        self._lock = Lock(self.path, coder)
        self._own()

    def _own(self) -> None:
        """A file that is still being made is nobody's yet."""
        if self._lock and self.file == self.path:
            with self.read() as connection:
                self._ownership.hold(self._lock, connection)

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

    def faults(self, connection: Connection) -> Iterator[str]:
        """What SQLite's own check says of the file, and of its head what that does not look at."""
        yield from header.faults(self.file)
        yield from derived.wrong_in_file(connection)

    def back_up(self, project: str, seq: int, digest: str, *, as_it_is: bool = False) -> Backup:
        """A checked copy in the backups folder, unless the newest one is the same."""
        return backups.make(self.file, project, seq, digest, as_it_is=as_it_is)

    def backup_due(self, project: str, seq: int, digest: str) -> bool:
        """Whether steps were taken since the last backup, many or for more than an hour."""
        return backups.due(self.file, project, seq, digest)

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
