"""`sources` and `text`."""

import sys
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command

SourceName = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="Its name, path (collection > name) or guid."),
]


@command
def sources(asked: Asked, project: ProjectFile, as_json: AsJson = False) -> None:
    """List the sources.

    Example: qualcoder-sm sources study.qsm --json
    """
    with asked.reading(project) as study:
        found, names = study.sources.all(), show.SourceNames.of(study)
    if as_json:
        show.json_list(map(names.as_json, found))
        return
    show.columns(
        ("source", "kind", "characters", "units", "cases"),
        [
            (
                names.path(one),
                one.kind.value,
                one.characters,
                one.units,
                ", ".join(names.cases.get(one.guid, ())),
            )
            for one in found
        ],
    )


@command
def text(asked: Asked, project: ProjectFile, source: SourceName) -> None:
    """Print the text of a source exactly as it is stored, in UTF-8.

    Example: qualcoder-sm text study.qsm P01 > P01.txt
    """
    with asked.reading(project) as study:
        found = study.sources.text(study.sources.find(source).guid)
    sys.stdout.flush()
    sys.stdout.buffer.write(found.encode())  # as bytes, so that no newline is translated
