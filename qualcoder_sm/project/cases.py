"""Cases with their attributes, and the sources that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.errors import NameTaken
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Case
from qualcoder_sm.natural import natural
from qualcoder_sm.project import labels, lists, names, wordings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        if any(case.name == name for case in self.all()):
            raise NameTaken(tr("There is already a case named “{name}”.", name=name))
        case = Case(self._core.new_guid(), name, type, tuple(sources), {})
        with self._core.change("case.add", name=name) as journal:
            journal.insert(schema.cases, {"guid": case.guid, "name": name, "type": type})
            self._link(journal, case.guid, sources)
        return case

    def link(self, case: str, sources: Sequence[str]) -> None:
        """Say which sources, by guid, belong to a case."""
        [known] = [one for one in self.all() if one.guid == case]
        links = schema.case_sources.c
        old = self._core.fetch(select(links.guid, links.source).where(links.case == case))
        gone = [row for row in old if row.source not in sources]
        new = [guid for guid in sources if guid not in known.sources]
        called = labels.of_sources(self._core)
        changes = wordings.added_and_removed(
            [called[guid] for guid in new], [called[row.source] for row in gone])  # fmt: skip
        with self._core.change("case.link", name=known.name, changes=changes) as journal:
            journal.delete(schema.case_sources, *(row.guid for row in gone))
            self._link(journal, case, new)

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
            new = sum(names.checked(draft.name) not in known for draft in drafts)
            journal.describe(new=new, known=len(drafts) - new)
            for draft in drafts:
                name = names.checked(draft.name)
                case = known.get(name) or self.add(name, draft.type)
                if case.type != draft.type:
                    journal.update(schema.cases, case.guid, type=draft.type)
                self._set(journal, case, draft)
                linked = [guid for guid in self._sources_of(draft) if guid not in case.sources]
                self._link(journal, case.guid, linked)
        return self.all()

    def _sources_of(self, draft: CaseDraft) -> list[str]:
        if draft.sources:
            return [Texts(self._core).find(name).guid for name in draft.sources]
        collections = {c.guid: c.name for c in lists.collections(self._core)}
        return [
            source.guid
            for source in Texts(self._core).all()
            if _begins_with(draft.name, source.name)
            or _begins_with(draft.name, collections.get(source.collection or "", ""))
        ]

    def _set(self, journal: Journal, case: Case, draft: CaseDraft) -> None:
        values = schema.variable_values
        variables = self._variables(journal, list(draft.attributes))
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
        new = {name: self._core.new_guid() for name in wanted if name not in known}
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


def _begins_with(case: str, name: str) -> bool:
    return name == case or name.startswith(case + " ")
