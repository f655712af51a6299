"""The whole window on a large source: a code applied, every pane brought up to it."""

import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.core import text_source
from benchmarks.figure import Figure
from qualcoder_sm.bundle import Bundle
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.spans import trimmed

CHARACTERS, CODES, APPLIED, REST = 1_000_000, 200, 40, 3.0


def figures(folder: Path) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from qualcoder_sm.ui.app import main_window

    app = QApplication.instance() or QApplication([])
    for codings, limit in ((5_000, 40), (50_000, 60)):
        path = folder / f"{codings}.qsm"
        large_project(path, codings)
        window = main_window(app)
        window.resize(1440, 900)
        window.show()
        window.open_path(path)
        settle(app, REST)
        values = list(applied(app, window))
        yield Figure(
            f"window: a code applied and all panes refreshed, CPU, {codings:,} codings",
            statistics.median(values),
            "ms",
            None,
            limit,
        )
        window.close()
        settle(app, 0.2)


def applied(app, window) -> Iterator[float]:
    """Processor milliseconds of one step each: rules, commit, repaint and panes."""
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.reading import ReadingView

    [context], view = window.findChildren(Context), window.findChild(ReadingView)
    project = context.project
    [source] = project.sources.all()
    codes = [code.guid for code in project.codebook.codes()]
    first, _last = view.visible_range()
    for i in range(APPLIED):
        start = first + 11 + i * 7
        view.select(start, start + 20)
        settle(app, 0.05)
        began = time.process_time()
        project.codings.apply(codes[i], source.guid, start, start + 20)
        for _ in range(5):
            app.processEvents()
        yield (time.process_time() - began) * 1000


def large_project(path: Path, codings: int) -> None:
    """One source of 1,000,000 characters, 200 codes, so many codings."""
    project = Project.create(path, "Large", "Ana")
    draft = text_source(1, CHARACTERS)
    [source] = project.sources.add(Bundle((draft,)))
    with project.change("codebook.import", name="made", what=f"{CODES} codes"):
        codes = [project.codebook.add(f"Code {n:03}").guid for n in range(CODES)]
    pick = random.Random(5)
    coder = project.coder.guid
    seen: set[tuple[object, ...]] = set()
    while len(seen) < codings:
        start = 1_000 + pick.randrange(CHARACTERS - 2_000)
        span = trimmed(draft.text, start, start + pick.randrange(20, 300))
        seen.add((pick.choice(codes), source.guid, coder, *span))
    project.codings.apply_all([CodingDraft(*draft) for draft in sorted(seen)])
    project.close()


def settle(app, seconds: float) -> None:
    """Let the window do what it has to."""
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        app.processEvents()
        time.sleep(0.002)
