"""Three panes side by side; the outer ones become drawers over the middle when there is no room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from qualcoder_sm.ui import geometry
from qualcoder_sm.ui.theme import ThemeManager
from qualcoder_sm.ui.widgets import column, surface

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
    """Left pane, middle, right pane. All widths grow with the size of the interface's type."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget, theme: ThemeManager) -> None:
        super().__init__()
        self._theme = theme
        self._panes = {"left": left, "right": right}
        self._wanted = {"left": True, "right": True}
        self._drawers: set[str] = set()
        self._narrow = False
        self._edge = surface("edge")
        self._edge.setParent(self)
        self._edge.hide()
        self.split = Split(Qt.Orientation.Horizontal, "read", [LEFT, 860, RIGHT])
        for pane in (left, middle, right):
            self.split.addWidget(pane)
        for place, share in enumerate((0, 1, 0)):
            self.split.setStretchFactor(place, share)
        self.setLayout(column(self.split))
        self._limit()
        self.split.begin()
        theme.changed.connect(self._rescale)

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
        """Open or close a pane; of two drawers one is open at a time."""
        pane = self._panes[side]
        if side in self._drawers:
            self._place(side)
            for other in self._drawers - {side}:
                self._panes[other].hide()
        else:
            self._wanted[side] = opened
        pane.setVisible(opened)
        if side in self._drawers:
            self._lift(pane, opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panes become drawers below their widths, and come back above them."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawers."""
        if event.key() == Qt.Key.Key_Escape and self._drawers:
            for side in self._drawers:
                self.set_open(side, False)
        else:
            super().keyPressEvent(event)

    def _scaled(self, pixels: int) -> int:
        return round(pixels * self._theme.theme.ui_scale)

    def _limit(self) -> None:
        self._panes["left"].setMinimumWidth(self._scaled(220))
        self._panes["left"].setMaximumWidth(self._scaled(420))
        self._panes["right"].setMaximumWidth(self._scaled(400))

    def _rescale(self) -> None:
        self._limit()
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        self.split.resize(self.size())  # else the sizes below would be shares of the old width
        self._settle("right", width < self._scaled(RIGHT_DRAWER_BELOW))
        self._settle("left", width < self._scaled(LEFT_DRAWER_BELOW))
        narrow = width < self._scaled(NARROW_BELOW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._share(NARROW_LEFT if narrow else LEFT)

    def _share(self, left: int) -> None:
        left, right = self._scaled(left), self._scaled(RIGHT)
        self.split.setSizes([left, self.width() - left - right, right])

    def _settle(self, side: str, drawer: bool) -> None:
        pane = self._panes[side]
        if drawer and side not in self._drawers:
            self._drawers.add(side)
            pane.setParent(self)
            pane.hide()
        elif not drawer and side in self._drawers:
            self._drawers.discard(side)
            self._edge.hide()
            self.split.insertWidget(0 if side == "left" else 2, pane)
            pane.setVisible(self._wanted[side])
            self._share(LEFT)
        if side in self._drawers:
            self._place(side)

    def _lift(self, pane: QWidget, opened: bool) -> None:
        """Put a drawer on top, with a line at the edge that faces the text."""
        self._edge.setVisible(opened)
        pane.raise_()
        self._edge.raise_()

    def _place(self, side: str) -> None:
        width = min(self._scaled(LEFT if side == "left" else RIGHT) + 16, self.width())
        at_left = (side == "left") == (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        x = 0 if at_left else self.width() - width
        self._panes[side].setGeometry(QRect(x, 0, width, self.height()))
        self._edge.setGeometry(QRect(width if at_left else x - 1, 0, 1, self.height()))
