"""What the file of a project can be in the way of: one sentence, status 1, nothing changed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from builders import version_1

from qualcoder_sm.cli import importing
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema

READING = ("info", "sources", "coders", "cases", "codings", "audit", "check")
WRITING = ("undo", "redo")


def damage(path, **pragmas):
    with closing(sqlite3.connect(path)) as file:
        for name, value in pragmas.items():
            file.execute(f"PRAGMA {name} = {value}")
        file.commit()


@pytest.fixture(params=["empty", "words", "another database", "newer", "folder", "missing"])
def unfit(request, tmp_path, study):
    """A file that cannot be opened, and what is said of it."""
    path = tmp_path / "unfit.qsm"
    match request.param:
        case "empty":
            path.touch()
            said = "unfit.qsm is an empty file, not a project."
        case "words":
            path.write_text("[SYNTHETIC] an interview " * 20, encoding="utf-8")
            said = "unfit.qsm is not a QualCoder SM project."
        case "another database":
            damage(path, user_version=1)
            said = "unfit.qsm is not a QualCoder SM project."
        case "newer":
            shutil.copy(study, path)
            damage(path, user_version=schema.VERSION + 1)
            said = "unfit.qsm was written by a newer version of QualCoder SM."
        case "folder":
            path.mkdir()
            said = f"{path} cannot be read"
        case _:
            said = f"There is no file {path}."
    return path, said


@pytest.mark.parametrize("command", READING + WRITING)
def test_a_file_that_is_no_project_of_ours(run, unfit, command):
    path, said = unfit
    before = path.read_bytes() if path.is_file() else None
    assert run(command, path).refusal.startswith(said)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.with_name(path.name + ".lock").exists()


def test_a_project_that_is_open_elsewhere_can_be_read_not_changed(run, study, contents):
    holder = Project.open(study)
    before = contents(study)
    refusal = run("undo", study).refusal
    assert refusal.startswith("Ana has study.qsm open on")
    assert refusal.endswith("You can read it, not change it.")
    assert contents(study) == before
    assert len(run("codings", study, "--json").json) == 2
    holder.close()
    assert run("undo", study).status == 0


def test_the_lock_of_a_process_that_was_killed_is_taken_over_silently(run, study):
    code = (
        "import os, sys; from pathlib import Path; from qualcoder_sm.project.project import Project;"
        "Project.open(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(study)], check=False)
    assert study.with_name("study.qsm.lock").exists()
    done = run("undo", study)
    assert (done.status, done.err) == (0, "")


def test_the_lock_is_held_for_the_command_only(run, study):
    run("undo", study)
    run("code", study, "Interview", 0, 500, "Fatigue")
    assert not study.with_name("study.qsm.lock").exists()


@pytest.fixture
def read_only(study):
    """The study where it may be read, not written; also for root."""
    if not hasattr(os, "setresuid"):
        pytest.skip("file rights are different here")
    folder = Path(tempfile.mkdtemp())
    path = Path(shutil.copy(study, folder / "study.qsm"))
    path.chmod(0o444)
    folder.chmod(0o555)
    is_root = os.getuid() == 0
    if is_root:
        os.setresuid(65534, 65534, 0)
    yield path
    if is_root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_project_that_may_not_be_written(run, study, read_only):
    assert run("info", read_only).status == 0
    before = read_only.read_bytes()
    for words in (["undo"], ["coders", "--add", "Ben"]):
        refusal = run(words[0], read_only, *words[1:]).refusal
        assert "may not be written here. Nothing was changed" in refusal
    assert read_only.read_bytes() == before
    assert list(read_only.parent.iterdir()) == [read_only]


def test_a_full_disk_loses_the_step_and_nothing_before_it(run, study, write, contents):
    resource = pytest.importorskip("resource")
    big = write("big.txt", "[SYNTHETIC] words. " * 100_000)
    run("coders", study, "--add", "Ben")
    before = contents(study)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (study.stat().st_size + 8192, hard))
    try:
        refusal = run("import", study, big).refusal
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "The last step was not saved; everything before it is" in refusal
    assert contents(study) == before
    assert run("check", study).status == 0
    assert run("import", study, big).status == 0


@pytest.mark.parametrize("fate", ["deleted", "replaced", "moved"])
def test_a_file_that_goes_while_it_is_open(run, study, write, monkeypatch, fate, tmp_path):
    text, other = write("P.txt", "[SYNTHETIC] words"), tmp_path / "other.qsm"
    shutil.copy(study, other)
    real = importing.importers.read

    def read(*args):
        match fate:
            case "deleted":
                study.unlink()
            case "replaced":
                other.replace(study)
            case _:
                study.rename(tmp_path / "moved.qsm")
        return real(*args)

    monkeypatch.setattr(importing.importers, "read", read)
    assert "was moved, deleted or replaced while it was open" in run("import", study, text).refusal
    if fate == "replaced":
        assert run("info", study, "--json").json["counts"]["sources"] == 1
    else:
        assert not study.exists()


def test_a_truncated_file_is_damaged_not_a_crash(run, study):
    data = study.read_bytes()
    study.write_bytes(data[: len(data) // 2])
    assert "study.qsm is damaged" in run("codings", study).refusal
    assert "study.qsm is damaged" in run("check", study).refusal


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_file_that_may_not_be_read_is_refused_not_wrong_usage(run, study, write, monkeypatch):
    """The rights are asked for by name, so that it is tested as root too."""
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.R_OK)
    assert run("info", study).status == 0
    table = write("c.csv", "source,start,end,code,coder\nInterview,0,1,Fatigue,Ana\n")
    assert run("report", study, "codebook", "--to", table).status == 0
    assert run("codebook", "export", study, "--to", table).status == 0
    assert run("import", study, table.with_name("none.txt")).status == 1


@pytest.mark.parametrize("command", READING)
def test_a_project_of_an_older_version_is_not_read_but_it_is_said_what_to_do(
    run, tmp_path, command
):
    path = version_1(tmp_path)
    before = path.read_bytes()
    refusal = run(command, path).refusal
    assert refusal.startswith("version_1.qsm was written by an older version of QualCoder SM")
    assert "“qualcoder-sm upgrade”" in refusal
    assert path.read_bytes() == before


def test_a_project_of_an_older_version_is_upgraded_once(run, tmp_path):
    path = version_1(tmp_path)
    done = run("upgrade", path)
    assert done.lines == ["version_1.qsm has file version 3."]
    assert "labels and times left the texts of 5 sources" in done.err
    assert "A copy of it as it was is in" in done.err
    again = run("upgrade", path)
    assert (again.lines, again.err) == (done.lines, "")
    assert run("check", path).status == 0
    assert run("info", path, "--json").json["schema"] == 3


def test_a_command_that_changes_something_upgrades_first(run, tmp_path):
    done = run("coders", version_1(tmp_path), "--add", "Cy")
    assert done.status == 0
    assert done.err.startswith("note: Ana opened the project in a newer version of the program")
