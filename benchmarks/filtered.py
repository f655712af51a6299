"""What narrowing costs: a report over a part of the text, against the same over all of it."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.core import CODES, CODINGS, SOURCES, text_source
from benchmarks.figure import Figure
from qualcoder_sm.bundle import Bundle, SourceDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import report
from qualcoder_sm.reports.options import Options
from qualcoder_sm.spans import trimmed

SAMPLES = 3
EVERYTHING = Options(Filter(words=Words.ALL))
NARROWED = {
    "participants' words": Options(Filter(words=Words.PARTICIPANTS)),
    "one speaker": Options(Filter(words=Words.ALL, speakers=("P01",))),
}


def figures(folder: Path) -> Iterator[Figure]:
    project = interviews(folder / "interviews.qsm")
    for name in ("matrix", "agreement"):
        for what, options in NARROWED.items():
            yield _ratio(project, name, what, options)
    project.close()


def _ratio(project: Project, name: str, what: str, options: Options) -> Figure:
    rows = {"matrix": replace(options, rows="source"), "agreement": options}[name]
    whole = replace(EVERYTHING, rows="source") if name == "matrix" else EVERYTHING
    times: list[tuple[float, float]] = []
    for _ in range(SAMPLES):  # in turn, since the machine's mood drifts
        times.append((_cpu(lambda: report(name).table(project, rows)),
                      _cpu(lambda: report(name).table(project, whole))))  # fmt: skip
    value, floor = (min(column) for column in zip(*times, strict=True))
    title = f"{name} of {what}, 100,000 codings, CPU, against all words"
    return Figure(title, value, "s", floor, 1.2, of_ratio=True)


def interviews(path: Path) -> Project:
    """50 interviews of turns, every second an interviewer's, and 100,000 codings of two coders."""
    project = Project.create(path, "Interviews", "Ana")
    coders = [project.coder.guid, project.coders.add("Ben").guid]
    sources = project.sources.add(Bundle(tuple(_interview(n) for n in range(SOURCES))))
    with project.change("codebook.import", name="made", codes=CODES):
        codes = [project.codebook.add(f"Code {n:03}").guid for n in range(CODES)]
    pick = random.Random(7)
    units = {source.guid: project.sources.units(source.guid) for source in sources}
    texts = {source.guid: project.sources.text(source.guid) for source in sources}
    seen: set[tuple[str, str, str, int, int]] = set()
    while len(seen) < CODINGS:
        source = pick.choice(sources).guid
        unit = pick.choice(units[source])
        start = pick.randrange(unit.start, unit.end - 20)
        span = trimmed(texts[source], start, start + 15)
        seen.add((pick.choice(codes), source, pick.choice(coders), *span))
    project.codings.apply_all([CodingDraft(*draft) for draft in sorted(seen)])
    return project


def _interview(n: int) -> SourceDraft:
    draft = text_source(n, 60_000)
    units = tuple(
        replace(unit, kind=UnitKind.TURN, speaker=("INT", "P01", "INT", "P02")[i % 4],
                role="interviewer" if i % 2 == 0 else "participant")
        for i, unit in enumerate(draft.units) if unit.end - unit.start > 40
    )  # fmt: skip
    return replace(draft, kind=SourceKind.TRANSCRIPT, units=units)


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
