"""What can be done with a code: the menu of the codebook, and the twelve colours."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code
from qualcoder_sm.project.colours import CODE_COLOURS
from qualcoder_sm.ui.theme import Theme

CUSTOM = "custom"


def chip(theme: Theme, color: str, pixels: int = 16, *, ring: bool = False) -> QPixmap:
    """A code's colour as a square with rounded corners; with a ring when it is the chosen one."""
    pixmap = QPixmap(pixels * 2, pixels * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = 3.5 if ring else 0.5
    painter.setPen(QPen(theme.ink(color), 1))
    painter.setBrush(QColor(color))
    side = pixels - 2 * inset
    painter.drawRoundedRect(QRectF(inset, inset, side, side), 4, 4)
    if ring:
        painter.setPen(QPen(theme.color.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(QPointF(1, 1), QPointF(pixels - 1, pixels - 1)), 6, 6)
    painter.end()
    return pixmap


class CodeMenu(QMenu):
    """The menu on a code's row; its actions say what is wanted, the pane does it."""

    recolourRequested = Signal(object)
    """A colour as #RRGGBB, or CUSTOM."""
    favouriteRequested = Signal(object)
    """A digit, or None to take the key away."""

    def __init__(self, parent: QWidget, theme: Theme, code: Code) -> None:
        super().__init__(parent)
        self._colours = QMenu(tr("Colour"), self)
        for name, color in CODE_COLOURS.items():
            action = self._colours.addAction(QIcon(chip(theme, color)), tr(name))
            action.setData(color)
        self._colours.addSeparator()
        self._colours.addAction(tr("Another colour…")).setData(CUSTOM)
        self._colours.triggered.connect(self._recolour)
        self._keys = QMenu(tr("Favourite key"), self)
        for digit in range(1, 10):
            action = self._keys.addAction(str(digit))
            action.setData(digit)
            action.setCheckable(True)
            action.setChecked(code.favourite == digit)
        self._keys.addSeparator()
        self._keys.addAction(tr("No key")).setData(0)
        self._keys.triggered.connect(self._favour)

    def add_marks(self) -> None:
        """Put the colours and the keys here."""
        self.addMenu(self._colours)
        self.addMenu(self._keys)

    def _recolour(self, action: QAction) -> None:
        self.recolourRequested.emit(action.data())

    def _favour(self, action: QAction) -> None:
        self.favouriteRequested.emit(action.data() or None)
