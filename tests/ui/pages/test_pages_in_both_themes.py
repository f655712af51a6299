"""Every page is painted in light and dark, at the smallest and the usual size."""

import pytest
from builders import add_coded, code_named, new_project
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from qualcoder_sm.ui.pages.audit import AuditPage
from qualcoder_sm.ui.pages.compare import ComparePage
from qualcoder_sm.ui.pages.export import ExportPage
from qualcoder_sm.ui.pages.importing import ImportPage
from qualcoder_sm.ui.pages.matrix import MatrixPage
from qualcoder_sm.ui.theme import DARK, LIGHT, ThemeChoice


def unnamed(page: QWidget) -> list[str]:
    """Controls in sight that the keyboard reaches and that have no name to read aloud."""
    return [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy().value & 1
        if not (one.accessibleName() or getattr(one, "text", str)())
        if type(one).__name__ not in {"QScrollArea", "QSplitter"}
    ]


def ready(page: QWidget) -> bool:
    """Whether the worker has brought what the page shows."""
    model = page.view.units if isinstance(page, ImportPage) else getattr(page, "model", None)
    loaded = page.preview.report if isinstance(page, ExportPage) else model
    return page.states.is_content and loaded.rowCount() > 0


@pytest.mark.parametrize("name", ["compare", "matrix", "audit", "export", "import"])
def test_a_page_follows_the_theme_and_names_its_controls(qtbot, tmp_path, context_of, name):
    project = new_project(tmp_path)
    source = add_coded(project, "P01", "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.cases.add("P01", "person", (source.guid,))
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(code_named(project, "Fatigue").guid, source.guid, 0, 11)
    context = context_of(project)
    (tmp_path / "P02.txt").write_text("INT: [SYNTHETIC] Why?\nP2: Because.\n", encoding="utf-8")
    page = {
        "compare": lambda: ComparePage(context),
        "matrix": lambda: MatrixPage(context),
        "audit": lambda: AuditPage(context),
        "export": lambda: ExportPage(context),
        "import": lambda: ImportPage(context, [tmp_path / "P02.txt"]),
    }[name]()
    qtbot.addWidget(page)
    page.resize(1440, 800)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: ready(page))
    assert unnamed(page) == []
    grounds = []
    for choice, size in ((ThemeChoice.LIGHT, (1440, 800)), (ThemeChoice.DARK, (1100, 600))):
        context.theme.set_choice(choice)
        page.resize(*size)
        grounds.append(page.grab().toImage().pixelColor(700, 300))
    context.theme.set_choice(ThemeChoice.LIGHT)
    papers = [QColor(theme.hex.paper).lightness() for theme in (LIGHT, DARK)]
    assert [
        abs(ground.lightness() - paper) < 90 for ground, paper in zip(grounds, papers, strict=True)
    ] == [True, True]
