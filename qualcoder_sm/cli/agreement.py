"""`agreement`: do the coders agree?"""

from typing import Annotated

import typer

from qualcoder_sm.analysis.units import Level
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.cli.chosen import Codes, Sources, chosen
from qualcoder_sm.reports import agreement as report
from qualcoder_sm.reports.options import Options

Compared = Annotated[
    list[str],
    typer.Option("--coder", metavar="NAME", help="Whom to compare: two or more; else all."),
]
Unit = Annotated[Level, typer.Option("--unit", help="What either carries a code or does not.")]


@command
def agreement(
    asked: Asked,
    project: ProjectFile,
    coder: Compared = [],  # noqa: B006  (Typer copies it)
    unit: Unit = Level.PARAGRAPH,
    code: Codes = [],  # noqa: B006
    source: Sources = [],  # noqa: B006
    as_json: AsJson = False,
) -> None:
    """Compare what two or more coders did: for each code, and for all of them pooled.

    Example: qualcoder-sm agreement study.qsm --coder Ana --coder Ben --unit character --json
    """
    with asked.reading(project) as study:
        options = Options(chosen(study, coder, code, source), level=unit)
        if as_json:
            show.json_object(report.as_json(report.compare(study, options)))
        else:
            show.table(report.table(study, options))
