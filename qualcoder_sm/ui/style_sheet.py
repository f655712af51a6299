"""The style sheet: only what a palette cannot say."""

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcoder_sm.ui.theme import Tokens

_RULES = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {
    background: $paper; color: $text; border: 1px solid $control; border-radius: 6px;
    padding: 4px 8px; selection-background-color: $selection; selection-color: $text;
}
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $panel; color: $muted; border-color: $border;
}
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; }
QComboBox QAbstractItemView::item { color: $text; padding: 4px 8px; }
QComboBox QAbstractItemView::item:selected { background: $accent_tint; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $control; border-radius: 6px;
    padding: 4px 14px; min-height: 18px;
}
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $focus; padding: 3px 13px; }
QPushButton:disabled { color: $muted; border-color: $border; }
QPushButton:checked { background: $accent_tint; }
QPushButton[primary="true"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $hover; color: $muted; border-color: $border; }
QPushButton[flat="true"], QToolButton {
    background: transparent; color: $text; border: 1px solid transparent; border-radius: 6px;
    padding: 3px 6px;
}
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $accent_tint; }
QToolButton:focus { border: 2px solid $focus; padding: 2px 5px; }
QToolButton::menu-indicator { image: none; }

QTabBar { background: $panel; }
QTabBar::tab {
    background: $panel; color: $secondary; padding: 8px 14px; border: 0;
    border-right: 1px solid $border;
}
QTabBar::tab:selected { background: $paper; color: $text; }
QTabBar::tab:focus { border: 2px solid $focus; }
QTabWidget::pane { border: 0; }

QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $control; }

QTreeView, QListView, QTableView {
    background: $panel; border: 0; outline: 0;
    selection-background-color: $accent_tint; selection-color: $text;
}
QTableView { background: $paper; gridline-color: $border; }
QTreeView:focus, QListView:focus, QTableView:focus { border: 2px solid $focus; }
QHeaderView { background: $panel; }
QHeaderView::section {
    background: $panel; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 6px 8px;
}

QMenuBar { background: $window; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 6px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 20px; border-radius: 4px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QStatusBar { background: $window; color: $secondary; border-top: 1px solid $border; }
QStatusBar::item { border: 0; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QProgressBar { background: $border; border: 0; border-radius: 1px; max-height: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 1px; }
""")


def style_sheet(tokens: "Tokens[str]") -> str:
    """The rules with the theme's colours in them."""
    return _RULES.substitute(asdict(tokens))
