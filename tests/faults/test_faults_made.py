"""A few of each of the faults that `make faults` makes in full."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from faults import kills

TESTS = Path(__file__).parent.parent


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_sixty_kills_lose_no_acknowledged_step(tmp_path):
    told = kills.run(tmp_path, 60, 2)
    assert (told["lost"], told["unasked"], told["wrong"]) == (0, 0, [])
    assert told["acknowledged"] > 20


def test_windows_closed_in_the_middle_of_work_leave_a_whole_project(tmp_path):
    """In a process of its own, since what is looked for is a crash."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent)))}
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "faults.closings", "3", "3", str(tmp_path)],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["wrong"] == []
