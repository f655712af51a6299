"""`mark`, `uncode`, `recode` and `aside`: what can be done to codings."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.cli.code import Memo, NewCode
from qualcoder_sm.cli.said import Said
from qualcoder_sm.cli.sources import SourceName
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports.options import CODINGS, TEXT, Choice

OWN = {Choice.CODE} | TEXT | CODINGS
"""They choose among the codings of whoever acts."""

CodingGuids = Annotated[
    list[str],
    typer.Argument(
        metavar="[CODING]...",
        help="Guids, see codings --json; or choose among your codings by the options.",
    ),
]
CodeAndCodings = Annotated[
    list[str],
    typer.Argument(
        metavar="CODE [CODING]...",
        help="The code, unless --new names it; then guids of codings, or choose them by the options.",
    ),
]
Start = Annotated[int, typer.Argument(help="The first character; 0 is the text's first.")]
End = Annotated[int, typer.Argument(help="The character after the last.")]
Polarity = Annotated[
    Said | None, typer.Option("--polarity", help="What the passage says of its code.")
]
Weight = Annotated[
    str | None, typer.Option("--weight", metavar="N|none", help="Its weight, 0 to 100.")
]
Next = Annotated[
    bool,
    typer.Option(
        "--next",
        help="Say what follows what the first one says: none, supports, contradicts, mixed.",
    ),
]


@command
@choosing(OWN - {Choice.POLARITY, Choice.WEIGHT})
def mark(
    asked: Asked,
    project: ProjectFile,
    chosen: Chosen,
    codings: CodingGuids = [],  # noqa: B006  (Typer copies it)
    polarity: Polarity = None,
    weight: Weight = None,
    follows: Next = False,
) -> None:
    """Say what passages say of their code, or what they weigh, or both: all in one step.

    Example: qualcoder-sm mark study.qsm 0b1f... --polarity contradicts --weight 60

    Example: qualcoder-sm mark study.qsm --code Equality --source P01 --next
    """
    _require_codings(codings, chosen)
    if polarity is None and weight is None and not follows:
        raise typer.BadParameter(tr("Give --polarity, --weight or both, or --next."))
    if follows and (polarity or weight):
        raise typer.BadParameter(tr("Give --next alone."))
    number = _number(weight)
    with step(asked, project) as study:
        guids = _meant(study, codings, chosen)
        if follows:
            study.codings.turn_polarity(guids)
        elif polarity is None:
            study.codings.set_weight(guids, number)
        elif weight is None:
            study.codings.set_polarity(guids, polarity.polarity)
        else:
            study.codings.mark(guids, polarity.polarity, number)


@command
@choosing(OWN)
def uncode(
    asked: Asked,
    project: ProjectFile,
    chosen: Chosen,
    codings: CodingGuids = [],  # noqa: B006
) -> None:
    """Take codings away, with the memos on them and the links between them.

    Example: qualcoder-sm uncode study.qsm 0b1f... 77aa...
    """
    _require_codings(codings, chosen)
    with step(asked, project) as study:
        study.codings.remove(*_meant(study, codings, chosen))


@command
@choosing(OWN)
def recode(
    asked: Asked,
    project: ProjectFile,
    chosen: Chosen,
    words: CodeAndCodings = [],  # noqa: B006
    new: NewCode = None,
) -> None:
    """Give codings another code; those that are there already are dropped.

    Example: qualcoder-sm recode study.qsm Equality 0b1f... 77aa...

    Example: qualcoder-sm recode study.qsm --new "Standing" --code Equality --source P01
    """
    named, codings = ([], words) if new is not None else (words[:1], words[1:])
    if new is None and not named:
        raise typer.BadParameter(tr("Name the CODE, or a new one with --new."))
    _require_codings(codings, chosen)
    with step(asked, project) as study:
        guids = _meant(study, codings, chosen)
        if new is not None:
            study.codings.recode_new(guids, new)
        else:
            study.codings.recode(guids, study.codebook.find(named[0]).guid)


@command
def aside(
    asked: Asked,
    project: ProjectFile,
    source: SourceName,
    start: Start,
    end: End,
    memo: Memo = "",
) -> None:
    """Set a passage aside that no code fits, to be looked at before a new code is made.

    Example: qualcoder-sm aside study.qsm P01 120 164 --memo "help between strangers?"
    """
    with step(asked, project) as study:
        study.codings.set_aside(study.sources.find(source).guid, start, end, memo)


def _require_codings(named: Sequence[str], chosen: Chosen) -> None:
    if bool(named) == bool(chosen.given):
        raise typer.BadParameter(
            tr("Name codings by their guids, or choose them by --code, --source and the like.")
        )


def _meant(study: Project, named: Sequence[str], chosen: Chosen) -> Sequence[str]:
    """Guids of the codings named, or of those chosen among the acting coder's."""
    if named:
        return named
    which = replace(chosen.filter(study), coders=(study.coder.guid,))
    return [coding.guid for coding in study.segments.coded(which)]


def _number(weight: str | None) -> int | None:
    if weight is None or weight == "none":
        return None
    if not weight.isdecimal():
        raise typer.BadParameter(tr("A weight is a whole number from 0 to 100, or none."))
    return int(weight[:4])
