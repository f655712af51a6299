"""Progress: how far each coder is with each source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.model import Progress
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal


class ProgressOfSources:
    """Not started until something is coded, in progress until the coder says done."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def of_coder(self, coder: str) -> dict[str, Progress]:
        """Progress by source guid; sources that are not started are left out."""
        p = schema.progress.c
        said = self._core.fetch(select(p.source, p.state).where(p.coder == coder))
        coded = Codings(self._core).by_source(coder)
        return dict.fromkeys(coded, Progress.IN_PROGRESS) | {
            row.source: Progress(row.state) for row in said
        }

    def of_source(self, source: str, coder: str) -> Progress:
        """How far a coder is with one source."""
        p = schema.progress.c
        said = self._core.fetch(select(p.state).where(p.source == source, p.coder == coder))
        if said:
            return Progress(said[0].state)
        c = (
            schema.codings.c
        )  # looked up in the file: a step that asks has no counts of its own rows
        coded = select(c.guid).where(c.source == source, c.coder == coder).limit(1)
        return Progress.IN_PROGRESS if self._core.fetch(coded) else Progress.NOT_STARTED

    def set(self, source: str, state: Progress) -> None:
        """Say how far the acting coder is with a source."""
        with self._core.change("progress.set") as journal:
            self._set(journal, source, self._state(source), state)

    def turn(self, source: str) -> Progress:
        """Go on to the next of: not started, in progress, done; returns it."""
        order = list(Progress)
        with self._core.change("progress.set") as journal:
            old = self._state(source)
            state = order[(order.index(old) + 1) % len(order)]
            self._set(journal, source, old, state)
        return state

    def _state(self, source: str) -> Progress:
        return self.of_source(source, self._core.coder.guid)

    def _set(self, journal: Journal, source: str, old: Progress, state: Progress) -> None:
        coder, p = self._core.coder.guid, schema.progress.c
        name = Texts(self._core).brief(source).name
        journal.describe(source=name, state=state.value, old=old.value)
        rows = self._core.fetch(select(p.guid).where(p.source == source, p.coder == coder))
        if rows:
            journal.update(schema.progress, rows[0].guid, state=state.value)
        else:
            row = {"guid": self._core.new_guid(), "source": source, "coder": coder}
            journal.insert(schema.progress, {**row, "state": state.value})
