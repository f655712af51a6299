"""How long the window of a large project does not answer: the longest block of its event loop.

Each page is shown for the first time and again, then the keys and choices that do most are taken.
A block is the processor time of the window's thread from an event to the next look at the queue,
so that neither the worker nor a busy machine counts.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from benchmarks.figure import Figure
from benchmarks.large import LARGE, SMALL, Sizes, large
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.project import Project

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from qualcoder_sm.ui.window import MainWindow

LIMIT, REST, MOST = 100, 0.4, 120.0
EMOJI, TABS = 200_000, 300_000


@dataclass
class Watch:
    """A window and the longest block of its thread since it was last asked, in milliseconds."""

    app: "QApplication"
    window: "MainWindow"
    longest: float = 0.0

    def take(self, act: Callable[[], object]) -> float:
        """Act, let the window do all that follows, and say what the longest block was."""
        self.longest = 0.0
        self._timed(act)
        quiet = time.perf_counter()
        ends = quiet + MOST
        while time.perf_counter() - quiet < REST and time.perf_counter() < ends:
            spent = self._timed(self.app.processEvents)
            if spent > 1 or not self.window.tasks.is_idle:
                quiet = time.perf_counter()
            time.sleep(0.002)
        return self.longest

    def _timed(self, act: Callable[[], object]) -> float:
        began = time.thread_time()
        act()
        spent = (time.thread_time() - began) * 1000
        self.longest = max(self.longest, spent)
        return spent


def figures(folder: Path, sizes: Sizes = LARGE) -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from qualcoder_sm.ui.app import main_window
    from qualcoder_sm.ui.tasks import Collector

    path = folder / "large.qsm"
    with ProcessPoolExecutor(1, get_context("spawn")) as another:  # which takes its memory with it
        another.submit(large, path, sizes).result()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    window = main_window(app)
    Collector(app)
    window.resize(1440, 900)
    window.show()
    watch = Watch(app, window)
    watch.take(lambda: None)
    for name, act in _walk(window, path):
        yield Figure(f"blocked: {name}", watch.take(act), "ms", None, LIMIT)
    window.close()
    watch.take(lambda: None)


def _walk(window: "MainWindow", path: Path) -> Iterator[tuple[str, Callable[[], Any]]]:
    from qualcoder_sm.ui.pages import registry

    yield "opening", lambda: window.open_path(path)
    work = window.workspace
    names = (*registry.TITLES, "Memos")
    for again in ("", " again"):
        for number, name in enumerate(names):
            yield f"{name}{again}", lambda n=number: work.show_page(n)
    work.show_page(0)
    yield "passages of a code", lambda: work.show_passages(_code(work.context.project, 0))
    yield "passages of another code", lambda: work.show_passages(_code(work.context.project, 1))
    yield "find a common word", lambda: work.find_all("somebody")
    yield "find a rare word", lambda: work.find_all("singular")
    yield from _keys(window)
    yield from _odd_texts(window)


def _keys(window: "MainWindow") -> Iterator[tuple[str, Callable[[], Any]]]:
    work = window.workspace
    project, source = work.context.project, work.reading.feed.source
    assert source is not None
    yield "apply a code", lambda: project.codings.apply(_code(project, 3), source.guid, 5, 20)
    yield "undo it", work.undo
    yield "redo it", work.redo
    yield "resize", lambda: window.resize(1100, 700)
    yield "larger text", lambda: work.zoom(1)
    yield "another coder", lambda: project.act_as("Ben")
    for name, number in (("Audit trail", 4), ("Matrix", 3), ("Compare coders", 2)):
        yield f"{name} after a step", lambda n=number: work.show_page(n)
    work.show_page(0)
    coder = project.coder.guid
    yield "passages of the rest", lambda: work.show_passages(_code(project, 5))
    own = [one.guid for one in project.codings.of_code(_code(project, 5)) if one.coder == coder]
    yield "recode all of a code", lambda: project.codings.recode(own, _code(project, 6))
    yield "undo of that", work.undo


def _odd_texts(window: "MainWindow") -> Iterator[tuple[str, Callable[[], Any]]]:
    project, reading = window.workspace.context.project, window.workspace.reading
    texts = {"emoji": "👩‍👩‍👧" * (EMOJI // 5) + " end", "tabs": "a\t" * TABS}
    for name, text in texts.items():
        draft = SourceDraft(
            name, SourceKind.TEXT, text, (UnitDraft(0, len(text), UnitKind.PARAGRAPH),)
        )
        yield f"a paragraph of {name} is brought in by another thread", _brought(project, draft)
        yield f"{name} is opened", lambda n=name: reading.open(_start(project, n))
        yield f"{name} is resized", lambda: window.resize(1440, 900)
        yield f"{name} is made narrow", lambda: window.resize(900, 700)
        yield f"{name} is selected", lambda t=text: reading.view.select(0, len(t) - 1)


def _brought(project: Project, draft: SourceDraft) -> Callable[[], None]:
    def bring() -> None:
        thread = Thread(target=project.sources.add, args=(Bundle((draft,)),))
        thread.start()
        thread.join()

    return bring


def _start(project: Project, name: str) -> Any:
    from qualcoder_sm.ui.requests import Place

    return Place(project.sources.find(name).guid, 0, 0)


def _code(project: Project, number: int) -> str:
    return project.codebook.codes()[number].guid


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        for one in figures(Path(made), SMALL if "small" in sys.argv else LARGE):
            print(one.line(), flush=True)
