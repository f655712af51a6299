"""The lock in the head of a source whose text is not to be corrected."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons


class LockTag(QToolButton):
    """Says that the text is locked; a press unlocks it."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(tr("Text is locked"))
        self.setIcon(icons.icon("lock"))
        self.setIconSize(QSize(14, 14))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Its words cannot be corrected, its codings can. Press to unlock it."))
        self.setAccessibleName(tr("Text is locked. Press to unlock it."))
