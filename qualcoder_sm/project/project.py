"""Project: the one door through which everything is read and changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qualcoder_sm import notices
from qualcoder_sm.errors import DiskError, QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change, Coder
from qualcoder_sm.project import audit, doubles, labels, names, pending_keys, redaction, words_only
from qualcoder_sm.project.audit import Audit
from qualcoder_sm.project.autocode import Autocode
from qualcoder_sm.project.cases import Cases
from qualcoder_sm.project.codebook import Codebook
from qualcoder_sm.project.coders import Coders
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.collections import Collections
from qualcoder_sm.project.core import Core, guid, now
from qualcoder_sm.project.history import History, Progress
from qualcoder_sm.project.links import Links
from qualcoder_sm.project.notes import Notes
from qualcoder_sm.project.people import People
from qualcoder_sm.project.progress import ProgressOfSources
from qualcoder_sm.project.quote_rules import QuoteRules
from qualcoder_sm.project.search import Search
from qualcoder_sm.project.segments import Segments
from qualcoder_sm.project.sets import Sets
from qualcoder_sm.project.sources import Sources
from qualcoder_sm.store import migrations, opening, schema, shape, values
from qualcoder_sm.store.shape import Use
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from qualcoder_sm.store.store import Store

CONVERSIONS = {2: words_only.convert, 3: doubles.settle}
"""By version: what it changed in the content of a file; each says what it did."""


class Project(Core):
    """An open project file with everything that can be read from it and done to it.

    `brought_up` is the step by which opening it brought the file from an older version to this.
    """

    brought_up: Change | None = None

    def __init__(self, store: Store) -> None:
        super().__init__(store)
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

    @classmethod
    def create(
        cls,
        path: Path,
        name: str,
        coder: str,
        *,
        reason: str = "",
        clock: Callable[[], datetime] = now,
        new_guid: Callable[[], str] = guid,
        in_place: bool = True,
    ) -> Project:
        """A new project at path with its first coder; refused if a file is there already.

        Without `in_place` nothing is at path before `put_in_place`: what is made in several steps
        is there whole, or not at all.
        """
        name, coder = names.checked(name), names.checked(coder)
        project = cls(opening.created(path))
        project.reason, project.clock, project.new_guid = reason, clock, new_guid
        try:
            project._store.hold(coder)
            project._found(name, coder)
            if in_place:
                project.put_in_place()
        except BaseException:
            project.close()
            raise
        return project

    def put_in_place(self) -> None:
        """Let a new project be at its path; raises DiskError if a file came there meanwhile."""
        self._store.put_in_place()

    @classmethod
    def open(
        cls,
        path: Path,
        coder: str | None = None,
        *,
        read_only: bool = False,
        checking: bool = False,
    ) -> Project:
        """The project at path, for `coder` or whoever took the last step.

        A file that may not be written opens for reading only. One of an older version is brought
        to this one first, on a checked backup, and `brought_up` tells how; for reading only it is
        refused, for its text still holds labels and its figures would be others. `checking` opens
        a file for reading only whose tables are perhaps not whole, to say what is wrong. Raises
        NotAProject, NewerProject, OlderProject, AlteredShape, ProjectLocked or NotFound (no such
        coder).
        """
        project = cls(opening.opened(path, read_only=read_only, checking=checking))
        try:
            project._begin(coder)
        except BaseException:
            project.close()
            raise
        return project

    def _begin(self, coder: str | None) -> None:
        self._coder = self.coders.find(coder) if coder is not None else None
        if self.read_only:
            return
        self._store.hold(self.coder.name)
        if self._store.version < schema.VERSION:
            self._bring_up(self._store.version)
        with notices.side_concern():
            pending_keys.finish(self, late=True)
        with suppress(DiskError):  # the next opening tries again
            redaction.finish(self)

    def close(self) -> None:
        """Give the file back. Nothing is unsaved, ever."""
        # A file that is gone must not keep the window from closing.
        with suppress(QualCoderError):
            self._note_closing()
        self._store.close()

    def look_through(self) -> None:
        """Raise DamagedFile now for what would be met later: values no step wrote, other texts."""
        with self.reading() as connection:
            values.look_through(connection)
        for source in self.sources.all():
            self.sources.require_whole(source)

    def recall(self) -> None:
        """Remember what is asked for all day: lists, counts, rules of quoting; see `memory`."""
        self.codebook.counts()
        self.quoting.rules()
        self.cases.all()
        self.people.all()
        labels.of_sources(self)

    def act_as(self, coder: str) -> Coder:
        """Let another coder, named or by guid, take the steps from now on."""
        self._coder = self.coders.find(coder)
        return self._coder

    def undo(self, *, anybody: bool = False, progress: Progress | None = None) -> Change:
        """Take back the last step of the acting coder that stands, or of anybody."""
        return self.history.undo(anybody=anybody, progress=progress)

    def redo(self, *, anybody: bool = False, progress: Progress | None = None) -> Change:
        """Do the step again that the acting coder, or anybody, took back last."""
        return self.history.redo(anybody=anybody, progress=progress)

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
            # The step writes rows anew, and would hide what did not fit before.
            doubts = audit.doubts(journal.connection)
            done = [convert(self, journal) for later, convert in CONVERSIONS.items()
                    if later > version]  # fmt: skip
            migrations.index(journal.connection)
            shape.require(journal.connection, self.path, schema.VERSION, Use.WRITING)
            what = "; ".join(done)
            journal.describe(what=audit.doubted(what, doubts) if doubts else what)
        self.brought_up = journal.written
