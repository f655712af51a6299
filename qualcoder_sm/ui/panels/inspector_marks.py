"""What the current coding says of its code, and how much it weighs."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Coding, Polarity
from qualcoder_sm.ui.widgets import Choice, Section, label, row

NONE = -1
_WORDS = (
    ("open", None),
    ("supports", Polarity.SUPPORTS),
    ("contradicts", Polarity.CONTRADICTS),
    ("mixed", Polarity.MIXED),
)
_NO_BUTTONS = """
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QLineEdit { border: 0; padding: 0 8px; background: transparent; }
"""
_PLACES = {polarity: place for place, (_word, polarity) in enumerate(_WORDS)}


@dataclass(frozen=True, slots=True)
class PolarityRequest:
    """Say what a passage says of its code."""

    coding: str
    polarity: Polarity | None


@dataclass(frozen=True, slots=True)
class WeightRequest:
    """Weigh a passage from 0 to 100, or take its weight away."""

    coding: str
    weight: int | None


class MarksSection(Section):
    """Polarity and weight; both act at once."""

    polarityChosen = Signal(object)
    """`PolarityRequest`."""
    weightChosen = Signal(object)
    """`WeightRequest`."""

    def __init__(self) -> None:
        super().__init__(tr("What the passage says"))
        self._coding: Coding | None = None
        self.polarity = Choice()
        for word, what in _WORDS:
            self.polarity.addItem(tr(word), what)
        self.polarity.setAccessibleName(tr("What the passage says of its code"))
        self.weight = QSpinBox()
        self.weight.setRange(NONE, 100)
        self.weight.setSpecialValueText(tr("none"))
        self.weight.setStyleSheet(_NO_BUTTONS)
        self.weight.setKeyboardTracking(False)
        self.weight.setAccessibleName(tr("Weight of the passage, 0 to 100"))
        self.weight.setFixedWidth(64)
        self.weight.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        caption = label(tr("Weight"), "muted")
        caption.setBuddy(self.weight)
        self.content.addLayout(row(self.polarity, 0, caption, 8, self.weight))
        self.reason = label("", "muted", wrap=True)
        self.content.addWidget(self.reason)
        self.polarity.activated.connect(self._choose_polarity)
        self.weight.editingFinished.connect(self.commit)

    def show_coding(self, coding: Coding | None, fixed: str = "") -> None:
        """Show a coding; None hides the section. `fixed` says why it cannot be changed, if so."""
        if self._coding and (coding is None or coding.guid != self._coding.guid):
            self.commit()
        self._coding = coding
        self.setVisible(coding is not None)
        self._fix(fixed)
        if coding is not None:
            self.polarity.setCurrentIndex(_PLACES[coding.polarity])
            self.weight.setValue(NONE if coding.weight is None else coding.weight)

    def _fix(self, reason: str) -> None:
        """Let nothing be changed for a reason; "" lets it be changed."""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for field, how in ((self.polarity, tr("P goes on to the next")),
                           (self.weight, tr("0 to 100; arrow keys change it"))):  # fmt: skip
            field.setEnabled(not reason)
            field.setToolTip(reason or how)

    def commit(self) -> None:
        """Tell another weight, if there is one."""
        coding = self._coding
        weight = None if self.weight.value() == NONE else self.weight.value()
        if coding is not None and self.weight.isEnabled() and weight != coding.weight:
            self._coding = replace(coding, weight=weight)  # told once
            self.weightChosen.emit(WeightRequest(coding.guid, weight))

    def _choose_polarity(self, place: int) -> None:
        polarity = _WORDS[place][1]
        if self._coding is not None and polarity != self._coding.polarity:
            self.polarityChosen.emit(PolarityRequest(self._coding.guid, polarity))
