"""The window: menus, the first page, and the workspace of the open project."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget

from qualcoder_sm import __version__, notices
from qualcoder_sm.errors import DiskError
from qualcoder_sm.i18n import tr
from qualcoder_sm.ui import actions, geometry, leaving, menu_key, messages, projects
from qualcoder_sm.ui.bars import FileName
from qualcoder_sm.ui.frame_style import frame_style
from qualcoder_sm.ui.pages.start import StartPage
from qualcoder_sm.ui.tasks import Collector
from qualcoder_sm.ui.theme import ThemeChoice, ThemeManager

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent

    from qualcoder_sm.settings import Settings
    from qualcoder_sm.ui.actions import Action
    from qualcoder_sm.ui.context import Preferences
    from qualcoder_sm.ui.projects import Opened
    from qualcoder_sm.ui.tasks import Step, Task, Tasks
    from qualcoder_sm.ui.workspace import Workspace

PROJECT_KINDS = "Projects (*.qsm)"


_WANTED = (1440, 900)


class MainWindow(QMainWindow):
    """Holds one project at a time. Nothing heavy is loaded before the first frame is painted."""

    painted = Signal()
    """The first frame is on the screen."""
    projectOpened = Signal()
    _noticed = Signal(str)

    def __init__(self, tasks: Tasks, theme: ThemeManager, preferences: Preferences) -> None:
        super().__init__()
        self.tasks, self._theme, self.preferences = tasks, theme, preferences
        self._workspace: Workspace | None = None
        self._is_painted = False
        self._busy: Task | None = None
        self._notices: list[str] = []
        self.start = StartPage()
        self._stack = QStackedWidget()
        self.commands = actions.build(self.menuBar(), self.run_action)
        self._build()
        self._connect()
        self._use_settings(preferences.settings)
        self._show_project()

    @property
    def workspace(self) -> Workspace:
        """What is seen of the open project; an error without one."""
        if self._workspace is None:
            raise AttributeError("no project is open")
        return self._workspace

    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._workspace is not None

    def _build(self) -> None:
        self.setMinimumSize(640, 480)
        self._stack.addWidget(self.start)
        self.setCentralWidget(self._stack)
        self._file = FileName(self.menuBar())
        self.menuBar().setCornerWidget(self._file)
        self._recent, self._favourites = QMenu(self), QMenu(self)
        self.commands["file.recent"].setMenu(self._recent)
        self._recent.triggered.connect(self._open_recent)
        self.commands["code.favourites"].setMenu(self._favourites)
        self._favourites.aboutToShow.connect(self._list_favourites)
        self._favourites.triggered.connect(self._apply_favourite)
        if not geometry.restore_window(self):
            geometry.resize_within_screen(self, *_WANTED)

    def _connect(self) -> None:
        self.start.newRequested.connect(self.new_project)
        self.start.openRequested.connect(self.open_project)
        self.start.demoRequested.connect(self.open_demonstration)
        self.start.recentRequested.connect(self.open_path)
        self.start.coderRequested.connect(self._ask_coder)
        self.start.banner.actionRequested.connect(self._stop)
        self._theme.changed.connect(self._use_theme)
        self.preferences.changed.connect(self._use_settings)
        self.tasks.progressed.connect(self._show_progress)
        # Queued: a notice may come from the worker, or before there is anything to show it in.
        self._noticed.connect(self._show_notice, Qt.ConnectionType.QueuedConnection)
        edit = self.menuBar().findChild(QMenu, "Edit")
        if edit:
            edit.aboutToShow.connect(self._name_steps)

    def run_action(self, action: Action) -> None:
        """Do what a row of the table says."""
        if not action.method:
            return
        method = attrgetter(action.method)(self)
        if action.argument is None:
            method()
        else:
            method(action.argument)

    # Projects

    def new_project(self) -> None:
        """Ask what the project is to be, and make it."""
        from qualcoder_sm.ui.dialogs.new_project import ask_new_project

        wanted = ask_new_project(self, self.preferences.settings.coder)
        if wanted:
            self._begin(projects.made, wanted)

    def open_project(self) -> None:
        """Choose a project and open it."""
        paths = messages.ask_open(self, tr("Open a project"), tr(PROJECT_KINDS))
        if paths:
            self.open_path(paths[0])

    def open_path(self, path: Path) -> None:
        """Open the project at this path; the one that is open stays."""
        if self.is_open() and self.workspace.context.project.path.resolve() == path.resolve():
            return
        self._begin(projects.opened, path, self.preferences.settings.coder)

    def open_demonstration(self) -> None:
        """Open the demonstration study, building it the first time."""
        from qualcoder_sm.ui.dialogs.new_project import documents

        path = documents() / tr("Demonstration.qsm")
        self._begin(projects.demonstration, path, reports=True)

    def open_copy(self) -> None:
        """Copy the open project and go on in the copy."""
        self._begin(projects.copied, self.workspace.context.project.path, self._coder())

    def open_again(self) -> None:
        """Give the open project back and open it as it is now."""
        path = self.workspace.context.project.path
        if leaving.may_leave(self, self.tasks):
            self._close()
            self.open_path(path)

    def restore_backup(self) -> None:
        """Choose a backup of the open project and open it as a copy."""
        from qualcoder_sm.store import backups
        from qualcoder_sm.ui.dialogs.restore import choose_backup

        project = self.workspace.context.project
        try:
            known = backups.backups(project.guid)
        except DiskError as error:
            self._refused(error)
            return
        chosen = choose_backup(self, known)
        if chosen:
            self._begin(projects.restored, chosen, project.path, self._coder())

    def close_project(self) -> None:
        """Give the project back and show the first page, once nothing works on it any more."""
        if leaving.may_leave(self, self.tasks):
            self._close()

    def _close(self) -> None:
        if self._workspace is not None:
            workspace, self._workspace = self._workspace, None
            workspace.close_project()
            self._stack.removeWidget(workspace)
            workspace.deleteLater()
            Collector.begin_anew()
        self._show_project()

    def _begin(
        self, work: Callable[..., Opened], *arguments: object, reports: bool = False
    ) -> None:
        if self.tasks.work and not leaving.may_leave(self, self.tasks):
            return
        self.start.banner.hide()
        self.start.status.setText(tr("Opening …"))
        self._busy = self.tasks.run(
            work, *arguments, done=self._opened, failed=self._refused, reports=reports,
            work=tr("The demonstration study") if reports else "",
        )  # fmt: skip

    def _opened(self, opened: Opened) -> None:
        from qualcoder_sm.ui.bridge import ProjectBridge
        from qualcoder_sm.ui.context import Context
        from qualcoder_sm.ui.pages import registry
        from qualcoder_sm.ui.workspace import Workspace

        if not leaving.may_leave(self, self.tasks):  # asked while the other was being opened
            opened.project.close()
            return
        self._close()
        bridge = ProjectBridge(opened.project)
        context = Context(bridge, self.tasks, self._theme, self.preferences)
        bridge.setParent(context)
        workspace = Workspace(context, opened.locked)
        context.setParent(workspace)
        workspace.copyRequested.connect(self.open_copy)
        workspace.againRequested.connect(self.open_again)
        workspace.guard.takenOver.connect(self._freeze)
        self._workspace = workspace
        self._stack.addWidget(workspace)
        self.preferences.set(self.preferences.settings.opened(opened.project.path))
        self._show_project()
        workspace.reading.take_keyboard()
        self._show_notices()
        self.tasks.run(registry.load, done=self._pages_loaded)
        self.projectOpened.emit()

    def _pages_loaded(self, _nothing: object) -> None:
        """The first visit to a page need not wait for its modules."""

    def _refused(self, error: object) -> None:
        self._busy = None
        if self._workspace is not None:
            self._workspace.show_error(error)
        else:
            self.start.status.setText(tr("No project is open"))
            self.start.banner.show_sentence(str(error))

    def _show_project(self) -> None:
        workspace = self._workspace
        self._busy = None
        self.start.banner.hide()
        self.start.status.setText(tr("No project is open"))
        self._stack.setCurrentWidget(workspace or self.start)
        name = workspace.context.project.path.name if workspace else ""
        self._file.setText(name)
        self.setWindowTitle(f"{name} – QualCoder SM" if name else tr("QualCoder SM"))
        writing = workspace is not None and not workspace.context.project.read_only
        actions.enable(self.commands, project=workspace is not None, writing=writing)
        self.menuBar().adjustSize()

    def _freeze(self) -> None:
        actions.enable(self.commands, project=True, writing=False)

    def _show_progress(self, step: Step) -> None:
        if self._busy and self._workspace is None:
            said = tr("Building {done} of {total}: {what}", done=step.done, total=step.total,
                      what=step.what)  # fmt: skip
            self.start.status.setText(said)
            self.start.banner.show_sentence(said, kind="warning", action=tr("Cancel"))

    def hear_notices(self) -> None:
        """Show what goes wrong beside the matter, from now on: in the status line, quietly."""
        notices.listen(self._noticed.emit)

    def _show_notice(self, sentence: str) -> None:
        self._notices.append(sentence)
        self._show_notices()

    def _show_notices(self) -> None:
        """Without a project they stand above the first page, and are told again in the next."""
        said = " ".join(self._notices)
        if not said:
            return
        if self._workspace is None:
            self.start.banner.show_sentence(said, kind="warning")
        else:
            self._workspace.status.say(said)
            self._notices.clear()

    def _stop(self) -> None:
        if self._busy:
            self._busy.cancel()

    # Settings and help

    def show_settings(self) -> None:
        """Let the researcher change how things look."""
        from qualcoder_sm.ui.dialogs.settings import show_settings

        show_settings(self, self.preferences, list(self.commands.values()))

    def show_actions(self) -> None:
        """All actions in one list."""
        from qualcoder_sm.ui.command_palette import CommandPalette

        CommandPalette(self, list(self.commands.values())).open_over(self)

    def show_keys(self) -> None:
        """The sheet of keys."""
        from qualcoder_sm.ui.dialogs.keys import KeySheet

        KeySheet(self, list(self.commands.values())).show()

    def show_about(self) -> None:
        """Which version this is."""
        said = tr(
            "QualCoder SM {version}. Deductive thematic coding of interviews and online posts. "
            "MIT licence. The program sends nothing anywhere.",
            version=__version__,
        )
        if messages.confirm(self, said, tr("Keys…"), tr("Close")):
            self.show_keys()

    def open_menu(self) -> None:
        """The menu of what has the keyboard, where its caret or current row is."""
        menu_key.open_menu(QApplication.focusWidget() or self)

    def toggle_full_screen(self) -> None:
        """The whole screen, or a window again."""
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def _coder(self) -> str:
        return self.workspace.context.project.coder.name

    def _ask_coder(self) -> None:
        settings = self.preferences.settings
        name = messages.ask_text(
            self, tr("Who codes"), tr("Your name in projects"), settings.coder, tr("Use this name")
        )
        if name:
            self.preferences.set(replace(settings, coder=name))

    def _use_settings(self, settings: Settings) -> None:
        if not settings.coder:
            self.preferences.set(replace(settings, coder=projects.account_name()))
            return
        self.start.show_settings(settings)
        actions.use_keys(self.commands, settings.shortcuts)
        self._recent.clear()
        for path in settings.recent:
            self._recent.addAction(Path(path).stem).setData(path)
        choice = ThemeChoice(settings.theme)
        if choice is not self._theme.choice:
            self._theme.set_choice(choice)
        if settings.ui_size / 100 != self._theme.theme.ui_scale:
            self._theme.set_ui_scale(settings.ui_size / 100)
        self._use_theme()

    def _use_theme(self) -> None:
        sheet = frame_style(self._theme.theme)
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _open_recent(self, action: QAction) -> None:
        self.open_path(Path(str(action.data())))

    def _list_favourites(self) -> None:
        """The codes that have a key, with their keys."""
        self._favourites.clear()
        codes = self.workspace.reading.desk.favourites() if self._workspace else []
        for code in codes:
            self._favourites.addAction(f"{code.name.replace('&', '&&')}\t{code.favourite}").setData(
                code.guid
            )
        if not codes:
            nothing = tr("No code has a key. Give it one in the codebook, by the right button.")
            self._favourites.addAction(nothing).setEnabled(False)

    def _apply_favourite(self, action: QAction) -> None:
        self.workspace.reading.desk.apply_to_selection(str(action.data()))

    def _name_steps(self) -> None:
        if self._workspace is None:
            return
        history = self._workspace.context.project.history
        steps = (
            ("edit.undo", tr("Undo"), history.undoable()),
            ("edit.redo", tr("Redo"), history.redoable()),
        )
        for key, word, seq in steps:
            step = history.label(seq) if seq else ""
            named = tr("{word}: {step}", word=word, step=step) if step else word
            self.commands[key].setText(named.replace("&", "&&"))

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once, that the first frame is painted."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being written, wait for the worker, and give the project back."""
        if not leaving.may_leave(self, self.tasks):
            event.ignore()
            return
        geometry.keep_window(self)
        self._close()
        self.tasks.close()
        notices.listen(None)
        super().closeEvent(event)
