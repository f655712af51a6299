"""One writer: who has the project, and when a lock is left behind."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from builders import new_project

from qualcoder_sm import processes
from qualcoder_sm.errors import ProjectLocked, ReadOnlyProject
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


# Branches for systems that the tests do not run on: no /proc, another way to ask for a process, no
# hard links.


class System:
    """`os` of a system without /proc, on which one process is as it is said to be."""

    def __init__(self, pid: int, lives: bool | OSError) -> None:
        self.name = "posix"
        self._pid, self._lives = pid, lives

    def __getattr__(self, name):
        return getattr(os, name)

    def kill(self, pid, signal):
        assert signal == 0, "nobody is harmed"
        if pid == self._pid and self._lives is not True:
            raise self._lives or ProcessLookupError


@pytest.fixture
def without_proc(monkeypatch, tmp_path):
    def elsewhere(place):
        return Path(str(place).replace("/proc", str(tmp_path / "none")))

    monkeypatch.setattr(processes, "Path", elsewhere)


OTHER = 4_000_000
"""The number of a process that this system cannot have."""


@pytest.mark.parametrize(
    ("lives", "locks"), [(True, True), (PermissionError(), True), (False, False)]
)
def test_without_proc_a_process_is_asked_whether_it_is_there(
    path, monkeypatch, without_proc, lives, locks
):
    written(path, pid=OTHER)
    monkeypatch.setattr(processes, "os", System(OTHER, lives))
    assert opens(path) is not locks
    assert lock_file(path).exists() is locks


class Kernel:
    """What Windows says of a process: no handle, or its exit code (259 while it runs)."""

    def __init__(self, handle: int, code: int) -> None:
        self.handle, self.code = handle, code
        self.asked: list[tuple[int, int]] = []
        self.closed: list[int] = []

    def OpenProcess(self, access, _inherit, pid):  # noqa: N802
        self.asked.append((access, pid))
        return self.handle

    def GetExitCodeProcess(self, handle, code):  # noqa: N802
        assert handle == self.handle
        code._obj.value = self.code

    def CloseHandle(self, handle):  # noqa: N802
        self.closed.append(handle)


@pytest.mark.parametrize(
    ("handle", "code", "locks"),
    [(77, 259, True), (77, 0, False), (77, 258, False), (0, 259, False)],
)
def test_on_windows_a_process_runs_while_it_has_no_exit_code(
    path, monkeypatch, without_proc, handle, code, locks
):
    written(path, pid=OTHER)
    system, kernel = System(OTHER, lives=False), Kernel(handle, code)
    system.name = "nt"
    monkeypatch.setattr(processes, "os", system)
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert (locking.holder(path) is not None) is locks
    assert kernel.asked == [(0x1000, OTHER)]
    assert kernel.closed == ([handle] if handle else [])
    assert opens(path) is not locks


def opens(path):
    try:
        Project.open(path).close()
    except ProjectLocked:
        return False
    return True


def test_a_disk_without_hard_links_locks_all_the_same(path, monkeypatch):
    def refused(_self, _target):
        raise PermissionError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    project = Project.open(path)
    assert locking.holder(path).coder == "Ana"
    assert not opens(path)
    project.close()
    assert list(path.parent.iterdir()) == [path]
    written(path, process_started=12345.0)
    assert opens(path)


def test_a_folder_that_may_not_be_written_opens_for_reading_alone(path, monkeypatch):
    def refused(self, *_text, **_more):
        raise PermissionError(str(self))

    monkeypatch.setattr(Path, "write_text", refused)
    with pytest.raises(ReadOnlyProject, match="opens for reading only"):
        Project.open(path)
    assert list(path.parent.iterdir()) == [path]


def test_who_has_no_name_on_the_system_locks_without_it(path, monkeypatch):
    def nobody():
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    project = Project.open(path)
    assert locking.holder(path).user == ""
    project.close()


def test_a_held_lock_is_touched_again_and_again(path, monkeypatch):
    monkeypatch.setattr(locking, "HEARTBEAT_SECONDS", 0.005)
    project = Project.open(path)
    beaten = Event()
    touched = os.utime
    monkeypatch.setattr("os.utime", lambda *where: (touched(*where), beaten.set()))
    assert beaten.wait(10)
    project.close()
