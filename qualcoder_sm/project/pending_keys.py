"""Author keys that come with an import: never without its step, and never lost after it.

They are on the disk before the step is taken, each beside its place under a name that says what
it is; a note beside the project says where. When the step is there they go to their places, else
they are deleted: at once, or by the next opening if the program was ended in between. Whether it
is there the trail tells, by how many imports it knew before.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcoder_sm import files, notices, temporary
from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from qualcoder_sm.project.core import Core

ACTION = "source.import"
_TOKEN = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A key file that waits: its place, the mark in its name, and what was there before.

    `before` is the digest of the file in its place, None where there was none; `imports` how many
    the trail knew.
    """

    place: str
    token: str
    before: str | None
    imports: int

    @property
    def path(self) -> Path:
        """Where it waits: made of place and mark, so that a note names no other file."""
        return temporary.named_for(Path(self.place), f"waiting-{self.token}")


@contextmanager
def pending(core: Core, contents: Mapping[Path, bytes]) -> Generator[None]:
    """Let key files have these contents if the import inside is kept, and be as they were if not.

    Raises DiskError when they cannot be written: then nothing is begun.
    """
    if not contents:
        yield
        return
    earlier, imports = _read(core), _imports(core)
    waiting = [
        _Waiting(str(place.resolve()), secrets.token_hex(4), _digest(place), imports)
        for place in contents
    ]
    try:
        _write(core, [*earlier, *waiting])
        for one, data in zip(waiting, contents.values(), strict=True):
            files.write(one.path, data, files.PRIVATE)
        yield
    finally:
        with notices.side_concern():
            finish(core)


def finish(core: Core, *, late: bool = False) -> None:
    """Settle what waits for a step of this project; `late` tells where its keys are now.

    What cannot be settled waits on, and a notice says where. Raises DiskError for a note that
    cannot be read or written.
    """
    waiting = _read(core)
    imports = _imports(core)
    left = [one for one in waiting if not _is_settled(one, imports > one.imports, late)]
    if waiting:
        _write(core, left)


def _is_settled(one: _Waiting, kept: bool, late: bool) -> bool:
    """Put a file that waits in its place, or delete it."""
    place = Path(one.place)
    temporary.sweep(place.parent)
    try:
        if not kept:
            one.path.unlink(missing_ok=True)
        elif one.path.exists() or not place.parent.exists():
            _put(one, place, late)
    except OSError as error:
        notices.tell(
            tr("The author keys for {place} wait in {file} ({why}).",
               place=place, file=one.path, why=error.strerror)
        )  # fmt: skip
        return False
    return True


def _put(one: _Waiting, place: Path, late: bool) -> None:
    place.parent.stat()  # a disk that is not there now keeps them waiting
    if _digest(place) != one.before:
        notices.tell(
            tr("{place} was changed by somebody else, so the author keys of an import are in "
               "{file}. Put the two together.", place=place, file=one.path.name)
        )  # fmt: skip
        return
    one.path.replace(place)
    files.sync_folder(place.parent)
    if late:
        notices.tell(tr("The author keys of an import that was cut short are now in {place}.",
                        place=place))  # fmt: skip


def _write(core: Core, waiting: Sequence[_Waiting]) -> None:
    note = _note_of(core)
    if waiting:
        files.write(note, json.dumps([asdict(one) for one in waiting]).encode(), files.PRIVATE)
        return
    try:
        note.unlink(missing_ok=True)
    except OSError as error:
        raise DiskError(tr("{file} cannot be deleted: {why}.", file=note, why=error.strerror)) from error  # fmt: skip


def _read(core: Core) -> list[_Waiting]:
    note = _note_of(core)
    try:
        found = [_Waiting(**one) for one in json.loads(note.read_bytes())]
        if all(_TOKEN.fullmatch(one.token) for one in found):
            return found
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError):
        pass
    raise DiskError(
        tr("{file} should say where author keys wait, and cannot be read. Move it away; names "
           "that wait are in files called “waiting”.", file=note)
    )  # fmt: skip


def _imports(core: Core) -> int:
    c = schema.changes.c
    [[many]] = core.fetch(select(func.count()).where(c.action == ACTION))
    return many


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _note_of(core: Core) -> Path:
    path = core.path.resolve()
    return path.with_name(path.name + ".keys")
