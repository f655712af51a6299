"""Elsewhere: a few passages with the same code, of many sources rather than of one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.project import rows
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Select

    from qualcoder_sm.model import Coding
    from qualcoder_sm.project.core import Core


def passages(
    core: Core, codes: Sequence[str], most: int, coder: str | None, here: Coding | None
) -> list[Coding]:
    """At most so many codings of these codes, of one coder or all, without the one that is `here`.

    The first of each other source comes first, then others. What is read does not grow with the
    number of codings.
    """
    seen = {here.source} if here else set[str]()
    first: list[Coding] = []
    for code in codes:
        others = (one for one in _one_of_each(core, code, coder) if one.source not in seen)
        for found in islice(others, most - len(first)):
            first.append(found)
            seen.add(found.source)
    known = {one.guid for one in (*first, *([here] if here else ()))}
    rest: list[Coding] = []
    for code in codes if len(first) < most else ():
        read = core.fetch(_of(code, coder).limit(most + len(known)))
        rest += [one for one in map(rows.coding, read) if one.guid not in known]
    return (first + rest)[:most]


def _one_of_each(core: Core, code: str, coder: str | None) -> Iterator[Coding]:
    """The first coding in each source, looked up one by one."""
    after = ""
    while found := core.fetch(_of(code, coder).where(schema.codings.c.source > after).limit(1)):
        coding = rows.coding(found[0])
        after = coding.source
        yield coding


def _of(code: str, coder: str | None) -> Select[*tuple[object, ...]]:
    c = schema.codings.c
    order = (c.source, c.start, c.end, c.coder)
    statement = select(schema.codings).where(c.code == code).order_by(*order)
    return statement.where(c.coder == coder) if coder else statement
