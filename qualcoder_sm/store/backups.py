"""Automatic backups: checked copies in the user's data folder, away from the projects.

They are kept for each copy of a project (see `copies`): the ten newest, and one for each of the last
seven days and four weeks that had any; those of one copy never give way to another's. Which is newer
is told by the number of steps, then by the time of the file: the clock may have been wrong. A backup
is named after the time, the last step in it and the copy it is of:
`20240312T140211Z_000123_9f3ca71e_5d0c33aa.qsm`. One without a copy was made by an earlier version of
the program; it counts for every copy that has its last step.
"""

import os
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qualcoder_sm import files, paths, temporary
from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr
from qualcoder_sm.store import copies
from qualcoder_sm.store.connecting import connected

HOUR = 60 * 60
MANY_STEPS = 500
_STAMP = "%Y%m%dT%H%M%SZ"
_NEWEST, _DAYS, _WEEKS = 10, 7, 4
_made_here: dict[Path, float] = {}
"""When this process made a backup, by a clock that nobody sets."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when it was made as the clock stood, number and first digits of the hash of its last step.

    `of` is the mark of the copy of the project it was made of, "" where that is not known;
    `modified` the time of the file, in seconds.
    """

    made: datetime
    steps: int
    head: str
    path: Path
    of: str = ""
    modified: float = 0

    @property
    def age(self) -> float:
        """Seconds since it was made; below zero when the clock was set back since."""
        if self.path in _made_here:
            return time.monotonic() - _made_here[self.path]
        return time.time() - self.modified

    @property
    def place(self) -> Path | None:
        """Where the copy of the project stood that it was made of; None where that is not known."""
        return copies.place(self.path.parent, self.of)


def folder(project: str) -> Path:
    """Where the backups of the project with this guid lie, those of all its copies."""
    return paths.backups_folder() / project


def backups(project: str) -> list[Backup]:
    """The copies of a project, in the order of their steps. Raises DiskError when they cannot be looked at."""
    try:
        found = [_parsed(path) for path in folder(project).glob("*.qsm")]
    except OSError as error:
        raise _not_looked_at(project, error) from error
    return sorted((backup for backup in found if backup is not None), key=_order)


def make(
    source: Path,
    project: str,
    steps: int,
    head: str,
    now: datetime | None = None,
    *,
    as_it_is: bool = False,
) -> Backup:
    """Copy the project file, check the copy, and put it in its place; old ones are thinned out.

    Nothing is copied when a backup of this copy already ends with the same step and is whole; one
    that was damaged since gives way to the new one. A file that is damaged is copied `as_it_is`,
    whatever there is. Raises DiskError when there is no room or the copy does not pass its check.
    """
    mark, own = _own(source, project)
    same = [known for known in own if (known.steps, known.head) == (steps, head[:8])]
    whole = [known for known in same if _whole(known.path)]
    try:
        files.make_private(paths.backups_folder())
        copies.note(folder(project), mark, source)  # before: a backup must not be nobody's
        made = (
            whole[-1]
            if whole and not as_it_is
            else _copied(source, project, mark, (steps, head), now, checked=not as_it_is)
        )
        for known in same:
            if known not in whole and known.path != made.path:  # within a second it was replaced
                known.path.unlink()
        _thin_out([*(known for known in own if known not in same), made])
    except (OSError, DiskError) as error:
        raise DiskError(
            tr("No backup could be made in {folder}. {why}", folder=folder(project), why=error)
        ) from error
    return made


def _copied(
    source: Path,
    project: str,
    mark: str,
    last: tuple[int, str],
    now: datetime | None,
    *,
    checked: bool,
) -> Backup:
    stamp = (now or datetime.now(UTC)).strftime(_STAMP)
    steps, head = last
    target = folder(project) / f"{stamp}_{steps:06}_{head[:8]}_{mark}.qsm"
    copy(source, target, files.PRIVATE, checked=checked)
    _made_here[target] = time.monotonic()
    return Backup(_read_stamp(stamp), steps, head[:8], target, mark, target.stat().st_mtime)


def copy(source: Path, target: Path, mode: int | None = None, *, checked: bool = True) -> None:
    """An exact, checked copy of a project file, also of one that is open; whole or not at all.

    Without a `mode` it has that of the source, and gives nothing to others. Raises DiskError.
    """
    try:
        mode = files.without_others(source) if mode is None else mode
        with files.atomic_path(target, mode) as part:
            _copy_pages(source, part, checked=checked)
    except (OSError, sqlite3.Error) as error:
        raise DiskError(
            tr("{name} could not be copied to {folder}: {why}.",
               name=source.name, folder=target.parent, why=error)
        ) from error  # fmt: skip


def due(source: Path, project: str, steps: int, head: str) -> bool:
    """Whether steps were taken since the last backup of this copy, many or more than an hour ago."""
    _mark, own = _own(source, project)
    if not own:
        return True
    if any((known.steps, known.head) == (steps, head[:8]) for known in own):
        return False
    ages = [known.age for known in own if known.age >= 0]
    return steps - own[-1].steps >= MANY_STEPS or min(ages, default=HOUR) >= HOUR


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


def sweep(
    project: str, steps: int, head: str, *, of: Path | None = None, until: datetime | None = None
) -> int:
    """Delete the copies made until a redaction, or all; not the one that ends with this step.

    Those of the project at `of` from before that step go whatever their time says. Returns how
    many there were. Raises DiskError with the first that cannot be deleted.
    """
    before = [known.path for known in _own(of, project)[1] if known.steps < steps] if of else []
    old = [
        backup
        for backup in backups(project)
        if (until is None or backup.made <= until or backup.path in before)
        and (backup.steps, backup.head) != (steps, head)
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


def _copy_pages(source: Path, part: Path, *, checked: bool) -> None:
    with closing(connected(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
        if checked and (verdict := _verdict(new)) != "ok":
            raise sqlite3.DatabaseError(verdict)


def _whole(backup: Path) -> bool:
    """Whether a copy made before is still what it was."""
    try:
        with closing(connected(backup)) as copy:
            return _verdict(copy) == "ok"
    except sqlite3.Error:
        return False


def _verdict(file: sqlite3.Connection) -> str:
    [verdict] = file.execute("PRAGMA integrity_check").fetchone()
    return verdict


def _own(source: Path, project: str) -> tuple[str, list[Backup]]:
    """The mark of this copy of the project, and its backups in order.

    A file that does not go on from the newest backup of a copy is not that copy any more: an older
    file that was put in its place must not push out what it had.
    """
    known = backups(project)
    line = _in_trail(source, known)
    try:
        marks = copies.marks(folder(project), source)
    except OSError as error:
        raise _not_looked_at(project, error) from error
    last = {mark: [backup for backup in known if backup.of == mark][-1:] for mark in marks}
    going_on = [mark for mark, newest in last.items() if all(one in line for one in newest)]
    mark = max(going_on, key=lambda mark: _steps(last[mark]), default="") or copies.new_mark()
    return mark, [backup for backup in line if backup.of in ("", mark)]


def _steps(newest: list[Backup]) -> int:
    return newest[0].steps if newest else 0


def _in_trail(source: Path, known: list[Backup]) -> list[Backup]:
    """The backups that end with a step of this file."""
    with suppress(sqlite3.Error), closing(connected(source)) as file:
        steps = "SELECT hash FROM changes WHERE seq = ?"
        hashes = {known.steps: file.execute(steps, (known.steps,)).fetchone() for known in known}
        return [backup for backup in known if (hashes[backup.steps] or ("",))[0][:8] == backup.head]
    return []


def _thin_out(own: list[Backup]) -> None:
    own.sort(key=_order)
    kept = [*own[-_NEWEST:], *_newest_of_each(own, "%Y-%m-%d", _DAYS),
            *_newest_of_each(own, "%G-%V", _WEEKS)]  # fmt: skip
    for backup in own:
        if backup not in kept:
            backup.path.unlink(missing_ok=True)


def _newest_of_each(own: list[Backup], period: str, many: int) -> list[Backup]:
    newest = {backup.made.strftime(period): backup for backup in own}
    return sorted(newest.values(), key=_order)[-many:]


def _order(backup: Backup) -> tuple[int, float]:
    return backup.steps, backup.modified


def _parsed(path: Path) -> Backup | None:
    try:
        stamp, steps, head, *of = path.stem.split("_")
        return Backup(
            _read_stamp(stamp), int(steps), head, path, *of[:1], modified=path.stat().st_mtime
        )
    except (ValueError, FileNotFoundError):
        return None


def _read_stamp(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
