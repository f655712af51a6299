"""The codings there are: read, and told of in the trail. `Codings` makes and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select

from qualcoder_sm import i18n
from qualcoder_sm.errors import NotFound, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import filters, labels, rows, wordings
from qualcoder_sm.project.coders import Coders
from qualcoder_sm.project.codes import Codes
from qualcoder_sm.project.locators import locator
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

    from qualcoder_sm.model import Code, Coding
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.project.texts import SourceBrief

Place = tuple[str, int, int, str]
"""Source, start, end and coder: where one coder has a code once."""


class KnownCodings:
    """Who put which code on which words, to be read."""

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
        # Literally, for only so can the engine see that its index of these few will do.
        return self._where(schema.codings.c.memo != literal("", literal_execute=True))

    def count(self) -> int:
        """Number of codings."""
        return self._core.fetch(select(func.count()).select_from(schema.codings))[0][0]

    def by_source(self, coder: str | None = None) -> dict[str, int]:
        """Number of codings by source guid, of one coder or of all; a copy."""
        return self._core.memory.counts().by_source(coder)

    def in_source(self, source: str, coder: str | None = None) -> int:
        """Number of codings in one source, of one coder or of all."""
        return self._core.memory.counts().of_source(source, coder)

    # For other managers of the project.

    def own(self, guid: str) -> Coding:
        """A coding of the acting coder; raises NotFound, or WrongUsage for somebody else's."""
        return self.own_all([guid])[0]

    def own_all(self, guids: Sequence[str]) -> list[Coding]:
        """Codings of the acting coder, each once, in the order named; raises as `own`."""
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

    def guids_of_code(self, code: str) -> list[str]:
        """Guids of a code's codings."""
        c = schema.codings.c
        return [row[0] for row in self._core.fetch(select(c.guid).where(c.code == code))]

    def split_by_presence(self, code: str, other: str) -> tuple[list[str], list[str]]:
        """Guids of a code's codings: those whose place lacks the other code, those that have it."""
        there = {place(coding) for coding in self.of_code(other)}
        codings = self.of_code(code)
        return (
            [coding.guid for coding in codings if place(coding) not in there],
            [coding.guid for coding in codings if place(coding) in there],
        )

    def _where(self, *conditions: ColumnElement[bool]) -> list[Coding]:
        c = schema.codings.c
        statement = select(schema.codings).where(*conditions).order_by(
            c.source, c.start, c.end, c.code, c.coder)  # fmt: skip
        return [rows.coding(row) for row in self._core.fetch(statement)]

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


def place(coding: Coding) -> Place:
    """Where a coding lies, and whose it is."""
    return coding.source, coding.start, coding.end, coding.coder
