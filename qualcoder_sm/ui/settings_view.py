"""What the settings mean on the screen."""

from PySide6.QtWidgets import QApplication, QStyle

from qualcoder_sm.settings import Settings

USUAL_SIZE = 17
SIZES = (11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 27, 30, 34, 40)


def zoom_of(settings: Settings) -> float:
    """The size of the reading text beside the usual one."""
    return settings.reading_size / USUAL_SIZE


def stepped(size: int, by: int) -> int:
    """The next larger (+1) or smaller (-1) size of the reading text."""
    larger = [other for other in SIZES if other > size]
    smaller = [other for other in SIZES if other < size]
    if by > 0:
        return larger[0] if larger else size
    return smaller[-1] if smaller else size


def motion_wanted() -> bool:
    """Whether the system lets things move: it does unless its animations are switched off."""
    style = QApplication.style()
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
