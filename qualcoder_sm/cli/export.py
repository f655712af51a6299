"""`export`: results to files of other programs."""

from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import exporters
from qualcoder_sm.analysis.units import Level
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.chosen import Coders, Codes, Sources, chosen
from qualcoder_sm.cli.progress import progress
from qualcoder_sm.exporters.documents import WHOLE, document
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.options import Options

Target = Annotated[
    Path,
    typer.Option(
        "--to", metavar="FILE", readable=False, help="The file; .xlsx, .docx, .csv or .json."
    ),
]
What = Annotated[
    list[str],
    typer.Option(
        metavar="segments|quotations|codebook|audit|project|...",
        help="Which report (see report --list), or project for the whole workbook; "
        "may be given again. By default what the ending can hold.",
    ),
]
Unit = Annotated[Level, typer.Option("--unit", help="The unit of agreement.")]


@command
def export(
    asked: Asked,
    project: ProjectFile,
    to: Target,
    what: What = [],  # noqa: B006  (Typer copies it)
    coder: Coders = [],  # noqa: B006
    code: Codes = [],  # noqa: B006
    source: Sources = [],  # noqa: B006
    unit: Unit = Level.PARAGRAPH,
) -> None:
    """Export to Excel, Word, CSV or JSON; the ending of the file decides.

    Without --what an .xlsx holds segments, matrix, codebook, agreement and audit trail, a
    .docx quotations, codebook and audit trail, a .csv the segments. Beside an audit trail goes
    verify_trail.py, which verifies the trail of the project file with nothing but Python.

    Example: qualcoder-sm export study.qsm --to results.xlsx
    """
    with asked.reading(project) as study:
        options = Options(chosen(study, coder, code, source), level=unit)
        wanted = tuple(what) or WHOLE.get(to.suffix.lower(), ("project",))
        made = document(study, wanted, options, to.suffix)
    with progress(tr("Writing")) as bar:
        beside = exporters.write(made, to, bar.at)
    show.line(tr("Written: {path}", path=to))
    for sentence in exporters.told(beside):
        show.line(sentence)
