"""Every action of the window, as a table: its menu, words, keys, and the method that does it.

`method` is a path from the window: "workspace.undo" is `window.workspace.undo`. What is done in the
text has its keys in `key_table.TEXT_KEYS`: they are shown here and act there. Keys after a tab are
shown only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import key_table
from qualcoder_sm.ui.key_table import COPY_TABLE, TEXT_KEYS


class Needs(Enum):
    """What must be there for an action to make sense."""

    NOTHING = "nothing"
    PROJECT = "a project"
    WRITING = "a project that may be changed"


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table. `argument` is handed to the method when it is not None."""

    key: str
    text: str
    shortcut: str = ""
    method: str = ""
    needs: Needs = Needs.PROJECT
    argument: object = None


_FREE, _WRITE = Needs.NOTHING, Needs.WRITING
_ALSO = {"window.menu": "Menu"}
"""Keys of their own on the keyboard, which actions have besides those that can be changed."""
RULE = None


def _text(key: str, words: str, needs: Needs = Needs.WRITING) -> Action:
    """Something that is done in the text, by the keys of `TEXT_KEYS`."""
    return Action(key, words, "", "workspace.reading.act", needs, key)


MENUS: Mapping[str, tuple[Action | None, ...]] = {
    "File": (
        Action("file.new", "New project…", "Ctrl+N", "new_project", _FREE),
        Action("file.open", "Open a project…", "Ctrl+O", "open_project", _FREE),
        Action("file.recent", "Open recent", "", "", _FREE),
        Action("file.demo", "Demonstration study", "Ctrl+D", "open_demonstration", _FREE),
        RULE,
        Action("file.import", "Import texts…", "Ctrl+I", "workspace.import_texts", _WRITE),
        Action("file.codebook", "Bring a codebook…", "", "workspace.bring_codebook", _WRITE),
        RULE,
        Action("file.copy", "Open a copy", "", "open_copy"),
        Action("file.restore", "Restore a backup…", "", "restore_backup"),
        Action("file.close", "Close the project", "Ctrl+Shift+W", "close_project"),
        RULE,
        Action("file.settings", "Settings…", "Ctrl+,", "show_settings", _FREE),
        Action("file.quit", "Quit", "Ctrl+Q", "close", _FREE),
    ),
    "Edit": (
        Action("edit.undo", "Undo", "Ctrl+Z", "workspace.undo", _WRITE),
        Action("edit.redo", "Redo", "Ctrl+Shift+Z", "workspace.redo", _WRITE),
        RULE,
        _text("edit.copy", "Copy the selected words", Needs.PROJECT),
        Action("edit.copy_table", "Copy the table shown", COPY_TABLE, "workspace.copy_table"),
        _text("edit.all", "Select the whole text", Needs.PROJECT),
        Action("edit.find_here", "Find in this text\tCtrl+F", "",
               "workspace.reading.below.find_here"),
        Action("edit.find_all", "Find in all texts", "Ctrl+Alt+F", "workspace.find_all"),
        Action("edit.find", "Search the project", "Ctrl+K", "workspace.find"),
        RULE,
        Action("edit.actions", "All actions…", "Ctrl+Shift+P", "show_actions", _FREE),
    ),
    "View": (
        _text("view.mode", "Next way of showing codings", Needs.PROJECT),
        Action("view.others", "Other coders’ codings", "", "workspace.show_others"),
        Action("view.family", "Only the current code and those below", "Ctrl+Shift+O",
               "workspace.sight.codes.turn_family"),
        Action("view.mark", "Current code stands out in the overview", "",
               "workspace.sight.codes.turn_marking"),
        Action("view.numbers", "Numbers: none, turns, lines", "", "workspace.turn_numbers"),
        RULE,
        Action("view.larger", "Larger text", "Ctrl++", "workspace.zoom", argument=1),
        Action("view.smaller", "Smaller text", "Ctrl+-", "workspace.zoom", argument=-1),
        Action("view.usual", "Usual size", "Ctrl+0", "workspace.zoom_back"),
        RULE,
        Action("view.beside", "Two texts side by side", "Ctrl+\\",
               "workspace.reading.turn_beside"),
        Action("view.left", "Sources and codebook", "F3", "workspace.toggle_pane",
               argument="left"),
        Action("view.right", "Inspector", "F4", "workspace.toggle_pane", argument="right"),
    ),
    "Text": (
        _text("text.sentence", "Select the sentence", Needs.PROJECT),
        _text("text.unit", "Select the turn or post", Needs.PROJECT),
        RULE,
        _text("text.uncoded", "Next without a coding", Needs.PROJECT),
        _text("text.uncoded_back", "Previous without a coding", Needs.PROJECT),
        _text("text.next", "Next coding", Needs.PROJECT),
        _text("text.previous", "Previous coding", Needs.PROJECT),
        _text("text.follow", "Same code in the next text", Needs.PROJECT),
        RULE,
        _text("text.start_back", "Start one word earlier"),
        _text("text.start_on", "Start one word later"),
        _text("text.start_back_character", "Start one character earlier"),
        _text("text.start_on_character", "Start one character later"),
        _text("text.end_back", "End one word earlier"),
        _text("text.end_on", "End one word later"),
        _text("text.end_back_character", "End one character earlier"),
        _text("text.end_on_character", "End one character later"),
    ),
    "Sources": (
        Action("sources.list", "Go to the sources", "Alt+Home",
               "workspace.reading.go_to_sources"),
        Action("sources.next", "Next open text", "Ctrl+Tab", "workspace.reading.next_tab"),
        Action("sources.previous", "Previous open text", "Ctrl+Shift+Tab",
               "workspace.reading.previous_tab"),
        Action("sources.close", "Close this text", "Ctrl+W",
               "workspace.reading.tabs.close_current"),
        Action("sources.people", "Speakers and authors…", "", "workspace.tools.show_people"),
        RULE,
        Action("sources.rename", "Rename…", "", "workspace.reading.sources.rename", _WRITE),
        Action("sources.memo", "Memo on this text…", "",
               "workspace.tools.memo_on_current_source", _WRITE),
        Action("sources.correct", "Correct the text…", "Ctrl+Shift+E",
               "workspace.tools.correct_text", _WRITE),
        Action("sources.lock", "Lock or unlock the text", "", "workspace.tools.turn_lock",
               _WRITE),
        Action("sources.quote_rule", "Quote rule…", "",
               "workspace.reading.sources.change_quote_rule", _WRITE),
        Action("sources.progress", "Not started, in progress, done", "Ctrl+Shift+D",
               "workspace.reading.turn_progress", _WRITE),
        Action("sources.done", "Mark as done", "",
               "workspace.reading.sources.mark_done", _WRITE),
        Action("sources.undone", "Mark as in progress", "",
               "workspace.reading.sources.mark_in_progress", _WRITE),
        Action("sources.collection", "Move to a new collection…", "",
               "workspace.reading.sources.move_to_new", _WRITE),
        Action("sources.delete", "Delete…", "", "workspace.reading.sources.delete", _WRITE),
    ),
    "Code": (
        _text("code.apply", "Choose a code…"),
        Action("code.favourites", "Favourite codes", "", "", _WRITE),
        _text("code.repeat", "Repeat the last code"),
        _text("code.in_vivo", "Code in vivo"),
        _text("code.bucket", "Does not fit"),
        _text("code.memo", "Memo"),
        _text("code.polarity", "Supports, contradicts, mixed"),
        _text("code.link", "Link to another coding"),
        _text("code.remove", "Remove the coding"),
        Action("code.speak", "Codes at the caret", "Ctrl+Shift+C", "workspace.say_codes"),
        Action("code.units", "Current code on each selected turn or post", "Ctrl+U",
               "workspace.tools.code_each_unit", _WRITE),
        Action("code.find", "Find and code…", "Ctrl+Shift+K", "workspace.tools.find_and_code",
               _WRITE),
        RULE,
        Action("code.new", "New code…", "Ctrl+Shift+N", "workspace.reading.codebook.add_code",
               _WRITE),
        Action("code.child", "New code below…", "", "workspace.reading.codebook.add_child",
               _WRITE),
        Action("code.rename", "Rename the code", "", "workspace.reading.codebook.rename", _WRITE),
        Action("code.define", "Edit the definition", "Ctrl+E",
               "workspace.reading.edit_definition", _WRITE),
        Action("code.split", "Split…", "", "workspace.tools.split_current", _WRITE),
        Action("code.merge", "Merge into…", "", "workspace.reading.codebook.merge", _WRITE),
        Action("code.delete", "Delete the code…", "", "workspace.reading.codebook.delete",
               _WRITE),
    ),
    "Analyse": (
        Action("analyse.passages", "Passages", "Ctrl+Shift+F", "workspace.show_passages"),
        RULE,
        Action("page.2", "Compare coders", "Ctrl+3", "workspace.show_page", argument=2),
        Action("page.3", "Matrix", "Ctrl+4", "workspace.show_page", argument=3),
        Action("page.4", "Audit trail", "Ctrl+5", "workspace.show_page", argument=4),
        Action("page.5", "Export", "Ctrl+6", "workspace.show_page", argument=5),
    ),
    "Window": (
        Action("page.0", "Read && code", "Ctrl+1", "workspace.show_page", argument=0),
        Action("page.1", "Codebook", "Ctrl+2", "workspace.show_page", argument=1),
        Action("window.memos", "Memos", "Ctrl+Shift+M", "workspace.tools.show_memos"),
        RULE,
        Action("window.next", "Next pane", "F6", "workspace.next_pane"),
        Action("window.previous", "Previous pane", "Shift+F6", "workspace.previous_pane"),
        Action("window.menu", "Menu of what has the keyboard", "Shift+F10", "open_menu", _FREE),
        RULE,
        Action("window.full", "Full screen", "F11", "toggle_full_screen", _FREE),
    ),
    "Help": (
        Action("help.keys", "Keys", "?", "show_keys", _FREE),
        Action("help.about", "About QualCoder SM", "", "show_about", _FREE),
    ),
}  # fmt: skip


def all_actions() -> list[Action]:
    """Every row of the table."""
    return [action for entries in MENUS.values() for action in entries if action]


class Command(QAction):
    """A row of the table as Qt knows it; triggering it runs the row."""

    def __init__(
        self,
        action: Action,
        menu: str,
        run: Callable[[Action], None],
        parent: QObject,
    ) -> None:
        super().__init__(tr(action.text), parent)
        self.row = action
        self.menu_title = menu
        self._run = run
        self.triggered.connect(self._go)

    @property
    def words(self) -> str:
        """What the action is called, without its keys."""
        return self.text().split("\t")[0].replace("&&", "&")

    @property
    def keys(self) -> str:
        """Its keys, bound here or in the text."""
        shown = self.text().partition("\t")[2]
        return shown or self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def set_keys(self, keys: str) -> None:
        """Answer to these keys, or show those that the text answers to; "" for none."""
        if self.row.key not in TEXT_KEYS:
            every = (keys, _ALSO.get(self.row.key, ""))
            self.setShortcuts([QKeySequence(one) for one in every if one])
        elif keys:
            self.setText(f"{tr(self.row.text)}\t{key_table.shown(keys)}")
        else:
            self.setText(tr(self.row.text))

    def _go(self) -> None:
        self._run(self.row)


class Opener(QAction):
    """Alt and its first letter open a menu, without a line under the letter."""

    def __init__(self, bar: QMenuBar, menu: QMenu) -> None:
        super().__init__(menu.title(), bar)
        self._bar, self._menu = bar, menu
        self.setShortcut(QKeySequence(f"Alt+{menu.title()[0]}"))
        self.triggered.connect(self._open)

    def _open(self) -> None:
        self._bar.setActiveAction(self._menu.menuAction())


def usual_keys() -> dict[str, str]:
    """The keys of every action as the program comes, by action; "" for those without."""
    return {one.key: TEXT_KEYS.get(one.key, one.shortcut) for one in all_actions()}


def use_keys(commands: Mapping[str, Command], changed: Mapping[str, str]) -> None:
    """Let actions answer to the researcher's own keys, as far as they can."""
    for action, keys in key_table.in_use(usual_keys(), changed).items():
        commands[action].set_keys(keys)


def build(bar: QMenuBar, run: Callable[[Action], None]) -> dict[str, Command]:
    """Fill a menu bar from the table."""
    commands: dict[str, Command] = {}
    for title, entries in MENUS.items():
        menu = QMenu(tr(title), bar)
        menu.setObjectName(title)
        bar.addMenu(menu)
        bar.window().addAction(Opener(bar, menu))
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            command = Command(entry, tr(title), run, bar)
            commands[entry.key] = command
            menu.addAction(command)
    return commands


def enable(commands: Mapping[str, Command], *, project: bool, writing: bool) -> None:
    """Grey out what makes no sense now, and say why."""
    for command in commands.values():
        needs = command.row.needs
        possible = needs is Needs.NOTHING or (project if needs is Needs.PROJECT else writing)
        command.setEnabled(possible)
        reason = tr("This project is open for reading only.") if project else ""
        command.setToolTip(command.words if possible or not reason else reason)
