"""Three panes side by side; the outer ones become drawers over the middle when there is no room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from qualcoder_sm.ui import geometry
from qualcoder_sm.ui.widgets import column, restyle

RIGHT_DRAWER_BELOW, NARROW_BELOW, LEFT_DRAWER_BELOW = 1280, 1180, 920
LEFT, NARROW_LEFT, RIGHT = 288, 248, 284


class _Handle(QSplitterHandle):
    """A line of one pixel; a double click sets the sizes back."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        splitter = self.splitter()
        if isinstance(splitter, Split):
            splitter.set_back()


class Split(QSplitter):
    """A splitter that remembers its sizes under its name."""

    def __init__(self, orientation: Qt.Orientation, name: str, usual: list[int]) -> None:
        super().__init__(orientation)
        self._usual = usual
        self.setObjectName(name)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._keep)

    def createHandle(self) -> QSplitterHandle:
        """A handle that can be double clicked."""
        return _Handle(self.orientation(), self)

    def set_back(self) -> None:
        """The usual sizes."""
        self.setSizes(self._usual)
        self._keep()

    def begin(self) -> None:
        """The sizes of last time, or the usual ones."""
        if not geometry.restore_splitter(self):
            self.setSizes(self._usual)

    def _keep(self) -> None:
        geometry.keep_splitter(self)


class ThreePanes(QWidget):
    """Left pane, middle, right pane."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__()
        self._panes = {"left": left, "right": right}
        self._wanted = {"left": True, "right": True}
        self._drawers: set[str] = set()
        self._widths = {"left": LEFT, "right": RIGHT}
        self._narrow = False
        self.split = Split(Qt.Orientation.Horizontal, "read", [LEFT, 860, RIGHT])
        for pane in (left, middle, right):
            self.split.addWidget(pane)
        self.split.setStretchFactor(1, 1)
        for place in (0, 2):
            self.split.setStretchFactor(place, 0)
        left.setMinimumWidth(220)
        left.setMaximumWidth(420)
        right.setMaximumWidth(400)
        self.setLayout(column(self.split))
        self.split.begin()

    def is_drawer(self, side: str) -> bool:
        """Whether a pane lies over the middle at this width."""
        return side in self._drawers

    def is_open(self, side: str) -> bool:
        """Whether a pane is seen."""
        return self._panes[side].isVisibleTo(self)

    def toggle(self, side: str) -> None:
        """Open or close "left" or "right"."""
        self.set_open(side, not self.is_open(side))

    def set_open(self, side: str, opened: bool) -> None:
        """Open or close a pane."""
        pane = self._panes[side]
        if side in self._drawers:
            self._place(side)
        else:
            self._wanted[side] = opened
        pane.setVisible(opened)
        if opened and side in self._drawers:
            pane.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panes become drawers below their widths, and come back above them."""
        super().resizeEvent(event)
        width = self.width()
        self.split.resize(self.size())  # else the sizes below would be shares of the old width
        self._settle("right", width < RIGHT_DRAWER_BELOW)
        self._settle("left", width < LEFT_DRAWER_BELOW)
        narrow = width < NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            left = NARROW_LEFT if narrow else LEFT
            self.split.setSizes([left, width - left - RIGHT, RIGHT])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawers."""
        if event.key() == Qt.Key.Key_Escape and self._drawers:
            for side in self._drawers:
                self._panes[side].hide()
        else:
            super().keyPressEvent(event)

    def _settle(self, side: str, drawer: bool) -> None:
        pane = self._panes[side]
        if drawer and side not in self._drawers:
            self._drawers.add(side)
            pane.setParent(self)
            restyle(pane, "drawer", True)
            pane.hide()
        elif not drawer and side in self._drawers:
            self._drawers.discard(side)
            restyle(pane, "drawer", False)
            self.split.insertWidget(0 if side == "left" else 2, pane)
            pane.setVisible(self._wanted[side])
            self.split.setSizes([LEFT, self.width() - LEFT - RIGHT, RIGHT])
        if side in self._drawers:
            self._place(side)

    def _place(self, side: str) -> None:
        width = min(self._widths[side] + 16, self.width())
        x = 0 if side == "left" else self.width() - width
        self._panes[side].setGeometry(QRect(x, 0, width, self.height()))
