"""The code palette over the text: where it opens, and what its choice does."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from qualcoder_sm.ui.coding_desk import CodingDesk, NewCodeRequest
from qualcoder_sm.ui.reading import ReadingView, SpanRequest
from qualcoder_sm.ui.reading.palette import CodePalette
from qualcoder_sm.ui.theme import ThemeManager


class PaletteHost(CodePalette):
    """Opens near the selection for the words that a request names, and hands back the keyboard."""

    def __init__(
        self, view: ReadingView, desk: CodingDesk, theme: ThemeManager, parent: QWidget
    ) -> None:
        super().__init__(parent, theme.theme)
        self._view, self._desk, self._manager = view, desk, theme
        self._span = SpanRequest(0, 0)
        theme.changed.connect(self._follow_theme)
        view.paletteRequested.connect(self.open_over)
        self.chosen.connect(desk.apply_to_selection)
        self.created.connect(self._apply_new)
        self.closed.connect(view.setFocus)

    def open_over(self, request: SpanRequest) -> None:
        """Offer all codes for these words, the ones used lately on top."""
        self._span = request
        page, window = self._view.viewport(), self._view.window()
        rect = self._view.selection_rect()
        spot = QRect(page.mapToGlobal(rect.topLeft()), rect.size())
        bounds = QRect(window.mapToGlobal(window.rect().topLeft()), window.size())
        self.open_for(list(self._desk.codes.values()), self._desk.recent, spot, bounds)

    def _apply_new(self, name: str) -> None:
        self._desk.code_anew(NewCodeRequest(name, self._span.start, self._span.end))

    def _follow_theme(self) -> None:
        self.set_theme(self._manager.theme)
