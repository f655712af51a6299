"""Codes by groups, on values, for the worker: cells, totals, base sizes, and the passages of a cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import labels
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.reports import report
from qualcoder_sm.reports.material import whose
from qualcoder_sm.reports.matrix import CodeMatrix, count
from qualcoder_sm.reports.options import Cells, Options
from qualcoder_sm.reports.provenance import provenance
from qualcoder_sm.table import Cell, Column, ColumnType, Table
from qualcoder_sm.ui.pages import matrix_words, wording
from qualcoder_sm.ui.pages.passages import Passage, by_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcoder_sm.analysis.codings import IntArray
    from qualcoder_sm.analysis.frequencies import Tally
    from qualcoder_sm.model import Code, Source
    from qualcoder_sm.project.project import Project

MAIN, ROLLED, ALONE = "main", "rolled", "alone"
NOWHERE = ""
"""No source has this guid."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted. `rows` is MAIN, ROLLED, ALONE or guids of codes; `columns` as
    `Options.rows`; no coder means all of them.
    """

    rows: str | tuple[str, ...]
    columns: str
    cells: Cells
    words: Words = Words.PARTICIPANTS
    coder: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A code as a row: what it counts in each group and in all; `counted` are the codes meant."""

    code: Code
    depth: int
    parents: tuple[str, ...]
    has_children: bool
    counted: tuple[str, ...]
    cells: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Base:
    """A row below the table: what the groups hold in all; no total where it cannot be said."""

    name: str
    cells: tuple[int, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many codings are in a table, and how many are not: in sources of no group, on words that
    do not count, on themes that are not counted alone.
    """

    counted: int
    outside: int
    on_other_words: int
    on_themes: int

    @property
    def all(self) -> int:
        """All of them."""
        return self.counted + self.outside + self.on_other_words + self.on_themes


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole table. `sizes` is what a share is a share of: one of the bases.

    `groups` are the names of the columns, `guids` what they stand for, `members` the guids of
    their sources. `whose` says whose codings are counted, `left_out` whose words are not.
    """

    kind: str
    groups: tuple[str, ...]
    guids: tuple[str | None, ...]
    members: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    bases: tuple[Base, ...]
    sizes: Base
    sources: tuple[Source, ...]
    options: Options
    tallied: Tallied
    whose: str
    left_out: str

    @property
    def cells(self) -> Cells:
        """What is counted."""
        return self.options.cells

    @property
    def largest(self) -> int:
        """The largest cell, 0 when there is none."""
        return max((max(line.cells, default=0) for line in self.lines), default=0)


def grid(project: Project, asked: Asked) -> Grid:
    """The table asked for. Raises WrongUsage, with a sentence, when there is nothing to count."""
    options = _options(project, asked)
    counted = count(project, options)
    if not counted.groups.names:
        raise WrongUsage(_no_columns(asked.columns))
    inside = {guid for guids in counted.groups.sources for guid in guids}
    bases, sizes = _bases(counted, options.cells)
    return Grid(
        kind=counted.groups.kind,
        groups=counted.groups.names,
        guids=tuple(group.guid for group in counted.groups.all),
        members=counted.groups.sources,
        lines=tuple(_lines(project, counted, asked)),
        bases=bases,
        sizes=sizes,
        sources=tuple(s for s in counted.material.sources if s.guid in inside),
        options=replace(options, codes_down=True, totals=True),
        tallied=_tallied(project, counted, options),
        whose=whose(counted.material, added=options.cells is Cells.CODINGS),
        left_out=" ".join(filter(None, (counted.material.left_out, counted.silent))),
    )


def table(shown: Grid, lines: Sequence[int], project: Project, *, share: bool) -> Table:
    """The lines of a grid, by number, with its bases, as numbers or as shares of `sizes`."""
    sizes = (*shown.sizes.cells, shown.sizes.total)
    rows = [shown.lines[i] for i in lines]
    values = [(*line.cells, line.total) for line in rows]
    paths = labels.of_codes(project)
    made = report("matrix")
    return Table(
        key="matrix",
        title=matrix_words.title(shown),
        columns=tuple(_columns(shown, share=share)),
        rows=tuple(
            (name, *cells)
            for name, cells in (
                *zip((paths[line.code.guid] for line in rows),
                     (_shares(one, sizes) for one in values) if share else values, strict=True),
                *((base.name, _written((*base.cells, base.total), share=share))
                  for base in shown.bases),
            )
        ),
        notes=tuple(matrix_words.notes(shown, len(rows), share=share)),
        provenance=provenance(project, shown.options, made.choices),
        guids={0: (*(line.code.guid for line in rows), *(None for _base in shown.bases))},
    )  # fmt: skip


def _columns(shown: Grid, *, share: bool) -> Iterator[Column]:
    kind = ColumnType.PERCENT if share else ColumnType.INTEGER
    unit = "%" if share else matrix_words.unit(shown)
    yield Column(tr("code"))
    for name, guid in zip(shown.groups, shown.guids, strict=True):
        yield Column(name, kind, unit, guid or "")
    yield Column(tr("All"), kind, unit)


def _shares(values: Sequence[int], sizes: Sequence[int | None]) -> tuple[float | None, ...]:
    return tuple(100 * n / size if size else None for n, size in zip(values, sizes, strict=True))


def _written(cells: Sequence[int | None], *, share: bool) -> tuple[Cell, ...]:
    """Bases are numbers, also below shares: there they are written out, as they are no per cent."""
    return tuple(f"{n:,}" if share and n is not None else n for n in cells)


def behind(shown: Grid, line: int, group: int | None) -> Filter:
    """Which codings a cell counts, or the total of a code when `group` is None."""
    groups = shown.members if group is None else (shown.members[group],)
    sources = tuple(dict.fromkeys(guid for guids in groups for guid in guids))
    return replace(
        shown.options.which, codes=shown.lines[line].counted, sources=sources or (NOWHERE,)
    )


def passages(project: Project, which: Filter) -> tuple[Passage, ...]:
    """The passages behind a cell."""
    return by_unit(project, project.segments.codings(which))


def _options(project: Project, asked: Asked) -> Options:
    codes: tuple[str, ...] = ()
    if isinstance(asked.rows, tuple):
        below = (one.guid for code in asked.rows for one in project.codebook.below(code))
        codes = tuple(dict.fromkeys((*asked.rows, *below)))
    which = Filter((asked.coder,) if asked.coder else (), codes, words=asked.words)
    options = Options(which, rows=asked.columns, cells=asked.cells, roll_up=asked.rows != ALONE)
    return report("matrix").resolved(options)


def _tallied(project: Project, counted: CodeMatrix, options: Options) -> Tallied:
    """Every coding of the filter, in the table or out of it for one reason."""
    every = project.segments.places(replace(options.which, words=Words.ALL))
    alone = {code.guid for code in counted.material.codes}
    meant = len(every) if options.roll_up else sum(place[1] in alone for place in every)
    here = counted.codings
    return Tallied(here - counted.outside, counted.outside, meant - here, len(every) - meant)


def _lines(project: Project, counted: CodeMatrix, asked: Asked) -> list[Line]:
    codes = counted.material.codes
    tree = {code.guid: code for code in project.codebook.codes()}
    matrix = counted.matrix
    cells, totals = (_of(tally, asked.cells) for tally in (matrix.cells, matrix.by_code))
    wanted = asked.rows if isinstance(asked.rows, tuple) else tuple(tree)
    alone = asked.rows == ALONE
    lines: list[Line] = []
    for i, code in enumerate(codes):
        if code.guid not in wanted:
            continue
        below = () if alone else tuple(one.guid for one in codes if _is_below(one, code, tree))
        chosen = isinstance(asked.rows, tuple)
        parents = () if alone or chosen else _above(code, tree)
        values, total = tuple(cells[i].tolist()), int(totals[i])
        lines.append(
            Line(code, len(_above(code, tree)), parents, bool(below) and not chosen,
                 (code.guid, *below), values, total)
        )  # fmt: skip
    return lines


def _above(code: Code, tree: Mapping[str, Code]) -> tuple[str, ...]:
    found: list[str] = []
    while code.parent:
        found.append(code.parent)
        code = tree[code.parent]
    return tuple(found)


def _is_below(one: Code, code: Code, tree: Mapping[str, Code]) -> bool:
    return code.guid in _above(one, tree)


def _bases(counted: CodeMatrix, cells: Cells) -> tuple[tuple[Base, ...], Base]:
    """The rows below, and the one that a share is a share of."""
    by_group = counted.matrix.by_group
    if cells is Cells.UNITS:
        noun = wording.units_noun(counted.material.sources)
        sizes = Base(tr("{units} in all", units=noun), *_sizes(counted, counted.axis.sizes))
        carrying = Base(
            tr("{units} with at least one", units=noun), tuple(by_group.presence.tolist()), None
        )
        return (carrying, sizes), sizes
    silent = counted.material.silent
    name = tr("Sources with words that count") if silent else tr("Sources")
    sources = Base(name, *_sizes(counted, np.ones_like(counted.axis.sizes)))
    if cells is Cells.CODINGS:
        codings = Base(tr("Codings in all"), tuple(by_group.codings.tolist()), None)
        return (codings, sources), codings
    if cells is Cells.CHARACTERS:
        letters = Base(tr("Characters in all"), *_sizes(counted, counted.axis.line.lengths))
        carrying = Base(
            tr("Characters with at least one"), tuple(by_group.characters.tolist()), None
        )
        return (carrying, letters, sources), letters
    return (sources,), sources


def _sizes(counted: CodeMatrix, of_source: IntArray) -> tuple[tuple[int, ...], int]:
    """What the groups hold, and all of them together, a source that is in several once."""
    guids = (source.guid for source in counted.material.sources)
    of = dict(zip(guids, of_source.tolist(), strict=True))
    groups = counted.groups.sources
    every = {guid for guids in groups for guid in guids}
    return (
        tuple(sum(of.get(guid, 0) for guid in set(guids)) for guids in groups),
        sum(of.get(guid, 0) for guid in every),
    )


def _of(tally: Tally, cells: Cells) -> IntArray:
    if cells is Cells.CODINGS:
        return tally.codings
    if cells is Cells.CHARACTERS:
        return tally.characters
    return tally.presence.clip(max=1) if cells is Cells.PRESENCE else tally.presence


def _no_columns(columns: str) -> str:
    if columns == "case":
        return tr(
            "There are no cases yet. Import them from a table, or choose other columns above."
        )
    if columns == "source":
        return tr("There are no texts yet. Import transcripts or posts first.")
    return tr("Nothing stands for these columns. Choose other ones above.")
