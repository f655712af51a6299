"""Numbers beside codes and sources: never cut, never glued, in columns as wide as the largest."""

from itertools import pairwise
from pathlib import Path

import pytest
from builders import add_text, new_project
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from qualcoder_sm.model import Code, Progress
from qualcoder_sm.ui.panels.codebook_delegate import CodeDelegate
from qualcoder_sm.ui.panels.codebook_model import CodebookModel, CodeRow
from qualcoder_sm.ui.panels.inspector_context import ElsewhereSection
from qualcoder_sm.ui.panels.sources import SourceDelegate
from qualcoder_sm.ui.panels.sources_model import SourceRow, SourcesModel
from qualcoder_sm.ui.panels.tree import PaneTree, RowDelegate
from qualcoder_sm.ui.panels.tree_model import Item, KeyedTree
from qualcoder_sm.ui.theme import ThemeManager

NAME = "A name that is far too long for a pane of the usual width"
LARGE = ((9_999, 9_999), (12_345, 67_890), (123_456, 1_234_567))


@pytest.fixture
def theme(qtbot) -> ThemeManager:
    return ThemeManager(QApplication.instance())


@pytest.fixture
def codes(qtbot, theme):
    """The picture of a code's row with these numbers, which are the largest of all rows."""
    model = CodebookModel()
    tree = tree_of(qtbot, theme, model)
    delegate = CodeDelegate(tree)

    def picture(here: int, total: int, name: str = NAME) -> QImage:
        model.fill([Item("c", None, CodeRow(Code("c", name, "#0072B2"), here, total))])
        delegate.set_most(here, total)
        return painted(tree, delegate)

    yield picture
    tree.setModel(None)


@pytest.fixture
def sources(qtbot, theme):
    """The picture of the row of a source, or of a collection without progress."""
    model = SourcesModel()
    tree = tree_of(qtbot, theme, model)
    delegate = SourceDelegate(tree)

    def picture(codings: int, progress: Progress | None) -> QImage:
        model.fill([Item("s", None, SourceRow(NAME, codings, progress))])
        delegate.most = codings
        return painted(tree, delegate)

    yield picture
    tree.setModel(None)


def tree_of(qtbot, theme: ThemeManager, model: KeyedTree) -> PaneTree:
    tree = PaneTree(theme, "Rows")
    qtbot.addWidget(tree)
    tree.setModel(model)
    return tree


def painted(tree: PaneTree, delegate: RowDelegate, width: int = 240) -> QImage:
    """The first row alone, as it is painted in a pane of this width."""
    image = QImage(width, 26, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, 26)
    painter = QPainter(image)
    delegate.paint(painter, option, tree.model().index(0, 0))
    painter.end()
    return image


def blank_columns(image: QImage) -> list[int]:
    """The columns of pixels in which nothing is painted."""
    return [
        x for x in range(image.width())
        if all(image.pixelColor(x, y).lightness() > 235 for y in range(4, 22))
    ]  # fmt: skip


def others(number: int) -> list[int]:
    """The same number with one digit changed, for each of its digits."""
    digits = str(number)
    return [int(digits[:n] + str(int(d) % 9 + 1) + digits[n + 1 :]) for n, d in enumerate(digits)]


@pytest.mark.parametrize(("here", "total"), LARGE)
def test_every_digit_of_a_code_is_seen(codes, here: int, total: int):
    shown = codes(here, total)
    assert all(codes(other, total) != shown for other in others(here))
    assert all(codes(here, other) != shown for other in others(total))


@pytest.mark.parametrize(("here", "total"), LARGE)
def test_two_numbers_stand_apart_and_the_name_gives_way(codes, here: int, total: int):
    alone = codes(0, 0, name="")
    numbers = codes(here, total, name="")
    blank = set(blank_columns(numbers))
    painted_ = [x for x in range(40, 240) if x not in blank]
    gaps = [b - a for a, b in pairwise(painted_)]
    assert max(gaps) >= 8, "a gap between the two"
    assert numbers != alone
    named = codes(here, total)
    first = painted_[0]
    same = [x for x in range(first, 240) for y in range(26)
            if named.pixel(x, y) != numbers.pixel(x, y)]  # fmt: skip
    assert same == [], "the name reaches into the numbers"


@pytest.mark.parametrize("number", [9_999, 12_345, 1_234_567])
def test_every_digit_of_a_source_and_of_a_collection_is_seen(sources, number: int):
    for progress in (Progress.DONE, None):
        shown = sources(number, progress)
        assert all(sources(other, progress) != shown for other in others(number))


def test_a_theme_says_what_is_below_it(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    add_study(project)
    section = ElsewhereSection(project)
    qtbot.addWidget(section)
    book = project.codebook
    section.show_code(book.find("Theme"), None, None)
    assert section.note.text() == "3 below, in 2 sources"
    section.show_code(book.find("Theme > Fatigue"), None, None)
    assert section.note.text() == "2 in 2 sources"
    project.coders.add("Ben")
    project.act_as("Ben")
    section.show_code(book.find("Theme"), None, project.coder.guid)
    assert section.note.text() == "0 below, in 0 sources"
    project.close()


def add_study(project) -> None:
    """A theme with a code, which has a code below it; three codings in two sources."""
    theme = project.codebook.add("Theme", codable=False).guid
    fatigue = project.codebook.add("Fatigue", parent=theme).guid
    deep = project.codebook.add("Deep", parent=fatigue).guid
    for name in ("P01", "P02"):
        source = add_text(project, name, "[SYNTHETIC] So tired.").guid
        project.codings.apply(fatigue, source, 0, 5)
    project.codings.apply(deep, source, 6, 9)
