"""A connection of its own to a project file, for a look from outside or for all of its pages."""

import sqlite3
from pathlib import Path


def connected(path: Path, mode: str = "ro", *, patience: float = 5) -> sqlite3.Connection:
    """The file through SQLite, to read ("ro") or write ("rw"); it is never made.

    `patience` is how many seconds it waits for others that use it.
    """
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(
        uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )
