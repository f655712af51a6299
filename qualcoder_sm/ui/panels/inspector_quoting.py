"""How the words at the caret may be published: the rule, the paraphrase, and exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import QuoteRule, UnitKind
from qualcoder_sm.project.quoting import Level, Ruling, is_known, told
from qualcoder_sm.ui.panels.inspector_context import REST
from qualcoder_sm.ui.panels.inspector_parts import Field
from qualcoder_sm.ui.widgets import Section, label, link, row

if TYPE_CHECKING:
    from qualcoder_sm.model import Coding, Unit


@dataclass(frozen=True, slots=True)
class ParaphraseRequest:
    """Publish this in place of the words of a coding."""

    coding: str
    text: str


class QuotingSection(Section):
    """What is printed of the words here, and where that is decided."""

    paraphraseChanged = Signal(object)
    """`ParaphraseRequest`."""
    copyRequested = Signal(object)
    """Guid of a coding whose words shall be copied as they may be published."""
    ruleRequested = Signal(object)
    """A `Coding` or a `Unit` that shall get another rule."""

    def __init__(self) -> None:
        super().__init__(tr("How this may be published"))
        self._coding: Coding | None = None
        self._unit: Unit | None = None
        self.told, self.where = label("", wrap=True), label("", "muted", wrap=True)
        self.field = Field(tr("Paraphrase of this passage"), "memo", rest=REST, returns=True)
        self.field.setPlaceholderText(tr("In your own words"))
        self.copy = link(tr("Copy quotation"))
        self.of_passage = link(tr("Another rule for this passage…"))
        self.of_post = link(tr("Another rule for this post…"))
        for part in (self.told, self.where, self.field):
            self.content.addWidget(part)
        for part in (self.copy, self.of_passage, self.of_post):
            self.content.addLayout(row(part, 0))
        self.field.committed.connect(self.commit_paraphrase)
        self.copy.clicked.connect(self._ask_copy)
        self.of_passage.clicked.connect(self._ask_rule_of_passage)
        self.of_post.clicked.connect(self._ask_rule_of_post)

    def show_ruling(
        self, ruling: Ruling, coding: Coding | None, unit: Unit | None, *, mine: bool, writing: bool
    ) -> None:
        """Show the ruling for a coding, or for the post at the caret; neither hides the section.

        `mine` is whether the coding is one's own, `writing` whether anything may be changed.
        """
        if self._coding and (coding is None or coding.guid != self._coding.guid):
            self.field.commit()
        self._coding, self._unit = coding, unit
        self.setVisible(coding is not None or unit is not None)
        paraphrase = coding.paraphrase if coding else ""
        self.told.setText(told(ruling.rule, paraphrased=bool(paraphrase)))
        self.where.setText(told_level(ruling))
        self.where.setVisible(bool(self.where.text()))
        self.field.setVisible(bool(coding) and ruling.rule is QuoteRule.PARAPHRASE)
        self.field.give(paraphrase)
        self.field.setReadOnly(not (mine and writing))
        self.copy.setVisible(coding is not None)
        self.of_passage.setVisible(mine and writing)
        is_post = unit is not None and unit.kind in (UnitKind.POST, UnitKind.COMMENT)
        self.of_post.setVisible(is_post and writing)

    def commit(self) -> None:
        """Keep what was written."""
        self.field.commit()

    def commit_paraphrase(self) -> None:
        """Tell of another paraphrase."""
        if self._coding:
            self.paraphraseChanged.emit(ParaphraseRequest(self._coding.guid, self.field.text()))

    def _ask_copy(self) -> None:
        if self._coding:
            self.copyRequested.emit(self._coding.guid)

    def _ask_rule_of_passage(self) -> None:
        self.ruleRequested.emit(self._coding)

    def _ask_rule_of_post(self) -> None:
        self.ruleRequested.emit(self._unit)


def told_level(ruling: Ruling) -> str:
    """Where a rule is set, its wording where that had to be guessed, and where the words stay."""
    where = {
        Level.PASSAGE: tr("Set for this passage."),
        Level.POST: tr("Set for the post."),
        Level.SOURCE: tr("Set for the source."),
        Level.COLLECTION: tr("Set for the collection."),
        Level.NOWHERE: "",
    }[ruling.level]
    guessed = (
        ""
        if is_known(ruling.wording)
        else tr(
            "Its wording, “{wording}”, is not known and counts as paraphrase only.",
            wording=ruling.wording,
        )
    )
    kept = (
        ""
        if ruling.rule.allows_words
        else tr("Segments, workbooks and this window are working data and keep the words.")
    )
    return " ".join(filter(None, (where, guessed, kept)))
