"""Material: what the analyses count, gathered from a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import BoolArray, Codings, IntArray
from qualcoder_sm.analysis.scope import Line
from qualcoder_sm.analysis.units import Axis, Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import labels, scope
from qualcoder_sm.project.filters import coders_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcoder_sm.model import Code, Coder, Source
    from qualcoder_sm.project.filters import Filter
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.scope import Scope
    from qualcoder_sm.project.segments import Place
    from qualcoder_sm.spans import Span


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Sources, codes and coders in order, and codings as indexes into them.

    `codings` holds a coding once for each of the codes it counts for: its own, and with rolling up
    those of `codes` above it. `each` holds every coding once (its code has no meaning there).
    `paths` are the codes' labels, in the order of `codes`. `scope` is the text that counts, and
    `left_out` says in sentences what does not because of whose words it is. `silent` are the
    sources of which therefore nothing counts: the filter means them, and they are not in `sources`.
    """

    sources: tuple[Source, ...]
    silent: tuple[Source, ...]
    codes: tuple[Code, ...]
    paths: tuple[str, ...]
    coders: tuple[Coder, ...]
    codings: Codings
    each: Codings
    scope: Scope
    left_out: str = ""

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


def gather(project: Project, which: Filter, *, roll_up: bool = False) -> Material:
    """The codings meant by a filter, with everything they could have touched.

    Without codes in the filter every codable code is meant, used or not, and with `roll_up` the
    themes too. Coders keep the order of the filter. Sources of which nothing counts are left out.
    """
    counts = scope.scope_of(project, which)
    whoever = scope.whole_scope_of(project, which) if counts.left_out else counts
    meant = [source for source in project.sources.all() if whoever.holds(source.guid)]
    sources = tuple(source for source in meant if counts.holds(source.guid))
    silent = tuple(source for source in meant if not counts.holds(source.guid))
    codes = _codes(project, which, roll_up=roll_up)
    coders = coders_of(project, which)
    counted_for = _counted_for(project, codes, roll_up=roll_up)
    everywhere = _places(project, which, counted_for)
    held = {source.guid for source in sources}
    places = [place for place in everywhere if place[0] in held]
    on_text = _each(places, counted_for, sources, coders)
    inside = _touching(on_text, sources, counts)
    each = on_text.take(inside)
    paths = labels.of_codes(project)
    codings = each
    if roll_up:
        codings = _repeated(each, [counted_for[places[i][1]] for i in np.flatnonzero(inside)])
    told = _left_out(counts, whoever, everywhere, len(each)), _nothing_left(project, silent)
    return Material(
        sources=sources,
        silent=silent,
        codes=codes,
        paths=tuple(paths[code.guid] for code in codes),
        coders=coders,
        codings=codings,
        each=each,
        scope=counts,
        left_out=" ".join(filter(None, told)),
    )


def whose(material: Material, *, added: bool) -> str:
    """Whose codings a count is of, and whether two coders of one passage count twice."""
    names = ", ".join(coder.name for coder in material.coders)
    if len(material.coders) < 2:
        return tr("Codings of {name}.", name=names) if names else ""
    if added:
        return tr("Codings of {names}, added: what two of them coded counts twice.", names=names)
    return tr("Codings of {names}, counted once: whoever coded it.", names=names)


def themes_alone(material: Material) -> str:
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


def _codes(project: Project, which: Filter, *, roll_up: bool) -> tuple[Code, ...]:
    return tuple(
        code
        for code in project.codebook.codes()
        if (code.guid in which.codes if which.codes else code.codable or roll_up)
    )


def _counted_for(
    project: Project, codes: Sequence[Code], *, roll_up: bool
) -> Mapping[str, tuple[int, ...]]:
    """For each code that is counted, by guid, the places in `codes` that it counts for."""
    index = {code.guid: i for i, code in enumerate(codes)}
    if not roll_up:
        return {guid: (i,) for guid, i in index.items()}
    above = {code.guid: code.parent for code in project.codebook.codes()}
    found = {guid: tuple(index[one] for one in _line(guid, above) if one in index)
             for guid in above}  # fmt: skip
    return {guid: places for guid, places in found.items() if places}


def _line(guid: str | None, above: Mapping[str, str | None]) -> list[str]:
    """A code and those above it."""
    line: list[str] = []
    while guid is not None:
        line.append(guid)
        guid = above[guid]
    return line


def _places(
    project: Project,
    which: Filter,
    counted_for: Mapping[str, tuple[int, ...]],
) -> list[Place]:
    """The codings meant, wherever they lie in the sources: who speaks is not looked at yet."""
    codes = tuple(counted_for) if which.codes else ()
    anywhere = replace(
        which, codes=codes, speakers=(), roles=(), posted_since=None, posted_until=None, words=None
    )
    places = project.segments.places(anywhere)
    return [place for place in places if place[1] in counted_for]


def _each(
    places: Sequence[Place],
    counted_for: Mapping[str, tuple[int, ...]],
    sources: Sequence[Source],
    coders: Sequence[Coder],
) -> Codings:
    s, p = ({one.guid: i for i, one in enumerate(values)} for values in (sources, coders))
    return Codings.of(
        (s[source], counted_for[code][0], p[coder], start, end)
        for source, code, coder, start, end in places
    )


def _repeated(each: Codings, counted_for: Sequence[tuple[int, ...]]) -> Codings:
    """Every coding once for each code that it counts for."""
    times = np.array([len(codes) for codes in counted_for], dtype=np.int64)
    rows = each.take(np.repeat(np.arange(len(each)), times))
    codes = np.array([code for codes in counted_for for code in codes], dtype=np.int64)
    return Codings(rows.source, codes, rows.coder, rows.start, rows.end)


def _touching(codings: Codings, sources: Sequence[Source], counts: Scope) -> BoolArray:
    """Which of the codings have a character that counts."""
    if not counts.spans:
        return np.ones(len(codings), dtype=np.bool_)
    line = Line.of(
        [source.characters for source in sources], [counts.of(source.guid) for source in sources]
    )
    return line.at(codings.source, codings.start) < line.at(codings.source, codings.end)


def _left_out(counts: Scope, whoever: Scope, places: Sequence[Place], counted: int) -> str:
    """What does not count because of whose words it is, with the codings that lie on it."""
    if not counts.left_out:
        return ""
    everything = len(places)
    if whoever.spans:
        everything = sum(
            whoever.holds(source) and whoever.touches(source, start, end)
            for source, _code, _coder, start, end in places
        )
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
