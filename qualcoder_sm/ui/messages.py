"""Questions to the researcher. Tests replace these functions."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QColorDialog,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.reason import ReasonField
from qualcoder_sm.ui.widgets import button, column, label, row


class Question(QDialog):
    """A sentence and two buttons that say what they do; Escape is the second one."""

    def __init__(
        self, parent: QWidget | None, question: str, yes: str, no: str, *, asks_why: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("QualCoder SM"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sentence = label(question, wrap=True)
        sentence.setMinimumWidth(380)
        self.agree, keep = button(yes), button(no, primary=True)
        self.agree.clicked.connect(self.accept)
        keep.clicked.connect(self.reject)
        self.reason = ReasonField()
        self.reason.setVisible(asks_why)
        buttons = row(0, self.agree, 8, keep)
        self.setLayout(column(sentence, 12, self.reason, 12, buttons, margins=(24, 20, 20, 16)))
        keep.setFocus()


class _Choice(QDialog):
    """A sentence and a button for each answer; the last is the safe one, and Escape."""

    def __init__(self, parent: QWidget | None, question: str, answers: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("QualCoder SM"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sentence = label(question, wrap=True)
        sentence.setMinimumWidth(380)
        self.chosen = len(answers) - 1
        self.buttons = [button(text, primary=text == answers[-1]) for text in answers]
        group = QButtonGroup(self)
        for number, one in enumerate(self.buttons):
            group.addButton(one, number)
        group.idClicked.connect(self._choose)
        apart = [part for one in self.buttons for part in (8, one)][1:]
        self.setLayout(column(sentence, 12, row(0, *apart), margins=(24, 20, 20, 16)))
        self.buttons[-1].setFocus()

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.accept()


class _Asking(QDialog):
    """One field to fill in."""

    def __init__(self, parent: QWidget | None, title: str, name: str, text: str, yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(text)
        self.field.setAccessibleName(name)
        self.field.selectAll()
        caption = label(name)
        caption.setBuddy(self.field)
        go, cancel = button(yes, primary=True), button(tr("Cancel"))
        go.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.setLayout(
            column(caption, 6, self.field, 20, row(0, cancel, 8, go), margins=(24, 20, 20, 16))
        )
        self.setMinimumWidth(420)


def confirm(parent: QWidget | None, question: str, yes: str, no: str) -> bool:
    """Ask before something is lost; `yes` and `no` are what the buttons say they do."""
    dialog = Question(parent, question, yes, no)
    return dialog.exec() == QDialog.DialogCode.Accepted


def confirm_because(parent: QWidget | None, question: str, yes: str, no: str) -> str | None:
    """As `confirm`, offering to say why; the reason, "" without one, or None for no."""
    dialog = Question(parent, question, yes, no, asks_why=True)
    return dialog.reason.text() if dialog.exec() == QDialog.DialogCode.Accepted else None


def choose(parent: QWidget | None, question: str, answers: Sequence[str]) -> int:
    """Ask which of several things to do, by what the buttons say; Escape is the last."""
    dialog = _Choice(parent, question, answers)
    dialog.exec()
    return dialog.chosen


def ask_text(parent: QWidget | None, title: str, name: str, text: str, yes: str) -> str | None:
    """Ask for one line; None when the researcher went back."""
    dialog = _Asking(parent, title, name, text, yes)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return dialog.field.text().strip() or None


def ask_open(parent: QWidget | None, title: str, kinds: str) -> list[Path]:
    """Let the researcher choose files to read."""
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(path) for path in chosen]


def ask_save(parent: QWidget | None, title: str, proposed: Path, kinds: str) -> Path | None:
    """Let the researcher choose a file to write; None when she went back."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    return Path(chosen) if chosen else None


def ask_color(parent: QWidget | None, color: str) -> str | None:
    """Let the researcher mix a colour, as #RRGGBB."""
    chosen = QColorDialog.getColor(QColor(color), parent, tr("Colour of the code"))
    return chosen.name().upper() if chosen.isValid() else None


def danger(made: QPushButton) -> QPushButton:
    """The same button, marked as one that takes something away."""
    made.setProperty("danger", True)
    return made
