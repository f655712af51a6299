"""Builders of small projects, written so that a test shows what it is about.

`coded("I was [tired]{Fatigue} and [alone]{Isolation}")` is a project with one source, in which
the bracketed words carry the named codes.
"""

import gzip
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import Code, Role, Source, SourceKind, UnitKind
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema

MARKED = re.compile(r"\[(?P<words>[^\]]*)\]\{(?P<code>[^}]*)\}")


KEPT = Path(__file__).parent / "data"


def version_1(folder: Path) -> Path:
    """The project kept from file version 1; `data/make_version_1.py` says what is in it."""
    return kept(folder, 1)


def kept(folder: Path, version: int) -> Path:
    """The project kept from a file version, as `data/make_version_*.py` made it."""
    path = folder / f"version_{version}.qsm"
    path.write_bytes(gzip.decompress((KEPT / f"{path.stem}.qsm.gz").read_bytes()))
    return path


def tamper(path: Path, *statements: str) -> None:
    """Change a file behind the program's back: the triggers are out of the way meanwhile."""
    with closing(sqlite3.connect(path)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        made_by = dict(triggers.fetchall())
        for name in made_by:
            file.execute(f"DROP TRIGGER {name}")
        for statement in (*statements, *made_by.values()):
            file.execute(statement)
        file.commit()


def new_project(folder: Path, coder: str = "Ana", name: str = "Study") -> Project:
    return Project.create(folder / "study.qsm", name, coder)


def paragraphs(text: str) -> tuple[UnitDraft, ...]:
    return tuple(
        UnitDraft(match.start(), match.end(), UnitKind.PARAGRAPH)
        for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )


def add_text(project: Project, name: str, text: str, collection: str | None = None) -> Source:
    draft = SourceDraft(
        name, SourceKind.TEXT, text, paragraphs(text), collection, origin=f"{name}.txt"
    )
    [source] = project.sources.add(Bundle((draft,)))
    return source


def code_named(project: Project, name: str) -> Code:
    for code in project.codebook.codes():
        if code.name == name:
            return code
    return project.codebook.add(name)


def with_favourites(folder: Path, text: str, names: Iterable[str]) -> Project:
    """A text P01, codes on the keys from 1, and a second coder, Ben, who has done nothing."""
    project = new_project(folder)
    add_text(project, "P01", text)
    for key, name in enumerate(names, start=1):
        project.codebook.set_favourite(code_named(project, name).guid, key)
    project.coders.add("Ben")
    return project


def add_coded(project: Project, name: str, marked: str) -> Source:
    """A source with codings: [words]{Code}."""
    text, spans = "", []
    last = 0
    for match in MARKED.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match["words"]), match["code"]))
        text += match["words"]
        last = match.end()
    source = add_text(project, name, text + marked[last:])
    for start, end, code in spans:
        project.codings.apply(code_named(project, code).guid, source.guid, start, end)
    return source


def coded(folder: Path, marked: str) -> Project:
    project = new_project(folder)
    add_coded(project, "Interview", marked)
    return project


def speakers(project: Project, name: str, turns: Iterable[tuple[str, str]]) -> Source:
    """A transcript of these turns: who speaks, and what; "Int" is the interviewer."""
    text, units = "", []
    for who, words in turns:
        role = Role.INTERVIEWER if who == "Int" else Role.PARTICIPANT
        start = len(text)
        units.append(UnitDraft(start, start + len(words), UnitKind.TURN, speaker=who, role=role))
        text += f"{words}\n"
    draft = SourceDraft(
        name, SourceKind.TRANSCRIPT, text.removesuffix("\n"), tuple(units), origin=f"{name}.docx"
    )
    [source] = project.sources.add(Bundle((draft,)))
    return source


def snapshot(project: Project) -> dict[str, list[str]]:
    """Every row of every table that the trail tells of, to be compared."""
    return {
        table.name: sorted(map(repr, project.fetch(select(table)))) for table in schema.JOURNALLED
    }
