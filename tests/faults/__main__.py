"""`make faults`: every kind of fault in full, and a line for each.

python -m faults [KIND ...]        (with tests/ on the path)
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from faults import hostile, kills

Told = dict[str, object]


def _kills(folder: Path) -> Told:
    return kills.run(folder, 2_000, 1)


def _closings(folder: Path) -> Told:
    """In a process of its own for every thirty, since what is looked for is a crash."""
    done, wrong = 0, list[object]()
    for seed in range(10):
        part = folder / str(seed)
        part.mkdir()
        command = [sys.executable, "-X", "faulthandler", "-m", "faults.closings", "30", str(seed)]
        run = subprocess.run([*command, str(part)], capture_output=True, text=True, check=False)
        told = json.loads(run.stdout) if run.stdout else {"closings": 0, "wrong": [run.stderr]}
        done += told["closings"]
        wrong += told["wrong"]
        if run.returncode and not told["wrong"]:
            wrong.append(f"a crash, exit code {run.returncode}")
    return {"closings": done, "wrong": wrong}


def _flips(folder: Path) -> Told:
    return hostile.run_flips(folder, 400, 1)


KINDS: dict[str, Callable[[Path], Told]] = {
    "kills": _kills,
    "closings": _closings,
    "hostile": hostile.run,
    "flips": _flips,
}


def main() -> int:
    """Print the table; 1 when anything was lost or went wrong."""
    bad = 0
    for name in sys.argv[1:] or KINDS:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["HOME"] = folder
            told = KINDS[name](Path(folder))
        bad |= any(bool(told.get(key)) for key in ("lost", "unasked", "wrong"))
        numbers = "  ".join(f"{key} {value}" for key, value in told.items() if key != "wrong")
        print(f"{name:<10} {numbers}  {told['wrong'] or 'nothing went wrong'}", flush=True)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
