"""Which sources agreement counts: one rule for the window, the command line and exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Progress
from qualcoder_sm.project.filters import sources_of
from qualcoder_sm.reports.options import Counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options


@dataclass(frozen=True, slots=True)
class Choosing:
    """The sources chosen, by guid, out of `among`, by which rule.

    `touched_by_one` of them carry codings of only one of the coders.
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
    found = sources_of(project, options.which)
    among = [s.guid for s in project.sources.all() if found is None or s.guid in found]
    coded = [project.codings.by_source(coder) for coder in coders]
    if options.counted is None and options.which.sources:
        return _choosing(Counted.ALL, among, among, coded, "")
    rule = options.counted or Counted.FINISHED
    kept = {
        Counted.FINISHED: finished(project, among, coders),
        Counted.BOTH: [guid for guid in among if all(guid in of for of in coded)],
        Counted.ALL: among,
    }[rule]
    if rule is Counted.FINISHED and not kept:
        return _choosing(
            Counted.ALL, among, among, coded, _none_finished(narrowed=found is not None)
        )
    told = _told(rule, len(kept), len(among), narrowed=found is not None)
    return _choosing(rule, kept, among, coded, told)


def finished(project: Project, among: Sequence[str], coders: Sequence[str]) -> list[str]:
    """The sources among these that every one of the coders has marked as done."""
    states = [project.progress.of_coder(coder) for coder in coders]
    return [
        guid
        for guid in among
        if states and all(state.get(guid) is Progress.DONE for state in states)
    ]


def _choosing(
    rule: Counted,
    kept: Sequence[str],
    among: Sequence[str],
    coded: Sequence[dict[str, int]],
    told: str,
) -> Choosing:
    one = sum(sum(guid in of for of in coded) == 1 for guid in kept)
    alone = tr("{n} of them only one coder has coded.", n=f"{one:,}")
    sentence = " ".join(filter(None, (told, alone if one else "")))
    return Choosing(rule, tuple(kept), len(among), one, sentence)


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
