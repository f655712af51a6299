"""The passages behind a cell of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.passage_list import PassageList
from qualcoder_sm.ui.widgets import Elided, column, label, row, surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcoder_sm.model import QuoteRule
    from qualcoder_sm.ui.pages.passages import Passage
    from qualcoder_sm.ui.theme import ThemeManager


class CellPane(QWidget):
    """The passages behind a cell."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._color = ""
        self.heading, self.counts = Elided("", "strong"), Elided("", "muted")
        self.tag = label("", "warning-tag")
        self.hint = label(tr("Choose a cell to read its passages."), "muted", wrap=True)
        self.list = PassageList(theme)
        self._chip = QLabel()
        head = surface("panel", "bottom")
        self._chip.setFixedSize(12, 12)
        title = stretched(row(self._chip, 8, self.heading, margins=(16, 14, 14, 12)), 2)
        head.setLayout(title)
        under = surface("panel", "bottom")
        under.setLayout(stretched(row(self.counts, 8, self.tag, margins=(16, 8, 14, 8)), 0))
        self._parts = (head, under, self.list)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setContentsMargins(16, 16, 16, 0)
        self.setLayout(stretched(column(head, under, self.list, self.hint), 2, 3))
        self.setMinimumWidth(260)
        self.show_nothing()

    @property
    def is_filled(self) -> bool:
        """Whether a cell is chosen."""
        return self.hint.isHidden()

    def show_nothing(self) -> None:
        """No cell is chosen."""
        self.list.passages.show_passages((), {})
        for part in self._parts:
            part.hide()
        self.hint.show()

    def begin(self, color: str, heading: str, counted: str) -> None:
        """Say what is about to be shown."""
        self.hint.hide()
        for part in self._parts:
            part.show()
        ink = self._theme.theme.ink(color).name()
        self._chip.setStyleSheet(
            f"background: {color}; border: 1px solid {ink}; border-radius: 3px;"
        )
        self.heading.setText(heading)
        self.counts.setText(counted)
        self.tag.hide()

    def show_passages(self, passages: tuple[Passage, ...], colors: dict[str, str]) -> None:
        """Show the passages found."""
        codings = sum(passage.codings for passage in passages)
        counted = self.counts.text()
        codings_words = ntr("{n} coding", "{n} codings", codings)
        if codings_words != counted:
            self.counts.setText(tr("{counted}, {codings}", counted=counted, codings=codings_words))
        rules = [one.rule for one in passages if not one.rule.allows_words]
        self.tag.setText(_told(rules, len(passages)))
        self.tag.setVisible(bool(rules))
        self.list.passages.show_passages(passages, colors)

    def take_focus(self) -> None:
        """Put the keyboard into the list."""
        if self.list.passages.rowCount():
            self.list.setFocus()
            self.list.setCurrentIndex(self.list.passages.index(0))


def _told(rules: Sequence[QuoteRule], all_: int) -> str:
    """Which rules keep words of some of all passages from being published."""
    what = tr(rules[0].value) if len(set(rules)) == 1 else tr("not word for word")
    if len(rules) == all_:
        return what.capitalize()
    return tr("{n} of {all} {rule}", n=len(rules), all=all_, rule=what)
