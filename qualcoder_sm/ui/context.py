"""Context: what every part of the window is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qualcoder_sm import settings

if TYPE_CHECKING:  # the first window is painted before the project and its database are loaded
    from qualcoder_sm.project.project import Project
    from qualcoder_sm.settings import Settings
    from qualcoder_sm.ui.bridge import ProjectBridge
    from qualcoder_sm.ui.tasks import Tasks
    from qualcoder_sm.ui.theme import ThemeManager


class Preferences(QObject):
    """The settings in use; setting them keeps them and tells everybody."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings.load()

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def set(self, new: Settings) -> None:
        """Use and keep other settings."""
        if new != self._settings:
            self._settings = new
            settings.save(new)
            self.changed.emit(new)


class Context(QObject):
    """The open project, the worker, the theme and the settings, handed down by constructor."""

    def __init__(
        self,
        bridge: ProjectBridge,
        tasks: Tasks,
        theme: ThemeManager,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.tasks = tasks
        self.theme = theme
        self.preferences = preferences

    @property
    def project(self) -> Project:
        """The open project."""
        return self.bridge.project
