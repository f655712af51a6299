"""Renders the main windows, with the demonstration study in them, to docs/images/*.png.

`make screenshots`; one word names a single picture: `python packaging/screenshots.py palette`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LARGE, SMALL = (1440, 900), (1100, 700)
WAIT = 60
PHRASE = "eleven people had answered him, dead serious"


def main(words: list[str]) -> int:
    """Paint all pictures, or the one that is named, in both themes."""
    with tempfile.TemporaryDirectory() as home:
        _use_home(Path(home))
        sys.path.insert(0, str(ROOT))
        study = _study(Path(home))
        studio = Studio(study)
        for dark in (False, True):
            studio.set_dark(dark)
            for name, (paint, size) in PICTURES.items():
                if not words or name in words:
                    studio.resize(size)
                    paint(studio)
                    studio.keep(name)
        studio.close()
    return 0


def _use_home(home: Path) -> None:
    """Nothing of this account's settings may be in the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    places = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    os.environ |= {name: str(home / name.lower()) for name in places}
    os.environ["TZ"] = "UTC"
    time.tzset()


def _study(home: Path) -> Path:
    from qualcoder_sm.demo import build

    path = home / "Care together online.qsm"
    build(path).close()
    return path


class Studio:
    """The real window on the demonstration study, made to look at one thing after another."""

    def __init__(self, study: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from qualcoder_sm import settings
        from qualcoder_sm.ui.app import main_window

        settings.save(settings.Settings(coder="Ana"))
        self.app = QApplication([])
        self.app.setCursorFlashTime(0)
        self.study = study
        self.window = main_window(self.app)
        self.floating: list[QWidget] = []
        self.window.show()

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window a size."""
        self.window.resize(*size)
        self.settle()

    def set_dark(self, dark: bool) -> None:
        """Paint in light or dark from now on."""
        from dataclasses import replace

        preferences = self.window.preferences
        theme = "dark" if dark else "light"
        preferences.set(replace(preferences.settings, theme=theme, recent=()))
        self._dark = dark

    def open(self) -> None:
        """Open the study if it is not open."""
        if not self.window.is_open():
            self.window.open_path(self.study)
            self.wait(self.window.is_open)

    def close_study(self) -> None:
        """Show the first page, as on a new machine."""
        self.window.close_project()
        self.set_dark(self._dark)

    def place(self, name: str, start: int = 0, end: int = 0):  # noqa: ANN201  a Place
        """A place in the source whose name begins so."""
        from qualcoder_sm.ui.requests import Place

        sources = self.window.workspace.context.project.sources.all()
        source = next(one for one in sources if one.name.startswith(name))
        return Place(source.guid, start, end)

    def read(self, name: str) -> None:
        """Open a text in a clean reading page."""
        self.open()
        self.window.workspace.reading.head.others.setChecked(False)
        self.window.workspace.open(self.place(name))
        self.settle()

    def settle(self) -> None:
        """Let everything that is due happen."""
        ends = time.monotonic() + 0.4
        while time.monotonic() < ends:
            self.app.processEvents()
            time.sleep(0.01)

    def wait(self, seen: Callable[[], object]) -> None:
        """Wait for what the worker does."""
        ends = time.monotonic() + WAIT
        while not seen() and time.monotonic() < ends:
            self.app.processEvents()
            time.sleep(0.01)

    def show_over(self, dialog) -> None:  # noqa: ANN001  a QDialog
        """Put a dialog into the middle of the window, to be painted with it."""
        from qualcoder_sm.ui import messages

        messages.confirm = _yes  # nobody is here to answer
        spare = self.window.size() - dialog.size()
        corner = self.window.mapToGlobal(self.window.rect().topLeft())
        dialog.move(corner.x() + spare.width() // 2, corner.y() + spare.height() // 2)
        self.floating.append(dialog)

    def keep(self, name: str) -> None:
        """Write what is seen, floating windows included, then put those away."""
        from PySide6.QtCore import QPoint, QRect
        from PySide6.QtGui import QPainter, QPalette

        self.settle()
        picture = self.window.grab()
        painter = QPainter(picture)
        for one in self.floating:
            corner = self.window.mapFromGlobal(one.mapToGlobal(QPoint(0, 0)))
            painter.drawPixmap(corner, one.grab())
            painter.setPen(self.window.palette().color(QPalette.ColorRole.Dark))
            painter.drawRect(QRect(corner, one.size()).adjusted(-1, -1, 0, 0))
            one.close()
        painter.end()
        self.floating.clear()
        IMAGES.mkdir(parents=True, exist_ok=True)
        picture.save(str(IMAGES / f"{name}{'_dark' if self._dark else ''}.png"))

    def close(self) -> None:
        """Give everything back."""
        self.window.close()


def _yes(*_question: object) -> bool:
    return True


def start(studio: Studio) -> None:
    """The first page."""
    studio.close_study()


def read(studio: Studio) -> None:
    """An interview, at a passage with overlapping codings, the likely codes under a selection."""
    studio.read("P01")
    reading = studio.window.workspace.reading
    text = studio.window.workspace.context.project.sources.text(reading.feed.source.guid)
    start = text.index(PHRASE)
    reading.view.jump_to(start, start + len(PHRASE))
    studio.settle()
    reading.view.offer_bar()


def thread(studio: Studio) -> None:
    """A thread of posts with one post selected as a whole."""
    studio.read("S01-T03")
    reading = studio.window.workspace.reading
    unit = reading.feed.units[min(2, len(reading.feed.units) - 1)]
    reading.view.jump_to(unit.start, unit.end)


def coders(studio: Studio) -> None:
    """Two coders on one interview: the other one's stripes are hatched, with initials."""
    studio.read("P16")
    workspace = studio.window.workspace
    workspace.reading.head.others.setChecked(True)
    codings = workspace.context.project.codings.of_source(workspace.reading.feed.source.guid)
    middle = codings[len(codings) // 2]
    workspace.reading.view.jump_to(middle.start, middle.start)


def palette(studio: Studio) -> None:
    """The palette over an interview, with some letters typed."""
    from PySide6.QtWidgets import QLineEdit

    from qualcoder_sm.ui.reading.palette import CodePalette

    read(studio)
    studio.settle()
    view = studio.window.workspace.reading.view
    view.request_span("paletteRequested")
    found = studio.window.findChild(CodePalette)
    found.findChild(QLineEdit).setText("acc")
    studio.floating.append(found)


def actions(studio: Studio) -> None:
    """All actions in one list."""
    from qualcoder_sm.ui.command_palette import CommandPalette

    studio.read("P01")
    studio.window.show_actions()
    studio.floating.append(studio.window.findChild(CommandPalette))


def _page(studio: Studio, number: int) -> None:
    studio.open()
    studio.window.workspace.show_page(number)
    for _second in range(3):
        studio.settle()


def codebook(studio: Studio) -> None:
    """The fields of one code."""
    _page(studio, 1)
    page = studio.window.workspace.page(1)
    code = studio.window.workspace.context.project.codebook.find("Reciprocity")
    page.panel.select_key(code.guid)


def compare(studio: Studio) -> None:
    """Two coders compared."""
    _page(studio, 2)


def matrix(studio: Studio) -> None:
    """Codes by online group."""
    _page(studio, 3)


def audit(studio: Studio) -> None:
    """The trail as sentences."""
    _page(studio, 4)


def export(studio: Studio) -> None:
    """What can be written."""
    _page(studio, 5)


def importing(studio: Studio) -> None:
    """What a file of posts would bring."""
    from qualcoder_sm import paths

    studio.open()
    studio.window.workspace.show_import([paths.shipped("resources") / "demo" / "S01.csv"])
    for _second in range(4):
        studio.settle()


def memos(studio: Studio) -> None:
    """What the researchers think, with a passage selected to link to."""
    studio.read("P01")
    workspace = studio.window.workspace
    workspace.tools.show_memos()
    studio.settle()


def autocode(studio: Studio) -> None:
    """A rule and what it proposes, two passages not ticked."""
    from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog

    studio.read("P01")
    workspace = studio.window.workspace
    reciprocity = workspace.context.project.codebook.find("Reciprocity").guid
    workspace.reading.codebook.select_key(reciprocity)
    workspace.tools.find_and_code()
    dialog = workspace.findChildren(AutocodeDialog)[-1]
    studio.show_over(dialog)
    dialog.form.stem.setChecked(True)
    dialog.form.words.setText("help, give back, answered")
    studio.wait(dialog.list.proposals.rowCount)
    dialog.list.proposals.tick((1, 3), on=False)
    dialog.list.setFocus()


def correct(studio: Studio) -> None:
    """A text being corrected, with codings that lose their words."""
    from qualcoder_sm.ui.dialogs.correct_text import CorrectDialog

    studio.read("P01")
    workspace = studio.window.workspace
    workspace.tools.correct_text()
    dialog = workspace.findChildren(CorrectDialog)[-1]
    studio.show_over(dialog)
    for old, new in ((PHRASE, ""), ("wee gangster", "small gangster")):
        start = dialog.editor.text().index(old)
        dialog.editor.go_to(start, start + len(old))
        dialog.editor.insertPlainText(new)
    studio.wait(dialog.review.rowCount)


PICTURES: dict[str, tuple[Callable[[Studio], None], tuple[int, int]]] = {
    "start": (start, LARGE),
    "read": (read, LARGE),
    "read_small": (read, SMALL),
    "thread": (thread, LARGE),
    "coders": (coders, LARGE),
    "palette": (palette, LARGE),
    "actions": (actions, LARGE),
    "codebook": (codebook, LARGE),
    "compare": (compare, LARGE),
    "matrix": (matrix, LARGE),
    "audit": (audit, LARGE),
    "import": (importing, LARGE),
    "export": (export, LARGE),
    "memos": (memos, LARGE),
    "autocode": (autocode, LARGE),
    "correct": (correct, LARGE),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
