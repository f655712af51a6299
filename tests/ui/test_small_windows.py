"""Every page can be used at 200 % on a screen of 1920 x 1080, and on one of 1366 x 768."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from builders import new_project, paragraphs
from import_files import posts_file
from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from window_tools import open_in_window, project_of

from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft
from qualcoder_sm.model import SourceKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.ui.dialogs.autocode import AutocodeDialog
from qualcoder_sm.ui.dialogs.correct_text import CorrectDialog
from qualcoder_sm.ui.dialogs.keys import KeySheet
from qualcoder_sm.ui.dialogs.people import PeopleDialog
from qualcoder_sm.ui.dialogs.settings import SettingsDialog
from qualcoder_sm.ui.dialogs.shortcuts import ShortcutsDialog
from qualcoder_sm.ui.dialogs.split_code import SplitDialog
from qualcoder_sm.ui.pages.matrix import MatrixPage
from qualcoder_sm.ui.pages.registry import MEMOS, TITLES
from qualcoder_sm.ui.pages.widgets.choice import ChoiceBox
from qualcoder_sm.ui.window import MainWindow

SIZES = {"200 %": (960, 540), "laptop": (1366, 768)}
CODES = 14
_AIR = 3  # a hint holds some air above and below the letters


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """More codes, groups and steps than a small window shows, coded by two."""
    project = new_project(tmp_path)
    above = project.codebook.add("A theme with a rather long name of its own")
    codes = [project.codebook.add(f"Code {n} that has a name", parent=above.guid)
             for n in range(CODES)]  # fmt: skip
    words = "Words that say at some length what it is about, and what it is not. " * 4
    project.codebook.edit(codes[0].guid, definition=words, include=words, exclude=words)
    text = "[SYNTHETIC] " + "\n".join(f"Some words for code {n}." for n in range(CODES))
    drafts = (SourceDraft(f"P{n}", SourceKind.TEXT, text, paragraphs(text)) for n in range(9))
    sources = project.sources.add(Bundle(tuple(drafts)))
    cases = [CaseDraft(source.name, "person", {}, (source.name,)) for source in sources]
    project.cases.take(cases, "cases.csv")
    ben = project.coders.add("Ben")
    drafts = [CodingDraft(code.guid, source.guid, coder, unit.start, unit.end)
              for source in sources for unit, code in
              zip(project.sources.units(source.guid), codes, strict=True)
              for coder in (project.coder.guid, ben.guid)]  # fmt: skip
    project.codings.apply_all(drafts[:-5])
    project.notes.add("A memo", "[SYNTHETIC] I think.", "analytic", "sources", sources[0].guid)
    project.close()
    return tmp_path / "study.qsm"


@pytest.fixture
def window(qtbot, study: Path) -> MainWindow:
    return open_in_window(qtbot, study)


def controls(page: QWidget) -> list[QWidget]:
    """What a person reads or presses, as far as it is in sight."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QDateEdit, QLabel, QPlainTextEdit)
    return [one for one in page.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


def squeezed(page: QWidget) -> list[str]:
    """Controls smaller than they say they can be."""
    found = []
    for one in controls(page):
        least = one.minimumSizeHint()
        if isinstance(one, QAbstractButton | QLabel) and not one.text():
            least = QSize(0, 0)  # an icon, of a fixed size
        if isinstance(one, QLabel) and one.wordWrap():
            least.setWidth(0)
            least.setHeight(one.heightForWidth(one.width()))
        if one.width() < least.width() or one.height() < least.height() - _AIR:
            found.append(f"{described(one)}: {one.size().toTuple()} < {least.toTuple()}")
    return found


def cut(page: QWidget) -> list[str]:
    """Controls that stick out of what they are in, unless it can be scrolled."""
    found = []
    for one in controls(page):
        inside, parent = one, one.parentWidget()
        while parent is not None and inside is not page:
            if isinstance(parent.parentWidget(), QAbstractScrollArea):
                break
            corner = one.mapTo(parent, QPoint(0, 0))
            if not parent.rect().contains(QRect(corner, one.size())):
                found.append(f"{described(one)} in {type(parent).__name__}")
                break
            inside, parent = parent, parent.parentWidget()
    return found


def hidden_values(page: QWidget) -> list[str]:
    """Boxes that do not show what is chosen in them."""
    return [
        box.accessibleName()
        for box in page.findChildren(ChoiceBox)
        if box.isVisible() and box.width() < box.minimumSizeHint().width()
    ]


def described(one: QWidget) -> str:
    text = getattr(one, "text", str)()
    return f"{type(one).__name__} {one.accessibleName() or text!r}"


def shown(qtbot, window: MainWindow, number: int) -> QWidget:
    window.workspace.show_page(number)
    page = window.workspace.page(number)
    states = getattr(page, "states", None)
    qtbot.waitUntil(lambda: states is None or states.is_content)
    ready = {2: lambda: page.disagreements.model.rowCount() > 0,
             3: lambda: page.model.rowCount() > 0,
             4: lambda: page.tag.isVisible(),
             5: lambda: page.preview.report.rowCount() > 0}.get(number)  # fmt: skip
    if ready:
        qtbot.waitUntil(ready)
    QApplication.processEvents()
    return page


def faults(page: QWidget) -> list[str]:
    """What is wrong once the layouts have settled."""
    found: list[str] = []
    for _attempt in range(50):
        QApplication.processEvents()
        found = [*squeezed(page), *cut(page), *hidden_values(page)]
        if not found:
            break
    return found


def test_nothing_is_squeezed_or_cut_on_any_page(qtbot, window, tmp_path):
    found: dict[str, list[str]] = {}
    preferences = window.preferences
    for (size, room), theme in product(SIZES.items(), ("light", "dark")):
        window.resize(*room)
        preferences.set(replace(preferences.settings, theme=theme))
        for number in (*range(1, len(TITLES)), MEMOS):
            found[f"{number} {theme} {size}"] = faults(shown(qtbot, window, number))
        window.workspace.show_import([posts_file(tmp_path)])
        page = window.workspace.stack.currentWidget()
        qtbot.waitUntil(page.go.isEnabled)
        found[f"import {theme} {size}"] = faults(page)
    assert "\n".join(f"{name}: {what}" for name, what in found.items() if what) == ""


def test_the_matrix_shows_ten_codes_its_values_and_the_passages_of_a_cell(qtbot, window):
    page = shown(qtbot, window, 3)
    boxes = (page.rows, page.columns, page.count, page.words, page.coder, page.show_as)
    for room in SIZES.values():
        window.resize(*room)
        page.table.setCurrentIndex(QModelIndex())
        faults(page)
        qtbot.waitUntil(lambda: ten_codes_are_seen(page))
        assert len({box.y() for box in boxes}) == 1  # every value on the first line
        assert page.drill.isVisible() == (page.width() > 1000)
        cell = page.model.index(3, 1)
        page.table.setCurrentIndex(cell)
        qtbot.waitUntil(lambda: page.drill.list.passages.rowCount() > 0)
        assert page.drill.isVisible()
        assert page.table.viewport().rect().intersects(page.table.visualRect(cell))


def ten_codes_are_seen(page: MatrixPage) -> bool:
    """Ten codes, the heads of the columns and the bases, without scrolling anything."""
    table, area = page.table, page.states.currentWidget()
    room = QRect(area.mapTo(page, QPoint(0, 0)), area.size())

    def sees(view: QWidget, rect: QRect) -> bool:
        return room.contains(QRect(view.mapTo(page, rect.topLeft()), rect.size()))

    view, heads = table.viewport(), table.horizontalHeader()
    rows = [table.visualRect(page.model.index(n, 0)) for n in range(page.model.lines)]
    many = sum(view.rect().contains(rect) and sees(view, rect) for rect in rows)
    return many >= 10 and sees(heads, heads.rect()) and sees(page.bases, page.bases.rect())


def test_the_verdict_of_the_audit_can_be_read_whole(qtbot, window):
    page = shown(qtbot, window, 4)
    steps = project_of(window).audit.head()[0]
    for room in SIZES.values():
        window.resize(*room)
        faults(page)
        assert page.verdict.text().startswith(f"All {steps} steps follow from each other.")
        assert page.verdict.height() >= page.verdict.heightForWidth(page.verdict.width())


def test_dialogs_are_no_larger_than_the_screen(qtbot, window):
    workspace, commands = window.workspace, list(window.commands.values())
    context = workspace.context
    source = context.project.sources.all()[0].guid
    code = context.project.codebook.find("Code 0 that has a name").guid
    room = window.screen().availableSize()
    for made in (
        AutocodeDialog(context, workspace),
        CorrectDialog(context, source, workspace),
        SplitDialog(context, code, workspace),
        ShortcutsDialog(window, window.preferences, commands),
        SettingsDialog(window, window.preferences, commands),
        KeySheet(window, commands),
        PeopleDialog(context, workspace),
    ):
        qtbot.addWidget(made)
        made.show()
        assert made.width() <= room.width() and made.height() <= room.height() - 40, made
        least = made.layout().totalMinimumSize()
        assert least.width() <= SIZES["200 %"][0] and least.height() <= SIZES["200 %"][1] - 40, made
