"""Opening and making projects, in the worker. What is heavy is loaded here, after the window shows."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm import files
from qualcoder_sm.errors import (
    AlteredShape,
    NotFound,
    ProjectLocked,
    QualCoderError,
    ReadOnlyProject,
)
from qualcoder_sm.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.store.backups import Backup
    from qualcoder_sm.ui.dialogs.new_project import NewProject


@dataclass(frozen=True, slots=True)
class Opened:
    """A project that was opened; `locked` says why it opened for reading only, if it did."""

    project: Project
    locked: str = ""


def load() -> None:
    """Load what an open project needs, before anybody waits for it."""
    from qualcoder_sm.ui import workspace

    workspace.__name__  # noqa: B018  loading it is the point


def opened(path: Path, coder: str) -> Opened:
    """Open a project; one that somebody else has open, that no lock can be put beside, or that
    something else than this program changed, is opened for reading only where that is safe.
    """
    from qualcoder_sm.project.project import Project

    load()
    try:
        return Opened(_looked_through(_open(Project, path, coder)))
    except (AlteredShape, ProjectLocked, ReadOnlyProject) as error:
        return Opened(_looked_through(Project.open(path, read_only=True)), str(error))


def made(wanted: NewProject) -> Opened:
    """Make a project, with a codebook if one is wanted."""
    from qualcoder_sm.importers import read_codebook
    from qualcoder_sm.project.project import Project

    load()
    drafts = read_codebook(wanted.codebook) if wanted.codebook else []
    files.make_folder_for(wanted.path)
    project = Project.create(wanted.path, wanted.name, wanted.coder, in_place=False)
    try:
        if wanted.codebook:
            project.codebook.take(drafts, wanted.codebook.stem)
        project.put_in_place()
    except BaseException:
        project.close()
        raise
    return Opened(project)


def demonstration(path: Path, progress: Callable[[int, int, str], bool]) -> Opened:
    """The demonstration study: opened when it is there, else built."""
    from qualcoder_sm.demo import build

    load()
    if path.exists():
        return opened(path, "")
    files.make_folder_for(path)
    return Opened(build(path, progress))


def copied(source: Path, coder: str) -> Opened:
    """A copy of a project beside it, opened; what is copied may be open elsewhere."""
    from qualcoder_sm.store import backups

    target = free_name(source, tr("copy"))
    backups.copy(source, target)
    return opened(target, coder)


def restored(backup: Backup, project: Path, coder: str) -> Opened:
    """A backup, opened as a copy beside its project."""
    from qualcoder_sm.store import backups

    target = free_name(project, f"{backup.made.astimezone():%Y-%m-%d %H.%M}")
    backups.copy(backup.path, target)
    return opened(target, coder)


def free_name(path: Path, mark: str) -> Path:
    """A name beside `path` that no file has: "Study (copy).qsm", "Study (copy 2).qsm"."""
    names = [f"{path.stem} ({mark})", *(f"{path.stem} ({mark} {n})" for n in range(2, 1000))]
    return next(free for name in names if not (free := path.with_name(name + path.suffix)).exists())


def account_name() -> str:
    """The name of the person this account belongs to."""
    try:
        import pwd

        full = pwd.getpwnam(getpass.getuser()).pw_gecos.split(",")[0]
    except (ImportError, KeyError, OSError):
        full = ""
    try:
        return full or getpass.getuser()
    except (KeyError, OSError, ImportError):
        return tr("Coder")


def _looked_through(project: Project) -> Project:
    """The project, in which the window will meet nothing that no step has written.

    What every pane asks first is remembered then, so that the window need not read it.
    """
    try:
        project.look_through()
        project.recall()
    except QualCoderError:
        project.close()
        raise
    return project


def _open(project: type[Project], path: Path, coder: str) -> Project:
    """Open it as this coder where she is known, else as whoever took the last step."""
    try:
        return project.open(path, coder or None)
    except NotFound:
        return project.open(path)
