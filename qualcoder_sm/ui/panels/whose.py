"""Whose codings a number counts: said beside it, since coders of one text are never added unseen."""

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.sight import Sight


def counted(sight: Sight) -> str:
    """Whose codings the panes count, as the head of their numbers."""
    return tr("codings by you") if sight.counted else tr("codings by all coders")


def by_whom(mine: int, every: int) -> str:
    """For example "62 by you, 90 by all"."""
    return tr("{mine} by you, {all} by all", mine=f"{mine:,}", all=f"{every:,}")


def of_code(project: Project, code: str) -> str:
    """Who has used a code and the codes below it how often, in a sentence."""
    codebook = project.codebook
    below = [one.guid for one in codebook.below(code)]
    mine = codebook.total([code, *below], coder=project.coder.guid)
    said = by_whom(mine, codebook.total([code, *below]))
    if not codebook.get(code).codable:
        return tr("Below it: {whose}.", whose=said)
    return tr("With the codes below it: {whose}.", whose=said) if below else f"{said}."


def of_sources(project: Project, sources: list[str]) -> str:
    """Who has coded how much in these sources, in a sentence."""
    codings, coder = project.codings, project.coder.guid
    said = by_whom(sum(codings.in_source(one, coder) for one in sources),
                   sum(codings.in_source(one) for one in sources))  # fmt: skip
    return f"{said}."
