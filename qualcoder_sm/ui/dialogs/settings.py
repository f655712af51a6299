"""The settings: how the program looks and which keys act."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QSpinBox, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.settings import Settings
from qualcoder_sm.ui.context import Preferences
from qualcoder_sm.ui.settings_view import SIZES
from qualcoder_sm.ui.widgets import button, column, row

_THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


class SettingsDialog(QDialog):
    """Everything acts at once; there is nothing to confirm."""

    def __init__(self, parent: QWidget | None, preferences: Preferences) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle(tr("Settings"))
        self.setMinimumWidth(420)
        self.theme = QComboBox()
        for key, words in _THEMES:
            self.theme.addItem(tr(words), key)
        self.ui_size = _spin(90, 150, " %", 5)
        self.reading_size = _spin(SIZES[0], SIZES[-1], " px", 1)
        self.measure = _spin(60, 80, tr(" characters"), 1)
        self.serif = QCheckBox(tr("Serif type for participants’ words"))
        self.single_keys = QCheckBox(tr("Single letters act in the text"))
        self.selection_bar = QCheckBox(tr("Offer likely codes under a selection"))
        self._show(preferences.settings)
        self._build()
        self._connect()

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        fields = ((tr("Theme"), self.theme), (tr("Size of the window’s type"), self.ui_size),
                  (tr("Size of the text"), self.reading_size), (tr("Width of the text"),
                  self.measure))  # fmt: skip
        for caption, field in fields:
            field.setAccessibleName(caption)
            form.addRow(caption, field)
        for box in (self.serif, self.single_keys, self.selection_bar):
            form.addRow("", box)
        close = button(tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        outer = column(margins=(24, 20, 20, 16))
        outer.addLayout(form)
        outer.addSpacing(16)
        outer.addLayout(row(0, close))
        self.setLayout(outer)

    def _connect(self) -> None:
        self.theme.currentIndexChanged.connect(self._keep)
        for spin in (self.ui_size, self.reading_size, self.measure):
            spin.valueChanged.connect(self._keep)
        for box in (self.serif, self.single_keys, self.selection_bar):
            box.toggled.connect(self._keep)

    def _show(self, settings: Settings) -> None:
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.ui_size.setValue(settings.ui_size)
        self.reading_size.setValue(settings.reading_size)
        self.measure.setValue(settings.measure)
        self.serif.setChecked(settings.serif)
        self.single_keys.setChecked(settings.single_keys)
        self.selection_bar.setChecked(settings.selection_bar)

    def _keep(self) -> None:
        new = replace(
            self._preferences.settings,
            theme=str(self.theme.currentData()),
            ui_size=self.ui_size.value(),
            reading_size=self.reading_size.value(),
            measure=self.measure.value(),
            serif=self.serif.isChecked(),
            single_keys=self.single_keys.isChecked(),
            selection_bar=self.selection_bar.isChecked(),
        )
        self._preferences.set(new)


def _spin(least: int, most: int, unit: str, step: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setSuffix(unit)
    spin.setSingleStep(step)
    return spin


def show_settings(parent: QWidget | None, preferences: Preferences) -> None:
    """Let the researcher change the settings."""
    dialog = SettingsDialog(parent, preferences)
    dialog.exec()
    dialog.deleteLater()
