"""Codings: codes applied to passages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.errors import AlreadyCoded, InvalidSelection, NotCodable, NotFound
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import PATH_SEPARATOR, Code, Coding, Origin
from qualcoder_sm.project import filters, passages, wordings
from qualcoder_sm.project.coders import Coders
from qualcoder_sm.project.codes import require_codable
from qualcoder_sm.project.known_codings import place
from qualcoder_sm.project.marking import Marking
from qualcoder_sm.project.removal import remove_codings
from qualcoder_sm.store import schema, uniqueness
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Sequence

    from qualcoder_sm.project.passages import Passage
    from qualcoder_sm.project.texts import SourceBrief
    from qualcoder_sm.spans import Span
    from qualcoder_sm.store.journal import Journal


_NEW = Origin.EMERGENT
_TEXTS = 64
"""So many texts are held at once while many codings are checked."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class CodingDraft:
    """A coding to be made: all by guid. `line` is where it stands in a file, for the error."""

    code: str
    source: str
    coder: str
    start: int
    end: int
    memo: str = ""
    line: int = 0


class Codings(Marking):
    """Who put which code on which words; read, made, marked, changed and removed.

    What a method requires is checked inside the step that writes.
    """

    def apply(self, code: str, source: str, start: int, end: int, memo: str = "") -> Coding:
        """Put a code on the words of source.text[start:end] as the acting coder.

        What cannot be seen stays outside: white space at the ends, and what lies in no unit.
        Raises InvalidSelection, NotCodable, or AlreadyCoded when the coder has it there already.
        """
        with self._core.change("coding.apply") as journal:
            known, where = self._codes.get(code), self._texts.brief(source)
            coder = self._core.coder.guid
            span = self._on_words(where, start, end)
            require_codable(known)
            self._require_new(known, source, *span, coder)
            coding = self._made(CodingDraft(code, source, coder, *span, memo), known.revision)
            journal.describe(**self._told(coding, known, where))
            journal.insert(schema.codings, _row(coding))
        return coding

    def apply_new(self, name: str, source: str, start: int, end: int, memo: str = "") -> Coding:
        """Put a new emergent code of this name on words, as one step, or the one there is.

        Raises as `apply`.
        """
        with self._core.change("coding.apply") as journal:
            return self._apply_new(journal, "coding.apply_new", name, source, (start, end), memo)

    def apply_in_vivo(self, source: str, start: int, end: int, memo: str = "") -> Coding:
        """As `apply_new`, named by the words themselves, in quotation marks and cut when long."""
        with self._core.change("coding.apply") as journal:
            where = self._texts.brief(source)
            first, last = self._on_words(where, start, end)
            name = _in_vivo(self._texts.text(source)[first:last])
            return self._apply_new(journal, "coding.in_vivo", name, source, (first, last), memo)

    def apply_all(self, drafts: Sequence[CodingDraft]) -> list[Coding]:
        """Make many codings, of several coders, as one step of the acting coder: all or none.

        Each is trimmed to words as in `apply`. The error of a draft that comes from a file names
        its line.
        """
        with self._core.change("coding.apply_many") as journal:
            made = self._checked_all(drafts)
            journal.describe(codings=len(made), **self._told_of_all(made))
            journal.insert_all(schema.codings, map(_row, made))
        return made

    def set_aside(self, source: str, start: int, end: int, memo: str = "") -> Coding:
        """Put words that no code fits into the bucket; as one step with making it."""
        with self._core.change("coding.aside") as journal:
            coding = self.apply(self._codes.bucket().guid, source, start, end, memo)
            journal.describe(**self._told_of(coding))
        return coding

    def remove(self, *guids: str) -> None:
        """Take codings of the acting coder away, with the memos on them."""
        with self._core.change("coding.remove_many") as journal:
            codings = self.own_all(guids)
            if len(codings) == 1:
                journal.describe("coding.remove", **self._told_of(codings[0]))
            else:
                journal.describe(**self._told_of_all(codings))
            remove_codings(self._core, journal, [coding.guid for coding in codings])

    def move(self, guid: str, start: int, end: int) -> Coding:
        """Change the boundaries of a coding of the acting coder, trimmed to words as in `apply`."""
        with self._core.change("coding.move") as journal:
            old = self.own(guid)
            code, source = self._codes.get(old.code), self._texts.brief(old.source)
            start, end = self._on_words(source, start, end)
            if (start, end) == (old.start, old.end):
                return old
            require_codable(code)
            self._require_new(code, source.guid, start, end, old.coder)
            ends = wordings.moved_ends((old.start, old.end), (start, end))
            journal.describe(**self._told(old, code, source) | ends)
            journal.update(schema.codings, guid, start=start, end=end)
        return replace(old, start=start, end=end)

    def recode(self, guids: Sequence[str], code: str) -> None:
        """Change codings of the acting coder to another code; those already there are dropped."""
        with self._core.change("coding.recode") as journal:
            self._recode(journal, guids, self._codes.get(code))

    def recode_new(self, guids: Sequence[str], name: str) -> None:
        """As `recode`, to a new emergent code of this name, as one step, or to the one there is.

        No code is made when there is no coding to change.
        """
        with self._core.change("coding.recode") as journal:
            known = self._codes.named(name)
            if guids:
                self._recode(journal, guids, known or self._codes.add(name, origin=_NEW))
                journal.describe("" if known else "coding.recode_new")

    def _apply_new(
        self, journal: Journal, action: str, name: str, source: str, span: Span, memo: str
    ) -> Coding:
        known = self._codes.named(name)
        code = known or self._codes.add(name, origin=_NEW)
        coding = self.apply(code.guid, source, *span, memo)
        journal.describe("" if known else action, **self._told_of(coding))
        return coding

    def _recode(self, journal: Journal, guids: Sequence[str], target: Code) -> None:
        require_codable(target)
        codings = [coding for coding in self.own_all(guids) if coding.code != target.guid]
        c, sources = schema.codings.c, list({coding.source for coding in codings})
        there = {place(coding) for coding in self._where(
            c.code == target.guid, filters.among(c.source, sources))}  # fmt: skip
        moved: list[str] = []
        doubled: list[str] = []
        for coding in codings:
            (doubled if place(coding) in there else moved).append(coding.guid)
            there.add(place(coding))
        told = self._told_of_all(codings)
        told |= {"old": told.pop("codes"), "code": target.name, "code_guid": target.guid}
        if doubled:
            told["what"] = tr("{what} ({n:,} of them there already)", what=told["what"],
                              n=len(doubled))  # fmt: skip
        journal.describe(**told)
        journal.update_all(schema.codings, moved, code=target.guid, code_revision=target.revision)
        remove_codings(self._core, journal, doubled)

    def _checked_all(self, drafts: Sequence[CodingDraft]) -> list[Coding]:
        code, source = cache(self._codes.get), cache(self._texts.brief)
        coder, passage = cache(Coders(self._core).find), lru_cache(_TEXTS)(self._passage)
        there = self._there({draft.code for draft in drafts})
        made: list[Coding] = []
        for asked_for in drafts:
            with _told_line(asked_for):
                where, known = source(asked_for.source), code(asked_for.code)
                coder(asked_for.coder)
                draft = _checked(asked_for, known, where, passage(where), there)
            there.add(_drafted(draft))
            made.append(self._made(draft, known.revision))
        return made

    def _there(self, codes: Collection[str]) -> set[tuple[object, ...]]:
        """The codings of these codes, as `_drafted`."""
        c = schema.codings.c
        statement = select(c.code, c.source, c.start, c.end, c.coder).where(c.code.in_(codes))
        return {tuple(row) for row in self._core.fetch(statement)}

    def _made(self, draft: CodingDraft, revision: int) -> Coding:
        return Coding(
            guid=self._core.new_guid(),
            code=draft.code,
            source=draft.source,
            coder=draft.coder,
            start=draft.start,
            end=draft.end,
            created=self._core.clock(),
            code_revision=revision,
            memo=draft.memo,
        )

    def _on_words(self, source: SourceBrief, start: int, end: int) -> Span:
        return passages.require_words(source, self._passage(source), start, end, once=True)

    def _passage(self, source: SourceBrief) -> Passage:
        return passages.passage(self._core, source.guid, source.sha256)

    def _require_new(self, code: Code, source: str, start: int, end: int, coder: str) -> None:
        c = schema.codings.c
        same = (c.source == source, c.start == start, c.end == end)
        found = self._core.fetch(select(c.guid).where(*same, c.code == code.guid, c.coder == coder))
        if found:
            raise uniqueness.already_coded(code.name, found[0].guid)


@contextmanager
def _told_line(draft: CodingDraft) -> Generator[None]:
    """What is wrong with a draft that comes from a file, with its line."""
    try:
        yield
    except (InvalidSelection, NotCodable, NotFound, AlreadyCoded) as error:
        if not draft.line:
            raise
        raise type(error)(
            tr("Line {line}: {what} Nothing was changed.", line=draft.line, what=error)
        ) from error


def _checked(
    draft: CodingDraft,
    code: Code,
    source: SourceBrief,
    passage: Passage,
    there: Collection[tuple[object, ...]],
) -> CodingDraft:
    """The draft on its words."""
    span = passages.require_words(source, passage, draft.start, draft.end)
    require_codable(code)
    if span != (draft.start, draft.end):
        draft = replace(draft, start=span[0], end=span[1])
    if _drafted(draft) in there:
        raise uniqueness.already_coded(code.name)
    return draft


def _in_vivo(words: str) -> str:
    """The name of a code that is made of words."""
    name = " ".join(words.split())
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "…"
    return f"“{name.replace(PATH_SEPARATOR, ' ')}”"


_FIELDS = tuple(field.name for field in fields(Coding))


def _drafted(draft: CodingDraft) -> tuple[str, str, int, int, str]:
    return draft.code, draft.source, draft.start, draft.end, draft.coder


def _row(coding: Coding) -> dict[str, object]:
    return {
        **{name: getattr(coding, name) for name in _FIELDS},
        "created": written_time(coding.created),
        "polarity": coding.polarity.value if coding.polarity else None,
    }
