"""Matrix: where each code occurs, and the passages behind every number."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.ui.pages import crosstab
from qualcoder_sm.ui.pages.crosstab import ALONE, MAIN, ROLLED, Asked, Grid
from qualcoder_sm.ui.pages.matrix_words import counted, few, kind
from qualcoder_sm.ui.pages.page import Page
from qualcoder_sm.ui.pages.widgets.cell_pane import CellPane
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.heat_bases import HeatBases
from qualcoder_sm.ui.pages.widgets.heat_legend import Legend
from qualcoder_sm.ui.pages.widgets.heat_model import HeatModel, Shown
from qualcoder_sm.ui.pages.widgets.heat_table import HeatTable
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.options import code_options, coder_options
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.pages.widgets.writing import ExportButton, Writer, WrittenLine
from qualcoder_sm.ui.pages.wording import counted_cells
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.widgets import column, label, row, surface

if TYPE_CHECKING:
    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.exporters import Format
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.passages import Passage

EVERYBODY = "everybody"


class MatrixPage(Page):
    """Choices, the table with its sentences, and the passages of the cell chosen."""

    shows = ("codings", "codes", "sources", "units", "people", "cases", "case_sources", "variables",
             "variable_values", "collections", "coders")  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.rows = ChoiceBox(tr("Rows"), _n_codes)
        self.columns = ChoiceBox(tr("Columns"))
        self.count = ChoiceBox(tr("Count"))
        self.coder = ChoiceBox(tr("Coder"))
        self.show_as = ChoiceBox(tr("Show"))
        self.export = ExportButton()
        self.writer = Writer(context, self)
        self.written = WrittenLine(self.writer)
        self.model = HeatModel(self)
        self.table = HeatTable(context.theme, self.model)
        self.bases = HeatBases(context.theme, self.model, self.table)
        self.drill = CellPane(context.theme)
        self.title, self.subtitle = label("", "title"), label("", "muted", wrap=True)
        self.small = label("", "", wrap=True)
        self.legend = Legend(context.theme)
        self._grid: Grid | None = None
        self._counting = Latest(context.tasks, self)
        self._reading = Latest(context.tasks, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        bar = surface("window", "bottom")
        boxes = row(self.rows, 8, self.columns, 8, self.count, 8, self.coder, 8, self.show_as)
        bar.setLayout(row(boxes, 8, 0, self.export, margins=(20, 8, 20, 8)))
        head = column(self.title, 2, self.subtitle, 10)
        foot = column(12, self.legend, 10, self.small)
        page = surface("paper")
        table = stretched(row(self.table, 0), 0)
        bases = row(self.bases, 0)
        page.setLayout(stretched(column(head, table, bases, foot, 0, margins=(20, 18, 20, 14)), 1))
        self.states = States(page, self.context.tasks)
        left = QWidget()
        left.setLayout(stretched(column(bar, self.written, self.states), 2))
        self.split = Split(Qt.Orientation.Horizontal, "matrix", [1120, 320])
        self.split.addWidget(left)
        self.split.addWidget(self.drill)
        self.split.setStretchFactor(0, 1)
        self.split.begin()
        self.setLayout(row(self.split))

    def _connect(self) -> None:
        for box in (self.rows, self.columns, self.count, self.coder):
            box.chosen.connect(self._ask)
        self.show_as.chosen.connect(self._show_otherwise)
        self.legend.shareRequested.clicked.connect(self._show_share)
        self.table.cellChosen.connect(self._open_cell)
        self.table.activated.connect(self.drill.take_focus)
        self.drill.list.openRequested.connect(self.openRequested)
        self.export.asked.connect(self._export)
        self._counting.ready.connect(self._show)
        self._counting.failed.connect(self._refuse)
        self._counting.slow.connect(self._wait)
        self._reading.ready.connect(self._show_passages)
        self._reading.failed.connect(self._refuse)
        self.states.cancelled.connect(self._stop)

    def renew(self) -> None:
        """Count again, with what there is to choose from now."""
        self._fill_choices()
        self._ask()

    def _fill_choices(self) -> None:
        first = self.columns.value is None
        self.rows.set_options(
            [Option(ROLLED, tr("all, with sub-codes")),
             Option(MAIN, tr("main codes, with sub-codes")),
             Option(ALONE, tr("all, each alone"))],
            code_options(self.project, themes=True),
        )  # fmt: skip
        attributes = [
            Option(f"attribute:{name}", tr("attribute {name}", name=name))
            for name in self.project.cases.variables()
        ]
        self.columns.set_options(
            [Option("case", tr("cases")), Option("collection", tr("collections")),
             Option("source", tr("sources")), *attributes]
        )  # fmt: skip
        if first and not self.project.cases.all():
            self.columns.set_value("collection" if self.project.collections.all() else "source")
        self.count.set_options(
            [Option(Cells.UNITS, tr("turns and posts")),
             Option(Cells.CODINGS, tr("codings")),
             Option(Cells.CHARACTERS, tr("characters")),
             Option(Cells.PRESENCE, tr("presence"))]
        )  # fmt: skip
        everybody = self.coder.value is None
        self.coder.set_options([Option(EVERYBODY, tr("all")), *coder_options(self.project)])
        if everybody and self.project.coders.codings().get(self.project.coder.guid):
            self.coder.set_value(self.project.coder.guid)
        self._fill_show()

    def _fill_show(self) -> None:
        shares = self.count.value is not Cells.PRESENCE
        self.show_as.set_options(
            [Option(Shown.HEAT, tr("numbers and heat")), Option(Shown.NUMBERS, tr("numbers")),
             *([Option(Shown.SHARE, tr("shares and heat"))] if shares else [])]
        )  # fmt: skip

    def _asked(self) -> Asked:
        coder = self.coder.value
        return Asked(
            cast("str | tuple[str, ...]", self.rows.value),
            str(self.columns.value),
            cast("Cells", self.count.value),
            None if coder == EVERYBODY else str(coder),
        )

    def _ask(self) -> None:
        self._fill_show()
        self._reading.drop()
        if not self.project.sources.all():
            self._show_nothing(
                tr("No texts yet."), tr("Import transcripts or posts, and code them.")
            )
        elif not self.project.codebook.codes():
            how = tr("Start from a ready-made book or write the first code.")
            self._show_nothing(tr("No codes yet."), how)
        else:
            self._counting.ask(on_copy, self.project.path, crosstab.grid, self._asked())

    def _show_nothing(self, sentence: str, how: str = "") -> None:
        self._grid = None
        self.export.setEnabled(False)
        self.drill.show_nothing()
        self.states.show_empty(sentence, how)

    def _wait(self) -> None:
        self.states.show_loading(tr("Counting …"))

    def _stop(self) -> None:
        self._counting.drop()
        self._show_nothing(tr("Stopped. Nothing has been changed."))

    def _refuse(self, error: QualCoderError) -> None:
        self._show_nothing(str(error))

    def _show(self, grid: Grid) -> None:
        looked_at = self._looked_at()
        self._grid = grid
        self.states.show_content()
        self.export.setEnabled(True)
        folds = {line.code.guid for line in grid.lines if line.has_children}
        self.model.show_grid(grid, self._shown(), folds if self.rows.value == MAIN else set())
        self._write_sentences()
        self._fit()
        self._look_at(looked_at)
        self.say(ntr("{n} coding counted", "{n} codings counted", grid.codings))

    def _looked_at(self) -> tuple[str, str]:
        """Code and group of the cell that is current, by guid and name."""
        index = self.table.currentIndex()
        line = self.model.line(index.row()) if index.isValid() else None
        head = self.model.headerData(index.column(), Qt.Orientation.Horizontal)
        return (line.code.guid, str(head)) if line else ("", "")

    def _look_at(self, cell: tuple[str, str]) -> None:
        """Make the cell of this code and group the current one, where it still is."""
        self.drill.show_nothing()
        heads = [self.model.headerData(c, Qt.Orientation.Horizontal)
                 for c in range(self.model.columnCount())]  # fmt: skip
        for row_ in range(self.model.rowCount()):
            line = self.model.line(row_)
            if line and line.code.guid == cell[0] and cell[1] in heads:
                self.table.setCurrentIndex(self.model.index(row_, heads.index(cell[1])))

    def _shown(self) -> Shown:
        return cast("Shown", self.show_as.value)

    def _show_otherwise(self) -> None:
        self.model.set_shown(self._shown())
        self._write_sentences()

    def _show_share(self) -> None:
        self.show_as.choose(Shown.SHARE)

    def _fit(self) -> None:
        self.table.setMaximumSize(self.table.wanted_width(), self.table.wanted_height())

    def _write_sentences(self) -> None:
        grid = self._grid
        if grid is None:
            return
        self.title.setText(tr("Codes by {groups}", groups=kind(grid)))
        self.subtitle.setText(" ".join(self._subtitle(grid)))
        self.legend.show_grid(grid, self._shown())
        self.small.setText(few(grid))
        self.small.setVisible(bool(self.small.text()))

    def _subtitle(self, grid: Grid) -> list[str]:
        rolled = self.rows.value != ALONE
        words = counted(grid, share=self._shown() is Shown.SHARE)
        return [
            tr("{counted}, sub-codes included.", counted=words) if rolled
            else tr("{counted}, each code alone.", counted=words),
            tr("Coder: {name}.", name=self.coder.text_of_value()),
            tr("A passage can carry several codes, so totals can be less than the sum of their cells."),
        ]  # fmt: skip

    def _open_cell(self, index: QModelIndex) -> None:
        cell = self.model.cell(index)
        if cell is None or self._grid is None:
            self._reading.drop()
            self.drill.show_nothing()
            return
        line, group = cell
        grid = self._grid
        value = grid.lines[line].total if group is None else grid.lines[line].cells[group]
        where = tr("all") if group is None else grid.groups[group]
        words = counted_cells(grid.cells, value, grid.sources)
        self.drill.begin(grid.lines[line].code.color, tr("{code} in {group}",
                         code=grid.lines[line].code.name, group=where), words)  # fmt: skip
        self.say(
            tr("Row {row}, column {column}, {counted} of {all}", row=grid.lines[line].code.name,
               column=where, counted=words, all=f"{grid.lines[line].total:,}")
        )  # fmt: skip
        self._reading.ask(on_copy, self.project.path, crosstab.passages, grid, line, group)

    def _show_passages(self, passages: tuple[Passage, ...]) -> None:
        colors = {code.guid: code.color for code in self.project.codebook.codes()}
        self.drill.show_passages(passages, colors)

    def _export(self, form: Format) -> None:
        if self._grid:
            self.writer.write(("matrix",), self._grid.options, tr("matrix"), form)


def _n_codes(n: int) -> str:
    return ntr("{n} code", "{n} codes", n)
