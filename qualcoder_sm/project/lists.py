"""The small lists that are asked for all day, remembered until a step touches their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.model import Case, Coder, Collection
from qualcoder_sm.natural import by_name
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from qualcoder_sm.project.core import Core


def coders(core: Core) -> list[Coder]:
    """Every coder, by name."""
    return list(core.memory.recall("coders", ("coders",), lambda: _coders(core)))


def collections(core: Core) -> list[Collection]:
    """Every collection, by name."""
    return list(core.memory.recall("collections", ("collections",), lambda: _collections(core)))


def cases(core: Core) -> list[Case]:
    """Every case by name, with the guids of its sources and its attributes."""
    tables = ("cases", "case_sources", "variables", "variable_values")
    return list(core.memory.recall("cases", tables, lambda: _cases(core)))


def _coders(core: Core) -> list[Coder]:
    c = schema.coders.c
    return sorted((Coder(*row) for row in core.fetch(select(c.guid, c.name))), key=by_name)


def _collections(core: Core) -> list[Collection]:
    found = (Collection(*row) for row in core.fetch(select(schema.collections)))
    return sorted(found, key=by_name)


def _cases(core: Core) -> list[Case]:
    cases, links, values = schema.cases.c, schema.case_sources.c, schema.variable_values.c
    sources: dict[str, list[str]] = {}
    for case, source in core.fetch(select(links.case, links.source)):
        sources.setdefault(case, []).append(source)
    attributes: dict[str, dict[str, str]] = {}
    statement = select(values.case, schema.variables.c.name, values.value).join_from(
        schema.variable_values, schema.variables
    )
    for case, name, value in sorted(core.fetch(statement), key=by_name):
        attributes.setdefault(case, {})[name] = value
    found = core.fetch(select(cases.guid, cases.name, cases.type))
    return [
        Case(guid, name, type_, tuple(sorted(sources.get(guid, ()))), attributes.get(guid, {}))
        for guid, name, type_ in sorted(found, key=by_name)
    ]
