"""Rows of the database as values of the model, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcoder_sm.errors import NotFound
from qualcoder_sm.model import (
    Code,
    Coding,
    Note,
    Origin,
    Polarity,
    Source,
    SourceKind,
    Unit,
    UnitKind,
)
from qualcoder_sm.store.trail import read_time

if TYPE_CHECKING:
    from sqlalchemy import Row, Table

    from qualcoder_sm.project.core import Core


def required(rows: list[Row[*tuple[Any, ...]]], sentence: str) -> Row[*tuple[Any, ...]]:
    """The only row of a fetch, or NotFound with the sentence."""
    if not rows:
        raise NotFound(sentence)
    return rows[0]


def of_source(core: Core, table: Table, source: str) -> list[dict[str, Any]]:
    """The rows of a table that belong to a source, as the journal keeps them."""
    names = [column.name for column in table.columns]
    found = core.fetch(select(table).where(table.c.source == source))
    return [dict(zip(names, row, strict=True)) for row in found]


def source(row: Row[*tuple[Any, ...]]) -> Source:
    """A source from a row of `sources` with a column `n_units`."""
    return Source(
        guid=row.guid,
        name=row.name,
        kind=SourceKind(row.kind),
        collection=row.collection,
        characters=row.characters,
        sha256=row.sha256,
        units=row.n_units,
        origin=row.origin,
        external_id=row.external_id,
        description=row.description,
        created=read_time(row.created),
        locked=bool(row.locked),
        quote_rule=row.quote_rule,
    )


def unit(row: Row[*tuple[Any, ...]]) -> Unit:
    """A unit from a row of `units` joined with `people`."""
    return Unit(
        guid=row.guid,
        source=row.source,
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        kind=UnitKind(row.kind),
        speaker=row.key,
        person=row.person,
        role=row.role or "",
        at=read_time(row.at) if row.at else None,
        offset=row.offset,
        parent=row.parent,
        answers=row.answers,
        external_id=row.external_id,
        title=row.title,
        feature=row.feature,
        reactions=row.reactions,
        url=row.url,
        platform=row.platform,
        removed=bool(row.removed),
        quote_rule=row.quote_rule,
        page=row.page,
    )


def code(row: Row[*tuple[Any, ...]]) -> Code:
    """A code from a row of `codes`."""
    return Code(
        guid=row.guid,
        name=row.name,
        color=row.color,
        parent=row.parent,
        position=row.position,
        codable=bool(row.codable),
        origin=Origin(row.origin),
        brief_definition=row.brief_definition,
        definition=row.definition,
        include=row.include,
        exclude=row.exclude,
        example=row.example,
        source=row.source,
        favourite=row.favourite,
        revision=row.revision,
    )


def coding(row: Row[*tuple[Any, ...]]) -> Coding:
    """A coding from a row of `codings`."""
    return Coding(
        guid=row.guid,
        code=row.code,
        source=row.source,
        coder=row.coder,
        start=row.start,
        end=row.end,
        created=read_time(row.created),
        polarity=Polarity(row.polarity) if row.polarity else None,
        weight=row.weight,
        code_revision=row.code_revision,
        memo=row.memo,
        paraphrase=row.paraphrase,
        quote_rule=row.quote_rule,
    )


def note(row: Row[*tuple[Any, ...]]) -> Note:
    """A memo from a row of `notes`."""
    return Note(
        guid=row.guid,
        kind=row.kind,
        title=row.title,
        text=row.text,
        coder=row.coder,
        created=read_time(row.created),
        modified=read_time(row.modified),
        target_table=row.target_table,
        target=row.target,
    )
