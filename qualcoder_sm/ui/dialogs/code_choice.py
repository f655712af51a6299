"""A code to choose: its chip, its name and what it is under, and a part of its name to find it by."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCompleter, QLineEdit

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import PATH_SEPARATOR
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.panels.code_menu import chip
from qualcoder_sm.ui.theme import Theme
from qualcoder_sm.ui.widgets import Choice

_PLAIN = "border: 0; padding: 0; background: transparent"


class CodeChoice(Choice):
    """The codes that can be applied, in the order of the tree."""

    def __init__(self, project: Project, theme: Theme) -> None:
        super().__init__()
        self._words = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self._words)
        self._words.setStyleSheet(_PLAIN)
        self._words.setPlaceholderText(tr("Type a part of its name"))
        self._words.setAccessibleName(tr("Code"))
        self.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setIconSize(QSize(12, 12))
        self.setMaxVisibleItems(18)
        self.setAccessibleName(tr("Code"))
        paths = project.codebook.paths()
        for code in project.codebook.codes():
            if code.codable:
                name, above = code.name, paths[code.guid].removesuffix(code.name)
                text = f"{name}  ({above.removesuffix(PATH_SEPARATOR)})" if above else name
                self.addItem(QIcon(chip(theme, code.color, 12)), text, code.guid)
        self.setCurrentIndex(-1)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def code(self) -> str:
        """Guid of the code chosen; empty when there is none."""
        row = self.currentIndex()
        return str(self.itemData(row)) if row >= 0 else ""

    def choose(self, code: str) -> None:
        """Choose a code by its guid."""
        self.setCurrentIndex(self.findData(code))
        self._words.setCursorPosition(0)
