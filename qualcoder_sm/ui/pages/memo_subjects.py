"""What memos are about: names for the guids they point to, and the places to go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcoder_sm.errors import NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.project.locators import locator
from qualcoder_sm.ui.requests import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.project.project import Project

FREE, PROJECT, SOURCE, CODE, CASE, CODING = "", "project", "sources", "codes", "cases", "codings"
TABLES = (FREE, PROJECT, SOURCE, CODE, CASE, CODING)
_WORDS = {
    FREE: "nothing in particular",
    PROJECT: "the project",
    SOURCE: "a source",
    CODE: "a code",
    CASE: "a case",
    CODING: "a coded passage",
}


def table_words(table: str) -> str:
    """What kind of thing a table holds, as the end of "about ..."."""
    return tr(_WORDS[table])


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing a memo is about; `name` is empty for a free memo."""

    table: str
    target: str
    name: str


class Subjects:
    """The names of everything that a memo can be about, as they are now."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._passages: dict[str, str] = {}
        self._commented = {coding.guid: coding for coding in project.codings.with_memo()}
        sources = {source.guid: source.name for source in project.sources.all()}
        cases = {case.guid: case.name for case in project.cases.all()}
        self._codes = project.codebook.paths()
        self._named: Mapping[str, Mapping[str, str]] = {
            PROJECT: {project.guid: project.name},
            SOURCE: sources,
            CODE: self._codes,
            CASE: cases,
        }

    def choices(self, table: str) -> Mapping[str, str]:
        """Names by guid; none for coded passages, which are chosen in the text."""
        return self._named.get(table, {})

    def subject(self, table: str, target: str) -> Subject:
        """The thing with its name; something that is gone says so."""
        if table == FREE:
            return Subject(FREE, "", "")
        if table == CODING:
            if target not in self._passages:
                self._passages[target] = self._passage(target)
            return Subject(table, target, self._passages[target])
        name = self._named.get(table, {}).get(target, "")
        return Subject(table, target, name or tr("something no longer in the project"))

    def brief(self, table: str, target: str) -> str:
        """The name for a list of many: of a passage its code and source, not its turn."""
        if table != CODING:
            return self.subject(table, target).name
        coding = self._commented.get(target)
        if coding is None:
            return self.subject(table, target).name
        return tr("{code} in {where}", code=self._code_name(coding.code),
                  where=self._named[SOURCE].get(coding.source, ""))  # fmt: skip

    def place(self, subject: Subject) -> Place | None:
        """Where its words stand; None when it is no text."""
        if subject.table == SOURCE and subject.target in self._named[SOURCE]:
            return Place(subject.target, 0, 0)
        if subject.table == CODING:
            try:
                coding = self._project.codings.get(subject.target)
            except NotFound:
                return None
            return Place(coding.source, coding.start, coding.end)
        return None

    def _passage(self, guid: str) -> str:
        try:
            coding = self._project.codings.get(guid)
        except NotFound:
            return tr("a passage no longer in the project")
        at = locator(self._project, coding.source, coding.start)
        where = f"{self._named[SOURCE].get(coding.source, '')}, {at}"
        return tr("{code} in {where}", code=self._code_name(coding.code), where=where)

    def _code_name(self, code: str) -> str:
        return self._codes.get(code, "").rpartition(PATH_SEPARATOR)[2]
