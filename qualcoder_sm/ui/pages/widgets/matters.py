"""What there is to decide about an import: a sentence each, with a choice made already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.widgets import Choice, clear, column, label, row, surface

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing: its key, an icon, a sentence, and what to choose from; none where it is only told."""

    key: str
    icon: str
    sentence: str
    choices: tuple[tuple[object, str], ...] = ()


class Matters(QWidget):
    """The matters, a row each."""

    decided = Signal(object, object)
    """A key and the value chosen for it."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QComboBox] = {}
        self._shown: tuple[Matter, ...] = ()
        self._head, self._note = label("", "head"), label("", "muted")
        self._body = column()
        self.setLayout(
            column(row(self._head, 10, self._note, 0, margins=(20, 12, 20, 8)), self._body)
        )

    def show_matters(self, matters: Sequence[Matter], chosen: dict[str, object]) -> None:
        """Show these, with what is chosen for them."""
        open_ = sum(bool(matter.choices) for matter in matters)
        self._head.setText(
            ntr("{n} thing to decide", "{n} things to decide", open_)
            if open_
            else tr("Good to know")
        )
        self._head.setVisible(bool(matters))
        self._note.setText(
            tr("a choice is made for each; change what does not suit") if open_ else ""
        )
        if tuple(matters) != self._shown:
            self._shown = tuple(matters)
            clear(self._body)
            self._boxes = {}
            for matter in matters:
                self._body.addWidget(self._row(matter))
        for key, box in self._boxes.items():
            box.setCurrentIndex(box.findData(chosen[key]))

    def sentences(self) -> list[str]:
        """What is said."""
        return [matter.sentence for matter in self._shown]

    def box(self, key: str) -> QComboBox:
        """The choice of a matter."""
        return self._boxes[key]

    def _row(self, matter: Matter) -> QWidget:
        made, sign = surface("paper", "bottom"), QLabel()
        sign.setPixmap(icons.icon(matter.icon).pixmap(16, 16))
        words = label(matter.sentence, wrap=True)
        parts: list[QWidget | int] = [sign, 10, words]
        if matter.choices:
            box = Choice()
            for value, name in matter.choices:
                box.addItem(name, value)
            box.setObjectName(matter.key)
            box.setAccessibleName(matter.sentence)
            box.setMinimumWidth(196)
            box.activated.connect(self._decide)
            self._boxes[matter.key] = box
            parts += [12, box]
        made.setLayout(stretched(row(*parts, margins=(20, 3, 20, 3)), 2))
        made.setMinimumHeight(34)
        return made

    def _decide(self) -> None:
        box = cast("QComboBox", self.sender())
        self.decided.emit(box.objectName(), box.currentData())
