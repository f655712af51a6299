"""The twelve colours of codes, as buttons in a row, and one for any other."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.project.colours import CODE_COLOURS
from qualcoder_sm.ui.panels.code_menu import CUSTOM, chip
from qualcoder_sm.ui.panels.flow import Flow
from qualcoder_sm.ui.theme import ThemeManager

SIDE = 28


class Swatches(QWidget):
    """Shows which colour a code has, and lets another be chosen."""

    chosen = Signal(object)
    """A colour as #RRGGBB, or CUSTOM."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._theme = theme
        self._color = ""
        self._buttons = {color: self._button(name, color) for name, color in CODE_COLOURS.items()}
        self._own = self._button(tr("this code’s own colour"), "")
        self._other = QToolButton()
        self._other.setText(tr("Another…"))
        self._other.setProperty("color", CUSTOM)
        self._other.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._other.clicked.connect(self._choose)
        self.setLayout(Flow(*self._buttons.values(), self._own, self._other))
        theme.changed.connect(self._paint)

    def show_color(self, color: str) -> None:
        """Ring the colour of the code; one that is not of the twelve stands at the end."""
        self._color = color.upper()
        self._own.setVisible(self._color not in self._buttons)
        self._paint()

    def _paint(self) -> None:
        theme = self._theme.theme
        for color, made in self._buttons.items():
            made.setIcon(QIcon(chip(theme, color, SIDE - 4, ring=color == self._color)))
        if self._color:
            self._own.setIcon(QIcon(chip(theme, self._color, SIDE - 4, ring=True)))

    def _button(self, name: str, color: str) -> QToolButton:
        made = QToolButton()
        made.setFixedSize(SIDE + 2, SIDE + 2)
        made.setIconSize(QSize(SIDE - 4, SIDE - 4))
        made.setStyleSheet("QToolButton { padding: 0; }")
        made.setProperty("color", color)
        made.setToolTip(tr(name))
        made.setAccessibleName(tr("Colour: {name}", name=tr(name)))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self._choose)
        return made

    def _choose(self) -> None:
        color = self.sender().property("color")
        if color:
            self.chosen.emit(color)
