"""`speakers`: who speaks in transcripts and writes posts, by key."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from qualcoder_sm import notices
from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.progress import progress
from qualcoder_sm.cli.step import step
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Role
from qualcoder_sm.project.people import Said
from qualcoder_sm.project.project import Project

Renames = Annotated[
    list[str], typer.Option("--rename", metavar="A=B", help="Call A B; may be given again.")
]
Redact = Annotated[
    bool,
    typer.Option(
        "--redact",
        help="With --rename: take A out of the audit trail and the backups as well, for good. "
        "Needs --reason, and cannot be undone.",
    ),
]
Merges = Annotated[
    list[str],
    typer.Option("--merge", metavar="A=B", help="A and B are one person, B; may be given again."),
]
Interviewers = Annotated[
    list[str],
    typer.Option("--interviewer", metavar="A", help="A is an interviewer; may be given again."),
]
Participants = Annotated[
    list[str],
    typer.Option("--participant", metavar="A", help="A is a participant; may be given again."),
]
Others = Annotated[
    list[str], typer.Option("--other", metavar="A", help="A is neither; may be given again.")
]
Roles = Annotated[
    list[str],
    typer.Option(
        "--role", metavar="A=WORD", help="A is what their group calls WORD; may be given again."
    ),
]
Cases = Annotated[
    list[str],
    typer.Option("--case", metavar="A=CASE", help="A is this case, A= none; may be given again."),
]


class Wish(NamedTuple):
    """Something to change: what (as the option is called), of whom, and to what."""

    what: str
    whom: str
    to: str


@command
def speakers(
    asked: Asked,
    project: ProjectFile,
    rename: Renames = [],  # noqa: B006  (Typer copies it)
    redact: Redact = False,
    merge: Merges = [],  # noqa: B006
    interviewer: Interviewers = [],  # noqa: B006
    participant: Participants = [],  # noqa: B006
    other: Others = [],  # noqa: B006
    role: Roles = [],  # noqa: B006
    case: Cases = [],  # noqa: B006
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List speakers and authors, or say what they are called and are.

    All that is asked for is one step, or nothing is done. People are named as they are called before the call, or by guid. A later import that finds a
    label or key of old makes another person of it.

    Example: qualcoder-sm speakers study.qsm --interviewer Anna --merge "P 01=P01"

    Example: qualcoder-sm speakers study.qsm --rename "Jane Smith=P01" --redact --reason "her wish"
    """
    said = ((interviewer, Role.INTERVIEWER), (participant, Role.PARTICIPANT), (other, Role.OTHER))
    roles = [Wish("role", name, word.value) for names, word in said for name in names]
    renames = _wishes("rename", rename)
    rest = [*_wishes("merge", merge), *roles, *_wishes("role", role), *_wishes("case", case)]
    if redact and (rest or not renames):
        raise typer.BadParameter(tr("--redact goes with --rename, and with nothing else."))
    if redact:
        _redact(asked, project, renames, as_json)
    elif renames or rest:
        with _opened(asked, project, as_json) as study:
            _change(study, [*renames, *rest])
    if as_json or not (renames or rest):
        with asked.reading(project) as study:
            _show(study, as_json, wide)


def _wishes(what: str, given: Sequence[str]) -> list[Wish]:
    wishes = [Wish(what, *_parted(what, one)) for one in given]
    if len({wish.whom for wish in wishes}) < len(wishes):
        raise typer.BadParameter(tr("--{what} names somebody twice.", what=what))
    return wishes


def _parted(what: str, given: str) -> tuple[str, str]:
    whom, equals, to = map(str.strip, given.partition("="))
    if not (whom and equals and (to or what == "case")):
        raise typer.BadParameter(tr("--{what} “{given}” is not A=B.", what=what, given=given))
    return whom, to


def _opened(asked: Asked, project: Path, as_json: bool) -> AbstractContextManager[Project]:
    """The project for writing; what was done is told, unless JSON is wanted."""
    return asked.writing(project) if as_json else step(asked, project)


def _change(study: Project, wishes: Sequence[Wish]) -> None:
    people, find = study.people, study.people.find
    acts = {"rename": people.rename, "merge": people.merge, "role": people.set_role}
    known = {"merge": find, "case": study.cases.find}
    plan = [
        (what, find(whom).guid, known[what](to).guid if to and what in known else to)
        for what, whom, to in wishes
    ]
    with people.together() if len(plan) > 1 else nullcontext():
        for what, guid, to in plan:
            if what == "case":
                people.set_case(guid, to or None)
            else:
                acts[what](guid, to)


def _redact(asked: Asked, project: Path, wishes: Sequence[Wish], as_json: bool) -> None:
    with _opened(asked, project, as_json) as study:
        keys = {person.guid: person.key for person in study.people.all()}
        names = {keys.get(wish.whom, wish.whom): wish.to for wish in wishes}
        with progress(tr("Taking names out")) as bar:
            done = study.people.redact(names, asked.reason, bar.goes_on)
    for sentence in done.told():
        (notices.tell if as_json else show.line)(sentence)


def _show(study: Project, as_json: bool, wide: bool) -> None:
    cases = {case.guid: case.name for case in study.cases.all()}
    said = study.people.said()
    found = [(one, said.get(one.guid, Said())) for one in study.people.all()]
    if as_json:
        show.json_list(
            {
                "guid": person.guid,
                "key": person.key,
                "role": person.role,
                "case": cases.get(person.case or ""),
                **of._asdict(),
            }
            for person, of in found
        )
        return
    show.columns(
        ("speaker", "role", "case", "turns and posts", "sources"),
        [
            (person.key, person.role, cases.get(person.case or "", ""), of.units, of.sources)
            for person, of in found
        ],
        wide=wide,
    )
