"""Finding: the first hits in 200 MB of text, proposals of autocoding, a corrected text."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from benchmarks.figure import Figure
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Scope, Words
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.spans import Span, trimmed

SOURCES, CHARACTERS = 1_700, 120_000
SHOWN, PROPOSED = 50, 10_000
CORRECTED, CODINGS = 1_000_000, 5_000
QUERIES = {
    "a rare word": "singular",
    "a common word": "somebody",
    "a beginning": "some*",
    "a phrase": '"wrote back"',
    "two words near each other": "NEAR(singular night, 20)",
    "two words in a turn": "singular somebody",
    "a pattern": r"regex:some\w+ \w+ back",
}
WORDS = "and then somebody wrote back within minutes because nobody was asleep that night".split()


def figures(folder: Path) -> Iterator[Figure]:
    project = Project.create(folder / "found.qsm", "Found", "Ana")
    chance = random.Random(11)
    for first in range(0, SOURCES, 100):
        numbers = range(first, min(first + 100, SOURCES))
        project.sources.add(Bundle(tuple(_source(n, chance, CHARACTERS) for n in numbers)))
    for name, query in QUERIES.items():
        yield Figure(f"first {SHOWN} hits of {name}, 200 MB", _search(project, query), "ms",
                     limit=100)  # fmt: skip
    yield proposals(project)
    project.close()
    yield correction(folder)


def proposals(project: Project) -> Figure:
    """10,000 hits with their context, ready to be looked through."""
    code = project.codebook.add("Code").guid
    rule = Words(("somebody",))
    some = [source.guid for source in project.sources.all()[: PROPOSED // 1000]]
    found = len(project.autocode.proposals(rule, Scope.MATCH, code, some))
    spent = _median(lambda: project.autocode.proposals(rule, Scope.MATCH, code, some))
    return Figure(f"autocode preview of {PROPOSED:,} hits", spent / found * PROPOSED, "ms",
                  limit=1000)  # fmt: skip


def correction(folder: Path) -> Figure:
    """What a changed word at the beginning of a long, coded text would do."""
    project = Project.create(folder / "corrected.qsm", "Corrected", "Ana")
    chance = random.Random(12)
    draft = _source(0, chance, CORRECTED)
    [source] = project.sources.add(Bundle((draft,)))
    code, coder = project.codebook.add("Code").guid, project.coder.guid
    spans: set[Span] = set()
    while len(spans) < CODINGS:
        start = chance.randrange(CORRECTED - 200)
        spans.add(trimmed(draft.text, start, start + chance.randint(5, 150)))
    project.codings.apply_all([CodingDraft(code, source.guid, coder, *span) for span in spans])
    new = "Said: " + project.sources.text(source.guid).replace("minutes", "hours", 1)
    spent = _median(lambda: project.sources.preview_correction(source.guid, new))
    project.close()
    return Figure(f"preview of a corrected text, 1 MB, {CODINGS:,} codings", spent, "ms", limit=500)


def _search(project: Project, query: str) -> float:
    return _median(lambda: list(project.search.find(SearchQuery(query), SHOWN)))


def _median(action: Callable[[], object], times: int = 5) -> float:
    spent: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def _source(number: int, chance: random.Random, characters: int) -> SourceDraft:
    words = chance.choices(WORDS, k=characters // 6)
    words[chance.randrange(len(words))] = "singular"
    turns = [" ".join(words[at : at + 60]) + " – don’t." for at in range(0, len(words), 60)]
    ends = [end - 1 for end in accumulate(len(turn) + 1 for turn in turns)]
    units = tuple(
        UnitDraft(end - len(turn), end, UnitKind.PARAGRAPH)
        for turn, end in zip(turns, ends, strict=True)
    )
    return SourceDraft(f"Source {number}", SourceKind.TEXT, "\n".join(turns), units)
