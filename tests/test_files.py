import errno
import os
import stat
from pathlib import Path

import pytest

from qualcoder_sm import files, temporary
from qualcoder_sm.errors import DiskError
from qualcoder_sm.files import atomic_path


def test_the_target_appears_whole_and_alone(tmp_path):
    target = tmp_path / "matrix.csv"
    with atomic_path(target) as path:
        path.write_text("a,b", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "a,b"
    assert list(tmp_path.iterdir()) == [target]


def test_the_temporary_file_lies_beside_the_target_and_keeps_its_ending(tmp_path):
    with atomic_path(tmp_path / "matrix.xlsx") as path:
        assert path.parent == tmp_path
        assert path.suffix == ".xlsx"


def test_an_error_midway_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "matrix.csv"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), atomic_path(target) as path:
        path.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_said_and_leaves_the_old_file(tmp_path):
    target = tmp_path / "matrix.csv"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(DiskError, match="disk is full.*matrix.csv"), atomic_path(target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_named(tmp_path):
    target = tmp_path / "nowhere" / "matrix.csv"
    with pytest.raises(DiskError, match="There is no folder .*nowhere"), atomic_path(target):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="no folder"), atomic_path(tmp_path / "file" / "a.csv"):
        pass


def test_a_folder_as_target_is_refused(tmp_path):
    with pytest.raises(DiskError, match="is a folder"), atomic_path(tmp_path):
        pass


def test_a_place_that_may_not_be_written_is_said(tmp_path, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(DiskError, match="read-only"), atomic_path(tmp_path / "a.csv"):
        pass


def test_an_error_about_another_file_passes_through(tmp_path):
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "a.csv"):
        (tmp_path / "missing").read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_the_rights_of_the_old_file_are_kept(tmp_path):
    target = tmp_path / "a.csv"
    target.touch(mode=0o600)
    with atomic_path(target) as path:
        path.write_text("new", encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    with atomic_path(link) as path:
        path.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"


@pytest.fixture
def mode_of():
    def mode_of(path):
        return stat.S_IMODE(path.stat().st_mode)

    return mode_of


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_what_is_being_written_is_for_this_user_alone_and_then_as_the_umask_says(tmp_path, mode_of):
    (tmp_path / "made by others").touch()
    with atomic_path(tmp_path / "a.csv") as path:
        assert mode_of(path) == 0o600
    assert mode_of(tmp_path / "a.csv") == mode_of(tmp_path / "made by others")
    files.write(tmp_path / "key.csv", b"", files.PRIVATE)
    assert mode_of(tmp_path / "key.csv") == 0o600


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_file_of_the_program_lies_in_folders_for_this_user_alone(tmp_path, mode_of):
    (tmp_path / "open").mkdir(mode=0o755)
    files.write_own(tmp_path / "open" / "settings.toml", b"")
    files.write_own(tmp_path / "new" / "below" / "settings.toml", b"")
    assert mode_of(tmp_path / "open" / "settings.toml") == 0o600
    assert {mode_of(tmp_path / name) for name in ("open", "new", "new/below")} == {0o700}


def test_a_new_file_takes_no_place_that_is_taken(tmp_path):
    made, target = tmp_path / "made", tmp_path / "study.qsm"
    made.write_text("new", encoding="utf-8")
    target.write_text("old", encoding="utf-8")
    with pytest.raises(FileExistsError):
        files.put_new(made, target)
    assert (made.read_text("utf-8"), target.read_text("utf-8")) == ("new", "old")


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_that_leads_nowhere_takes_a_place(tmp_path):
    (tmp_path / "made").touch()
    (tmp_path / "study.qsm").symlink_to(tmp_path / "away")
    with pytest.raises(FileExistsError):
        files.put_new(tmp_path / "made", tmp_path / "study.qsm")


def no_links(_self, _target):
    raise PermissionError(errno.EPERM, "no links here")


def test_without_hard_links_a_new_file_takes_its_place_and_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.hardlink_to", no_links)
    made, target = tmp_path / "made", tmp_path / "study.qsm"
    made.write_text("new", encoding="utf-8")
    files.put_new(made, target)
    assert target.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [target]
    made.write_text("newer", encoding="utf-8")
    with pytest.raises(FileExistsError):
        files.put_new(made, target)
    assert target.read_text("utf-8") == "new"


@pytest.mark.skipif(os.name != "posix", reason="Windows renames nothing over a file")
def test_a_place_claimed_by_a_living_process_is_taken(tmp_path, monkeypatch):
    made, target = temporary.reserve(tmp_path / "study.qsm"), tmp_path / "study.qsm"
    monkeypatch.setattr("pathlib.Path.hardlink_to", no_links)
    claimed = []

    def looks(self, to, replace=Path.replace):
        claimed.append(files.is_taken(to))
        return replace(self, to)

    monkeypatch.setattr("pathlib.Path.replace", looks)
    files.put_new(made, target)
    assert claimed == [True]


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="no folder"):
        files.make_folder_for(tmp_path / "file" / "new" / "study.qsm")
