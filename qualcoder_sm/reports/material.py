"""Material: what the analyses count, gathered from a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcoder_sm.analysis import units
from qualcoder_sm.analysis.codings import Codings, IntArray
from qualcoder_sm.analysis.units import Axis, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.model import Code, Coder, Source
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.segments import Filter
    from qualcoder_sm.spans import Span


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Sources, codes and coders in order, and codings as indexes into them.

    `paths` are the codes' paths, in the order of `codes`.
    """

    sources: tuple[Source, ...]
    codes: tuple[Code, ...]
    paths: tuple[str, ...]
    coders: tuple[Coder, ...]
    codings: Codings

    @property
    def lengths(self) -> IntArray:
        """Characters of each source."""
        return np.array([source.characters for source in self.sources], dtype=np.int64)

    @property
    def parents(self) -> IntArray:
        """For each code the index of its parent, -1 at the top or where that is not meant."""
        index = {code.guid: i for i, code in enumerate(self.codes)}
        return np.array([index.get(code.parent or "", -1) for code in self.codes], dtype=np.int64)


def gather(project: Project, which: Filter, *, themes: bool = False) -> Material:
    """The codings meant by a filter, with everything they could have touched.

    Without codes in the filter every codable code is meant, used or not, and with `themes` the
    non-codable ones too. Coders keep the order of the filter.
    """
    sources = tuple(s for s in project.sources.all() if _meant(s.guid, which.sources))
    codes = tuple(
        code
        for code in project.codebook.codes()
        if _meant(code.guid, which.codes) and (code.codable or themes or which.codes)
    )
    known = {coder.guid: coder for coder in project.coders.all()}
    coders = tuple(known[guid] for guid in which.coders or known)
    paths = project.codebook.paths()
    return Material(
        sources,
        codes,
        tuple(paths[code.guid] for code in codes),
        coders,
        _codings(project, which, sources, codes, coders),
    )


def axis(project: Project, sources: Sequence[Source], level: Level) -> Axis:
    """The units of the sources, in their order; texts are read only where the level needs them."""
    lengths = [source.characters for source in sources]
    if level is Level.CHARACTER:
        return units.characters(lengths)
    if level is Level.SOURCE:
        return units.whole_sources(lengths)
    imported = project.sources.unit_spans() if level is Level.UNIT else {}
    spans: list[list[Span]] = []
    for source in sources:
        text = project.sources.text(source.guid) if level.needs_text else ""
        spans.append(units.unit_spans(level, text, imported.get(source.guid, ())))
    return units.units(level, lengths, spans)


def _codings(
    project: Project,
    which: Filter,
    sources: Sequence[Source],
    codes: Sequence[Code],
    coders: Sequence[Coder],
) -> Codings:
    s, c, p = ({one.guid: i for i, one in enumerate(values)} for values in (sources, codes, coders))
    return Codings.of(
        (s[source], c[code], p[coder], start, end)
        for source, code, coder, start, end in project.segments.places(which)
        if code in c
    )


def _meant(guid: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or guid in wanted
