"""The settings: how the program looks and which keys act."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.settings import Settings
from qualcoder_sm.ui.actions import Command
from qualcoder_sm.ui.context import Preferences
from qualcoder_sm.ui.dialogs.shortcuts import ShortcutsDialog
from qualcoder_sm.ui.marks import Tick
from qualcoder_sm.ui.settings_view import SIZES
from qualcoder_sm.ui.widgets import Choice, button, column, row

_THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"),
           ("contrast", "Most contrast"))  # fmt: skip


class SettingsDialog(QDialog):
    """Everything acts at once; there is nothing to confirm."""

    def __init__(
        self,
        parent: QWidget | None,
        preferences: Preferences,
        commands: Sequence[Command] = (),
    ) -> None:
        super().__init__(parent)
        self._preferences, self._commands = preferences, commands
        self.setWindowTitle(tr("Settings"))
        self.setMinimumWidth(420)
        self.theme = Choice()
        for key, words in _THEMES:
            self.theme.addItem(tr(words), key)
        self.ui_size = _numbers((90, 100, 110, 125, 150), "{n} %")
        self.reading_size = _numbers(SIZES, "{n} px")
        self.measure = _numbers((60, 63, 66, 70, 75, 80), "{n} characters")
        self.spacing = _numbers((85, 100, 115, 130, 150), "{n} %")
        self.serif = Tick(tr("Serif type for participants’ words"))
        self.single_keys = Tick(tr("Single letters act in the text"))
        self.selection_bar = Tick(tr("Offer likely codes under a selection"))
        self.motion = Tick(tr("Glide when jumping within a text"))
        self._show(preferences.settings)
        self._build()
        self._connect()

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        fields = ((tr("Theme"), self.theme), (tr("Size of the window’s type"), self.ui_size),
                  (tr("Size of the text"), self.reading_size), (tr("Width of the text"),
                  self.measure), (tr("Space between lines"), self.spacing))  # fmt: skip
        for caption, field in fields:
            field.setAccessibleName(caption)
            form.addRow(caption, field)
        for box in (self.serif, self.single_keys, self.selection_bar, self.motion):
            form.addRow("", box)
        close = button(tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        outer = column(margins=(24, 20, 20, 16))
        outer.addLayout(form)
        outer.addSpacing(16)
        keys = button(tr("Keys…"))
        keys.clicked.connect(self._change_keys)
        keys.setVisible(bool(self._commands))
        outer.addLayout(row(keys, 0, close))
        self.setLayout(outer)

    def _connect(self) -> None:
        self.theme.currentIndexChanged.connect(self._keep)
        for numbers in (self.ui_size, self.reading_size, self.measure, self.spacing):
            numbers.currentIndexChanged.connect(self._keep)
        for box in (self.serif, self.single_keys, self.selection_bar, self.motion):
            box.toggled.connect(self._keep)

    def _show(self, settings: Settings) -> None:
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        _choose(self.ui_size, settings.ui_size)
        _choose(self.reading_size, settings.reading_size)
        _choose(self.measure, settings.measure)
        _choose(self.spacing, settings.line_spacing)
        self.serif.setChecked(settings.serif)
        self.single_keys.setChecked(settings.single_keys)
        self.selection_bar.setChecked(settings.selection_bar)
        self.motion.setChecked(settings.motion)

    def _change_keys(self) -> None:
        dialog = ShortcutsDialog(self, self._preferences, self._commands)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _keep(self) -> None:
        new = replace(
            self._preferences.settings,
            theme=str(self.theme.currentData()),
            ui_size=int(self.ui_size.currentData()),
            reading_size=int(self.reading_size.currentData()),
            measure=int(self.measure.currentData()),
            line_spacing=int(self.spacing.currentData()),
            serif=self.serif.isChecked(),
            single_keys=self.single_keys.isChecked(),
            selection_bar=self.selection_bar.isChecked(),
            motion=self.motion.isChecked(),
        )
        self._preferences.set(new)


def _numbers(values: Sequence[int], unit: str) -> Choice:
    box = Choice()
    for value in values:
        box.addItem(tr(unit, n=value), value)
    return box


def _choose(box: Choice, value: int) -> None:
    """Show the number that is nearest to the one in use."""
    offered = [int(box.itemData(row)) for row in range(box.count())]
    box.setCurrentIndex(
        min(range(len(offered)), key=[abs(one - value) for one in offered].__getitem__)
    )


def show_settings(
    parent: QWidget | None, preferences: Preferences, commands: Sequence[Command] = ()
) -> None:
    """Let the researcher change the settings, and the keys of these commands."""
    dialog = SettingsDialog(parent, preferences, commands)
    dialog.exec()
    dialog.deleteLater()
