"""The audit trail: append-only, chained, and honest about what was done behind its back."""

import sqlite3
from contextlib import closing

import pytest
from builders import add_text, coded

from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project


@pytest.fixture
def path(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.close()
    return project.path


def raw(path):
    return closing(sqlite3.connect(path, isolation_level=None))


def verdict(path):
    project = Project.open(path, read_only=True)
    try:
        return project.audit.verify()
    finally:
        project.close()


ATTACKS = {
    "edit": "UPDATE changes SET coder = 'Eve' WHERE seq = 2",
    "delete": "DELETE FROM changes WHERE seq = 2",
    "replace": "INSERT OR REPLACE INTO changes SELECT * FROM changes WHERE seq = 2",
    "gap": "INSERT INTO changes SELECT 99, at, coder, action, rows, undo_of, batch, schema, "
    "digests, hash, hash FROM changes ORDER BY seq DESC LIMIT 1",
    "forged link": "INSERT INTO changes SELECT seq + 1, at, coder, action, rows, undo_of, batch, "
    "schema, digests, 'x', hash FROM changes ORDER BY seq DESC LIMIT 1",
    "payload edit": "UPDATE change_payloads SET reason = 'other' WHERE seq = 2",
    "payload delete": "DELETE FROM change_payloads WHERE seq = 2",
    "payload replace": "INSERT OR REPLACE INTO change_payloads(seq) VALUES (2)",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_triggers_refuse(path, attack):
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(attack)
    assert verdict(path).ok


def without_triggers(connection):
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")


TAMPERINGS = {
    "who": "UPDATE changes SET coder = 'Eve' WHERE seq = 3",
    "when": "UPDATE changes SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 3",
    "why": "UPDATE change_payloads SET reason = 'because' WHERE seq = 3",
    "what": "UPDATE change_payloads SET after = before WHERE seq = 3",
    "emptied": "UPDATE change_payloads SET after = NULL WHERE seq = 3",
    "removed": "DELETE FROM changes WHERE seq = 3",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_is_done_behind_the_triggers_shows(path, statement):
    with raw(path) as connection:
        without_triggers(connection)
        connection.execute(statement)
    found = verdict(path)
    assert not found.ok
    assert found.first_bad in (3, 4)


@pytest.mark.parametrize("cut", ["seq = (SELECT MAX(seq) FROM changes)", "seq > 2"])
def test_steps_cut_off_at_the_end_show_by_what_is_left_of_them(path, cut):
    with raw(path) as connection:
        without_triggers(connection)
        connection.execute(f"DELETE FROM changes WHERE {cut}")
        [(left,)] = connection.execute("SELECT COUNT(*) FROM changes")
    assert (verdict(path).ok, verdict(path).first_bad) == (False, left + 1)


def test_a_trail_without_a_step_is_not_whole(path):
    with raw(path) as connection:
        without_triggers(connection)
        connection.execute("DELETE FROM change_payloads")
        connection.execute("DELETE FROM changes")
    assert verdict(path).first_bad == 1


def test_a_row_changed_outside_of_the_journal_is_found_by_the_replay(path):
    with raw(path) as connection:
        connection.execute('UPDATE codings SET "end" = "end" + 1')
    project = Project.open(path, read_only=True)
    assert [finding.check for finding in check(project)] == ["replay"]
    project.close()


def test_a_text_changed_outside_of_the_journal_is_found(path):
    with raw(path) as connection:
        connection.execute("UPDATE contents SET bytes = CAST('other words' AS BLOB)")
    project = Project.open(path, read_only=True)
    assert "texts" in [finding.check for finding in check(project)]
    project.close()


def test_reasons_and_rows_come_back_as_they_were_written(path):
    project = Project.open(path)
    project.reason = "the pilot showed it"
    project.codebook.rename(project.codebook.find("Fatigue").guid, "Tiredness")
    record = project.audit.records()[-1]
    assert record.reason == "the pilot showed it"
    [row] = project.history.change(record.seq).rows
    assert (row.before["name"], row.after["name"]) == ("Fatigue", "Tiredness")
    project.close()


def test_texts_stand_in_the_file_once(tmp_path):
    project = coded(tmp_path, "[x]{A}")
    before = project.path.stat().st_size
    add_text(project, "Long", "word " * 100_000)
    grown = project.path.stat().st_size - before
    assert grown < 2 * 500_000  # the text, and its search index, which is small for one word
    project.close()


def test_a_payload_over_four_kilobytes_is_compressed(tmp_path):
    project = coded(tmp_path, "[x]{A}")
    text = "\n".join(f"line {i}" for i in range(2000))
    add_text(project, "Long", text)
    with raw(project.path) as connection:
        sizes = connection.execute("SELECT LENGTH(after) FROM change_payloads ORDER BY seq")
        assert sizes.fetchall()[-1][0] < 2000 * 60
    change = project.history.change(project.audit.head()[0])
    assert sum(row.table == "units" for row in change.rows) == 2000
    project.close()


def test_the_head_is_the_hash_of_the_last_step(path):
    project = Project.open(path, read_only=True)
    assert project.audit.head() == (
        project.audit.records()[-1].seq,
        project.audit.records()[-1].hash,
    )
    assert project.audit.verify().head == project.audit.head()[1]
    project.close()
