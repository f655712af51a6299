"""Cases with their attributes, and the sources that belong to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.errors import NameTaken, NotFound
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Case
from qualcoder_sm.natural import natural
from qualcoder_sm.project import labels, lists, names, wordings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.bundle import CaseDraft
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal


class Cases:
    """People, organisations and online spaces."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[Case]:
        """Every case by name, with the guids of its sources and its attributes."""
        return lists.cases(self._core)

    def find(self, wanted: str) -> Case:
        """The case with this name or guid; raises NotFound or AmbiguousName."""
        return names.found(
            wanted,
            self.all(),
            guid=lambda case: case.guid,
            names=lambda case: (case.name,),
            full_path=lambda case: case.name,
            kind=tr("case"),
        )

    def variables(self) -> list[str]:
        """Names of the attributes, sorted."""
        found = self._core.fetch(select(schema.variables.c.name))
        return sorted((row.name for row in found), key=natural)

    def add(self, name: str, type: str = "person", sources: Sequence[str] = ()) -> Case:
        """A new case with sources by guid; raises NameTaken."""
        name = names.checked(name)
        with self._core.change("case.add", name=name) as journal:
            self._called(sources)
            case = self._new(journal, {case.name for case in self.all()}, name, type)
            self._link(journal, case.guid, sources)
        return replace(case, sources=tuple(sources))

    def link(self, case: str, sources: Sequence[str]) -> None:
        """Say which sources, by guid, belong to a case; raises NotFound for one that is gone."""
        with self._core.change("case.link") as journal:
            known, links = self._get(case), schema.case_sources.c
            old = self._core.fetch(select(links.guid, links.source).where(links.case == case))
            gone = [row for row in old if row.source not in sources]
            new = [guid for guid in sources if guid not in known.sources]
            changes = wordings.added_and_removed(
                self._called(new), self._called([row.source for row in gone]))  # fmt: skip
            journal.describe(name=known.name, changes=changes)
            journal.delete(schema.case_sources, *(row.guid for row in gone))
            self._link(journal, case, new)

    def _get(self, guid: str) -> Case:
        for case in self.all():
            if case.guid == guid:
                return case
        raise NotFound(tr("This case is no longer in the project."))

    def _called(self, sources: Sequence[str]) -> list[str]:
        """What sources are called; raises NotFound."""
        called = labels.of_sources(self._core)
        if not called.keys() >= set(sources):
            raise NotFound(tr("This source is no longer in the project."))
        return [called[guid] for guid in sources]

    def _new(self, journal: Journal, taken: set[str], name: str, type: str) -> Case:
        if name in taken:
            raise NameTaken(tr("There is already a case named “{name}”.", name=name))
        taken.add(name)
        case = Case(self._core.new_guid(), name, type, (), {})
        journal.insert(schema.cases, {"guid": case.guid, "name": name, "type": type})
        return case

    def take(self, drafts: Sequence[CaseDraft], files: str) -> list[Case]:
        """Add or update cases from a table, as one step.

        A case gets the sources it names; one that names none gets those whose own name, or
        whose collection's name, is the case's name or begins with it and a space.
        """
        told: dict[str, object] = {
            "files": files,
            "what": ntr("{n} case", "{n} cases", len(drafts)),
        }
        with self._core.change("case.import", **told) as journal:
            known = {case.name: case for case in self.all()}
            taken, sources_of = set(known), _Belonging(self._core)
            variables = self._variables(
                journal, [one for draft in drafts for one in draft.attributes]
            )
            new = sum(names.checked(draft.name) not in known for draft in drafts)
            journal.describe(new=new, known=len(drafts) - new)
            for draft in drafts:
                name = names.checked(draft.name)
                case = known.get(name) or self._new(journal, taken, name, draft.type)
                if case.type != draft.type:
                    journal.update(schema.cases, case.guid, type=draft.type)
                self._set(journal, case, draft, variables)
                linked = [guid for guid in sources_of(draft) if guid not in case.sources]
                self._link(journal, case.guid, linked)
        return self.all()

    def _set(
        self, journal: Journal, case: Case, draft: CaseDraft, variables: Mapping[str, str]
    ) -> None:
        values = schema.variable_values
        old = self._core.fetch(
            select(values.c.variable, values.c.guid).where(values.c.case == case.guid)
        )
        stored = {row.variable: row.guid for row in old}
        for name, value in draft.attributes.items():
            variable = variables[name]
            if variable in stored:
                journal.update(values, stored[variable], value=value)
            else:
                guid = self._core.new_guid()
                row = {"guid": guid, "variable": variable, "case": case.guid, "value": value}
                journal.insert(values, row)

    def _variables(self, journal: Journal, wanted: Sequence[str]) -> dict[str, str]:
        v = schema.variables.c
        known = {row.name: row.guid for row in self._core.fetch(select(v.name, v.guid))}
        new = {name: self._core.new_guid() for name in dict.fromkeys(wanted) if name not in known}
        journal.insert(
            schema.variables,
            *({"guid": guid, "name": name, "type": "text"} for name, guid in new.items()),
        )
        return known | new

    def _link(self, journal: Journal, case: str, sources: Sequence[str]) -> None:
        journal.insert(
            schema.case_sources,
            *(
                {"guid": self._core.new_guid(), "case": case, "source": source}
                for source in sources
            ),
        )


class _Belonging:
    """The sources of a case in a table, by guid, among those there are when it is made."""

    def __init__(self, core: Core) -> None:
        texts = Texts(core)
        self._find, self._sources = texts.finder(), texts.all()
        self._collections = {c.guid: c.name for c in lists.collections(core)}

    def __call__(self, draft: CaseDraft) -> list[str]:
        if draft.sources:
            return [self._find(name).guid for name in draft.sources]
        return [
            source.guid
            for source in self._sources
            if _begins_with(draft.name, source.name)
            or _begins_with(draft.name, self._collections.get(source.collection or "", ""))
        ]


def _begins_with(case: str, name: str) -> bool:
    return name == case or name.startswith(case + " ")
