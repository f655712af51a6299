"""Into which code another is merged, with what would happen."""

from PySide6.QtWidgets import QDialog, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.widgets import Choice, button, column, label, row


class MergeDialog(QDialog):
    """Choose the code that stays; the sentence below says what moves."""

    def __init__(self, parent: QWidget | None, project: Project, code: str) -> None:
        super().__init__(parent)
        self._project = project
        self._code = project.codebook.get(code)
        self.targets = Choice()
        self.targets.setAccessibleName(tr("Merge into"))
        self.preview = label("", "muted", wrap=True)
        self.reason = ReasonField()
        self.go = button("", primary=True)
        self._build()
        self._fill()
        self._show_preview()

    def target(self) -> str:
        """The guid of the code that stays."""
        return str(self.targets.currentData() or "")

    def _build(self) -> None:
        self.setWindowTitle(tr("Merge {name}", name=self._code.name))
        self.setMinimumWidth(440)
        self.targets.setEditable(False)
        self.targets.setMaxVisibleItems(18)
        cancel = button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.targets.currentIndexChanged.connect(self._show_preview)
        caption = label(tr("Merge {name} into", name=self._code.name))
        caption.setBuddy(self.targets)
        self.setLayout(column(caption, 6, self.targets, 12, self.preview, 14,
                              self.reason, 14,
                              row(0, cancel, 8, self.go), margins=(24, 20, 20, 16)))  # fmt: skip

    def _fill(self) -> None:
        """The codes that can be applied; the only one is chosen, among several none is."""
        codebook = self._project.codebook
        outside = {self._code.guid, *(one.guid for one in codebook.below(self._code.guid))}
        paths = codebook.paths()
        for code in codebook.codes():
            if code.codable and code.guid not in outside:
                self.targets.addItem(paths[code.guid], code.guid)
        self.targets.setPlaceholderText(tr("Choose a code"))
        self.targets.setCurrentIndex(0 if self.targets.count() == 1 else -1)

    def _show_preview(self) -> None:
        self.go.setEnabled(bool(self.target()))
        if not self.target():
            self.go.setText(tr("Merge"))
            there = self.targets.count() > 0
            none = tr("There is no other code to merge into.")
            self.preview.setText(tr("Choose the code that stays.") if there else none)
            return
        moved, doubled = self._project.codings.split_by_presence(self._code.guid, self.target())
        children = len([c for c in self._project.codebook.codes() if c.parent == self._code.guid])
        said = [
            ntr("{n} coding moves.", "{n} codings move.", len(moved)),
            ntr("{n} is there already and is dropped.", "{n} are there already and are dropped.",
                len(doubled)) if doubled else "",
            ntr("{n} code below it moves along.", "{n} codes below it move along.", children)
            if children else "",
            tr("{name} and its definition are deleted. You can undo this.", name=self._code.name),
        ]  # fmt: skip
        self.preview.setText(" ".join(part for part in said if part))
        many = len(moved) + len(doubled)
        self.go.setText(ntr("Merge {n} coding", "Merge {n} codings", many))


def choose_target(parent: QWidget | None, project: Project, code: str) -> tuple[str, str]:
    """The guid of the code to merge into, empty when the researcher went back; and why."""
    dialog = MergeDialog(parent, project, code)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return (dialog.target(), dialog.reason.text()) if accepted else ("", "")
