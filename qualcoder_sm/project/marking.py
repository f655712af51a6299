"""Marking: what coders say of their own codings. One statement and one step, of however many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Polarity
from qualcoder_sm.project import folding, wordings
from qualcoder_sm.project.known_codings import KnownCodings
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcoder_sm.model import Coding
    from qualcoder_sm.store.journal import Journal

POLARITIES = (None, Polarity.SUPPORTS, Polarity.CONTRADICTS, Polarity.MIXED)
"""In the order in which they follow each other; after the last comes the first."""


class Marking(KnownCodings):
    """Memo, polarity, weight and paraphrase of the acting coder's codings, by guid.

    Several codings are marked as one step, which tells of those that it changes. All methods
    raise NotFound for a coding that is gone, and WrongUsage for somebody else's.
    """

    def set_memo(self, guid: str, memo: str) -> None:
        """Write, change or empty the memo on a coding."""
        with self._core.change("coding.memo") as journal:
            coding = self.own(guid)
            told = {"old": wordings.quoted(coding.memo), "new": wordings.quoted(memo)}
            journal.describe(**self._told_of(coding), **told)
            journal.update(schema.codings, guid, memo=memo)

    def set_polarity(self, guids: str | Sequence[str], polarity: Polarity | None) -> None:
        """Say whether passages support or contradict their code, or leave it open."""
        with self._core.change("coding.polarity") as journal:
            self._say(journal, self._marked(guids), polarity)

    def turn_polarity(self, guids: str | Sequence[str]) -> Polarity | None:
        """Give all the polarity that follows the first one's, see `POLARITIES`; returns it."""
        with self._core.change("coding.polarity") as journal:
            codings = self._marked(guids)
            after = POLARITIES.index(codings[0].polarity) + 1 if codings else 0
            polarity = POLARITIES[after % len(POLARITIES)]
            self._say(journal, codings, polarity)
        return polarity

    def set_weight(self, guids: str | Sequence[str], weight: int | None) -> None:
        """Weigh passages from 0 to 100, or take their weight away."""
        _require_weight(weight)
        with self._core.change("coding.weight") as journal:
            self._set(journal, self._marked(guids), _old_weight, {"weight": _weighed(weight)},
                      weight=weight)  # fmt: skip

    def mark(
        self, guids: str | Sequence[str], polarity: Polarity | None, weight: int | None
    ) -> None:
        """Set polarity and weight."""
        _require_weight(weight)
        told: dict[str, object] = {"polarity": _said(polarity), "weight": _weighed(weight)}
        with self._core.change("coding.mark") as journal:
            self._set(journal, self._marked(guids), _old_marks, told,
                      polarity=polarity and polarity.value, weight=weight)  # fmt: skip

    def set_paraphrase(self, guid: str, paraphrase: str) -> None:
        """Write, change or empty what may be published in place of the words of a coding.

        Raises WrongUsage for the words themselves, which would be published as a paraphrase.
        """
        text = paraphrase.strip()
        with self._core.change("coding.paraphrase") as journal:
            coding = self.own(guid)
            words = self._texts.text(coding.source)[coding.start : coding.end]
            if text and folding.words(text) == folding.words(words):
                raise WrongUsage(
                    tr("These are the words of the passage itself. Say it in your own words; "
                       "nothing was changed.")
                )  # fmt: skip
            told = {"old": wordings.quoted(coding.paraphrase), "new": wordings.quoted(text)}
            journal.describe(**self._told_of(coding), **told)
            journal.update(schema.codings, guid, paraphrase=text)

    def _marked(self, guids: str | Sequence[str]) -> list[Coding]:
        return self.own_all([guids] if isinstance(guids, str) else guids)

    def _say(self, journal: Journal, codings: Sequence[Coding], polarity: Polarity | None) -> None:
        self._set(journal, codings, _old_polarity, {"polarity": _said(polarity)},
                  polarity=polarity and polarity.value)  # fmt: skip

    def _set(
        self,
        journal: Journal,
        codings: Sequence[Coding],
        old: Callable[[Coding], dict[str, object]],
        new: dict[str, object],
        **values: object,
    ) -> None:
        """Write values, told from `old` to `new` of one coding, of many with how many they are."""
        changed = [
            coding
            for coding in codings
            if any(getattr(coding, name) != value for name, value in values.items())
        ]
        if len(changed) == 1:
            journal.describe(**self._told_of(changed[0]), **old(changed[0]), **new)
        elif changed:
            told = self._told_of_all(changed)
            what = ntr("{n} passage", "{n} passages", len(changed))
            journal.describe(what=what, code=told["codes"], where=told["where"], **new)
        journal.update_all(schema.codings, [coding.guid for coding in changed], **values)


def _require_weight(weight: int | None) -> None:
    if weight is not None and not 0 <= weight <= 100:
        raise WrongUsage(tr("A weight lies between 0 and 100."))


def _said(polarity: Polarity | None) -> str:
    return polarity.value if polarity else tr("neither")


def _weighed(weight: int | None) -> object:
    return tr("none") if weight is None else weight


def _old_polarity(coding: Coding) -> dict[str, object]:
    return {"old": _said(coding.polarity)}


def _old_weight(coding: Coding) -> dict[str, object]:
    return {"old": _weighed(coding.weight)}


def _old_marks(coding: Coding) -> dict[str, object]:
    return {"old": _said(coding.polarity), "before": _weighed(coding.weight)}
