"""The process that `limited` starts: answers one value after the other under limits.

Whatever a function raises ends it.
"""

import faulthandler
import json
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

_MEMORY = 1024**3
# The parent rings first; this is for a child whose parent is gone.
_GRACE = 5


def main() -> int:
    """Read questions from stdin until it is closed, and write an answer per line to stdout."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    _limit_memory()
    # Not sys.stdin: a program frozen for the window has none, though the pipe is there.
    with os.fdopen(0, "rb", closefd=False) as questions:
        while size := questions.read(8):
            _answer(answers, *pickle.loads(questions.read(int.from_bytes(size, "big"))))
    return 0


def _answer(
    answers: IO[bytes], function: Callable[[object], object], seconds: float,
    values: Sequence[object],
) -> None:  # fmt: skip
    # The one clock that also rings on Windows, and while a match holds the interpreter.
    faulthandler.dump_traceback_later((seconds + _GRACE) * len(values), exit=True, file=2)
    for value in values:
        _limit_time(seconds)
        answers.write(json.dumps(function(value)).encode() + b"\n")
        answers.flush()
    faulthandler.cancel_dump_traceback_later()


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    in_use = _address_space()
    if in_use:
        limit = in_use + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes mapped now; 0 where the system does not tell (macOS ignores the limit anyway)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _limit_time(seconds: float) -> None:
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + _GRACE, hard))


if __name__ == "__main__":
    sys.exit(main())
