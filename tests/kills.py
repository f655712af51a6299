"""kill -9 before each step that an action asks of the system: every way in which it can be cut short.

A step is a file opened to be written, renamed, linked, deleted, given a mode or put on the disk
for good, or a folder made. The steps of the database within a transaction are not among them.

Before every third step; before each with EVERY_KILL in the environment, as `make faults` has it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SERVER = """
import os, signal, sys
from pathlib import Path

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
STEPS = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect"}

def killing(before):
    taken = 0
    def step():
        nonlocal taken
        if taken == before:
            os.kill(os.getpid(), signal.SIGKILL)
        taken += 1
    def heard(event, said):
        if event in STEPS or event == "open" and (said[2] or 0) & WRITES:
            step()
    def synced(handle, real=os.fsync):
        step()
        real(handle)
    os.fsync = synced
    sys.addaudithook(heard)

warm = Path(sys.argv[2])  # what the action imports is no step of its own, and need not be loaded again
prepare(warm)
act(warm)
for number in range(0, 10_000, int(sys.argv[3])):
    place = Path(sys.argv[1]) / str(number)
    place.mkdir()
    prepare(place)
    pid = os.fork()
    if pid == 0:
        killing(number)
        sys.stdout = open(os.devnull, "w")
        act(place)
        os._exit(0)
    if not os.WIFSIGNALED(os.waitpid(pid, 0)[1]):
        break
"""


def each_kill(folder: Path, actions: str) -> Iterator[Path]:
    """A folder for each step of `act(folder)`, which was killed before it; before, `prepare(folder)`
    was done there. The last one is that of an action that came to its end.
    """
    killed, warm = folder / "killed", folder / "warm"
    killed.mkdir()
    warm.mkdir()
    words = [
        sys.executable,
        "-c",
        actions + _SERVER,
        str(killed),
        str(warm),
        "1" if "EVERY_KILL" in os.environ else "3",
    ]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(words, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    places = sorted(killed.iterdir(), key=lambda place: int(place.name))
    assert len(places) > 3
    yield from places
