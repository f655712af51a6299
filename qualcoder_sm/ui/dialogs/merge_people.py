"""With whom somebody is one, and what moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.people import Said
from qualcoder_sm.ui.widgets import Choice, button, column, label, row

if TYPE_CHECKING:
    from qualcoder_sm.model import Person
    from qualcoder_sm.project.project import Project


class MergePeopleDialog(QDialog):
    """Choose who stays; the sentence below says what moves."""

    def __init__(
        self, parent: QWidget | None, project: Project, person: Person, wanted: str = ""
    ) -> None:
        super().__init__(parent)
        self._project, self._person = project, person
        self.others, self.preview = Choice(), label("", "muted", wrap=True)
        self.go, self.leave = button(tr("Merge"), primary=True), button(tr("Cancel"))
        self.setWindowTitle(tr("Merge {name}", name=person.key))
        self.setMinimumWidth(440)
        for other in project.people.all():
            if other.guid != person.guid:
                self.others.addItem(other.key, other.guid)
        self.others.setCurrentIndex(max(0, self.others.findText(wanted)))
        self.others.setAccessibleName(tr("Merge into"))
        self.others.setMaxVisibleItems(18)
        caption = label(tr("{name} is the same person as", name=person.key))
        caption.setBuddy(self.others)
        self.go.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self.others.currentIndexChanged.connect(self._show_preview)
        self.setLayout(column(caption, 6, self.others, 12, self.preview, 20,
                              row(0, self.leave, 8, self.go), margins=(24, 20, 20, 16)))  # fmt: skip
        self._show_preview()

    def target(self) -> str:
        """The guid of who stays; empty when there is nobody else."""
        return str(self.others.currentData() or "")

    def _show_preview(self) -> None:
        self.go.setEnabled(bool(self.target()))
        if not self.target():
            self.preview.setText(tr("There is nobody else."))
            return
        stays = self._project.people.find(self.target())
        units = self._project.people.said().get(self._person.guid, Said()).units
        said = [
            ntr("{n} turn or post of {old} becomes one of {key}.",
                "{n} turns and posts of {old} become those of {key}.", units,
                old=self._person.key, key=stays.key),
            tr("{key} stays {role}.", key=stays.key, role=stays.role)
            if stays.role and stays.role != self._person.role else "",
            tr("You can undo this."),
        ]  # fmt: skip
        self.preview.setText(" ".join(filter(None, said)))


def choose_person(parent: QWidget, project: Project, person: Person, wanted: str = "") -> str:
    """The guid of who somebody is merged into; empty when the researcher went back."""
    dialog = MergePeopleDialog(parent, project, person, wanted)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.target() if accepted else ""
