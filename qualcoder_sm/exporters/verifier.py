"""The program that verifies a trail goes beside every file that holds one."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from qualcoder_sm import files, paths

if TYPE_CHECKING:
    from pathlib import Path

NAME = "verify_trail.py"
_FIRST_WORDS = b'"""Verifies the audit trail of a QualCoder SM project'


def put_beside(target: Path) -> Path:
    """Copy the verifier into the folder of `target`; returns where it is.

    One that is there stays when it is the same, and gives way when it is an older one. A file of
    somebody else's is left alone, and the verifier gets a number.
    """
    wanted = (paths.shipped("resources") / NAME).read_bytes()
    for n in count(1):
        place = target.resolve().with_name(NAME if n == 1 else f"verify_trail_{n}.py")
        there = place.read_bytes() if place.is_file() else None
        if there == wanted:
            return place
        if there is None or there.startswith(_FIRST_WORDS):
            files.write(place, wanted)
            return place
    raise AssertionError("there is always one number more")
