"""Core: what every manager stands on. Reading, steps, publishing, the clock, guids, who acts."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select

from qualcoder_sm import notices
from qualcoder_sm.errors import Busy, NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, Coder
from qualcoder_sm.project import steps
from qualcoder_sm.project.memory import Memory
from qualcoder_sm.project.writers import Writers
from qualcoder_sm.store import beside, schema, trail
from qualcoder_sm.store.journal import Journal
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from sqlalchemy import Connection, Row, Select

    from qualcoder_sm.store.backups import Backup
    from qualcoder_sm.store.store import Store


_because: ContextVar[str] = ContextVar("because", default="")
_acting: ContextVar[tuple[Core, Coder] | None] = ContextVar("acting", default=None)


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


def guid() -> str:
    """A guid that nobody has."""
    return str(uuid4())


class Core:
    """An open project and who works in it.

    Reads return frozen values. Every write happens inside `change`, which commits the rows and
    their audit record together and then tells the subscribers. `clock` and `new_guid` can be
    replaced to make a study the same each time. `reason` is kept with every step until it is
    changed; `because` gives one to some steps alone.
    """

    def __init__(self, store: Store) -> None:
        self.path: Path = store.path
        self.clock: Callable[[], datetime] = now
        self.new_guid: Callable[[], str] = guid
        self._store = store
        self._writers = Writers()
        self._journal: Journal | None = None
        self._writer: int | None = None
        self._anew = False
        self._coder: Coder | None = None
        self._reason = ""
        self._noted = False
        self._seen: int | None = None
        self._subscribers: list[Callable[[Change], None]] = []
        self.memory = Memory(self)

    @property
    def read_only(self) -> bool:
        """Whether steps are refused."""
        return self._store.read_only

    @property
    def is_writing_here(self) -> bool:
        """Whether this thread is inside a step, whose rows only its own connection sees."""
        return self._writer == threading.get_ident()

    def has_touched(self, *tables: str) -> bool:
        """Whether the step that this thread takes has written to one of these tables so far.

        Of one that writes the file anew nothing is known, so it may have.
        """
        journal = self._journal if self.is_writing_here else None
        return journal is not None and (self._anew or journal.touches(*tables))

    @property
    def guid(self) -> str:
        """The project's own guid, the same in every copy of the file."""
        return self._about().guid

    @property
    def name(self) -> str:
        """The title of the study."""
        return self._about().name

    # Who acts, and why

    @property
    def coder(self) -> Coder:
        """Who takes the steps: chosen, else whoever took the last one.

        Within a step, and for one that waits, it is whoever began it. Raises NotFound in a damaged
        project that has nobody.
        """
        acting = _acting.get()
        if acting and acting[0] is self:
            return acting[1]
        if self._coder is None:
            self._coder = self._last_coder()
        return self._coder

    def _last_coder(self) -> Coder:
        """Who took the last step; the first coder when that one is gone."""
        c, steps = schema.coders.c, schema.changes.c
        last = select(steps.coder).order_by(steps.seq.desc()).limit(1).scalar_subquery()
        found = self.fetch(select(c.guid, c.name).order_by(c.name != last, c.name).limit(1))
        if not found:
            raise NotFound(tr("This project has no coder."))
        return Coder(*found[0])

    @contextmanager
    def _acting_as(self, coder: Coder) -> Generator[None]:
        token = _acting.set((self, coder))
        try:
            yield
        finally:
            _acting.reset(token)

    @property
    def reason(self) -> str:
        """Why the next step is taken: as `because` says, else what was set."""
        return _because.get() or self._reason

    @reason.setter
    def reason(self, reason: str) -> None:
        self._reason = reason

    @contextmanager
    def because(self, reason: str) -> Generator[None]:
        """Give a reason to the steps taken inside; "" leaves it as it is."""
        token = _because.set(reason.strip() or _because.get())
        try:
            yield
        finally:
            _because.reset(token)

    # Reading

    def fetch(self, statement: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:
        """Rows of a select, as the change in progress in this thread sees them."""
        with self.reading() as connection:
            return list(connection.execute(statement))

    @contextmanager
    def reading(self, *, as_it_is: bool = False) -> Generator[Connection]:
        """A connection to read from; for managers of this package.

        What no step can have written is refused (DamagedFile), unless it is read `as_it_is`.
        """
        if self._journal and self.is_writing_here:
            yield self._journal.connection
        else:
            with self._store.read(as_it_is=as_it_is) as connection:
                yield connection

    # Steps

    @contextmanager
    def change(self, action: str, **parameters: object) -> Generator[Journal]:
        """One undoable step. A change made inside another is part of it, which tells of itself.

        `action` is a key of `steps.STEPS`; the parameters tell it in the trail. What is known
        inside only follows by `journal.describe`. What a step requires is checked inside, for
        nobody can write between that and the step. When nothing is written inside, there is no
        step. In the main thread raises Busy while another thread writes a longer one; see `submit`.
        """
        if self._journal and self.is_writing_here:
            with self._journal.part(action):
                self._journal.describe(**parameters)
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
        if self.is_writing_here:
            raise Busy(tr("A longer step is still being written. Try again in a moment."))
        write = self._store.write_anew if anew else self._store.write
        with self._writers.turn(), self._acting_as(self.coder):
            change: Change | None = None
            with write() as connection, self._journalled(connection, action, anew) as journal:
                journal.describe(**parameters)
                yield journal
                if not journal.empty or action in steps.FIRM | steps.ASIDE:
                    change = self._finished(journal, undo_of, batch)
            # Still in its turn, so that steps are told in the order of their numbers.
            if change:
                self._noted = True
                self._publish(change)

    def submit(self, take: Callable[[], Any]) -> Future[Any]:
        """Take a step now, or in its turn when another thread is writing a longer one.

        It is taken as the coder who acts now, for the reason that holds now. The future is done
        on return unless the step waits; as long as it waits it can be cancelled. The result of
        `take`, or what it raised, is the future's.
        """
        with self._acting_as(self.coder), self.because(self.reason):
            return self._writers.submit(take)

    @property
    def waiting(self) -> int:
        """How many steps wait until a longer one is written."""
        return self._writers.waiting

    @contextmanager
    def beside(self) -> Generator[Connection]:
        """A transaction for what is kept beside the study and is no step, such as drafts.

        For managers of this package. Raises Busy as `change` does; not within a step.
        """
        with self._writers.turn(), self._store.write() as connection:
            yield connection

    def require_owned(self) -> None:
        """Raise TakenOver when file or lock are not what this process left, so that no step is taken."""
        with self._writers.turn():
            self._store.require_owned()

    def head(self) -> tuple[int, str]:
        """Number and hash of the last step."""
        with self.reading() as connection:
            return trail.head(connection)

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the store itself, in sentences; for managers of this package."""
        return self._store.faults(connection)

    def back_up(self, *, as_it_is: bool = False) -> Backup:
        """A checked copy in the backups folder, unless the newest one is the same.

        What is damaged is copied `as_it_is`, whatever there is.
        """
        return self._store.back_up(self.guid, *self.head(), as_it_is=as_it_is)

    def back_up_if_possible(self, *, due: bool = False) -> None:
        """As `back_up`, or only when it is due; a backup that cannot be made is a notice."""
        with notices.side_concern():
            if not due or self.backup_due():
                self.back_up()

    def backup_due(self) -> bool:
        """Whether steps were taken since the last backup, many or for more than an hour."""
        return self._store.backup_due(self.guid, *self.head())

    # Telling

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Call the listener after every committed step, in the thread that took it."""
        self._subscribers.append(listener)

    def catch_up(self) -> int:
        """Tell the subscribers of the steps that another program wrote since the last call.

        Returns how many. Only a project open for reading has such steps; the first call looks where
        its trail ends.
        """
        if not self.read_only:
            return 0
        last = self.head()[0]
        first, self._seen = self._seen, last
        new = range(first + 1, last + 1) if first is not None else ()
        for seq in new:
            with self.reading() as connection:
                change = trail.change(connection, seq)
            self._publish(change)
        return len(new)

    def _publish(self, change: Change) -> None:
        for listener in self._subscribers:
            listener(change)

    @contextmanager
    def _journalled(self, connection: Connection, action: str, anew: bool) -> Generator[Journal]:
        self._journal = Journal(connection, self._store.read, action)
        self._writer, self._anew = threading.get_ident(), anew
        try:
            yield self._journal
        finally:
            self._journal, self._writer = None, None

    def _finished(self, journal: Journal, undo_of: int | None, batch: str | None) -> Change:
        action = journal.telling.action
        label = steps.label(action, journal.telling.parameters)
        change = Change(0, self.clock(), self.coder.name, action, label, self.reason, (), undo_of)
        if not self._noted:
            self._note_holder(journal.connection)
        return journal.finish(change, self.new_guid(), batch)

    def _note_holder(self, connection: Connection, closed: datetime | None = None) -> None:
        """It comes with the first step: opening, or a refused step, leaves the file as it was."""
        if holder := self._store.holder:
            until = written_time(closed) if closed else None
            said = f"{holder.coder} on {holder.host}"
            beside.note_holder(connection, said, holder.since, until)

    def _note_closing(self) -> None:
        if self._noted:
            with self._store.write() as connection:
                self._note_holder(connection, closed=self.clock())

    def _about(self) -> Row[*tuple[Any, ...]]:
        [row] = self.fetch(schema.project.select())
        return row
