"""Bring a ready-made codebook, or one from a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import read_codebook, templates
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.widgets import Choice, button, column, label, row


class CodebookDialog(QDialog):
    """Choose among the ready-made books, or a file."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Bring a codebook"))
        self.setMinimumWidth(480)
        self._templates = templates()
        self.books = Choice()
        self.books.setAccessibleName(tr("Codebook"))
        for one in self._templates:
            self.books.addItem(one.title, str(one.path))
        self.file = button(tr("From a file…"))
        self.about = label("", "muted", wrap=True)
        self.chosen: Path | None = None
        self._build()
        self._tell()

    def _build(self) -> None:
        go, cancel = button(tr("Bring this codebook"), primary=True), button(tr("Cancel"))
        go.clicked.connect(self._take)
        cancel.clicked.connect(self.reject)
        self.file.clicked.connect(self._take_file)
        self.books.currentIndexChanged.connect(self._tell)
        caption = label(tr("Ready-made codebook"))
        caption.setBuddy(self.books)
        self.setLayout(column(caption, 6, self.books, 8, self.about, 20,
                              row(self.file, 0, cancel, 8, go), margins=(24, 20, 20, 16)))  # fmt: skip

    def _tell(self) -> None:
        at = self.books.currentIndex()
        if 0 <= at < len(self._templates):
            one = self._templates[at]
            self.about.setText("\n".join(part for part in (one.how_to_use, one.citation) if part))

    def _take(self) -> None:
        self.chosen = Path(str(self.books.currentData()))
        self.accept()

    def _take_file(self) -> None:
        kinds = tr("Codebooks ({endings})", endings="*.csv *.xlsx")
        paths = messages.ask_open(self, tr("Codebook"), kinds)
        if paths:
            self.chosen = paths[0]
            self.accept()


def choose_template(
    parent: QWidget | None, project: Project, failed: Callable[[object], None]
) -> None:
    """Ask for a codebook and add its codes to the project, as one step."""
    dialog = CodebookDialog(parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if accepted and dialog.chosen:
        try:
            project.codebook.take(read_codebook(dialog.chosen), dialog.chosen.stem)
        except QualCoderError as error:
            failed(error)
