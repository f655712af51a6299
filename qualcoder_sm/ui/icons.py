"""Icons: Phosphor glyphs, painted in a colour of the palette so that they follow the theme.

The font ships with QtAwesome. Its own loader takes longer than the rest of the start, so the
font is taken from there and painted here.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

Role = QPalette.ColorRole
SIZE = 16


class _Glyph(QIconEngine):
    """One glyph in the colour that a role has when it is painted."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        disabled = mode is QIcon.Mode.Disabled
        role = Role.PlaceholderText if disabled else self._role
        draw(painter, QRectF(rect), self._name, QGuiApplication.palette().color(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._role)


class Picture(QWidget):
    """An icon that stands by itself and follows the theme."""

    def __init__(
        self, name: str, pixels: int = SIZE, role: QPalette.ColorRole = Role.PlaceholderText
    ) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self.setFixedSize(pixels, pixels)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon in the colour of now."""
        color = QGuiApplication.palette().color(self._role)
        draw(QPainter(self), QRectF(self.rect()), self._name, color)


def icon(name: str, role: QPalette.ColorRole = Role.PlaceholderText) -> QIcon:
    """The Phosphor icon of this name, for example "book-open"."""
    return QIcon(_Glyph(name, role))


def draw(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """Paint an icon into the middle of a rectangle, as high as the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(_font(round(rect.height())))
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _glyph(name))
    painter.restore()


def _folder() -> Path:
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise FileNotFoundError("qtawesome")
    return Path(found.origin).parent / "fonts"


@cache
def _glyph(name: str) -> str:
    """The letter of the font that shows this icon."""
    point = _points().partition(f'"{name}": "')[2][:6]
    return chr(int(point, 16))


@cache
def _points() -> str:
    """Lines like "book-open": "0xf097", thousands of them, of which a few are wanted."""
    [path] = _folder().glob("phosphor-charmap-*.json")
    return path.read_text(encoding="utf-8")


@cache
def _family() -> str:
    [path] = _folder().glob("phosphor-*.ttf")
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))[0]


@cache
def _font(pixels: int) -> QFont:
    font = QFont(_family())
    font.setPixelSize(pixels)
    return font
