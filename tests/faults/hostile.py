"""Files that no step has written: each is refused in a sentence, or read right, by every command.

`python -m faults hostile flips` (with tests/ on the path) tries all of them, and 400 flipped bits.
"""

import io
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from builders import add_coded, new_project, tamper

from faults.pages import Pages
from qualcoder_sm.__main__ import main
from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft, UnitDraft
from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project

Told = dict[str, object]

_WHEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?")

COMMANDS: dict[str, tuple[str, ...]] = {
    "info": ("info", "{}", "--json"),
    "sources": ("sources", "{}", "--json"),
    "text": ("text", "{}", "P01"),
    "speakers": ("speakers", "{}", "--json"),
    "cases": ("cases", "{}", "--json"),
    "codebook": ("codebook", "list", "{}", "--json"),
    "codings": ("codings", "{}", "--json"),
    "search": ("search", "{}", "tired"),
    "matrix": ("report", "{}", "matrix", "--json"),
    "frequencies": ("report", "{}", "frequencies", "--json"),
    "quotations": ("report", "{}", "quotations", "--json"),
    "agreement": ("agreement", "{}", "--coder", "Ana", "--coder", "Ben", "--unit", "character", "--json"),
    "links": ("links", "{}", "--json"),
    "memos": ("memo", "list", "{}", "--json"),
    "audit": ("audit", "{}", "--json"),
    "export": ("export", "{}", "--to", "{}.csv"),
    "verify": ("audit", "{}", "--verify"),
    "check": ("check", "{}"),
    "undo": ("undo", "{}"),
}  # fmt: skip
FINDERS = {"verify", "check"}
"""What says that a file is not as it should be; the others answer as they did, or refuse."""

COUNTED = {"info"}
"""What says how many rows there are, however they came or went."""


def study(folder: Path) -> Path:
    """A small study with rows in nearly every table."""
    project = new_project(folder)
    source = add_coded(project, "P01", "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.coders.add("Ben")
    turns = (UnitDraft(0, 11, UnitKind.TURN, speaker="A0001", offset=5.0),
             UnitDraft(12, 17, UnitKind.TURN, speaker="A0002"))  # fmt: skip
    draft = SourceDraft("P02", SourceKind.TRANSCRIPT, "[SYNTHETIC]\nagain", turns, "Interviews")
    project.sources.add(Bundle((draft,)))
    project.cases.take([CaseDraft("P01", "person", {"age": "40"})], "cases.csv")
    first, second = project.codings.of_source(source.guid)
    theme = project.codebook.add("Burdens", codable=False)
    project.codebook.move(first.code, theme.guid)
    project.links.add(first.guid, second.guid)
    project.sets.keep("All", [first.code])
    project.notes.add("Tone", "[SYNTHETIC] a memo", "analytic", "sources", source.guid)
    project.codings.set_weight(second.guid, 2)
    project.close()
    return project.path


def _statements(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        tamper(path, "PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON", *statements)

    return change


def _shape(*statements: str) -> Callable[[Path], None]:
    return _statements("PRAGMA legacy_alter_table=ON", *statements)


def _bytes(at: int, data: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        found = bytearray(path.read_bytes())
        found[at : at + len(data)] = data
        path.write_bytes(found)

    return change


def _cut(part: float) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * part)])

    return change


def _without_triggers(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("DROP TRIGGER changes_no_delete")
    file.close()


_ONE = "WHERE guid = (SELECT MIN(guid) FROM {})"
_RING = "UPDATE codes SET parent = (SELECT guid FROM codes c WHERE c.name = '{}') WHERE name = '{}'"
_VIEW = "CREATE VIEW {0} AS SELECT * FROM {0}_real"
_ENDLESS = (
    "CREATE VIEW coders AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT CAST(i AS TEXT) AS guid, 'Ana' AS name FROM n"
)
KINDS: dict[str, Callable[[Path], None]] = {
    "a trigger that rewrites codings": _shape(
        "CREATE TRIGGER evil AFTER INSERT ON codings BEGIN DELETE FROM codings; END"),
    "a trigger of the trail is missing": _without_triggers,
    "a view in place of codings": _shape(
        "ALTER TABLE codings RENAME TO codings_real", _VIEW.format("codings")),
    "a view without end in place of coders": _shape("DROP TABLE coders", _ENDLESS),
    "a table that is missing": _shape("DROP TABLE notes"),
    "a column that is missing": _shape("ALTER TABLE codings DROP COLUMN paraphrase"),
    "an index that is missing": _shape("DROP INDEX codings_by_code"),
    "a table too many": _shape("CREATE TABLE extra (guid TEXT)", "INSERT INTO extra VALUES ('x')"),
    "a kind of source that there is not": _statements("UPDATE sources SET kind = 'film'"),
    "a kind of unit that there is not": _statements("UPDATE units SET kind = 'aside'"),
    "a polarity that there is not": _statements("UPDATE codings SET polarity = 'perhaps'"),
    "an origin of a code that there is not": _statements("UPDATE codes SET origin = 'dreamt'"),
    "a name that is bytes": _statements(f"UPDATE codes SET name = X'0041' {_ONE.format('codes')}"),
    "a name that is no UTF-8": _statements(
        f"UPDATE codes SET name = CAST(X'FF41' AS TEXT) {_ONE.format('codes')}"),
    "a memo that is NULL": _statements(
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'text TEXT DEFAULT '''' NOT NULL', "
        "'text TEXT') WHERE name = 'notes'"),
    "a code that is its own parent": _statements(_RING.format("Burdens", "Burdens")),
    "codes in a ring": _statements(_RING.format("Fatigue", "Burdens")),
    "a parent that is gone": _statements("DELETE FROM codes WHERE name = 'Burdens'"),
    "a code that codings name is gone": _statements("DELETE FROM codes WHERE name = 'Isolation'"),
    "a source that codings name is gone": _statements("DELETE FROM sources WHERE name = 'P01'"),
    "a coder who is gone": _statements("DELETE FROM coders WHERE name = 'Ana'"),
    "a coding beyond its text": _statements('UPDATE codings SET "end" = 9999'),
    "a coding before its text": _statements("UPDATE codings SET start = -5"),
    "a text that is NULL": _statements("UPDATE contents SET bytes = NULL"),
    "a text that is another": _statements("UPDATE contents SET bytes = CAST('other' AS BLOB)"),
    "a length that is wrong": _statements("UPDATE sources SET characters = characters + 900"),
    "a time that is none": _statements("UPDATE codings SET created = 'yesterday'"),
    "a number that is text": _statements("UPDATE codings SET weight = 'heavy'"),
    "a speaker who is gone": _statements("DELETE FROM people"),
    "an index that knows another text": _statements(
        "INSERT INTO source_search(rowid, text) VALUES (1, 'tired tired')"),
    "a project without its row": _statements("DELETE FROM project"),
    "version 0": _bytes(60, bytes(4)),
    "version 99": _bytes(60, bytes([0, 0, 0, 99])),
    "half of the file": _cut(0.5),
    "nine tenths of the file": _cut(0.9),
    "ones over the first page": _bytes(100, b"\xff" * 3000),
    "a page size of 3": _bytes(16, bytes([0, 3])),
    "a ring of free pages": _bytes(32, bytes([0, 0, 0, 5, 0, 0, 0, 9])),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said: its status, its result, and its one sentence if it refused."""

    status: int
    out: str
    err: str

    @property
    def is_sentence(self) -> bool:
        """Whether it refused in one sentence of ours."""
        return (
            self.status == 1
            and self.err.startswith("error: ")
            and self.err.count("\n") == 1
            and "inside the program" not in self.err
        )


def ask(command: Sequence[str], path: Path) -> Answer:
    """Run a command on a project."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([word.format(path) for word in command])
    out.seek(0)
    told = _WHEN.sub("then", out.read())
    written = path.with_name(path.name + ".csv")
    more = written.read_text("utf-8") if written.exists() else ""
    written.unlink(missing_ok=True)
    return Answer(status, told + _WHEN.sub("then", more), err.getvalue())


def right_answers(good: bytes, folder: Path, names: Iterable[str] = COMMANDS) -> dict[str, Answer]:
    """What the commands say of the file before it was changed."""
    path = folder / "study.qsm"
    answers: dict[str, Answer] = {}
    for name in names:
        path.write_bytes(good)
        answers[name] = ask(COMMANDS[name], path)
    return answers


def faults(
    change: Callable[[Path], None], good: bytes, right: dict[str, Answer], folder: Path
) -> Iterator[str]:
    """What is wrong with what the commands, whose `right` answers are known, say of a changed file."""
    path = folder / "study.qsm"
    found = False
    for name in right:
        path.write_bytes(good)
        change(path)
        answer = ask(COMMANDS[name], path)
        found |= name in FINDERS and answer.status == 1
        if answer.status and not answer.is_sentence:
            yield f"{name}: {answer.err.strip()}"
        elif not answer.status and name not in COUNTED and answer.out != right[name].out:
            yield f"{name}: another answer than before, {answer.out[:300]}"
    if not found:
        yield "neither check nor verify finds it"


def flips(path: Path, how_many: int, seed: int) -> Iterator[tuple[int, int, str]]:
    """Flipped bits in bytes that say something: where, which, and what is said of the file."""
    good, used, pick = path.read_bytes(), Pages(path).used(), random.Random(seed)
    changed = path.with_name("flipped.qsm")
    for _ in range(how_many):
        at, bit = pick.choice(used), 1 << pick.randrange(8)
        data = bytearray(good)
        data[at] ^= bit
        changed.write_bytes(data)
        yield at, bit, said_of(changed)


def said_of(path: Path) -> str:
    """What opening a file or checking it says; "" when all is well."""
    try:
        project = Project.open(path, checking=True)
        try:
            return "; ".join(one.sentence for one in check(project))
        finally:
            project.close()
    except QualCoderError as error:
        return str(error)


def run(folder: Path) -> Told:
    """Every kind of file, with every command."""
    path = study(folder)
    good = path.read_bytes()
    right = right_answers(good, folder)
    wrong: list[object] = []
    for kind, change in KINDS.items():
        wrong += [f"{kind}: {fault}" for fault in faults(change, good, right, folder)]
    return {"files": len(KINDS), "commands": len(COMMANDS), "wrong": wrong}


def run_flips(folder: Path, how_many: int, seed: int) -> Told:
    """Bits flipped one at a time; each has to be found by opening or by the check."""
    missed = [(at, bit) for at, bit, said in flips(study(folder), how_many, seed) if not said]
    return {"flips": how_many, "wrong": missed}
