"""What a step changed, row by row, in the researcher's words: report, exports and window tell it so.

Texts longer than 500 characters are shortened to 500, with the number of their characters and their
SHA-256 beside them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.locators import located
from qualcoder_sm.store import schema
from qualcoder_sm.store.verification import FOREIGN, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcoder_sm.model import RowChange
    from qualcoder_sm.project.core import Core

LONGEST = 500

_ONE_AND_MANY = {
    "project": ("{n} project", "{n} projects"),
    "coders": ("{n} coder", "{n} coders"),
    "collections": ("{n} collection", "{n} collections"),
    "sources": ("{n} source", "{n} sources"),
    "people": ("{n} speaker", "{n} speakers"),
    "units": ("{n} turn or post", "{n} turns and posts"),
    "cases": ("{n} case", "{n} cases"),
    "case_sources": ("{n} link of a case to a source", "{n} links of cases to sources"),
    "variables": ("{n} attribute", "{n} attributes"),
    "variable_values": ("{n} value of an attribute", "{n} values of attributes"),
    "codes": ("{n} code", "{n} codes"),
    "codings": ("{n} coding", "{n} codings"),
    "code_sets": ("{n} set of codes", "{n} sets of codes"),
    "code_set_members": ("{n} code in a set", "{n} codes in sets"),
    "coding_links": ("{n} link between passages", "{n} links between passages"),
    "notes": ("{n} memo", "{n} memos"),
    "progress": ("{n} mark of progress", "{n} marks of progress"),
    TEXTS: ("{n} text", "{n} texts"),
    FOREIGN: ("{n} table that no project has", "{n} tables that no project has"),
}
_THINGS = {
    "project": "project {name}",
    "coders": "coder {name}",
    "collections": "collection {name}",
    "sources": "source {name}",
    "people": "speaker {key}",
    "units": "{place} of {source}",
    "cases": "case {name}",
    "case_sources": "source {source} of the case {case}",
    "variables": "attribute {name}",
    "variable_values": "attribute {variable} of {case}",
    "codes": "code {name}",
    "codings": "coding of {code} in {source}, {start}–{end}",
    "code_sets": "set {name}",
    "code_set_members": "code {code} in the set {code_set}",
    "coding_links": "link: {origin} {kind} {target}",
    "notes": "memo {title}",
    "progress": "progress of {coder} in {source}",
}
_FIELDS = {
    "brief_definition": "definition in brief",
    "codable": "can be applied",
    "color": "colour",
    "favourite": "favourite key",
    "sha256": "SHA-256 of the text",
    "origin_sha256": "SHA-256 of the file",
    "quote_rule": "rule for quoting",
    "target": "subject",
}
_FLAGS = {"codable": True, "locked": False, "removed": False}
"""What is yes or no, and what it is as a rule."""

_NEVER = frozenset({"guid", "target_table"})
_OF_ITSELF = frozenset({"created", "modified", "position", "ordinal", "revision", "code_revision"})
"""What goes without saying of a row that came or went."""

_NAMED_BY = {"notes": "title", "people": "key"} | dict.fromkeys(
    ("project", "coders", "collections", "sources", "cases", "variables", "codes", "code_sets"),
    "name",
)
_REFERENCES = {
    table.name: {
        column.name: key.column.table.name
        for column in table.columns
        for key in column.foreign_keys
    }
    for table in schema.JOURNALLED
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row from what to what, as people read it; "" where it holds nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that a step changed: what it is in words, and its fields as people read them.

    `before` and `after` hold the stored values: of all fields for a row that came or went, else of
    those that differ; None on the side where there is no row.
    """

    table: str
    guid: str
    thing: str
    fields: tuple[Field, ...]
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None

    @property
    def said(self) -> str:
        """The row in one line: what it is, and each field from what to what."""
        if self.before is not None and self.after is not None:
            what, empty = tr("changed {thing}", thing=self.thing), tr("(empty)")
            told = [f"{f.name}: {f.before or empty} → {f.after or empty}" for f in self.fields]
        else:
            sentence = "added {thing}" if self.before is None else "deleted {thing}"
            what = tr(sentence, thing=self.thing)
            told = [f"{f.name}: {f.after or f.before}" for f in self.fields]
        return f"{what}: {'; '.join(told)}" if told else what


class Names:
    """Names by guid, as the project has them now; of what is gone, as a step told so far had it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._known: dict[str, str] = {}
        for table, column in _NAMED_BY.items():
            columns = schema.metadata.tables[table].c
            found = core.fetch(select(columns.guid, columns[column]))
            self._known |= {row[0]: row[1] for row in found}

    def learn(self, rows: Iterable[RowChange]) -> None:
        """Remember what things in these rows are called."""
        for row in rows:
            column = _NAMED_BY.get(row.table)
            values = row.after or row.before
            if column and values:
                self._known.setdefault(row.guid, str(values[column]))

    def of(self, table: str, guid: str) -> str:
        """What the row of a table is called."""
        if table == "codings":
            code = select(schema.codings.c.code).where(schema.codings.c.guid == guid)
            guid = next((row.code for row in self._core.fetch(code)), "")
        return self._known.get(guid) or tr("(gone)")


def differences(rows: Sequence[RowChange], names: Names) -> tuple[Difference, ...]:
    """The rows of a step as differences, in their order."""
    names.learn(rows)
    return tuple(_difference(row, names) for row in rows)


def counted(table: str, n: int) -> str:
    """So many rows of a table, in the researcher's word."""
    return ntr(*_ONE_AND_MANY.get(table, ("{n} row", "{n} rows")), n)


def shortened(value: object) -> object:
    """A value for a program; a long text as its beginning, its length and its digest."""
    if not isinstance(value, str) or len(value) <= LONGEST:
        return value
    return {"text": value[:LONGEST], "characters": len(value), "sha256": _digest(value)}


def _difference(row: RowChange, names: Names) -> Difference:
    before, after = row.before, row.after
    values = after or before or {}
    shown = _words(row.table, values, names)
    thing = _thing(row.table, values, shown)
    if before is not None and after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        olds = _words(row.table, before, names)
        fields = [Field(_called(name), olds.get(name, ""), shown[name])
                  for name in changed if name not in _NEVER]  # fmt: skip
        before, after = ({name: side.get(name) for name in changed} for side in (before, after))
    else:
        fields = [
            Field(_called(name), text if after is None else "", text if before is None else "")
            for name, text in shown.items() if text and _tells(row.table, name, values[name])
        ]  # fmt: skip
    return Difference(row.table, row.guid, thing, tuple(fields), before, after)


def _thing(table: str, values: Mapping[str, Any], shown: Mapping[str, str]) -> str:
    words = {name: text or tr("(without a name)") for name, text in shown.items()}
    if table == "units":
        place = (values[name] for name in ("ordinal", "kind", "external_id", "page"))
        words["place"] = located(*place)
    return tr(_THINGS[table], **words) if table in _THINGS else table


def _words(table: str, values: Mapping[str, object], names: Names) -> dict[str, str]:
    references = dict(_REFERENCES.get(table, {}))
    if values.get("target_table"):
        references["target"] = str(values["target_table"])
    return {name: _word(name, value, references.get(name), names) for name, value in values.items()}


def _word(name: str, value: object, table: str | None, names: Names) -> str:
    if value is None or value == "":
        return ""
    if table:
        return names.of(table, str(value))
    if name in _FLAGS:
        return tr("yes") if value else tr("no")
    text = str(value)
    shown = text[:LONGEST].replace("\n", " ¶ ")  # a row is a line
    if len(text) <= LONGEST:
        return shown
    return tr("{text}… [{n:,} characters, SHA-256 {digest}]", text=shown, n=len(text),
              digest=_digest(text))  # fmt: skip


def _tells(table: str, name: str, value: object) -> bool:
    """Whether a field of a row that came or went says something that its name does not."""
    if name in _NEVER | _OF_ITSELF or f"{{{name}}}" in _THINGS.get(table, ""):
        return False
    return name not in _FLAGS or bool(value) is not _FLAGS[name]


def _called(name: str) -> str:
    return tr(_FIELDS.get(name, name.replace("_", " ")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
