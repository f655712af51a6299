"""The application's look follows what the researcher chose."""

import re

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_sm.ui.theme import DARK, LIGHT, ThemeChoice, ThemeManager


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
