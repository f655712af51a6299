"""Codes: the tree, and what concerns codes alone."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm import i18n
from qualcoder_sm.errors import NameTaken, NotCodable, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code, Origin
from qualcoder_sm.project import names, rows, wordings
from qualcoder_sm.project.colours import child_colour, next_colour
from qualcoder_sm.store import schema, uniqueness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.bundle import CodeDraft
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal

DEFINITION_FIELDS = (
    "brief_definition", "definition", "include", "exclude", "example", "source",
)  # fmt: skip


class Codes:
    """The codes, as a tree; names are unique under one parent. `Codebook` moves codings, too."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def codes(self) -> list[Code]:
        """Every code in the order of the tree: a parent, its children, then its next sibling."""
        return list(self._core.memory.recall("codes", ("codes",), self._codes))

    def _codes(self) -> list[Code]:
        statement = select(schema.codes).order_by(schema.codes.c.position, schema.codes.c.name)
        children: dict[str | None, list[Code]] = {}
        for row in self._core.fetch(statement):
            children.setdefault(row.parent, []).append(rows.code(row))
        ordered: list[Code] = []
        waiting = list(reversed(children.get(None, [])))
        while waiting:
            code = waiting.pop()
            ordered.append(code)
            waiting += reversed(children.get(code.guid, []))
        return ordered

    def get(self, guid: str) -> Code:
        """The code with this guid; raises NotFound."""
        found = self._core.fetch(select(schema.codes).where(schema.codes.c.guid == guid))
        return rows.code(rows.required(found, tr("This code is no longer in the project.")))

    def paths(self) -> dict[str, str]:
        """The path of every code by guid, in the order of the tree."""
        return dict(self._core.memory.recall("paths", ("codes",), self._paths))

    def _paths(self) -> dict[str, str]:
        paths: dict[str, str] = {}
        for code in self.codes():
            paths[code.guid] = (
                names.path(paths[code.parent], code.name) if code.parent else code.name
            )
        return paths

    def path(self, guid: str) -> str:
        """The names from the root down to a code."""
        code = self.get(guid)
        return names.path(self.path(code.parent), code.name) if code.parent else code.name

    def find(self, wanted: str) -> Code:
        """The code with this guid, path or name; raises NotFound or AmbiguousName."""
        paths = self.paths()
        return names.found(
            wanted,
            self.codes(),
            guid=lambda code: code.guid,
            names=lambda code: (code.name,),
            full_path=lambda code: paths[code.guid],
            kind=tr("code"),
        )

    def below(self, guid: str) -> list[Code]:
        """The codes below a code, in the order of the tree."""
        inside = {guid}
        found: list[Code] = []
        for code in self.codes():
            if code.parent in inside:
                inside.add(code.guid)
                found.append(code)
        return found

    def add(
        self,
        name: str,
        *,
        parent: str | None = None,
        color: str = "",
        codable: bool = True,
        origin: Origin = Origin.A_PRIORI,
    ) -> Code:
        """A new code, last under its parent; raises NameTaken, NotFound for a parent that is gone."""
        action = "code.emerge" if origin is Origin.EMERGENT else "code.add"
        with self._core.change(action) as journal:
            return self._add(journal, name, parent, color=color, codable=codable, origin=origin)

    def named(self, name: str) -> Code | None:
        """The code of this name that words can be coded with; else one of this name, or None."""
        name = names.checked(name)
        found = [code for code in self.codes() if code.name == name]
        return next((code for code in found if code.codable), found[0] if found else None)

    def take(self, drafts: Sequence[CodeDraft], name: str) -> list[Code]:
        """Add the codes of a codebook as one step; `name` is what the trail calls it.

        Parents come before their children in `drafts`, or are in the project already.
        Raises NameTaken when a code of one of the paths is there.
        """
        with self._core.change(
            "codebook.import", name=name, what=i18n.codes(len(drafts))
        ) as journal:
            made = self._made(drafts)
            journal.insert(schema.codes, *map(_row, made))
        return made

    def rename(self, guid: str, name: str) -> None:
        """Give a code another name; raises NameTaken."""
        with self._core.change("code.rename") as journal:
            code, name = self.get(guid), names.checked(name)
            if name == code.name:
                return
            self._require_free(self.codes(), name, code.parent)
            journal.describe(old=code.name, code=name, code_guid=guid)
            journal.update(schema.codes, guid, name=name)

    def move(self, guid: str, parent: str | None, position: int | None = None) -> None:
        """Put a code under another parent (None: the top), before its sibling at `position`."""
        with self._core.change("code.move") as journal:
            code, codes = self.get(guid), self.codes()
            if parent == guid or parent in {below.guid for below in self.below(guid)}:
                raise WrongUsage(tr("“{name}” cannot be moved below itself.", name=code.name))
            if parent != code.parent:
                self._require_free(codes, code.name, parent)
            siblings = [one for one in codes if one.parent == parent]
            others = [one for one in siblings if one.guid != guid]
            at = len(others) if position is None else position
            order = [*others[:at], replace(code, parent=parent), *others[at:]]
            where = self._from_to(code, parent, siblings, order)
            journal.describe(code=code.name, code_guid=guid, where=where)
            for place, one in enumerate(order):
                journal.update(schema.codes, one.guid, parent=parent, position=place)

    def recolour(self, guid: str, color: str) -> None:
        """Give a code another colour, as #RRGGBB."""
        with self._core.change("code.recolour") as journal:
            code = self.get(guid)
            journal.describe(code=code.name, code_guid=guid, old=code.color, new=color)
            journal.update(schema.codes, guid, color=color)

    def edit(self, guid: str, **fields: object) -> None:
        """Change fields of the definition, or `codable`, or `origin`; a new revision of the code.

        Nothing happens when nothing differs.
        """
        with self._core.change("code.edit") as journal:
            code = self.get(guid)
            changed = {
                name: value for name, value in fields.items() if getattr(code, name) != value
            }
            if not changed:
                return
            old = {name: getattr(code, name) for name in changed}
            journal.describe(code=code.name, code_guid=guid, **wordings.fields(old, changed))
            if "codable" in changed:
                changed["codable"] = int(bool(changed["codable"]))
            journal.update(schema.codes, guid, revision=code.revision + 1, **changed)

    def set_favourite(self, guid: str, digit: int | None) -> None:
        """Give a code one of the keys 1 to 9 (taking it from another), or none."""
        with self._core.change("code.favourite") as journal:
            code, none = self.get(guid), tr("none")
            journal.describe(
                code=code.name, code_guid=guid, old=code.favourite or none, new=digit or none
            )
            for other in self.codes():
                if digit is not None and other.favourite == digit:
                    journal.update(schema.codes, other.guid, favourite=None)
            journal.update(schema.codes, guid, favourite=digit)

    def bucket(self) -> Code:
        """The code for words that no code fits, made as an emergent code when it is not there.

        Directed content analysis: what does not fit is set aside first, and looked at again
        before a new code is made.
        """
        name = tr("Does not fit")
        with self._core.change("code.emerge") as journal:
            found = [code for code in self.codes() if code.name == name and code.parent is None]
            return found[0] if found else self._add(journal, name)

    def _add(
        self,
        journal: Journal,
        name: str,
        parent: str | None = None,
        *,
        color: str = "",
        codable: bool = True,
        origin: Origin = Origin.EMERGENT,
    ) -> Code:
        name, codes = names.checked(name), self.codes()
        self._require_free(codes, name, parent)
        siblings = [code for code in codes if code.parent == parent]
        code = Code(
            guid=self._core.new_guid(),
            name=name,
            color=color or self._colour(codes, parent),
            parent=parent,
            position=max((sibling.position + 1 for sibling in siblings), default=0),
            codable=codable,
            origin=origin,
        )
        journal.describe(code=name, code_guid=code.guid, where=self._where(parent))
        journal.insert(schema.codes, _row(code))
        return code

    def _from_to(
        self, code: Code, parent: str | None, siblings: Sequence[Code], order: Sequence[Code]
    ) -> str:
        """Where a code moves, whose siblings there now are to stand in this order."""
        if parent != code.parent:
            return tr(
                "from {old} to {new}", old=self._top_or(code.parent), new=self._top_or(parent)
            )
        old, new = ([one.guid for one in row].index(code.guid) + 1 for row in (siblings, order))
        return tr("from place {old:,} to place {new:,} {where}", old=old, new=new,
                  where=self._where(parent))  # fmt: skip

    def _top_or(self, parent: str | None) -> str:
        return self.path(parent) if parent else tr("the top")

    def _where(self, parent: str | None) -> str:
        return tr("under {parent}", parent=self.path(parent)) if parent else tr("at the top")

    def _made(self, drafts: Sequence[CodeDraft]) -> list[Code]:
        """The drafts as codes: under their parents, in their order, with colours."""
        guids = {path: guid for guid, path in self.paths().items()}
        codes = self.codes()
        taken = set(guids.values())
        made: list[Code] = []
        for draft in drafts:
            full, above = names.path(*draft.path), names.path(*draft.path[:-1])
            if full in guids:
                raise NameTaken(tr("There is already a code “{name}”.", name=full))
            parent = guids[above] if above else None
            siblings = sum(one.parent == parent for one in codes)
            color = draft.color or self._colour(codes, parent)
            known = draft.guid if draft.guid not in taken else ""
            code = _coded(draft, known or self._core.new_guid(), parent, siblings, color)
            taken.add(code.guid)
            guids[full] = code.guid
            codes.append(code)
            made.append(code)
        return made

    def _colour(self, codes: Sequence[Code], parent: str | None) -> str:
        """A colour for a new code: a step of its parent's, else one that no code looks like."""
        above = [code.color for code in codes if code.guid == parent]
        if not above:
            return next_colour(code.color for code in codes)
        siblings = [code.color for code in codes if code.parent == parent]
        return min((child_colour(above[0], step) for step in range(2)), key=siblings.count)

    def _require_free(self, codes: Sequence[Code], name: str, parent: str | None) -> None:
        if any(code.name == name and code.parent == parent for code in codes):
            raise uniqueness.code_taken(name)


def require_codable(code: Code) -> None:
    """Raises NotCodable for a theme, which no words are coded with."""
    if not code.codable:
        raise NotCodable(
            tr("{code} is a theme that holds other codes. Choose one of them.", code=code.name)
        )


def _coded(draft: CodeDraft, guid: str, parent: str | None, position: int, color: str) -> Code:
    return Code(
        guid=guid,
        name=names.checked(draft.path[-1]),
        color=color,
        parent=parent,
        position=position,
        codable=draft.codable,
        origin=Origin(draft.origin or Origin.A_PRIORI),
        brief_definition=draft.brief_definition,
        definition=draft.definition,
        include=draft.include,
        exclude=draft.exclude,
        example=draft.example,
        source=draft.source,
    )


def _row(code: Code) -> dict[str, object]:
    return {**asdict(code), "codable": int(code.codable), "origin": code.origin.value}
