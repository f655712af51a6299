"""Locators: where words stand in their source, for a reader."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import UnitKind
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from qualcoder_sm.project.core import Core


def locator(core: Core, source: str, position: int) -> str:
    """Where a position stands, for a reader: "turn 34", "post S01-0017", "paragraph 3".

    In a source with pages, the page comes first: "page 3, paragraph 12".
    """
    u = schema.units.c
    statement = (
        select(u.ordinal, u.kind, u.external_id, u.page)
        .where(u.source == source, u.end > position)
        .order_by(u.end, u.start, u.ordinal)
        .limit(1)
    )
    found = core.fetch(statement)
    return located(*found[0]) if found else located()


@lru_cache(maxsize=2_000)  # many codings lie in one unit
def located(
    ordinal: int | None = None, kind: str = "", external_id: str = "", page: int | None = None
) -> str:
    """Where a unit stands, for a reader, by its ordinal, kind, id in its platform and page."""
    if ordinal is None:
        return tr("after the last turn")
    place = _within_source(ordinal, kind, external_id)
    return place if page is None else tr("page {page}, {place}", page=page, place=place)


def _within_source(ordinal: int, kind: str, external_id: str) -> str:
    if kind in (UnitKind.POST, UnitKind.COMMENT) and external_id:
        return tr("post {id}", id=external_id)
    if kind == UnitKind.TURN:
        return tr("turn {n}", n=ordinal + 1)
    if kind in (UnitKind.POST, UnitKind.COMMENT):
        return tr("post {n}", n=ordinal + 1)
    return tr("paragraph {n}", n=ordinal + 1)
