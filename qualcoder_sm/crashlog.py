"""Reports of crashes: where it happened and in which versions, never a word of any project.

The message of an exception and the values of its frames may hold participants' words, so
neither is ever written.
"""

import platform
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from qualcoder_sm import __version__, files, paths
from qualcoder_sm.errors import DiskError

_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "numpy", "typer")


def report(error: BaseException) -> str:
    """The types of an exception and of those behind it, their frames, and the versions."""
    lines = [
        f"QualCoder SM {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *(f"{name} {_version(name)}" for name in _LIBRARIES),
    ]
    for link in _chain(error):
        lines += ["", _type(link), *map(_frame, traceback.extract_tb(link.__traceback__))]
    return "\n".join(lines) + "\n"


def write(error: BaseException) -> Path | None:
    """Put the report into the log folder; returns its file, or None when that cannot be done."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    file = paths.log_folder() / f"crash-{stamp}.txt"
    try:
        files.write_own(file, report(error).encode())
    except (DiskError, OSError):
        return None
    return file


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, then what it came from, each once: one may be its own cause."""
    link: BaseException | None = error
    seen: set[int] = set()
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _frame(frame: traceback.FrameSummary) -> str:
    # The last parts are enough; the first ones name a person's folders.
    return f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "missing"
