"""A study in which quote rules differ: two groups, two threads of one name, several levels."""

from pathlib import Path

from builders import code_named, new_project

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import QuoteRule, SourceKind, Unit, UnitKind
from qualcoder_sm.project.project import Project

POSTS = (
    "[SYNTHETIC] Zebras tie scarves to bedposts 😀",
    "[SYNTHETIC] Walruses iron satin sheets",
    "[SYNTHETIC] Ocelots queue for porridge",
)
TURNS = ("[SYNTHETIC] What did you do?", "[SYNTHETIC] Hedgehogs knit at midnight")


def thread(name: str, collection: str, *posts: str, rules: tuple[str, ...] = (), title: str = ""):
    """A thread named by its id, unless that is empty; `rules` are those of its posts."""
    units, start = [], 0
    for n, text in enumerate(posts):
        rule = rules[n] if n < len(rules) else ""
        units.append(UnitDraft(start, start + len(text), UnitKind.POST, speaker=f"A000{n + 1}",
                               external_id=f"011{n}", quote_rule=rule))  # fmt: skip
        start += len(text) + 1
    called = " ".join(filter(None, (name, title)))
    return SourceDraft(called, SourceKind.POSTS, "\n".join(posts), tuple(units), collection,
                       external_id=name)  # fmt: skip


def interview(name: str, *turns: str, speakers: tuple[str, ...] = ("Interviewer", "P02")):
    units, start = [], 0
    for n, text in enumerate(turns):
        who = speakers[n % len(speakers)]
        units.append(UnitDraft(start, start + len(text), UnitKind.TURN, speaker=who))
        start += len(text) + 1
    return SourceDraft(name, SourceKind.TRANSCRIPT, "\n".join(turns), tuple(units), "Interviews")


def made(folder: Path, *drafts: SourceDraft) -> Project:
    project = new_project(folder)
    project.sources.add(Bundle(drafts))
    return project


def set_all(project: Project, collection: str, rule: QuoteRule) -> None:
    found = project.collections.named(collection)
    project.quoting.set_rule(found, rule, "agreed with the group")


def code_words(project: Project, source: str, words: str, code: str = "Help"):
    """The coding of the acting coder on these words of a source."""
    guid = project.sources.find(source).guid
    start = project.sources.text(guid).index(words)
    return project.codings.apply(code_named(project, code).guid, guid, start, start + len(words))


def post(project: Project, n: int = 0) -> Unit:
    """One post of the thread S01-T03."""
    return project.sources.units(project.sources.find("S01-T03").guid)[n]
