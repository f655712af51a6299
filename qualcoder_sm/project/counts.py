"""Counts: how many codings there are by source, code and coder, following the rows of each step."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

from qualcoder_sm.store import codings, trail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from qualcoder_sm.model import Change, RowChange

Place = tuple[str, str, str]
"""Source, code and coder, by guid."""

_Numbers = dict[str, int]
_Totals = dict[str | None, _Numbers]
"""Numbers by coder; those of all coders together under None."""


class CodingCounts:
    """Numbers of codings; a coder (by guid) of None means all coders. What has none is left out.

    A look-up never waits. A step may be taken in another thread meanwhile: what is copied is of
    one moment, before or after it.
    """

    def __init__(self, upto: int = 0) -> None:
        """None yet, up to this step."""
        self._guard = threading.Lock()
        self._upto = upto
        self._places: dict[str, dict[str, _Numbers]] = {}
        self._sources: _Totals = {None: {}}
        self._codes: _Totals = {None: {}}
        self._spread: _Totals = {None: {}}
        self._coders: _Numbers = {}

    @classmethod
    def read(cls, connection: Connection) -> CodingCounts:
        """Those of the file, as the connection sees it."""
        counts = cls(trail.head(connection)[0])
        counts._read_places(codings.places(connection))
        for coder, code, n, sources in codings.numbers_of_codes(connection):
            counts._codes.setdefault(coder, {})[code] = n
            counts._spread.setdefault(coder, {})[code] = sources
        return counts

    def _read_places(self, rows: Iterable[Sequence[Any]]) -> None:
        """From rows of source, code and coder."""
        known: dict[str, str] = {}
        one = known.setdefault  # each guid once: many thousand places share a few hundred
        for source, code, coder in rows:
            sources = self._places.setdefault(coder, {})
            codes = sources.get(source)
            if codes is None:
                codes = sources[one(source, source)] = {}
            code = one(code, code)
            codes[code] = codes.get(code, 0) + 1
        every: Counter[str] = Counter()
        for coder, sources in self._places.items():
            own = {source: sum(codes.values()) for source, codes in sources.items()}
            self._sources[coder], self._coders[coder] = own, sum(own.values())
            every.update(own)
        self._sources[None] = dict(every)

    # Look-ups

    def of_source(self, source: str, coder: str | None = None) -> int:
        """Codings in a source."""
        return self._sources.get(coder, {}).get(source, 0)

    def of_code(self, code: str, coder: str | None = None) -> int:
        """Codings with a code."""
        return self._codes.get(coder, {}).get(code, 0)

    def at(self, source: str, code: str, coder: str | None = None) -> int:
        """Codings with a code in a source."""
        coders = list(self._places) if coder is None else [coder]
        return sum(self._held(one, source).get(code, 0) for one in coders)

    def spread(self, code: str, coder: str | None = None) -> int:
        """Sources that hold a code."""
        return self._spread.get(coder, {}).get(code, 0)

    # Copies

    def by_source(self, coder: str | None = None) -> dict[str, int]:
        """Codings by source."""
        with self._guard:
            return dict(self._sources.get(coder, {}))

    def by_code(self, coder: str | None = None) -> dict[str, int]:
        """Codings by code."""
        with self._guard:
            return dict(self._codes.get(coder, {}))

    def by_coder(self) -> dict[str, int]:
        """Codings by coder."""
        with self._guard:
            return dict(self._coders)

    def in_source(self, source: str, coder: str | None = None) -> dict[str, int]:
        """Codings by code, in one source."""
        with self._guard:
            coders = self._places if coder is None else (coder,)
            found: Counter[str] = Counter()
            for one in coders:
                found.update(self._held(one, source))
            return dict(found)

    def by_place(self) -> dict[Place, int]:
        """All there is: codings by source, code and coder."""
        with self._guard:
            return {
                (source, code, coder): n
                for coder, sources in self._places.items()
                for source, codes in sources.items()
                for code, n in codes.items()
            }

    def sources_with(self, codes: Collection[str], coder: str | None = None) -> set[str]:
        """The sources that hold one of the codes; goes through all sources."""
        wanted = frozenset(codes)
        with self._guard:
            coders = self._places if coder is None else (coder,)
            return {
                source
                for one in coders
                for source, held in self._places.get(one, {}).items()
                if not wanted.isdisjoint(held)
            }

    # Following

    def follow(self, change: Change) -> None:
        """Count the rows of a committed step, unless they were read with the others."""
        if change.seq <= self._upto or not change.touches("codings"):
            return
        moved = _moved(change.rows)  # read before the guard is taken: a step may be long
        with self._guard:
            for place, by in moved.items():
                self._add(*place, by)

    def _held(self, coder: str, source: str) -> _Numbers:
        return self._places.get(coder, {}).get(source, {})

    def _add(self, source: str, code: str, coder: str, by: int) -> None:
        own, every = self.at(source, code, coder), self.at(source, code)
        sources = self._places.setdefault(coder, {})
        codes = sources.setdefault(source, {})
        _put(codes, code, by)
        if not codes:
            del sources[source]
        for whose, n in ((coder, own), (None, every)):
            _put(self._sources.setdefault(whose, {}), source, by)
            _put(self._codes.setdefault(whose, {}), code, by)
            _put(self._spread.setdefault(whose, {}), code, (n + by > 0) - (n > 0))
        _put(self._coders, coder, by)


def _moved(rows: Iterable[RowChange]) -> Counter[Place]:
    """How many codings more there are in each place, or fewer."""
    moved: Counter[Place] = Counter()
    for row in rows:
        if row.table == "codings":
            for side, by in ((row.before, -1), (row.after, 1)):
                if side:
                    moved[str(side["source"]), str(side["code"]), str(side["coder"])] += by
    return moved


def _put(numbers: _Numbers, key: str, by: int) -> None:
    n = numbers.get(key, 0) + by
    if n:
        numbers[key] = n
    else:
        numbers.pop(key, None)
