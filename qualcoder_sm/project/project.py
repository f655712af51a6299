"""Project: the one door through which everything is read and changed."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from qualcoder_sm.errors import Busy, DiskError, OlderProject, QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, Coder
from qualcoder_sm.project import audit, names, redaction, steps, words_only
from qualcoder_sm.project.audit import Audit
from qualcoder_sm.project.autocode import Autocode
from qualcoder_sm.project.cases import Cases
from qualcoder_sm.project.codebook import Codebook
from qualcoder_sm.project.coders import Coders
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.collections import Collections
from qualcoder_sm.project.history import History
from qualcoder_sm.project.links import Links
from qualcoder_sm.project.memory import Memory
from qualcoder_sm.project.notes import Notes
from qualcoder_sm.project.people import People
from qualcoder_sm.project.progress import ProgressOfSources
from qualcoder_sm.project.quote_rules import QuoteRules
from qualcoder_sm.project.search import Search
from qualcoder_sm.project.segments import Segments
from qualcoder_sm.project.sets import Sets
from qualcoder_sm.project.sources import Sources
from qualcoder_sm.store import backups, migrations, schema
from qualcoder_sm.store.database import Database, is_writable, require_project
from qualcoder_sm.store.journal import Journal
from qualcoder_sm.store.locking import Lock
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from sqlalchemy import Connection, Row, Select


WORDS_ONLY = 2
"""The version of the file in which the texts of transcripts came to hold words only."""

_because: ContextVar[str] = ContextVar("because", default="")


def _now() -> datetime:
    return datetime.now(UTC)


def _guid() -> str:
    return str(uuid4())


class Project:
    """An open project file.

    Reads return frozen values. Every write happens inside `change`, which commits the rows and
    their audit record together and then tells the subscribers. `reason` is kept with every step
    until it is changed; `because` gives one to some steps alone. `clock` and `new_guid` can be
    replaced to make a study the same each time. `brought_up` is the step by which opening it brought the file from an older version to this.
    """

    brought_up: Change | None = None

    def __init__(self, database: Database, lock: Lock | None) -> None:
        self.path: Path = database.path
        self._reason = ""
        self.clock: Callable[[], datetime] = _now
        self.new_guid: Callable[[], str] = _guid
        self.audit = Audit(self)
        self.history = History(self)
        self.coders = Coders(self)
        self.collections = Collections(self)
        self.sources = Sources(self)
        self.people = People(self)
        self.codebook = Codebook(self)
        self.codings = Codings(self)
        self.links = Links(self)
        self.sets = Sets(self)
        self.quoting = QuoteRules(self)
        self.segments = Segments(self)
        self.search = Search(self)
        self.autocode = Autocode(self)
        self.cases = Cases(self)
        self.notes = Notes(self)
        self.progress = ProgressOfSources(self)
        self._database = database
        self._lock = lock
        self._writing = threading.Lock()
        self._journal: Journal | None = None
        self._writer: int | None = None
        self._coder: Coder | None = None
        self._noted = False
        self._subscribers: list[Callable[[Change], None]] = []
        self.memory = Memory(self)

    @classmethod
    def create(
        cls,
        path: Path,
        name: str,
        coder: str,
        *,
        reason: str = "",
        clock: Callable[[], datetime] = _now,
        new_guid: Callable[[], str] = _guid,
    ) -> Project:
        """A new project at path with its first coder; refused if a file is there already."""
        name, coder = names.checked(name), names.checked(coder)
        project = cls(Database.create(path), None)
        project.reason, project.clock, project.new_guid = reason, clock, new_guid
        try:
            project._lock = Lock(path, coder)
            project._found(name, coder)
        except BaseException:
            project.close()
            path.unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def open(cls, path: Path, coder: str | None = None, *, read_only: bool = False) -> Project:
        """The project at path, for `coder` or whoever took the last step.

        A file that may not be written opens for reading only. One of an older version is brought
        to this one first, on a checked backup, and `brought_up` tells how; for reading only it is
        refused, for its text still holds labels and its figures would be others. Raises
        NotAProject, NewerProject, OlderProject, ProjectLocked or NotFound (no such coder).
        """
        require_project(path)
        _recover(path)
        version = require_project(path)
        read_only = read_only or not is_writable(path)
        if read_only and version < schema.VERSION:
            raise _older(path)
        project = cls(Database(path, read_only=read_only), None)
        try:
            project._coder = project.coders.find(coder) if coder is not None else None
            if not read_only:
                project._lock = Lock(path, project.coder.name)
                if version < schema.VERSION:
                    project._bring_up(version)
                with suppress(DiskError):  # the next opening tries again
                    redaction.finish(project)
        except BaseException:
            project.close()
            raise
        return project

    def close(self) -> None:
        """Give the file back. Nothing is unsaved, ever."""
        if self._lock:
            # A file that is gone must not keep the window from closing.
            with suppress(QualCoderError):
                self._note_closing()
            self._lock.release()
            self._lock = None
        self._database.close()

    @property
    def read_only(self) -> bool:
        """Whether steps are refused."""
        return self._database.read_only

    @property
    def is_writing_here(self) -> bool:
        """Whether this thread is inside a step, whose rows only its own connection sees."""
        return self._writer == threading.get_ident()

    @property
    def coder(self) -> Coder:
        """Who acts: chosen with `act_as`, else whoever took the last step."""
        if self._coder is None:
            self._coder = self.coders.last()
        return self._coder

    @property
    def reason(self) -> str:
        """Why the next step is taken: as `because` says, else what was set."""
        return _because.get() or self._reason

    @reason.setter
    def reason(self, reason: str) -> None:
        self._reason = reason

    def act_as(self, coder: str) -> Coder:
        """Let another coder, named or by guid, take the steps from now on."""
        self._coder = self.coders.find(coder)
        return self._coder

    @property
    def guid(self) -> str:
        """The project's own guid, the same in every copy of the file."""
        return self._about().guid

    @property
    def name(self) -> str:
        """The title of the study."""
        return self._about().name

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Call the listener after every committed step, in the thread that took it."""
        self._subscribers.append(listener)

    def fetch(self, statement: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:
        """Rows of a select, as the change in progress in this thread sees them."""
        with self.reading() as connection:
            return list(connection.execute(statement))

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection to read from; for managers of this package."""
        if self._journal and self.is_writing_here:
            yield self._journal.connection
        else:
            with self._database.read() as connection:
                yield connection

    @contextmanager
    def change(self, action: str, **parameters: object) -> Generator[Journal]:
        """One undoable step. A change made inside another is part of it.

        `action` is a key of `steps.STEPS`; the parameters tell it in the trail. When nothing is
        written inside, there is no step. Raises Busy while another thread writes.
        """
        if self._journal and self.is_writing_here:
            yield self._journal
        else:
            with self.step(action, parameters) as journal:
                yield journal

    @contextmanager
    def step(
        self,
        action: str,
        parameters: dict[str, object],
        *,
        undo_of: int | None = None,
        batch: str | None = None,
        anew: bool = False,
    ) -> Generator[Journal]:
        """As `change`, for the history: a step that takes back or repeats step `undo_of`.

        A step that writes the file `anew` leaves nothing behind of what it removes.
        """
        coder = self.coder.name
        change: Change | None = None
        write = self._database.write_anew if anew else self._database.write
        with self._one_writer(), write() as connection:
            self._journal, self._writer = Journal(connection), threading.get_ident()
            self._journal.describe(**parameters)
            try:
                yield self._journal
                if not self._journal.empty or action in steps.FIRM:
                    change = self._finished(self._journal, coder, action, undo_of, batch)
                    if not self._noted:
                        self._note_holder(connection)
            finally:
                self._journal, self._writer = None, None
        if change:
            self._noted = True
            for listener in self._subscribers:
                listener(change)

    @contextmanager
    def because(self, reason: str) -> Generator[None]:
        """Give a reason to the steps that this thread takes inside; "" leaves it as it is."""
        token = _because.set(reason.strip() or _because.get())
        try:
            yield
        finally:
            _because.reset(token)

    @contextmanager
    def beside(self) -> Generator[Connection]:
        """A transaction for what is kept beside the study and is no step, such as drafts.

        For managers of this package. Raises Busy while another thread writes; not within a step.
        """
        with self._one_writer(), self._database.write() as connection:
            yield connection

    def undo(self) -> Change:
        """Take back the last step not yet taken back, whoever took it."""
        return self.history.undo()

    def redo(self) -> Change:
        """Do the step again that was taken back last."""
        return self.history.redo()

    def back_up(self) -> backups.Backup:
        """A checked copy in the backups folder, unless the newest one is the same."""
        return backups.make(self.path, self.guid, *self.audit.head())

    def backup_due(self) -> bool:
        """Whether the newest backup is more than an hour old."""
        return backups.due(self.guid, self.clock())

    def _finished(
        self, journal: Journal, coder: str, action: str, undo_of: int | None, batch: str | None
    ) -> Change:
        label = steps.label(action, journal.parameters)
        change = Change(0, self.clock(), coder, action, label, self.reason, (), undo_of)
        return journal.finish(change, self.new_guid(), batch)

    @contextmanager
    def _one_writer(self) -> Generator[None]:
        if not self._writing.acquire(blocking=False):
            raise Busy(tr("A longer step is still being written. Try again in a moment."))
        try:
            yield
        finally:
            self._writing.release()

    def _about(self) -> Row[*tuple[Any, ...]]:
        [row] = self.fetch(select(schema.project))
        return row

    def _found(self, name: str, coder: str) -> None:
        self._coder = Coder(self.new_guid(), coder)
        with self.change("project.create", name=name) as journal:
            row = {"guid": self.new_guid(), "name": name, "created": written_time(self.clock())}
            journal.insert(schema.project, row)
            journal.insert(schema.coders, {"guid": self._coder.guid, "name": coder})

    def _bring_up(self, version: int) -> None:
        """Bring a file of an older version to this one: all of it in one step, or nothing."""
        try:
            self.back_up()
        except DiskError as error:
            raise DiskError(
                tr("{name} has to be brought to this version of the program, and before that a "
                   "backup has to be made. {why} Nothing was changed.",
                   name=self.path.name, why=error)
            ) from error  # fmt: skip
        told: dict[str, object] = {"version": schema.VERSION}
        with self.step("project.migrate", told, anew=True) as journal:
            migrations.migrate(journal.connection, version)
            doubts = audit.doubts(
                journal.connection
            )  # the step writes rows anew, and would hide it
            if version < WORDS_ONLY:
                words_only.convert(self, journal)
            if doubts:
                journal.describe(what=audit.doubted(journal.parameters["what"], doubts))
        self.brought_up = journal.written

    def _note_holder(self, connection: Connection, closed: datetime | None = None) -> None:
        """The lock row travels with the file, where the lock file beside it may not.

        It comes with the first step: opening, or a step that is refused, leaves the file as it was.
        """
        if self._lock:
            holder = self._lock.holder
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO lock(id, holder, opened, closed) VALUES (1, ?, ?, ?)",
                (f"{holder.coder} on {holder.host}", holder.since,
                 written_time(closed) if closed else None),
            )  # fmt: skip

    def _note_closing(self) -> None:
        if self._noted:
            with self._database.write() as connection:
                self._note_holder(connection, closed=self.clock())


def _older(path: Path) -> OlderProject:
    return OlderProject(
        tr(
            "{name} was written by an older version of QualCoder SM and has to be opened for "
            "writing once: open it in the window, or use “qualcoder-sm upgrade”. A copy of it as "
            "it is will be kept.",
            name=path.name,
        )
    )


def _recover(path: Path) -> None:
    """Let SQLite roll back a step that a crash cut short; reading only cannot do that."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and os.access(path, os.W_OK):
        database = Database(path)
        try:
            with database.read() as connection:
                connection.exec_driver_sql("SELECT COUNT(*) FROM sqlite_master")
        finally:
            database.close()
