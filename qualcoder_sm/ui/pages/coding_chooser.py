"""A small menu of the codings at the caret, for what can be done with one of them only."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code, Coding
from qualcoder_sm.ui.reading.selection_bar import chip
from qualcoder_sm.ui.theme import Theme

_LONGEST = 40


class CodingChooser(QMenu):
    """Names each coding by its code and its words; a digit or the arrows and Enter choose."""

    chosen = Signal(object)
    """Tuple of the guids of the codings that were chosen."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.addAction(title).setEnabled(False)
        self.triggered.connect(self._tell)
        self.aboutToHide.connect(self.deleteLater)

    def offer(
        self, codings: Sequence[Coding], codes: Mapping[str, Code], text: str, theme: Theme
    ) -> None:
        """Offer these codings, whose words stand in `text`, and all of them together."""
        for number, coding in enumerate(codings, start=1):
            code = codes.get(coding.code)
            name = code.name if code else ""
            words = " ".join(text[coding.start : coding.end][: 2 * _LONGEST].split())
            short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
            digit = f"&{number}  " if number <= 9 else ""
            action = self.addAction(f"{digit}{name.replace('&', '&&')}\t{short}")
            action.setIcon(chip(code.color if code else "#808080", theme))
            action.setData((coding.guid,))
        self.addSeparator()
        every = self.addAction(tr("&All {n} codings", n=len(codings)))
        every.setData(tuple(coding.guid for coding in codings))
        self.setActiveAction(self.actions()[1])

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(action.data())
