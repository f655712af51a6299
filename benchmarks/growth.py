"""How the work of twenty operations grows with a project: their exponents.

`python -m benchmarks growth` prints, for each, the processor seconds at n, 2n, 4n and 8n threads,
and the slope of their logarithms, the better of two rounds: 1 is work that grows as the project does, 0 work that does not.
More than 1.1 is a fault of the program.
"""

import math
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.words import vocabulary, words, zipf
from qualcoder_sm import exporters, reports
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.check import check
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope, Words
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.reports.options import Options
from qualcoder_sm.spans import trimmed

FIRST, DOUBLINGS, POSTS, CODES, ROUNDS = 500, 3, 5, 30, 2
MOST = 1.1
KNOWN, WEIGHTS = vocabulary(), zipf()


@dataclass
class Grown:
    """A project of n threads, each of some posts with codings of two coders, and what was found."""

    project: Project
    folder: Path
    n: int
    bundle: Bundle
    coders: tuple[str, str]
    codes: list[str]

    @property
    def drafts(self) -> list[CodingDraft]:
        """Two codings for each thread and coder, somewhere in it."""
        pick, drafts = random.Random(5), set[CodingDraft]()
        for source, draft in zip(self.project.sources.all(), self.bundle.sources, strict=True):
            for coder in self.coders * 2:
                start = pick.randrange(len(draft.text) - 60)
                span = trimmed(draft.text, start, start + 50)
                drafts.add(CodingDraft(pick.choice(self.codes), source.guid, coder, *span))
        return sorted(drafts, key=str)


def _import(grown: Grown) -> None:
    grown.project.sources.add(grown.bundle)


def _code(grown: Grown) -> None:
    grown.project.codings.apply_all(grown.drafts)


def _undo(grown: Grown) -> None:
    grown.project.undo()


def _redo(grown: Grown) -> None:
    grown.project.redo()


def _reopen(grown: Grown) -> None:
    grown.project.close()
    grown.project = Project.open(grown.project.path)


def _found(query: str) -> Callable[[Grown], None]:
    def find(grown: Grown) -> None:
        list(grown.project.search.passages(SearchQuery(query)))

    return find


def _proposed(grown: Grown) -> None:
    sources = [source.guid for source in grown.project.sources.all()]
    rule = Words((KNOWN[40],))
    grown.project.autocode.proposals(rule, Scope.MATCH, grown.codes[0], sources)


def _report(name: str) -> Callable[[Grown], None]:
    def make(grown: Grown) -> None:
        reports.report(name).table(grown.project, Options())

    return make


def _export(grown: Grown) -> None:
    made = document(grown.project, ("segments",), Options())
    exporters.write(made, grown.folder / "codings.xlsx")


def _recode(grown: Grown) -> None:
    some = [one.guid for one in grown.project.codings.all() if one.coder == grown.coders[0]]
    grown.project.codings.recode(some, grown.project.codebook.add("Another").guid)


OPERATIONS: dict[str, Callable[[Grown], object]] = {
    "import of posts": _import,
    "undo of the import": _undo,
    "redo of the import": _redo,
    "codings applied in one step": _code,
    "undo of the codings": _undo,
    "redo of the codings": _redo,
    "opening": _reopen,
    "list of sources": lambda grown: grown.project.sources.all(),
    "counts of codes": lambda grown: grown.project.codebook.counts(),
    "coded passages": lambda grown: list(grown.project.segments.of()),
    "all hits of a common word": _found(KNOWN[3]),
    "all hits of two words": _found(f"{KNOWN[3]} {KNOWN[5]}"),
    "all hits of a phrase": _found(f'"{KNOWN[0]} {KNOWN[1]}"'),
    "proposals of autocoding": _proposed,
    "matrix": _report("matrix"),
    "co-occurrence": _report("cooccurrence"),
    "agreement": _report("agreement"),
    "export of codings to Excel": _export,
    "recode": _recode,
    "verify": lambda grown: grown.project.audit.verify(),
    "check": lambda grown: check(grown.project),
    "backup": lambda grown: grown.project.back_up(),
}


def main() -> int:
    """Print the table; 1 when an exponent is above the limit."""
    sizes = [FIRST << doubling for doubling in range(DOUBLINGS + 1)]
    rounds = [{n: dict(_taken(n)) for n in sizes} for _ in range(ROUNDS)]
    taken = {n: {name: min(one[n][name] for one in rounds) for name in OPERATIONS} for n in sizes}
    print(f"{'operation':<30}" + "".join(f"{n:>9,}" for n in sizes) + "  exponent")
    above = 0
    for name in OPERATIONS:
        seconds = [taken[n][name] for n in sizes]
        slope = exponent(sizes, seconds)
        above += slope > MOST
        numbers = "".join(f"{one:9.3f}" for one in seconds)
        print(f"{name:<30}{numbers}  {slope:5.2f}{'  above ' + str(MOST) if slope > MOST else ''}")
    return int(above > 0)


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log seconds over log size, by least squares."""
    x, y = ([math.log(max(one, 1e-4)) for one in numbers] for numbers in (sizes, seconds))
    mid_x, mid_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mid_x) * (b - mid_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mid_x) ** 2 for a in x)


def _taken(n: int) -> Iterator[tuple[str, float]]:
    """Each operation and its processor seconds."""
    with tempfile.TemporaryDirectory() as folder:
        grown = _begun(Path(folder), n)
        for name, act in OPERATIONS.items():
            began = time.process_time()
            act(grown)
            yield name, time.process_time() - began
        grown.project.close()


def _begun(folder: Path, n: int) -> Grown:
    project = Project.create(folder / "grown.qsm", "Growing", "Ana")
    coders = (project.coder.guid, project.coders.add("Ben").guid)
    with project.change("codebook.import", name="made", what=f"{CODES} codes"):
        codes = [project.codebook.add(f"Code {i:02}").guid for i in range(CODES)]
    chance = random.Random(n)
    bundle = Bundle(tuple(_thread(i, chance) for i in range(n)))
    return Grown(project, folder, n, bundle, coders, codes)


def _thread(number: int, chance: random.Random) -> SourceDraft:
    posts = [" ".join(words(chance, 40, KNOWN, WEIGHTS)) for _ in range(POSTS)]
    units, at = list[UnitDraft](), 0
    for post in posts:
        units.append(UnitDraft(at, at + len(post), UnitKind.POST))
        at += len(post) + 1
    name = f"Thread {number:06}"
    return SourceDraft(name, SourceKind.POSTS, "\n".join(posts), tuple(units), origin="made")


if __name__ == "__main__":
    sys.exit(main())
