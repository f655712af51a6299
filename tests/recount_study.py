"""Random studies for the recount: plain values, and the same as a project.

Names repeat wherever they may; texts hold emoji, blank lines and units of every role.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft, UnitDraft
from qualcoder_sm.model import Polarity, Progress, SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = "I was tired 😀 and alone. They 👩‍👩‍👧 asked! Who knows? Ja, naïve\u00a0words — here".split(
    " "
)
SPEAKERS = {"P01": "participant", "P02": "", "INT": "interviewer", "OBS": "other", "A1": "admin"}
COLLECTIONS = (None, "Group", "Other group", "(no collection)")


@dataclass
class Unit:
    start: int
    end: int
    kind: UnitKind
    speaker: str | None
    day: int | None


@dataclass
class Source:
    name: str
    collection: str | None
    kind: SourceKind
    text: str
    units: list[Unit]
    guid: str = ""


@dataclass
class Code:
    path: tuple[str, ...]
    codable: bool
    guid: str = ""


@dataclass
class Coding:
    source: int
    code: int
    coder: int
    start: int
    end: int
    day: int
    polarity: Polarity | None
    weight: int | None
    guid: str = ""


@dataclass
class Case:
    name: str
    attributes: dict[str, str]
    sources: list[int]
    guid: str = ""


@dataclass
class Study:
    coders: list[str]
    sources: list[Source]
    codes: list[Code]
    cases: list[Case]
    codings: list[Coding]
    done: set[tuple[int, int]] = field(default_factory=set)
    coder_guids: list[str] = field(default_factory=list)
    collection_guids: dict[str, str] = field(default_factory=dict)


def random_study(seed: int) -> Study:
    dice = random.Random(seed)
    sources = [_source(dice, n) for n in range(dice.randint(2, 6))]
    codes = _codes(dice)
    coders = ["Ana", "Ben", "Cleo"][: dice.randint(2, 3)]
    codable = [i for i, code in enumerate(codes) if code.codable]
    codings = [_coding(dice, sources, codable, len(coders)) for _ in range(dice.randint(5, 40))]
    unique = {(c.source, c.code, c.coder, c.start, c.end): c for c in codings}
    done = {(s, c) for s in range(len(sources)) for c in range(len(coders)) if dice.random() < 0.4}
    return Study(
        coders,
        sources,
        codes,
        _cases(dice, len(sources)),
        list(unique.values()),
        done if seed % 3 else set(),
    )


def _source(dice, number) -> Source:
    kind = dice.choice((SourceKind.TRANSCRIPT, SourceKind.POSTS, SourceKind.TEXT))
    text, units = "", []
    for n in range(dice.randint(1, 8)):
        between = "" if not n else "\n\n" if kind is SourceKind.POSTS else "\n"
        words = " ".join(dice.choices(WORDS, k=dice.randint(1, 9)))
        if dice.random() < 0.3:
            words += "\n" + " ".join(dice.choices(WORDS, k=2))
        start = len(text) + len(between)
        text += between + words
        units.append(_unit(dice, kind, start, len(text)))
    # One name may stand in several collections, never twice in one.
    if number < len(COLLECTIONS):
        return Source("t1", COLLECTIONS[number], kind, text, units)
    return Source(f"t{number}", None, kind, text, units)


def _unit(dice, kind, start, end) -> Unit:
    if kind is SourceKind.POSTS:
        return Unit(start, end, UnitKind.POST, dice.choice(["A1", "P01", None]), dice.randint(0, 5))
    if kind is SourceKind.TEXT:
        return Unit(start, end, UnitKind.PARAGRAPH, None, None)
    if dice.random() < 0.15:
        return Unit(start, end, UnitKind.HEADING, None, None)
    return Unit(start, end, UnitKind.TURN, dice.choice([*SPEAKERS, None]), None)


def _codes(dice) -> list[Code]:
    names = ("Equality", "Access", "Care")
    codes = [Code((name,), dice.random() < 0.7) for name in names]
    codes += [Code((above, name), True) for above in names for name in names[: dice.randint(0, 2)]]
    return sorted(codes, key=lambda code: code.path)


def _coding(dice, sources, codable, coders) -> Coding:
    source = dice.randrange(len(sources))
    units = sources[source].units
    first = dice.randrange(len(units))
    last = min(len(units) - 1, first + dice.choice((0, 0, 0, 1, 2)))
    text = sources[source].text
    start, end = units[first].start, units[last].end
    if dice.random() < 0.6:
        start = dice.randrange(units[first].start, units[first].end)
        end = dice.randrange(max(start, units[last].start), units[last].end) + 1
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    if start >= end:
        start, end = units[first].start, units[first].end
    return Coding(
        source,
        dice.choice(codable),
        dice.randrange(coders),
        start,
        end,
        dice.randint(0, 5),
        dice.choice([None, *Polarity]),
        dice.choice([None, 10, 60]),
    )


def _cases(dice, sources) -> list[Case]:
    cases = []
    for name in ("P2", "P10", "Group")[: dice.randint(1, 3)]:
        attributes = {"age": dice.choice(["30", "40"]), "site": dice.choice(["A", "B"])}
        if dice.random() < 0.3:
            del attributes["site"]
        mine = dice.sample(range(sources), dice.randint(0, min(3, sources)))
        cases.append(Case(name, attributes, sorted(mine)))
    return cases


def built(study: Study, folder) -> Project:
    """The study as a project; guids are filled in on both sides."""
    project = Project.create(folder / "study.qsm", "Study", study.coders[0])
    for name in study.coders[1:]:
        project.coders.add(name)
    study.coder_guids = [project.coders.find(name).guid for name in study.coders]
    _add_sources(project, study)
    study.collection_guids = {one.name: one.guid for one in project.collections.all()}
    _add_codes(project, study)
    _add_cases(project, study)
    _add_codings(project, study)
    for source, coder in sorted(study.done):
        project.act_as(study.coder_guids[coder])
        project.progress.set(study.sources[source].guid, Progress.DONE)
    return project


def _add_sources(project, study) -> None:
    for source in study.sources:
        units = tuple(
            UnitDraft(
                unit.start,
                unit.end,
                unit.kind,
                unit.speaker,
                SPEAKERS.get(unit.speaker or "", ""),
                at=None if unit.day is None else DAY + timedelta(days=unit.day),
            )
            for unit in source.units
        )
        draft = SourceDraft(source.name, source.kind, source.text, units, source.collection)
        source.guid = project.sources.add(Bundle((draft,)))[0].guid


def _add_codes(project, study) -> None:
    guids: dict[tuple[str, ...], str] = {}
    for code in sorted(study.codes, key=lambda one: len(one.path)):
        made = project.codebook.add(code.path[-1], parent=guids.get(code.path[:-1]))
        if not code.codable:
            project.codebook.edit(made.guid, codable=False)
        code.guid = guids[code.path] = made.guid


def _add_cases(project, study) -> None:
    project.cases.take([CaseDraft(c.name, "person", c.attributes) for c in study.cases], "cases")
    known = {case.name: case.guid for case in project.cases.all()}
    for case in study.cases:
        case.guid = known[case.name]
        project.cases.link(case.guid, [study.sources[i].guid for i in case.sources])


def _add_codings(project, study) -> None:
    for coding in study.codings:
        at = DAY + timedelta(days=coding.day)
        project.clock = lambda at=at: at
        draft = CodingDraft(
            study.codes[coding.code].guid,
            study.sources[coding.source].guid,
            study.coder_guids[coding.coder],
            coding.start,
            coding.end,
        )
        coding.guid = project.codings.apply_all([draft])[0].guid
        project.act_as(draft.coder)
        if coding.polarity:
            project.codings.set_polarity(coding.guid, coding.polarity)
        if coding.weight is not None:
            project.codings.set_weight(coding.guid, coding.weight)
