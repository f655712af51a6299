"""Which bytes of a SQLite file say something, by https://www.sqlite.org/fileformat.html.

What is left out: pages that are free, gaps between cells, the cookie of the schema and the number of
the library that wrote last (any value of these is as good), the kind of a number that is the number
of its row, which stands elsewhere, and what the row of `lock` says, which nothing reads.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

LEAF_TABLE, INNER_TABLE, LEAF_INDEX, INNER_INDEX = 13, 5, 10, 2
HEADER = (range(40), range(44, 96))
UNREAD = {"lock"}


class Pages:
    """The pages of a file that belong to its tables and indexes."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.size = int.from_bytes(self.data[16:18], "big")
        self.usable = self.size - self.data[20]
        with closing(sqlite3.connect(path)) as file:
            rows = file.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0")
            self.roots = {"sqlite_master": 1, **dict(rows.fetchall())}

    def used(self) -> list[int]:
        """The offsets of all bytes that say something."""
        found = {offset for part in HEADER for offset in part}
        for name, root in self.roots.items():
            for part in self._tree(root, payload=name not in UNREAD):
                found.update(part)
        for part in self._free():
            found.update(part)
        return sorted(found)

    def _number(self, at: int, length: int = 4) -> int:
        return int.from_bytes(self.data[at : at + length], "big")

    def _varint(self, at: int) -> tuple[int, int]:
        value = 0
        for i in range(8):
            value = value << 7 | self.data[at + i] & 0x7F
            if self.data[at + i] < 0x80:
                return value, at + i + 1
        return value << 8 | self.data[at + 8], at + 9

    def _tree(self, page: int, *, payload: bool) -> Iterator[range]:
        start = (page - 1) * self.size
        head = start + (100 if page == 1 else 0)
        kind = self.data[head]
        inner = kind in (INNER_TABLE, INNER_INDEX)
        n, array = self._number(head + 3, 2), head + (12 if inner else 8)
        yield range(head, array + 2 * n)
        yield from self._gaps(start, self._number(head + 1, 2))
        for i in range(n):
            yield from self._cell(start + self._number(array + 2 * i, 2), kind, payload)
            if inner:
                yield from self._tree(
                    self._number(start + self._number(array + 2 * i, 2)), payload=payload
                )
        if inner:
            yield from self._tree(self._number(head + 8), payload=payload)

    def _gaps(self, start: int, at: int) -> Iterator[range]:
        """The four bytes at the beginning of each gap in a page, which lead to the next."""
        while at:
            yield range(start + at, start + at + 4)
            at = self._number(start + at, 2)

    def _cell(self, at: int, kind: int, payload: bool) -> Iterator[range]:
        begin = at
        if kind in (INNER_TABLE, INNER_INDEX):
            at += 4
        if kind == INNER_TABLE:
            yield range(begin, self._varint(at)[1])
            return
        size, at = self._varint(at)
        if kind == LEAF_TABLE:
            at = self._varint(at)[1]
        local = self._local(size, kind)
        end = at + local + (4 if local < size else 0)
        kinds = self._varint(at)[1]
        yield range(begin, kinds)
        if payload:
            is_number_of_row = kind == LEAF_TABLE and self.data[kinds] == 0
            yield range(kinds + is_number_of_row, end)
        if local < size:
            yield from self._overflow(self._number(at + local), size - local)

    def _local(self, size: int, kind: int) -> int:
        u = self.usable
        most = u - 35 if kind == LEAF_TABLE else (u - 12) * 64 // 255 - 23
        least = (u - 12) * 32 // 255 - 23
        if size <= most:
            return size
        some = least + (size - least) % (u - 4)
        return some if some <= most else least

    def _overflow(self, page: int, left: int) -> Iterator[range]:
        while page:
            start = (page - 1) * self.size
            yield range(start, start + 4 + min(left, self.usable - 4))
            left -= self.usable - 4
            page = self._number(start)

    def _free(self) -> Iterator[range]:
        """The list of free pages; what stands in them is nothing."""
        page = self._number(32)
        while page:
            start = (page - 1) * self.size
            yield range(start, start + 8 + 4 * self._number(start + 4))
            page = self._number(start)
