"""kill -9 at any moment of writing: no step that was acknowledged is lost, and the file is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from builders import add_text, new_project

from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project

WRITER = """
import sys
from pathlib import Path
from qualcoder_sm.project.project import Project

project = Project.open(Path(sys.argv[1]))
[source] = project.sources.all()
code = project.codebook.codes()[0].guid
start = project.codings.count()
print("ready", flush=True)
for i in range(start, 100_000):
    if i % 7 == 3:
        with project.change("coding.in_vivo", code=str(i), source=source.name):
            made = project.codebook.add(f"Code {i}", parent=code)
            coding = project.codings.apply(made.guid, source.guid, i, i + 5)
    else:
        coding = project.codings.apply(code, source.guid, i, i + 5)
    print(coding.guid, flush=True)
"""


def run(folder: Path, n: int, seed: int) -> dict[str, object]:
    """Kill n writers; how many steps were acknowledged, and how many of them are gone."""
    project = new_project(folder)
    add_text(project, "Long", "word" * 25 * n)
    project.codebook.add("Code")
    project.close()
    chance, acknowledged = random.Random(seed), set[str]()
    with _Fork(project.path) as fork:
        for _ in range(n):
            acknowledged |= fork.write_and_kill(chance.randrange(3), chance.uniform(0, 0.01))
    after = Project.open(project.path)
    there = {coding.guid for coding in after.codings.all()}
    wrong = [str(one) for one in check(after)]
    wrong += [] if after.audit.verify().ok else ["the trail does not verify"]
    after.close()
    return {
        "kills": n,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - there),
        "unasked": max(0, len(there) - len(acknowledged) - n),
        "wrong": wrong,
    }


class _Fork:
    """Writers, each forked from a warm interpreter, so that hundreds of them take seconds."""

    def __init__(self, path):
        self._path = path

    def __enter__(self):
        server = (
            "import os, sys\nimport qualcoder_sm.project.project\n"
            f"WRITER = {WRITER!r}\n"
            "sys.argv = ['writer', sys.argv[1]]\n"
            "for line in sys.stdin:\n"
            "    pid = os.fork()\n"
            "    if pid == 0:\n"
            "        exec(compile(WRITER, 'writer', 'exec'), {'__name__': 'writer'})\n"
            "        os._exit(0)\n"
            "    print('pid', pid, flush=True)\n"
            "    os.waitpid(pid, 0)\n"
            "    print('gone', flush=True)\n"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", server, str(self._path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": ""},  # else a line comes in pieces, mixed up
        )
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def write_and_kill(self, steps, delay):
        """Let a writer acknowledge so many steps, then kill it after a while, perhaps in the next;
        the guids of what it acknowledged.
        """
        out = self._process.stdout
        print("go", file=self._process.stdin, flush=True)
        pid, seen = None, []
        while pid is None or "ready" not in seen:
            word = out.readline().split()
            if word[0] == "pid":
                pid = int(word[1])
            else:
                seen.append(word[0])
        seen += [out.readline().strip() for _ in range(steps)]
        time.sleep(delay)  # the moment of death, not a wait for something to happen
        os.kill(pid, signal.SIGKILL)
        while not seen[-1].endswith("gone"):  # the dying word may stand before it on the line
            seen.append(out.readline().strip())
        return {word for word in seen if len(word) == 36}
