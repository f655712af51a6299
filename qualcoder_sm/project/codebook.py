"""Codebook: the codes, and what happens to codings when codes change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm import i18n
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.project import likely
from qualcoder_sm.project.codes import Codes, require_codable
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.removal import remove_codings, remove_memos
from qualcoder_sm.project.sets import Sets
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from qualcoder_sm.model import Code
    from qualcoder_sm.project.core import Core
    from qualcoder_sm.store.journal import Journal

_BULK = 100


class Codebook(Codes):
    """The codes, as a tree, counted, merged, split and removed with their codings."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self._codings = Codings(core)

    def counts(self, *, source: str | None = None, coder: str | None = None) -> dict[str, int]:
        """Number of codings by code guid, in one source or all, of one coder or all."""
        counts = self._core.memory.counts()
        return counts.by_code(coder) if source is None else counts.in_source(source, coder)

    def total(self, codes: Iterable[str], *, coder: str | None = None) -> int:
        """Number of codings of these codes, of one coder or all."""
        counts = self._core.memory.counts()
        return sum(counts.of_code(code, coder) for code in codes)

    def reach(self, codes: Collection[str], *, coder: str | None = None) -> tuple[int, int]:
        """Number of codings of these codes by one coder or all, and of sources that hold them."""
        counts = self._core.memory.counts()
        wanted = set(codes)
        if len(wanted) == 1:
            sources = sum(counts.spread(code, coder) for code in wanted)
        else:
            sources = len(counts.sources_with(wanted, coder))
        return self.total(wanted, coder=coder), sources

    def merge(self, guid: str, into: str) -> None:
        """Move a code's codings and children to another code and delete it, as one step.

        A coding that the other code has already (same words, same coder) is dropped. Raises
        NotCodable when the other is a theme.
        """
        self._back_up_before([guid])
        with self._core.change("code.merge") as journal:
            code, target = self.get(guid), self.get(into)
            require_codable(target)
            if into == guid or into in {below.guid for below in self.below(guid)}:
                raise WrongUsage(tr("“{name}” cannot be merged into itself.", name=code.name))
            moved, doubled = self._codings.split_by_presence(guid, into)
            journal.describe(old=code.name, code=target.name, code_guid=into,
                             what=i18n.codings(len(moved)), doubled=len(doubled))  # fmt: skip
            journal.update_all(schema.codings, moved, code=into)
            remove_codings(self._core, journal, doubled)
            for child in self.codes():
                if child.parent == guid:
                    self.move(child.guid, into)
            self._delete_rows(journal, [guid])

    def split(self, guid: str, assignments: Mapping[str, str]) -> None:
        """Give codings of a code, by guid, to codes below it, as one step.

        A child is named by its guid, or by its name; one that is not there is made. The codings
        must be the acting coder's own; one that the child has there already is dropped.
        """
        with self._core.change("code.split") as journal:
            code = self.get(guid)
            if any(one.code != guid for one in self._codings.own_all(list(assignments))):
                raise WrongUsage(tr("Only codings of {code} can be split.", code=code.name))
            children = {
                wanted: self._child(code, wanted) for wanted in dict.fromkeys(assignments.values())
            }
            for wanted, child in children.items():
                codings = [one for one, to in assignments.items() if to == wanted]
                self._codings.recode(codings, child.guid)
            journal.describe(
                code=code.name,
                code_guid=guid,
                what=i18n.codings(len(assignments)),
                where=", ".join(child.name for child in children.values()),
            )

    def most_likely(
        self,
        source: str,
        speaker: str | None = None,
        recent: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> list[Code]:
        """The three codes that fit a fresh selection best, by what the acting coder did before.

        Counted are how lately a code was used (`recent`, by guid, latest first; else from the
        last steps of the trail), how often on words of this speaker here, and whether it has the parent of
        the last one. Fewer, or none, when there is nothing to go by; none of those `without`.
        """
        return likely.most_likely(self._core, source, speaker, recent, without)

    def last_applied(self) -> list[str]:
        """Guids of the codes that the acting coder applied in the last steps, the latest first."""
        known = {code.guid for code in self.codes()}
        return [guid for guid in likely.latest(self._core) if guid in known]

    def remove(self, guid: str) -> None:
        """Delete a code, the codes below it and all their codings, as one step."""
        self._back_up_before([guid, *(one.guid for one in self.below(guid))])
        with self._core.change("code.remove") as journal:
            code, below = self.get(guid), self.below(guid)
            gone = [guid, *(one.guid for one in below)]
            codings = [coding for one in gone for coding in self._codings.guids_of_code(one)]
            what = tr("{codes} below it and {codings}", codes=i18n.codes(len(below)),
                      codings=i18n.codings(len(codings)))  # fmt: skip
            journal.describe(code=code.name, what=what)
            remove_codings(self._core, journal, codings)
            self._delete_rows(journal, list(reversed(gone)))

    def _back_up_before(self, codes: Sequence[str]) -> None:
        """Make a backup before a step that changes many codings of these codes."""
        if self.reach(codes)[0] >= _BULK:
            self._core.back_up_if_possible()

    def _child(self, code: Code, wanted: str) -> Code:
        below = self.below(code.guid)
        named = [one for one in below if wanted == one.guid] or [
            one for one in below if (one.name, one.parent) == (wanted, code.guid)
        ]
        return named[0] if named else self.add(wanted, parent=code.guid, origin=code.origin)

    def _delete_rows(self, journal: Journal, guids: Sequence[str]) -> None:
        remove_memos(self._core, journal, *guids)
        journal.delete(schema.code_set_members, *Sets(self._core).members(guids))
        journal.delete(schema.codes, *guids)
