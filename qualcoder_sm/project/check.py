"""Check: whether everything in the file is as it should be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.audit import Audit
from qualcoder_sm.project.differences import counted
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema, trail
from qualcoder_sm.store.verification import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.verification import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: which check found it, and what it says."""

    check: str
    sentence: str


def check(core: Core) -> list[Finding]:
    """Everything that is not as it should be; empty when all is well."""
    found = [Finding(name, said) for name, look in _LOOKS.items() for said in look(core)]
    verdict = Audit(core).verify()
    found += [Finding("audit chain", said) for said in chain(verdict)]
    return found + [Finding("replay", said) for said in replay(verdict)]


def remarks(core: Core) -> list[Finding]:
    """What could not be looked at, which is no fault."""
    with core.reading() as connection:
        n = len(trail.redacted(connection))
    sentence = ntr(
        "can be told in part only, for the content of {n} step was removed from the trail.",
        "can be told in part only, for the content of {n} steps was removed from the trail.",
        n,
    )
    return [Finding("replay", sentence)] if n else []


def file_structure(core: Core) -> Iterator[str]:
    """SQLite's own check of the file."""
    with core.reading() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    yield from (sentence for sentence in said if sentence != "ok")


def foreign_keys(core: Core) -> Iterator[str]:
    """Rows that refer to something that is gone."""
    with core.reading() as connection:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    for table, n in Counter(row[0] for row in broken).items():
        yield ntr("{n} row of {table} refers to something that is gone.",
                  "{n} rows of {table} refer to something that is gone.", n, table=table)  # fmt: skip


def spans(core: Core) -> Iterator[str]:
    """Codings and units that reach beyond the end of their text."""
    sources = schema.sources.c
    for table in (schema.codings, schema.units):
        statement = (
            select(sources.name, func.count())
            .join_from(table, schema.sources)
            .where(table.c.end > sources.characters)
            .group_by(sources.guid)
        )
        for name, n in core.fetch(statement):
            yield tr("{n} {what} reach beyond the end of {name}.", n=n, what=table.name, name=name)


def texts(core: Core) -> Iterator[str]:
    """Texts that are not the ones imported."""
    for source in Texts(core).all():
        if not Texts(core).text_is_whole(source):
            yield tr("The text of {name} is not the one that was imported.", name=source.name)


def chain(verdict: Verdict) -> Iterator[str]:
    """The audit chain."""
    if not verdict.chain:
        yield tr("The audit trail does not fit at step {seq}.", seq=verdict.first_bad)


def replay(verdict: Verdict) -> Iterator[str]:
    """Tables that are not what the trail would rebuild."""
    for table, n in verdict.differing.items():
        if table != TEXTS:
            yield tr("Not as the audit trail says: {what}.", what=counted(table, n))


_LOOKS = {"file": file_structure, "foreign keys": foreign_keys, "spans": spans, "texts": texts}

CHECKS = (*_LOOKS, "audit chain", "replay")
"""The names of the checks, in the order in which they are made."""
