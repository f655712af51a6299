"""What of the trail is shown: words, who, what, class of an audit, when."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QScrollArea, QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.pages.trail import Wanted
from qualcoder_sm.ui.pages.widgets.check_row import CheckRow
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.widgets import column, label, row, surface

if TYPE_CHECKING:
    from qualcoder_sm.project.steps import AuditClass, Subject
    from qualcoder_sm.ui.pages.trail import Trail

_TYPED = 250
_FIRST = date(1, 1, 1).toordinal()
Key = TypeVar("Key", bound=Hashable)


class Checks(QWidget):
    """A head and a row to check for each value, with how many there are."""

    changed = Signal()

    def __init__(self, title: str, *, checked: bool) -> None:
        super().__init__()
        self._checked = checked
        self._rows: dict[Hashable, CheckRow] = {}
        self._body = column(label(title, "head"), 4)
        self.setLayout(self._body)

    def show_counts(self, counts: Mapping[Key, int], names: Mapping[Key, str]) -> None:
        """Show these values; what was checked stays so."""
        for key, n in counts.items():
            if key not in self._rows:
                self._rows[key] = CheckRow(names[key], checked=self._checked)
                self._rows[key].toggled.connect(self.changed)
                self._body.addWidget(self._rows[key])
            self._rows[key].set_note(f"{n:,}")

    def values(self) -> frozenset[Hashable]:
        """The values checked."""
        return frozenset(key for key, row_ in self._rows.items() if row_.isChecked())

    def row(self, key: Hashable) -> CheckRow:
        """The row of a value."""
        return self._rows[key]


class TrailFilter(QWidget):
    """The pane at the left; `changed` when another part of the trail is wanted."""

    changed = Signal()
    wordsTyped = Signal(object)
    """The words to look for, when the typing pauses."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLineEdit()
        self.who = Checks(tr("Who"), checked=True)
        self.what = Checks(tr("What"), checked=True)
        self.classes = Checks(tr("Audit class (Lincoln & Guba)"), checked=False)
        self.since, self.until = QDateEdit(), QDateEdit()
        self._typing = QTimer(self, singleShot=True, interval=_TYPED)
        self._days = (_FIRST, _FIRST)
        self._build()

    def _build(self) -> None:
        self.words.setPlaceholderText(tr("Words in the trail"))
        self.words.setAccessibleName(tr("Words in the trail"))
        self.words.setClearButtonEnabled(True)
        self.words.addAction(
            icons.icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)  # fmt: skip
        self.words.textEdited.connect(self._typing.start)
        self.words.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._tell_words)
        for checks in (self.who, self.what, self.classes):
            checks.changed.connect(self.changed)
        for edit, name in ((self.since, tr("From this day")), (self.until, tr("To this day"))):
            edit.setDisplayFormat("d MMM yyyy")
            edit.setCalendarPopup(True)
            edit.setAccessibleName(name)
            edit.setStyleSheet("QDateEdit::drop-down { border: 0; width: 20px; }")
            edit.dateChanged.connect(self.changed)
        when = column(label(tr("When"), "head"), 6, self.since, 4,
                      label(tr("to"), "muted"), 4, self.until)  # fmt: skip
        inside = surface("panel")
        inside.setLayout(column(self.who, 14, self.what, 14, self.classes, 14, when, 0,
                                margins=(16, 6, 12, 12)))  # fmt: skip
        area = QScrollArea()
        area.setAccessibleName(tr("Which steps are shown"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.setLayout(stretched(column(row(self.words, margins=(12, 12, 12, 6)), area), 1))
        self.setMinimumWidth(200)

    def show_trail(self, trail: Trail) -> None:
        """Show how many steps there are of everything."""
        coders, subjects, classes = trail.by_coder(), trail.by_subject(), trail.by_class()
        self.who.show_counts(coders, {name: name for name in coders})
        self.what.show_counts(subjects, {one: _sentence_case(one.value) for one in subjects})
        self.classes.show_counts(classes, {one: _sentence_case(one.value) for one in classes})
        if len(trail.day):
            self._set_days(int(trail.day.min()), int(trail.day.max()))

    def wanted(self, seqs: set[int] | None) -> Wanted:
        """What is wanted; `seqs` are the steps that hold the words, None without words."""
        first, last = self.since.date().toPython(), self.until.date().toPython()
        return Wanted(
            cast("frozenset[str]", self.who.values()),
            cast("frozenset[Subject]", self.what.values()),
            cast("frozenset[AuditClass]", self.classes.values()),
            cast("date", first) if first != date.fromordinal(self._days[0]) else None,
            cast("date", last) if last != date.fromordinal(self._days[1]) else None,
            seqs,
        )

    def _set_days(self, first: int, last: int) -> None:
        """A bound that stood at the end of the trail moves with it."""
        at_ends = (
            self.since.date().toPython() == date.fromordinal(self._days[0]),
            self.until.date().toPython() == date.fromordinal(self._days[1]),
        )
        fresh = self._days == (_FIRST, _FIRST)
        self._days = (first, last)
        for edit, day, follows in zip(
            (self.since, self.until), (first, last), at_ends, strict=True
        ):
            edit.blockSignals(True)
            edit.setDateRange(_qdate(first), _qdate(last))
            if follows or fresh:
                edit.setDate(_qdate(day))
            edit.blockSignals(False)

    def _tell_words(self) -> None:
        self.wordsTyped.emit(self.words.text().strip())


def _qdate(ordinal: int) -> QDate:
    day = date.fromordinal(ordinal)
    return QDate(day.year, day.month, day.day)


def _sentence_case(name: str) -> str:
    return name[:1].upper() + name[1:]
