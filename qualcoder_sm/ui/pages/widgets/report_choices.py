"""What may be chosen for a report: a box for each choice it declares, and lines for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.reports.options import PLAIN, Cells, Choice, Counted, Options
from qualcoder_sm.reports.provenance import narrowings
from qualcoder_sm.ui.pages.widgets import options as offers
from qualcoder_sm.ui.pages.widgets.check_row import CheckRow
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox, Option
from qualcoder_sm.ui.pages.widgets.layouts import emptied, stretched
from qualcoder_sm.ui.widgets import column, label, row, tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcoder_sm.project.project import Project
    from qualcoder_sm.reports import Report

BEGIN = Options(codes_down=True, totals=True)
"""How a report is asked for first: a matrix as a page of a paper shows it."""


class ReportChoices(QWidget):
    """Shows exactly what a report applies, and says it as options.

    A choice without a box is one that another page made: it stands as a line that can be removed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[Choice, ChoiceBox | CheckRow] = _boxes()
        self._made = BEGIN
        self._report: Report | None = None
        self._project: Project | None = None
        self._lines = column()
        body = column(label(tr("What goes in"), "head"), 8, margins=(16, 14, 16, 14))
        for box in self.boxes.values():
            if isinstance(box, ChoiceBox):
                body.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
                box.chosen.connect(self.changed)
            else:
                body.addWidget(box)
                box.toggled.connect(self.changed)
        body.setSpacing(8)
        body.addLayout(self._lines)
        self.setLayout(body)

    def renew(self, project: Project) -> None:
        """Offer what there is in a project now."""
        self._project = project
        for choice, offered in _OFFERED.items():
            presets, items = offered(project)
            self._box(choice).set_options(presets, items)

    def show_report(self, report: Report | None) -> None:
        """Show the choices of a report; None has none."""
        self._report = report
        declared = report.choices if report else frozenset[Choice]()
        for choice, box in self.boxes.items():
            box.setVisible(choice in declared)
        if report:
            usual = {one.value: one.text for one in offers.words_options()}[report.words]
            first = Option(None, tr("{whose} (usual)", whose=usual))
            self._box(Choice.WORDS).set_options([first, *offers.words_options()])
        self._show_lines()

    def take(self, options: Options) -> None:
        """Choose for this report what another page chose, without telling anybody."""
        for choice in self._report.choices if self._report else ():
            value, box = options.value(choice), self.boxes.get(choice)
            if box is None:
                self._made = self._made.having(choice, value)
            elif isinstance(box, ChoiceBox):
                box.set_value(value)
            else:
                with QSignalBlocker(box):
                    box.setChecked(value)
        self._show_lines()

    def options(self) -> Options:
        """What is chosen for the report, and nothing that it does not apply."""
        made = self._made
        for choice, box in self.boxes.items():
            value = box.value if isinstance(box, ChoiceBox) else box.isChecked()
            made = made.having(choice, value)
        return made.only(self._report.choices if self._report else frozenset())

    def lines(self) -> list[str]:
        """What was chosen on another page, and has no box: "polarity: supports"."""
        return list(self._told().values())

    def _told(self) -> dict[Choice, str]:
        if not (self._report and self._project):
            return {}
        unboxed = self._report.choices - self.boxes.keys()
        return dict(narrowings(self._project, self._made, unboxed))

    def _show_lines(self) -> None:
        emptied(self._lines)
        for choice, words in self._told().items():
            line = _Line(choice, words)
            line.removed.connect(self._remove)
            self._lines.addWidget(line)

    def _remove(self, choice: Choice) -> None:
        self._made = self._made.having(choice, PLAIN.value(choice))
        self._show_lines()
        self.changed.emit()

    def _box(self, choice: Choice) -> ChoiceBox:
        box = self.boxes[choice]
        assert isinstance(box, ChoiceBox)
        return box


class _Line(QWidget):
    """A choice in words, and a button that removes it."""

    removed = Signal(object)
    """The Choice."""

    def __init__(self, choice: Choice, words: str) -> None:
        super().__init__()
        self._choice = choice
        away = tool("x", tr("Remove {what}", what=words))
        away.clicked.connect(self._remove)
        self.setLayout(stretched(row(label(words, wrap=True), 6, away), 0))

    def _remove(self) -> None:
        self.removed.emit(self._choice)


def _boxes() -> dict[Choice, ChoiceBox | CheckRow]:
    """The choices that can be made here, in the order in which they stand."""
    return {
        Choice.CODER: ChoiceBox(tr("Coders"), lambda n: ntr("{n} coder", "{n} coders", n)),
        Choice.CODE: ChoiceBox(tr("Codes"), lambda n: ntr("{n} code", "{n} codes", n)),
        Choice.SOURCE: ChoiceBox(tr("Sources"), lambda n: ntr("{n} source", "{n} sources", n)),
        Choice.COLLECTION: ChoiceBox(
            tr("Collections"), lambda n: ntr("{n} collection", "{n} collections", n)),
        Choice.CASE: ChoiceBox(tr("Cases"), lambda n: ntr("{n} case", "{n} cases", n)),
        Choice.ATTRIBUTE: ChoiceBox(
            tr("Attributes"), lambda n: ntr("{n} value", "{n} values, all hold", n)),
        Choice.SPEAKER: ChoiceBox(
            tr("Speakers"), lambda n: ntr("{n} speaker", "{n} speakers", n)),
        Choice.ROLE: ChoiceBox(tr("Roles"), lambda n: ntr("{n} role", "{n} roles", n)),
        Choice.WORDS: ChoiceBox(tr("Words")),
        Choice.ROWS: ChoiceBox(tr("Rows")),
        Choice.CELLS: ChoiceBox(tr("Count")),
        Choice.UNIT: ChoiceBox(tr("Unit")),
        Choice.SOURCES: ChoiceBox(tr("Of the sources")),
        Choice.ROLL_UP: CheckRow(tr("with sub-codes")),
        Choice.CODES_DOWN: CheckRow(tr("codes as rows"), checked=BEGIN.codes_down),
        Choice.TOTALS: CheckRow(tr("with totals"), checked=BEGIN.totals),
        Choice.USED_ONLY: CheckRow(tr("only what was used")),
        Choice.ALL_COEFFICIENTS: CheckRow(tr("every coefficient")),
    }  # fmt: skip


_Offer = tuple[list[Option], list[Option]]


def _any(items: Callable[[Project], list[Option]]) -> Callable[[Project], _Offer]:
    return lambda project: ([Option((), tr("all"))], items(project))


def _one(presets: Callable[[Project], list[Option]]) -> Callable[[Project], _Offer]:
    return lambda project: (presets(project), [])


def _cells(_project: Project) -> list[Option]:
    return [Option(Cells.CODINGS, tr("codings")), Option(Cells.CHARACTERS, tr("characters")),
            Option(Cells.PRESENCE, tr("presence")),
            Option(Cells.UNITS, tr("turns and posts"))]  # fmt: skip


def _counted(_project: Project) -> list[Option]:
    return [Option(None, tr("finished, or those named")),
            Option(Counted.FINISHED, tr("finished by all coders")),
            Option(Counted.BOTH, tr("coded by all coders")),
            Option(Counted.ALL, tr("all"))]  # fmt: skip


_OFFERED: dict[Choice, Callable[[Project], _Offer]] = {
    Choice.CODER: _any(offers.coder_options),
    Choice.CODE: _any(lambda project: offers.code_options(project, themes=True)),
    Choice.SOURCE: _any(offers.source_options),
    Choice.COLLECTION: _any(offers.collection_options),
    Choice.CASE: _any(offers.case_options),
    Choice.ATTRIBUTE: _any(offers.attribute_options),
    Choice.SPEAKER: _any(offers.speaker_options),
    Choice.ROLE: _any(offers.role_options),
    Choice.ROWS: _one(offers.group_options),
    Choice.CELLS: _one(_cells),
    Choice.UNIT: _one(lambda _project: offers.unit_options()),
    Choice.SOURCES: _one(_counted),
}
