"""The menu on the text: about what lies under the pointer, words, a coding, a stripe, the margin."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Code, Coding, Polarity
from qualcoder_sm.ui import key_table
from qualcoder_sm.ui.actions import usual_keys
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.pages.coding_chooser import CodingChooser
from qualcoder_sm.ui.reading import ContextRequest, Zone

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.reading import ReadingPage


class TextMenu(QMenu):
    """Codes the selection or the unit, and removes, marks, links or explains codings there.

    `keys` are what actions answer to, to be shown beside them.
    """

    def __init__(
        self, page: "ReadingPage", request: ContextRequest, keys: Mapping[str, str]
    ) -> None:
        super().__init__(page)
        self._page, self._keys = page, keys
        self._desk, self._view = page.desk, page.view
        self.triggered.connect(self._act)
        if request.zone is Zone.MARGIN:
            self._add_unit()
        elif request.start != request.end and request.zone is Zone.WORDS:
            self._add_coding()
        found = [self._view.coding(guid) for guid in request.codings]
        for coding in found:
            code = self._desk.codes.get(coding.code) if coding else None
            if coding is not None and code is not None:
                self._add_existing(coding, code, alone=request.zone is Zone.STRIPE)
        if request.start == request.end and request.zone is Zone.WORDS:
            self.addSeparator()
            self._offer(self, tr("Select the sentence"), "text.sentence")
            self._offer(self, tr("Select the turn or post"), "text.unit")

    def _offer(self, menu: QMenu, words: str, action: str) -> None:
        keys = self._keys.get(action, "")
        made = menu.addAction(f"{words}\t{key_table.shown(keys)}" if keys else words)
        made.setData(action)

    def _add_coding(self) -> None:
        self._offer(self, tr("Choose a code…"), "code.apply")
        self._offer(self, tr("Repeat the last code"), "code.repeat")
        self._offer(self, tr("Code in vivo"), "code.in_vivo")
        self._offer(self, tr("Does not fit"), "code.bucket")
        self._offer(self, tr("Memo…"), "code.memo")
        self._offer(self, tr("Copy"), "edit.copy")
        self.addSeparator()

    def _add_unit(self) -> None:
        """The whole turn, post or paragraph beside which the menu was asked for."""
        self._offer(self, tr("Select the turn or post"), "text.unit")
        self.addAction(tr("Code it…")).setData("unit code.apply")
        self.addAction(tr("Repeat the last code on it")).setData("unit code.repeat")
        self.addAction(tr("Memo on it…")).setData("unit code.memo")
        self.addSeparator()

    def _add_existing(self, coding: Coding, code: Code, *, alone: bool) -> None:
        menu = self if alone else self.addMenu(code.name.replace("&", "&&"))
        if alone:
            self.addAction(code.name.replace("&", "&&")).setEnabled(False)
        for words, what in (
            (tr("Show in the inspector"), "show"),
            (tr("Passages with this code"), "passages"),
            (tr("Memo…"), "memo"),
            (tr("Copy quotation"), "quote"),
            (tr("Link to another coding"), "link"),
            (tr("Same code in the next text"), "follow"),
        ):
            menu.addAction(words).setData((what, coding.guid))
        says = menu.addMenu(tr("This passage"))
        for polarity in (None, *Polarity):
            action = says.addAction(tr(polarity.value) if polarity else tr("open"))
            action.setData(("says", coding.guid, polarity))
            action.setCheckable(True)
            action.setChecked(coding.polarity == polarity)
        menu.addSeparator()
        remove = menu.addAction(tr("Remove {code}", code=code.name).replace("&", "&&"))
        remove.setData(("remove", coding.guid))
        self._let_own_only(menu, coding, says.menuAction(), remove)

    def _let_own_only(self, menu: QMenu, coding: Coding, *changes: QAction) -> None:
        """Grey out what would change the coding of another coder, and say why."""
        reason = tr("This is another coder’s coding. Nobody else can change it.")
        menu.setToolTipsVisible(True)
        for change in changes:
            change.setEnabled(self._view.is_own(coding))
            change.setToolTip("" if self._view.is_own(coding) else reason)

    def _act(self, action: QAction) -> None:
        wanted = action.data()
        if isinstance(wanted, str) and wanted.startswith("unit "):
            self._view.select(*self._view.motion.unit_at(self._view.caret()))
            self._view.act(wanted.removeprefix("unit "))
        elif isinstance(wanted, str):
            self._view.act(wanted)
        elif wanted:
            self._act_on(*wanted)

    def _act_on(self, what: str, guid: str, polarity: Polarity | None = None) -> None:
        desk, view = self._desk, self._view
        coding = view.coding(guid)
        acts = {
            "memo": desk.memoWanted.emit,
            "quote": self._page.copy_quotation,
            "link": view.linkRequested.emit,
            "follow": desk.follow_code,
            "show": view.activate,
        }
        if what in acts:
            acts[what](guid)
        elif what == "says":
            desk.set_polarity(guid, polarity)
        elif what == "remove":
            desk.remove((guid,))
        elif coding is not None:
            self._page.passagesRequested.emit(coding.code)


class TextMenus(QObject):
    """Opens the menus of the current text."""

    def __init__(self, context: Context, page: "ReadingPage") -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def show_menu(self, request: ContextRequest) -> None:
        """Show what can be done with what lies under the pointer."""
        changed = self._context.preferences.settings.shortcuts
        menu = TextMenu(self._page, request, key_table.in_use(usual_keys(), changed))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(request.place)

    def choose_removed(self, guids: Sequence[str]) -> None:
        """Let the researcher choose which of several codings is removed."""
        view, desk = self._page.view, self._page.desk
        found = [coding for guid in guids if (coding := view.coding(guid))]
        chooser = CodingChooser(self._page, tr("Which coding shall be removed"))
        chooser.offer(found, desk.codes, view.text(), self._context.theme.theme)
        chooser.chosen.connect(desk.remove)
        chooser.popup(view.caret_on_screen())
