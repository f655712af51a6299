"""The speakers found in transcripts: renamed, marked as asking, told to be none, given keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers.options import SpeakerKeys
from qualcoder_sm.ui.pages.widgets.check_row import CheckRow
from qualcoder_sm.ui.pages.widgets.layouts import emptied
from qualcoder_sm.ui.widgets import Choice, Elided, column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.ui.pages.intake import SpeakerFound

SPEAKS, ASKS, NOBODY = "speaks", "asks", "nobody"


class Speakers(QWidget):
    """A row per label, and whether they get keys; `changed` when something is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[str] = []
        self._names: list[QLineEdit] = []
        self._roles: list[QComboBox] = []
        self._told: object = None
        self._summary = label("", "muted")
        self.keys = CheckRow(tr("Replace their names by keys such as A0001"))
        self.asking_too = CheckRow(tr("also the names of those who ask"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 3)
        body = column(row(label(tr("Speakers"), "head"), 10, self._summary, 0), 8)
        body.addLayout(self._grid)
        body.addSpacing(6)
        body.addWidget(self.keys)
        body.addLayout(row(24, self.asking_too))
        self.setLayout(body)
        self.asking_too.setEnabled(False)
        self.keys.toggled.connect(self.asking_too.setEnabled)
        self.keys.toggled.connect(self.changed)
        self.asking_too.toggled.connect(self.changed)

    def speaker_keys(self) -> SpeakerKeys:
        """Who gets a key."""
        if not self.keys.isChecked():
            return SpeakerKeys.NOBODY
        everybody = self.asking_too.isChecked()
        return SpeakerKeys.EVERYBODY if everybody else SpeakerKeys.PARTICIPANTS

    def show_speakers(self, found: Sequence[SpeakerFound]) -> None:
        """Show the labels; corrections made before stay."""
        self.setVisible(bool(found))
        self._summary.setText(ntr("{n} found", "{n} found", len(found)))
        if [one.speaker.label for one in found] == self._labels:
            return
        known = self.speakers(), self.interviewers()
        emptied(self._grid)
        self._labels, self._names, self._roles = [], [], []
        for place, head in enumerate((tr("in the text"), tr("name"), tr("who it is"))):
            self._grid.addWidget(label(head, "small"), 0, place)
        for number, one in enumerate(found, 1):
            self._add(number, one, known)
        self._told = self.speakers(), self.interviewers()

    def speakers(self) -> dict[str, str | None]:
        """The right name of each label that was corrected; None where nobody speaks."""
        corrected: dict[str, str | None] = {}
        for found, name, role in zip(self._labels, self._names, self._roles, strict=True):
            if role.currentData() == NOBODY:
                corrected[found] = None
            elif name.text().strip() and name.text().strip() != found:
                corrected[found] = name.text().strip()
        return corrected

    def interviewers(self) -> frozenset[str] | None:
        """The names of those who ask; None before anything was found."""
        if not self._labels:
            return None
        return frozenset(
            name.text().strip() or found
            for found, name, role in zip(self._labels, self._names, self._roles, strict=True)
            if role.currentData() == ASKS
        )

    def name(self, label_: str) -> QLineEdit:
        """The field with the name of a label."""
        return self._names[self._labels.index(label_)]

    def role(self, label_: str) -> QComboBox:
        """The box that says who a label is."""
        return self._roles[self._labels.index(label_)]

    def _add(
        self,
        number: int,
        one: SpeakerFound,
        known: tuple[dict[str, str | None], frozenset[str] | None],
    ) -> None:
        found = one.speaker.label
        corrected = known[0].get(found, found)
        name, role = QLineEdit(corrected or found), Choice()
        for words, value in (
            (tr("speaks"), SPEAKS),
            (tr("asks"), ASKS),
            (tr("not a speaker"), NOBODY),
        ):
            role.addItem(words, value)
        role.setCurrentIndex(2 if corrected is None else int(one.speaker.interviewer))
        name.setAccessibleName(tr("Name of the speaker {label}", label=found))
        role.setAccessibleName(tr("Who {label} is", label=found))
        name.editingFinished.connect(self._tell)
        role.activated.connect(self._tell)
        role.setFixedWidth(124)
        turns = ntr("{n} turn", "{n} turns", one.speaker.turns)
        where = Elided(tr("{label}, {turns}", label=found, turns=turns) if one.files == 1 else
                       tr("{label}, {turns} in {files} files", label=found, turns=turns,
                          files=one.files))  # fmt: skip
        self._labels.append(found)
        self._names.append(name)
        self._roles.append(role)
        for place, widget in enumerate((where, name, role)):
            self._grid.addWidget(widget, number, place)

    def _tell(self) -> None:
        """Leaving a field that was not changed is no correction."""
        now = self.speakers(), self.interviewers()
        if now != self._told:
            self._told = now
            self.changed.emit()
