"""Header: the first 100 bytes of a file, in what SQLite itself does not compare."""

from collections.abc import Iterator
from pathlib import Path

from qualcoder_sm.i18n import tr

# Of https://www.sqlite.org/fileformat.html, 1.3: what every file that SQLite made for us has.
_FIXED = {
    18: bytes([1, 1]),  # a rollback journal, for writing and reading
    20: bytes([0, 64, 32, 32]),
    44: (4).to_bytes(4, "big"),  # the format of the schema
    48: bytes(4),  # no size of a cache is suggested
    52: bytes(4),  # no pages are moved to cut the file
    56: (1).to_bytes(4, "big"),  # UTF-8
    64: bytes(4),
    72: bytes(20),  # kept for later versions of SQLite
}


def faults(path: Path) -> Iterator[str]:
    """What the header of a project file says that none of ours does."""
    with path.open("rb") as file:
        head = file.read(100)
    if any(head[at : at + len(meant)] != meant for at, meant in _FIXED.items()):
        yield tr("The head of the file is not as a project has it.")
    if head[24:28] != head[92:96]:
        yield tr("The head of the file was not written together with the rest.")
