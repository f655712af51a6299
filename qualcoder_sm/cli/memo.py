"""`memo add`, `list`, `show`, `edit` and `remove`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Note
from qualcoder_sm.project.project import Project
from qualcoder_sm.store.trail import written_time

memo = typer.Typer(help="Write, list or show memos.", no_args_is_help=True, rich_markup_mode="rich")


class Kind(StrEnum):
    """The kinds of memo."""

    ANALYTIC = "analytic"
    METHOD = "method"
    REFLEXIVE = "reflexive"
    FIELD_NOTE = "field note"
    DECISION = "decision"


Title = Annotated[str, typer.Argument(metavar="TITLE", help="The memo's title.")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="Its text, in Markdown.")]
KindOption = Annotated[Kind, typer.Option("--kind", help="What kind of memo it is.")]
About = Annotated[
    str,
    typer.Option(
        "--about",
        metavar="KIND:NAME",
        help="What it is about: source:P01, code:Equality, case:Mary, coding:GUID or project.",
    ),
]
MemoName = Annotated[str, typer.Argument(metavar="MEMO", help="Its title or guid.")]
NewTitle = Annotated[str | None, typer.Option("--title", metavar="TITLE")]
NewText = Annotated[str | None, typer.Option("--text", metavar="TEXT")]
NewKind = Annotated[Kind | None, typer.Option("--kind")]
Kinds = Annotated[list[Kind], typer.Option("--kind", help="Only this kind; again for more.")]
Words = Annotated[
    str, typer.Option("--search", metavar="WORDS", help="Only memos that hold these words.")
]


@memo.command("add")
@command
def add(
    asked: Asked,
    project: ProjectFile,
    title: Title,
    text: Text,
    kind: KindOption = Kind.ANALYTIC,
    about: About = "",
) -> None:
    """Write a memo, free or about something.

    [[P01@120-164]] in the text is a link to a passage.

    Example: qualcoder-sm memo add study.qsm "Giving first" "See [[P01@120-164]]." --about code:Equality
    """
    with step(asked, project) as study:
        table, target = _target(study, about)
        study.notes.add(title, text, kind.value, table, target)


@memo.command("list")
@command
def list_memos(
    asked: Asked,
    project: ProjectFile,
    kind: Kinds = [],  # noqa: B006  (Typer copies it)
    words: Words = "",
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List the memos, newest first.

    Example: qualcoder-sm memo list study.qsm --kind reflexive --search midnight
    """
    with asked.reading(project) as study:
        found = study.notes.search(words, [one.value for one in kind])
        told = [_as_json(study, note) for note in found]
    headers = ("title", "kind", "coder", "modified", "guid")
    show.entries(told, headers, as_json=as_json, wide=wide)


@memo.command("show")
@command
def show_memo(asked: Asked, project: ProjectFile, name: MemoName, as_json: AsJson = False) -> None:
    """Print a memo's text.

    Example: qualcoder-sm memo show study.qsm "Giving first"
    """
    with asked.reading(project) as study:
        note = study.notes.find(name)
        if as_json:
            show.json_object(_as_json(study, note))
        else:
            show.line(note.text)


@memo.command("edit")
@command
def edit(
    asked: Asked,
    project: ProjectFile,
    name: MemoName,
    title: NewTitle = None,
    text: NewText = None,
    kind: NewKind = None,
) -> None:
    """Change a memo.

    Example: qualcoder-sm memo edit study.qsm "Giving first" --kind decision
    """
    fields = {"title": title, "text": text, "kind": kind.value if kind else None}
    with step(asked, project) as study:
        changed = {name: value for name, value in fields.items() if value is not None}
        study.notes.edit(study.notes.find(name).guid, **changed)


@memo.command("remove")
@command
def remove(asked: Asked, project: ProjectFile, name: MemoName) -> None:
    """Delete a memo.

    Example: qualcoder-sm memo remove study.qsm "Giving first"
    """
    with step(asked, project) as study:
        study.notes.remove(study.notes.find(name).guid)


@memo.command("settle")
@command
def settle(asked: Asked, project: ProjectFile) -> None:
    """Keep what you were typing in the window when it ended, each memo as a step.

    Example: qualcoder-sm memo settle study.qsm
    """
    with step(asked, project) as study:
        study.notes.settle_all()


def _target(study: Project, about: str) -> tuple[str, str]:
    kind, _, name = about.partition(":")
    match kind:
        case "":
            return "", ""
        case "project":
            return "project", study.guid
        case "source":
            return "sources", study.sources.find(name).guid
        case "code":
            return "codes", study.codebook.find(name).guid
        case "case":
            return "cases", study.cases.find(name).guid
        case "coding":
            return "codings", study.codings.get(name).guid
        case _:
            raise typer.BadParameter(
                tr("Say source:NAME, code:NAME, case:NAME, coding:GUID or project.")
            )


def _as_json(study: Project, note: Note) -> Mapping[str, object]:
    return {
        "guid": note.guid,
        "title": note.title,
        "kind": note.kind,
        "text": note.text,
        "coder": study.coders.find(note.coder).name,
        "created": written_time(note.created),
        "modified": written_time(note.modified),
        "about": note.target_table or None,
        "about_guid": note.target or None,
        "passages": [
            {"source_guid": one.source, "start": one.start, "end": one.end}
            for one in study.notes.passages(note)
        ],
    }
