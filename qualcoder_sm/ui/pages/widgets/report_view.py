"""A Table of the reports, to be looked at."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from qualcoder_sm.i18n import tr
from qualcoder_sm.table import ColumnType, Table
from qualcoder_sm.ui.table_model import TableModel
from qualcoder_sm.ui.theme import ThemeManager

_ROW = 30
_LEAST, _MOST, _LONG = 64, 300, 380
_LOOKED_AT = 40


class ReportView(QTableView):
    """Any Table: columns as wide as their first rows need, long texts cut."""

    def __init__(self, theme: ThemeManager, limit: int | None = None) -> None:
        super().__init__()
        self._manager = theme
        self.report = TableModel(self, limit)
        self.setModel(self.report)
        self.setAccessibleName(tr("Report"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet(
            "QTableView::item { padding: 0 5px; border-bottom: 1px solid palette(mid); }"
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._fit)

    def show_table(self, table: Table) -> None:
        """Show another table, from its first row."""
        self.report.set_table(table)
        self.setAccessibleName(table.title)
        self._fit()
        self.scrollToTop()

    def _fit(self) -> None:
        theme = self._manager.theme
        metrics, heads = QFontMetrics(theme.font()), QFontMetrics(theme.font(12, bold=True))
        self.verticalHeader().setDefaultSectionSize(round(_ROW * theme.ui_scale))
        rows = range(min(_LOOKED_AT, self.report.rowCount()))
        for number, column in enumerate(self.report.table.columns):
            head = self.report.headerData(number, Qt.Orientation.Horizontal)
            widths = [heads.horizontalAdvance(str(head))]
            widths += (
                metrics.horizontalAdvance(str(self.report.index(r, number).data())) for r in rows
            )
            most = _LONG if column.type is ColumnType.LONG_TEXT else _MOST
            width = min(max(widths) + 26, round(most * theme.ui_scale))
            self.setColumnWidth(number, max(_LEAST, width))
