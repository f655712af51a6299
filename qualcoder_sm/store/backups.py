"""Automatic backups: checked copies in the user's data folder, away from the projects.

Of each project the ten newest are kept, and one for each of the last seven days and four weeks
that had any. A backup is named after its time and the last step in it:
`20240312T140211Z_000123_9f3ca71e.qsm`.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qualcoder_sm import files, paths, temporary
from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr

HOURLY = timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%SZ"
_NEWEST, _DAYS, _WEEKS = 10, 7, 4


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One copy: when it was made, the number and first digits of the hash of its last step."""

    made: datetime
    steps: int
    head: str
    path: Path


def folder(project: str) -> Path:
    """Where the backups of the project with this guid lie."""
    return paths.backups_folder() / project


def backups(project: str) -> list[Backup]:
    """The copies of a project, oldest first. Raises DiskError when they cannot be looked at."""
    try:
        found = [_parsed(path) for path in folder(project).glob("*.qsm")]
    except OSError as error:
        raise _not_looked_at(project, error) from error
    return sorted(backup for backup in found if backup is not None)


def make(source: Path, project: str, steps: int, head: str, now: datetime | None = None) -> Backup:
    """Copy the project file, check the copy, and put it in its place; old ones are thinned out.

    Nothing is copied when the newest backup already ends with the same step and is whole; one that
    was damaged since gives way to the new one. Raises DiskError when there is no room or the copy does not pass its check.
    """
    same = [
        known for known in backups(project)[-1:] if (known.steps, known.head) == (steps, head[:8])
    ]
    damaged = [known.path for known in same if not _whole(known.path)]
    if same and not damaged:
        return same[0]
    made = (now or datetime.now(UTC)).replace(microsecond=0)
    name = f"{made.strftime(_STAMP)}_{steps:06}_{head[:8]}.qsm"
    target = folder(project) / name
    try:
        files.make_private(paths.backups_folder())
        files.make_private(target.parent)
        copy(source, target, files.PRIVATE)
        for path in damaged:
            if path != target:  # within the same second it was replaced
                path.unlink()
        _thin_out(project)
    except (OSError, DiskError) as error:
        raise DiskError(
            tr("No backup could be made in {folder}. {why}", folder=folder(project), why=error)
        ) from error
    return Backup(made, steps, head[:8], target)


def copy(source: Path, target: Path, mode: int | None = None) -> None:
    """An exact, checked copy of a project file, also of one that is open; whole or not at all.

    Without a `mode` it has that of the source, and gives nothing to others. Raises DiskError.
    """
    try:
        mode = files.without_others(source) if mode is None else mode
        with files.atomic_path(target, mode) as part:
            _copy_pages(source, part)
    except (OSError, sqlite3.Error) as error:
        raise DiskError(
            tr("{name} could not be copied to {folder}: {why}.",
               name=source.name, folder=target.parent, why=error)
        ) from error  # fmt: skip


def due(project: str, now: datetime | None = None) -> bool:
    """Whether the newest backup is more than an hour old, or there is none."""
    known = backups(project)
    return not known or (now or datetime.now(UTC)) - known[-1].made >= HOURLY


def expect_sweep(project: str, path: Path) -> None:
    """Note that a redaction of the project at `path` begins, whose sweep must not be forgotten."""
    try:
        files.write_own(_note(project), os.fsencode(path.resolve()))
    except DiskError:
        if folder(project).exists():  # else there is nothing to be swept
            raise


def sweep_expected(project: str) -> bool:
    """Whether a redaction began that did not come to its end; raises DiskError."""
    try:
        return _note(project).exists()
    except OSError as error:
        raise _not_looked_at(project, error) from error


def sweep(project: str, steps: int, head: str, until: datetime | None = None) -> int:
    """Delete the copies made until a redaction, or all; not the one that ends with this step.

    Returns how many there were. Raises DiskError with the first that cannot be deleted.
    """
    old = [
        backup
        for backup in backups(project)
        if (until is None or backup.made <= until) and (backup.steps, backup.head) != (steps, head)
    ]
    try:
        for path in (*(backup.path for backup in old), *temporary.found(folder(project))):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(
            tr(
                "The backup {file} still holds what was removed, and cannot be deleted: {why}. "
                "Delete it yourself.",
                file=error.filename,
                why=error.strerror,
            )
        ) from error
    return len(old)


def sweep_done(project: str, path: Path) -> None:
    """The sweep that a redaction of the project at `path` called for is done, or not needed."""
    note = _note(project)
    try:
        if note.exists() and note.read_bytes() == os.fsencode(path.resolve()):
            note.unlink()
    except OSError as error:
        raise _not_looked_at(project, error) from error


def _note(project: str) -> Path:
    return folder(project) / "redaction"


def _not_looked_at(project: str, error: OSError) -> DiskError:
    return DiskError(
        tr("The backups in {folder} cannot be looked at or changed: {why}.",
           folder=folder(project), why=error.strerror)
    )  # fmt: skip


def _copy_pages(source: Path, part: Path) -> None:
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
        if (verdict := _verdict(new)) != "ok":
            raise sqlite3.DatabaseError(verdict)


def _whole(backup: Path) -> bool:
    """Whether a copy made before is still what it was."""
    try:
        with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            return _verdict(copy) == "ok"
    except sqlite3.Error:
        return False


def _verdict(file: sqlite3.Connection) -> str:
    [verdict] = file.execute("PRAGMA integrity_check").fetchone()
    return verdict


def _thin_out(project: str) -> None:
    known = backups(project)
    kept = set(known[-_NEWEST:])
    kept |= _newest_of_each(known, "%Y-%m-%d", _DAYS) | _newest_of_each(known, "%G-%V", _WEEKS)
    for backup in set(known) - kept:
        backup.path.unlink(missing_ok=True)


def _newest_of_each(known: list[Backup], period: str, many: int) -> set[Backup]:
    newest = {backup.made.strftime(period): backup for backup in known}
    return set(sorted(newest.values())[-many:])


def _parsed(path: Path) -> Backup | None:
    try:
        stamp, steps, head = path.stem.split("_")
        made = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        return Backup(made, int(steps), head, path)
    except ValueError:
        return None
