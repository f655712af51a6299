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
from qualcoder_sm.importers import ImportOptions, ReadAs
from qualcoder_sm.model import Source

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
    typer.Option("--keep-names", help="Leave names of authors in the words of the posts."),
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
    as_json: AsJson = False,
) -> None:
    """Import transcripts, posts, articles or texts.

    Posts get the authors' names replaced by keys such as A0001; whose they are is written to
    a file beside the posts, which you may move to a safe place.

    Example: qualcoder-sm import study.qsm P01.docx posts.csv --column text=Message
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
        )
        with progress(tr("Importing")) as bar:
            bundle = importers.read(files, options, bar.goes_on)
        with importers.keys_kept(_key_files(files, options), bundle.authors):
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


def _key_files(files: Sequence[Path], options: ImportOptions) -> list[Path]:
    if options.key_file:
        return [options.key_file]
    return [
        importers.key_file_for(file)
        for file in files
        if ReadAs.POSTS in importers.reader_for(file, options.kind).kinds
    ]


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
