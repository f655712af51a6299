"""From a page to a file: ask where, write in the worker, say what was written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from qualcoder_sm.errors import Cancelled
from qualcoder_sm.exporters import Document, Format, formats, told, write
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui import icons, messages
from qualcoder_sm.ui.key_table import COPY_TABLE
from qualcoder_sm.ui.pages.widgets.copying import copy
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.widgets import Elided, button, key_name, link, restyle, row, surface

if TYPE_CHECKING:
    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.table import Table
    from qualcoder_sm.ui.context import Context

OFFERED = (".xlsx", ".docx", ".csv")


def offered() -> list[Format]:
    """The formats a window offers, in order."""
    return [form for form in formats() if form.ending in OFFERED]


Recipe = Callable[["Project"], "Table"]
"""Makes a table of what a page shows, in the worker; holds values, never a widget."""
Making = Callable[["Project"], Document]


class Writer(QObject):
    """Brings what a page shows onto the clipboard, or into a file of the researcher's choice.

    `beside` are the files that were put beside the one written last.
    """

    started = Signal()
    copied = Signal(object)
    """The Table that is on the clipboard now."""
    written = Signal(object)
    """The Path of the finished file."""
    failed = Signal(object)
    """The QualCoderError why there is none."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._target = Path()
        self.beside: tuple[Path, ...] = ()
        self._writing, self._copying = Latest(context.tasks, self), Latest(context.tasks, self)
        self._writing.ready.connect(self._done)
        self._copying.ready.connect(self._copy)
        self._copying.slow.connect(self.started)
        for latest in (self._writing, self._copying):
            latest.failed.connect(self.failed)

    def write(self, make: Making, name: str, form: Format) -> None:
        """Ask where to, then write the document; nothing happens when the researcher goes back."""
        folder = self._context.project.path.parent
        kinds = f"{form.name} (*{form.ending})"
        target = self.ask(tr("Export"), folder / f"{name}{form.ending}", kinds)
        if target is None:
            return
        self._target = target if target.suffix else target.with_suffix(form.ending)
        self.started.emit()
        path = self._context.project.path
        self._writing.ask(on_copy, path, _written, make, self._target, reports=True,
                          work=tr("The export"))  # fmt: skip

    def write_table(self, recipe: Recipe, name: str, form: Format) -> None:
        """As `write`, a single table."""
        self.write(partial(_alone, recipe), name, form)

    def copy(self, recipe: Recipe) -> None:
        """Put a table on the clipboard."""
        self._copying.ask(on_copy, self._context.project.path, _made, recipe)

    def ask(self, title: str, proposed: Path, kinds: str) -> Path | None:
        """The file to write to."""
        return messages.ask_save(self._window, title, proposed, kinds)

    @property
    def busy(self) -> bool:
        """Whether something is being written or copied."""
        return self._writing.waiting or self._copying.waiting

    def cancel(self) -> None:
        """Stop; no file is left."""
        if self.busy:
            self._writing.drop()
            self._copying.drop()
            self.failed.emit(Cancelled(tr("Stopped. Nothing was written.")))

    def _done(self, beside: tuple[Path, ...]) -> None:
        self.beside = beside
        self.written.emit(self._target)

    def _copy(self, table: Table) -> None:
        copy(table)
        self.copied.emit(table)


class _Act(QPushButton):
    """A button with an icon, and with words where there is room for them."""

    def __init__(self, icon: str, text: str) -> None:
        super().__init__(icons.icon(icon), text)
        self.setAccessibleName(text)

    def be_small(self) -> None:
        """Show the icon alone."""
        self.setText("")
        self.setProperty("flat", True)
        self.setFixedSize(28, 26)
        self.setToolTip(self.toolTip() or self.accessibleName())


class CopyButton(_Act):
    """Copies the table that is shown."""

    def __init__(self) -> None:
        super().__init__("copy", tr("Copy table"))
        self.setToolTip(tr("Copy what is shown, for Word or a spreadsheet ({keys})",
                           keys=key_name(COPY_TABLE)))  # fmt: skip


class ExportButton(_Act):
    """Opens a menu of formats."""

    asked = Signal(object)
    """The Format that was chosen."""

    def __init__(self) -> None:
        super().__init__("export", tr("Export…"))
        self._formats: dict[QAction, Format] = {}
        menu = QMenu(self)
        for form in offered():
            action = menu.addAction(tr("{format}…", format=form.name))
            self._formats[action] = form
        menu.triggered.connect(self._choose)
        self.clicked.connect(self._open)
        self._menu = menu

    def actions_offered(self) -> list[QAction]:
        """The entries of the menu."""
        return list(self._formats)

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, action: QAction) -> None:
        self.asked.emit(self._formats[action])


class WrittenLine(QWidget):
    """One line: being written, what was written with what to do next, or why nothing was."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._path = Path()
        self._words = Elided("")
        self._open, self._folder = link(tr("Open")), link(tr("Show in folder"))
        self._cancel, self._close = button(tr("Cancel")), link(tr("Close"))
        self._open.clicked.connect(self._show_file)
        self._folder.clicked.connect(self._show_folder)
        self._cancel.clicked.connect(writer.cancel)
        self._close.clicked.connect(self.hide)
        ground = surface("panel", "bottom")
        acts = row(self._open, 8, self._folder, 8, self._cancel, 8, self._close)
        ground.setLayout(stretched(row(self._words, 10, acts, margins=(20, 5, 14, 5)), 0))
        self.setLayout(row(ground))
        self.hide()
        writer.started.connect(self._wait)
        writer.copied.connect(self._tell_copied)
        writer.written.connect(self._tell)
        writer.failed.connect(self._refuse)

    def sentence(self) -> str:
        """What is said."""
        return self._words.text()

    def _say(self, words: str, *, written: bool = False, waiting: bool = False) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        restyle(self._words, "look", "")
        self._open.setVisible(written)
        self._folder.setVisible(written)
        self._cancel.setVisible(waiting)
        self._close.setVisible(not waiting)
        self.show()

    def _wait(self) -> None:
        self._say(tr("Gathering what is shown …"), waiting=True)

    def _tell_copied(self, table: Table) -> None:
        rows = ntr("{n} row", "{n} rows", len(table.rows))
        self._say(tr("Copied: {title}, {rows}.", title=table.title, rows=rows))

    def _tell(self, path: Path) -> None:
        self._path = path
        said = [tr("Written: {name}.", name=path.name), *told(self._writer.beside)]
        self._say(" ".join(said), written=True)

    def _refuse(self, error: QualCoderError) -> None:
        self._say(str(error))

    def _show_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def _written(
    project: Project,
    make: Making,
    target: Path,
    progress: Callable[[int, int, str], bool],
) -> tuple[Path, ...]:
    def goes_on(done: int, total: int) -> None:
        words = ntr(
            "Writing: {done:,} of {n} row", "Writing: {done:,} of {n} rows", total, done=done
        )
        if not progress(done, total, words):
            raise Cancelled(tr("Stopped. Nothing was written."))

    if not progress(0, 0, tr("Gathering what is to be written …")):
        raise Cancelled(tr("Stopped. Nothing was written."))
    return write(make(project), target, goes_on)


def _made(project: Project, recipe: Recipe) -> Table:
    return recipe(project)


def _alone(recipe: Recipe, project: Project) -> Document:
    return Document.of(recipe(project))
