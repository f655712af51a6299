"""Memory: small lists that are asked for all day, kept until a step touches their tables.

Counts of codings are kept too, and follow each step by its rows, so that no call grows with the
number of codings. Whoever reads inside a step of their own reads the database.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Protocol, TypeVar

from qualcoder_sm.store import trail

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from qualcoder_sm.model import Change, RowChange

T = TypeVar("T")

Place = tuple[str, str, str]
"""Source, code and coder, by guid."""

_COUNTS = "counts"
_CHARACTERS = 16_000_000
"""So much text is held."""


class Followed(Protocol):
    """What memory follows: the core, of which it is a part."""

    @property
    def read_only(self) -> bool:
        """See `Core`, and so the others."""
        ...

    @property
    def is_writing_here(self) -> bool: ...  # noqa: D102

    def head(self) -> tuple[int, str]: ...  # noqa: D102

    def reading(self) -> AbstractContextManager[Connection]: ...  # noqa: D102

    def subscribe(self, listener: Callable[[Change], None]) -> None: ...  # noqa: D102


class Memory:
    """What was read before and still holds.

    The holder of the lock is the only writer, so what it publishes is all that changes. A
    reader without the lock compares the head of the trail each time.
    """

    def __init__(self, core: Followed) -> None:
        self._core = core
        self._values: dict[str, tuple[tuple[str, ...], object]] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._steps = 0
        self._counted_at = 0
        self._guard = threading.RLock()
        core.subscribe(self._follow)

    def recall(self, key: str, tables: tuple[str, ...], read: Callable[[], T]) -> T:
        """What `read` returns, remembered under the key while these tables stay as they are."""
        if self._core.is_writing_here:
            return read()
        with self._guard:
            self._forget_what_others_changed()
            if key not in self._values:
                self._values[key] = (tables, read())
            return self._values[key][1]  # type: ignore[return-value]

    def text(self, sha256: str, read: Callable[[], str]) -> str:
        """The text with this digest, which `read` returns; texts asked for lately are kept."""
        text = self.known_text(sha256) or read()
        with self._guard:
            self._texts[sha256] = text
            self._texts.move_to_end(sha256)
            total = sum(map(len, self._texts.values()))
            while total > _CHARACTERS and len(self._texts) > 1:
                total -= len(self._texts.popitem(last=False)[1])
        return text

    def known_text(self, sha256: str) -> str:
        """The text with this digest if it is kept, else ""."""
        return self._texts.get(sha256, "")

    def counts(self) -> Counter[Place]:
        """Number of codings by source, code and coder; not to be changed."""
        return self.recall(_COUNTS, (), self._counted)

    def _counted(self) -> Counter[Place]:
        known: dict[str, str] = {}
        one = known.setdefault  # each guid once: many thousand places share a few hundred
        with self._core.reading() as connection:
            self._counted_at = trail.head(connection)[0]
            rows = connection.exec_driver_sql(
                "SELECT source, code, coder, COUNT(*) FROM codings GROUP BY source, code, coder"
            )
            return Counter({(one(s, s), one(c, c), one(w, w)): n for s, c, w, n in rows})

    def _forget_what_others_changed(self) -> None:
        if self._core.read_only:
            steps = self._core.head()[0]
            if steps != self._steps:
                self._values.clear()
                self._steps = steps

    def _follow(self, change: Change) -> None:
        with self._guard:
            touched = {row.table for row in change.rows}
            for key, (tables, _value) in list(self._values.items()):
                if touched.intersection(tables):
                    del self._values[key]
            counted = _COUNTS in self._values and self._counted_at < change.seq
            if counted and "codings" in touched:
                self._count([row for row in change.rows if row.table == "codings"])

    def _count(self, rows: list[RowChange]) -> None:
        # A copy: a step of a worker must not change what the window is going through.
        counts = Counter(self.counts())
        for row in rows:
            for side, by in ((row.before, -1), (row.after, 1)):
                if side:
                    place = str(side["source"]), str(side["code"]), str(side["coder"])
                    counts[place] += by
                    if not counts[place]:
                        del counts[place]
        self._values[_COUNTS] = (), counts
