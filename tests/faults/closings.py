"""Closing, quitting, opening another project and cancelling at random moments of long work.

    python -m faults.closings N SEED FOLDER        (with tests/ on the path)

A window on a project of some thousand posts is given something long to do, and is closed, or told to
stop, a random while later; the question what to do with the work is answered at random. Afterwards the
project is whole and holds all of the work or none of it, and nothing went wrong on the way.
"""

import json
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any

from builders import add_coded, new_project
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from qualcoder_sm import exporters
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.errors import Unexpected
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.autocode import Applied
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope, Words
from qualcoder_sm.reports.options import Options
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.context import Preferences
from qualcoder_sm.ui.pages.registry import TITLES
from qualcoder_sm.ui.pages.widgets.latest import on_copy
from qualcoder_sm.ui.tasks import Tasks
from qualcoder_sm.ui.theme import ThemeManager
from qualcoder_sm.ui.window import MainWindow

THREADS, POSTS = 200, 10
WORKS = ("import", "export", "coding", "undo", *TITLES[2:5])
ENDS = ("quit", "close", "cancel", "other")


def posts(name: str) -> Bundle:
    """Threads with ten posts each."""

    def thread(number: int) -> SourceDraft:
        lines = [f"I was tired of {number} and alone {n} 😀" for n in range(POSTS)]
        units, at = [], 0
        for line in lines:
            units.append(UnitDraft(at, at + len(line), UnitKind.POST, f"A{number % 50:04}"))
            at += len(line) + 1
        return SourceDraft(
            f"{name}{number}", SourceKind.POSTS, "\n".join(lines), tuple(units), name
        )

    return Bundle(tuple(thread(number) for number in range(THREADS)))


def study(folder: Path) -> Path:
    """A project with posts, two coders and codings, closed; its last step is a long import."""
    project = new_project(folder)
    add_coded(project, "Talk", "[aa]{Care} and [bb]{Help} and [cc]{Care}")
    project.codebook.add("Tired")
    project.coders.add("Ben")
    project.act_as("Ben")
    [talk] = project.sources.all()
    project.codings.apply(project.codebook.find("Care").guid, talk.guid, 0, 2)
    project.act_as("Ana")
    project.sources.add(posts("old"))
    project.close()
    return project.path


class Heard(QObject):
    """Hears of the end of a work."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.faults: list[object] = []

    def take(self, told: object) -> None:
        """Keep faults of the program."""
        if isinstance(told, Unexpected):
            self.faults.append(told)


class Round:
    """One window on a project, one work, one end of it."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path, self.chance = path, chance
        self.window = MainWindow(Tasks(), ThemeManager(QApplication.instance()), Preferences())
        self.window.resize(1200, 800)
        self.window.show()
        self.window.open_path(path)
        self.until(self.window.is_open)
        self.heard = Heard(self.window)

    def until(self, fits: Callable[[], bool], seconds: float = 60) -> None:
        """Let the window go on until something holds."""
        end = time.monotonic() + seconds
        while not fits():
            if time.monotonic() > end:
                raise TimeoutError("the window hangs")
            QApplication.processEvents()
            time.sleep(0.001)

    def pause(self) -> None:
        """Let the window go on for a random while."""
        end = time.monotonic() + self.chance.choice((0, 0.02, 0.2, 1)) * self.chance.random()
        self.until(lambda: time.monotonic() >= end)

    def begin(self, work: str) -> None:
        """Hand the window something long."""
        workspace = self.window.workspace
        project = workspace.context.project
        if work == "import":
            self._run("The import", project.sources.add, posts("new"))
        elif work == "export":
            self._run("The export", on_copy, self.path, _exported, self.path.with_suffix(".xlsx"))
        elif work == "coding":
            self._run("The coding", _coded, project)
        elif work == "undo":
            workspace.undo()
        else:
            workspace.show_page(TITLES.index(work))

    def end(self, how: str) -> None:
        """Cancel, open another project, close or quit; at last the window is gone."""
        if how == "cancel":
            self.window.tasks.stop()
            self.pause()
        elif how == "other":
            self.window.open_path(self.path.with_name("other.qsm"))
            self.pause()
        elif how == "close":
            self.window.close_project()
        while self.window.isVisible():
            self.window.close()
            QApplication.processEvents()
        self.window.deleteLater()
        QApplication.processEvents()

    def _run(self, work: str, function: Callable[..., Any], *arguments: object) -> None:
        take = self.heard.take
        self.window.tasks.run(function, *arguments, done=take, failed=take, work=work)


def _exported(project: Project, target: Path) -> None:
    exporters.write(document(project, ("project",), Options(), ".xlsx", frozenset()), target)


def _coded(project: Project) -> Applied:
    rule, code = Words(("tired",)), project.codebook.find("Tired").guid
    found = project.autocode.proposals(rule, Scope.MATCH, code)
    return project.autocode.apply(code, found, rule, Scope.MATCH)


def wrong(path: Path) -> list[str]:
    """What is not as it should be in a project that was closed."""
    with closing(Project.open(path, read_only=True)) as project:
        found = [str(one) for one in check(project)]
        sources, tired = len(project.sources.all()), project.codebook.find("Tired").guid
        codings = project.codebook.counts().get(tired, 0)
        if sources not in (1, 1 + THREADS, 1 + 2 * THREADS):
            found.append(f"{sources} sources")
        if codings not in (0, THREADS * POSTS, 2 * THREADS * POSTS):
            found.append(f"{codings} codings")
    return found + [one.name for one in path.parent.iterdir() if one.name.startswith(".~")]


def run(folder: Path, n: int, seed: int) -> dict[str, object]:
    """Close n windows; what was done, and what went wrong."""
    chance, raised, done = random.Random(seed), list[str](), Counter[str]()

    def choose(_parent: object, _question: str, answers: tuple[str, ...]) -> int:
        return chance.randrange(len(answers))

    def remember(kind: type[BaseException], _error: object, _trace: TracebackType | None) -> None:
        raised.append(kind.__name__)

    messages.choose, sys.excepthook = choose, remember
    whole = study(folder)
    shutil.copy(whole, folder / "whole.qsm")
    new = Project.create(folder / "other.qsm", "Other", "Ana")
    new.close()
    for _ in range(n):
        shutil.copy(folder / "whole.qsm", whole)
        work, how = chance.choice(WORKS), chance.choice(ENDS)
        one = Round(whole, chance)
        one.begin(work)
        one.pause()
        one.end(how)
        done[f"{work}, {how}"] += 1
        raised += [f"{work}, {how}: {fault}" for fault in (*one.heard.faults, *wrong(whole))]
    return {"closings": n, "kinds": len(done), "wrong": raised}


def main() -> None:
    """Print what was done as JSON; exit with 1 when something went wrong."""
    application = QApplication([])
    told = run(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(told))
    del application
    sys.exit(bool(told["wrong"]))


if __name__ == "__main__":
    main()
