"""The application's look follows what the researcher chose."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_sm.ui import colours
from qualcoder_sm.ui.theme import DARK, LIGHT, ThemeChoice, ThemeManager, contrast_theme


def test_choosing_dark_paints_the_application_dark(qtbot: QtBot, qapp: QApplication) -> None:
    manager = ThemeManager(qapp, ThemeChoice.LIGHT)
    with qtbot.waitSignal(manager.changed):
        manager.set_choice(ThemeChoice.DARK)
    try:
        assert manager.theme.dark
        assert qapp.palette().color(QPalette.ColorRole.Base) == DARK.color.paper
    finally:
        manager.set_choice(ThemeChoice.LIGHT)
        qapp.setStyleSheet("")
        manager.deleteLater()


def test_the_style_sheet_has_no_unfilled_field_and_stays_short() -> None:
    for theme in (LIGHT, DARK):
        sheet = theme.style_sheet()
        assert "$" not in sheet
        assert len(sheet.splitlines()) < 100
        assert set(re.findall(r"#[0-9A-F]{6}", sheet)) <= set(vars(theme.hex).values())


def test_interface_type_grows_with_its_scale() -> None:
    from qualcoder_sm.ui.theme import theme_of

    small, large = theme_of(dark=False), theme_of(dark=False, ui_scale=1.5)
    assert large.font(12).pixelSize() == 18
    assert small.font(12).pixelSize() == 12


def system_palette(paper: str, text: str, highlight: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(paper))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(highlight))
    return palette


def test_a_system_of_most_contrast_gives_its_own_colours():
    theme = contrast_theme(system_palette("#000000", "#FFFF00", "#1AEBFF"))
    assert (theme.dark, theme.hex.paper, theme.hex.text) == (True, "#000000", "#FFFF00")
    assert theme.hex.accent == "#1AEBFF"


@pytest.mark.parametrize(
    ("paper", "text"), [("#FFFFFF", "#000000"), ("#EEEEEE", "#444444"), ("#202020", "#C0C0C0")]
)
def test_all_words_have_most_contrast_on_every_ground(paper: str, text: str):
    theme = contrast_theme(system_palette(paper, text, "#888888"))
    for ground in ("paper", "window", "panel", "raised", "selection", "search", "accent_tint"):
        for words in ("text", "secondary", "muted", "warning", "danger", "success"):
            value = colours.contrast(getattr(theme.hex, words), getattr(theme.hex, ground))
            assert value >= 7, (words, ground)


def test_in_the_theme_of_most_contrast_codings_have_lines_and_no_tint():
    theme = contrast_theme(QPalette())
    assert theme.tint(("#0072B2",)) == theme.color.paper
    assert theme.dimmed_tint(("#0072B2", "#D55E00")) == theme.color.paper
    assert colours.contrast(theme.ink("#F0E442").name(), theme.hex.paper) >= 3
