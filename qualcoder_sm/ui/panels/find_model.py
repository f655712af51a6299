"""What was found, by source: a row that names the source, then one row for each hit."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.passages import Hit, Passage
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.spans import Span
from qualcoder_sm.ui.panels.excerpts import Excerpts
from qualcoder_sm.ui.panels.tree_model import Index
from qualcoder_sm.ui.table_model import NOWHERE

MOST = 100_000
_PAGE = 2_000
_FIRST, _WHILE = 50, 0.08

Role = Qt.ItemDataRole


class Row(NamedTuple):
    """A hit; the row of its source begins and ends at -1."""

    source: str
    start: int
    end: int

    @property
    def is_head(self) -> bool:
        """Whether it names a source."""
        return self.start < 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows found in one go, with the hits of each source; `over` when there are no others."""

    rows: list[Row]
    spans: dict[str, list[Span]]
    over: bool


class Hunt:
    """One search, taken in chunks by the worker: the first hits at once, then what a moment brings.

    Raises WrongUsage at the first chunk for a query that cannot be read, Cancelled when stopped.
    """

    def __init__(self, project: Project, query: SearchQuery) -> None:
        self._project, self._query = project, query
        self._found: Iterator[tuple[Passage, list[Span]]] | None = None
        self._report: Callable[[int, int, str], bool] | None = None
        self._many = 0

    def chunk(self, progress: Callable[[int, int, str], bool]) -> Chunk:
        """For the worker: the next sources with hits."""
        self._report = progress
        if self._found is None:
            self._found = self._project.search.passages(self._query, self._goes_on)
        ends, found = time.monotonic() + _WHILE, dict[str, list[Span]]()
        for passage, spans in self._found:
            before, self._many = self._many, self._many + len(spans)
            found[passage.source] = spans[: MOST - before]
            if self._many >= MOST:
                break
            if before < _FIRST <= self._many or time.monotonic() > ends:
                return Chunk(_rows(found), found, over=False)
        return Chunk(_rows(found), found, over=True)

    def _goes_on(self, done: int, total: int) -> bool:
        said = ntr("Searching {at} of {n} source …", "Searching {at} of {n} sources …", total,
                   at=done + 1)  # fmt: skip
        return self._report is None or self._report(done, total, said)


def _rows(found: dict[str, list[Span]]) -> list[Row]:
    rows: list[Row] = []
    for source, spans in found.items():
        rows.append(Row(source, -1, -1))
        rows += [Row(source, *span) for span in spans]
    return rows


class FindModel(QAbstractListModel):
    """Grows while the search goes on; words are looked up for the rows in sight only."""

    def __init__(self, excerpts: Excerpts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._excerpts = excerpts
        self._rows: list[Row] = []
        self._spans: dict[str, list[Span]] = {}
        self._seen = 0
        self._hits = 0

    def clear(self) -> None:
        """Nothing is found yet."""
        self.beginResetModel()
        self._rows, self._spans, self._seen, self._hits = [], {}, 0, 0
        self.endResetModel()

    def add(self, chunk: Chunk) -> None:
        """More was found."""
        all_seen = self._seen == len(self._rows)
        self._rows += chunk.rows
        self._spans |= chunk.spans
        self._hits += len(chunk.rows) - len(chunk.spans)
        if all_seen and self._seen < _PAGE:
            self._hand_out(min(_PAGE, len(self._rows)))

    @property
    def hits(self) -> int:
        """How many were found so far."""
        return self._hits

    def counted(self) -> str:
        """The same in words."""
        hits = ntr("{n} hit", "{n} hits", self._hits)
        sources = ntr("{n} source", "{n} sources", len(self._spans))
        return tr("{hits} in {sources}", hits=hits, sources=sources)

    def spans(self, source: str) -> Sequence[Span]:
        """Where the hits of a source stand."""
        return self._spans.get(source, ())

    def at(self, row: int) -> Row:
        """The row at a place."""
        return self._rows[row]

    def row_of(self, row: Row) -> int:
        """Where a hit stands in the list among those handed out, or -1."""
        found = (at for at in range(self._seen) if self._rows[at] == row)
        return next(found, -1)

    def hit(self, row: int) -> Hit:
        """A hit in its context."""
        return self._excerpts.hit(*self._rows[row])

    def head(self, row: int) -> tuple[str, str]:
        """The name of a source, and how many hits it has."""
        source = self._rows[row].source
        many = len(self._spans[source])
        return self._excerpts.full_name(source), ntr("{n} hit", "{n} hits", many)

    def next_hit(self, row: int, by: int) -> int:
        """The row of the hit after (1) or before (-1) a row; the row itself when there is none."""
        at = row + by
        while 0 <= at < self._seen and self._rows[at].is_head:
            at += by
        return at if 0 <= at < self._seen else row

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many the view was given so far."""
        return 0 if parent.isValid() else self._seen

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are others."""
        return not parent.isValid() and self._seen < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """Hand out the next ones."""
        self._hand_out(min(self._seen + _PAGE, len(self._rows)))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Hits can be chosen, the names of sources are only read."""
        if not index.isValid() or index.row() >= self._seen or self._rows[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """The words found, and the row as it is read aloud."""
        if not index.isValid() or index.row() >= self._seen:
            return None
        if role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        if self._rows[index.row()].is_head:
            return ", ".join(self.head(index.row()))
        hit = self.hit(index.row())
        if role == Role.DisplayRole:
            return hit.words
        place = tr("{source}, {locator}", source=self._excerpts.name(hit.source),
                   locator=hit.locator)  # fmt: skip
        said = f"{hit.before}{hit.words}{hit.after}"
        return ". ".join(part for part in (place, hit.speaker, said) if part)

    def _hand_out(self, until: int) -> None:
        if until > self._seen:
            self.beginInsertRows(QModelIndex(), self._seen, until - 1)
            self._seen = until
            self.endInsertRows()
