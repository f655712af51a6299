"""A file or a lock that is no longer what this process left: the step is refused, and nothing is mixed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from builders import add_text, coded, speakers

from qualcoder_sm.errors import DiskError, ProjectLocked, ReadOnlyProject, TakenOver, UnreadableFile
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import locking

GO_ON = " Nothing more is written here: keep the file as it is now as a copy, or open it again."
LOOK = " Look for a conflicted copy beside it, and for older versions where the folder is synchronised."
OVERWRITTEN = (
    "study.qsm was overwritten while it was open here, as a program does that synchronises folders."
)


@pytest.fixture
def project(tmp_path):
    """Three steps: the project, its text, a code; and the coding of it."""
    project = coded(tmp_path, "I was [tired]{Fatigue}.")
    yield project
    project.close()


def steps(project):
    return project.head()[0]


def overwrite(path, data):
    """Other bytes in the same file, written by another process as a sync client does."""
    inode = path.stat().st_ino
    script = "import sys\nwith open(sys.argv[1], 'r+b') as f: f.write(sys.stdin.buffer.read()); f.truncate()"
    subprocess.run([sys.executable, "-c", script, str(path)], input=data, check=True)
    assert (path.stat().st_ino, path.read_bytes()) == (inode, data)


def refused(project):
    """The sentence with which a step is refused; no byte of the file has changed by it."""
    before = project.path.read_bytes()
    with pytest.raises(TakenOver) as error:
        project.codebook.add("Refused")
    assert project.path.read_bytes() == before
    return str(error.value)


def elsewhere(path, *names):
    """What somebody else makes of a copy of the file, in another process: these codes are added."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom qualcoder_sm.project.project import Project\n"
        "project = Project.open(Path(sys.argv[1]))\n"
        "for name in sys.argv[2:]: project.codebook.add(name)\nproject.close()\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path), *names], check=True)


def test_an_older_copy_over_the_open_file_takes_no_step(project):
    older = project.path.read_bytes()
    at = steps(project)
    project.codebook.add("Hope")
    project.codebook.add("Fear")
    overwrite(project.path, older)
    assert refused(project) == (
        f"{OVERWRITTEN} It ends with step {at} now, and was left here at step {at + 2}. Your last "
        f"step was not saved, and steps {at + 1} to {at + 2}, which were, are not in it. No backup "
        f"has them.{LOOK}{GO_ON}"
    )


@pytest.mark.parametrize("data", [b"", b"[SYNTHETIC] a letter " * 4000])
def test_a_file_that_is_no_project_any_more_takes_no_step(project, data):
    at = steps(project)
    overwrite(project.path, data)
    assert refused(project) == (
        f"{OVERWRITTEN} It cannot be read any more. Your last step was not saved, and steps 1 to "
        f"{at}, which were, are not in it. No backup has them.{LOOK}{GO_ON}"
    )


def test_whoever_only_reads_is_told_that_the_file_was_overwritten(project):
    with closing(Project.open(project.path, read_only=True)) as reader:
        overwrite(project.path, b"")
        with pytest.raises(
            UnreadableFile, match="study.qsm was overwritten while it was being read"
        ):
            reader.codebook.codes()


def test_a_file_in_use_is_no_reason_to_refuse_every_later_step(project):
    os.utime(project.path, (1, 1))  # so that the trail in the file is looked at again
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReadOnlyProject, match="Another program is writing to study.qsm"):
            project.require_owned()
    project.codebook.add("Hope")


def test_after_a_refusal_every_step_is_refused_until_the_project_is_opened_again(project):
    before = project.path.read_bytes()
    project.codebook.add("Hope")
    after = project.path.read_bytes()
    overwrite(project.path, before)
    sentence = refused(project)
    overwrite(project.path, after)
    assert refused(project) == sentence
    with pytest.raises(TakenOver):
        project.undo()
    project.close()
    again = Project.open(project.path)
    again.codebook.add("Fear")
    assert [code.name for code in again.codebook.codes()] == ["Fatigue", "Hope", "Fear"]
    assert check(again) == []
    again.close()


@pytest.mark.parametrize(("backed_up", "said"), [
    (0, "No backup has them."),
    (1, "A backup has them up to step {first}: restore it from the File menu, as a copy. Those "
        "after it are in no file of this program."),
    (2, "A backup has all of them: restore it from the File menu, as a copy."),
])  # fmt: skip
def test_the_sentence_says_which_backup_has_the_steps_that_went(project, backed_up, said):
    older = project.path.read_bytes()
    at = steps(project)
    for n, name in enumerate(("Hope", "Fear"), 1):
        project.codebook.add(name)
        if n == backed_up:
            project.back_up()
    overwrite(project.path, older)
    assert said.format(first=at + 1) in refused(project)


def test_a_copy_that_went_its_own_way_is_noticed_though_it_looks_the_same(project, tmp_path):
    """As many writes, of as many bytes, at the same time: SQLite itself would trust its memory."""
    twin = tmp_path / "twin.qsm"
    shutil.copy(project.path, twin)
    other = Project.open(twin)
    for one, name in ((project, "Hope"), (other, "Fear")):
        one.codebook.add(name)
    data = twin.read_bytes()
    mine = project.path.read_bytes()
    assert (len(data), data[24:40], data == mine) == (len(mine), mine[24:40], False)
    times = project.path.stat()
    overwrite(project.path, data)
    os.utime(project.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    at = steps(other)
    assert f"ends with step {at} now, and was left here at step {at}." in refused(project)
    other.close()


def test_a_file_that_goes_on_from_here_is_said_to_hold_everything(project, tmp_path):
    twin = tmp_path / "twin.qsm"
    shutil.copy(project.path, twin)
    elsewhere(twin, "Hope", "Fear")
    overwrite(project.path, twin.read_bytes())
    assert refused(project) == (
        "2 steps were added to study.qsm by another program while it was open here. Your last step "
        f"was not saved; everything before it is in the file.{GO_ON}"
    )


def test_a_process_that_did_not_ask_for_the_lock_is_noticed(project):
    locking.lock_file(project.path).unlink()
    elsewhere(project.path, "Hope")
    assert "The lock of study.qsm was removed from its folder, so others may write to it. 1 step " \
        "was added to study.qsm by another program" in refused(project)  # fmt: skip


def test_a_lock_that_is_gone_takes_no_step(project):
    locking.lock_file(project.path).unlink()
    assert refused(project) == (
        "The lock of study.qsm was removed from its folder, so others may write to it. Your last "
        f"step was not saved; everything before it is in the file.{GO_ON}"
    )


def test_whoever_took_the_lock_is_named_and_keeps_it(project):
    locking.lock_file(project.path).unlink()
    holder = (
        "import sys\nfrom pathlib import Path\nfrom qualcoder_sm.store.locking import Lock\n"
        "Lock(Path(sys.argv[1]), 'Ben'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(project.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        said = refused(project)
        project.close()
        assert locking.holder(project.path).coder == "Ben"
        process.kill()
    assert said.startswith("Ben has study.qsm open on ")
    assert " It was taken over from here. Your last step was not saved; everything" in said


def test_a_lock_written_again_with_the_same_words_is_the_same(project):
    path = locking.lock_file(project.path)
    words = path.read_bytes()
    path.unlink()
    path.write_bytes(words)
    project.codebook.add("Hope")


def test_a_second_name_of_the_file_takes_no_step(project, tmp_path):
    second = tmp_path / "second.qsm"
    second.hardlink_to(project.path)
    said = refused(project)
    assert said.startswith("study.qsm has a second name in the file system, a hard link,")
    second.unlink()
    assert refused(project) == said


def test_a_file_with_two_names_opens_for_reading_alone(project, tmp_path):
    project.close()
    second = tmp_path / "second.qsm"
    second.hardlink_to(project.path)
    with pytest.raises(ProjectLocked, match="second name .* You can read it, not change it"):
        Project.open(second)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["second.qsm", "study.qsm"]
    Project.open(second, read_only=True).close()


def test_other_rights_and_times_of_the_same_bytes_change_nothing(project):
    project.path.chmod(0o600)
    os.utime(project.path, (1, 1))
    project.codebook.add("Hope")
    overwrite(project.path, project.path.read_bytes())
    project.codebook.add("Fear")
    assert [code.name for code in project.codebook.codes()] == ["Fatigue", "Hope", "Fear"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its name there")
def test_a_file_that_is_gone_for_a_while_takes_steps_when_it_is_back(project, tmp_path):
    away = tmp_path / "away.qsm"
    project.path.rename(away)
    with pytest.raises(DiskError, match="moved, deleted or replaced"):
        project.codebook.add("Refused")
    away.rename(project.path)
    project.codebook.add("Hope")
    assert check(project) == []


@pytest.mark.parametrize("happens", ["overwritten", "unlocked"])
def test_what_happens_during_a_step_keeps_it_from_being_committed(project, happens):
    older = project.path.read_bytes()
    add_text(project, "Later", "More words.")
    with pytest.raises(TakenOver), project.change("codebook.import", name="made", codes=1):
        project.codebook.add("Hope")
        if happens == "overwritten":
            overwrite(project.path, older)
        else:
            locking.lock_file(project.path).unlink()
    project.close()
    with closing(Project.open(project.path)) as again:
        assert [code.name for code in again.codebook.codes()] == ["Fatigue"]
        assert check(again) == []


def test_a_redaction_leaves_a_file_alone_that_is_not_what_was_left(project):
    older = project.path.read_bytes()
    speakers(project, "Talk", [("José", "One.")])
    overwrite(project.path, older)
    with pytest.raises(TakenOver):
        project.people.redact({"José": "P01"}, "asked to")
    assert project.path.read_bytes() == older
