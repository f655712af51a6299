"""The keys, on one sheet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.actions import Command
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.widgets import button, column, label, row, spaced

ALWAYS = (
    ("Arrows", "move the caret; with Ctrl by words, with Shift they select"),
    ("1 – 9", "apply the code with this key"),
    ("Ctrl+Enter", "in the palette: apply and stay for a second code"),
    ("Shift+F10", "what can be done here"),
    ("Esc", "leave the bar, the pane or the selection"),
)
"""Keys that cannot be changed."""


class KeySheet(QDialog):
    """Every action with keys, by menu, as the researcher has set them; then those that are fixed."""

    def __init__(self, parent: QWidget | None, commands: Sequence[Command]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        resize_within_screen(self, 960, 820)
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(28)
        keyed = [(one.menu_title, one.keys, one.words) for one in commands if one.keys]
        keyed += [(tr("Always"), keys, tr(words)) for keys, words in ALWAYS]
        third = (len(keyed) + 2) // 3
        parts = (keyed[:third], keyed[third : 2 * third], keyed[2 * third :])
        for place, lines in enumerate(parts):
            grid.addLayout(_lines(lines), 0, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        area = QScrollArea()
        area.setWidget(sheet)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Keys"))
        close = button(tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        self.setLayout(column(area, 12, row(0, close), margins=(20, 16, 16, 16)))


def _lines(lines: Sequence[tuple[str, str, str]]):  # noqa: ANN202  a layout
    made = column()
    head = ""
    for title, keys, words in lines:
        if title != head:
            head = title
            made.addSpacing(8)
            made.addWidget(label(title, "head"))
            made.addSpacing(2)
        cap, meaning = label(spaced(keys), "key"), label(words, "muted", wrap=True)
        made.addLayout(row(cap, 8, meaning, stretch=2))
        made.addSpacing(4)
    return made
