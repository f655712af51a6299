"""The file and the numbers: a durable step, import of posts, agreement, export to Excel."""

import csv
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.figure import Figure
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.spans import trimmed
from qualcoder_sm.store.database import PRAGMAS

STEPS = 200
POSTS = 100_000
SOURCES, CODES, CODINGS = 50, 200, 100_000
WORDS = "and then somebody wrote back within minutes because nobody was asleep that night".split()


def figures(folder: Path) -> Iterator[Figure]:
    yield durable_step(folder)
    yield posts_import(folder)
    project = coded_project(folder / "coded.qsm")
    yield agreement(project)
    yield from xlsx_export(project, folder)


def durable_step(folder: Path) -> Figure:
    """Applying a code, against the same rows written by sqlite3 with the same pragmas."""
    project = Project.create(folder / "steps.qsm", "Steps", "Ana")
    draft = text_source(0, 200_000)
    [source] = project.sources.add(Bundle((draft,)))
    words = [found.span() for found in re.finditer(r"\S+", draft.text)]
    code = project.codebook.add("Code").guid
    project.codings.apply(code, source.guid, *words[-1])
    rival = folder / "rival.qsm"
    shutil.copy(project.path, rival)
    ours: list[float] = []
    raw: list[float] = []
    with closing(_raw(rival)) as connection:
        rows = _last_rows(connection)
        for i, word in enumerate(words[:STEPS]):  # in turn, since the disk's speed drifts
            ours.append(
                _milliseconds(lambda at=word: project.codings.apply(code, source.guid, *at))
            )
            raw.append(_milliseconds(lambda i=i: _raw_step(connection, rows, i)))
    project.close()
    return Figure(
        "apply a code, durable commit",
        statistics.median(ours),
        "ms",
        statistics.median(raw),
        3,
        of_ratio=True,
    )


def posts_import(folder: Path) -> Figure:
    """From a csv file to a committed project, against only reading the csv."""
    path = folder / "posts.csv"
    write_posts(path)
    Project.create(folder / "posts.qsm", "Posts", "Ana").close()

    def read() -> None:
        with path.open(encoding="utf-8", newline="") as file:
            list(csv.reader(file))

    floor = seconds(read)
    command = ["import", str(folder / "posts.qsm"), str(path), "--as", "posts"]
    return Figure("import 100,000 posts from csv", seconds(lambda: _run(*command)), "s", floor, 10)


def agreement(project: Path) -> Figure:
    command = ["agreement", str(project), "--coder", "Ana", "--coder", "Ben",
               "--unit", "character", "--json"]  # fmt: skip
    floor = seconds(lambda: _fetch_all(project))
    value = min(seconds(lambda: _run(*command)) for _ in range(3))
    return Figure(
        "agreement by character, 100,000 codings, from a closed file", value, "s", floor, 3
    )


def xlsx_export(project: Path, folder: Path) -> Iterator[Figure]:
    target = folder / "segments.xlsx"
    command = ["export", str(project), "--to", str(target), "--what", "segments"]
    floor = seconds(lambda: _csv_of_all(project, folder / "raw.csv"))
    yield Figure(
        "export 100,000 coded rows to xlsx", seconds(lambda: _run(*command)), "s", floor, 10
    )
    peak = peak_mb(["info", str(project)]), peak_mb(command)
    yield Figure("memory of that export", peak[1], "MB", peak[0], 150)


def text_source(n: int, characters: int) -> SourceDraft:
    pick = random.Random(n)
    lines: list[str] = []
    size = 0
    while size < characters:
        lines.append(" ".join(pick.choice(WORDS) for _ in range(30)) + ".")
        size += len(lines[-1]) + 1
    text = "\n".join(lines)[:characters]
    units: list[UnitDraft] = []
    at = 0
    for line in text.split("\n"):
        if line:
            units.append(UnitDraft(at, at + len(line), UnitKind.PARAGRAPH))
        at += len(line) + 1
    return SourceDraft(f"Interview {n:02}", SourceKind.TEXT, text, tuple(units), origin="made")


def coded_project(path: Path) -> Path:
    """50 sources, 200 codes, 100,000 codings by two coders."""
    project = Project.create(path, "Coded", "Ana")
    coders = [project.coder.guid, project.coders.add("Ben").guid]
    drafts = tuple(text_source(n, 60_000) for n in range(SOURCES))
    sources = project.sources.add(Bundle(drafts))
    with project.change("codebook.import", name="made", codes=CODES):
        codes = [project.codebook.add(f"Code {n:03}").guid for n in range(CODES)]
    pick = random.Random(7)
    seen: set[tuple[object, ...]] = set()
    while len(seen) < CODINGS:
        n, start = pick.randrange(SOURCES), pick.randrange(59_000)
        span = trimmed(drafts[n].text, start, start + pick.randrange(20, 300))
        seen.add((pick.choice(codes), sources[n].guid, pick.choice(coders), *span))
    project.codings.apply_all([CodingDraft(*draft) for draft in sorted(seen)])
    project.close()
    return path


def write_posts(path: Path) -> None:
    pick = random.Random(3)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "thread", "reply_to", "author", "time", "text"])
        for n in range(POSTS):
            thread = n // 10
            answers = f"p{thread * 10}" if n % 10 else ""
            words = " ".join(pick.choice(WORDS) for _ in range(18))
            writer.writerow([f"p{n}", f"t{thread}", answers, f"SYN_member_{pick.randrange(3000)}",
                             f"2024-03-{n % 28 + 1:02}T10:{n % 60:02}:00Z", words])  # fmt: skip


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=DELETE", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def _last_rows(connection: sqlite3.Connection) -> dict[str, tuple[object, ...]]:
    orders = {"codings": "guid", "changes": "seq DESC", "change_payloads": "seq DESC"}
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY {order} LIMIT 1").fetchone()
        for table, order in orders.items()
    }


def _raw_step(connection: sqlite3.Connection, rows: dict[str, tuple[object, ...]], n: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, row in rows.items():
        changed = _in_a_place_of_its_own(row, n) if table == "codings" else (
            int(row[0]) + 1 + n, *row[1:])  # fmt: skip
        marks = ",".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", changed)
    connection.execute("COMMIT")


def _in_a_place_of_its_own(coding: tuple[object, ...], n: int) -> tuple[object, ...]:
    guid, place = f"{n:036}", (n, n + 100_000)
    return guid, *coding[1:4], *place, *coding[6:]


def _fetch_all(project: Path) -> None:
    with closing(sqlite3.connect(project)) as connection:
        connection.execute("SELECT * FROM codings").fetchall()


def _csv_of_all(project: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(project)) as connection,
        target.open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file).writerows(connection.execute("SELECT * FROM codings"))


def _run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "qualcoder_sm", *arguments], check=True, capture_output=True
    )


def peak_mb(arguments: list[str]) -> float:
    """The largest memory of the command, as the system accounts for it."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'qualcoder_sm', *sys.argv[1:]], check=True, "
        "capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    run = subprocess.run([sys.executable, "-c", script, *arguments], check=True,
                         capture_output=True, text=True)  # fmt: skip
    return int(run.stdout) / 1024


def _milliseconds(act: Callable[[], object]) -> float:
    return seconds(act) * 1000


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
