"""Whom the page compares when nobody was chosen, and that its table is the one of the report."""

import json
from pathlib import Path

import pytest
from builders import add_coded, code_named, new_project

from qualcoder_sm.__main__ import main
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import report
from qualcoder_sm.table import Table
from qualcoder_sm.ui.pages.compare import ComparePage

TEXT = "[SYNTHETIC] They [helped]{Help}.\nI was [tired]{Tired}.\nThey [helped]{Help} again."


def study(folder: Path) -> Project:
    """Ana codes three paragraphs, Ben the first of them."""
    project = new_project(folder)
    source = add_coded(project, "Interview", TEXT)
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(code_named(project, "Help").guid, source.guid, 17, 23)
    return project


@pytest.fixture
def page(qtbot, tmp_path, context_of) -> ComparePage:
    made = ComparePage(context_of(study(tmp_path)))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.model.modelReset):
        made.activate()
    return made


def shown(page: ComparePage) -> Table:
    return page.shown_table()(page.project)


def joined(qtbot, page: ComparePage, name: str) -> str:
    """The guid of a new coder, when the page has compared anew."""
    with qtbot.waitSignal(page.model.modelReset):
        return page.project.coders.add(name).guid


def without(left_out: set[int], row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(cell for i, cell in enumerate(row) if i not in left_out)


def test_whoever_coded_or_not_is_compared_as_on_the_command_line(qtbot, page, capsys):
    joined(qtbot, page, "Cleo")
    capsys.readouterr()
    assert main(["agreement", str(page.project.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["coders"] == ["Ana", "Ben", "Cleo"]
    table = shown(page)
    assert table.provenance["coders"] == told["provenance"]["coders"] == "Ana, Ben, Cleo"
    alpha = [column.name for column in table.columns].index("alpha")
    assert table.rows[-1][alpha] == told["pooled"]["alpha"]


def test_who_joins_later_is_compared_too_unless_somebody_is_left_out(qtbot, page):
    cleo = joined(qtbot, page, "Cleo")
    assert shown(page).provenance["coders"] == "Ana, Ben, Cleo"
    with qtbot.waitSignal(page.model.modelReset):
        page.coders.toggle(cleo)
    joined(qtbot, page, "Dan")
    assert shown(page).provenance["coders"] == "Ana, Ben"


def test_the_page_writes_the_columns_of_the_report_less_two(page):
    _name, options = page.shown_options()
    whole, lean = report("agreement").table(page.project, options), shown(page)
    names = [column.name for column in whole.columns]
    left_out = {names.index("AC1"), names.index("F1")}
    assert lean.columns == without(left_out, whole.columns)
    assert sorted(lean.rows[:-1]) == sorted(without(left_out, row) for row in whole.rows[:-1])
    assert lean.rows[-1] == without(left_out, whole.rows[-1])
    assert lean.rows[-1][:5] == ("All codes pooled", 1, 2, 0, 3)
    assert lean.rows[-1][-1] == "Too few sources for an interval: 1 of at least 8."
