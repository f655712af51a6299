"""Search: words, phrases and patterns in all texts, the first hits at once.

The full-text index says which sources may hold what is asked for; where it stands is found in
the texts themselves, one after the other, in code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, tee
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import expressions, passages
from qualcoder_sm.project.filters import Filter, sources_of
from qualcoder_sm.project.passages import Watch
from qualcoder_sm.project.patterns import Haystack, Pattern
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.spans import united
from qualcoder_sm.store import schema, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.expressions import Expression, Leaf
    from qualcoder_sm.project.passages import Hit, Passage
    from qualcoder_sm.spans import Span

    Found = Iterator[tuple[Passage, list[Span]]]

REGEX = "regex:"


class Within(StrEnum):
    """Where several words have to stand together: in one turn, post or paragraph, or anywhere."""

    UNIT = "unit"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to look for, and where; by guid but for speakers and attributes. Empty means all.

    `words` is an expression, or read by `expressions.read`, or as a pattern when `regex` is set or it begins with
    "regex:". With `codes` a hit lies in text coded with one of them, by whomever or
    by one of the `coders`. `attributes` are (name,
    value) of the source's cases, all of which must hold; `speakers` are pseudonym keys.
    """

    words: str | Expression
    regex: bool = False
    within: Within = Within.UNIT
    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


class Search:
    """Looks for words in the texts of the project."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def find(
        self,
        query: SearchQuery,
        limit: int | None = None,
        after: Hit | None = None,
        goes_on: Callable[[int, int], bool] | None = None,
    ) -> Iterator[Hit]:
        """The hits by source in the order of import and place, found while they are asked for.

        `after` is the last hit seen, to continue behind it. `goes_on(done, total)` counts
        sources; when it says no, the search ends with Cancelled. Raises WrongUsage at once for a
        query that cannot be read.
        """
        finder = self._finder(query)
        return islice(self._hits(finder, after, goes_on), limit)

    def passages(
        self, query: SearchQuery, goes_on: Callable[[int, int], bool] | None = None
    ) -> Found:
        """The sources with hits, and where the hits stand in each; raises as `find`."""
        return self._found(self._finder(query), 0, goes_on)

    def counts(self, query: SearchQuery) -> dict[str, int]:
        """Number of hits by source guid."""
        counts: Counter[str] = Counter()
        for passage, spans in self.passages(query):
            counts[passage.source] += len(spans)
        return dict(counts)

    def _finder(self, query: SearchQuery) -> _Finder:
        words = query.words
        if isinstance(words, str) and (query.regex or words.startswith(REGEX)):
            return _Patterns(self._core, query, words.removeprefix(REGEX))
        read = expressions.read(words) if isinstance(words, str) else words
        return _Words(self._core, query, read)

    def _hits(
        self, finder: _Finder, after: Hit | None, goes_on: Callable[[int, int], bool] | None
    ) -> Iterator[Hit]:
        first = 0
        if after:
            with self._core.reading() as connection:
                first = search.place_of(connection, after.source)
        for passage, spans in self._found(finder, first, goes_on):
            behind = (after.start, after.end) if after and after.source == passage.source else None
            for start, end in spans:
                if behind is None or (start, end) > behind:
                    yield passage.hit(start, end)

    def _found(
        self, finder: _Finder, first: int, goes_on: Callable[[int, int], bool] | None
    ) -> Found:
        total = self._core.fetch(select(func.count()).select_from(schema.sources))[0][0]
        texts = passages.texts(self._core, finder.match, finder.sources, first)
        watch = Watch(goes_on, total)
        for passage, spans in finder.found(texts, watch.look):
            watch.count()
            if spans:
                yield passage, spans


class _Finder:
    """What one search needs for every source: where it may look, and what for."""

    match: str | None = None

    def __init__(self, core: Core, query: SearchQuery) -> None:
        self._query = query
        self._coded = _coded(core, query) if query.codes else None
        self.sources = _sources(core, query, self._coded)

    def found(self, texts: Iterable[Passage], waits: Callable[[], None]) -> Found:
        """Every text with its hits; `waits` is called while one takes its time, and may raise."""
        raise NotImplementedError

    def allowed(self, passage: Passage) -> list[Span] | None:
        """The parts of a text to look in; None for all of it."""
        parts = self._coded[passage.source] if self._coded is not None else None
        if not self._query.speakers:
            return parts
        spoken = passage.of_speakers(self._query.speakers)
        return spoken if parts is None else _common(parts, spoken)


class _Words(_Finder):
    def __init__(self, core: Core, query: SearchQuery, expression: Expression) -> None:
        super().__init__(core, query)
        self._expression = expression
        self.match = expression.narrowed()

    def found(self, texts: Iterable[Passage], waits: Callable[[], None]) -> Found:
        for passage in texts:
            yield passage, self._spans(passage)

    def _spans(self, passage: Passage) -> list[Span]:
        allowed = self.allowed(passage)
        found = {
            leaf: _inside(leaf.spans(passage.text, passage.folded), allowed)
            for leaf in dict.fromkeys(expressions.leaves(self._expression))
        }
        if len(found) == 1:
            [spans] = found.values()
            return spans
        ends = passage.ends if self._query.within is Within.UNIT else []
        return _holding(self._expression, found, ends)


class _Patterns(_Finder):
    def __init__(self, core: Core, query: SearchQuery, pattern: str) -> None:
        if not pattern:
            raise WrongUsage(tr("Write a pattern to look for."))
        super().__init__(core, query)
        self._core = core
        self._pattern = Pattern(pattern)

    def found(self, texts: Iterable[Passage], waits: Callable[[], None]) -> Found:
        ahead, asked = tee(texts)
        for spans in self._pattern.spans(map(self._haystack, ahead), waits):
            passage = next(asked)
            yield passage, _inside(spans, self.allowed(passage))

    def _haystack(self, passage: Passage) -> Haystack:
        # Unit by unit, since a pattern that goes back and forth takes long on a long text.
        whole = self._query.within is Within.SOURCE
        stretches = [(0, len(passage.text))] if whole else passage.spans
        return Haystack(Texts(self._core).get(passage.source).name, passage.text, stretches)


def _holding(
    expression: Expression, found: Mapping[Leaf, Sequence[Span]], ends: Sequence[int]
) -> list[Span]:
    """The wanted spans that stand in a unit in which the whole expression is true."""
    present: dict[int, set[Leaf]] = {}
    for leaf, spans in found.items():
        for start, _end in spans:
            present.setdefault(bisect_right(ends, start), set()).add(leaf)
    true = {unit for unit, leaves in present.items() if expressions.holds(expression, leaves)}
    wanted = {span for leaf in expressions.wanted_leaves(expression) for span in found[leaf]}
    return sorted(span for span in wanted if bisect_right(ends, span[0]) in true)


def _inside(spans: list[Span], allowed: Sequence[Span] | None) -> list[Span]:
    """The spans that lie wholly in one of the allowed ones, which are sorted and apart."""
    if allowed is None:
        return spans
    starts = [start for start, _end in allowed]
    return [
        (start, end)
        for start, end in spans
        if (at := bisect_right(starts, start)) and end <= allowed[at - 1][1]
    ]


def _common(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The characters that are in both, which are sorted and apart."""
    ends = [end for _start, end in others]
    common: list[Span] = []
    for start, end in some:
        for at in range(bisect_right(ends, start), len(others)):
            other = others[at]
            if other[0] >= end:
                break
            common.append((max(start, other[0]), min(end, other[1])))
    return common


def _coded(core: Core, query: SearchQuery) -> dict[str, list[Span]]:
    """The text coded with any of the codes, by source."""
    c = schema.codings.c
    spans: dict[str, list[Span]] = {}
    statement = select(c.source, c.start, c.end).where(c.code.in_(query.codes))
    if query.coders:
        statement = statement.where(c.coder.in_(query.coders))
    for source, start, end in core.fetch(statement):
        spans.setdefault(source, []).append((start, end))
    return {source: united(found) for source, found in spans.items()}


def _sources(
    core: Core, query: SearchQuery, coded: Mapping[str, object] | None
) -> list[str] | None:
    """The sources to look in, or None for all."""
    where = Filter(
        sources=query.sources,
        collections=query.collections,
        cases=query.cases,
        attributes=query.attributes,
    )
    which = sources_of(core, where)
    if coded is None:
        return None if which is None else sorted(which)
    return sorted(coded if which is None else coded.keys() & which)
