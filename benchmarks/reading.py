"""How fast the reading view is, on a source of 1,000,000 characters.

Frames and keys are measured as processor time of this process, repaint included; their floor
is the same repaint of an empty widget of the same size.
"""

import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from benchmarks.figure import Figure
from qualcoder_sm.model import Code, Coding, SourceKind, Unit, UnitKind
from qualcoder_sm.project.colours import CODE_COLOURS
from qualcoder_sm.ui.reading import CodeLook, ReadingView, SourceContent
from qualcoder_sm.ui.reading.palette import CodePalette

CHARACTERS, PARAGRAPHS, CODES = 1_000_000, 10_000, 200
WIDTH, HEIGHT = 1400, 900
WHEN = datetime(2024, 3, 12, tzinfo=UTC)
WORDS = (
    "and then the others wrote back within minutes because somebody is always awake there at "
    "night so I did not feel alone with it any more which is what matters most to people like "
    "me who look after a husband or a mother at home without much help from anyone"
).split()


def content(seed: int = 1) -> SourceContent:
    """A transcript of turns of about a hundred characters."""
    pick = random.Random(seed)
    parts: list[str] = []
    units: list[Unit] = []
    at = 0
    for number in range(PARAGRAPHS):
        size = pick.randint(40, 136)
        turn = ""
        while len(turn) < size:
            turn += pick.choice(WORDS) + " "
        turn = turn[:size].strip() + "."
        units.append(
            Unit(f"u{number}", "s", number, at, at + len(turn), UnitKind.TURN, speaker="P01")
        )
        parts.append(turn)
        at += len(turn) + 1
    text = "\n".join(parts)
    return SourceContent("s", text, tuple(units), SourceKind.TRANSCRIPT, "Benchmark")


def codings(source: SourceContent, count: int, seed: int = 2) -> list[Coding]:
    """Overlapping codings of 20 to 300 characters by 200 codes."""
    pick = random.Random(seed)
    last = len(source.text) - 310
    found: list[Coding] = []
    for number in range(count):
        start = pick.randint(0, last)
        end = start + pick.randint(20, 300)
        code = f"code{pick.randrange(CODES)}"
        found.append(Coding(f"g{number}", code, "s", "me", start, end, WHEN))
    return found


def looks() -> dict[str, CodeLook]:
    colours = list(CODE_COLOURS.values())
    return {
        f"code{n}": CodeLook(f"Code number {n}", colours[n % len(colours)]) for n in range(CODES)
    }


def resident_mb() -> float:
    """The memory of this process, in MB; not a number where the system does not say."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return float("nan")
    pages = int(statm.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Empty(QWidget):
    """Paints nothing but its background."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 Qt's name
        QPainter(self).fillRect(event.rect(), 0xFFFFFF)


class Frames:
    """Runs one thing at a time and waits until it is painted."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def spent(self, act: Callable[[], object]) -> float:
        """Processor milliseconds of an act and the repaint it causes."""
        began = time.process_time()
        act()
        self._app.processEvents()
        return (time.process_time() - began) * 1000

    def rest(self, seconds: float) -> None:
        """Let timers do their idle work."""
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            self._app.processEvents()
            time.sleep(0.001)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def floor_open(frames: Frames) -> float:
    values: list[float] = []
    for _ in range(5):
        widget = Empty()
        widget.resize(WIDTH, HEIGHT)
        values.append(frames.spent(widget.show))
        widget.close()
    return statistics.median(values)


def floor_repaint(frames: Frames) -> float:
    widget = Empty()
    widget.resize(WIDTH, HEIGHT)
    widget.show()
    frames.rest(0.05)
    values = [frames.spent(widget.update) for _ in range(30)]
    widget.close()
    return statistics.median(values)


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the reading view, for 5,000 and for 50,000 codings."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    frames = Frames(QApplication.instance() or QApplication([]))
    source, codes = content(), looks()
    opening, repaint = floor_open(frames), floor_repaint(frames)
    yield from _palette(frames, opening, repaint)
    for count, limits in ((5_000, SMALL), (50_000, LARGE)):
        yield from _figures_with(frames, source, codes, count, limits, opening, repaint)


@dataclass(frozen=True)
class Limits:
    open: float
    change: float
    scroll: float
    page: float
    wrap: float
    memory: float = 50
    jump: float = 16
    select: float = 10


SMALL = Limits(open=80, change=4, scroll=8, page=16, wrap=20)
LARGE = Limits(open=250, change=6, scroll=12, page=24, wrap=30)


def _figures_with(
    frames: Frames,
    source: SourceContent,
    codes: dict[str, CodeLook],
    count: int,
    limits: Limits,
    opening: float,
    repaint: float,
) -> Iterator[Figure]:
    found, label = codings(source, count), f"{count:,} codings"
    gc.collect()
    before = resident_mb()
    view = ReadingView()
    view.resize(WIDTH, HEIGHT)
    spent = frames.spent(lambda: _open(view, source, codes, found))
    yield Figure(f"reading: open to first frame, {label}", spent, "ms", opening, limits.open)
    view.set_search_hits([(at, at + 9) for at in range(500, CHARACTERS - 500, 2000)])
    frames.rest(0.5)
    scrolls = [frames.spent(lambda: _scroll(view, 56)) for _ in range(200)]
    yield Figure(
        f"reading: scroll frame, 95 %, {label}", p95(scrolls), "ms", repaint, limits.scroll
    )
    pages = [_rested(frames, lambda: _scroll(view, HEIGHT - 60)) for _ in range(25)]
    yield Figure(f"reading: page down, 95 %, {label}", p95(pages), "ms", repaint, limits.page)
    yield from _changes(frames, view, source, label, limits, repaint)
    jumps = [frames.spent(lambda c=c: view.jump_to(c.start, c.end)) for c in found[:: count // 40]]
    yield Figure(
        f"reading: jump, median, {label}", statistics.median(jumps), "ms", repaint, limits.jump
    )
    yield from _wraps(frames, view, label, limits, repaint)
    frames.rest(0.3)
    gc.collect()
    added = resident_mb() - before
    yield Figure(f"reading: memory added, {label}", added, "MB", None, limits.memory)
    view.close()
    view.deleteLater()
    frames.rest(0.1)


def _palette(frames: Frames, opening: float, repaint: float) -> Iterator[Figure]:
    codes = [
        Code(f"c{n}", f"Code {n} of {WORDS[n % 40]}", "#0072B2", definition=" ".join(WORDS))
        for n in range(1000)
    ]
    palette = CodePalette()
    screen, words = QRect(0, 0, WIDTH, HEIGHT), QRect(300, 200, 200, 28)
    spent = frames.spent(lambda: palette.open_for(codes, ("c5", "c9"), words, screen))
    yield Figure("palette: open to first paint, 1,000 codes", spent, "ms", opening, 50)
    field = palette.findChild(QLineEdit)
    typed = [
        frames.spent(lambda w=w: field.setText(w)) for w in ("n", "ni", "nig", "x", "of", "c9")
    ]
    name = "palette: keystroke to filtered list, slowest of six, 1,000 codes"
    yield Figure(name, max(typed), "ms", repaint, 16)
    palette.hide()
    palette.deleteLater()


def _rested(frames: Frames, act: Callable[[], object]) -> float:
    spent = frames.spent(act)
    frames.rest(0.25)
    return spent


def _open(
    view: ReadingView, source: SourceContent, codes: dict[str, CodeLook], found: list[Coding]
) -> None:
    view.set_codes(codes)
    view.show_source(source)
    view.set_codings(found)
    view.show()


def _scroll(view: ReadingView, by: int) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + by)


def _changes(
    frames: Frames,
    view: ReadingView,
    source: SourceContent,
    label: str,
    limits: Limits,
    repaint: float,
) -> Iterator[Figure]:
    pick = random.Random(3)
    added: list[float] = []
    removed: list[float] = []
    moved: list[float] = []
    for number in range(60):
        first, last = view.visible_range()
        start = pick.randint(first, max(first, last - 200))
        coding = Coding(f"new{number}", f"code{number}", "s", "me", start, start + 120, WHEN)
        longer = Coding(f"new{number}", f"code{number}", "s", "me", start, start + 150, WHEN)
        added.append(frames.spent(lambda c=coding: view.add_coding(c)))
        moved.append(frames.spent(lambda c=longer: view.replace_coding(c)))
        removed.append(frames.spent(lambda c=coding: view.remove_coding(c.guid)))
    for name, values in (("apply", added), ("move a boundary", moved), ("remove", removed)):
        value = statistics.median(values)
        yield Figure(f"reading: {name}, median, {label}", value, "ms", repaint, limits.change)
    first, last = view.visible_range()
    value = frames.spent(lambda: view.select(first, min(first + 4000, len(source.text))))
    yield Figure(f"reading: select 4,000 characters, {label}", value, "ms", repaint, limits.select)


def _wraps(
    frames: Frames, view: ReadingView, label: str, limits: Limits, repaint: float
) -> Iterator[Figure]:
    resizes = [frames.spent(lambda w=w: view.resize(w, HEIGHT)) for w in (860, 840, 820, 800, 780)]
    zooms = [frames.spent(lambda z=z: view.set_zoom(z)) for z in (1.1, 1.2, 1.3, 1.2, 1.0)]
    for name, values in (("resize", resizes), ("zoom", zooms)):
        value = statistics.median(values)
        yield Figure(f"reading: re-wrap on {name}, {label}", value, "ms", repaint, limits.wrap)
