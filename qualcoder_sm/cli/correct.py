"""`correct`: a corrected text in the place of a source's text."""

from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.cli.sources import SourceName
from qualcoder_sm.cli.step import step
from qualcoder_sm.importers import safety
from qualcoder_sm.importers.text import decode
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.text_edits import MovedSpan

Corrected = Annotated[
    Path,
    typer.Option("--from", metavar="FILE", help="A plain text file with the corrected text."),
]
Drop = Annotated[
    bool, typer.Option("--drop-vanished", help="Delete codings that have no words left.")
]
Preview = Annotated[
    bool, typer.Option("--preview", help="List the codings whose words change; write nothing.")
]


@command
def correct(
    asked: Asked,
    project: ProjectFile,
    source: SourceName,
    corrected: Corrected,
    drop_vanished: Drop = False,
    preview: Preview = False,
    as_json: AsJson = False,
) -> None:
    """Correct the text of a source.

    Every coding stays on its words, and the original is kept. Take the text as text prints it.

    Example: qualcoder-sm correct study.qsm P01 --from P01.txt --reason "names replaced"
    """
    text, _encoding = decode(safety.read_bytes(corrected), corrected.name)
    if preview:
        with asked.reading(project) as study:
            edit = study.sources.preview_correction(study.sources.find(source).guid, text)
            _show(study, edit.ambiguous, as_json)
        return
    with step(asked, project) as study:
        guid = study.sources.find(source).guid
        gone = study.sources.preview_correction(guid, text).vanished if drop_vanished else []
        study.sources.correct(guid, text, {one.guid: None for one in gone})


def _show(study: Project, spans: list[MovedSpan], as_json: bool) -> None:
    paths = study.codebook.paths()
    told = [
        {
            "guid": one.guid,
            "code": paths[one.code],
            "what": one.fate.name.lower(),
            "start": one.before[0],
            "end": one.before[1],
            "text": one.words_before,
            "new_start": one.after[0],
            "new_end": one.after[1],
            "new_text": one.words_after,
        }
        for one in spans
    ]
    show.entries(told, ("code", "what", "text", "new_text"), as_json=as_json)
