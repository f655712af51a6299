"""What a step costs when a project grows: the same, in the core and in the window."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.core import text_source
from benchmarks.figure import Figure
from benchmarks.window import settle
from qualcoder_sm.bundle import Bundle
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.spans import trimmed

SMALL, LARGE = 50, 5_000
"""Sources, each with some codings."""
CHARACTERS, CODES, EACH, APPLIED, REST = 700, 50, 5, 30, 3.0


def figures(folder: Path) -> Iterator[Figure]:
    paths = [grown(folder / f"{n}.qsm", n) for n in (SMALL, LARGE)]
    for what, applied in (
        ("core: a code applied, counts kept, the disk left out", in_core),
        ("window: a code applied and all panes refreshed", in_window),
    ):
        small, large = (statistics.median(applied(path)) for path in paths)
        name = f"{what}, CPU, {LARGE:,} sources against {SMALL:,}"
        yield Figure(name, large, "ms", small, 1.2, of_ratio=True)


def grown(path: Path, n: int) -> Path:
    """So many sources with codings, the first part of each left free."""
    project = Project.create(path, "Growing", "Ana")
    draft = text_source(1, CHARACTERS)
    drafts = tuple(replace(draft, name=f"Thread {i:06}") for i in range(n))
    sources = project.sources.add(Bundle(drafts))
    with project.change("codebook.import", name="made", what=f"{CODES} codes"):
        codes = [project.codebook.add(f"Code {i:03}").guid for i in range(CODES)]
    coder = project.coder.guid
    spans = [trimmed(draft.text, 400 + 50 * i, 440 + 50 * i) for i in range(EACH)]
    project.codings.apply_all(
        [
            CodingDraft(codes[(i + k) % CODES], source.guid, coder, *span)
            for i, source in enumerate(sources)
            for k, span in enumerate(spans)
        ]
    )
    project.close()
    return path


def in_core(path: Path) -> list[float]:
    """Processor milliseconds of one step each: what waits for the disk takes none."""
    project = Project.open(path)
    project.codebook.counts()
    times = list(applied(project, project.sources.all()[0].guid, 0, lambda: None))
    project.close()
    return times


def in_window(path: Path) -> list[float]:
    """The same with every pane open, the passages of all codes among them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from qualcoder_sm.ui.app import main_window

    app = QApplication.instance() or QApplication([])
    window = main_window(app)
    window.resize(1440, 900)
    window.show()
    window.open_path(path)
    settle(app, REST)
    while not window.is_open():
        settle(app, 0.1)
    reading = window.workspace.reading
    reading.below.show_passages()
    settle(app, REST)
    project, source = window.workspace.context.project, reading.feed.source.guid
    times = list(applied(project, source, 200, lambda: settle(app, 0.3)))
    window.close()
    settle(app, 0.2)
    return times


def applied(project: Project, source: str, at: int, follow: Callable[[], None]) -> Iterator[float]:
    """Codes put on the words from a place on, and what follows each of these steps."""
    for i, code in enumerate(project.codebook.codes()[:APPLIED]):
        follow()
        began = time.process_time()
        project.codings.apply(code.guid, source, at + 5 * i, at + 5 * i + 20)
        follow()
        yield (time.process_time() - began) * 1000
