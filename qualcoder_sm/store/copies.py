"""Which copy of a project a file is, for backups are kept for each.

A copy made in a file manager has the guid of the project, and whatever else is in the file. So what
tells copies apart lies in the folder of the backups: each copy has a mark of its own, and a note
`MARK.copy` says where it was seen last and which file it was there, by device and number. A file is
the one of a note if it is that very file, in that place or moved away from there; else if it stands
in that place, since a program that synchronises puts a new file there. Whether it also goes on from
where the backups of that copy end is for `backups` to see. A file without a fitting note is another
copy.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from qualcoder_sm import files


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a copy was seen last, and which file it was there; number 0 where files have none."""

    path: str
    device: int
    number: int

    def is_file(self, other: "Seen") -> bool:
        """Whether both are one file of one disk, whatever its name."""
        return self.number != 0 and (self.device, self.number) == (other.device, other.number)


def new_mark() -> str:
    """The mark of a copy that is seen for the first time."""
    return uuid4().hex[:8]


def marks(folder: Path, source: Path) -> list[str]:
    """The marks of the copies that the file at `source` may be. Raises OSError."""
    now, same, placed = _look(source), list[str](), list[str]()
    for path in sorted(folder.glob("[!.]*.copy")):
        noted = _read(path)
        if noted is None:
            continue
        if noted.is_file(now) and (noted.path == now.path or _leads_to(noted, now)):
            same.append(path.stem)
        elif noted.path == now.path:
            placed.append(path.stem)
    return same or placed


def place(folder: Path, mark: str) -> Path | None:
    """Where the copy with this mark was seen last; None where that is not known."""
    seen = _read(folder / f"{mark}.copy")
    return Path(seen.path) if seen else None


def note(folder: Path, mark: str, source: Path) -> None:
    """Note where the copy with this mark is now. Raises DiskError."""
    path, now = folder / f"{mark}.copy", _look(source)
    if _read(path) != now:
        files.write_own(path, json.dumps(asdict(now)).encode())


def _look(path: Path) -> Seen:
    path = path.resolve()
    status = path.stat()
    return Seen(str(path), status.st_dev, status.st_ino)


def _read(path: Path) -> Seen | None:
    with suppress(OSError, ValueError, TypeError):
        return Seen(**json.loads(path.read_text(encoding="utf-8")))
    return None


def _leads_to(noted: Seen, now: Seen) -> bool:
    """Whether what was noted is gone, or a second name of the file: else the number was used again."""
    return not os.path.lexists(noted.path) or _look(Path(noted.path)).is_file(now)
