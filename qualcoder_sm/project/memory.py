"""Memory: small lists that are asked for all day, kept until a step touches their tables.

Counts of codings are kept too, and follow each step by its rows (`counts.py`), so that no call grows
with the number of codings. Whoever reads inside a step of their own reads the database.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from qualcoder_sm.project.counts import CodingCounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from qualcoder_sm.model import Change

T = TypeVar("T")

_CHARACTERS = 16_000_000
"""So much text is held."""


class Followed(Protocol):
    """What memory follows: the core, of which it is a part."""

    @property
    def read_only(self) -> bool:
        """See `Core`, and so the others."""
        ...

    def has_touched(self, *tables: str) -> bool: ...  # noqa: D102

    def head(self) -> tuple[int, str]: ...  # noqa: D102

    def reading(self) -> AbstractContextManager[Connection]: ...  # noqa: D102

    def subscribe(self, listener: Callable[[Change], None]) -> None: ...  # noqa: D102


class _Kept(NamedTuple):
    """A value, the tables it was made of, and what it answers."""

    tables: tuple[str, ...]
    asked: object
    value: object


class Memory:
    """What was read before and still holds.

    The holder of the lock is the only writer, so what it publishes is all that changes. A
    reader without the lock compares the head of the trail each time.
    """

    def __init__(self, core: Followed) -> None:
        self._core = core
        self._values: dict[str, _Kept] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._held = 0
        self._forgotten = 0
        self._steps = 0
        self._counts: CodingCounts | None = None
        self._guard = threading.RLock()
        core.subscribe(self._follow)

    def recall(
        self, key: str, tables: tuple[str, ...], read: Callable[[], T], asked: object = None
    ) -> T:
        """What `read` returns, remembered under the key while these tables stay as they are.

        Inside a step it is what the step sees: remembered until it writes to one of them. Of what
        was `asked` under a key the newest answer is kept. Nobody waits for somebody else's reading:
        two threads may read the same at once.
        """
        if self._core.has_touched(*tables):
            return read()
        with self._guard:
            self._forget_what_others_changed()
            kept = self._values.get(key)
            if kept and kept.asked == asked:
                return kept.value  # type: ignore[return-value]
            as_of = self._forgotten
        value = read()
        with self._guard:
            if as_of == self._forgotten:  # else it may be from before a step
                self._values[key] = _Kept(tables, asked, value)
        return value

    def text(self, sha256: str, read: Callable[[], str]) -> str:
        """The text with this digest, which `read` returns; texts asked for lately are kept."""
        text = self.known_text(sha256) or read()
        with self._guard:
            if sha256 not in self._texts:
                self._texts[sha256] = text
                self._held += len(text)
            self._texts.move_to_end(sha256)
            while self._held > _CHARACTERS and len(self._texts) > 1:
                self._held -= len(self._texts.popitem(last=False)[1])
        return text

    def known_text(self, sha256: str) -> str:
        """The text with this digest if it is kept, else ""."""
        return self._texts.get(sha256, "")

    def counts(self) -> CodingCounts:
        """Number of codings by source, code and coder."""
        if self._core.has_touched("codings"):
            return self._counted()
        counts = self._counts
        if counts is None or self._core.read_only:
            with self._guard:
                self._forget_what_others_changed()
                counts = self._counts = self._counts or self._counted()
        return counts

    def _counted(self) -> CodingCounts:
        with self._core.reading() as connection:
            return CodingCounts.read(connection)

    def _forget_what_others_changed(self) -> None:
        if self._core.read_only:
            steps = self._core.head()[0]
            if steps != self._steps:
                self._values.clear()
                self._forgotten += 1
                self._counts = None
                self._steps = steps

    def _follow(self, change: Change) -> None:
        with self._guard:
            self._forgotten += 1
            for key, kept in list(self._values.items()):
                if change.touches(*kept.tables):
                    del self._values[key]
            counts = self._counts
        if counts:
            counts.follow(change)
