"""Quote rules: set for a collection, a source, a post or a passage; a rule that is loosened has a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcoder_sm.errors import AmbiguousName, NotFound, WrongUsage
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding, Collection, QuoteRule, Source, Unit, UnitKind
from qualcoder_sm.project import rows
from qualcoder_sm.project.codes import Codes
from qualcoder_sm.project.codings import Codings
from qualcoder_sm.project.locators import located, locator
from qualcoder_sm.project.quoting import (
    NO_RULE,
    Level,
    Rules,
    Ruling,
    decided,
    is_known,
    read,
    strictness,
    touched,
)
from qualcoder_sm.project.texts import Texts
from qualcoder_sm.store import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table

    from qualcoder_sm.project.core import Core

Target = Collection | Source | Unit | Coding
"""What a rule can be set for; a unit is a post, or a turn."""

_TABLES: Mapping[type[Target], Table] = {
    Collection: schema.collections,
    Source: schema.sources,
    Unit: schema.units,
    Coding: schema.codings,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule as it stands somewhere: of its own, and what would hold without that.

    `name` tells where: "post 0113 in S01-T03".
    """

    name: str
    wording: str
    above: Ruling

    @property
    def own(self) -> QuoteRule:
        """The rule set here, or UNSET."""
        return read(self.wording)

    @property
    def holds(self) -> Ruling:
        """The ruling in effect; its level tells no more than whether it is set here."""
        return decided(Ruling(self.own, Level.NOWHERE, self.wording), self.above)

    def loosened_by(self, rule: QuoteRule) -> bool:
        """Whether a rule would forbid less than what is set or inherited."""
        return strictness(rule or self.above.rule) < strictness(self.holds.rule)


class QuoteRules:
    """Who may be quoted how: read for passages, and set."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._texts = Texts(core)

    def rules(self) -> Rules:
        """The rules of sources and collections, to be asked for passages."""
        tables = ("collections", "sources")
        return self._core.memory.recall("quote rules", tables, self._rules)

    def _rules(self) -> Rules:
        return Rules(self._core)

    def unknown_wordings(self) -> list[str]:
        """The wordings of rules whose meaning is not known, so that they count as paraphrase."""
        found: set[str] = set()
        for table in _TABLES.values():
            rule = table.c.quote_rule
            found |= {row[0] for row in self._core.fetch(select(rule).distinct())}
        return sorted(wording for wording in found if not is_known(wording))

    def standing(self, target: Target) -> Standing:
        """The rule of a collection, source, post or coding as it is now; raises NotFound."""
        table = _TABLES[type(target)]
        found = self._core.fetch(select(table.c.quote_rule).where(table.c.guid == target.guid))
        gone = tr("This is no longer in the project; it was removed in another step.")
        wording = rows.required(found, gone).quote_rule
        return Standing(self._name(target), wording, self._above(target))

    def set_rule(self, target: Target, rule: QuoteRule, reason: str = "") -> None:
        """Let a rule hold for a collection, source, post or one's own coding, as one step.

        UNSET leaves it to what holds it. A rule that forbids less than the one set or inherited
        needs a reason, and so does any rule for a single coding; the reason is kept with the
        step. Raises WrongUsage without it, or for the coding of somebody else, and NotFound.
        """
        action = "coding.quote_rule" if isinstance(target, Coding) else "source.quote_rule"
        with self._core.because(reason), self._core.change(action) as journal:
            standing = self.standing(target)
            self._require_own(target)
            self.require_reason(target, rule)
            if rule != standing.own or not is_known(standing.wording):
                told = {"what": standing.name, "old": _told(standing.holds.rule),
                        "new": _told_new(rule, standing.above.rule)}  # fmt: skip
                journal.describe(**told)
                journal.update(_TABLES[type(target)], target.guid, quote_rule=rule.value)

    def require_reason(self, target: Target, rule: QuoteRule) -> None:
        """Raise WrongUsage when a rule needs a reason and none is given."""
        standing = self.standing(target)
        exception = isinstance(target, Coding) and bool(rule)
        if self._core.reason or not (exception or standing.loosened_by(rule)):
            return
        raise WrongUsage(
            tr("A rule for a single passage needs a reason. Nothing was changed.")
            if exception
            else tr(
                "The rule of {what} is {old} now. To loosen it needs a reason. Nothing was changed.",
                what=standing.name,
                old=_told(standing.holds.rule),
            )
        )

    def post(self, named: str) -> Unit:
        """The post or turn named SOURCE:ID, the ID as a locator tells it; or by its guid.

        Raises NotFound, or AmbiguousName for an id that comes twice.
        """
        parts = named.split(":")
        places = [
            (":".join(parts[:at]), ":".join(parts[at:])) for at in range(len(parts) - 1, 0, -1)
        ]
        for source, wanted in places:
            found = self._posts(source, wanted)
            if len(found) > 1:
                raise AmbiguousName(
                    tr("{source} has {n} posts with the id {id}. Name one by its guid: {guids}.",
                       source=source, n=len(found), id=wanted,
                       guids=", ".join(unit.guid for unit in found))
                )  # fmt: skip
            if found:
                return found[0]
        raise NotFound(
            tr("There is no post “{post}”. Name it as SOURCE:ID, such as S01-T03:0113.", post=named)
        )

    def _posts(self, source: str, wanted: str) -> list[Unit]:
        try:
            guid = self._texts.find(source).guid
        except NotFound:
            return []
        units = self._texts.units(guid)
        return [unit for unit in units if wanted in (unit.guid, id_of(unit))]

    def _above(self, target: Target) -> Ruling:
        rules = self.rules()
        if isinstance(target, Collection):
            return NO_RULE
        if isinstance(target, Source):
            return rules.of_collection(target.collection)
        if isinstance(target, Unit):
            return rules.of(target.source)
        units = self._texts.units(target.source)
        held = touched(units, target.start, target.end)
        return rules.of(target.source, [unit.quote_rule for unit in held])

    def _name(self, target: Target) -> str:
        if isinstance(target, Collection):
            return tr("the collection {name}", name=target.name)
        if isinstance(target, Source):
            return tr("the source {name}", name=target.name)
        source = self._texts.get(target.source)
        name = source.external_id or source.name
        if isinstance(target, Unit):
            place = located(target.ordinal, target.kind, target.external_id)
            return tr("{place} in {source}", place=place, source=name)
        return tr(
            "a passage of {code} in {source}, {place}",
            code=Codes(self._core).get(target.code).name,
            source=name,
            place=locator(self._core, target.source, target.start),
        )

    def _require_own(self, target: Target) -> None:
        if isinstance(target, Coding):
            Codings(self._core).own(target.guid)


def id_of(unit: Unit) -> str:
    """The id of a post, or the number of a turn, as a locator tells it."""
    is_post = unit.kind in (UnitKind.POST, UnitKind.COMMENT)
    return unit.external_id if is_post and unit.external_id else str(unit.ordinal + 1)


def _told(rule: QuoteRule) -> str:
    return tr(rule.value) if rule else tr("no rule")


def _told_new(rule: QuoteRule, above: QuoteRule) -> str:
    if rule or not above:
        return _told(rule)
    return tr("no rule of its own ({rule})", rule=tr(above.value))
