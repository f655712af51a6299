"""`export`: results to files of other programs."""

from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import exporters
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import Asked, ProjectFile, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.cli.progress import progress
from qualcoder_sm.exporters.documents import WHOLE, document
from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.options import Choice

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


@command
@choosing(Choice)
def export(
    asked: Asked,
    project: ProjectFile,
    to: Target,
    chosen: Chosen,
    what: What = [],  # noqa: B006  (Typer copies it)
) -> None:
    """Export to Excel, Word, CSV or JSON; the ending of the file decides.

    Without --what an .xlsx holds segments, matrix, codebook, agreement and audit trail, a
    .docx quotations, codebook and audit trail, a .csv the segments. A choice narrows every part
    that knows it; the others say that they are whole. Beside an audit trail goes verify_trail.py,
    which verifies the trail of the project file with nothing but Python.

    Example: qualcoder-sm export study.qsm --to results.xlsx
    """
    with asked.reading(project) as study:
        options = chosen.options(study)
        wanted = tuple(what) or WHOLE.get(to.suffix.lower(), ("project",))
        made = document(study, wanted, options, to.suffix, chosen.given)
    with progress(tr("Writing")) as bar:
        beside = exporters.write(made, to, bar.at)
    show.line(tr("Written: {path}", path=to))
    show.lines(exporters.told(beside))
