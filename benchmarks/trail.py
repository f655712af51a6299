"""The audit trail: how long the check of a long one takes."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from benchmarks.core import peak_mb, seconds, text_source
from benchmarks.figure import Figure
from qualcoder_sm.bundle import Bundle
from qualcoder_sm.model import Change
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema
from qualcoder_sm.store.database import Database
from qualcoder_sm.store.journal import Journal

STEPS, MEANT, LIMIT = 100_000, 1_000_000, 20
CHARACTERS = 60_000
AT = datetime(2024, 3, 11, 12, tzinfo=UTC)


def figures(folder: Path) -> Iterator[Figure]:
    """A tenth of the steps is checked and the time scaled, for to make them all takes minutes."""
    path = long_trail(folder / "trail.qsm", STEPS)
    project = Project.open(path, read_only=True)
    taken = min(seconds(project.audit.verify) for _ in range(2))
    project.close()
    name = f"verify {MEANT:,} steps, tables and texts (scaled from {STEPS:,})"
    yield Figure(name, taken * MEANT / STEPS, "s", None, LIMIT)
    floor = peak_mb(["info", str(path)])
    peak = peak_mb(["audit", str(path), "--verify"])
    yield Figure(f"memory of verifying {STEPS:,} steps", peak, "MB", floor, 150)


def long_trail(path: Path, steps: int) -> Path:
    """A project with so many small steps: codings made, moved and taken away, one row each."""
    project = Project.create(path, "Long", "Ana")
    [source] = project.sources.add(Bundle((text_source(0, CHARACTERS),)))
    codes = [project.codebook.add(f"Code {n}").guid for n in range(20)]
    told = {"code": "Code 3", "code_guid": codes[3], "source": "Interview 00", "characters": 20,
            "locator": "paragraph 12", "start": 100}  # fmt: skip
    row = {"source": source.guid, "coder": project.coder.guid, "created": "2024-03-11T12:00:00Z"}
    project.close()
    pick, live = random.Random(5), []
    database = Database(path)
    with database.write() as connection:  # one commit for all
        for _ in range(steps):
            journal = Journal(connection, database.read)
            journal.describe(**told)
            action = _step(journal, pick, live, row | {"code": pick.choice(codes)})
            change = Change(0, AT, "Ana", action, "Apply Code 3 in Interview 00", "", ())
            journal.finish(change, _guid(pick), None)
    database.close()
    return path


def _step(journal: Journal, pick: random.Random, live: list[str], row: dict[str, object]) -> str:
    start, kind = pick.randrange(CHARACTERS - 100), pick.random()
    if kind < 0.5 or not live:
        live.append(_guid(pick))
        journal.insert(schema.codings, row | {"guid": live[-1], "start": start, "end": start + 20})
        return "coding.apply"
    if kind < 0.8:
        journal.update(schema.codings, pick.choice(live), start=start, end=start + 30)
        return "coding.move"
    place = pick.randrange(len(live))
    live[place], live[-1] = live[-1], live[place]
    journal.delete(schema.codings, live.pop())
    return "coding.remove"


def _guid(pick: random.Random) -> str:
    return str(UUID(int=pick.getrandbits(128)))
