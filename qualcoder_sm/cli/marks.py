"""`mark`, `move`, `uncode`, `recode` and `aside`: what can be done to codings."""

from typing import Annotated

import typer

from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.code import Memo
from qualcoder_sm.cli.said import Said
from qualcoder_sm.cli.sources import SourceName
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr

CodingGuid = Annotated[
    str, typer.Argument(metavar="CODING", help="The coding's guid; see codings --json.")
]
CodingGuids = Annotated[
    list[str], typer.Argument(metavar="CODING...", help="Guids of codings; see codings --json.")
]
CodeName = Annotated[str, typer.Argument(metavar="CODE", help="Name, path or guid.")]
Start = Annotated[int, typer.Argument(help="The first character; 0 is the text's first.")]
End = Annotated[int, typer.Argument(help="The character after the last.")]
Polarity = Annotated[
    Said | None, typer.Option("--polarity", help="What the passage says of its code.")
]
Weight = Annotated[
    str | None, typer.Option("--weight", metavar="N|none", help="Its weight, 0 to 100.")
]


@command
def mark(
    asked: Asked,
    project: ProjectFile,
    coding: CodingGuid,
    polarity: Polarity = None,
    weight: Weight = None,
) -> None:
    """Say what a passage says of its code, or what it weighs, or both in one step.

    Example: qualcoder-sm mark study.qsm 0b1f... --polarity contradicts --weight 60
    """
    if polarity is None and weight is None:
        raise typer.BadParameter(tr("Give --polarity, --weight or both."))
    with step(asked, project) as study:
        number = _number(weight)
        if polarity is None:
            study.codings.set_weight(coding, number)
        elif weight is None:
            study.codings.set_polarity(coding, polarity.polarity)
        else:
            study.codings.mark(coding, polarity.polarity, number)


@command
def move(asked: Asked, project: ProjectFile, coding: CodingGuid, start: Start, end: End) -> None:
    """Move the boundaries of a coded passage.

    Example: qualcoder-sm move study.qsm 0b1f... 118 164
    """
    with step(asked, project) as study:
        study.codings.move(coding, start, end)


@command
def uncode(asked: Asked, project: ProjectFile, codings: CodingGuids) -> None:
    """Take codings away, with the memos on them and the links between them.

    Example: qualcoder-sm uncode study.qsm 0b1f... 77aa...
    """
    with step(asked, project) as study:
        study.codings.remove(*codings)


@command
def recode(asked: Asked, project: ProjectFile, code: CodeName, codings: CodingGuids) -> None:
    """Give codings another code; those that are there already are dropped.

    Example: qualcoder-sm recode study.qsm Equality 0b1f... 77aa...
    """
    with step(asked, project) as study:
        study.codings.recode(codings, study.codebook.find(code).guid)


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


def _number(weight: str | None) -> int | None:
    if weight is None or weight == "none":
        return None
    if not weight.isdecimal():
        raise typer.BadParameter(tr("A weight is a whole number from 0 to 100, or none."))
    return int(weight[:4])
