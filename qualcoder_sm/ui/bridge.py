"""ProjectBridge: turns the project's changes into one Qt signal."""

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.project.project import Project


class ProjectBridge(QObject):
    """The open project and its one signal; a change made in a worker arrives on this thread."""

    changed = Signal(object)
    """A `model.Change` that was committed; ask it `touches("codings")`."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        project.subscribe(self.changed.emit)
