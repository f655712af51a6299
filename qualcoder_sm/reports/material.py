"""Material: what the analyses count, gathered from a project."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import BoolArray, Codings, IntArray
from qualcoder_sm.analysis.scope import Line, offsets
from qualcoder_sm.analysis.units import Axis, Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import labels, scope
from qualcoder_sm.project.columns import meant
from qualcoder_sm.project.filters import coders_of, sources_of
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.model import Code, Coder, Source
    from qualcoder_sm.project.filters import Filter
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.scope import Scope
    from qualcoder_sm.spans import Span


EVERYTHING_KEPT = tuple(table.name for table in schema.JOURNALLED)
"""The tables that a count may depend on."""


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """Sources, codes and coders in order, and what of the text counts.

    `paths` are the codes' labels, in the order of `codes`. `scope` is the text that counts, and
    `left_out` says in sentences what does not because of whose words it is. `silent` are the
    sources of which therefore nothing counts: the filter means them, and they are not in `sources`.
    """

    sources: tuple[Source, ...]
    silent: tuple[Source, ...]
    codes: tuple[Code, ...]
    paths: tuple[str, ...]
    coders: tuple[Coder, ...]
    scope: Scope
    left_out: str

    @property
    def lengths(self) -> IntArray:
        """Characters of each source."""
        return np.array([source.characters for source in self.sources], dtype=np.int64)

    @property
    def scopes(self) -> tuple[tuple[Span, ...] | None, ...]:
        """What of each source counts; None where all of it does."""
        return tuple(self.scope.of(source.guid) for source in self.sources)

    def axis(self, project: Project, level: Level) -> Axis:
        """The units of the text that counts; texts are read only where the level needs them."""
        lengths = [source.characters for source in self.sources]
        if level is Level.CHARACTER:
            return units.characters(lengths, self.scopes)
        if level is Level.SOURCE:
            return units.whole_sources(lengths, self.scopes)
        imported = project.sources.unit_spans() if level is Level.UNIT else {}
        spans: list[list[Span]] = []
        for source, counts in zip(self.sources, self.scopes, strict=True):
            text = project.sources.text(source.guid) if level.needs_text else ""
            spans.append(units.unit_spans(level, text, imported.get(source.guid, ()), counts))
        return units.units(level, lengths, spans, self.scopes)


@dataclass(frozen=True, slots=True, eq=False)
class Material(Meant):
    """The same with codings, as indexes into sources, codes and coders.

    `codings` holds a coding once for each of the codes it counts for: its own, and with rolling up
    those of `codes` above it. `each` holds every coding once (its code has no meaning there).
    """

    codings: Codings
    each: Codings

    @property
    def without_codings(self) -> Meant:
        """What is worth being kept of it: codings are kept by the project itself."""
        return Meant(*(getattr(self, field.name) for field in fields(Meant)))


def gather(project: Project, which: Filter, *, roll_up: bool = False) -> Material:
    """The codings meant by a filter, with everything they could have touched.

    Without codes in the filter every codable code is meant, used or not, and with `roll_up` the
    themes too. Coders keep the order of the filter. Sources of which nothing counts are left out.
    """
    counts = scope.scope_of(project, which)
    whoever = scope.whole_scope_of(project, which) if counts.left_out else counts
    every, book = project.sources.all(), project.codebook.codes()
    held = [source for source in every if whoever.holds(source.guid)]
    sources = tuple(source for source in held if counts.holds(source.guid))
    silent = tuple(source for source in held if not counts.holds(source.guid))
    codes = _codes(book, which, roll_up=roll_up)
    coders = coders_of(project, which)
    counted_for = _counted_for(book, codes, roll_up=roll_up)
    everywhere = _everywhere(project, which, every, counted_for, coders)
    inside = _of_sources(everywhere, every, sources)
    inside = inside.take(_touching(inside, sources, counts))
    each = _counting(inside, counted_for)
    paths = labels.of_codes(project)
    left_out = _left_out(counts, whoever, every, everywhere, len(each))
    told = left_out, _nothing_left(project, silent)
    return Material(
        sources=sources,
        silent=silent,
        codes=codes,
        paths=tuple(paths[code.guid] for code in codes),
        coders=coders,
        scope=counts,
        left_out=" ".join(filter(None, told)),
        codings=_repeated(inside, counted_for) if roll_up else each,
        each=each,
    )


def whose(material: Meant, *, added: bool) -> str:
    """Whose codings a count is of, and whether two coders of one passage count twice."""
    names = ", ".join(coder.name for coder in material.coders)
    if len(material.coders) < 2:
        return tr("Codings of {name}.", name=names) if names else ""
    if added:
        return tr("Codings of {names}, added: what two of them coded counts twice.", names=names)
    return tr("Codings of {names}, counted once: whoever coded it.", names=names)


def themes_alone(material: Meant) -> str:
    """What to say of themes that were asked for though they carry no codings themselves."""
    themes = [path for code, path in zip(material.codes, material.paths, strict=True)
              if not code.codable]  # fmt: skip
    if not themes:
        return ""
    return ntr(
        "{names} is a theme and carries no codings itself; roll up to count what is below it.",
        "{names} are themes and carry no codings themselves; roll up to count what is below them.",
        len(themes), names=", ".join(themes),
    )  # fmt: skip


def _codes(book: Sequence[Code], which: Filter, *, roll_up: bool) -> tuple[Code, ...]:
    return tuple(
        code
        for code in book
        if (code.guid in which.codes if which.codes else code.codable or roll_up)
    )


def _counted_for(
    book: Sequence[Code], codes: Sequence[Code], *, roll_up: bool
) -> Mapping[str, tuple[int, ...]]:
    """For each code of the book, by guid, the places in `codes` that it counts for; none for some."""
    index = {code.guid: i for i, code in enumerate(codes)}
    above = {code.guid: code.parent if roll_up else None for code in book}
    return {guid: tuple(index[one] for one in _line(guid, above) if one in index)
            for guid in above}  # fmt: skip


def _line(guid: str | None, above: Mapping[str, str | None]) -> list[str]:
    """A code and those above it."""
    line: list[str] = []
    while guid is not None:
        line.append(guid)
        guid = above[guid]
    return line


def _everywhere(
    project: Project,
    which: Filter,
    every: Sequence[Source],
    counted_for: Mapping[str, tuple[int, ...]],
    coders: Sequence[Coder],
) -> Codings:
    """The codings meant, wherever they lie in the sources: who speaks is not looked at yet.

    Sources are numbered among `every` one, codes among all those of the book.
    """
    anywhere = replace(
        which, speakers=(), roles=(), posted_since=None, posted_until=None, words=None
    )
    columns, chosen = meant(project, anywhere), sources_of(project, anywhere)
    source = _numbered(columns.sources, [
        one.guid if chosen is None or one.guid in chosen else "" for one in every])[columns.source]  # fmt: skip
    code = _numbered(columns.codes, [
        guid if counts else "" for guid, counts in counted_for.items()])[columns.code]  # fmt: skip
    coder = _numbered(columns.coders, [one.guid for one in coders])[columns.coder]
    codings = Codings(source, code, coder, columns.start.astype(np.int64),
                      columns.end.astype(np.int64))  # fmt: skip
    return codings.take((source >= 0) & (code >= 0) & (coder >= 0)).by_source()


def _numbered(guids: Sequence[str], among: Sequence[str]) -> IntArray:
    """The place of each guid among others, -1 where it is not there."""
    places = {guid: i for i, guid in enumerate(among)}
    return np.array([places.get(guid, -1) for guid in guids], dtype=np.int64)


def _of_sources(codings: Codings, every: Sequence[Source], sources: Sequence[Source]) -> Codings:
    """The codings that lie in these of all sources, which are numbered anew."""
    if len(sources) == len(every):
        return codings
    places = _numbered([one.guid for one in every], [one.guid for one in sources])
    found = codings.take(places[codings.source] >= 0)
    return replace(found, source=places[found.source])


def _counting(codings: Codings, counted_for: Mapping[str, tuple[int, ...]]) -> Codings:
    """Every coding once, with the first code that it counts for."""
    firsts = np.array([places[0] if places else -1 for places in counted_for.values()], np.int64)
    return replace(codings, code=firsts[codings.code])


def _repeated(codings: Codings, counted_for: Mapping[str, tuple[int, ...]]) -> Codings:
    """Every coding once for each code that it counts for."""
    sizes = np.array([len(places) for places in counted_for.values()], dtype=np.int64)
    flat = np.array([place for places in counted_for.values() for place in places], np.int64)
    times = sizes[codings.code]
    rows = codings.take(np.repeat(np.arange(len(codings)), times))
    within = np.arange(len(rows)) - np.repeat(offsets(times), times)
    return replace(rows, code=flat[offsets(sizes)[rows.code] + within])


def _touching(codings: Codings, sources: Sequence[Source], counts: Scope) -> BoolArray:
    """Which of the codings have a character that counts."""
    if not counts.spans:
        return np.ones(len(codings), dtype=np.bool_)
    line = Line.of(
        [source.characters for source in sources], [counts.of(source.guid) for source in sources]
    )
    return line.at(codings.source, codings.start) < line.at(codings.source, codings.end)


def _left_out(
    counts: Scope, whoever: Scope, every: Sequence[Source], everywhere: Codings, counted: int
) -> str:
    """What does not count because of whose words it is, with the codings that lie on it."""
    if not counts.left_out:
        return ""
    everything = len(everywhere)
    if whoever.spans:
        holds = np.array([whoever.holds(one.guid) for one in every], dtype=np.bool_)
        touching = holds[everywhere.source] & _touching(everywhere, every, whoever)
        everything = int(np.count_nonzero(touching))
    return scope.sentence(counts.left_out, everything - counted)


def _nothing_left(project: Project, silent: Sequence[Source]) -> str:
    if not silent:
        return ""
    names = labels.of_sources(project)
    return ntr(
        "In {names} no words are left to count.",
        "In {n} sources no words are left to count: {names}.",
        len(silent), names=", ".join(names[source.guid] for source in silent),
    )  # fmt: skip
