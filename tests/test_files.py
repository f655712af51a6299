import errno
import os
import stat

import pytest

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
    def refuse(self, **_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))

    monkeypatch.setattr("pathlib.Path.touch", refuse)
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
