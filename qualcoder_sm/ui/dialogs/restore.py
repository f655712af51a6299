"""Choose one of the automatic backups of a project."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.store.backups import Backup
from qualcoder_sm.ui.widgets import button, column, label, row


class RestoreDialog(QDialog):
    """The backups, newest first."""

    def __init__(self, parent: QWidget | None, backups: Sequence[Backup]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Restore a backup"))
        self.setMinimumSize(460, 360)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Backups"))
        for backup in reversed(backups):
            item = QListWidgetItem(_told(backup))
            item.setData(Qt.ItemDataRole.UserRole, backup)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.go = button(tr("Open as a copy"), primary=True)
        self.go.setEnabled(bool(backups))
        self.go.clicked.connect(self.accept)
        self.list.itemActivated.connect(self.accept)
        cancel = button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        said = tr("A backup opens as a copy beside the project, which stays as it is.")
        if not backups:
            said = tr("There is no backup of this project yet.")
        self.setLayout(column(label(said, wrap=True), 10, self.list, 16,
                              row(0, cancel, 8, self.go), margins=(24, 20, 20, 16)))  # fmt: skip

    def backup(self) -> Backup | None:
        """The one that is chosen."""
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None


def choose_backup(parent: QWidget | None, backups: Sequence[Backup]) -> Backup | None:
    """The backup to open; None when the researcher went back."""
    dialog = RestoreDialog(parent, backups)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.backup() if accepted else None


def _told(backup: Backup) -> str:
    made = backup.made.astimezone()
    steps = ntr("{n} step", "{n} steps", backup.steps)
    told = tr("{day} {month}, {time} · {steps}", day=made.day, month=made.strftime("%B %Y"),
              time=made.strftime("%H:%M"), steps=steps)  # fmt: skip
    return f"{told} · {backup.place.name}" if backup.place else told
