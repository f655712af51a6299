"""Export: choose a report, see its first page, write it in a format of choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui.pages import exporting
from qualcoder_sm.ui.pages.exporting import Taken
from qualcoder_sm.ui.pages.page import Page
from qualcoder_sm.ui.pages.widgets.choice_bar import ChoiceBar
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import Scrolled, stretched
from qualcoder_sm.ui.pages.widgets.report_choices import ReportChoices
from qualcoder_sm.ui.pages.widgets.report_list import ReportRows, ReportsModel
from qualcoder_sm.ui.pages.widgets.report_view import ReportView
from qualcoder_sm.ui.pages.widgets.row_menu import Act, RowMenu
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.pages.widgets.writing import CopyButton, Writer, WrittenLine, offered
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.widgets import Banner, button, column, label, row, surface

if TYPE_CHECKING:
    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.exporters import Format
    from qualcoder_sm.reports import Report
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.exporting import Preview
    from qualcoder_sm.ui.pages.page import TablePage
    from qualcoder_sm.ui.pages.widgets.writing import Recipe

_LEAST_PREVIEW = 170


class ExportPage(Page):
    """Reports at the left, choices in the middle, the first page at the right."""

    shows = ("codings", "codes", "sources", "units", "people", "cases", "case_sources", "variables",
             "variable_values", "collections", "coders", "notes")  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.model = ReportsModel(self)
        self.reports = QListView()
        self.choices = ReportChoices()
        self._handed: dict[str, Options] = {}
        self.taken = label("", "muted", wrap=True)
        self.preview = ReportView(context.theme)
        self.heading, self.rows_shown = label("", "title"), label("", "muted")
        self.notes = label("", "muted", wrap=True)
        self.blocked = Banner()
        self.writer = Writer(context, self)
        self.written = WrittenLine(self.writer)
        self.copy = CopyButton()
        self.copy.be_small()
        self.formats = {_button(form): form for form in offered()}
        self.whole = button(tr("Whole workbook"))
        self._making = Latest(context.tasks, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.split = Split(Qt.Orientation.Horizontal, "export", [230, 270, 940])
        for part in (self._list(), self._choices(), self._page()):
            self.split.addWidget(part)
        self.split.setStretchFactor(2, 1)
        self.split.begin()
        self.setLayout(row(self.split))

    def _list(self) -> QWidget:
        left = surface("panel")
        self.reports.setModel(self.model)
        self.reports.setItemDelegate(ReportRows(self.reports, self.context.theme))
        self.reports.setFrameShape(QListView.Shape.NoFrame)
        self.reports.setMouseTracking(True)
        self.reports.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.reports.setAccessibleName(tr("Reports"))
        self.reports.setCurrentIndex(self.model.index(0))
        left.setLayout(stretched(column(row(label(tr("Reports"), "head"), margins=(16, 14, 12, 6)),
                                        self.reports), 1))  # fmt: skip
        left.setMinimumWidth(220)
        return left

    def _choices(self) -> QWidget:
        middle = surface("window")
        middle.setLayout(column(self.choices, row(self.taken, margins=(16, 0, 16, 14)), 0))
        area = Scrolled(middle, tr("What goes in"))
        area.setMinimumWidth(200)
        return area

    def _page(self) -> QWidget:
        right, head, bar = surface("paper"), surface("paper"), surface("window", "top")
        head.setLayout(column(self.heading, 2, self.rows_shown, margins=(20, 14, 20, 8)))
        content = surface("paper")
        table = row(self.preview, margins=(12, 0, 12, 0))
        below = surface("paper")
        below.setLayout(row(self.notes, margins=(20, 8, 20, 10)))
        notes = Scrolled(below, tr("Notes"))
        notes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.preview.setMinimumHeight(_LEAST_PREVIEW)
        content.setLayout(stretched(column(head, table, notes), 1))
        self.states = States(content, self.context.tasks)
        writing = (label(tr("Write as")), *self.formats, self.whole)
        bar.setLayout(ChoiceBar(writing, (self.copy,), side=12))
        right.setLayout(stretched(column(self.blocked, self.states, self.written, bar), 1))
        return right

    def _connect(self) -> None:
        self.reports.selectionModel().currentChanged.connect(self._choose_report)
        self.choices.changed.connect(self._make)
        for made in self.formats:
            made.clicked.connect(self._write)
        self.whole.clicked.connect(self._write_whole)
        self.copy.clicked.connect(self.copy_table)
        self._making.ready.connect(self._show)
        self._making.failed.connect(self._refuse)
        self._making.slow.connect(self._wait)
        self.states.cancelled.connect(self._stop)
        acts = [Act(tr("Copy table"), self.copy_table, self.copy.isEnabled)]
        acts += [Act(tr("Write as {format}…", format=form.name), made.click, made.isEnabled)
                 for made, form in self.formats.items()]  # fmt: skip
        for view in (self.reports, self.preview):
            RowMenu(view, acts)

    def renew(self) -> None:
        """Make the first page anew, with what there is to choose from now."""
        self.choices.renew(self.project)
        self._drop_taken()
        self._choose_report()

    @property
    def main(self) -> QWidget:
        """The list of reports."""
        return self.reports

    def take_over(self, page: TablePage) -> None:
        """Offer what another page shows, just as it is shown, and choose it.

        The report that it is part of begins with what was chosen there.
        """
        recipe, chosen = page.shown_table(), page.shown_options()
        if chosen:
            name, options = chosen
            self._handed[name] = options
        if recipe:
            self.model.set_taken(Taken(page.table_name, recipe))
            self.reports.setCurrentIndex(self.model.index(0))
            self._choose_report()

    def copy_table(self) -> None:
        """Put the whole table onto the clipboard."""
        if self.copy.isEnabled():
            self.writer.copy(self._recipe())

    def stop(self) -> bool:
        """Stop what is being written first."""
        busy = self.writer.busy
        self.writer.cancel()
        return busy or super().stop()

    @property
    def report(self) -> Report | Taken:
        """The report chosen."""
        return self.model.at(max(0, self.reports.currentIndex().row()))

    def choose(self, name: str) -> None:
        """Choose a report by its name."""
        self.reports.setCurrentIndex(self.model.index(self.model.row_of(name)))

    def _choose_report(self) -> None:
        report = self.report
        if isinstance(report, Taken):
            self.choices.show_report(None)
        else:
            self.choices.show_report(report)
            if report.name in self._handed:
                self.choices.take(self._handed.pop(report.name))
        self.taken.hide()
        self._make()

    def _drop_taken(self) -> None:
        """What was shown elsewhere is no longer so after a step."""
        row_ = self.reports.currentIndex().row() - self.model.set_taken(None)
        self.reports.setCurrentIndex(self.model.index(max(0, row_)))

    def _recipe(self) -> Recipe:
        report = self.report
        if isinstance(report, Taken):
            return report.recipe
        return partial(exporting.table, report.name, self.choices.options())

    def _make(self) -> None:
        self._making.ask(on_copy, self.project.path, exporting.preview, self._recipe())

    def _wait(self) -> None:
        self.states.show_loading(tr("Making the first page …"))

    def _stop(self) -> None:
        self._making.drop()
        self.states.show_empty(tr("Stopped. Nothing has been changed."))
        self.say("")

    def _refuse(self, error: QualCoderError) -> None:
        self._allow(writing=False)
        self.blocked.hide()
        self.states.show_empty(str(error))
        self.say("")

    def _show(self, made: Preview) -> None:
        self.heading.setText(made.table.title)
        self.rows_shown.setText(_n_shown(len(made.table.rows), made.rows))
        self.notes.setText(" ".join(made.table.notes))
        self.preview.show_table(made.table)
        if made.blocked:
            self.blocked.show_sentence(made.blocked, kind="warning")
        else:
            self.blocked.hide()
        self._allow(writing=True)
        if isinstance(self.report, Taken):
            self.taken.setText(exporting.told(made.table))
            self.taken.show()
        if made.rows:
            self.states.show_content()
        else:
            self.states.show_empty(tr("There is nothing in this report yet."),
                                   tr("Code some words, or choose more at the left."))  # fmt: skip
        self.say(_n_rows(made.rows))

    def _allow(self, *, writing: bool) -> None:
        for made in (*self.formats, self.copy):
            made.setEnabled(writing)

    def _write(self) -> None:
        form, report = self.formats[cast("QPushButton", self.sender())], self.report
        if isinstance(report, Taken):
            self.writer.write_table(report.recipe, report.name, form)
        else:
            make = partial(exporting.document_of, report.name, self.choices.options())
            self.writer.write(make, report.title.lower(), form)

    def _write_whole(self) -> None:
        [excel] = [form for form in self.formats.values() if form.ending == ".xlsx"]
        make = partial(exporting.whole, self.choices.options())
        self.writer.write(make, self.project.path.stem, excel)


def _button(form: Format) -> QPushButton:
    short = {".xlsx": tr("Excel"), ".docx": tr("Word"), ".csv": tr("CSV")}
    made = button(short.get(form.ending, form.name))
    made.setToolTip(form.name)
    made.setAccessibleName(form.name)
    return made


def _n_shown(shown: int, rows: int) -> str:
    if shown == rows:
        return _n_rows(rows)
    return tr(
        "The first {shown} of {rows:,} rows. The file holds all of them.", shown=shown, rows=rows
    )


def _n_rows(n: int) -> str:
    return ntr("{n} row", "{n} rows", n)
