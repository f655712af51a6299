"""Export: choose a report, see its first page, write it in a format of choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project.segments import Filter
from qualcoder_sm.reports import Report, reports
from qualcoder_sm.reports.options import Cells, Options
from qualcoder_sm.ui.pages import exporting
from qualcoder_sm.ui.pages.compare import LEVELS
from qualcoder_sm.ui.pages.page import Page
from qualcoder_sm.ui.pages.widgets.check_row import CheckRow
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.options import code_options, coder_options, source_options
from qualcoder_sm.ui.pages.widgets.report_view import ReportView
from qualcoder_sm.ui.pages.widgets.rows import (
    Index,
    paint_ground,
    paint_words,
    place_of,
    state_of,
)
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.pages.widgets.writing import Writer, WrittenLine, offered
from qualcoder_sm.ui.pages.wording import level_name
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.table_model import NOWHERE
from qualcoder_sm.ui.widgets import Banner, button, column, label, row, surface

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from qualcoder_sm.analysis.units import Level
    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.exporters import Format
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.exporting import Preview
    from qualcoder_sm.ui.theme import ThemeManager

ALL = "all"
_ROW = 50
# Which choices matter to which report; all of them look at coders, codes and sources but these.
_ONLY = {"audit": {"coders"}, "codebook": {"codes"}}
_MORE = {"matrix": {"rows", "cells", "roll_up"}, "agreement": {"unit"}}


class ExportPage(Page):
    """Reports at the left, choices in the middle, the first page at the right."""

    shows = ("codings", "codes", "sources", "units", "people", "cases", "case_sources", "variables",
             "variable_values", "collections", "coders", "notes")  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.model = ReportsModel(self)
        self.reports = QListView()
        self.coders = ChoiceBox(tr("Coders"), _n_coders)
        self.codes = ChoiceBox(tr("Codes"), _n_codes)
        self.sources = ChoiceBox(tr("Sources"), _n_sources)
        self.rows = ChoiceBox(tr("Rows"))
        self.cells = ChoiceBox(tr("Count"))
        self.unit = ChoiceBox(tr("Unit"))
        self.roll_up = CheckRow(tr("Codes count their sub-codes too"))
        self.preview = ReportView(context.theme)
        self.heading, self.rows_shown = label("", "title"), label("", "muted")
        self.notes = label("", "muted", wrap=True)
        self.blocked = Banner()
        self.writer = Writer(context, self)
        self.written = WrittenLine(self.writer)
        self.formats = {_button(form): form for form in offered()}
        self.whole = button(tr("The whole workbook"))
        self._making = Latest(context.tasks, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.split = Split(Qt.Orientation.Horizontal, "export", [250, 250, 940])
        for part in (self._list(), self._choices(), self._page()):
            self.split.addWidget(part)
        self.split.setStretchFactor(2, 1)
        self.split.begin()
        self.setLayout(row(self.split))

    def _list(self) -> QWidget:
        left = surface("panel")
        self.reports.setModel(self.model)
        self.reports.setItemDelegate(_Rows(self.reports, self.context.theme))
        self.reports.setFrameShape(QListView.Shape.NoFrame)
        self.reports.setMouseTracking(True)
        self.reports.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.reports.setAccessibleName(tr("Reports"))
        self.reports.setCurrentIndex(self.model.index(0))
        left.setLayout(stretched(column(row(label(tr("Reports"), "head"), margins=(16, 14, 12, 6)),
                                        self.reports), 1))  # fmt: skip
        left.setMinimumWidth(200)
        return left

    def _choices(self) -> QWidget:
        middle = surface("window")
        boxes = [self.coders, self.codes, self.sources, self.rows, self.cells, self.unit]
        body = column(label(tr("What goes in"), "head"), 8, margins=(16, 14, 16, 14))
        for box in boxes:
            body.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
            body.addSpacing(8)
        body.addWidget(self.roll_up)
        body.addStretch(1)
        middle.setLayout(body)
        middle.setMinimumWidth(220)
        return middle

    def _page(self) -> QWidget:
        right, head, bar = surface("paper"), surface("paper"), surface("window", "top")
        head.setLayout(column(self.heading, 2, self.rows_shown, margins=(20, 14, 20, 8)))
        content = surface("paper")
        table = row(self.preview, margins=(12, 0, 12, 0))
        notes = row(self.notes, margins=(20, 8, 20, 10))
        content.setLayout(stretched(column(head, table, notes), 1))
        self.states = States(content, self.context.tasks)
        parts: list[QWidget | int] = []
        for made in self.formats:
            parts += [made, 8]
        bar.setLayout(row(label(tr("Write as")), 10, *parts, 8, self.whole, 0,
                          margins=(20, 10, 20, 10)))  # fmt: skip
        right.setLayout(stretched(column(self.blocked, self.states, self.written, bar), 1))
        return right

    def _connect(self) -> None:
        self.reports.selectionModel().currentChanged.connect(self._choose_report)
        for box in (self.coders, self.codes, self.sources, self.rows, self.cells, self.unit):
            box.chosen.connect(self._make)
        self.roll_up.toggled.connect(self._make)
        for made in self.formats:
            made.clicked.connect(self._write)
        self.whole.clicked.connect(self._write_whole)
        self._making.ready.connect(self._show)
        self._making.failed.connect(self._refuse)
        self._making.slow.connect(self._wait)
        self.states.cancelled.connect(self._stop)

    def renew(self) -> None:
        """Make the first page anew, with what there is to choose from now."""
        every = [Option(ALL, tr("all"))]
        self.coders.set_options(every, coder_options(self.project))
        self.codes.set_options(every, code_options(self.project))
        self.sources.set_options(every, source_options(self.project))
        attributes = [
            Option(f"attribute:{name}", tr("attribute {name}", name=name))
            for name in self.project.cases.variables()
        ]
        self.rows.set_options(
            [Option("case", tr("cases")), Option("collection", tr("collections")),
             Option("source", tr("sources")), *attributes]
        )  # fmt: skip
        self.cells.set_options(
            [Option(Cells.CODINGS, tr("codings")), Option(Cells.CHARACTERS, tr("characters")),
             Option(Cells.PRESENCE, tr("presence")), Option(Cells.UNITS, tr("turns and posts"))]
        )  # fmt: skip
        self.unit.set_options([Option(level, level_name(level)) for level in LEVELS])
        self._choose_report()

    @property
    def report(self) -> Report:
        """The report chosen."""
        return self.model.at(max(0, self.reports.currentIndex().row()))

    def choose(self, name: str) -> None:
        """Choose a report by its name."""
        self.reports.setCurrentIndex(self.model.index(self.model.row_of(name)))

    def options(self) -> Options:
        """What the boxes say."""
        which = Filter(_guids(self.coders), _guids(self.codes), _guids(self.sources))
        return Options(
            which,
            rows=str(self.rows.value),
            cells=cast("Cells", self.cells.value),
            level=cast("Level", self.unit.value),
            roll_up=self.roll_up.isChecked(),
            totals=True,
            codes_down=True,
        )

    def _choose_report(self) -> None:
        name = self.report.name
        meant = _ONLY.get(name, {"coders", "codes", "sources"}) | _MORE.get(name, set())
        for key in ("coders", "codes", "sources", "rows", "cells", "unit", "roll_up"):
            getattr(self, key).setVisible(key in meant)
        self._make()

    def _make(self) -> None:
        self._making.ask(
            on_copy, self.project.path, exporting.preview, self.report.name, self.options()
        )

    def _wait(self) -> None:
        self.states.show_loading(tr("Making the first page …"))

    def _stop(self) -> None:
        self._making.drop()
        self.states.show_empty(tr("Stopped. Nothing has been changed."))

    def _refuse(self, error: QualCoderError) -> None:
        self._allow(writing=False)
        self.blocked.hide()
        self.states.show_empty(str(error))

    def _show(self, made: Preview) -> None:
        self.heading.setText(made.table.title)
        self.rows_shown.setText(_n_shown(len(made.table.rows), made.rows))
        self.notes.setText(" ".join(made.table.notes))
        self.notes.setVisible(bool(made.table.notes))
        self.preview.show_table(made.table)
        if made.blocked:
            self.blocked.show_sentence(made.blocked, kind="warning")
        else:
            self.blocked.hide()
        self._allow(writing=True)
        if made.rows:
            self.states.show_content()
        else:
            self.states.show_empty(tr("There is nothing in this report yet."),
                                   tr("Code some words, or choose more at the left."))  # fmt: skip
        self.say(_n_rows(made.rows))

    def _allow(self, *, writing: bool) -> None:
        for made in self.formats:
            made.setEnabled(writing)

    def _write(self) -> None:
        form = self.formats[cast("QPushButton", self.sender())]
        chosen = self.options().only(self.report.choices)
        self.writer.write((self.report.name,), chosen, self.report.title.lower(), form)

    def _write_whole(self) -> None:
        [excel] = [form for form in self.formats.values() if form.ending == ".xlsx"]
        self.writer.write(("project",), self.options(), self.project.path.stem, excel)


class ReportsModel(QAbstractListModel):
    """The reports there are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports = reports()

    def at(self, row: int) -> Report:
        """The report in a row."""
        return self._reports[row]

    def row_of(self, name: str) -> int:
        """The row of a report."""
        return [one.name for one in self._reports].index(name)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._reports)

    def data(self, index: QModelIndex | Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, and what it answers."""
        if not index.isValid():
            return None
        one = self._reports[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.title}. {one.question}"
        return None


class _Rows(QStyledItemDelegate):
    def __init__(self, view: QListView, theme: ThemeManager) -> None:
        super().__init__(view)
        self._manager = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, round(_ROW * self._manager.theme.ui_scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._manager.theme, place_of(option)
        report: Report = index.model().at(index.row())  # type: ignore[attr-defined]
        painter.save()
        paint_ground(painter, rect, theme, state_of(option), bar=True)
        half = rect.height() // 2
        top, below = rect.adjusted(16, 5, -10, -half), rect.adjusted(16, half - 1, -10, -5)
        paint_words(painter, top, report.title, theme.color.text, theme.font())
        paint_words(painter, below, report.question, theme.color.muted, theme.font(12))
        painter.restore()


def _button(form: Format) -> QPushButton:
    short = {".xlsx": tr("Excel"), ".docx": tr("Word"), ".csv": tr("CSV")}
    made = button(short.get(form.ending, form.name))
    made.setToolTip(form.name)
    made.setAccessibleName(form.name)
    return made


def _guids(box: ChoiceBox) -> tuple[str, ...]:
    return box.value if isinstance(box.value, tuple) else ()


def _n_shown(shown: int, rows: int) -> str:
    if shown == rows:
        return _n_rows(rows)
    return tr(
        "The first {shown} of {rows:,} rows. The file holds all of them.", shown=shown, rows=rows
    )


def _n_rows(n: int) -> str:
    return ntr("{n} row", "{n} rows", n)


def _n_coders(n: int) -> str:
    return ntr("{n} coder", "{n} coders", n)


def _n_codes(n: int) -> str:
    return ntr("{n} code", "{n} codes", n)


def _n_sources(n: int) -> str:
    return ntr("{n} source", "{n} sources", n)
