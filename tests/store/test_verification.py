"""Whatever is changed behind the program's back shows, in `audit --verify` and in verify_trail.py."""

import json
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import add_coded, new_project, version_1
from tamperings import LAST, TAMPERINGS

from qualcoder_sm import paths
from qualcoder_sm.__main__ import main
from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft, UnitDraft
from qualcoder_sm.model import Change, Polarity, Progress, SourceKind, UnitKind
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema
from qualcoder_sm.store.database import Database
from qualcoder_sm.store.journal import Journal
from qualcoder_sm.store.uniqueness import UNIQUE

SCRIPT = paths.shipped("resources") / "verify_trail.py"


def full(folder: Path) -> Path:
    """A study with rows in every table, in which step 3 created a code; the last wrote a memo."""
    project = new_project(folder)
    source = add_coded(project, "P01", "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}.")
    units = (UnitDraft(0, 11, UnitKind.TURN, speaker="A0001", offset=5.0),)
    draft = SourceDraft("P02", SourceKind.TRANSCRIPT, "[SYNTHETIC]", units, "Interviews")
    project.sources.add(Bundle((draft,)))
    project.cases.take([CaseDraft("P01", "person", {"age": "40"})], "cases.csv")
    first, second = project.codings.of_source(source.guid)
    project.codings.set_polarity(first.guid, Polarity.SUPPORTS)
    project.codings.move(first.guid, first.start, first.end + 2)
    project.links.add(first.guid, second.guid)
    project.sets.keep("Burdens", [first.code])
    project.progress.set(source.guid, Progress.DONE)
    project.codebook.remove(project.codebook.add("Gone").guid)
    project.codebook.rename(second.code, "Loneliness")
    project.undo()
    project.notes.add("Tone", "[SYNTHETIC] a memo", "analytic", "sources", source.guid)
    project.close()
    return project.path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return full(tmp_path_factory.mktemp("made")).read_bytes()


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    file = tmp_path / "study.qsm"
    file.write_bytes(made)
    return file


def head(path: Path) -> str:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT hash FROM changes ORDER BY seq DESC LIMIT 1").fetchone()[0]


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        for [name] in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)
        file.commit()


def told_by_the_program(capsys, path: Path, *more: str) -> set[str]:
    """The checks that `audit --verify` says have failed."""
    capsys.readouterr()
    status = main(["audit", str(path), "--verify", "--json", *more])
    out, err = capsys.readouterr()
    said = json.loads(out)
    failed = {name for name in ("chain", "tables") if not said[name]}
    failed |= {"head"} if said["expected_head"] is False else set()
    assert said["ok"] is (not failed)
    assert status == (1 if failed else 0)
    assert err.startswith("error: The check of the audit trail failed: ") if failed else not err
    assert "Traceback" not in err
    return failed


def told_by_the_script(capsys, path: Path, expect: str | None = None) -> set[str]:
    """The checks that verify_trail.py says have failed."""
    capsys.readouterr()
    status = runpy.run_path(str(SCRIPT))["verify"](path, expect)
    lines = capsys.readouterr().out.splitlines()[1:]
    failed = {line.split(":")[0] for line in lines if "FAILED" in line}
    checks = [line for line in lines if not line.startswith("remark: ")]
    assert {line.split(": ", 1)[1] for line in checks if "FAILED" not in line} <= {"ok"}
    assert status == (1 if failed else 0)
    return failed


@pytest.mark.parametrize(("statements", "program", "script"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_each_tampering_is_found_by_its_check(capsys, path, statements, program, script):
    tamper(path, *statements)
    assert told_by_the_program(capsys, path) == set(program.split())
    assert told_by_the_script(capsys, path) == set(script.split())


TABLES = [table.name for table in schema.JOURNALLED]
ROWS = {
    "changed": "UPDATE {table} SET {column} = COALESCE({column}, '') || 'x' WHERE guid = {one}",
    "deleted": "DELETE FROM {table} WHERE guid = {one}",
    "added": "INSERT INTO {table} SELECT {columns} FROM {table} WHERE guid = {one}",
}


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("table", TABLES)
def test_a_row_of_any_table_that_is_not_of_the_trail_is_found(capsys, path, table, kind):
    names = [column.name for column in schema.metadata.tables[table].columns]
    alone = UNIQUE[table].columns[-1] if table in UNIQUE else ""  # no two rows may share it
    copied = [f"\"{name}\" || 'x'" if name == alone else f'"{name}"' for name in names[1:]]
    fields = {
        "table": table,
        "one": f"(SELECT MIN(guid) FROM {table})",
        "column": f'"{names[-1]}"',
        "columns": ", ".join(["'new'", *copied]),
    }
    tamper(path, "PRAGMA foreign_keys=OFF", ROWS[kind].format(**fields))
    assert told_by_the_program(capsys, path) == {"tables"}
    assert told_by_the_script(capsys, path) >= {"tables"}


def cut_off(path: Path) -> None:
    """Take the last step, which wrote a memo, out of the trail and out of the tables."""
    tamper(
        path,
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM notes",
        f"DELETE FROM change_payloads WHERE seq = {LAST}",
        f"DELETE FROM changes WHERE seq = {LAST}",
    )


def test_steps_cut_off_with_their_rows_show_only_against_a_head_kept_elsewhere(capsys, path):
    kept = head(path)
    assert told_by_the_program(capsys, path, "--expect", kept) == set()
    assert told_by_the_script(capsys, path, kept) == set()
    cut_off(path)
    assert told_by_the_program(capsys, path) == set()
    assert told_by_the_script(capsys, path) == set()
    assert told_by_the_program(capsys, path, "--expect", kept) == {"head"}
    assert told_by_the_script(capsys, path, kept) == {"head"}


def test_a_head_copied_from_paper_may_have_spaces_and_capitals(capsys, path):
    kept = head(path)
    printed = " ".join([kept[:32].upper(), kept[32:]])
    assert told_by_the_program(capsys, path, "--expect", printed) == set()


def test_the_head_of_an_earlier_step_is_not_the_head_and_is_told_apart(capsys, path):
    kept = head(path)
    project = Project.open(path)
    project.coders.add("Ben")
    project.close()
    assert main(["audit", str(path), "--verify", "--expect", kept]) == 1
    steps = "that is the head of step 18, and 1 step follows it."
    assert capsys.readouterr().out.splitlines()[2] == f"The head is not the one expected: {steps}"


def test_the_answer_in_words_names_chain_tables_and_head(capsys, path):
    assert main(["audit", str(path), "--verify"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "All 18 steps follow from each other.",
        "Tables and texts are what the trail says.",
        f"The head is {head(path)}. Steps that are cut off at the end together with their rows show "
        "only against a head kept elsewhere: print it, or mail it to somebody.",
    ]
    tamper(path, 'UPDATE codings SET "end" = "end" + 1', "UPDATE contents SET bytes = X'20'")
    tamper(path, "UPDATE changes SET coder = 'Eve' WHERE seq = 3")
    assert main(["audit", str(path), "--verify", "--expect", "0" * 64]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "The chain does not hold at step 3: it was changed, or one before it is missing.",
        "Not as the trail says: 2 codings, 2 texts.",
        "The head is not the one expected, and no step has it: steps were cut off at the end, or "
        "this is another trail.",
    ]
    assert err == (
        "error: The check of the audit trail failed: the chain, tables and texts, the head.\n"
    )


def redact(path: Path, *seqs: int) -> None:
    """Empty steps, as a later step says."""
    database = Database(path)
    with database.write() as connection:
        journal = Journal(connection, database.read)
        journal.describe(steps=list(seqs))
        at = datetime(2024, 3, 11, tzinfo=UTC)
        journal.finish(Change(0, at, "Ana", "project.redact", "Redact", "", ()), "salt", None)
        fields = ", ".join(f"{name} = NULL" for name in ("salt", *schema.PAYLOAD_FIELDS))
        for seq in seqs:
            connection.exec_driver_sql(f"UPDATE change_payloads SET {fields} WHERE seq = {seq}")
    database.close()


def test_a_redacted_step_leaves_the_chain_whole_and_the_rows_after_it_compared(capsys, path):
    redact(path, 3)
    assert told_by_the_program(capsys, path) == set()
    assert told_by_the_script(capsys, path) == set()
    tamper(path, "UPDATE codings SET memo = 'other'")  # told by steps after the third
    assert told_by_the_program(capsys, path) == {"tables"}
    assert told_by_the_script(capsys, path) == {"tables"}


def test_what_a_redaction_leaves_untold_is_said(capsys, path):
    redact(path, 3)
    assert main(["audit", str(path), "--verify"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == (
        "Tables and texts are what the trail says. 1 step cannot be read any more, so 1 row could "
        "not be compared."
    )


def test_a_redacted_step_excuses_no_more_rows_than_it_had(capsys, path):
    redact(path, 3)
    assert told_by_the_program(capsys, path) == set()
    tamper(path, "UPDATE project SET name = 'Another'")  # besides the one row of step 3
    assert told_by_the_program(capsys, path) == {"tables"}


def test_a_file_brought_up_from_version_1_is_compared_with_its_oldest_steps(capsys, tmp_path):
    path = version_1(tmp_path)
    Project.open(path).close()
    assert told_by_the_program(capsys, path) == set()
    assert told_by_the_script(capsys, path) == set()
    tamper(path, "UPDATE codes SET definition = 'another'")  # told in version 1 only
    assert told_by_the_program(capsys, path) == {"tables"}
    assert told_by_the_script(capsys, path) == {"tables"}


def test_the_role_of_an_interviewer_of_version_1_is_compared_too(capsys, tmp_path):
    path = version_1(tmp_path)
    Project.open(path).close()
    tamper(path, "UPDATE people SET role = 'participant' WHERE role = 'interviewer'")
    assert told_by_the_program(capsys, path) == {"tables"}


@pytest.mark.parametrize("table", ["changes", "change_payloads", "contents", "codings"])
def test_a_dropped_table_is_answered_too(capsys, path, table):
    tamper(path, "PRAGMA foreign_keys=OFF", f"DROP TABLE {table}")
    assert told_by_the_program(capsys, path)


def test_the_script_runs_on_its_own(path):
    command = [sys.executable, "-I", str(SCRIPT), str(path), "--expect", head(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == [
        "chain: ok", "payloads: ok", "tables: ok", "texts: ok", "head: ok",
    ]  # fmt: skip
    done = subprocess.run([*command[:-1], "0" * 64], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == f"head: FAILED, it is not {'0' * 64}"


@pytest.fixture
def set_back(tmp_path):
    """Steps at 12, 11, 13, 10 and 10 o'clock: the clock ran backwards before steps 2 and 4."""
    project = Project.create(tmp_path / "clock.qsm", "Study", "Ana", clock=lambda: hour(12))
    for at in (11, 13, 10, 10):
        project.clock = lambda at=at: hour(at)
        project.codebook.add(f"Code {project.head()[0]}")
    project.close()
    return project.path


def hour(at):
    return datetime(2024, 3, 11, at, tzinfo=UTC)


def test_times_that_run_backwards_are_remarked_and_no_failure(capsys, set_back):
    assert main(["audit", str(set_back), "--verify"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "All 5 steps follow from each other. 2 steps have an earlier time than the one before them, "
        "first step 2: a clock was set back, or was wrong."
    )
    assert main(["audit", str(set_back), "--verify", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["times_backwards"], told["first_backwards"]) == (True, 2, 2)
    assert runpy.run_path(str(SCRIPT))["verify"](set_back, None) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "remark: a clock was set back before step 2, or was wrong"
    )


def test_times_that_run_forwards_are_not_remarked(capsys, path):
    assert main(["audit", str(path), "--verify", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["times_backwards"], told["first_backwards"]) == (0, None)
    assert runpy.run_path(str(SCRIPT))["verify"](path, None) == 0
    assert "remark" not in capsys.readouterr().out


def test_the_script_is_one_page():
    assert len(SCRIPT.read_text("utf-8").splitlines()) < 100


@pytest.mark.parametrize("size", [0, 50, 4096, 20_000])
def test_the_script_says_of_a_file_cut_short_that_it_is_damaged(path, size):
    path.write_bytes(path.read_bytes()[:size])
    command = [sys.executable, "-I", str(SCRIPT), str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"{path} cannot be verified, for it is no project or is damaged: " in done.stderr
    assert "Traceback" not in done.stderr
