"""What is to be found and coded: a code, a rule, how much around it, and in which texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from qualcoder_sm import i18n
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.natural import natural
from qualcoder_sm.project.rules import Attribute, Heading, Regex, Scope, Speaker, Words
from qualcoder_sm.ui.dialogs.code_choice import CodeChoice
from qualcoder_sm.ui.marks import Tick
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.options import source_options
from qualcoder_sm.ui.widgets import Choice, column, label, row

if TYPE_CHECKING:
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.project.rules import Rule
    from qualcoder_sm.ui.theme import Theme

ALL = "all"


class Kind(Enum):
    """What a rule goes by."""

    WORDS = "words or phrases"
    PATTERN = "a pattern"
    SPEAKER = "who speaks or writes"
    HEADING = "what stands under a heading or question"
    ATTRIBUTE = "texts of cases with an attribute"


_SCOPES = {
    Scope.MATCH: "what is found, no more",
    Scope.SENTENCE: "each sentence",
    Scope.PARAGRAPH: "each line or paragraph",
    Scope.UNIT: "each whole turn or post",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What to propose; `sources` are guids, none for all."""

    code: str
    rule: Rule
    scope: Scope
    sources: tuple[str, ...]


class AutocodeForm(QWidget):
    """The left side of the dialog."""

    changed = Signal()

    def __init__(self, project: Project, theme: Theme) -> None:
        super().__init__()
        self._attributes = _attributes(project)
        self.code = CodeChoice(project, theme)
        self.kind, self.scope = Choice(), Choice()
        self.words, self.pattern, self.heading = QLineEdit(), QLineEdit(), QLineEdit()
        self.whole = Tick(tr("Whole words only"))
        self.stem = Tick(tr("Also other forms of them"))
        self.as_pattern = Tick(tr("This is a pattern"))
        self.speakers = ChoiceBox(tr("Who"), _n_people)
        self.attribute, self.value = Choice(), Choice()
        self.sources = ChoiceBox(tr("In"), i18n.sources)
        self._rules = QStackedWidget()
        self._fill(project)
        self._build()
        self._connect()

    def _fill(self, project: Project) -> None:
        for kind in Kind:
            self.kind.addItem(tr(kind.value), kind)
        for scope, words in _SCOPES.items():
            self.scope.addItem(tr(words), scope)
        self.whole.setChecked(True)
        self.words.setPlaceholderText(tr("tired, worn out, exhausted"))
        self.pattern.setPlaceholderText(r"tir(ed|ing)")
        self.heading.setPlaceholderText(tr("Words of the heading or question"))
        self.speakers.set_options((), [Option(one.key, one.key) for one in project.people.all()])
        self.sources.set_options([Option(ALL, tr("all texts"))], source_options(project))
        for name in self._attributes:
            self.attribute.addItem(name, name)
        self._fill_values()

    def _build(self) -> None:
        named = (
            (self.kind, tr("Find")),
            (self.scope, tr("How much is coded")),
            (self.words, tr("Words or phrases, parted by commas")),
            (self.pattern, tr("Pattern (regular expression)")),
            (self.heading, tr("Heading or question")),
            (self.attribute, tr("Attribute")),
            (self.value, tr("Value")),
        )
        for field, name in named:
            field.setAccessibleName(name)
        pages = (
            (*_named(self.words), 6, self.whole, self.stem),
            _named(self.pattern),
            (label(tr("Everything that these say or write"), "muted"), 4, row(self.speakers, 0)),
            (*_named(self.heading), 6, self.as_pattern),
            (*_named(self.attribute), 10, *_named(self.value)),
        )
        for parts in pages:
            page = QWidget()
            page.setLayout(column(*parts, 0))
            self._rules.addWidget(page)
        self.setLayout(
            column(*_named(self.code), 16, *_named(self.kind), 12, self._rules, 4,
                   *_named(self.scope), 16, row(self.sources, 0), 0, margins=(20, 16, 20, 16))
        )  # fmt: skip
        self._rules.setFixedHeight(max(self._rules.sizeHint().height(), 118))

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._rules.setCurrentIndex)
        self.attribute.currentIndexChanged.connect(self._fill_values)
        for box in (self.code, self.kind, self.scope, self.attribute, self.value):
            box.currentIndexChanged.connect(self.changed)
        for field in (self.words, self.pattern, self.heading):
            field.textChanged.connect(self.changed)
        for tick in (self.whole, self.stem, self.as_pattern):
            tick.toggled.connect(self.changed)
        for choice in (self.speakers, self.sources):
            choice.chosen.connect(self.changed)

    def asked(self) -> Asked | None:
        """What is asked for; None while something is missing."""
        code, rule = self.code.code(), self.rule()
        if not code or rule is None:
            return None
        chosen = self.sources.value
        sources = cast("tuple[str, ...]", chosen) if isinstance(chosen, tuple) else ()
        return Asked(code, rule, Scope(self.scope.currentData()), sources)

    def rule(self) -> Rule | None:
        """The rule as it is written; None while it says nothing."""
        match Kind(self.kind.currentData()):
            case Kind.WORDS:
                words = tuple(filter(None, map(str.strip, re.split(r"[,;\n]", self.words.text()))))
                return (
                    Words(words, self.whole.isChecked(), self.stem.isChecked()) if words else None
                )
            case Kind.PATTERN:
                return Regex(self.pattern.text()) if self.pattern.text() else None
            case Kind.SPEAKER:
                names = cast("tuple[str, ...]", self.speakers.value or ())
                return Speaker(names) if names else None
            case Kind.HEADING:
                words = self.heading.text().strip()
                return Heading(words, self.as_pattern.isChecked()) if words else None
            case Kind.ATTRIBUTE:
                name, value = self.attribute.currentData(), self.value.currentData()
                return Attribute(str(name), str(value)) if name and value else None

    def missing(self) -> str:
        """What is still to be said."""
        if not self.code.count():
            return tr("There is no code yet that can be applied.")
        if not self.code.code():
            return tr("Choose the code to apply.")
        return tr("Say what to look for.")

    def _fill_values(self) -> None:
        self.value.clear()
        for value in self._attributes.get(str(self.attribute.currentData()), ()):
            self.value.addItem(value, value)


def _attributes(project: Project) -> dict[str, list[str]]:
    """The values that each attribute has, sorted."""
    values: dict[str, set[str]] = {}
    for case in project.cases.all():
        for name, value in (case.attributes or {}).items():
            if value:
                values.setdefault(name, set()).add(value)
    return {name: sorted(values[name], key=natural) for name in sorted(values, key=natural)}


def _named(field: QWidget) -> tuple[QWidget, int, QWidget]:
    caption = label(field.accessibleName(), "muted")
    caption.setBuddy(field)
    return caption, 4, field


def _n_people(n: int) -> str:
    return ntr("{n} person", "{n} people", n) if n else tr("nobody yet")
