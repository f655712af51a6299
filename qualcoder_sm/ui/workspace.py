"""The workspace: everything that is seen of an open project."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from qualcoder_sm.demo import is_demonstration
from qualcoder_sm.errors import TakenOver
from qualcoder_sm.i18n import ntr, tr
from qualcoder_sm.model import Change, Source
from qualcoder_sm.project import audit
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.bars import PageBar, StatusBar
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.dialogs.codebooks import choose_template
from qualcoder_sm.ui.dialogs.coder import choose_coder
from qualcoder_sm.ui.guard import Guard
from qualcoder_sm.ui.pages import registry
from qualcoder_sm.ui.pages.reading import ReadingPage
from qualcoder_sm.ui.panels.inspector_parts import Field
from qualcoder_sm.ui.reading import Mode, Numbers
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.search import SearchField
from qualcoder_sm.ui.settings_view import USUAL_SIZE, stepped
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.turning import Turning
from qualcoder_sm.ui.widgets import Banner, column
from qualcoder_sm.ui.work_tools import WorkTools

HOUR = 60 * 60 * 1000
READ, CODEBOOK, COMPARE, MATRIX, AUDIT, EXPORT = range(6)


class Workspace(QWidget):
    """Pages, search, banners and status of one project."""

    copyRequested = Signal()
    """A project that is open elsewhere, or was taken over, shall be opened as a copy."""
    againRequested = Signal()
    """A project that was taken over shall be opened again."""

    def __init__(self, context: Context, locked: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.sight = Sight(context.project, self)
        self.reading = ReadingPage(context, self.sight)
        self.search = SearchField(context.project, self)
        self.status = StatusBar()
        self.banner = Banner()
        self.stack = QStackedWidget()
        self._pages: dict[int, QWidget] = {READ: self.reading}
        self._statuses: dict[QWidget, tuple[str, ...]] = {}
        self._hourly = QTimer(self, interval=HOUR)
        self.guard = Guard(context, self)
        tag = tr("[SYNTHETIC] Demonstration study, everything in it is invented")
        self._bar = PageBar(
            [tr(title) for title in registry.TITLES],
            self.search,
            tag if is_demonstration(context.project) else "",
        )
        self.tools = WorkTools(self)
        self._turning = Turning(context, self)
        self._build()
        self._connect()
        self._show_state(locked)
        self.reading.begin()
        self.back_up()

    def _build(self) -> None:
        self.stack.addWidget(self.reading)
        self.setLayout(column(self.banner, self._bar, self.stack, self.status, stretch=2))
        self._bar.set_current(READ)

    def _connect(self) -> None:
        context = self.context
        self._bar.chosen.connect(self.show_page)
        self.search.placeChosen.connect(self.open)
        self.search.codeChosen.connect(self.show_code)
        self.search.allRequested.connect(self.find_all)
        self.reading.importRequested.connect(self.import_texts)
        self.reading.codebookRequested.connect(self.bring_codebook)
        self.reading.passagesRequested.connect(self.show_passages)
        self.reading.modeChanged.connect(self.set_mode)
        self.reading.zoomRequested.connect(self.zoom)
        self.reading.said.connect(self.status.say)
        self.reading.unsaved.connect(self.status.set_unsaved)
        self.reading.placed.connect(self.status.set_place)
        self.status.coderPressed.connect(self.switch_coder)
        self.status.trailPressed.connect(self.show_audit)
        self.sight.changed.connect(self._show_coder)
        self.reading.unsaved.connect(self.guard.look)
        self.guard.takenOver.connect(self._freeze)
        self.guard.told.connect(self._tell_of_place)
        self.banner.actionRequested.connect(self.copyRequested)
        self.banner.otherRequested.connect(self.againRequested)
        context.bridge.changed.connect(self._follow)
        context.tasks.failed.connect(self.show_error)
        context.bridge.waiting.connect(self.status.set_waiting)
        self._turning.said.connect(self.status.say)
        self._turning.refused.connect(self.show_error)
        self._hourly.timeout.connect(self.back_up)
        self._hourly.start()

    # Pages

    def show_page(self, number: int) -> None:
        """Show a page, making it when it is wanted for the first time."""
        self.commit()
        if number not in self._pages:
            page = registry.made(number, self.context, self.sight, self)
            page.openRequested.connect(self.open)  # type: ignore[attr-defined]  # every page has it
            page.statusChanged.connect(self._show_status)  # type: ignore[attr-defined]
            page.left.connect(self._show_text)  # type: ignore[attr-defined]
            self.tools.serve(page)
            self._pages[number] = page
            self.stack.addWidget(page)
        page, before = self._pages[number], self.stack.currentWidget()
        self.stack.setCurrentWidget(page)
        self._drop_import(before)
        self._bar.set_current(number)
        if number == READ:
            self.reading.tell_place()
        else:
            self.status.set_place(*self._statuses.get(page, ("",)))
            page.activate()  # type: ignore[attr-defined]  # every page has it
        shown = self._shown_by(before)
        if number == EXPORT and before is not page and hasattr(shown, "shown_table"):
            page.take_over(shown)  # type: ignore[attr-defined]  # the page of exports has it

    def copy_table(self) -> None:
        """Copy the table that the page shows."""
        shown = self._shown_by(self.stack.currentWidget())
        if hasattr(shown, "copy_table"):
            shown.copy_table()  # type: ignore[union-attr]
        else:
            self.status.say(tr("There is no table here. Open the passages, or another page."))

    def _shown_by(self, page: QWidget | None) -> QWidget | None:
        """What shows a table: a page, or the passages under the text."""
        below = self.reading.below
        return below.segments if page is self.reading and below.shows_passages() else page

    def page(self, number: int) -> QWidget:
        """A page that was shown before."""
        return self._pages[number]

    def show_audit(self) -> None:
        """Show the audit trail."""
        self.show_page(AUDIT)

    def show_codebook(self) -> None:
        """Show the codebook page."""
        self.show_page(CODEBOOK)

    def open(self, place: Place) -> None:
        """Show words in their source."""
        self.show_page(READ)
        self.reading.open(place)

    def show_code(self, code: str) -> None:
        """Show a code in the pane and its definition beside the text."""
        self.show_page(READ)
        self.reading.codebook.select_key(code)
        self.reading.inspector.show_code(code)

    def show_passages(self, code: str = "") -> None:
        """Show the passages of a code, or of the current one, under the text."""
        self.show_page(READ)
        shown = code or self.reading.codebook.current_key()
        self.reading.below.show_passages(*([shown] if shown else []))

    def find(self) -> None:
        """Put the caret into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def find_all(self, words: str = "") -> None:
        """Find words in all texts, in a pane under the text."""
        self.show_page(READ)
        self.reading.below.show_find(words)

    def next_pane(self) -> None:
        """Move the keyboard to the next pane."""
        self._step_pane(1)

    def previous_pane(self) -> None:
        """Move the keyboard to the previous pane."""
        self._step_pane(-1)

    # Steps

    def commit(self) -> None:
        """Keep everything that is being written, on whatever page."""
        for field in self.findChildren(Field):
            field.commit()
        self.tools.commit()

    def undo(self) -> None:
        """Take the last step back."""
        self.commit()
        self._turning.undo()

    def redo(self) -> None:
        """Do it again."""
        self._turning.redo()

    def import_texts(self) -> None:
        """Choose files and show what they would bring."""
        paths = messages.ask_open(self, tr("Import texts"), registry.import_kinds())
        if paths:
            self.show_import(paths)

    def show_import(self, paths: list[Path]) -> None:
        """Show what files would bring; the page is closed when it is done."""
        page = registry.importing(paths, self.context, self)
        page.finished.connect(self._imported)  # type: ignore[attr-defined]
        page.cancelled.connect(self._close_import)  # type: ignore[attr-defined]
        page.statusChanged.connect(self._show_status)  # type: ignore[attr-defined]
        self.status.set_place("")
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self._bar.set_current(-1)
        page.activate()  # type: ignore[attr-defined]  # every page has it

    def bring_codebook(self) -> None:
        """Choose a ready-made codebook or a file, and add its codes."""
        choose_template(self, self.context.project, self.show_error)

    def switch_coder(self) -> None:
        """Choose who codes, or add somebody."""
        name = choose_coder(self, self.context.project)
        if name:
            self.commit()
            self.sight.act_as(name)

    def back_up(self) -> None:
        """Copy the project aside, in the worker, unless the newest copy is the same."""
        if not self.context.project.read_only:
            self.context.tasks.run(self.context.project.back_up_if_possible, done=self._backed_up)

    # View

    def set_mode(self, mode: Mode) -> None:
        """Show codings in this way, from now on."""
        preferences = self.context.preferences
        preferences.set(replace(preferences.settings, mode=mode.value))
        self.reading.set_mode(mode)

    def turn_numbers(self) -> None:
        """Number turns, lines, or nothing in the margin, in turn."""
        preferences, order = self.context.preferences, list(Numbers)
        at = order.index(Numbers(preferences.settings.numbers))
        after = order[(at + 1) % len(order)]
        preferences.set(replace(preferences.settings, numbers=after.value))
        self.status.say(tr("Numbers in the margin: {what}.", what=tr(after.value)))

    def zoom(self, by: int) -> None:
        """Larger (+1) or smaller (-1) reading text."""
        self._set_size(stepped(self.context.preferences.settings.reading_size, by))

    def zoom_back(self) -> None:
        """The usual size."""
        self._set_size(USUAL_SIZE)

    def show_others(self) -> None:
        """Show or hide the codings of other coders."""
        self.reading.head.others.toggle()

    def toggle_pane(self, side: str) -> None:
        """Open or close the "left" or "right" pane."""
        self.reading.panes.toggle(side)

    def say_codes(self) -> None:
        """Say which codes stand at the caret, also to assistive technology."""
        self.reading.view.announce_codings()
        codes = self.reading.desk.codes
        names = [codes[one.code].name for one in self.reading.view.codings_here()]
        here = ", ".join(names)
        self.status.say(tr("coded {names}", names=here) if names else tr("No coding here."))

    def show_error(self, error: object) -> None:
        """Say what went wrong on top of the text, or of the page that is shown."""
        if self.stack.currentWidget() is self.reading:
            self.reading.show_error(error)
        elif isinstance(error, TakenOver):
            self.guard.look()
        else:
            self.banner.show_sentence(str(error))

    def close_project(self) -> None:
        """Keep what is being written and give the file back."""
        self.commit()
        self.reading.keep_session()
        self._hourly.stop()
        self.guard.stop()
        self.context.project.close()

    def _set_size(self, size: int) -> None:
        preferences = self.context.preferences
        preferences.set(replace(preferences.settings, reading_size=size))

    def _step_pane(self, by: int) -> None:
        if self.stack.currentWidget() is not self.reading:
            self.focusNextPrevChild(by > 0)
            return
        panes = self.reading.panes_in_order()
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(at + by) % len(panes)].setFocus()

    def _imported(self, sources: list[Source]) -> None:
        self._close_import()
        if sources:
            self.reading.open(Place(sources[0].guid, 0, 0))

    def _close_import(self) -> None:
        self.show_page(READ)

    def _show_text(self) -> None:
        """Go back from a page to the text."""
        self.show_page(READ)
        self.reading.take_keyboard()

    def _show_status(self, *said: str) -> None:
        """What a page says of itself, while it is the one that is seen."""
        page = self.sender()
        if isinstance(page, QWidget):
            self._statuses[page] = said
            if page is self.stack.currentWidget():
                self.status.set_place(*said)

    def _drop_import(self, page: QWidget | None) -> None:
        """Whoever goes elsewhere leaves the import; nothing is written before its button."""
        if page is not None and page not in self._pages.values():
            self._statuses.pop(page, None)
            self.stack.removeWidget(page)
            page.deleteLater()

    def _show_state(self, locked: str) -> None:
        self._show_coder()
        self._show_trail()
        if self.context.project.read_only:
            sentence = locked or tr(
                "This project is open for reading only. You can read, not code."
            )
            self.banner.show_sentence(sentence, kind="warning", action=tr("Open a copy"))
        elif self.context.project.brought_up:
            step = self.context.project.brought_up.seq
            self.banner.show_sentence(audit.sentence(self.context.project.audit.record(step)))

    def _tell_of_place(self, said: str) -> None:
        """What stands there already, such as who has the project open, weighs more."""
        if self.banner.isHidden():
            self.banner.show_sentence(said, kind="notice")
        else:
            self.status.say(said)

    def _freeze(self, sentence: str) -> None:
        """Say what happened to the file, and offer the two ways to go on."""
        self._hourly.stop()
        said = tr(
            "{what} What you were writing stays here until then; copy it first.", what=sentence
        )
        self.banner.show_sentence(said, kind="warning", action=tr("Open a copy"),
                                  other=tr("Open it again"))  # fmt: skip

    def _show_coder(self) -> None:
        self.status.set_coder(self.sight.coder.name)

    def _show_trail(self) -> None:
        steps, head = self.context.project.audit.head()
        last = self.context.project.audit.record(steps).at.astimezone()
        self.status.set_trail(steps, head, f"{last:%H:%M:%S}")

    def _follow(self, change: Change) -> None:
        self._show_trail()
        if change.action not in ("undo", "redo"):
            self.status.say("")
        if change.action == "source.import":
            texts = len([row for row in change.rows if row.table == "sources"])
            self.status.say(ntr("{n} text imported.", "{n} texts imported.", texts))

    def _backed_up(self, _nothing: object) -> None:
        """A backup needs no message; one that fails is a notice."""
