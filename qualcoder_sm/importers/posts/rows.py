"""Rows of a table -> posts."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.posts.columns import FIELDS
from qualcoder_sm.importers.posts.times import TimeReader
from qualcoder_sm.importers.table import RawTable

_YES = frozenset({"yes", "y", "true", "1", "removed", "deleted"})
_GONE = frozenset({"[deleted]", "[removed]", "[deleted by user]"})
# Reddit puts the kind of a thing before the id of another, never before its own.
_REDDIT_ID = re.compile(r"t[1-6]_[0-9a-z]{4,}")
_CHECK_EVERY = 2_000

Checked = Callable[[float], None]


class Post(NamedTuple):
    """A post as it stands in the file, before authors become keys.

    A named tuple, since an import makes a hundred thousand of them.

    `row` is its index in the table. `author` is "" where nobody is named, `at` None where
    no time could be read; `thread` and `reply_to` are ids in the platform, or "".
    """

    row: int
    id: str
    thread: str
    reply_to: str
    author: str
    at: datetime | None
    text: str
    title: str
    platform: str
    url: str
    reactions: int | None
    role: str
    feature: str
    removed: bool
    quote_rule: str
    space: str


@dataclass(frozen=True, slots=True)
class PostTable:
    """The posts of one file; `naive` times had no zone, `untimed` are rows with unread ones."""

    table: RawTable
    posts: tuple[Post, ...]
    naive: int
    untimed: tuple[int, ...]


class _Fields(NamedTuple):
    """One row's cells by field, "" where the file has no such column."""

    id: str
    thread: str
    reply_to: str
    author: str
    time: str
    text: str
    title: str
    platform: str
    url: str
    reactions: str
    role: str
    feature: str
    removed: str
    quote_rule: str
    space: str


assert _Fields._fields == FIELDS


def read_posts(
    table: RawTable, columns: Mapping[str, int], zone: str, checked: Checked
) -> PostTable:
    """Every row as a post. `checked` is told now and then what share is done."""
    times = TimeReader(_column(table, columns.get("time")), zone)
    posts: list[Post] = []
    untimed: list[int] = []
    for index, cells in enumerate(_cells(table.rows, columns)):
        if index % _CHECK_EVERY == 0:
            checked(index / len(table.rows))
        at = times.read(cells.time) if cells.time else None
        if cells.time and at is None:
            untimed.append(index)
        posts.append(_post(index, cells, at))
    return PostTable(table, tuple(posts), times.naive, tuple(untimed))


def _column(table: RawTable, column: int | None) -> Iterator[str]:
    return iter(()) if column is None else (row[column] for row in table.rows)


def _cells(rows: Sequence[tuple[str, ...]], columns: Mapping[str, int]) -> Iterator[_Fields]:
    filled = [(place, columns[field]) for place, field in enumerate(FIELDS) if field in columns]
    for row in rows:
        cells = [""] * len(FIELDS)
        for place, column in filled:
            cells[place] = row[column].strip()
        yield _Fields._make(cells)


def _post(row: int, cells: _Fields, at: datetime | None) -> Post:
    gone = cells.text.lower() in _GONE
    removed = gone or cells.removed.lower() in _YES
    text = cells.text or (tr("[Removed]") if removed else tr("[No words]"))
    return Post(
        row=row,
        id=_bare(cells.id),
        thread=_bare(cells.thread),
        reply_to="" if cells.reply_to == cells.id else _bare(cells.reply_to),
        author="" if cells.author.lower() in _GONE else cells.author,
        at=at,
        text=text,
        title=cells.title,
        platform=cells.platform,
        url=cells.url,
        reactions=_number(cells.reactions),
        role=cells.role,
        feature=cells.feature,
        removed=removed,
        quote_rule=cells.quote_rule,
        space=cells.space,
    )


def _bare(identifier: str) -> str:
    if identifier.startswith("t") and _REDDIT_ID.fullmatch(identifier):
        return identifier[3:]
    return identifier


def _number(text: str) -> int | None:
    try:
        return int(text.replace(",", "")) if text else None
    except ValueError:
        return None
