"""What the groups of a matrix hold in all: rows that stay below the table and scroll with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.widgets.heat_cells import HeatCells
from qualcoder_sm.ui.pages.widgets.heat_heads import Codes

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.widgets.heat_model import HeatModel
    from qualcoder_sm.ui.pages.widgets.heat_table import HeatTable
    from qualcoder_sm.ui.theme import ThemeManager


class HeatBases(QTableView):
    """The last rows of the model, under the columns of the table above."""

    def __init__(self, theme: ThemeManager, model: HeatModel, above: HeatTable) -> None:
        super().__init__()
        self._heat, self._above = model, above
        self.setModel(model)
        self.setItemDelegate(HeatCells(self, theme, model))
        self.setVerticalHeader(Codes(theme, model, self))
        self.horizontalHeader().hide()
        self.setAccessibleName(tr("What the groups hold in all"))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        above.roomChanged.connect(self.fit)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)

    def fit(self) -> None:
        """Be as wide as what is seen of the table above, column under column."""
        names, row = self._above.verticalHeader(), self._above.verticalHeader().defaultSectionSize()
        self.horizontalHeader().setDefaultSectionSize(
            self._above.horizontalHeader().defaultSectionSize()
        )
        self.verticalHeader().setDefaultSectionSize(row)
        self.verticalHeader().setFixedWidth(names.width())
        for number in range(self._heat.rowCount()):
            self.setRowHidden(number, self._heat.line(number) is not None)
        bases = self._heat.rowCount() - self._heat.lines
        self.setFixedSize(names.width() + self._above.viewport().width(), bases * row)
        self.updateGeometries()
        self.horizontalScrollBar().setValue(self._above.horizontalScrollBar().value())
