"""Backups: checked, thinned out, and good to open."""

import os
import shutil
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from builders import coded, speakers

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


def heads(project, many):
    """The head after each of so many steps more, by the number of steps."""
    found = {}
    for n in range(many):
        project.codebook.add(f"Code {n}")
        steps, head = project.head()
        found[steps] = head[:8]
    return found


def touch(project, made, steps, head):
    """An empty file in the place of a backup, named as earlier versions named them."""
    path = backups.folder(project.guid) / f"{made:%Y%m%dT%H%M%SZ}_{steps:06}_{head}.qsm"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_old_backups_are_thinned_out_to_newest_days_and_weeks(project):
    start = datetime(2024, 1, 1, 12, tzinfo=UTC)
    for n, (steps, head) in enumerate(heads(project, 120).items()):
        touch(project, start + timedelta(hours=12 * n), steps, head)
    end = start + timedelta(days=60)
    project.codebook.add("Last")
    backups.make(project.path, project.guid, *project.head(), end)
    kept = [backup.made for backup in backups.backups(project.guid)]
    assert kept == sorted(kept)
    assert len([made for made in kept if end - made < timedelta(hours=115)]) == 10
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
    assert [path.suffix for path in backups.folder("guid").iterdir()] == [".copy"]


class Clocks:
    """`time` as a process has it: the clock on the wall, which may be set, and one that only runs."""

    def __init__(self) -> None:
        self.wall = self.run = time.time()

    def time(self):
        return self.wall

    def monotonic(self):
        return self.run


@pytest.fixture
def clocks(monkeypatch):
    clocks = Clocks()
    monkeypatch.setattr(backups, "time", clocks)
    return clocks


def later_process(monkeypatch):
    """What a process knows of backups that another made: the files alone."""
    monkeypatch.setattr(backups, "_made_here", {})


def test_a_backup_is_due_an_hour_after_the_last_if_steps_were_taken(project, clocks):
    assert project.backup_due()
    project.back_up()
    clocks.run += backups.HOUR + 1
    assert not project.backup_due(), "nothing has changed"
    project.codebook.add("Later")
    assert project.backup_due()
    clocks.run -= 2
    assert not project.backup_due()


def test_many_steps_do_not_wait_for_the_hour(project, clocks, monkeypatch):
    project.back_up()
    monkeypatch.setattr(backups, "MANY_STEPS", 3)
    heads(project, 2)
    assert not project.backup_due()
    project.codebook.add("Third")
    assert project.backup_due()


def test_within_a_process_a_clock_that_is_set_changes_nothing(project, clocks):
    project.back_up()
    project.codebook.add("Later")
    for years in (-10, 10):
        clocks.wall += years * 365 * 24 * backups.HOUR
        assert not project.backup_due()
    clocks.run += backups.HOUR
    assert project.backup_due()


def test_a_backup_from_the_future_does_not_stop_backups(project, clocks, monkeypatch):
    """The clock was years ahead when it was made; since then it was set right."""
    made = backups.make(
        project.path, project.guid, *project.head(), datetime(2035, 1, 1, tzinfo=UTC)
    )
    later_process(monkeypatch)
    ahead = clocks.wall + 9 * 365 * 24 * backups.HOUR
    os.utime(made.path, (ahead, ahead))
    assert not project.backup_due(), "nothing has changed"
    project.codebook.add("Later")
    assert project.backup_due()
    second = project.back_up()
    later_process(monkeypatch)
    clocks.wall = second.path.stat().st_mtime + 60
    project.codebook.add("Later still")
    assert not project.backup_due(), "the second is a minute old"
    clocks.wall += backups.HOUR
    assert project.backup_due()
    assert [backup.steps for backup in backups.backups(project.guid)] == [made.steps, second.steps]


def test_backups_are_ordered_by_steps_whatever_their_stamps(project):
    start = datetime(2030, 1, 1, tzinfo=UTC)
    for n in range(12):
        project.codebook.add(f"Code {n}")
        backups.make(project.path, project.guid, *project.head(), start - timedelta(minutes=n))
    kept = [backup.steps for backup in backups.backups(project.guid)]
    last = project.head()[0]
    # Ten by their steps. Of the first day the newest by steps is the first one made, step 5.
    assert kept == [5, *range(last - 9, last + 1)]


def copy_of(project, path):
    """A copy as a file manager makes it: every byte the same, its guid too."""
    shutil.copyfile(project.path, path)
    return Project.open(path)


def backups_of(project, mark):
    return [backup.steps for backup in backups.backups(project.guid) if backup.of == mark]


def test_each_copy_of_a_project_has_backups_of_its_own(project, tmp_path, clocks):
    mine = project.back_up()
    twin = copy_of(project, tmp_path / "twin.qsm")
    assert twin.guid == project.guid
    assert twin.backup_due()
    theirs = twin.back_up()
    assert (mine.steps, mine.head) == (theirs.steps, theirs.head)
    assert mine.of != theirs.of
    assert twin.back_up() == theirs
    assert project.back_up() == mine
    for n in range(15):
        twin.codebook.add(f"Code {n}")
        twin.back_up()
    assert backups_of(project, mine.of) == [mine.steps]
    assert len(backups_of(project, theirs.of)) == 10
    project.codebook.add("Mine")
    again = project.back_up()
    assert backups_of(project, mine.of) == [mine.steps, again.steps]
    assert len(backups_of(project, theirs.of)) == 10
    twin.close()


def test_a_project_that_is_moved_or_put_in_its_place_anew_stays_the_same_copy(project, tmp_path):
    mark = project.back_up().of
    project.close()
    moved = project.path.rename(tmp_path / "moved.qsm")
    aside = tmp_path / "aside"
    shutil.copyfile(moved, aside)
    with closing(Project.open(moved)) as again:
        assert not again.backup_due()
        again.codebook.add("Later")
        assert again.back_up().of == mark
        data = moved.read_bytes()
    aside.write_bytes(data)
    aside.replace(moved)  # as a program that synchronises does it: another file of that name
    with closing(Project.open(moved)) as again:
        again.codebook.add("Last")
        assert again.back_up().of == mark


def test_an_older_file_in_its_place_does_not_push_out_the_backups_of_the_newer(project):
    older = project.path.read_bytes()
    heads(project, 5)
    newer, data = project.back_up(), project.path.read_bytes()
    project.close()
    project.path.write_bytes(older)
    with closing(Project.open(project.path)) as again:
        assert again.backup_due()
        first = again.back_up()
        for n in range(12):
            again.codebook.add(f"Other {n}")
            again.back_up()
        assert first.of != newer.of
        assert backups_of(again, newer.of) == [newer.steps]
    project.path.write_bytes(data)
    with closing(Project.open(project.path)) as again:
        assert again.back_up() == newer


def test_backups_named_by_earlier_versions_are_those_of_the_project(project):
    made = project.back_up()
    old = made.path.rename(made.path.with_name(made.path.name.replace(f"_{made.of}", "")))
    for note in backups.folder(project.guid).glob("*.copy"):
        note.unlink()
    [known] = backups.backups(project.guid)
    assert (known.made, known.steps, known.head, known.path, known.of) == (
        made.made, made.steps, made.head, old, "")  # fmt: skip
    assert not project.backup_due()
    assert project.back_up().path == old


def test_what_earlier_versions_kept_of_another_copy_is_left_alone(project, tmp_path):
    """Their backups lie in one folder without a mark; those of another end with steps of its own."""
    twin = copy_of(project, tmp_path / "twin.qsm")
    start = datetime(2020, 1, 1, tzinfo=UTC)
    theirs = [touch(twin, start, *one) for one in heads(twin, 12).items()]
    twin.close()
    for n in range(12):
        project.codebook.add(f"Mine {n}")
        project.back_up()
    assert all(path.exists() for path in theirs)


def redact(project):
    return project.people.redact({"José": "P01"}, "asked to")


def test_a_redaction_sweeps_the_backups_of_every_copy(project, tmp_path):
    speakers(project, "Talk", [("José", "One.")])
    mine = project.back_up()
    twin = copy_of(project, tmp_path / "twin.qsm")
    assert twin.back_up().of != mine.of
    twin.close()
    twin.path.unlink()
    assert redact(project).backups == 2
    assert [backup.steps for backup in backups.backups(project.guid)] == [project.head()[0]]


def test_a_sweep_cut_short_takes_a_backup_with_a_stamp_of_the_future_at_the_next_opening(
    project, monkeypatch
):
    speakers(project, "Talk", [("José", "One.")])
    backups.make(project.path, project.guid, *project.head(), datetime(2099, 1, 1, tzinfo=UTC))

    def killed(*_, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(backups, "sweep", killed)
        redact(project)
    project.close()
    with closing(Project.open(project.path)) as again:
        assert [b for b in backups.backups(again.guid) if b.steps < again.head()[0]] == []
