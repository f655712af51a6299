"""`import`: files into the project, all of them or none."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import importers
from qualcoder_sm.bundle import Problem
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, command
from qualcoder_sm.cli.progress import progress
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers import ImportOptions, ReadAs, SpeakerKeys
from qualcoder_sm.model import Source
from qualcoder_sm.project.pending_keys import pending

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="The files to import.", readable=False)
]
Kind = Annotated[ReadAs, typer.Option("--as", help="What the files are.")]
CollectionName = Annotated[
    str | None, typer.Option(metavar="NAME", help="The collection they go to; made if new.")
]
ColumnPlan = Annotated[
    list[str],
    typer.Option(
        metavar="FIELD=HEADER",
        help="Which column holds a field of a post, for example text=Message. Fields: "
        + " ".join(importers.POST_FIELDS),
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Where to write whose key is A0001, and so on."),
]
KeepNames = Annotated[
    bool,
    typer.Option("--keep-names", help="Leave names that became keys inside the words."),
]
WithKeys = Annotated[
    bool,
    typer.Option(
        "--speaker-keys", help="Speakers of transcripts get keys too, but for interviewers."
    ),
]
InterviewersToo = Annotated[
    bool, typer.Option("--interviewer-keys", help="All speakers of transcripts get keys.")
]


@command
def import_files(
    asked: Asked,
    project: ProjectFile,
    files: Files,
    kind: Kind = ReadAs.AUTO,
    collection: CollectionName = None,
    column: ColumnPlan = [],  # noqa: B006  (Typer copies it)
    key_file: KeyFile = None,
    keep_names: KeepNames = False,
    speaker_keys: WithKeys = False,
    interviewer_keys: InterviewersToo = False,
    as_json: AsJson = False,
) -> None:
    """Import transcripts, posts, articles or texts.

    Posts get the authors' names replaced by keys such as A0001; whose they are is written to
    a file beside the posts, which you may move to a safe place. Transcripts get the same with
    --speaker-keys; then names of speakers also leave the names of sources.

    Example: qualcoder-sm import study.qsm P01.docx posts.csv --column text=Message

    Example: qualcoder-sm import study.qsm "Jane Smith.docx" --speaker-keys --key keys.csv
    """
    columns = dict(map(_planned, column))
    with asked.writing(project) as study:
        options = ImportOptions(
            kind=kind,
            collection=collection,
            columns=columns,
            key_file=key_file,
            first_author=study.sources.next_author_number(),
            mask_names=not keep_names,
            speaker_keys=_whose(speaker_keys, interviewer_keys),
        )
        with progress(tr("Importing")) as bar:
            bundle = importers.read(files, options, bar.goes_on)
        with pending(study, importers.key_contents(bundle, options)):
            sources = study.sources.add(bundle)
        names = show.SourceNames.of(study)
    _show(sources, bundle.problems, names, as_json)


def _planned(given: str) -> tuple[str, str]:
    field, equals, header = given.partition("=")
    if not equals or field not in importers.POST_FIELDS:
        fields = ", ".join(importers.POST_FIELDS)
        raise typer.BadParameter(
            tr("“{given}” is not FIELD=HEADER. Fields: {fields}.", given=given, fields=fields)
        )
    return field, header


def _whose(speakers: bool, interviewers: bool) -> SpeakerKeys:
    if interviewers:
        return SpeakerKeys.EVERYBODY
    return SpeakerKeys.PARTICIPANTS if speakers else SpeakerKeys.NOBODY


def _show(
    sources: Sequence[Source],
    problems: Sequence[Problem],
    names: show.SourceNames,
    as_json: bool,
) -> None:
    if as_json:
        imported = [names.as_json(source) for source in sources]
        show.json_object({"imported": imported, "problems": [asdict(one) for one in problems]})
        return
    show.line(ntr("Imported {n} source:", "Imported {n} sources:", len(sources)))
    show.columns(
        ("source", "kind", "characters", "units"),
        [(names.path(one), one.kind.value, one.characters, one.units) for one in sources],
    )
    for problem in problems:
        place = ", ".join(filter(None, (problem.file, problem.where)))
        show.line(f"{place}: {problem.what}")
