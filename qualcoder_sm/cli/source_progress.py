"""`progress`: how far each coder is with each source."""

from enum import StrEnum
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Progress
from qualcoder_sm.project.project import Project


class State(StrEnum):
    """How far one is, as it is named in a command."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    DONE = "done"


SourceName = Annotated[
    str | None, typer.Argument(metavar="SOURCE", help="Its name, path or guid; else all are told.")
]
StateName = Annotated[
    State | None, typer.Argument(metavar="not-started|in-progress|done", help="How far you are.")
]

Next = Annotated[
    bool, typer.Option("--next", help="Go on to the next of not-started, in-progress and done.")
]


@command
def progress(
    asked: Asked,
    project: ProjectFile,
    source: SourceName = None,
    state: StateName = None,
    follows: Next = False,
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List how far each coder is, or say how far you are.

    Example: qualcoder-sm progress study.qsm --json

    Example: qualcoder-sm progress study.qsm P01 done --coder Ana
    """
    if (source is None and follows) or (source is not None and (state is None) != follows):
        raise typer.BadParameter(
            tr(
                "Say of which SOURCE, and how far you are: not-started, in-progress, done or --next."
            )
        )
    if source is not None:
        with step(asked, project) as study:
            guid = study.sources.find(source).guid
            if state is None:
                study.progress.turn(guid)
            else:
                study.progress.set(guid, Progress[state.name])
        return
    with asked.reading(project) as study:
        told = _told(study)
    show.entries(told, ("source", "coder", "progress"), as_json=as_json, wide=wide)


def _told(study: Project) -> list[dict[str, object]]:
    names = show.SourceNames.of(study)
    sources = study.sources.all()
    told: list[dict[str, object]] = []
    for coder in study.coders.all():
        states = study.progress.of_coder(coder.guid)
        for source in sources:
            state = states.get(source.guid, Progress.NOT_STARTED)
            told.append(
                {
                    "source": names.path(source),
                    "coder": coder.name,
                    "progress": state.value,
                    "source_guid": source.guid,
                }
            )
    return told
