"""What the heat of a matrix means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.reports.options import Cells
from qualcoder_sm.ui.pages.matrix_words import unlike
from qualcoder_sm.ui.pages.widgets.heat_cells import heat_color
from qualcoder_sm.ui.pages.widgets.heat_model import Shown
from qualcoder_sm.ui.pages.wording import counted_cells
from qualcoder_sm.ui.widgets import Elided, label, link, row

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.crosstab import Grid
    from qualcoder_sm.ui.theme import ThemeManager


class Legend(QWidget):
    """What the heat means, and whether the columns can be compared."""

    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._least, self._most = label("0", "muted"), label("", "muted")
        self._note = Elided("", "muted")
        self._note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.shareRequested = link(tr("Show as shares"))
        self._ramp = _Ramp(theme)
        self.setLayout(row(self._least, 8, self._ramp, 8, self._most, 24, self._note, 4,
                           self.shareRequested, 0))  # fmt: skip

    def show_grid(self, grid: Grid, shown: Shown) -> None:
        """Say what the strongest colour stands for."""
        heat = shown is not Shown.NUMBERS and grid.largest > 0
        for part in (self._least, self._ramp, self._most):
            part.setVisible(heat)
        share = shown is Shown.SHARE
        self._most.setText(
            tr("the largest share")
            if share
            else counted_cells(grid.cells, grid.largest, grid.sources)
        )
        note = "" if share or grid.cells is Cells.PRESENCE else unlike(grid)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.shareRequested.setVisible(bool(note))


class _Ramp(QWidget):
    def __init__(self, theme: ThemeManager) -> None:
        super().__init__()
        self._manager = theme
        self.setFixedSize(158, 10)
        self.setAccessibleName(tr("Shading from weak to strong"))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._manager.theme
        ramp = QLinearGradient(0, 0, self.width(), 0)
        ramp.setColorAt(0, heat_color(theme, 0))
        ramp.setColorAt(1, heat_color(theme, 1))
        painter.fillRect(QRectF(self.rect()), ramp)
