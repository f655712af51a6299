"""`sources` and `text`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.project.reading_text import reading_text

SourceName = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="Its name, path (collection > name) or guid."),
]


Lock = Annotated[
    list[str],
    typer.Option("--lock", metavar="SOURCE", help="Lock its text; may be given again."),
]
Speakers = Annotated[
    bool, typer.Option("--speakers", help="Write time and speaker before each turn or post.")
]
Unlock = Annotated[
    list[str],
    typer.Option("--unlock", metavar="SOURCE", help="Unlock its text; may be given again."),
]


@command
def sources(
    asked: Asked,
    project: ProjectFile,
    lock: Lock = [],  # noqa: B006  (Typer copies it)
    unlock: Unlock = [],  # noqa: B006
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List the sources, or lock and unlock their texts against correction.

    Example: qualcoder-sm sources study.qsm --json

    Example: qualcoder-sm sources study.qsm --lock P01 --lock P02
    """
    if lock or unlock:
        _set_locks(asked, project, lock, unlock)
        return
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
        wide=wide,
    )


def _set_locks(asked: Asked, project: Path, lock: list[str], unlock: list[str]) -> None:
    with step(asked, project) as study:
        locking = [study.sources.find(name).guid for name in lock]
        unlocking = [study.sources.find(name).guid for name in unlock]
        for guid in locking:
            study.sources.lock(guid)
        for guid in unlocking:
            study.sources.unlock(guid)


@command
def text(
    asked: Asked, project: ProjectFile, source: SourceName, speakers: Speakers = False
) -> None:
    """Print the text of a source exactly as it is stored, in UTF-8: the words alone.

    With --speakers each turn follows its time and speaker, "[00:14:09] P02: words", and each
    post its date and the author's key, "[2024-03-05 18:30 UTC] A0007: words".

    Example: qualcoder-sm text study.qsm P01 > P01.txt

    Example: qualcoder-sm text study.qsm P01 --speakers
    """
    with asked.reading(project) as study:
        guid = study.sources.find(source).guid
        found = study.sources.text(guid)
        if speakers:
            found = reading_text(found, study.sources.units(guid))
    sys.stdout.flush()
    sys.stdout.buffer.write(found.encode())  # as bytes, so that no newline is translated
