"""The choice of what is seen in a text: which codes, and whose codings."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from qualcoder_sm.errors import QualCoderError
from qualcoder_sm.i18n import tr
from qualcoder_sm.model import Change
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.sets import CodeSet
from qualcoder_sm.ui import icons
from qualcoder_sm.ui.code_sight import Wanted
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.geometry import resize_within_screen
from qualcoder_sm.ui.panels.code_menu import chip
from qualcoder_sm.ui.sight import Sight
from qualcoder_sm.ui.theme import Theme
from qualcoder_sm.ui.widgets import button, column, label, row

_GUID = Qt.ItemDataRole.UserRole


class FilterButton(QToolButton):
    """Says which codes are seen; a press opens the choice."""

    def __init__(self, context: Context, sight: Sight) -> None:
        super().__init__()
        self._context, self._sight = context, sight
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.triggered.connect(self._take)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIcon(icons.icon("funnel-simple"))
        self.setToolTip(tr("Which codings are seen in the texts"))
        sight.codes.changed.connect(self._show)
        context.bridge.changed.connect(self._follow)
        self._show()

    def _show(self) -> None:
        words = self._sight.codes.words()
        self.setText(" " + (words if len(words) < 24 else words[:23] + "…"))
        self.setAccessibleName(tr("Codings seen: {codes}", codes=words))

    def _follow(self, change: Change) -> None:
        if change.touches("codes"):
            self._show()

    def _fill(self) -> None:
        self._menu.clear()
        codes, group = self._sight.codes, QActionGroup(self._menu)
        for words, wanted in (
            (tr("All codes"), Wanted.ALL),
            (tr("The current code and those below it"), Wanted.FAMILY),
            (tr("Chosen codes…"), Wanted.CHOSEN),
        ):
            group.addAction(self._add(words, wanted, checked=codes.wanted is wanted))
        self._add_sets()
        self._menu.addSeparator()
        self._add(tr("The current code stands out in the overview"), "mark", checked=codes.marking)
        self._add_coders()

    def _add_sets(self) -> None:
        sets = self._context.project.sets.all()
        if sets:
            self._menu.addSeparator()
        for one in sets:
            seen = self._sight.codes.shown() == frozenset(one.codes)
            self._add(tr("Set: {name}", name=one.name.replace("&", "&&")), one, checked=seen)

    def _add_coders(self) -> None:
        own, sight = self._sight.coder.guid, self._sight
        others = [one for one in self._context.project.coders.all() if one.guid != own]
        if others:
            self._menu.addSeparator()
        for coder in others:
            words = tr("Codings of {coder}", coder=coder.name)
            self._add(words, coder.guid, checked=sight.sees(coder.guid))

    def _add(self, words: str, value: object, *, checked: bool) -> QAction:
        action = self._menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(checked)
        action.setData(value)
        return action

    def _take(self, action: QAction) -> None:
        value, codes = action.data(), self._sight.codes
        if value is Wanted.CHOSEN:
            choose_codes(self.window(), self._context, self._sight)
        elif isinstance(value, Wanted):
            codes.want(value)
        elif isinstance(value, CodeSet):
            codes.choose(value.codes)
        elif value == "mark":
            codes.mark_current(action.isChecked())
        else:
            self._sight.see(str(value), action.isChecked())


class CodesDialog(QDialog):
    """Ticks for the codes that shall be seen."""

    taken = Signal(object)
    """Tuple of guids."""

    def __init__(
        self, parent: QWidget | None, project: Project, theme: Theme, ticked: Iterable[str]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Codes to see"))
        resize_within_screen(self, 420, 520)
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setPlaceholderText(tr("Find a code"))
        self.field.setAccessibleName(tr("Find a code"))
        self.field.textChanged.connect(self._find)
        self.list.setAccessibleName(tr("Codes to see"))
        self._fill(project, theme, frozenset(ticked))
        self._sets = project.sets
        self.set_name, self.said = QLineEdit(), label("", "danger", wrap=True)
        self.set_name.setPlaceholderText(tr("Keep them as a set with this name, if you like"))
        self.set_name.setAccessibleName(tr("Name of the set"))
        self.set_name.setHidden(project.read_only)
        self.said.hide()
        use, close = button(tr("See these codes"), primary=True), button(tr("Close"))
        use.clicked.connect(self.accept_choice)
        close.clicked.connect(self.reject)
        self.setLayout(column(self.field, 8, self.list, 8, self.set_name, self.said, 12,
                              row(0, close, 8, use),
                              margins=(20, 16, 16, 16), stretch=2))  # fmt: skip

    def _fill(self, project: Project, theme: Theme, ticked: frozenset[str]) -> None:
        paths = project.codebook.paths()
        for code in project.codebook.codes():
            item = QListWidgetItem(chip(theme, code.color, 12), paths[code.guid], self.list)
            item.setData(_GUID, code.guid)
            state = Qt.CheckState.Checked if code.guid in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)

    def codes(self) -> tuple[str, ...]:
        """The ticked codes, by guid."""
        items = [self.list.item(number) for number in range(self.list.count())]
        return tuple(
            str(item.data(_GUID)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def _find(self, text: str) -> None:
        for number in range(self.list.count()):
            item = self.list.item(number)
            item.setHidden(text.casefold() not in item.text().casefold())

    def accept_choice(self) -> None:
        """See the ticked codes, and keep them as a set if it has a name."""
        if self.set_name.text().strip():
            try:
                self._sets.keep(self.set_name.text(), self.codes())
            except QualCoderError as error:
                self.said.setText(str(error))
                self.said.show()
                return
        self.taken.emit(self.codes())
        self.accept()


def choose_codes(parent: QWidget, context: Context, sight: Sight) -> CodesDialog:
    """Open the choice of codes."""
    dialog = CodesDialog(parent, context.project, context.theme.theme, sight.codes.chosen)
    dialog.taken.connect(sight.codes.choose)
    dialog.open()
    return dialog
