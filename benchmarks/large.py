"""A large study: sources with codings and memos, and a group of many posts."""

import random
from dataclasses import dataclass
from pathlib import Path

from benchmarks.words import vocabulary, words, zipf
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.spans import trimmed

CODES, POSTS_OF_THREAD = 50, 20


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many sources and codings, by two coders, and how many posts besides, and notes."""

    sources: int
    codings: int
    posts: int
    notes: int


LARGE, SMALL = Sizes(5_000, 50_000, 100_000, 500), Sizes(200, 2_000, 4_000, 20)


def large(path: Path, sizes: Sizes = LARGE) -> Path:
    """Such a study at path."""
    project = Project.create(path, "Large", "Ana")
    coders = (project.coder.guid, project.coders.add("Ben").guid)
    with project.change("codebook.import", name="made", what=f"{CODES} codes"):
        codes = [project.codebook.add(f"Code {i:02}").guid for i in range(CODES)]
    chance, known, weights = random.Random(5), [*vocabulary(), "somebody"], zipf()
    weights.append(weights[-1] + 0.05)
    texts = [_text(chance, known, weights) for _ in range(200)]
    texts[7] += " singular"
    drafts = tuple(_source(f"P{i:05}", texts[i % 200]) for i in range(sizes.sources))
    sources = project.sources.add(Bundle(drafts))
    threads = sizes.posts // POSTS_OF_THREAD
    project.sources.add(Bundle(tuple(_thread(i, chance, known, weights) for i in range(threads))))
    made = set[CodingDraft]()
    while len(made) < sizes.codings:
        n = len(made) % sizes.sources
        start = chance.randrange(len(drafts[n].text) - 60)
        span = trimmed(drafts[n].text, start, start + chance.randrange(20, 60))
        made.add(CodingDraft(chance.choice(codes), sources[n].guid, chance.choice(coders), *span))
    project.codings.apply_all(sorted(made, key=str))
    for n in range(sizes.notes):
        project.notes.add(f"Note {n}", "Some words", target_table="codes",
                          target=codes[n % CODES])  # fmt: skip
    project.close()
    return path


def _text(chance: random.Random, known: list[str], weights: list[float]) -> str:
    return "\n".join(" ".join(words(chance, 30, known, weights)) for _ in range(10))


def _source(name: str, text: str) -> SourceDraft:
    units, at = list[UnitDraft](), 0
    for line in text.split("\n"):
        units.append(UnitDraft(at, at + len(line), UnitKind.PARAGRAPH))
        at += len(line) + 1
    return SourceDraft(name, SourceKind.TEXT, text, tuple(units), origin="made")


def _thread(n: int, chance: random.Random, known: list[str], weights: list[float]) -> SourceDraft:
    posts = [" ".join(words(chance, 15, known, weights)) for _ in range(POSTS_OF_THREAD)]
    units, at = list[UnitDraft](), 0
    for i, post in enumerate(posts):
        person = f"A{chance.randrange(3000):04}"
        units.append(
            UnitDraft(at, at + len(post), UnitKind.POST, external_id=f"{n}-{i}", speaker=person)
        )
        at += len(post) + 1
    return SourceDraft(f"Thread {n:06}", SourceKind.POSTS, "\n".join(posts), tuple(units))
