"""A project of file version 1, kept from that time, is brought to this version with nothing lost.

Its transcripts held labels and times; `data/make_version_1.py` says what is in it.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import tamper, version_1

from qualcoder_sm.errors import NothingToUndo, OlderProject
from qualcoder_sm.model import Polarity, Role
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.store import backups, schema

WORDS = {
    "P01": [
        (None, None, "[SYNTHETIC] Interview with P01"),
        (None, None, "Date: 12 March 2024."),
        ("INT", None, "So, how did you come to it?"),
        ("P01", 52, "Right. Well 😀.\n\nI didn’t want to.\n[00:01:10]\nBut I did."),
        ("P01", None, "(laughs) At 12:30 [00:02:00] it was always soup."),
        (None, None, "INT: Always?"),  # typed into the text when it was corrected
        ("INT", None, "And then?"),
        ("P01", None, "Nothing 🦉💜."),
    ],
    "P02": [("I", None, "So?"), ("B1", 4, "Aye 😀."), ("I", 9.5, "Hm.")],
    "P03": [
        ("P03", 3, "Hello there."),
        ("INT", 9, "Who are you?"),
        ("P03", 12, "I am who I am.\nAnd so on."),
    ],
    "P04": [
        (None, None, "# Topics"),
        ("INT", None, "Tell me."),
        ("P04", None, "It was *cold*."),
        (None, None, "And wet"),  # what a correction left in no unit
        ("INT", None, "?"),
    ],
    "P06": [("INT", None, "One?"), ("P06", None, "Two\nlines."), ("INT", None, "Three.")],
}
OTHERS = {
    "notes": "\n  Field notes:  \n\nP01: once, in a text. \n\n",
    "T1": "INT: not a label here\n\nSecond post",
}

CODINGS = [
    ("P01", "Ana", "Care", "Right. Well"),
    ("P01", "Ana", "Care", "Well 😀"),
    ("P01", "Ben", "Care", "want to.\n[00:01:10]\nBut"),
    ("P01", "Ana", "Food", "did.\n(laughs)"),
    ("P01", "Ana", "Food", "soup.\nINT: Always?\nAnd"),
    ("P01", "Ben", "Food", "INT: Always?\nAnd then?"),
    ("P01", "Ben", "Care", "And then?"),
    ("P01", "Ana", "Food", "Nothing 🦉💜."),
    ("P02", "Ben", "Care", "So?\nAye 😀.\nHm."),
    ("P02", "Ben", "Care", "Aye 😀."),
    ("P03", "Ben", "Care", "there.\nWho are you?\nI am"),
    ("P04", "Ben", "Care", "It was *cold*."),
    ("P06", "Ben", "Care", "Two\nlines.\nThree"),
    ("T1", "Ana", "Food", "label here\n\nSecond"),
    ("notes", "Ana", "Care", "  Field notes:  \n"),
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return version_1(tmp_path)


@pytest.fixture
def project(old: Path) -> Iterator[Project]:
    project = Project.open(old)
    yield project
    project.close()


def guid(project: Project, name: str) -> str:
    return project.sources.find(name).guid


def coded(project: Project) -> list[tuple[str, str, str, str]]:
    found = [
        (one.source_name, one.coder_name, one.code_path.removeprefix("Theme > "), one.text)
        for one in project.segments.of()
    ]
    return sorted(found, key=lambda one: one[0])


def test_each_transcript_holds_its_words_and_each_other_text_stays(project: Project):
    for name, units in WORDS.items():
        text = project.sources.text(guid(project, name))
        assert text == "\n".join(words for _who, _at, words in units)
        found = project.sources.units(guid(project, name))
        assert [(u.speaker, u.offset, text[u.start : u.end]) for u in found] == units
        assert [unit.ordinal for unit in found] == list(range(len(units)))
    for name, text in OTHERS.items():
        assert project.sources.text(guid(project, name)) == text
    assert [unit.page for unit in project.sources.units(guid(project, "P06"))] == [1, 1, 2]
    assert project.sources.get(guid(project, "P02")).locked


def test_each_coding_has_its_words_without_labels(project: Project):
    assert coded(project) == CODINGS
    memos = {one.memo for one in project.codings.all()} - {""}
    assert memos == {"from the label on", "kept for its memo"}
    [supporting] = [one for one in project.codings.all() if one.polarity]
    assert supporting.polarity is Polarity.SUPPORTS
    assert [(link.origin, link.kind) for link in project.links.all()] == [
        (supporting.guid, "leads to")]  # fmt: skip


def test_all_is_well_afterwards_and_the_trail_tells_what_was_done(project: Project):
    assert check(project) == []
    step = project.audit.records()[-1]
    assert project.brought_up and project.brought_up.seq == step.seq == 41
    assert audit.sentence(step) == (
        "Ana opened the project in a newer version of the program (file version 3): labels and "
        "times left the texts of 5 sources; 2 codings that lay on no word were dropped; 2 codings "
        "that came to be doubles of others were dropped; no name and no coding stands twice."
    )
    gone = {*step.parameters["wordless"], *step.parameters["doubled"]}
    assert len(gone) == 4
    assert gone.isdisjoint(one.guid for one in project.codings.all())
    assert gone <= {row.guid for row in project.history.change(41).rows if row.after is None}
    assert project.history.change(1).rows and project.history.change(11).rows[0].after == {
        **project.history.change(11).rows[0].after, "paraphrase": "", "quote_rule": ""}  # fmt: skip


def test_roles_are_one_field(project: Project):
    roles = {unit.speaker: unit.counts_as for source in project.sources.all()
             for unit in project.sources.units(source.guid)}  # fmt: skip
    assert roles == {
        None: Role.UNKNOWN, "INT": Role.INTERVIEWER, "I": Role.INTERVIEWER,
        **dict.fromkeys(("P01", "B1", "P03", "P04", "P06", "A0001", "A0002"), Role.PARTICIPANT),
    }  # fmt: skip
    [admin] = {unit.role for unit in project.sources.units(guid(project, "T1"))} - {""}
    assert admin == "admin"


def test_memos_lead_to_the_same_words_and_none_is_lost(project: Project):
    notes = {note.title: note for note in project.notes.all()}
    assert set(notes) == {"Links", "On a coding", "On a label", "Care, in P01"}
    text = {source.guid: project.sources.text(source.guid) for source in project.sources.all()}
    links = project.notes.passages(notes["Links"])
    assert [text[link.source][link.start : link.end] for link in links] == [
        "soup", "And then?", "Hm.", " Fiel"]  # fmt: skip
    assert "[[nobody@1-2]]" in notes["Links"].text
    [draft] = project.notes.drafts()
    [link] = project.notes.passages(project.notes.settle(draft.note))
    assert text[link.source][link.start : link.end] == "Tell"
    on_coding = project.codings.get(notes["On a coding"].target)
    assert on_coding.memo == "from the label on"
    free = notes["On a label"], notes["Care, in P01"]
    assert [(note.target_table, note.target) for note in free] == [("", "")] * 2
    assert free[1].text == "who speaks"


def test_the_search_finds_the_words_and_no_label(project: Project):
    def found(words: str) -> list[str]:
        return [hit.words for hit in project.search.find(SearchQuery(words))]

    assert (found("soup"), found("who"), found("🦉")) == (["soup"], ["Who", "who"], ["🦉"])
    assert found("INT") == ["INT", "INT"]  # one typed in a turn, one in a post
    assert found("quillfeather") == found("secretword") == []
    order = [hit.source for hit in project.search.find(SearchQuery("So OR Hello OR Tell OR One"))]
    names = [project.sources.get(one).name for one in dict.fromkeys(order)]
    assert names == ["P01", "P02", "P03", "P04", "P06"]


def test_what_no_source_holds_any_more_leaves_no_byte(old: Path):
    assert b"quillfeather" in old.read_bytes().lower()
    Project.open(old).close()
    data = old.read_bytes().lower()
    for word in ("quillfeather", "secretword", "00:00:52", "#00:00:04-0#", "**int:**"):
        assert word.encode() not in data
    with closing(sqlite3.connect(old)) as file:
        file.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', source_search, row)")
        terms = {term for (term,) in file.execute("SELECT term FROM temp.terms")}
    assert "soup" in terms and terms.isdisjoint({"mary", "quillfeather", "secretword", "b1"})


def test_it_is_migrated_once_on_a_backup_of_what_it_was(old: Path):
    before = old.read_bytes()
    first = Project.open(old)
    [backup] = backups.backups(first.guid)
    first.close()
    second = Project.open(old)
    assert second.brought_up is None
    assert second.audit.head()[0] == 41
    second.close()
    assert len(backups.backups(second.guid)) == 1
    assert rows(backup.path) == rows_of(before, old.parent / "before.qsm")


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE codings SET start = start + 1 WHERE guid = (SELECT MIN(guid) FROM codings)",
         "1 coding"),
        ('UPDATE codings SET "end" = 9999999 WHERE guid = (SELECT MIN(guid) FROM codings)',
         "1 coding"),
        ('UPDATE units SET "end" = 9999999 WHERE guid = (SELECT MIN(guid) FROM units)',
         "1 turn or post"),
        ("UPDATE changes SET coder = 'Somebody' WHERE seq = 9", "the chain does not hold at step 9"),
    ],
)  # fmt: skip
def test_what_was_changed_behind_the_trail_is_not_hidden_by_it(
    old: Path, tampering: str, told: str
):
    tamper(old, tampering)
    with closing(Project.open(old)) as project:
        step = audit.sentence(project.audit.records()[-1])
    assert step.endswith(f"; before that, the file was not as its audit trail says: {told}.")


def rows(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as file:
        return list(file.iterdump())


def rows_of(data: bytes, path: Path) -> list[str]:
    path.write_bytes(data)
    return rows(path)


def test_nothing_is_taken_back_across_it(project: Project):
    assert project.history.undoable() is project.history.redoable() is None
    for act in (project.undo, project.redo):
        with pytest.raises(NothingToUndo):
            act()
    for seq in (8, 36, 41):
        with pytest.raises(NothingToUndo, match=f"Step {seq} cannot be taken back"):
            project.history.undo_step(seq)
    project.codebook.add("Later")
    project.undo()
    project.redo()
    assert check(project) == []


def test_the_original_text_is_that_of_the_day_it_was_migrated(project: Project):
    for name in ("P01", "P04", "T1"):
        text = project.sources.text(guid(project, name))
        assert project.sources.original_text(guid(project, name)) == text
        project.sources.correct(guid(project, name), text + " More.")
        assert project.sources.original_text(guid(project, name)) == text
    assert check(project) == []


def test_its_tables_are_those_of_a_new_project(project: Project, tmp_path: Path):
    new = Project.create(tmp_path / "new.qsm", "New", "Ana")

    def columns(one: Project) -> dict[str, set[tuple[object, ...]]]:
        with one.reading() as connection:
            return {
                table.name: {tuple(row[1:]) for row in connection.exec_driver_sql(
                    f"PRAGMA table_info({table.name})")}
                for table in schema.metadata.sorted_tables
            }  # fmt: skip

    old_columns, new_columns = columns(project), columns(new)
    new.close()
    assert old_columns.keys() == new_columns.keys()
    for name, found in old_columns.items():
        assert sorted(map(repr, drop_place(found))) == sorted(
            map(repr, drop_place(new_columns[name]))
        )


def drop_place(columns):
    """Name, type, not null, default, and whether it is part of the key."""
    return {column[:4] for column in columns}


def test_for_reading_alone_it_says_what_to_do_and_stays(old: Path):
    before = old.read_bytes()
    with pytest.raises(OlderProject, match=r"version_1.qsm was written by an older version .*"
                       "opened for writing once: .*upgrade"):  # fmt: skip
        Project.open(old, read_only=True)
    assert old.read_bytes() == before
    assert list(old.parent.iterdir()) == [old]


DYING = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from qualcoder_sm.project.project import Project

path, statements = Path(sys.argv[1]), [0]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def count(*_):
    statements[0] += 1
    if statements[0] == last:
        die()

for last in map(int, sys.argv[2].split(",")):
    if os.fork() == 0:
        event.listen(Engine, "before_cursor_execute", count)
        if last < 0:
            event.listen(Engine, "commit", die)
        Project.open(path)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), path.read_bytes()[60:64].hex(), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_in_the_middle_it_is_what_it_was_and_migrates_at_the_next_opening(old: Path):
    before = rows(old)
    moments = [10, 14, 45, 60, 95, 112, 117, -1]
    run = subprocess.run(
        [sys.executable, "-c", DYING, str(old), ",".join(map(str, moments))],
        capture_output=True, text=True, check=True, env=os.environ,
    )  # fmt: skip
    assert run.stdout.split("\n")[:-1] == ["-9 00000001"] * len(moments)
    assert rows(old) == before
    project = Project.open(old)
    assert coded(project) == CODINGS
    assert check(project) == []
    assert project.audit.head()[0] == 41
    project.close()
