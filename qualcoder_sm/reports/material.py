"""Material: what the analyses count, gathered from a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import BoolArray, Codings, IntArray
from qualcoder_sm.analysis.units import Axis, Level
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import labels, scope
from qualcoder_sm.project.filters import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    `left_out` says in a sentence what does not because of whose words it is.
    """

    sources: tuple[Source, ...]
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

    def of_sources(self, kept: Iterable[str]) -> Material:
        """The same of some of the sources, by guid."""
        wanted = set(kept)
        index = [i for i, source in enumerate(self.sources) if source.guid in wanted]
        renumbered = np.full(len(self.sources), -1, dtype=np.int64)
        renumbered[index] = np.arange(len(index))
        return replace(
            self,
            sources=tuple(self.sources[i] for i in index),
            codings=_renumbered(self.codings, renumbered),
            each=_renumbered(self.each, renumbered),
        )


def gather(project: Project, which: Filter, *, roll_up: bool = False) -> Material:
    """The codings meant by a filter, with everything they could have touched.

    Without codes in the filter every codable code is meant, used or not, and with `roll_up` the
    themes too. Coders keep the order of the filter. Sources of which nothing counts are left out.
    """
    counts = scope.scope_of(project, which)
    sources = tuple(source for source in project.sources.all() if counts.holds(source.guid))
    codes = tuple(
        code
        for code in project.codebook.codes()
        if (code.guid in which.codes if which.codes else code.codable or roll_up)
    )
    known = {coder.guid: coder for coder in project.coders.all()}
    coders = tuple(known[guid] for guid in which.coders or known)
    counted_for = _counted_for(project, codes, roll_up=roll_up)
    places = _places(project, which, counted_for)
    paths = labels.of_codes(project)
    codings, each = _codings(places, counted_for, sources, coders)
    return Material(
        sources,
        codes,
        tuple(paths[code.guid] for code in codes),
        coders,
        codings,
        each,
        counts,
        _left_out(project, which, counts, counted_for, len(places)),
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
    project: Project, which: Filter, counted_for: Mapping[str, tuple[int, ...]]
) -> list[Place]:
    codes = tuple(counted_for) if which.codes else ()
    places = project.segments.places(replace(which, codes=codes))
    return [place for place in places if place[1] in counted_for]


def _codings(
    places: Sequence[Place],
    counted_for: Mapping[str, tuple[int, ...]],
    sources: Sequence[Source],
    coders: Sequence[Coder],
) -> tuple[Codings, Codings]:
    s, p = ({one.guid: i for i, one in enumerate(values)} for values in (sources, coders))
    each = Codings.of(
        (s[source], counted_for[code][0], p[coder], start, end)
        for source, code, coder, start, end in places
    )
    times = np.array([len(counted_for[place[1]]) for place in places], dtype=np.int64)
    if (times == 1).all():
        return each, each
    repeated = each.take(np.repeat(np.arange(len(places)), times))
    codes = np.array([i for place in places for i in counted_for[place[1]]], dtype=np.int64)
    return Codings(repeated.source, codes, repeated.coder, repeated.start, repeated.end), each


def _left_out(
    project: Project,
    which: Filter,
    counts: Scope,
    counted_for: Mapping[str, tuple[int, ...]],
    counted: int,
) -> str:
    if not counts.left_out:
        return ""
    everything = _places(project, replace(which, words=Words.ALL), counted_for)
    return scope.sentence(counts.left_out, len(everything) - counted)


def _renumbered(codings: Codings, numbers: IntArray) -> Codings:
    source = numbers[codings.source]
    kept: BoolArray = source >= 0
    moved = Codings(source, codings.code, codings.coder, codings.start, codings.end)
    return moved.take(kept)
