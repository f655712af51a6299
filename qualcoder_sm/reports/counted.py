"""Which sources agreement counts: one rule for the window, the command line and exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Progress
from qualcoder_sm.project.filters import sources_of
from qualcoder_sm.project.scope import narrows_units, scope_of
from qualcoder_sm.reports.options import Counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options


@dataclass(frozen=True, slots=True)
class Choosing:
    """The sources chosen, by guid, out of `among`, by which rule.

    `touched_by_one` of them carry codings of only one of the coders. Numbers count the sources with
    words that count; the others among `sources` add nothing.
    """

    rule: Counted
    sources: tuple[str, ...]
    among: int
    touched_by_one: int
    sentence: str


def chosen_sources(project: Project, options: Options, coders: Sequence[str]) -> Choosing:
    """The sources of the filter that count for these coders.

    By default those that all of them marked as done and, where there is none, all of them;
    sources that are named count whether they are done or not, unless the rule is named too.
    """
    which = options.which
    found = sources_of(project, which)
    among = [s.guid for s in project.sources.all() if found is None or s.guid in found]
    coded = [project.codings.by_source(coder) for coder in coders]
    holds, narrowed = scope_of(project, which).holds, found is not None or narrows_units(which)
    rule = options.counted or (Counted.ALL if which.sources else Counted.FINISHED)
    kept = _kept(project, rule, among, coders, coded)
    n, of = sum(map(holds, kept)), sum(map(holds, among))
    is_named = which.sources and options.counted is None
    told = "" if is_named else _told(rule, n, of, narrowed=narrowed)
    if rule is Counted.FINISHED and not kept:
        rule, kept, told = Counted.ALL, among, _none_finished(narrowed=narrowed)
    one = sum(holds(guid) and sum(guid in each for each in coded) == 1 for guid in kept)
    alone = tr("{n} of them only one coder has coded.", n=f"{one:,}") if one else ""
    return Choosing(rule, tuple(kept), of, one, " ".join(filter(None, (told, alone))))


def _kept(
    project: Project,
    rule: Counted,
    among: Sequence[str],
    coders: Sequence[str],
    coded: Sequence[dict[str, int]],
) -> Sequence[str]:
    match rule:
        case Counted.FINISHED:
            return finished(project, among, coders)
        case Counted.BOTH:
            return [guid for guid in among if all(guid in of for of in coded)]
        case Counted.ALL:
            return among


def finished(project: Project, among: Sequence[str], coders: Sequence[str]) -> list[str]:
    """The sources among these that every one of the coders has marked as done."""
    states = [project.progress.of_coder(coder) for coder in coders]
    return [
        guid
        for guid in among
        if states and all(state.get(guid) is Progress.DONE for state in states)
    ]


def _none_finished(*, narrowed: bool) -> str:
    if narrowed:
        return tr(
            "None of the sources chosen is marked as done by all coders, so all of them count."
        )
    return tr("No source is marked as done by all coders, so every source counts.")


def _told(rule: Counted, kept: int, among: int, *, narrowed: bool) -> str:
    match rule:
        case Counted.FINISHED:
            return ntr("{kept} of {n} source counts: those that all coders marked as done.",
                       "{kept} of {n} sources count: those that all coders marked as done.",
                       among, kept=kept)  # fmt: skip
        case Counted.BOTH:
            return ntr("{kept} of {n} source counts: those that all coders have coded.",
                       "{kept} of {n} sources count: those that all coders have coded.",
                       among, kept=kept)  # fmt: skip
        case Counted.ALL if narrowed:
            return tr("All of the sources chosen count, finished or not.")
        case Counted.ALL:
            return tr("Every source counts, finished or not.")
