"""Codings: codes applied to passages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcoder_sm import i18n
from qualcoder_sm.errors import (
    AlreadyCoded,
    InvalidSelection,
    NotCodable,
    NotFound,
    WrongUsage,
)
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code, Coding, Polarity, Source
from qualcoder_sm.project import filters, folding, labels, passages, rows, wordings
from qualcoder_sm.project.coders import Coders
from qualcoder_sm.project.codes import Codes, require_codable
from qualcoder_sm.project.locators import locator
from qualcoder_sm.project.removal import remove_codings
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema, uniqueness
from qualcoder_sm.store.trail import written_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement

    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.passages import Passage
    from qualcoder_sm.project.texts import SourceBrief
    from qualcoder_sm.spans import Span


_TEXTS = 64
"""So many texts are held at once while many codings are checked."""


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


class Codings:
    """Who put which code on which words."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._codes, self._texts = Codes(core), Texts(core)

    def get(self, guid: str) -> Coding:
        """The coding with this guid; raises NotFound."""
        found = self._core.fetch(select(schema.codings).where(schema.codings.c.guid == guid))
        return rows.coding(rows.required(found, tr("This coding is no longer in the project.")))

    def all(self) -> list[Coding]:
        """Every coding, by source and place."""
        return self._where()

    def of_source(self, source: str) -> list[Coding]:
        """The codings of a source by all coders, by place."""
        return self._where(schema.codings.c.source == source)

    def of_code(self, code: str) -> list[Coding]:
        """The codings of a code by all coders, by source and place."""
        return self._where(schema.codings.c.code == code)

    def with_memo(self) -> list[Coding]:
        """The codings that carry a memo, by source and place."""
        return self._where(schema.codings.c.memo != "")

    def count(self) -> int:
        """Number of codings."""
        return self._core.fetch(select(func.count()).select_from(schema.codings))[0][0]

    def by_source(self, coder: str | None = None) -> dict[str, int]:
        """Number of codings by source guid, of one coder or of all."""
        counts: Counter[str] = Counter()
        for (source, _code, who), n in self._core.memory.counts().items():
            if coder in (None, who):
                counts[source] += n
        return dict(counts)

    def apply(self, code: str, source: str, start: int, end: int, memo: str = "") -> Coding:
        """Put a code on the words of source.text[start:end] as the acting coder.

        What cannot be seen stays outside: white space at the ends, and what lies in no unit.
        Raises InvalidSelection, NotCodable, or AlreadyCoded when the coder has it there already.
        """
        # Checked inside the step: one transaction, and nothing can change between check and write.
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

    def apply_all(self, drafts: Sequence[CodingDraft]) -> list[Coding]:
        """Make many codings, of several coders, as one step of the acting coder: all or none.

        Each is trimmed to words as in `apply`. The error of a draft that comes from a file names
        its line.
        """
        codes = {code.guid: code for code in self._codes.codes()}
        sources = {source.guid: source for source in self._texts.all()}
        c = schema.codings.c
        asked = {draft.code for draft in drafts}
        there = {tuple(row) for row in self._core.fetch(
            select(c.code, c.source, c.start, c.end, c.coder).where(c.code.in_(asked)))}  # fmt: skip
        passage = lru_cache(_TEXTS)(partial(passages.passage, self._core))
        made: list[Coding] = []
        for asked_for in drafts:
            code, source = codes[asked_for.code], sources[asked_for.source]
            draft = _checked(asked_for, code, source, passage(source.guid, source.sha256), there)
            there.add(_drafted(draft))
            made.append(self._made(draft, code.revision))
        told = {"codings": len(made), **self._told_of_all(made)}
        with self._core.change("coding.apply_many", **told) as journal:
            journal.insert(schema.codings, *map(_row, made))
        return made

    def set_aside(self, source: str, start: int, end: int, memo: str = "") -> Coding:
        """Put words that no code fits into the bucket; as one step with making it."""
        with self._core.change("coding.aside") as journal:
            coding = self.apply(self._codes.bucket().guid, source, start, end, memo)
            told = self._told_of(coding)
            journal.describe(**told)
        return coding

    def remove(self, *guids: str) -> None:
        """Take codings of the acting coder away, with the memos on them."""
        codings = self._own_all(guids)
        action, told = "coding.remove_many", self._told_of_all(codings)
        if len(codings) == 1:
            action, told = "coding.remove", self._told_of(codings[0])
        with self._core.change(action, **told) as journal:
            remove_codings(self._core, journal, [coding.guid for coding in codings])

    def move(self, guid: str, start: int, end: int) -> Coding:
        """Change the boundaries of a coding of the acting coder, trimmed to words as in `apply`."""
        old = self.own(guid)
        code, source = self._codes.get(old.code), self._texts.brief(old.source)
        start, end = self._on_words(source, start, end)
        if (start, end) == (old.start, old.end):
            return old
        require_codable(code)
        self._require_new(code, source.guid, start, end, old.coder)
        told = self._told_of(old) | wordings.moved_ends((old.start, old.end), (start, end))
        with self._core.change("coding.move", **told) as journal:
            journal.update(schema.codings, guid, start=start, end=end)
        return self.get(guid)

    def recode(self, guids: Sequence[str], code: str) -> None:
        """Change codings of the acting coder to another code; those already there are dropped."""
        target = self._codes.get(code)
        require_codable(target)
        codings = [coding for coding in self._own_all(guids) if coding.code != code]
        c, sources = schema.codings.c, list({coding.source for coding in codings})
        there = {_place(coding) for coding in self._where(
            c.code == code, filters.among(c.source, sources))}  # fmt: skip
        moved: list[str] = []
        doubled: list[str] = []
        for coding in codings:
            (doubled if _place(coding) in there else moved).append(coding.guid)
            there.add(_place(coding))
        told = self._told_of_all(codings)
        told |= {"old": told.pop("codes"), "code": target.name, "code_guid": code}
        if doubled:
            told["what"] = tr("{what} ({n:,} of them there already)", what=told["what"],
                              n=len(doubled))  # fmt: skip
        with self._core.change("coding.recode") as journal:
            journal.describe(**told)
            journal.update_all(schema.codings, moved, code=code, code_revision=target.revision)
            remove_codings(self._core, journal, doubled)

    def set_memo(self, guid: str, memo: str) -> None:
        """Write, change or empty the memo on a coding of the acting coder."""
        old, new = wordings.quoted(self.own(guid).memo), wordings.quoted(memo)
        self._set("coding.memo", guid, {"old": old, "new": new}, memo=memo)

    def set_polarity(self, guid: str, polarity: Polarity | None) -> None:
        """Say whether the passage supports or contradicts its code, or leave it open."""
        old, new = _said(self.own(guid).polarity), _said(polarity)
        self._set("coding.polarity", guid, {"old": old, "polarity": new},
                  polarity=polarity and polarity.value)  # fmt: skip

    def set_weight(self, guid: str, weight: int | None) -> None:
        """Weigh a passage from 0 to 100, or take its weight away."""
        _require_weight(weight)
        old, new = _weighed(self.own(guid).weight), _weighed(weight)
        self._set("coding.weight", guid, {"old": old, "weight": new}, weight=weight)

    def mark(self, guid: str, polarity: Polarity | None, weight: int | None) -> None:
        """Set polarity and weight of a coding of the acting coder, as one step."""
        _require_weight(weight)
        coding = self.own(guid)
        told = {"old": _said(coding.polarity), "polarity": _said(polarity),
                "before": _weighed(coding.weight), "weight": _weighed(weight)}  # fmt: skip
        self._set("coding.mark", guid, told, polarity=polarity and polarity.value, weight=weight)

    def set_paraphrase(self, guid: str, paraphrase: str) -> None:
        """Write, change or empty what may be published in place of the words of one's own coding.

        Raises WrongUsage for the words themselves, which would be published as a paraphrase.
        """
        coding, text = self.own(guid), paraphrase.strip()
        words = self._texts.text(coding.source)[coding.start : coding.end]
        if text and folding.words(text) == folding.words(words):
            raise WrongUsage(
                tr("These are the words of the passage itself. Say it in your own words; nothing "
                   "was changed.")
            )  # fmt: skip
        old, new = wordings.quoted(coding.paraphrase), wordings.quoted(text)
        self._set("coding.paraphrase", guid, {"old": old, "new": new}, paraphrase=text)

    # For other managers of the project.

    def own(self, guid: str) -> Coding:
        """A coding of the acting coder; raises NotFound, or WrongUsage for somebody else's."""
        return self._own_all([guid])[0]

    def guids_of_code(self, code: str) -> list[str]:
        """Guids of a code's codings."""
        c = schema.codings.c
        return [row[0] for row in self._core.fetch(select(c.guid).where(c.code == code))]

    def split_by_presence(self, code: str, other: str) -> tuple[list[str], list[str]]:
        """Guids of a code's codings: those whose place lacks the other code, those that have it."""
        there = {_place(coding) for coding in self.of_code(other)}
        codings = self.of_code(code)
        return (
            [coding.guid for coding in codings if _place(coding) not in there],
            [coding.guid for coding in codings if _place(coding) in there],
        )

    def _where(self, *conditions: ColumnElement[bool]) -> list[Coding]:
        c = schema.codings.c
        statement = select(schema.codings).where(*conditions).order_by(
            c.source, c.start, c.end, c.code, c.coder)  # fmt: skip
        return [rows.coding(row) for row in self._core.fetch(statement)]

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
        passage = passages.passage(self._core, source.guid, source.sha256)
        return passages.require_words(source, passage, start, end, once=True)

    def _own_all(self, guids: Sequence[str]) -> list[Coding]:
        """Codings of the acting coder, each once; raises NotFound, or WrongUsage for others."""
        wanted = list(dict.fromkeys(guids))
        found = {coding.guid: coding for coding in self._where(
            filters.among(schema.codings.c.guid, wanted))}  # fmt: skip
        if len(found) < len(wanted):
            raise NotFound(tr("This coding is no longer in the project."))
        for coding in found.values():
            if coding.coder != self._core.coder.guid:
                raise WrongUsage(
                    tr(
                        "This is {coder}’s coding. Nobody else can change it.",
                        coder=Coders(self._core).find(coding.coder).name,
                    )
                )
        return [found[guid] for guid in wanted]

    def _require_new(self, code: Code, source: str, start: int, end: int, coder: str) -> None:
        c = schema.codings.c
        same = (c.source == source, c.start == start, c.end == end)
        found = self._core.fetch(select(c.guid).where(*same, c.code == code.guid, c.coder == coder))
        if found:
            raise uniqueness.already_coded(code.name, found[0].guid)

    def _set(
        self, action: str, guid: str, told: dict[str, object] | None = None, **values: object
    ) -> None:
        coding = self.own(guid)
        with self._core.change(action, **(self._told_of(coding) | (told or {}))) as journal:
            journal.update(schema.codings, guid, **values)

    def _told_of(self, coding: Coding) -> dict[str, object]:
        code = self._codes.get(coding.code)
        return self._told(coding, code, self._texts.brief(coding.source))

    def _told_of_all(self, codings: Sequence[Coding]) -> dict[str, object]:
        """The parameters `what`, `where` and `codes` of a step on many codings."""
        named = {code.guid: code.name for code in self._codes.codes()}
        deeper = {code: path for code, path in self._codes.paths().items() if path != named[code]}
        codes, sources = labels.distinct(named, deeper), labels.of_sources(self._core)
        return {
            "what": i18n.codings(len(codings)),
            "where": wordings.listed(sources[coding.source] for coding in codings),
            "codes": wordings.listed(codes[coding.code] for coding in codings),
        }

    def _told(self, coding: Coding, code: Code, source: SourceBrief) -> dict[str, object]:
        return {
            "code": code.name,
            "code_guid": code.guid,
            "source": source.name,
            "source_guid": source.guid,
            "characters": coding.end - coding.start,
            "locator": locator(self._core, source.guid, coding.start),
            "start": coding.start,
        }


def _checked(
    draft: CodingDraft,
    code: Code,
    source: Source,
    passage: Passage,
    there: Iterable[tuple[object, ...]],
) -> CodingDraft:
    """The draft on its words; raises an error with its line."""
    try:
        span = passages.require_words(source, passage, draft.start, draft.end)
        require_codable(code)
        if span != (draft.start, draft.end):
            draft = replace(draft, start=span[0], end=span[1])
        if _drafted(draft) in there:
            raise uniqueness.already_coded(code.name)
    except (InvalidSelection, NotCodable, AlreadyCoded) as error:
        if not draft.line:
            raise
        raise type(error)(
            tr("Line {line}: {what} Nothing was changed.", line=draft.line, what=error)
        ) from error
    return draft


def _require_weight(weight: int | None) -> None:
    if weight is not None and not 0 <= weight <= 100:
        raise WrongUsage(tr("A weight lies between 0 and 100."))


def _said(polarity: Polarity | None) -> str:
    return polarity.value if polarity else tr("neither")


def _weighed(weight: int | None) -> object:
    return tr("none") if weight is None else weight


_FIELDS = tuple(field.name for field in fields(Coding))


def _drafted(draft: CodingDraft) -> tuple[str, str, int, int, str]:
    return draft.code, draft.source, draft.start, draft.end, draft.coder


def _place(coding: Coding) -> tuple[str, int, int, str]:
    return coding.source, coding.start, coding.end, coding.coder


def _row(coding: Coding) -> dict[str, object]:
    return {
        **{name: getattr(coding, name) for name in _FIELDS},
        "created": written_time(coding.created),
        "polarity": coding.polarity.value if coding.polarity else None,
    }
