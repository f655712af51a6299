"""A new project: its name, where it lies, who codes, and the codebook it begins with."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import templates
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.widgets import Choice, Elided, button, column, label, row

SUFFIX = ".qsm"


@dataclass(frozen=True, slots=True)
class NewProject:
    """What the researcher wants; `codebook` None begins empty."""

    path: Path
    name: str
    coder: str
    codebook: Path | None


class NewProjectDialog(QDialog):
    """Four fields; the place follows the name until it is chosen by hand."""

    def __init__(self, parent: QWidget | None, coder: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New project"))
        self.setMinimumWidth(540)
        self.name = QLineEdit(tr("New study"))
        self.coder = QLineEdit(coder)
        self.codebook = Choice()
        self._place: Path | None = None
        self.place = Elided("", "muted", middle=True)
        self.problem = label("", "muted", wrap=True)
        self.go = button(tr("Create the project"), primary=True)
        self._build()
        self._check()

    def wanted(self) -> NewProject:
        """What was filled in."""
        book = self.codebook.currentData()
        return NewProject(
            self.path(),
            self.name.text().strip(),
            self.coder.text().strip(),
            Path(str(book)) if book else None,
        )

    def path(self) -> Path:
        """Where the file will lie."""
        return self._place or documents() / f"{_file_name(self.name.text())}{SUFFIX}"

    def set_place(self, path: Path) -> None:
        """Let the file lie here, whatever the name."""
        self._place = path if path.suffix else path.with_suffix(SUFFIX)
        self._check()

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        self.codebook.addItem(tr("An empty codebook"), "")
        for one in templates():
            self.codebook.addItem(one.title, str(one.path))
        rows = ((tr("Name"), self.name), (tr("Codebook"), self.codebook), (tr("You code as"),
                self.coder))  # fmt: skip
        for caption, field in rows:
            field.setAccessibleName(caption)
            form.addRow(caption, field)
        elsewhere, cancel = button(tr("Elsewhere…")), button(tr("Cancel"))
        form.addRow(tr("File"), row(self.place, 8, elsewhere, stretch=0))
        elsewhere.clicked.connect(self._choose_place)
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        for field in (self.name, self.coder):
            field.textChanged.connect(self._check)
        outer = column(margins=(24, 20, 20, 16))
        outer.addLayout(form)
        outer.addSpacing(10)
        outer.addWidget(self.problem)
        outer.addSpacing(14)
        outer.addLayout(row(0, cancel, 8, self.go))
        self.setLayout(outer)
        self.name.selectAll()

    def _check(self) -> None:
        self.place.setText(str(self.path()))
        there = self.path().exists()
        self.problem.setText(tr("There is a file of this name already.") if there else "")
        named = bool(self.name.text().strip() and self.coder.text().strip())
        self.go.setEnabled(named and not there)

    def _choose_place(self) -> None:
        kinds = tr("Projects ({endings})", endings=f"*{SUFFIX}")
        path = messages.ask_save(self, tr("Where the project lies"), self.path(), kinds)
        if path:
            self.set_place(path)


def documents() -> Path:
    """The folder where people keep their documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()


def ask_new_project(parent: QWidget | None, coder: str) -> NewProject | None:
    """What the researcher wants; None when she went back."""
    dialog = NewProjectDialog(parent, coder)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.wanted() if accepted else None


def _file_name(name: str) -> str:
    kept = "".join(letter for letter in name.strip() if letter not in '<>:"/\\|?*')
    return kept.strip(". ") or "project"
