"""Columns: what is counted of all codings, as arrays read from the file at once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

# A row of lists for each source: SQLite writes them, and no row costs a call or a guid of its own.
_CODINGS = (
    "SELECT source, json_group_array(code), json_group_array(coder), group_concat(start), "
    'group_concat("end") FROM codings GROUP BY source'
)

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class CodingColumns:
    """All codings by source and place: five parallel arrays (n,) of int32, without missing values.

    `source`, `code` and `coder` are places in the guids of `sources`, `codes` and `coders`;
    `start` and `end` are code points, half-open.
    """

    sources: Sequence[str]
    codes: Sequence[str]
    coders: Sequence[str]
    source: Ints
    code: Ints
    coder: Ints
    start: Ints
    end: Ints

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """Those of the file, as the connection sees it."""
        sources, codes, coders = _Places(), _Places(), _Places()
        parts: list[list[Ints]] = []
        for source, code, coder, start, end in connection.exec_driver_sql(_CODINGS):
            starts = _numbers(start)
            of_source = np.full(len(starts), sources[source], np.int32)
            parts.append([of_source, codes.of(json.loads(code)), coders.of(json.loads(coder)),
                          starts, _numbers(end)])  # fmt: skip
        return cls._joined((sources, codes, coders), parts)

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str, str, int, int]]) -> Self:
        """From rows of source, code and coder (guids), start and end."""
        places = _Places(), _Places(), _Places()
        if not rows:
            return cls._joined(places, [])
        *guids, start, end = zip(*rows, strict=True)
        named = [known.of(column) for known, column in zip(places, guids, strict=True)]
        return cls._joined(places, [[*named, np.array(start, np.int32), np.array(end, np.int32)]])

    @classmethod
    def _joined(cls, guids: Iterable[Iterable[str]], parts: Sequence[Sequence[Ints]]) -> Self:
        nothing = np.zeros(0, np.int32)
        columns = [np.concatenate([nothing, *(part[i] for part in parts)]) for i in range(5)]
        sources, codes, coders = map(tuple, guids)
        return cls(sources, codes, coders, *columns)

    def __len__(self) -> int:
        return len(self.source)


class _Places(dict[str, int]):
    """The place of each guid, in the order in which they are first asked for."""

    def __missing__(self, guid: str) -> int:
        self[guid] = place = len(self)
        return place

    def of(self, guids: Sequence[str]) -> Ints:
        return np.fromiter(map(self.__getitem__, guids), np.int32, len(guids))


def _numbers(text: str) -> Ints:
    """Numbers with commas between them."""
    return np.fromstring(text, np.int32, sep=",")
