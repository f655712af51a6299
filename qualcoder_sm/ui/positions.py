"""Text positions: the project counts code points, Qt counts UTF-16 units."""

import re
from bisect import bisect_left

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """Converts positions in one text between Python and Qt."""

    __slots__ = ("_wide", "_wide_in_qt")

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]
        self._wide_in_qt = [position + n for n, position in enumerate(self._wide)]

    def to_qt(self, position: int) -> int:
        """The Qt position of a code-point position."""
        return position + bisect_left(self._wide, position) if self._wide else position

    def from_qt(self, position: int) -> int:
        """The code-point position of a Qt position; within a pair, the one before the pair."""
        return position - bisect_left(self._wide_in_qt, position) if self._wide else position
