"""People: who speaks in transcripts and who writes posts, by pseudonym key."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from qualcoder_sm.errors import NameTaken, NotFound, StepConflict, WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Person, Role
from qualcoder_sm.project import lists, names, redaction, steps
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.redaction import Progress, Redaction

ROLES = (Role.INTERVIEWER, Role.PARTICIPANT, Role.OTHER)
"""The roles that counts know of; any other word is a group's own."""


class Said(NamedTuple):
    """What somebody said or wrote: turns or posts, in how many sources, of how many characters."""

    units: int = 0
    sources: int = 0
    characters: int = 0


class People:
    """Speakers and authors. What they said is in the units."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[Person]:
        """Everybody, by key: P2 before P10."""
        return list(self._core.memory.recall("people", ("people",), self._read))

    def said(self) -> dict[str, Said]:
        """What each said, by guid, in one read; who said nothing is left out."""
        return dict(self._core.memory.recall("said", ("people", "units"), self._count))

    def find(self, wanted: str) -> Person:
        """The person with this key or guid; raises NotFound."""
        return names.found(
            wanted,
            self.all(),
            guid=lambda person: person.guid,
            names=lambda person: (person.key,),
            full_path=lambda person: person.key,
            kind=tr("speaker"),
        )

    def rename(self, guid: str, key: str, reason: str = "") -> None:
        """Give a person another key; raises NameTaken, which offers to merge."""
        with self._core.because(reason), self._core.change("person.rename") as journal:
            person, key = self.find(guid), names.checked(key)
            if key == person.key:
                return
            if any(other.key == key for other in self.all()):
                raise NameTaken(
                    tr(
                        "There is a speaker named “{key}” already. If the two are one person, "
                        "merge “{old}” into “{key}”. Nothing was changed.",
                        key=key,
                        old=person.key,
                    )
                )
            journal.describe(old=person.key, key=key)
            journal.update(schema.people, person.guid, key=key)

    def merge(self, guid: str, into: str, reason: str = "") -> None:
        """Let two labels be one person: what `guid` said is said by `into`, who stays.

        Who stays takes over the case, and the role, where there was none. Raises StepConflict
        when both have a case and not the same.
        """
        with self._core.because(reason), self._core.change("person.merge") as journal:
            gone, stays = self.find(guid), self.find(into)
            self._require_one(gone, stays)
            units = self._units_of(gone.guid)
            what = ntr("{n} turn or post", "{n} turns and posts", len(units))
            journal.describe(old=gone.key, key=stays.key, what=what)
            journal.update_all(schema.units, units, person=stays.guid)
            journal.update(
                schema.people,
                stays.guid,
                case=stays.case or gone.case,
                role=stays.role or gone.role,
            )
            journal.delete(schema.people, gone.guid)

    def set_role(self, guid: str, role: str, reason: str = "") -> None:
        """Say what a person is: one of `ROLES`, a group's own word, or "" where nobody knows."""
        role, none = _role(role), tr("none")
        with self._core.because(reason), self._core.change("person.role") as journal:
            person = self.find(guid)
            if role != person.role:
                journal.describe(key=person.key, old=person.role or none, role=role or none)
                journal.update(schema.people, person.guid, role=role)

    def set_case(self, guid: str, case: str | None, reason: str = "") -> None:
        """Say which case, by guid, a person is; None for no case."""
        with self._core.because(reason), self._core.change("person.case") as journal:
            person = self.find(guid)
            if case != person.case:
                journal.describe(key=person.key, old=self._case(person.case), case=self._case(case))
                journal.update(schema.people, person.guid, case=case)

    def redact(
        self, keys: Mapping[str, str], reason: str, progress: Progress | None = None
    ) -> Redaction:
        """Put keys in the place of real names, which leave no trace: nothing takes this back.

        `keys` maps each name to its key; see `redaction.redact`.
        """
        with self._core.because(reason):
            return redaction.redact(self._core, keys, self._core.reason, progress)

    @contextmanager
    def together(self) -> Generator[None]:
        """Let several changes be one step, which tells of each."""
        with self._core.change("person.edit") as journal:
            yield
            told = [
                steps.told(part.action, part.parameters).rstrip(".")
                for part in journal.telling.parts
                if part.parameters
            ]
            journal.describe(changes="; ".join(told))

    def _require_one(self, gone: Person, stays: Person) -> None:
        """Raise an error when two cannot be one person."""
        if gone.guid == stays.guid:
            raise WrongUsage(tr("“{key}” cannot be merged into itself.", key=gone.key))
        if gone.case and stays.case and gone.case != stays.case:
            raise StepConflict(
                tr(
                    "“{old}” and “{key}” belong to different cases, {one} and {other}. Take one of "
                    "them out of its case first. Nothing was changed.",
                    old=gone.key, key=stays.key, one=self._case(gone.case),
                    other=self._case(stays.case),
                )
            )  # fmt: skip

    def _read(self) -> list[Person]:
        p = schema.people.c
        found = self._core.fetch(select(p.guid, p.key, p.role, p.case))
        return sorted((Person(*row) for row in found), key=_place)

    def _count(self) -> dict[str, Said]:
        u = schema.units.c
        statement = (
            select(
                u.person,
                func.count(),
                func.count(u.source.distinct()),
                func.sum(u.end - u.start),
            )
            .where(u.person.is_not(None))
            .group_by(u.person)
        )
        return {person: Said(*counts) for person, *counts in self._core.fetch(statement)}

    def _units_of(self, guid: str) -> list[str]:
        u = schema.units.c
        return [row.guid for row in self._core.fetch(select(u.guid).where(u.person == guid))]

    def _case(self, guid: str | None) -> str:
        if guid is None:
            return tr("none")
        for case in lists.cases(self._core):
            if case.guid == guid:
                return case.name
        raise NotFound(tr("This case is no longer in the project."))


def _role(role: str) -> str:
    role = " ".join(role.split())
    return role.casefold() if role.casefold() in ROLES else role


def _place(person: Person) -> tuple[list[str | int], str]:
    """Sorts by the numbers in a key as numbers."""
    parts = re.split(r"(\d+)", person.key)
    return [int(p) if n % 2 else p.casefold() for n, p in enumerate(parts)], person.key
