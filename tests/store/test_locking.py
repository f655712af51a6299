"""One writer: who has the project, and when a lock is left behind."""

import json
import os
import subprocess
import sys
import time

import pytest
from builders import new_project

from qualcoder_sm.errors import ProjectLocked
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import locking
from qualcoder_sm.store.locking import Lock, lock_file


@pytest.fixture
def path(tmp_path):
    project = new_project(tmp_path)
    project.close()
    return project.path


def test_the_lock_goes_when_the_project_is_closed(path):
    project = Project.open(path)
    assert locking.holder(path).coder == "Ana"
    project.close()
    assert locking.holder(path) is None
    assert not lock_file(path).exists()


def test_a_lock_whose_process_is_gone_is_taken_over(path):
    holder = (
        "import sys\nfrom pathlib import Path\nfrom qualcoder_sm.store.locking import Lock\n"
        "Lock(Path(sys.argv[1]), 'Ben'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", holder, str(path)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(ProjectLocked, match="Ben has study.qsm open on"):
            Project.open(path)
        process.kill()
        process.wait()
    project = Project.open(path)
    assert locking.holder(path).coder == "Ana"
    project.close()


def test_a_link_to_the_project_has_the_same_lock(path):
    link = path.with_name("link.qsm")
    link.symlink_to(path)
    project = Project.open(path)
    with pytest.raises(ProjectLocked):
        Project.open(link)
    project.close()


def written(path, **changes):
    """A lock of somebody else, as it would lie beside the project."""
    lock = Lock(path, "Ben")
    text = json.loads(lock_file(path).read_text(encoding="utf-8"))
    lock.release()
    lock_file(path).write_text(json.dumps(text | changes), encoding="utf-8")


def test_a_reused_process_number_is_not_the_holder(path):
    written(path, process_started=12345.0)
    Project.open(path).close()


def test_a_lock_from_another_computer_holds_while_it_is_touched(path):
    written(path, host="LAB-3")
    with pytest.raises(ProjectLocked, match="on LAB-3 since"):
        Project.open(path)


def test_a_silent_lock_from_another_computer_is_left_behind(path):
    written(path, host="LAB-3")
    long_ago = time.time() - locking.SILENT_SECONDS - 1
    os.utime(lock_file(path), (long_ago, long_ago))
    Project.open(path).close()


def test_a_broken_lock_file_does_not_lock(path):
    lock_file(path).write_text("half a li", encoding="utf-8")
    Project.open(path).close()


def test_releasing_leaves_a_lock_that_somebody_took_over(path):
    lock = Lock(path, "Ana")
    lock_file(path).unlink()
    other = Lock(path, "Ben")
    lock.release()
    assert locking.holder(path).coder == "Ben"
    other.release()
