"""What every page has in common: it works only while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.key_table import COPY_TABLE
from qualcoder_sm.ui.pages.widgets.row_menu import Act
from qualcoder_sm.ui.pages.widgets.writing import CopyButton, ExportButton, Writer, WrittenLine
from qualcoder_sm.ui.widgets import key_name

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from qualcoder_sm.exporters import Format
    from qualcoder_sm.model import Change
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.widgets.states import States
    from qualcoder_sm.ui.pages.widgets.writing import Recipe

_SETTLE = 250
_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)


class Page(QWidget):
    """A page that is stale after a change to what it shows, and renews itself when it is seen.

    Subclasses name the tables they show in `shows` and compute in `renew`.
    """

    openRequested = Signal(object)
    """A `requests.Place` to go to in Read & code."""
    statusChanged = Signal(object)
    """A sentence for the status bar."""
    left = Signal()
    """Esc, where nothing is to be stopped: the researcher goes back to the text."""

    shows: tuple[str, ...] = ()
    states: States
    """What the page shows while it waits or has nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._said = ""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._renew_if_seen)
        context.bridge.changed.connect(self._mark_stale)

    @property
    def project(self) -> Project:
        """The open project."""
        return self.context.project

    def activate(self) -> None:
        """The page becomes visible: renew what is stale."""
        self.statusChanged.emit(self._said)
        if self._stale:
            self._stale = False
            self.renew()

    def say(self, sentence: str) -> None:
        """Put a sentence into the status bar; it comes back with the page."""
        self._said = sentence
        if self.isVisible():
            self.statusChanged.emit(sentence)

    def renew(self) -> None:
        """For subclasses: show the project as it is now."""
        raise NotImplementedError

    @property
    def main(self) -> QWidget:
        """For subclasses: where the keyboard is when the page comes into sight."""
        raise NotImplementedError

    def stop(self) -> bool:
        """Stop what the researcher waits for; whether there was anything."""
        waiting = self.states.is_waiting
        if waiting:
            self.states.cancelled.emit()
        return waiting

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the page that comes into sight."""
        super().showEvent(event)
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        if not event.spontaneous() and not inside:
            self.main.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a field, stops what runs, or leads back to the text."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif isinstance(self.window().focusWidget(), _FIELDS):
            self.main.setFocus()
        elif not self.stop():
            self.left.emit()

    def _mark_stale(self, change: Change) -> None:
        if change.touches(*self.shows):
            self._stale = True
            self._settle.start()

    def _renew_if_seen(self) -> None:
        if self.isVisible():
            self.activate()


class TablePage(Page):
    """A page that shows a table, which can be copied and written just as it is shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.copy, self.export = CopyButton(), ExportButton()
        self.copy.be_small()
        self.writer = Writer(context, self)
        self.written = WrittenLine(self.writer)
        self.copy.clicked.connect(self.copy_table)
        self.export.asked.connect(self.write_table)

    @property
    def table_name(self) -> str:
        """For subclasses: what the table is called, also as the name of a file."""
        raise NotImplementedError

    def shown_table(self) -> Recipe | None:
        """For subclasses: what is shown, as a table to be made in the worker; None for nothing."""
        raise NotImplementedError

    def shown_options(self) -> tuple[str, Options] | None:
        """For subclasses: the report that is shown, and what was chosen for it; None for no report."""
        return None

    def stop(self) -> bool:
        """Stop what is being written first."""
        busy = self.writer.busy
        self.writer.cancel()
        return busy or super().stop()

    def copy_table(self) -> None:
        """Put the table onto the clipboard."""
        recipe = self.shown_table()
        if recipe:
            self.writer.copy(recipe)

    def write_table(self, form: Format) -> None:
        """Write the table in a format."""
        recipe = self.shown_table()
        if recipe:
            self.writer.write_table(recipe, self.table_name, form)

    def acts(self) -> tuple[Act, ...]:
        """What can be done with the table, for the menu of its rows."""
        ready = self.export.isEnabled
        keys = key_name(COPY_TABLE)
        return (
            Act(tr("Copy table") + f"\t{keys}", self.copy_table, ready),
            Act(tr("Export…"), self.export.click, ready),
        )

    def allow(self, *, table: bool) -> None:
        """Whether there is a table to copy and to write."""
        self.copy.setEnabled(table)
        self.export.setEnabled(table)
