"""What is done beside reading: memos, and the dialogs that work on many passages at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.pages.registry import MEMOS
from qualcoder_sm.ui.panels.codebook import CodebookPanel
from qualcoder_sm.ui.requests import MemoWish, Place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qualcoder_sm.ui.pages.memos import MemosPage
    from qualcoder_sm.ui.workspace import Workspace


class WorkTools(QObject):
    """One method for each action of the menus that opens one of them."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._memos: MemosPage | None = None
        self._take_in_drafts()
        reading = workspace.reading
        reading.noteRequested.connect(self.write_memo)
        self._serve_codes(reading.codebook)
        reading.sources.memoRequested.connect(self.memo_on_source)
        reading.sources.correctRequested.connect(self.correct_source)
        reading.sources.lockRequested.connect(self.turn_lock_of)
        reading.sources.peopleRequested.connect(self.show_people)
        reading.head.lock.clicked.connect(self.turn_lock)

    def serve(self, page: QWidget) -> None:
        """A page was made: do what is asked for in its codebook, if it has one."""
        for panel in page.findChildren(CodebookPanel):
            self._serve_codes(panel)

    def _serve_codes(self, panel: CodebookPanel) -> None:
        panel.memoRequested.connect(self.memo_on_code)
        panel.splitRequested.connect(self.split_code)

    def commit(self) -> None:
        """Keep what is being written."""
        if self._memos is not None:
            self._memos.commit()

    # Memos

    def _take_in_drafts(self) -> None:
        """A memo that was being typed when the program ended is kept now, as a step."""
        project = self._workspace.context.project
        try:
            if not project.read_only:
                project.notes.settle_all()
        except QualCoderError as error:
            self._workspace.status.say(str(error))

    def show_memos(self) -> None:
        """Show the memos."""
        self._memo_page()

    def new_memo(self) -> None:
        """Begin a memo about nothing in particular."""
        self._memo_page().new()

    def write_memo(self, wish: MemoWish) -> None:
        """Begin a memo about something."""
        self._memo_page().begin(wish)

    def memo_on_code(self, code: str) -> None:
        """Begin a memo about a code."""
        if code:
            self.write_memo(MemoWish("codes", code))

    def memo_on_source(self, source: str) -> None:
        """Begin a memo about a source."""
        if source:
            self.write_memo(MemoWish("sources", source))

    def memo_on_current_source(self) -> None:
        """Begin a memo about the text that is read."""
        self.memo_on_source(self._read())

    # People

    def show_people(self) -> None:
        """Show who speaks and writes, to say who they are and what they are called."""
        from qualcoder_sm.ui.dialogs.people import PeopleDialog

        dialog = self._workspace.findChild(PeopleDialog)
        if dialog is None:
            dialog = PeopleDialog(self._workspace.context, self._workspace)
            dialog.undoRequested.connect(self._workspace.undo)
            dialog.redoRequested.connect(self._workspace.redo)
        dialog.show()
        dialog.activateWindow()

    # Many passages at once

    def code_each_unit(self) -> None:
        """Put the current code of the codebook on each turn or post that is selected."""
        reading = self._workspace.reading
        reading.desk.code_each_unit(reading.codebook.current_key())

    def find_and_code(self) -> None:
        """Let a rule propose passages to code."""
        from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog

        dialog = AutocodeDialog(self._workspace.context, self._workspace)
        dialog.choose_code(self._workspace.reading.codebook.current_key())
        dialog.openRequested.connect(self._workspace.open)
        dialog.said.connect(self._workspace.status.say)
        self._workspace.sight.changed.connect(dialog.look_again)
        dialog.show()

    def split_current(self) -> None:
        """Split the code that is the current one in the pane."""
        self.split_code(self._workspace.reading.codebook.current_key())

    def split_code(self, code: str) -> None:
        """Let the passages of a code be sent to codes below it."""
        from qualcoder_sm.ui.dialogs.split_code import SplitDialog

        if not code:
            self._workspace.status.say(tr("Choose a code in the codebook first."))
            return
        dialog = SplitDialog(self._workspace.context, code, self._workspace)
        dialog.openRequested.connect(self._workspace.open)
        dialog.open()  # the window waits, so that nothing sorted is lost with it

    def correct_text(self) -> None:
        """Let the text that is read be corrected."""
        self.correct_source(self._read())

    def turn_lock(self) -> None:
        """Lock the text that is read, or unlock it."""
        self.turn_lock_of(self._read())

    def correct_source(self, guid: str) -> None:
        """Let a text be corrected, unless it is locked."""
        from qualcoder_sm.ui.dialogs.correct_text import CorrectDialog

        if not guid:
            return
        context = self._workspace.context
        source = context.project.sources.get(guid)
        if source.locked:
            sentence = tr("The text of {name} is locked. Unlock it before you correct it.",
                          name=source.name)  # fmt: skip
            self._workspace.status.say(sentence)
        else:
            CorrectDialog(context, guid, self._workspace).open()

    def turn_lock_of(self, guid: str) -> None:
        """Lock a text, or unlock it."""
        sources = self._workspace.context.project.sources
        try:
            if guid:
                (sources.unlock if sources.get(guid).locked else sources.lock)(guid)
        except QualCoderError as error:
            self._workspace.show_error(error)

    def _read(self) -> str:
        """Guid of the text that is read; empty, and said so, when there is none."""
        source = self._workspace.reading.feed.source
        if source is None:
            self._workspace.status.say(tr("Open a text first."))
            return ""
        return source.guid

    def _memo_page(self) -> MemosPage:
        selected = self._selected()
        self._workspace.show_page(MEMOS)
        page = cast("MemosPage", self._workspace.page(MEMOS))
        page.set_passage(selected)
        self._memos = page
        return page

    def _selected(self) -> Place | None:
        """The words selected in the text, if there are any."""
        reading = self._workspace.reading
        start, end = reading.view.words()
        if reading.feed.source is None or start == end:
            return None
        return Place(reading.feed.source.guid, start, end)
