"""A home that cannot be written, or is full, costs a notice and nothing else; who may read what."""

import errno
import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import add_text, coded, new_project, speakers

from qualcoder_sm import notices, paths, temporary
from qualcoder_sm.__main__ import main
from qualcoder_sm.demo import build
from qualcoder_sm.errors import DiskError, ProjectLocked, ReadOnlyProject
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups
from qualcoder_sm.store.locking import lock_file

posix = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")


@pytest.fixture
def told():
    heard = []
    notices.listen(heard.append)
    return heard


@pytest.fixture
def no_backups(monkeypatch):
    """A place for backups that cannot be made, whoever tries: a file stands in the way."""
    file = paths.backups_folder().parents[1] / "file"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    monkeypatch.setattr("qualcoder_sm.paths.backups_folder", lambda: file / "backups")


def test_a_bulk_step_is_taken_without_its_backup_and_that_is_told_once(tmp_path, told, no_backups):
    with closing(coded(tmp_path, "".join(f"[w{n}]{{Code}} " for n in range(120)))) as project:
        into = project.codebook.add("Other")
        project.codebook.merge(project.codebook.find("Code").guid, into.guid)
        project.codebook.remove(into.guid)
        project.sources.remove(project.sources.find("Interview").guid)
        assert project.codings.count() == 0
    [sentence] = told
    assert sentence.startswith("No backup could be made in")


def test_a_command_notes_it_in_one_line_and_does_its_work(tmp_path, capsys, no_backups):
    new_project(tmp_path).close()
    (tmp_path / "P01.txt").write_text("[SYNTHETIC] Words.", encoding="utf-8")
    assert main(["import", str(tmp_path / "study.qsm"), str(tmp_path / "P01.txt")]) == 0
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("note: No backup could be made in")


def test_a_name_is_taken_out_where_there_never_was_a_backup(tmp_path, no_backups):
    with closing(new_project(tmp_path)) as project:
        speakers(project, "P01", [("Jane Smith", "Hello.")])
        done = project.people.redact({"Jane Smith": "P01"}, "her wish")
        assert [person.key for person in project.people.all()] == ["P01"]
        assert "No backup could be made" in done.problem


WITHOUT_HOME = """
import os, sys
from pathlib import Path
from qualcoder_sm.__main__ import main

def work(folder):
    os.chdir(folder)
    Path("P01.txt").write_text("[SYNTHETIC] Words.")
    return main(["new", "study.qsm", "--coder", "Ana"]) or main(["import", "study.qsm", "P01.txt"])

work(sys.argv[1])  # as who may load everything that is needed
print("now", file=sys.stderr)
Path.home().chmod(int(sys.argv[3]))
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(work(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes of files are POSIX")
@pytest.mark.parametrize(("mode", "told"), [(0o555, ["backup"]), (0o000, ["settings", "backup"])])
def test_a_home_that_may_not_be_written_or_entered_keeps_nobody_from_working(tmp_path, mode, told):
    home, first, second = (tmp_path / name for name in ("home", "first", "second"))
    for folder in (home, first, second):
        folder.mkdir()
        folder.chmod(0o777)
    for parent in second.parents:
        if parent.stat().st_uid == os.geteuid() and str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    env = {**os.environ, "HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    env |= {f"XDG_{one}_HOME": str(home / one) for one in ("CONFIG", "DATA", "STATE", "CACHE")}
    command = [sys.executable, "-c", WITHOUT_HOME, str(first), str(second), str(mode)]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    home.chmod(0o755)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.partition("now\n")[2].splitlines()
    assert all(line.startswith("note: ") for line in lines)
    for line, what in zip(lines, told, strict=True):  # each concern once, for both commands
        assert what in line
    assert sorted(file.name for file in second.iterdir()) == ["P01.txt", "study.qsm"]


def test_a_lock_for_which_there_is_no_room_is_told_as_that(tmp_path, monkeypatch):
    new_project(tmp_path).close()

    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(temporary, "reserve", full)
        with pytest.raises(ReadOnlyProject, match="disk is full"):
            Project.open(tmp_path / "study.qsm")
    assert [file.name for file in tmp_path.iterdir()] == ["study.qsm"]


def test_a_lock_that_cannot_be_looked_into_holds(tmp_path, monkeypatch):
    new_project(tmp_path).close()
    lock = lock_file(tmp_path / "study.qsm")
    lock.touch()

    def secret(self, *args, read=Path.read_text, **more):
        if self == lock:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return read(self, *args, **more)

    monkeypatch.setattr(Path, "read_text", secret)
    with pytest.raises(ProjectLocked, match="Somebody else may have study.qsm open"):
        Project.open(tmp_path / "study.qsm")
    assert lock.exists()


def test_a_project_closes_when_its_lock_cannot_be_deleted(tmp_path, monkeypatch):
    project = new_project(tmp_path)

    def refused(self, **_):
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        project.close()
    assert lock_file(project.path).exists()


# Who may read what


@posix
def test_projects_give_others_nothing_and_backups_nobody_anything(tmp_path):
    def mode_of(path):
        return stat.S_IMODE(path.stat().st_mode)

    (tmp_path / "usual").touch()
    group = mode_of(tmp_path / "usual") & 0o060
    with closing(new_project(tmp_path)) as project:
        assert mode_of(project.path) == 0o600 | group
        made = project.back_up().path
        assert mode_of(made) == 0o600
        assert {mode_of(folder) for folder in (made.parent, made.parents[1])} == {0o700}
        project.path.chmod(0o664)
        backups.copy(project.path, tmp_path / "copy.qsm")
        assert mode_of(tmp_path / "copy.qsm") == 0o660
        backups.copy(made, tmp_path / "restored.qsm")
        assert mode_of(tmp_path / "restored.qsm") == 0o600


# A new project


def test_nothing_is_at_the_place_of_a_study_before_it_is_whole(tmp_path):
    path = tmp_path / "demo.qsm"
    seen = []

    def looked(*_):
        seen.append(path.exists())
        return True

    build(path, looked).close()
    assert set(seen) == {False}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["demo.qsm", "demo_authors_key.csv"]


def test_a_project_that_is_closed_before_it_is_in_its_place_is_gone(tmp_path):
    project = Project.create(tmp_path / "study.qsm", "Study", "Ana", in_place=False)
    add_text(project, "P01", "Words.")
    project.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "study.qsm"
    with closing(Project.create(path, "Study", "Ana", in_place=False)) as project:
        path.write_text("somebody else's", encoding="utf-8")
        with pytest.raises(DiskError, match="already a file"):
            project.put_in_place()
    assert path.read_text("utf-8") == "somebody else's"
    assert [file.name for file in tmp_path.iterdir()] == ["study.qsm"]
