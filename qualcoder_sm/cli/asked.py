"""What every command shares: the options after it, and the project opened for it."""

import inspect
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer

from qualcoder_sm import notices, settings
from qualcoder_sm.errors import ReadOnlyProject
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import audit, surroundings
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups

ProjectFile = Annotated[
    Path,
    typer.Argument(metavar="PROJECT", help="The project file.", show_default=False, readable=False),
]
"""What may not be read is refused by whoever reads it, in one sentence: hence `readable`."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]
Wide = Annotated[
    bool, typer.Option("--wide", help="Print each row in one line, however long, with all in it.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who acts (None: who did last) and why. `password_file` waits for encrypted projects."""

    coder: str | None = None
    reason: str = ""
    password_file: Path | None = None

    @contextmanager
    def reading(self, path: Path) -> Generator[Project]:
        """The project for reading; nobody is kept from writing."""
        with closing(Project.open(path, self.coder, read_only=True)) as project:
            _tell_of_place(project)
            yield project

    @contextmanager
    def checking(self, path: Path) -> Generator[Project]:
        """The project to say what is wrong with it, also where it cannot be read."""
        with closing(Project.open(path, self.coder, checking=True)) as project:
            yield project

    @contextmanager
    def writing(self, path: Path) -> Generator[Project]:
        """The project for writing, locked meanwhile and backed up before when that is due."""
        with closing(Project.open(path, self.coder)) as project:
            if project.read_only:
                raise ReadOnlyProject(
                    tr(
                        "{path}, or its folder, may not be written here. Nothing was changed; "
                        "copy it to a place that may be written.",
                        path=path,
                    )
                )
            _tell_of_place(project)
            _tell_what_changed(project)
            project.reason = self.reason
            project.back_up_if_possible(due=True)
            yield project


def command(function: Callable[..., None]) -> Callable[..., None]:
    """The function as a command: its first parameter, `asked`, becomes the common options.

    `--coder` is left to a function that has a parameter for it.
    """
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = [one for one in _COMMON if one.name not in {mine.name for mine in own}]

    @wraps(function)
    def run(**given: object) -> None:
        asked = Asked(**{one.name: given.pop(one.name) for one in common})  # type: ignore[arg-type]
        with suppress(BrokenPipeError):  # whoever reads has had enough; `main` sees it too
            function(asked, **given)

    run.__signature__ = inspect.Signature([*own, *common])  # type: ignore[attr-defined]
    run.__annotations__ = {}
    return run


def _tell_what_changed(project: Project) -> None:
    if project.brought_up:
        told = audit.sentence(project.audit.record(project.brought_up.seq))
        kept = tr("A copy of it as it was is in {folder}.", folder=backups.folder(project.guid))
        notices.tell(f"{told} {kept}")


def _tell_of_place(project: Project) -> None:
    known = settings.load()
    told = surroundings.place(project).told(known.warned)
    for sentence in told.values():
        notices.tell(sentence)
    if told:
        settings.save(known.having_warned(*told))


def _option(name: str, kind: object, default: object) -> inspect.Parameter:
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword_only, annotation=kind, default=default)


_COMMON = [
    _option(
        "coder",
        Annotated[
            str | None,
            typer.Option(metavar="NAME", help="Who acts; by default the last who did."),
        ],
        None,
    ),
    _option(
        "reason",
        Annotated[str, typer.Option(metavar="TEXT", help="Why; kept in the audit trail.")],
        "",
    ),
    _option(
        "password_file",
        Annotated[
            Path | None,
            typer.Option(
                metavar="FILE",
                exists=True,
                dir_okay=False,
                help="Where the password of an encrypted project stands.",
            ),
        ],
        None,
    ),
]
