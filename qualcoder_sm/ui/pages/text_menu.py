"""The menu on the text: about what lies under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Polarity
from qualcoder_sm.ui.reading import ContextRequest, SpanRequest

if TYPE_CHECKING:
    from qualcoder_sm.ui.pages.reading import ReadingPage


class TextMenu(QMenu):
    """Codes the selection, and removes, marks or explains the codings at the pointer."""

    def __init__(self, page: "ReadingPage", request: ContextRequest) -> None:
        super().__init__(page)
        self._page = page
        self._desk, self._view = page.desk, page.view
        self._span = SpanRequest(request.start, request.end)
        if request.start != request.end:
            self._add_coding()
        for guid in request.codings:
            self._add_existing(guid)
        if self.isEmpty():
            nothing = self.addAction(tr("Select some words first."))
            nothing.setEnabled(False)

    def _add_coding(self) -> None:
        self.addAction(tr("Choose a code…\tEnter"), self._choose)
        self.addAction(tr("Code in vivo\tI"), self._in_vivo)
        self.addAction(tr("Does not fit\t0"), self._bucket)
        self.addAction(tr("Repeat the last code\tR"), self._repeat)
        self.addAction(tr("Memo…\tM"), self._view.request_memo)
        self.addSeparator()

    def _add_existing(self, guid: str) -> None:
        coding = next((c for c in self._page.feed.codings_here() if c.guid == guid), None)
        code = self._desk.codes.get(coding.code) if coding else None
        if coding is None or code is None:
            return
        menu = self.addMenu(code.name)
        menu.setProperty("coding", guid)
        menu.addAction(tr("Show in the inspector")).setData("show")
        menu.addAction(tr("Memo…\tM")).setData("memo")
        says = menu.addMenu(tr("This passage"))
        says.setProperty("coding", guid)
        for polarity in (None, *Polarity):
            action = says.addAction(tr(polarity.value) if polarity else tr("open"))
            action.setData(polarity or "open")
            action.setCheckable(True)
            action.setChecked(coding.polarity == polarity)
        menu.addSeparator()
        menu.addAction(tr("Remove {code}\tDel", code=code.name)).setData("remove")
        menu.triggered.connect(self._act)

    def _act(self, action: QAction) -> None:
        menu = self.sender()
        guid, wanted = str(menu.property("coding")), action.data()
        if wanted == "remove":
            self._desk.remove((guid,))
        elif wanted == "memo":
            self._desk.memoWanted.emit(guid)
        elif wanted == "show":
            self._view.codingActivated.emit(guid)
        else:
            self._desk.set_polarity(guid, None if wanted == "open" else Polarity(wanted))

    def _choose(self) -> None:
        self._view.request_span("paletteRequested")

    def _in_vivo(self) -> None:
        self._desk.code_in_vivo(self._span)

    def _bucket(self) -> None:
        self._desk.put_into_bucket(self._span)

    def _repeat(self) -> None:
        self._desk.repeat(self._span)
