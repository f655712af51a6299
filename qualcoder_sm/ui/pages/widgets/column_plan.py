"""Which column of a table becomes what, and what becomes of names that get keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.importers.posts import FIELDS
from qualcoder_sm.ui.pages.widgets.check_row import CheckRow
from qualcoder_sm.ui.pages.widgets.layouts import emptied
from qualcoder_sm.ui.widgets import Choice, Elided, column, label, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcoder_sm.importers.table import TablePreview

LEFT_OUT = ""
_SHORTEST_SHOWN = 4


def field_names() -> dict[str, str]:
    """What a column can become, in words."""
    return {
        "id": tr("post id"),
        "thread": tr("thread"),
        "reply_to": tr("answers post"),
        "author": tr("author"),
        "time": tr("time"),
        "text": tr("text"),
        "title": tr("title"),
        "platform": tr("platform"),
        "url": tr("address"),
        "reactions": tr("reactions"),
        "role": tr("author’s role"),
        "feature": tr("feature"),
        "removed": tr("removed"),
        "quote_rule": tr("quote rule"),
        "space": tr("group"),
        LEFT_OUT: tr("leave out"),
    }


def masked(name: str) -> str:
    """A name that is no longer told: "Is••••"."""
    return f"{name[:2]}••••" if len(name) >= _SHORTEST_SHOWN else "••••"


class ColumnPlan(QWidget):
    """A row per column of the file; `changed` when a column becomes something else."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._preview: TablePreview | None = None
        self._boxes: list[QComboBox] = []
        self._values: list[Elided] = []
        self._summary = label("", "muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 4)
        self._grid.setColumnStretch(1, 5)
        self._body = column(row(label(tr("Columns"), "head"), 10, self._summary, 0), 8)
        self._body.addLayout(self._grid)
        self.setLayout(self._body)

    def show_table(self, preview: TablePreview, columns: Mapping[str, str]) -> None:
        """Show the columns of a table, and what they become: a header for each field."""
        self._preview = preview
        emptied(self._grid)
        self._boxes, self._values = [], []
        heads = (tr("in the file"), tr("first value"), tr("becomes"))
        for place, head in enumerate(heads):
            self._grid.addWidget(label(head, "small"), 0, place)
        for number, header in enumerate(preview.headers):
            self._add(number, header)
        self.set_columns(columns)

    def set_columns(self, columns: Mapping[str, str]) -> None:
        """Choose what the columns become, without telling anybody."""
        if self._preview is None:
            return
        by_header = {header: field for field, header in columns.items()}
        for header, box in zip(self._preview.headers, self._boxes, strict=True):
            box.setCurrentIndex(box.findData(by_header.get(header, LEFT_OUT)))
        self._tell()

    def columns(self) -> dict[str, str]:
        """The header of each field; empty where the field is left out."""
        if self._preview is None:
            return {}
        chosen = dict.fromkeys(FIELDS, LEFT_OUT)
        for header, box in zip(self._preview.headers, self._boxes, strict=True):
            if box.currentData():
                chosen[str(box.currentData())] = header
        return chosen

    def box(self, header: str) -> QComboBox:
        """The box of a column."""
        assert self._preview is not None, "no table is shown yet"
        return self._boxes[self._preview.headers.index(header)]

    def first_value(self, header: str) -> str:
        """The first value of a column as it is shown."""
        assert self._preview is not None, "no table is shown yet"
        return self._values[self._preview.headers.index(header)].text()

    def _add(self, number: int, header: str) -> None:
        box, value = Choice(), Elided("", "muted")
        for field, name in field_names().items():
            box.addItem(name, field)
        box.setAccessibleName(tr("The column {header} becomes", header=header))
        box.activated.connect(self._choose)
        box.setFixedWidth(146)
        name = Elided(header, "strong")
        self._boxes.append(box)
        self._values.append(value)
        for place, widget in enumerate((name, value, box)):
            self._grid.addWidget(widget, number + 1, place)

    def _choose(self) -> None:
        """A field has one column: whichever had it before is left out."""
        chosen = cast("QComboBox", self.sender())
        for box in self._boxes:
            if (
                box is not chosen
                and chosen.currentData()
                and box.currentData() == chosen.currentData()
            ):
                box.setCurrentIndex(box.findData(LEFT_OUT))
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if self._preview is None:
            return
        used = sum(bool(box.currentData()) for box in self._boxes)
        self._summary.setText(
            ntr("{used} of {n} used", "{used} of {n} used", len(self._boxes), used=used)
        )
        for box, value, first in zip(self._boxes, self._values, self._preview.first, strict=True):
            words = " ".join(first[0].split()) if first else ""
            value.setText(masked(words) if box.currentData() == "author" and words else words)


class Authors(QWidget):
    """Whether names inside the texts are replaced too, and where the key goes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.check = CheckRow("", checked=True)
        self.check.toggled.connect(self._tell)
        self.check.toggled.connect(self.changed)
        self._inside, self._note = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self._inside.setContentsMargins(24, 0, 0, 0)
        self._note.setContentsMargins(24, 0, 0, 0)
        self.setLayout(
            column(label(tr("Keys"), "head"), 6, self.check, self._inside, 4, self._note)
        )

    def show_authors(self, n: int, key: str, file: str) -> None:
        """Say how many names there are, what a key is like, and where the keys go."""
        self.setVisible(n > 0)
        self.check.setText(
            ntr("Replace {n} name by a key such as {key},", "Replace {n} names by keys such as {key},",
                n, key=key)
        )  # fmt: skip
        self.check.setAccessibleName(
            tr("{words} here and inside the texts", words=self.check.text())
        )
        self._note.setText(
            tr("The key goes to {file} beside your file, never into the project. Keep it locked away.",
               file=file)
        )  # fmt: skip
        self._tell()

    def words(self) -> str:
        """What is said."""
        return f"{self.check.text()} {self._inside.text()} {self._note.text()}"

    def _tell(self) -> None:
        self._inside.setText(
            tr("here and inside the texts") if self.check.isChecked()
            else tr("here only; names inside the texts stay as they are")
        )  # fmt: skip
