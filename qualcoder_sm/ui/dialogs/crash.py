"""What a fault of the program shows: that nothing is lost, and a report to copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.widgets import button, column, label, row


class CrashDialog(QDialog):
    """What to do, and the report to copy."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong inside the program"))
        resize_within_screen(self, 600, 420)
        said = tr(
            "The last step was not taken; everything before it is kept, and you can go on. "
            "The report below holds none of your texts. It helps us to repair this."
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report"))
        copy, close = button(tr("Copy the report")), button(tr("Go on"), primary=True)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.close)
        self.setLayout(column(label(said, wrap=True), 12, self.report, 14,
                              row(copy, 0, close), margins=(24, 20, 20, 16)))  # fmt: skip

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
