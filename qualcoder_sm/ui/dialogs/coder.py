"""Who codes from now on."""

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.widgets import Choice, button, column, label, row


class CoderDialog(QDialog):
    """Choose a coder, or write a new name."""

    def __init__(self, parent: QWidget | None, project: Project) -> None:
        super().__init__(parent)
        self._project = project
        self.setWindowTitle(tr("Who codes"))
        self.setMinimumWidth(400)
        self.names = Choice()
        self.names.setEditable(not project.read_only)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.setAccessibleName(tr("Coder"))
        self.names.addItems([coder.name for coder in project.coders.all()])
        self.names.setCurrentText(project.coder.name)
        self.problem = label("", "muted", wrap=True)
        self._build()

    def _build(self) -> None:
        go, cancel = button(tr("Code as this person"), primary=True), button(tr("Cancel"))
        go.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        caption = label(tr("Coder"))
        caption.setBuddy(self.names)
        note = tr("Each coder’s codings stay their own. A new name adds a coder to the project.")
        self.setLayout(column(caption, 6, self.names, 8, label(note, "muted", wrap=True), 4,
                              self.problem, 16, row(0, cancel, 8, go),
                              margins=(24, 20, 20, 16)))  # fmt: skip

    def accept(self) -> None:
        """Add a coder whose name is new."""
        name = self.names.currentText().strip()
        known = [coder.name for coder in self._project.coders.all()]
        try:
            if name not in known:
                self._project.coders.add(name)
        except QualCoderError as error:
            self.problem.setText(str(error))
            return
        super().accept()


def choose_coder(parent: QWidget | None, project: Project) -> str:
    """The name of who codes from now on; empty when the researcher went back."""
    dialog = CoderDialog(parent, project)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.names.currentText().strip() if accepted else ""
