"""Speakers and authors: who they are, what they are called, and which of them are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from qualcoder_sm.errors import NameTaken, QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.dialogs.merge_people import choose_person
from qualcoder_sm.ui.dialogs.people_model import SORT, PeopleModel, role_names
from qualcoder_sm.ui.dialogs.take_out import TakeOutDialog
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.widgets import Banner, Choice, button, column, label, row, surface

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcoder_sm.model import Change, Person
    from qualcoder_sm.ui.context import Context

_SHOWN = ("people", "units", "cases")
_ROWS = "QTableView::item { padding: 0 8px; }"
_BARE = "QLineEdit { border: 0; padding: 0; min-height: 0; background: transparent; }"


class PeopleDialog(QDialog):
    """Everybody in a table; what is changed is one step each, and Ctrl+Z takes it back."""

    undoRequested = Signal()
    redoRequested = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._project = context, context.project
        self._wanted = ""
        self.people = PeopleModel(self._project, self)
        self._proxy = QSortFilterProxyModel(self)
        self.search, self.table = QLineEdit(), QTableView()
        self.role, self.case = Choice(), Choice()
        self._own_role = QLineEdit()
        self.rename, self.merge = button(tr("Rename…")), button(tr("Merge into…"))
        self.take_out = button(tr("Take a name out…"))
        self.banner, self.count = Banner(), label("", "muted")
        self._build()
        self._connect()
        self.refresh()
        self.table.selectRow(0)
        self.table.setFocus()

    def _build(self) -> None:
        self.setWindowTitle(tr("Speakers and authors"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 860, 600)
        self.search.setPlaceholderText(tr("Filter by name, role or case"))
        self.search.setAccessibleName(tr("Filter by name, role or case"))
        self._build_table()
        self.role.setLineEdit(self._own_role)
        self.role.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        for box, name in ((self.role, tr("Role")), (self.case, tr("Case"))):
            box.setAccessibleName(name)
            box.setMinimumWidth(170)
        self._own_role.setAccessibleName(tr("Role"))
        self._own_role.setStyleSheet(_BARE)
        self.rename.setToolTip(tr("Rename (F2)"))
        acts = (self.role, self.case, self.rename, self.merge, self.take_out)
        for part in acts:
            part.setEnabled(not self._project.read_only)
        close = button(tr("Close"))
        close.clicked.connect(self.close)
        foot = surface("window", "top")
        foot.setLayout(
            column(
                row(_caption(tr("Role"), self.role), 8, self.role, 20,
                    _caption(tr("Case"), self.case), 8, self.case, 0),
                10,
                row(self.rename, 8, self.merge, 8, self.take_out, 0, close),
                margins=(20, 12, 20, 12),
            )
        )  # fmt: skip
        head = row(self.search, 12, self.count, margins=(20, 12, 20, 12), stretch=0)
        self.setLayout(stretched(column(self.banner, head, self.table, foot), 2))

    def _build_table(self) -> None:
        self._proxy.setSourceModel(self.people)
        self._proxy.setSortRole(SORT)
        self._proxy.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterKeyColumn(-1)
        table = self.table
        table.setModel(self._proxy)
        table.setAccessibleName(tr("Speakers and authors"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setStyleSheet(_ROWS)
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._proxy.setFilterFixedString)
        self.search.textChanged.connect(self._show_count)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.role.activated.connect(self._set_role)
        self._own_role.editingFinished.connect(self._set_role)
        self.case.activated.connect(self._set_case)
        self.rename.clicked.connect(self._rename)
        self.merge.clicked.connect(self._merge)
        self.take_out.clicked.connect(self._take_out)
        self.banner.actionRequested.connect(self._merge_into_wanted)
        self._context.bridge.changed.connect(self._follow)
        keys = QKeySequence.StandardKey
        for key, act in ((keys.Undo, self.undoRequested), (keys.Redo, self.redoRequested)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        QShortcut(QKeySequence("F2"), self).activated.connect(self._rename)

    def refresh(self) -> None:
        """Read everybody anew; the current one stays."""
        person = self.current()
        self.people.refresh()
        self._fill_boxes()
        self.choose(person.guid if person else "")
        self._show_count()

    def choose(self, guid: str) -> None:
        """Make somebody the current one; the first one when they are gone."""
        at = self._proxy.mapFromSource(self.people.index(max(0, self.people.row_of(guid)), 0))
        self.table.setCurrentIndex(at if at.isValid() else self._proxy.index(0, 0))
        self._show_current()

    def current(self) -> Person | None:
        """Who is the current one; None in an empty table."""
        at = self._proxy.mapToSource(self.table.currentIndex())
        return self.people.person(at.row()) if at.isValid() else None

    def _fill_boxes(self) -> None:
        known = role_names()
        own = {person.role for person in self._project.people.all()} - known.keys()
        self.role.clear()
        for role, words in (*known.items(), *((word, word) for word in sorted(own))):
            self.role.addItem(words, str(role))
        self.case.clear()
        self.case.addItem(tr("no case"), None)
        for case in self._project.cases.all():
            self.case.addItem(case.name, case.guid)

    def _show_current(self) -> None:
        person = self.current()
        free = person is not None and not self._project.read_only
        for part in (self.role, self.case, self.rename, self.merge, self.take_out):
            part.setEnabled(free)
        if person is not None:
            self.role.setCurrentIndex(self.role.findData(person.role))
            self.case.setCurrentIndex(self.case.findData(person.case))
        else:
            self.role.setCurrentIndex(0)

    def _show_count(self) -> None:
        shown, total = self._proxy.rowCount(), self.people.rowCount()
        told = ntr("{n} person", "{n} people", total)
        some = tr("{shown} of {told}", shown=f"{shown:,}", told=told)
        self.count.setText(told if shown == total else some)

    def _follow(self, change: Change) -> None:
        if change.touches(*_SHOWN) or change.action == "project.redact":
            self.refresh()

    # Steps

    def _set_role(self) -> None:
        text = self.role.currentText()
        at = self.role.findText(text)
        self._act(self._project.people.set_role, self.role.itemData(at) if at >= 0 else text)

    def _set_case(self) -> None:
        self._act(self._project.people.set_case, self.case.currentData())

    def _rename(self) -> None:
        person = self.current()
        if person is None or self._project.read_only:
            return
        name = messages.ask_text(self, tr("Rename"), tr("Name of the speaker"), person.key,
                                 tr("Rename"))  # fmt: skip
        if name:
            self._wanted = name
            self._act(self._project.people.rename, name)

    def _merge(self) -> None:
        self._wanted = ""
        self._merge_into_wanted()

    def _merge_into_wanted(self) -> None:
        person = self.current()
        if person is None:
            return
        into = choose_person(self, self._project, person, self._wanted)
        if into:
            self._act(self._project.people.merge, into)
            self.choose(into)

    def _take_out(self) -> None:
        person = self.current()
        if person is not None:
            TakeOutDialog(self._context, person, self).open()

    def _act(self, act: Callable[..., object], *to: object) -> None:
        person = self.current()
        if person is None:
            return
        self.banner.hide()
        try:
            act(person.guid, *to)
        except NameTaken as error:
            self.banner.show_sentence(str(error), action=tr("Merge…"))
        except QualCoderError as error:
            self.banner.show_sentence(str(error))
            self._show_current()


def _caption(words: str, box: QWidget) -> QWidget:
    made = label(words)
    made.setBuddy(box)
    return made
