"""Backups: checked, thinned out, and good to open."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import coded

from qualcoder_sm.errors import DiskError
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue}.")
    yield project
    project.close()


def test_a_backup_opens_as_the_project_it_was(project, tmp_path):
    backup = project.back_up()
    project.codebook.add("Later")
    copy = tmp_path / "restored.qsm"
    backups.copy(backup.path, copy)
    restored = Project.open(copy)
    assert [code.name for code in restored.codebook.codes()] == ["Fatigue"]
    assert check(restored) == []
    restored.close()


def test_nothing_is_copied_when_nothing_changed(project):
    assert project.back_up() == project.back_up()
    assert len(backups.backups(project.guid)) == 1


def test_old_backups_are_thinned_out_to_newest_days_and_weeks(project):
    start = datetime(2024, 1, 1, 12, tzinfo=UTC)
    folder = backups.folder(project.guid)
    folder.mkdir(parents=True)
    for hours in range(0, 24 * 60, 6):
        made = start + timedelta(hours=hours)
        (folder / f"{made:%Y%m%dT%H%M%SZ}_{hours:06}_{hours:08}.qsm").touch()
    end = start + timedelta(days=60)
    backups.make(project.path, project.guid, 9999, "abcdefgh", end)
    kept = [backup.made for backup in backups.backups(project.guid)]
    assert len([made for made in kept if end - made < timedelta(hours=60)]) == 10
    assert len({made.date() for made in kept if end - made < timedelta(days=7)}) == 7
    assert timedelta(days=15) < end - kept[0] < timedelta(days=28)
    assert len(kept) <= 10 + 7 + 4


def test_a_damaged_project_is_not_kept_as_a_backup(project):
    project.close()
    data = bytearray(project.path.read_bytes())
    data[4096 * 2 : 4096 * 3] = b"\xff" * 4096
    project.path.write_bytes(data)
    with pytest.raises(DiskError):
        backups.make(project.path, "guid", 1, "abcdefgh")
    assert backups.backups("guid") == []
    assert list(backups.folder("guid").iterdir()) == []


def test_a_backup_is_due_an_hour_after_the_last(project):
    assert project.backup_due()
    made = project.back_up().made
    assert not backups.due(project.guid, made + timedelta(minutes=59))
    assert backups.due(project.guid, made + timedelta(minutes=61))
