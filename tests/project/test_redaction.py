"""A real name taken out for good: of the file, of the trail, of the backups, whatever happens."""

import subprocess
import sys
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import add_text, coded, new_project, speakers
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm import temporary
from qualcoder_sm.errors import (
    Cancelled,
    DiskError,
    NameTaken,
    NotFound,
    NothingToUndo,
    ReadOnlyProject,
    WrongUsage,
)
from qualcoder_sm.project.audit import sentence
from qualcoder_sm.project.check import check, remarks
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.redaction import Redaction, Spelled
from qualcoder_sm.store import backups

NAME = "José Öberg"
TURNS = (("Int", "Who?"), (NAME, "Me."), ("Int", "And?"), (NAME, "Nothing."))
WHY = "asked for it on 3 May"


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    speakers(project, "P01", TURNS)
    yield project
    project.close()


def spellings(name: str) -> set[bytes]:
    """A name as bytes, in any case, composed or not, in any encoding a file of ours could have."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    forms |= {form.encode("unicode_escape").decode() for form in forms}
    cases = {case for form in forms for case in (form, form.upper(), form.lower(), form.title())}
    return {case.encode(code) for case in cases for code in ("utf-8", "utf-16-le", "utf-16-be")}


def holding(folder: Path, name: str = NAME) -> list[str]:
    """Files that hold the name as bytes, or in the compressed payloads of a trail."""
    wanted = spellings(name)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [
        path.name
        for path in files
        if any(form in data for form in wanted for data in (path.read_bytes(), unpacked(path)))
    ]


def unpacked(path: Path) -> bytes:
    if path.suffix != ".qsm":
        return b""
    project = Project.open(path, read_only=True)
    changes = [project.history.change(record.seq) for record in project.audit.records()]
    project.close()
    return repr(changes).encode()


def redacted(project: Project, name: str = NAME, key: str = "P01", why: str = WHY) -> Redaction:
    return project.people.redact({name: key}, why)


def test_no_byte_of_the_name_is_left_in_project_and_backups(project, tmp_path, home):
    project.reason = "met JOSÉ_ÖBERG again, at last"
    project.codebook.add("Code")
    project.reason = unicodedata.normalize("NFD", f"“{NAME}”\nsays\\{NAME}")
    project.codebook.add("Another")
    project.reason = ""
    project.notes.remove(project.notes.add("Long", f"{NAME} " * 900).guid)  # compressed payloads
    jose = project.people.find(NAME).guid
    project.people.rename(jose, "X")
    project.undo()
    project.back_up()
    assert holding(tmp_path) and holding(home)
    done = redacted(project)
    assert (done.steps, done.texts, done.places, done.backups) == (7, 0, (), 1)
    project.close()
    assert holding(tmp_path) == holding(home) == []
    assert not list(tmp_path.glob("*-journal"))


def test_the_trail_still_verifies_and_says_what_was_done_and_why(project):
    redacted(project)
    record = project.audit.records()[-1]
    assert sentence(record) == (
        "Ana put P01 in the place of a name, for good: the content of 1 step was removed."
    )
    assert (record.reason, record.parameters["steps"]) == (WHY, [2])
    assert project.audit.verify().ok
    assert check(project) == []
    [remark] = remarks(project)
    assert (remark.check, remark.sentence) == (
        "replay",
        "can be told in part only, for the content of 1 step was removed from the trail.",
    )


def test_the_person_and_what_they_said_stay(project):
    before = project.people.find(NAME)
    redacted(project)
    assert project.people.find("P01").guid == before.guid
    assert project.people.said()[before.guid].units == 2
    [source] = project.sources.all()
    assert [unit.speaker for unit in project.sources.units(source.guid)][1] == "P01"
    assert [found.name for found in project.sources.search("nothing")] == ["P01"]


def test_nothing_before_it_can_be_taken_back(project):
    project.codebook.add("Code")
    redacted(project)
    with pytest.raises(NothingToUndo):
        project.undo()
    for seq in (2, 3, 4):
        with pytest.raises(NothingToUndo):
            project.history.undo_step(seq)
    project.codebook.add("Later")
    project.undo()
    assert project.history.undoable() is None


def test_steps_that_do_not_hold_the_name_keep_their_content(project):
    project.codebook.add("Josés öbergine")
    project.codebook.add("Jos")
    redacted(project)
    assert [record.redacted for record in project.audit.records()[2:]] == [False] * 3
    assert [record.seq for record in project.audit.records() if record.redacted] == [2]


def test_a_second_redaction_empties_a_first_whose_reason_names_somebody(project):
    speakers(project, "P02", [("Ann Lee", "Yes.")])
    redacted(project, why="Ann Lee asked that José be not named")
    assert project.audit.verify().ok
    project.people.redact({"Ann Lee": "P02"}, "she asked for it")
    assert project.audit.records()[-1].parameters["steps"] == [1 + 1, 2 + 1, 3 + 1]
    assert project.audit.verify().ok
    assert holding(project.path.parent, "Ann Lee") == []


def test_several_names_go_in_one_step(project, tmp_path):
    speakers(project, "P02", [("Ann Lee", "Yes.")])
    project.people.redact({NAME: "P01", "Ann Lee": "P02"}, WHY)
    assert [person.key for person in project.people.all()] == ["Int", "P01", "P02"]
    assert holding(tmp_path) == holding(tmp_path, "Ann Lee") == []


def test_a_name_given_up_before_is_taken_out_of_the_trail(project, tmp_path):
    project.people.rename(project.people.find(NAME).guid, "P01")
    assert redacted(project).steps == 2
    assert holding(tmp_path) == []


def test_what_still_holds_the_name_is_told(project, home):
    source = speakers(project, "Jose Oberg", [("Int", "So, José  Öberg?"), (NAME, "Yes.")])
    add_text(project, "P03", "nobody")
    case = project.cases.add("Case of José Öberg")
    project.coders.add(NAME)
    project.notes.add("Title", f"{NAME}, of whom", target_table="cases", target=case.guid)
    project.notes.draft(None, f"he, {NAME}")
    gone = add_text(project, "P04", f"about {NAME}")
    project.sources.remove(gone.guid)
    done = redacted(project)
    assert (done.texts, done.earlier) == (1, 1)
    assert done.places == (
        "the coder “José Öberg” (name)",
        "the source “Jose Oberg” (name, name of the file)",
        "the case “Case of José Öberg” (name)",
        "the memo “Title” (text)",
        "1 memo that is being written",
    )
    assert "The words of 1 text still hold the name, for words are not changed." in done.told()
    assert project.sources.text(source.guid).startswith("So, José")


REFUSED = [
    ({NAME: "P01"}, " ", WrongUsage, "needs a reason"),
    ({NAME: "P01"}, "jose-oberg asked", WrongUsage, "The reason holds the name"),
    ({NAME: "JOSE OBERG (2)"}, WHY, WrongUsage, "“JOSE OBERG \\(2\\)” holds the name"),
    ({NAME: "Int"}, WHY, NameTaken, "merge them first"),
    ({"Nobody": "P01"}, WHY, NotFound, "no speaker named “Nobody”"),
]


@pytest.mark.parametrize(("keys", "why", "error", "said"), REFUSED)
def test_what_is_refused_changes_nothing(project, tmp_path, keys, why, error, said):
    backup, before = project.back_up(), project.path.read_bytes()
    with pytest.raises(error, match=said):
        project.people.redact(keys, why)
    assert project.path.read_bytes() == before
    assert backups.backups(project.guid) == [backup]


def test_it_can_be_stopped_while_it_looks_through_the_trail(project):
    before = project.path.read_bytes()
    with pytest.raises(Cancelled):
        project.people.redact({NAME: "P01"}, WHY, lambda done, total, what: False)
    assert project.path.read_bytes() == before
    assert project.people.find(NAME)


def test_a_project_open_for_reading_is_left_alone(project):
    project.close()
    reading = Project.open(project.path, read_only=True)
    with pytest.raises(ReadOnlyProject):
        redacted(reading)
    reading.close()


def test_whoever_listens_hears_of_the_step_without_the_name(project):
    heard = []
    project.subscribe(heard.append)
    redacted(project)
    [change] = heard
    assert change.touches("people")
    assert NAME not in repr(change)


def test_texts_keep_their_order_of_import(project):
    for name in ("C", "A", "B"):
        add_text(project, name, "the same word")
    redacted(project)
    assert order(project) == ["C", "A", "B"]


def order(project: Project) -> list[str]:
    return [source.name for source in project.sources.search("word")]


def test_a_redaction_ended_before_its_sweep_is_finished_at_the_next_opening(
    project, tmp_path, home, monkeypatch
):
    project.back_up()
    partly = temporary.reserve(backups.folder(project.guid) / "20240101T000000Z_000001_0")
    partly.write_text(NAME, encoding="utf-8")

    def killed(_project):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(Project, "back_up", killed)
        redacted(project)
    project.close()
    assert holding(home)
    again = Project.open(project.path)
    assert holding(home) == []
    later = again.back_up()
    again.close()
    Project.open(project.path).close()
    assert backups.backups(again.guid) == [later]


def test_a_copy_of_the_project_that_was_not_redacted_keeps_its_later_backups(
    project, tmp_path, monkeypatch
):
    twin = tmp_path / "twin.qsm"
    backups.copy(project.path, twin)
    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(backups, "sweep", interrupted)
        redacted(project)
    project.close()
    other = Project.open(twin)
    other.codebook.add("Code")
    later = datetime.now(UTC) + timedelta(hours=1)
    made = backups.make(twin, other.guid, *other.audit.head(), later)
    other.close()
    Project.open(project.path).close()
    assert made in backups.backups(other.guid)


def test_backups_from_before_go_also_when_no_new_one_can_be_made(project, home, monkeypatch):
    project.back_up()

    def full(_project):
        raise DiskError("No backup could be made: the disk is full.")

    monkeypatch.setattr(Project, "back_up", full)
    told = list(redacted(project).told())
    assert told[1:3] == [
        "1 backup from before was deleted.",
        "No backup could be made: the disk is full.",
    ]
    assert backups.backups(project.guid) == []


def interrupted(*_: object, **_more: object) -> int:
    raise KeyboardInterrupt


KILLED = """
import os, random, shutil, signal, sys, time
from pathlib import Path
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import backups

def redact(path):
    project = Project.open(path)
    project.people.redact({"José Öberg": "P01"}, "asked for it")
    os._exit(0)

def started(path):
    pid = os.fork()
    if pid == 0:
        redact(path)
    return pid

folder = Path(sys.argv[1])
Project.open(folder / "study.qsm").close()
begun = time.monotonic()
shutil.copy(folder / "study.qsm", folder / "whole.qsm")
os.waitpid(started(folder / "whole.qsm"), 0)
took = time.monotonic() - begun
for n in range(int(sys.argv[2])):
    path = folder / f"copy{n}.qsm"
    shutil.copy(folder / "study.qsm", path)
    pid = started(path)
    time.sleep(took * (0.2 + n / int(sys.argv[2])))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_a_kill_leaves_nothing_or_everything_of_it(project, tmp_path):
    speakers(project, "Long", [("Int", f"word {n} " * 40) for n in range(2_000)])
    project.close()
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "5"], check=True)
    seen = set()
    for path in tmp_path.glob("copy*.qsm"):
        opened = Project.open(path)
        keys = {person.key for person in opened.people.all()}
        assert opened.audit.verify().ok
        opened.close()
        seen |= keys - {"Int"}
        if "P01" in keys:
            assert NAME.encode() not in path.read_bytes()
            assert not path.with_name(path.name + "-journal").exists()
        else:
            assert NAME in keys
            assert check_passes(path)
    assert seen <= {NAME, "P01"}


def check_passes(path: Path) -> bool:
    project = Project.open(path, read_only=True)
    try:
        return check(project) == [] and remarks(project) == []
    finally:
        project.close()


FOUND = [
    ("Jane Smith", "with JANE_smith, then"),
    ("Jane Smith", "Jane\u00a0Smith’s"),
    ("Jane Smith", "Ja\u00adne\u200b Smith"),
    ("José", "Jose\u0301"),
    ("Ｊａｎｅ", "jane"),
    ("田中", "田中さん"),
    ("🙂", "so 🙂!"),
    ("O’Brien", "o'brien"),
]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_a_name_is_found_however_it_is_written(name, text):
    assert Spelled([name]).within(text)


@pytest.mark.parametrize("text", ["Janet Smith", "Jane Smithson", "Smith Jane", "Jane", ""])
def test_a_part_of_a_name_or_a_longer_word_is_not_the_name(text):
    assert not Spelled(["Jane Smith"]).within(text)


@given(st.text(min_size=1).filter(str.strip), st.text(max_size=8), st.text(max_size=8))
def test_any_name_is_found_between_spaces(name, before, after):
    assert Spelled([name]).within(f"{before} {name} {after}")


def test_a_name_that_reads_like_a_part_of_a_guid_or_a_column_empties_no_other_step(tmp_path):
    project = coded(tmp_path, "[x]{A}")
    project.new_guid = iter(
        f"00000000-{n:04x}-cade-abba-000000000000" for n in range(1, 99)
    ).__next__
    project.codebook.add("B")
    for n, name in enumerate(("Cade", "Page"), 1):
        speakers(project, f"P0{n}", [(name, "Yes.")])
    assert project.people.redact({"Cade": "P1"}, WHY).steps == 1
    assert project.people.redact({"Page": "P2"}, WHY).steps == 1
    project.close()
