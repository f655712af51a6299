"""Sets of codes: those that are looked at together, whatever tree they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm import i18n
from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.natural import by_name
from qualcoder_sm.project import names, wordings
from qualcoder_sm.project.codes import Codes
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcoder_sm.project.core import Core


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named set of codes, by guid, in the order of the codebook."""

    guid: str
    name: str
    codes: tuple[str, ...]


class Sets:
    """The sets of a project, by name."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def all(self) -> list[CodeSet]:
        """Every set, by name."""
        sets, members = schema.code_sets.c, schema.code_set_members.c
        inside: dict[str, set[str]] = {}
        for one, code in self._core.fetch(select(members.code_set, members.code)):
            inside.setdefault(one, set()).add(code)
        order = [code.guid for code in Codes(self._core).codes()]
        found = self._core.fetch(select(sets.guid, sets.name))
        return [
            CodeSet(guid, name, tuple(code for code in order if code in inside.get(guid, ())))
            for guid, name in sorted(found, key=by_name)
        ]

    def find(self, wanted: str) -> CodeSet:
        """The set with this name or guid; raises NotFound or AmbiguousName."""
        return names.found(
            wanted,
            self.all(),
            guid=lambda one: one.guid,
            names=lambda one: (one.name,),
            full_path=lambda one: one.name,
            kind=tr("set"),
        )

    def keep(self, name: str, codes: Iterable[str]) -> CodeSet:
        """A set of these codes, by guid, in place of one of the same name.

        Raises WrongUsage without a code, NotFound for one that is gone.
        """
        name, wanted = names.checked(name), list(dict.fromkeys(codes))
        if not wanted:
            raise WrongUsage(tr("A set needs at least one code."))
        with self._core.change("set.keep") as journal:
            there = {code.guid: code.name for code in Codes(self._core).codes()}
            if not there.keys() >= set(wanted):
                raise NotFound(tr("This code is no longer in the project."))
            known = next((one for one in self.all() if one.name == name), None)
            guid = known.guid if known else self._core.new_guid()
            gone = [code for code in known.codes if code not in wanted] if known else []
            new = [code for code in wanted if known is None or code not in known.codes]
            journal.describe(name=name, what=i18n.codes(len(wanted)))
            if known:
                journal.describe(changes=wordings.added_and_removed(
                    [there[code] for code in new], [there[code] for code in gone]))  # fmt: skip
            else:
                journal.insert(schema.code_sets, {"guid": guid, "name": name})
            journal.delete(schema.code_set_members, *self.members(gone, guid))
            journal.insert(
                schema.code_set_members,
                *({"guid": self._core.new_guid(), "code_set": guid, "code": code}
                  for code in new),
            )  # fmt: skip
        return self.find(guid)

    def remove(self, wanted: str) -> None:
        """Delete a set, by name or guid; its codes stay."""
        with self._core.change("set.remove") as journal:
            one = self.find(wanted)
            journal.describe(name=one.name, what=i18n.codes(len(one.codes)))
            journal.delete(schema.code_set_members, *self.members(one.codes, one.guid))
            journal.delete(schema.code_sets, one.guid)

    def members(self, codes: Iterable[str], code_set: str | None = None) -> list[str]:
        """Guids of the memberships of these codes, in one set or in all."""
        members = schema.code_set_members.c
        wanted = set(codes)
        found = self._core.fetch(select(members.guid, members.code, members.code_set))
        return [guid for guid, code, one in found if code in wanted and code_set in (None, one)]
