"""Columns: what is counted of all codings, as arrays read from the file at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

_PORTION = 20_000
_CODINGS = 'SELECT source, code, coder, start, "end" FROM codings ORDER BY source, start, "end", code, coder'

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
        with connection.exec_driver_sql(_CODINGS) as result:
            rows: Any = result.cursor  # the driver's own rows, which cost a third
            return cls.of(iter(lambda: rows.fetchmany(_PORTION), []))

    @classmethod
    def of(cls, portions: Iterable[Sequence[Sequence[Any]]]) -> Self:
        """From rows of source, code and coder (guids), start and end."""
        guids: tuple[dict[str, int], ...] = ({}, {}, {})
        read = [_portion(rows, guids) for rows in portions if rows]
        nothing = np.zeros((5, 0), dtype=np.int32)
        columns = np.concatenate([nothing, *read], axis=1)
        sources, codes, coders = map(tuple, guids)
        return cls(sources, codes, coders, *columns)

    def __len__(self) -> int:
        return len(self.source)


def _portion(rows: Sequence[Sequence[Any]], guids: Sequence[dict[str, int]]) -> Ints:
    return np.array([np.array(one, np.int32) for one in _numbers(rows, guids)])


def _numbers(rows: Sequence[Sequence[Any]], guids: Sequence[dict[str, int]]) -> Iterator[Any]:
    *names, start, end = zip(*rows, strict=True)
    for column, known in zip(names, guids, strict=True):
        for guid in dict.fromkeys(column):
            known.setdefault(guid, len(known))
        yield np.fromiter(map(known.__getitem__, column), np.int32, len(rows))
    yield start
    yield end
