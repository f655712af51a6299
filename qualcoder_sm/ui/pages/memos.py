"""Memos: what the researchers think, beside what the participants said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from qualcoder_sm.errors import NotFound, QualCoderError
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.ui import icons, messages
from qualcoder_sm.ui.pages import listed
from qualcoder_sm.ui.pages.memo_filter import MemoFilter, first_line, rows_of
from qualcoder_sm.ui.pages.memo_links import PassageLinks
from qualcoder_sm.ui.pages.memo_store import MemoStore
from qualcoder_sm.ui.pages.memo_subjects import Subjects
from qualcoder_sm.ui.pages.page import TablePage
from qualcoder_sm.ui.pages.widgets.layouts import stretched
from qualcoder_sm.ui.pages.widgets.memo_editor import WRITE, MemoEditor, Written
from qualcoder_sm.ui.pages.widgets.memo_list import MemoList
from qualcoder_sm.ui.pages.widgets.row_menu import Act, RowMenu
from qualcoder_sm.ui.pages.widgets.states import States
from qualcoder_sm.ui.panels.three_panes import Split
from qualcoder_sm.ui.widgets import Banner, column, label, row, surface, tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcoder_sm.model import Change, Note
    from qualcoder_sm.ui.bridge import Told
    from qualcoder_sm.ui.context import Context
    from qualcoder_sm.ui.pages.memo_subjects import Subject
    from qualcoder_sm.ui.pages.widgets.writing import Recipe
    from qualcoder_sm.ui.requests import MemoWish, Place
    from qualcoder_sm.ui.sight import Sight


class MemosPage(TablePage):
    """The list at the left, the memo chosen at the right."""

    shows = ("notes", "sources", "codes", "cases", "codings", "coders")

    def __init__(self, context: Context, sight: Sight, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._notes: dict[str, Note] = {}
        self._subjects = Subjects(context.project)
        self._links = PassageLinks(context.project)
        self._current = self._shown = ""
        self._store = MemoStore(context.project, sight)
        self._begun, self._renamed = False, True
        self._passage: Place | None = None
        self.banner = Banner()
        self.words = QLineEdit()
        self.filter = MemoFilter()
        self.list = MemoList(context.theme)
        self.count = label("", "muted")
        self.add = tool("plus", tr("New memo"))
        self.none = label(tr("No memo is like that. Take words or choices away."), "muted",
                          wrap=True)  # fmt: skip
        self.editor = MemoEditor()
        self._build()
        self._connect()
        sight.changed.connect(self._see)
        self.editor.set_theme(context.theme.theme)

    def _build(self) -> None:
        self.words.setPlaceholderText(tr("Words in the memos"))
        self.words.setAccessibleName(tr("Words in the memos"))
        self.words.setClearButtonEnabled(True)
        self.words.addAction(
            icons.icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.none.setContentsMargins(16, 12, 16, 0)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rows = QStackedWidget()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self.none)
        self.export.be_small()
        acts = (self.copy, self.export, self.add)
        head = row(label(tr("Memos"), "head"), 8, self.count, 0, *acts, margins=(16, 6, 8, 4))
        search = column(self.words, 8, self.filter, margins=(12, 0, 12, 10))
        left = surface("panel")
        left.setLayout(stretched(column(head, search, self._rows), 2))
        left.setMinimumWidth(260)
        self.split = Split(Qt.Orientation.Horizontal, "memos", [360, 1080])
        self.split.addWidget(left)
        self.split.addWidget(self.editor)
        self.split.setStretchFactor(1, 1)
        self.split.begin()
        self.states = States(self.split, self.context.tasks)
        self.setLayout(stretched(column(self.states, self.banner, self.written), 0))

    def _connect(self) -> None:
        self.words.textChanged.connect(self._show_list)
        self.filter.changed.connect(self._show_list)
        self.list.memoChosen.connect(self.open_memo)
        self.add.clicked.connect(self.new)
        self.states.acted.connect(self.new)
        self.editor.written.connect(self._keep)
        self.editor.typed.connect(self._draft)
        self.editor.linkRequested.connect(self._link)
        self.editor.subjectRequested.connect(self._go)
        self.editor.deleteRequested.connect(self.delete)
        self.editor.text.placeRequested.connect(self._open_place)
        self.editor.reading.placeRequested.connect(self._open_place)
        self.context.theme.changed.connect(self._set_theme)
        RowMenu(self.list, (
            Act(tr("New memo"), self.new, self.add.isEnabled),
            Act(tr("Delete this memo…"), self.delete, self.editor.delete.isEnabled), *self.acts(),
        ))  # fmt: skip

    # What is shown

    @property
    def main(self) -> QWidget:
        """The list of memos."""
        return self.list

    @property
    def table_name(self) -> str:
        """What the table is called."""
        return tr("memos")

    def shown_table(self) -> Recipe | None:
        """The memos that the filters leave, in their order."""
        rows = self.list.rows
        shown = tuple(self._notes[rows.guid(n)] for n in range(rows.rowCount()))
        said = {"memos": self.filter.told(self.words.text())}
        return partial(listed.memos, shown, said) if shown else None

    def renew(self) -> None:
        """Read the memos anew; the one being written stays in its fields."""
        self._notes = self._store.all()
        if self._renamed:
            self._subjects, self._links = Subjects(self.project), PassageLinks(self.project)
            self.editor.set_links(self._links)
            self._renamed = False
        notes, coders = list(self._notes.values()), self.project.coders.all()
        self.filter.show_notes(notes, coders, self._store.unseen())
        if self._current and self._current not in self._notes:
            self._current = ""
        if not self._notes and not self._begun:
            self._show_empty()
            return
        self._show_list()
        if not self._current and self._notes and not self.editor.has_news():
            self._current = self.list.rows.guid(0) if self.list.rows.rowCount() else ""
            self.list.select(self._current)
        self._show_current()

    def open_memo(self, guid: str) -> None:
        """Show a memo."""
        self.editor.commit()
        self._current, self._begun = guid, False
        self.list.select(guid)
        self._show_current()

    def set_passage(self, place: Place | None) -> None:
        """The words selected in the text, to link to; None when there are none."""
        self._passage = place
        self._show_link()

    def new(self) -> None:
        """Begin a free memo."""
        self._begin(Written())

    def begin(self, wish: MemoWish) -> None:
        """Begin a memo about something, with a link to the words it starts from."""
        self.activate()
        text = f"{self._links.written(wish.place)}\n\n" if wish.place else ""
        self._begin(Written(text=text, target_table=wish.table, target=wish.target))

    def commit(self) -> None:
        """Keep what is being written."""
        self.editor.commit()
        self._try(self._store.forgetting())

    def delete(self) -> None:
        """Ask, then delete the memo that is shown."""
        note = self._notes.get(self._current)
        if note is None:
            self._begin(Written())
            return
        question = tr("Delete the memo {title}? You can undo this.", title=_title(note))
        if messages.confirm(self, question, tr("Delete memo"), tr("Keep")):
            self._begun = False
            self._try(self._store.remove, note)

    def _show_empty(self) -> None:
        self.states.show_empty(
            tr("No memo yet."),
            tr("A memo keeps what you think: about a passage, a code, a text, or the study."),
            "" if self.project.read_only else tr("Write the first memo"),
        )

    def _show_list(self) -> None:
        names = {coder.guid: coder.name for coder in self.project.coders.all()}
        wanted = self.filter.wanted(self.words.text())
        rows = rows_of(self._notes.values(), wanted, self._subjects, names)
        self.list.rows.show_rows(rows)
        self.allow(table=bool(rows))
        self.list.select(self._current)
        self._rows.setCurrentWidget(self.list if rows or not self._notes else self.none)
        shown, total = len(rows), len(self._notes)
        all_of_them = ntr("{n} memo", "{n} memos", total)
        self.count.setText(
            all_of_them if shown == total else tr("{n} of {all}", n=f"{shown:,}", all=all_of_them)
        )

    def _show_current(self) -> None:
        self.states.show_content()
        note = self._notes.get(self._current)
        if self._shown == self._current and self.editor.has_news():
            return  # somebody is writing here
        self._shown = self._current
        if note is not None:
            written = Written(note.title, note.kind, note.text, note.target_table, note.target)
            self.editor.show_memo(written, self._subjects, self._foot(note))
        else:
            self.editor.show_memo(Written(), self._subjects, tr("A new memo"))
        read_only = self.project.read_only
        reason = (
            tr("This project is open for reading only.") if read_only
            else self._store.why_fixed(note)
        )  # fmt: skip
        self.editor.set_editable(not reason, reason)
        self.add.setEnabled(not read_only)
        self._show_link()
        self.statusChanged.emit(_title(note) if note else tr("New memo"))

    def _begin(self, written: Written) -> None:
        self.editor.commit()
        self._begun = True
        self.activate()
        self._current = self._shown = ""
        self.list.select("")
        self.editor.show_memo(written, self._subjects, tr("A new memo"))
        self.states.show_content()
        self.editor.set_mode(WRITE)
        self._show_link()
        if written.target:
            cursor = self.editor.text.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.editor.text.setTextCursor(cursor)
        self.editor.title.setFocus()

    def _foot(self, note: Note) -> str:
        coders = {coder.guid: coder.name for coder in self.project.coders.all()}
        mine = note.coder == self.project.coder.guid
        who = tr("you") if mine else coders.get(note.coder, "")
        begun, changed = note.created.astimezone(), note.modified.astimezone()
        told = tr("Begun by {who} on {day}", who=who, day=f"{begun.day} {begun:%B %Y, %H:%M}")
        if changed == begun:
            return told
        return tr("{told}, changed on {day}", told=told,
                  day=f"{changed.day} {changed:%B, %H:%M}")  # fmt: skip

    # Steps

    def _draft(self, written: Written) -> None:
        """What is typed is on the disk at once; a step follows when the field is left."""
        if self.editor.has_news():
            self._try(self._store.drafting(self._notes.get(self._current), written))
        else:
            self._try(self._store.forgetting())

    def _keep(self, written: Written) -> None:
        self._try(self._store.keeping(self._notes.get(self._current), written), done=self._kept)

    def _kept(self, guid: str) -> None:
        if guid and not self._current:
            self._current = self._shown = guid

    def _link(self) -> None:
        if self._passage:
            self.editor.insert(self._links.written(self._passage))

    def _show_link(self) -> None:
        there = self._passage is not None
        self.editor.link.setEnabled(there and not self.project.read_only)
        where = self._links.name(self._passage) if self._passage else ""
        self.editor.link.setToolTip(
            tr("Puts a link to {where} where the caret is", where=where)
            if where
            else tr("Select some words in a text first.")
        )

    def _mark_stale(self, change: Change) -> None:
        super()._mark_stale(change)
        self._renamed |= change.touches("sources", "codes", "cases", "codings", "units")

    def _see(self) -> None:
        """Somebody else codes now, or the others' codings are seen or not."""
        self._stale = True
        self._settle.start()

    def _go(self, subject: Subject) -> None:
        place = self._subjects.place(subject)
        if place:
            self._open_place(place)

    def _open_place(self, place: Place) -> None:
        try:
            self.project.sources.get(place.source)
        except NotFound as error:
            self.banner.show_sentence(str(error))
        else:
            self.commit()
            self.openRequested.emit(place)

    def _set_theme(self) -> None:
        self.editor.set_theme(self.context.theme.theme)

    def _try(
        self, act: Callable[..., object], *arguments: object, done: Told | None = None
    ) -> None:
        self.context.bridge.take(act, *arguments, done=done, failed=self._refuse)

    def _refuse(self, error: QualCoderError) -> None:
        self.banner.show_sentence(str(error))


def _title(note: Note) -> str:
    return note.title or first_line(note.text) or tr("without a title")
