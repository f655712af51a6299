"""Which passages are meant, as a row of boxes that reads like a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Code, Polarity
from qualcoder_sm.natural import Key, natural
from qualcoder_sm.project.filters import Filter
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.options import code_options
from qualcoder_sm.ui.panels.flow import Flow
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.widgets import link

ANY = "any"
_MINE = "mine"


@dataclass(frozen=True, slots=True)
class Where:
    """A part of the material: a source, collection, case or value of an attribute."""

    kind: str
    guid: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the material that a box names, by kind."""

    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, value: object) -> "Parts":
        """Those chosen in a box; none when it says "all"."""
        chosen = value if isinstance(value, tuple) else ()
        guids = {kind: tuple(part.guid for part in chosen if part.kind == kind)
                 for kind in ("source", "collection", "case")}  # fmt: skip
        attributes = tuple((p.guid, p.value) for p in chosen if p.kind == "attribute")
        return cls(guids["source"], guids["collection"], guids["case"], attributes)


class Sentence(QWidget):
    """Passages of these codes, in these sources, by this coder, saying this."""

    changed = Signal()
    """The researcher chose otherwise."""

    def __init__(self, project: Project, sight: Sight) -> None:
        super().__init__()
        self._project, self._sight = project, sight
        self._below: dict[str, tuple[str, ...]] = {}
        self.codes = ChoiceBox(tr("Passages of"), _n_codes)
        self.below = ChoiceBox(tr("sub-codes"))
        self.touching = ChoiceBox(tr("that also carry"), _n_codes)
        self.without = ChoiceBox(tr("leaving out"), _n_codes)
        self.near = ChoiceBox(tr("near"), _n_codes)
        self.where = ChoiceBox(tr("in"), _n_parts)
        self.coder = ChoiceBox(tr("by"), _n_coders)
        self.says = ChoiceBox(tr("saying"), _n_kinds)
        self.made = ChoiceBox(tr("coded"))
        self.more = link(tr("More…"))
        self._more = (self.touching, self.without, self.near, self.made)
        self._build()
        self.refresh()

    def _build(self) -> None:
        self.setAccessibleName(tr("Which passages"))
        parts = (self.codes, self.below, self.touching, self.without, self.near, self.where,
                 self.coder, self.says, self.made)  # fmt: skip
        for box in parts:
            box.chosen.connect(self._choose)
        self.setLayout(Flow(*parts, self.more))
        self.more.clicked.connect(self._show_more)
        for box in self._more:
            box.hide()
        self.below.set_options(
            [Option(True, tr("included")), Option(False, tr("left out"))])  # fmt: skip
        says = [Option(polarity, tr(polarity.value)) for polarity in Polarity]
        self.says.set_options(
            [Option(ANY, tr("anything"))], [*says, Option(None, tr("nothing said"))])  # fmt: skip
        days = [(1, tr("since yesterday")), (7, tr("in the last 7 days")),
                (30, tr("in the last 30 days"))]  # fmt: skip
        self.made.set_options(
            [Option(0, tr("at any time")), *(Option(n, words) for n, words in days)]
        )

    def refresh(self) -> None:
        """Offer the codes, sources and coders there are now; what is chosen stays if it can."""
        codes = self._project.codebook.codes()
        self._below = _families(codes)
        offered = code_options(self._project, themes=True)
        self.codes.set_options([Option(ANY, tr("any code"))], offered)
        for box, nothing in ((self.touching, tr("anything")), (self.without, tr("nothing")),
                             (self.near, tr("anything"))):  # fmt: skip
            box.set_options([Option(ANY, nothing)], offered)
        self.where.set_options([Option(ANY, tr("all sources"))], part_options(self._project))
        self._offer_coders()
        self._show_below()

    def _choose(self) -> None:
        self._show_below()
        self.changed.emit()

    def _show_below(self) -> None:
        """Sub-codes are asked about only where there are any."""
        named = (*self.chosen_codes(), *_guids(self.without.value), *_guids(self.near.value))
        self.below.setVisible(any(len(self._below.get(code, ())) > 1 for code in named))

    def _offer_coders(self) -> None:
        mine = Option(_MINE, tr("me"))
        if not self._sight.others:  # their work is not to be seen, nor counted
            self.coder.set_options([mine])
            return
        own = self._sight.coder.guid
        others = [Option(c.guid, c.name) for c in self._project.coders.all() if c.guid != own]
        self.coder.set_options([Option(ANY, tr("everybody")), mine], others)

    def show_codes(self, *codes: str) -> None:
        """Choose these codes, without telling anybody; the other boxes are set back."""
        for box in (*self._more, self.where, self.says):
            box.set_value(0 if box is self.made else ANY)
        self.codes.set_value(codes or ANY)

        self._show_below()

    def chosen_codes(self) -> tuple[str, ...]:
        """The codes named in the sentence, without those below them."""
        return _guids(self.codes.value)

    def filter(self) -> Filter:
        """What the sentence says."""
        parts = Parts.of(self.where.value)
        says, days = self.says.value, self.made.value
        since = datetime.now(UTC) - timedelta(days=days) if isinstance(days, int) and days else None
        return Filter(
            coders=self._coders(),
            codes=self._with_below(self.codes),
            sources=parts.sources,
            collections=parts.collections,
            cases=parts.cases,
            attributes=parts.attributes,
            with_codes=_guids(self.touching.value),
            without_codes=self._with_below(self.without),
            near_codes=self._with_below(self.near),
            polarities=says if isinstance(says, tuple) else (),
            since=since,
        )

    def _coders(self) -> tuple[str, ...]:
        value = self.coder.value
        if value == _MINE:
            return (self._sight.coder.guid,)
        return _guids(value)

    def _with_below(self, box: ChoiceBox) -> tuple[str, ...]:
        chosen = _guids(box.value)
        if not self.below.value:
            return chosen
        every = [code for guid in chosen for code in self._below.get(guid, (guid,))]
        return tuple(dict.fromkeys(every))

    def _show_more(self) -> None:
        for box in self._more:
            box.show()
        self.more.hide()
        self.touching.setFocus()


def _guids(value: object) -> tuple[str, ...]:
    """What is chosen of a list; empty for any."""
    return value if isinstance(value, tuple) else ()


def _families(codes: Sequence[Code]) -> dict[str, tuple[str, ...]]:
    """Each code with all codes below it."""
    families: dict[str, tuple[str, ...]] = {code.guid: (code.guid,) for code in codes}
    for code in reversed(codes):
        if code.parent:
            families[code.parent] += families[code.guid]
    return families


def part_options(project: Project) -> list[Option]:
    """Collections, cases, values of attributes and sources, as options of a box."""
    return list(_parts(project))


def _parts(project: Project) -> Iterable[Option]:
    for collection in project.collections.all():
        yield Option(Where("collection", collection.guid), collection.name)
    cases = project.cases.all()
    for case in cases:
        yield Option(Where("case", case.guid), tr("{name} ({type})", name=case.name,
                                                  type=case.type or tr("case")))  # fmt: skip
    values = {pair for case in cases for pair in (case.attributes or {}).items()}
    for name, value in sorted(values, key=_by_attribute):
        yield Option(Where("attribute", name, value), tr("{name} = {value}", name=name,
                                                         value=value))  # fmt: skip
    for source in project.sources.all():
        yield Option(Where("source", source.guid), source.name)


def _by_attribute(pair: tuple[str, str]) -> tuple[Key, Key]:
    return natural(pair[0]), natural(pair[1])


def _n_codes(n: int) -> str:
    return ntr("{n} code", "{n} codes", n)


def _n_parts(n: int) -> str:
    return ntr("{n} part of the material", "{n} parts of the material", n)


def _n_coders(n: int) -> str:
    return ntr("{n} coder", "{n} coders", n)


def _n_kinds(n: int) -> str:
    return ntr("{n} kind", "{n} kinds", n)
