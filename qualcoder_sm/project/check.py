"""Check: whether everything in the file is as it should be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.audit import Audit
from qualcoder_sm.project.differences import counted
from qualcoder_sm.store import derived, schema, shape, trail, values
from qualcoder_sm.store.verification import FOREIGN, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.verification import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: which check found it, and what it says."""

    check: str
    sentence: str


def check(core: Core) -> list[Finding]:
    """Everything that is not as it should be; empty when all is well."""
    found: list[Finding] = []
    with core.reading(as_it_is=True) as connection:
        deviations = shape.deviations(connection, schema.VERSION)
        found += [Finding("shape", one.sentence) for one in deviations]
        found += [Finding("file", said) for said in core.faults(connection)]
        if all(one.allows >= shape.Use.READING for one in deviations):
            found += list(_content(connection))
    verdict = Audit(core).verify()
    found += [Finding("texts", said) for said in _strangers(verdict)]
    found += [Finding("audit chain", said) for said in _chain(verdict)]
    return found + [Finding("replay", said) for said in _replay(verdict)]


def remarks(core: Core) -> list[Finding]:
    """What could not be looked at, which is no fault."""
    with core.reading(as_it_is=True) as connection:
        n = len(trail.redacted(connection))
    sentence = ntr(
        "can be told in part only, for the content of {n} step was removed from the trail.",
        "can be told in part only, for the content of {n} steps was removed from the trail.",
        n,
    )
    return [Finding("replay", sentence)] if n else []


def _content(connection: Connection) -> Iterator[Finding]:
    for wrong in values.wrong_values(connection):
        yield Finding(_CHECK_OF.get(wrong.what, "values"), wrong.sentence)
    yield from (Finding("texts", said) for said in _texts(connection))
    sources, whole = derived.wrong_in_index(connection)
    s = schema.sources.c
    names = {row.guid: row.name for row in connection.execute(select(s.guid, s.name))}
    for guid in sources:
        said = tr("A search does not find {name} as its text is.", name=names.get(guid, guid))
        yield Finding("search index", said)
    if not whole:
        yield Finding("search index", tr("The index itself is damaged."))


_CHECK_OF = {values.GONE: "foreign keys", values.OUTSIDE: "spans"}


def _texts(connection: Connection) -> Iterator[str]:
    """Texts that are not the ones imported."""
    s, c = schema.sources.c, schema.contents.c
    statement = (
        select(s.name, s.sha256, s.characters, c.bytes)
        .join_from(schema.sources, schema.contents, s.sha256 == c.sha256, isouter=True)
        .order_by(s.name)
    )
    for name, digest, characters, data in connection.execute(statement):
        if not _is_whole(data, digest, characters):
            yield tr("The text of {name} is not the one that was imported.", name=name)


def _is_whole(data: object, digest: object, characters: object) -> bool:
    if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != digest:
        return False
    return len(data.decode(errors="replace")) == characters


def _strangers(verdict: Verdict) -> Iterator[str]:
    """Texts that came into the file by no step."""
    for digest in verdict.strangers:
        yield tr("No step tells of the text with the digest {digest}.", digest=digest)


def _chain(verdict: Verdict) -> Iterator[str]:
    """The audit chain."""
    if not verdict.chain:
        yield tr("The audit trail does not fit at step {seq}.", seq=verdict.first_bad)


def _replay(verdict: Verdict) -> Iterator[str]:
    """Tables that are not what the trail would rebuild."""
    for table, n in verdict.differing.items():
        if table not in (TEXTS, FOREIGN):
            yield tr("Not as the audit trail says: {what}.", what=counted(table, n))
    if TEXTS in verdict.differing and not verdict.strangers:
        n = verdict.differing[TEXTS]
        yield tr("Not as the audit trail says: {what}.", what=counted(TEXTS, n))


CHECKS = ("shape", "file", "values", "foreign keys", "spans", "texts", "search index",
          "audit chain", "replay")  # fmt: skip
"""The names of the checks, in the order in which they are made."""
