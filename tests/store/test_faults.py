"""What happens to the file from outside: each fault is one sentence, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from builders import coded, new_project

from qualcoder_sm.errors import (
    DiskError,
    NewerProject,
    NotAProject,
    OlderProject,
    QualCoderError,
    ReadOnlyProject,
    UnreadableFile,
)
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups, migrations, schema, shape
from qualcoder_sm.store.database import PRAGMAS, Database
from qualcoder_sm.store.versions import TableChange


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue}.")
    yield project
    project.close()


def test_every_connection_has_the_pragmas(project):
    wanted = {"busy_timeout": 5000, "trusted_schema": 0, "cell_size_check": 1, "foreign_keys": 1,
              "synchronous": 3, "secure_delete": 1, "temp_store": 2, "cache_spill": 0,
              "journal_mode": "delete", "application_id": schema.APPLICATION_ID,
              "user_version": schema.VERSION}  # fmt: skip
    with project.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted
    assert {pragma.split("=")[0] for pragma in PRAGMAS} < set(wanted)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotAProject),
        (b"not a project at all, only some words", NotAProject),
        (b"SQLite format 3\0" + bytes(100), NotAProject),
    ],
)
def test_what_is_no_project_is_said_so_and_stays_as_it_was(tmp_path, content, error):
    path = tmp_path / "other.qsm"
    path.write_bytes(content)
    with pytest.raises(error, match=r"other\.qsm"):
        Project.open(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(NotAProject, match="There is no file"):
        Project.open(tmp_path / "none.qsm")


def test_a_newer_project_is_refused_unchanged(project):
    project.close()
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
        connection.commit()
    before = project.path.read_bytes()
    with pytest.raises(NewerProject, match="newer version"):
        Project.open(project.path)
    assert project.path.read_bytes() == before


def test_creating_over_a_file_is_refused(project):
    with pytest.raises(DiskError, match="already a file"):
        Project.create(project.path, "Other", "Ben")


def test_a_file_deleted_while_open_takes_no_step(project):
    project.path.unlink()
    with pytest.raises(DiskError, match="moved, deleted or replaced"):
        project.codebook.add("Later")
    assert not project.path.exists()


def test_a_file_replaced_while_open_takes_no_step(project, tmp_path):
    other = tmp_path / "other.qsm"
    shutil.copy(project.path, other)
    before = other.read_bytes()
    os.replace(other, project.path)  # noqa: PTH105  # as a sync client does it
    with pytest.raises(DiskError, match="moved, deleted or replaced"):
        project.codebook.add("Later")
    assert project.path.read_bytes() == before


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from qualcoder_sm.errors import DiskError
from qualcoder_sm.project.project import Project
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
project = Project.open(Path(sys.argv[1]))
size = project.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, resource.RLIM_INFINITY))
done = 0
try:
    for i in range(10_000):
        project.codebook.add(f"Code {i}")
        done += 1
except DiskError as error:
    print(done, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
project.codebook.add("After")
project.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file size are POSIX")
def test_a_full_disk_loses_the_last_step_only_and_work_goes_on_after(project):
    project.close()
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(project.path)],
        capture_output=True,
        check=True,
        text=True,
    )
    done, _, sentence = run.stdout.partition(" ")
    assert "The last step was not saved; everything before it is." in sentence
    again = Project.open(project.path)
    assert int(done) > 0
    assert len(again.codebook.codes()) == 1 + int(done) + 1
    assert check(again) == []
    again.close()


def test_a_full_disk_has_its_own_sentence(project):
    with project.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    before = len(project.codebook.codes())
    with pytest.raises(DiskError, match="The disk is full"):
        for i in range(1000):
            project.codebook.add(f"Code {i}")
            before += 1
    assert len(project.codebook.codes()) == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes of files are POSIX")
def test_a_file_that_may_not_be_written_opens_for_reading(project):
    project.close()
    project.path.chmod(0o444)
    project.path.parent.chmod(0o755)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "from qualcoder_sm.errors import ReadOnlyProject\n"
        "from qualcoder_sm.project.project import Project\n"
        "project = Project.open(Path(sys.argv[1]))\n"
        "print(project.read_only, len(project.codings.all()))\n"
        "try:\n    project.undo()\nexcept ReadOnlyProject as error:\n    print(error)\n"
    )
    for parent in project.path.parents:
        if parent.stat().st_uid == os.geteuid() and str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-c", script, str(project.path)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if "ModuleNotFoundError" in run.stderr or "PermissionError" in run.stderr:
        pytest.skip("another user cannot read this checkout")
    assert run.stdout.splitlines()[0] == "True 1", run.stderr
    assert "reading only" in run.stdout


def test_a_damaged_file_is_said_so(project):
    project.close()
    data = bytearray(project.path.read_bytes())
    data[100:4096] = b"\x55" * 3996
    project.path.write_bytes(data)
    with pytest.raises((UnreadableFile, QualCoderError)):
        Project.open(project.path, read_only=True).sources.all()


def a_version_later(monkeypatch, change):
    version = schema.VERSION + 1
    monkeypatch.setattr(migrations, "CHANGES", {version: {"project": change}})
    monkeypatch.setattr(schema, "VERSION", version)
    make = shape.make

    def make_later(connection):
        make(connection)
        for name in change.added:
            connection.exec_driver_sql(f"ALTER TABLE project ADD {name} TEXT DEFAULT '' NOT NULL")

    monkeypatch.setattr(shape, "make", make_later)


def test_an_older_file_is_backed_up_and_brought_to_the_newest_version(tmp_path, monkeypatch):
    old = new_project(tmp_path)
    old.close()
    a_version_later(monkeypatch, TableChange(added={"remark": ""}))
    project = Project.open(old.path)
    assert [b.steps for b in backups.backups(project.guid)] == [1]
    assert project.audit.records()[-1].action == "project.migrate"
    assert project.brought_up.seq == 2
    with project.reading() as connection:
        columns = connection.exec_driver_sql("PRAGMA table_info(project)").all()
    assert "remark" in [column[1] for column in columns]
    assert project.audit.verify().ok
    project.close()
    assert Project.open(old.path, read_only=True).brought_up is None


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    old = new_project(tmp_path)
    old.close()
    before = old.path.read_bytes()

    def fail(row):
        raise ArithmeticError("half")

    a_version_later(monkeypatch, TableChange(added={"remark": ""}, gone=("name",), carry=fail))
    with pytest.raises(ArithmeticError, match="half"):
        Project.open(old.path)
    assert old.path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [old.path]


def test_a_file_that_cannot_be_backed_up_is_not_brought_to_a_new_version(tmp_path, monkeypatch):
    old = new_project(tmp_path)
    guid = old.guid
    old.close()
    before = old.path.read_bytes()
    backups.folder(guid).parent.mkdir(parents=True)
    backups.folder(guid).write_text("a file where the folder would be")
    a_version_later(monkeypatch, TableChange(added={"remark": ""}))
    with pytest.raises(DiskError, match="No backup could be made .* Nothing was changed"):
        Project.open(old.path)
    assert old.path.read_bytes() == before


@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=3)])
def test_a_backup_that_was_damaged_since_is_made_anew_before_a_new_version(
    tmp_path, monkeypatch, age
):
    old = new_project(tmp_path)
    made = datetime.now(UTC) - age
    backup = backups.make(old.path, old.guid, *old.audit.head(), now=made)
    old.close()
    backup.path.write_bytes(backup.path.read_bytes()[:5000])
    a_version_later(monkeypatch, TableChange(added={"remark": ""}))
    project = Project.open(old.path)
    project.close()
    [kept] = backups.backups(backup.path.parent.name)
    assert kept.path.read_bytes()[60:64] == (schema.VERSION - 1).to_bytes(4, "big")
    with closing(sqlite3.connect(kept.path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_older_file_is_not_opened_for_reading_alone(tmp_path, monkeypatch):
    old = new_project(tmp_path)
    old.close()
    before = old.path.read_bytes()
    a_version_later(monkeypatch, TableChange(added={"remark": ""}))
    with pytest.raises(OlderProject, match="opened for writing once"):
        Project.open(old.path, read_only=True)
    assert old.path.read_bytes() == before


def test_a_step_cut_short_where_nothing_may_be_written_is_said_to_be_unfinished(project, tmp_path):
    project.close()
    copy = tmp_path / "elsewhere" / "study.qsm"
    copy.parent.mkdir()
    with closing(sqlite3.connect(project.path, isolation_level=None)) as file:
        file.execute("PRAGMA cache_size=1")  # so that the step spills into the file
        file.execute("BEGIN IMMEDIATE")
        file.execute("CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                     "FROM n LIMIT 5000) SELECT printf('%099d', i) AS words FROM n")  # fmt: skip
        for name in ("study.qsm", "study.qsm-journal"):
            shutil.copy(project.path.with_name(name), copy.with_name(name))
        file.execute("ROLLBACK")
    database = Database(copy, read_only=True)
    with (
        pytest.raises(ReadOnlyProject, match="was cut short and has to be rolled back"),
        database.read() as connection,
    ):
        connection.exec_driver_sql("SELECT * FROM codes").all()
    database.close()
    Project.open(copy).close()  # where it may be written, it is rolled back
    assert not copy.with_name("study.qsm-journal").exists()


def test_reading_only_refuses_steps(project):
    reader = Project.open(project.path, read_only=True)
    with pytest.raises(ReadOnlyProject):
        reader.codebook.add("X")
    reader.close()
