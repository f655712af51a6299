"""The style of the window's frame: what the application's style sheet does not know of.

A label is styled by its property `look`; sizes follow the size set for the interface.
"""

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

from qualcoder_sm.ui.theme import READING_SERIF

if TYPE_CHECKING:
    from qualcoder_sm.ui.theme import Theme

_SIZES = (11, 12, 13, 15, 17, 28)

_RULES = Template("""
QLabel[look="title"] { font-size: ${px17}px; font-weight: 600; color: $text; }
QLabel[look="brand"] { font-size: ${px28}px; color: $text; font-family: $serif; }
QLabel[look="lead"] { font-size: ${px15}px; color: $secondary; }
QLabel[look="quiet"] { color: $secondary; }
QLabel[look="strong"] { font-weight: 600; color: $text; }
QLabel[look="head"] { font-size: ${px12}px; font-weight: 600; color: $secondary; }
QLabel[look="muted"] { font-size: ${px12}px; color: $muted; }
QLabel[look="danger"] { color: $danger; }
QLabel[look="small"] { font-size: ${px11}px; color: $muted; }
QLabel[look="quote"] { font-size: ${px15}px; font-family: $serif; color: $text; }
QLabel[look="key"] {
    font-size: ${px11}px; color: $secondary; background: $panel;
    border: 1px solid $border; border-radius: 3px; padding: 0 4px;
}
QLabel[look="tag"], QLabel[look="warning-tag"] {
    font-size: ${px11}px; background: $hover; color: $secondary; border-radius: 4px;
    padding: 2px 6px;
}
QLabel[look="warning-tag"] { background: $warning_tint; color: $warning; }

QWidget[surface="panel"] { background: $panel; }
QWidget[surface="paper"] { background: $paper; }
QWidget[surface="window"] { background: $window; }
QWidget[edge="bottom"] { border-bottom: 1px solid $border; }
QWidget[current="true"] { border-top: 2px solid $accent; }
QWidget[edge="top"] { border-top: 1px solid $border; }
QWidget[edge="right"] { border-right: 1px solid $border; }
QWidget[surface="edge"] { background: $control; }

QToolButton[page="true"] {
    color: $secondary; background: transparent; border: 0; border-radius: 0;
    border-bottom: 2px solid transparent; padding: 8px 12px 7px 12px; margin: 0;
}
QToolButton[page="true"]:hover { color: $text; }
QToolButton[page="true"]:checked {
    color: $text; font-weight: 600; border-bottom: 2px solid $accent;
}
QToolButton[page="true"]:focus { background: $hover; border-bottom: 2px solid $focus; }

QToolButton[segment="true"] {
    color: $secondary; background: $raised; border: 1px solid $control; border-left: 0;
    border-radius: 0; padding: 3px 9px; font-size: ${px12}px;
}
QToolButton[segment="first"] {
    color: $secondary; background: $raised; border: 1px solid $control; padding: 3px 9px;
    border-radius: 0; border-top-left-radius: 6px; border-bottom-left-radius: 6px;
    font-size: ${px12}px;
}
QToolButton[segment="last"] {
    color: $secondary; background: $raised; border: 1px solid $control; border-left: 0;
    border-radius: 0; border-top-right-radius: 6px; border-bottom-right-radius: 6px;
    padding: 3px 9px; font-size: ${px12}px;
}
QToolButton[segment]:checked { background: $accent_tint; color: $text; font-weight: 600; }
QToolButton[segment]:focus { color: $accent; text-decoration: underline; }

QPushButton[card="true"] {
    background: $paper; border: 1px solid $border; border-radius: 8px; padding: 0; text-align: left;
}
QPushButton[card="true"]:hover { border-color: $control; background: $raised; }
QPushButton[card="true"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[link="true"], QToolButton[link="true"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 0 2px;
}
QPushButton[link="true"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[link="true"]:focus { border: 1px solid $focus; border-radius: 3px; padding: 0 2px; }
QPushButton[fold="true"] {
    background: transparent; border: 1px solid transparent; text-align: left; padding: 1px 0;
    font-size: ${px12}px; font-weight: 600; color: $secondary;
}
QPushButton[fold="true"]:focus { border: 1px solid $focus; border-radius: 3px; }
QPushButton[danger="true"] { color: $danger; border-color: $danger; }
QToolButton[status="true"] { font-size: ${px12}px; padding: 1px 4px; }

QFrame[banner="danger"] { background: $danger_tint; border-bottom: 1px solid $danger; }
QFrame[banner="warning"] { background: $warning_tint; border-bottom: 1px solid $warning; }
QFrame[banner] QLabel { color: $text; }
QFrame[row="selected"] { background: $accent_tint; border-radius: 4px; }
QFrame[card="memo"] { background: $paper; border: 1px solid $border; border-radius: 6px; }
QPlainTextEdit[look="memo"] {
    font-family: $serif; font-size: ${px15}px; background: $paper; border: 1px solid $border;
}
QPlainTextEdit[look="memo"]:focus { border: 2px solid $focus; }
QPlainTextEdit[look="quote"] { font-family: $serif; font-size: ${px15}px; }

HeatTable QHeaderView, HeatBases QHeaderView { background: $paper; }
PaneTree, PaneTree:focus { border: 0; background: $panel; selection-background-color: transparent; }
QListView[pop], QListView[pop]:focus { background: $raised; border: 0; }
QListView[pop="true"]::item { padding: 5px 12px; color: $text; }
QListView[pop="true"]::item:selected { background: $accent_tint; color: $text; }
QFrame[popup="true"] { background: $raised; border: 1px solid $control; border-radius: 8px; }
QDialog[popup="true"] { background: $raised; border: 1px solid $control; }
QScrollArea { background: transparent; border: 0; }
QToolButton#tabClose { padding: 0; border-radius: 3px; }
""")


def frame_style(theme: "Theme") -> str:
    """The rules in the colours and sizes of a theme."""
    sizes = {f"px{size}": round(size * theme.ui_scale) for size in _SIZES}
    serif = ", ".join(f'"{family}"' for family in READING_SERIF)
    return _RULES.substitute(asdict(theme.hex), serif=serif, **sizes)
