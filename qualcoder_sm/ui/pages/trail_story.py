"""One step of the trail in words: its sentence in parts, and what it changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualcoder_sm.model import Change, RowChange
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.trail import Record

_FIELD = re.compile("\ue000(.*?)\ue001(.*?)\ue002", re.DOTALL)
_LONGEST = 240
_ROWS = 12
_ALONE = 3
_SKIPPED = frozenset(
    {"guid", "position", "ordinal", "created", "modified", "sha256", "origin_sha256"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence; `field` names the parameter it is, or is empty."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Altered:
    """One thing: what it was `before` and is `after`, or that it `became` added or deleted."""

    what: str
    before: str = ""
    after: str = ""
    became: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A step as the page tells it."""

    record: Record
    altered: tuple[Altered, ...]
    more: int

    @property
    def can_be_undone(self) -> bool:
        """Whether this kind of step is ever taken back."""
        return self.record.action not in (*steps.FIRM, "undo", "redo") and not self.record.redacted


def parts(record: Record) -> list[Part]:
    """The sentence about a step, after its coder, with its parameters marked."""
    marked = {name: f"\ue000{name}\ue001{value}\ue002" for name, value in record.parameters.items()}
    sentence = steps.told(record.action, marked, record.label)
    found: list[Part] = []
    last = 0
    for match in _FIELD.finditer(sentence):
        found += [Part(sentence[last : match.start()]), Part(match[2], match[1])]
        last = match.end()
    found.append(Part(sentence[last:]))
    return [part for part in found if part.text]


def tell(project: Project, seq: int) -> Story:
    """A step with what it changed, for the worker."""
    record = project.audit.record(seq)
    if record.redacted:
        return Story(record, (), 0)
    change = project.history.change(seq)
    altered = list(_altered(change, _names(project, change)))
    return Story(record, tuple(altered[:_ROWS]), max(0, len(altered) - _ROWS))


def _altered(change: Change, names: Mapping[str, str]) -> Iterator[Altered]:
    for (table, kind), group in groupby(change.rows, key=_kind):
        rows = list(group)
        became = tr("added") if kind == "added" else tr("deleted")
        if kind == "changed":
            for row in rows:
                yield from _fields(row, names)
        elif len(rows) > _ALONE:
            yield Altered(_many(table, len(rows)), became=became)
        else:
            for row in rows:
                yield Altered(_one(row, names), became=became)


def _kind(row: RowChange) -> tuple[str, str]:
    if row.before is None:
        return row.table, "added"
    return row.table, "deleted" if row.after is None else "changed"


def _fields(row: RowChange, names: Mapping[str, str]) -> Iterator[Altered]:
    before, after = row.before or {}, row.after or {}
    for name in after:
        if before.get(name) == after[name] or name in _SKIPPED:
            continue
        what = tr("{thing}, {field}", thing=_one(row, names), field=name.replace("_", " "))
        yield Altered(what, _word(before.get(name), names), _word(after[name], names))


def _word(value: object, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return tr("(empty)")
    text = names.get(str(value), str(value))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _one(row: RowChange, names: Mapping[str, str]) -> str:
    values = row.after or row.before or {}
    if row.table == "codings":
        code, source = str(values.get("code")), str(values.get("source"))
        start, end = values.get("start"), values.get("end")
        length = end - start if isinstance(start, int) and isinstance(end, int) else 0
        return ntr(
            "{code} on {n} character of {source}", "{code} on {n} characters of {source}", length,
            code=names.get(code, tr("a code")), source=names.get(source, tr("a source")),
        )  # fmt: skip
    name = values.get("name") or values.get("title") or values.get("key")
    if not name:
        return _many(row.table, 1)
    return tr("{kind} {name}", kind=_many(row.table, 1).removeprefix("1 "), name=name)


def _many(table: str, n: int) -> str:
    forms = {
        "codings": ("{n} coding", "{n} codings"),
        "codes": ("{n} code", "{n} codes"),
        "sources": ("{n} source", "{n} sources"),
        "units": ("{n} turn or post", "{n} turns and posts"),
        "people": ("{n} speaker", "{n} speakers"),
        "notes": ("{n} memo", "{n} memos"),
        "cases": ("{n} case", "{n} cases"),
        "case_sources": ("{n} link of a case to a source", "{n} links of cases to sources"),
        "variables": ("{n} attribute", "{n} attributes"),
        "variable_values": ("{n} value of an attribute", "{n} values of attributes"),
        "collections": ("{n} collection", "{n} collections"),
        "coders": ("{n} coder", "{n} coders"),
        "progress": ("{n} mark of progress", "{n} marks of progress"),
    }
    one, many = forms.get(table, ("{n} entry", "{n} entries"))
    return ntr(one, many, n)


def _names(project: Project, change: Change) -> dict[str, str]:
    """Names by guid: those of the project, and of what the step itself took away or added."""
    known = dict(project.codebook.paths())
    known |= {one.guid: one.name for one in project.sources.all()}
    known |= {one.guid: one.name for one in project.coders.all()}
    known |= {one.guid: one.name for one in project.collections.all()}
    known |= {one.guid: one.name for one in project.cases.all()}
    for row in change.rows:
        values = row.after or row.before or {}
        if row.guid not in known and values.get("name"):
            known[row.guid] = str(values["name"])
    return known
