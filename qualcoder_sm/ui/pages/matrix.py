"""Matrix: where each code occurs, and the passages behind every number."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.project import quoting
from qualcoder_sm.reports.options import PLAIN, Cells
from qualcoder_sm.ui.pages import crosstab, listed, matrix_words
from qualcoder_sm.ui.pages.crosstab import ALONE, MAIN, ROLLED, Asked, Grid
from qualcoder_sm.ui.pages.page import TablePage
from qualcoder_sm.ui.pages.widgets.cell_pane import CellPane
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.choice_bar import ChoiceBar
from qualcoder_sm.ui.pages.widgets.heat_bases import HeatBases
from qualcoder_sm.ui.pages.widgets.heat_legend import Legend
from qualcoder_sm.ui.pages.widgets.heat_model import HeatModel, Shown
from qualcoder_sm.ui.pages.widgets.heat_table import HeatTable
from qualcoder_sm.ui.pages.widgets.latest import Latest, on_copy
from qualcoder_sm.ui.pages.widgets.layouts import Scrolled, stretched
from qualcoder_sm.ui.pages.widgets.options import (
    code_options,
    coder_options,
    group_options,
    words_options,
)
from qualcoder_sm.ui.pages.widgets.row_menu import Act, RowMenu
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.pages.wording import counted_cells
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.widgets import Elided, column, label, row, surface

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from qualcoder_sm.errors import QualCoderError
    from qualcoder_sm.project.filters import Words
    from qualcoder_sm.reports.options import Options
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.passages import Passage
    from qualcoder_sm.ui.pages.widgets.writing import Recipe

EVERYBODY = "everybody"
FEWEST_ROWS = 10
"""So many codes can be seen at once in the smallest window."""
_LOW, _NARROW = 560, 1180


class MatrixPage(TablePage):
    """Choices, the table with its sentences, and the passages of the cell chosen."""

    shows = ("codings", "codes", "sources", "units", "people", "cases", "case_sources", "variables",
             "variable_values", "collections", "coders")  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.rows = ChoiceBox(tr("Rows"), _n_codes)
        self.columns = ChoiceBox(tr("Columns"))
        self.count = ChoiceBox(tr("Count"))
        self.words = ChoiceBox(tr("Words"))
        self.coder = ChoiceBox(tr("Coder"))
        self.show_as = ChoiceBox(tr("Show"))
        self.model = HeatModel(self)
        self.table = HeatTable(context.theme, self.model)
        self.bases = HeatBases(context.theme, self.model, self.table)
        self.drill = CellPane(context.theme)
        self.title, self.subtitle = label("", "title"), label("", "muted", wrap=True)
        self.brief = Elided("", "muted")
        self.small = label("", "", wrap=True)
        self.legend = Legend(context.theme)
        self._grid: Grid | None = None
        self._behind = PLAIN
        self._counting = Latest(context.tasks, self)
        self._reading = Latest(context.tasks, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        bar = surface("window", "bottom")
        boxes = (self.rows, self.columns, self.count, self.words, self.coder, self.show_as)
        bar.setLayout(ChoiceBar(boxes, (self.copy, self.export)))
        head = column(stretched(row(self.title, 12, self.brief), 2), 2, self.subtitle, 10)
        foot = column(12, self.legend, 10, self.small)
        page = surface("paper")
        table = stretched(row(self.table, 0), 0)
        bases = row(self.bases, 0)
        self._page = stretched(column(head, table, bases, foot, 0), 1)
        page.setLayout(self._page)
        self.states = States(Scrolled(page, tr("Matrix")), self.context.tasks)
        self.split = Split(Qt.Orientation.Horizontal, "matrix", [1120, 320])
        self.split.addWidget(self.states)
        self.split.addWidget(self.drill)
        self.split.setStretchFactor(0, 1)
        self.split.begin()
        self.setLayout(stretched(column(bar, self.split, self.written), 1))

    def _connect(self) -> None:
        for box in (self.rows, self.columns, self.count, self.words, self.coder):
            box.chosen.connect(self._ask)
        self.show_as.chosen.connect(self._show_otherwise)
        self.legend.shareRequested.clicked.connect(self._show_share)
        self.table.cellChosen.connect(self._open_cell)
        self.table.activated.connect(self.drill.take_focus)
        self.drill.list.openRequested.connect(self.openRequested)
        self._counting.ready.connect(self._show)
        self._counting.failed.connect(self._refuse)
        self._counting.slow.connect(self._wait)
        self._reading.ready.connect(self._show_passages)
        self._reading.failed.connect(self._refuse)
        self.states.cancelled.connect(self._stop)
        self._offer_menus()

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
        self.columns.set_options(group_options(self.project))
        if first and not self.project.cases.all():
            self.columns.set_value("collection" if self.project.collections.all() else "source")
        self.count.set_options(
            [Option(Cells.UNITS, tr("turns and posts")),
             Option(Cells.CODINGS, tr("codings")),
             Option(Cells.CHARACTERS, tr("characters")),
             Option(Cells.PRESENCE, tr("presence"))]
        )  # fmt: skip
        self.words.set_options(words_options())
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
            cast("Words", self.words.value),
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
        self.allow(table=False)
        self.drill.show_nothing()
        self.states.show_empty(sentence, how)
        self.say("")

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
        self.allow(table=True)
        folds = {line.code.guid for line in grid.lines if line.has_children}
        self.model.show_grid(grid, self._chosen_show(), folds if self.rows.value == MAIN else set())
        self._write_sentences()
        self._fit()
        self._look_at(looked_at)
        self.say(matrix_words.tallied(grid))

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

    def _chosen_show(self) -> Shown:
        """What is to be shown; what the cells show until they are counted, the model knows."""
        return cast("Shown", self.show_as.value)

    def _show_otherwise(self) -> None:
        self.model.set_shown(self._chosen_show())
        self._write_sentences()

    def _show_share(self) -> None:
        self.show_as.choose(Shown.SHARE)

    def _offer_menus(self) -> None:
        drill = self.drill.list
        RowMenu(self.table, (
            Act(tr("Read the passages") + "\tEnter", self.drill.take_focus, self._has_passages),
            Act(tr("Open or close the code"), self._fold, self.table.can_fold),
            *self.acts(),
        ))  # fmt: skip
        RowMenu(drill, (
            Act(tr("Go there") + "\tEnter", drill.go, drill.has_current),
            Act(tr("Copy as quotation") + "\tCtrl+C", self._copy_quotation, drill.has_current),
            Act(tr("Copy all passages as a table"), self.copy_passages, self._has_passages),
        ))  # fmt: skip
        drill.copyRequested.connect(self._copy_quotation)

    def _fold(self) -> None:
        self.table.fold(self.table.currentIndex().row(), self.table.currentIndex().column())

    def _has_passages(self) -> bool:
        return self.drill.list.passages.rowCount() > 0

    def copy_passages(self) -> None:
        """Put the passages of the cell onto the clipboard as a table, as they may be published."""
        self.writer.copy(partial(listed.passages, self.drill.list.passages.guids(), self._behind))

    def _copy_quotation(self) -> None:
        guids = self.drill.list.current_guids()
        found = quoting.quotations(self.project.segments.named(guids))
        if found:
            QGuiApplication.clipboard().setText(quoting.as_text(found))
            self.say(quoting.copied(found))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, rows get lower and sentences shorter."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = self.context.theme.theme.ui_scale
        low, narrow = self.height() < _LOW * scale, self.width() < _NARROW * scale
        self.table.set_low(low)
        self.subtitle.setVisible(not low)
        self.brief.setVisible(low)
        self._page.setContentsMargins(20, 8 if low else 18, 20, 8 if low else 14)
        self.table.setMaximumSize(self.table.wanted_width(), self.table.wanted_height())
        self.table.setMinimumHeight(self.table.wanted_height(FEWEST_ROWS))
        self.drill.setVisible(self.drill.is_filled or not narrow)

    def _write_sentences(self) -> None:
        grid = self._grid
        if grid is None:
            return
        shown = self.model.shown
        self.title.setText(matrix_words.title(grid))
        for said in (self.subtitle, self.brief):
            said.setText(" ".join(matrix_words.sentences(grid, share=shown is Shown.SHARE)))
        self.legend.show_grid(grid, shown)
        self.small.setText(matrix_words.few(grid))
        self.small.setVisible(bool(self.small.text()))

    def _open_cell(self, index: QModelIndex) -> None:
        cell = self.model.cell(index)
        if cell is None or self._grid is None:
            self._reading.drop()
            self.drill.show_nothing()
            self._fit()
            return
        line, group = cell
        grid = self._grid
        value = grid.lines[line].total if group is None else grid.lines[line].cells[group]
        where = tr("all") if group is None else grid.groups[group]
        words = counted_cells(grid.cells, value, grid.sources)
        self.drill.begin(grid.lines[line].code.color, tr("{code} in {group}",
                         code=grid.lines[line].code.name, group=where), words)  # fmt: skip
        self._fit()
        self.say(
            tr("Row {row}, column {column}, {counted} of {all}", row=grid.lines[line].code.name,
               column=where, counted=words, all=f"{grid.lines[line].total:,}")
        )  # fmt: skip
        which = crosstab.behind(grid, line, group)
        self._behind = replace(grid.options, which=which)
        self._reading.ask(on_copy, self.project.path, crosstab.passages, which)

    def _show_passages(self, passages: tuple[Passage, ...]) -> None:
        colors = {code.guid: code.color for code in self.project.codebook.codes()}
        self.drill.show_passages(passages, colors)

    @property
    def main(self) -> QWidget:
        """The table."""
        return self.table

    def shown_options(self) -> tuple[str, Options] | None:
        """The report that the table is part of, and what was chosen for it."""
        return ("matrix", self._grid.options) if self._grid else None

    @property
    def table_name(self) -> str:
        """What the table is called."""
        return tr("matrix")

    def shown_table(self) -> Recipe | None:
        """The rows that are not folded away, with their bases, as numbers or shares."""
        if self._grid is None:
            return None
        lines = tuple(self.model.numbers())
        return partial(crosstab.table, self._grid, lines, share=self.model.shown is Shown.SHARE)


def _n_codes(n: int) -> str:
    return ntr("{n} code", "{n} codes", n)
