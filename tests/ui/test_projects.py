"""Opening, making and copying projects from the window."""

from pathlib import Path

import pytest
from builders import add_text, coded, new_project, tamper, version_1
from window_tools import focusable, make_window, open_in_window

from qualcoder_sm import settings
from qualcoder_sm.errors import Cancelled
from qualcoder_sm.store import backups
from qualcoder_sm.ui import messages, projects
from qualcoder_sm.ui.dialogs.new_project import NewProject
from qualcoder_sm.ui.requests import Place


def test_a_new_project_begins_with_the_codebook_that_was_chosen(qtbot, tmp_path, monkeypatch):
    from qualcoder_sm.importers import templates

    book = templates()[0].path
    wanted = NewProject(tmp_path / "new.qsm", "New study", "Ana", book)
    monkeypatch.setattr("qualcoder_sm.ui.dialogs.new_project.ask_new_project", lambda *_: wanted)
    window = make_window(qtbot)
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.new_project()
    project = window.workspace.context.project
    assert project.name == "New study"
    assert project.codebook.codes()


def test_a_new_project_shows_its_next_steps(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    steps = window.workspace.reading.steps
    assert steps.import_texts.isVisible()
    assert steps.codebook.isVisible()
    project = window.workspace.context.project
    add_text(project, "P01", "One.")
    project.codebook.add("Equality")
    assert not steps.import_texts.isVisible()


def test_a_project_opens_where_it_was_left(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    first = add_text(project, "P01", "[SYNTHETIC] One and two.")
    second = add_text(project, "P02", "[SYNTHETIC] Three and four.")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.open(Place(first.guid, 12, 15))
    window.workspace.open(Place(second.guid, 12, 17))
    window.close_project()
    with qtbot.waitSignal(window.projectOpened, timeout=10_000):
        window.open_path(tmp_path / "study.qsm")
    reading = window.workspace.reading
    assert reading.tabs.guids() == [first.guid, second.guid]
    assert reading.view.selected_text() == "Three"


def test_a_project_of_an_older_version_is_told_what_became_of_it(qtbot, tmp_path: Path):
    path = version_1(tmp_path)
    window = open_in_window(qtbot, path)
    assert "2 codings that lay on no word were dropped" in window.workspace.banner.sentence()
    window.close_project()
    window = open_in_window(qtbot, path)
    assert window.workspace.banner.sentence() == ""


def test_a_project_with_a_foreign_trigger_opens_for_reading_and_says_why(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    project.close()
    tamper(project.path, "CREATE TRIGGER evil AFTER INSERT ON codes BEGIN DELETE FROM codes; END")
    window = open_in_window(qtbot, project.path)
    assert window.workspace.context.project.read_only
    assert "it holds the trigger “evil”, which no project has" in window.workspace.banner.sentence()


def test_a_project_without_one_of_its_tables_is_refused(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    project.close()
    tamper(project.path, "DROP TABLE notes")
    window = make_window(qtbot)
    window.open_path(project.path)
    qtbot.waitUntil(lambda: "the table “notes” is missing" in window.start.banner.sentence())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE codes SET parent = guid",
        "UPDATE codings SET weight = 'heavy'",
        "UPDATE contents SET bytes = CAST(replace(CAST(bytes AS TEXT), 'One', 'Two') AS BLOB)",
    ],
)
def test_a_damaged_project_is_refused_before_a_window_meets_the_damage(qtbot, tmp_path, statement):
    project = coded(tmp_path, "[SYNTHETIC] [One]{Equality} and two.")
    project.close()
    tamper(project.path, statement)
    window = make_window(qtbot)
    window.open_path(project.path)
    qtbot.waitUntil(lambda: "study.qsm is damaged: " in window.start.banner.sentence())
    assert not project.path.with_name("study.qsm.lock").exists()


def test_recent_projects_come_first_and_missing_ones_are_told(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.close_project()
    (tmp_path / "study.qsm").rename(tmp_path / "moved.qsm")
    window.start.show_settings(settings.load())
    told = "study, not found, look for it"
    qtbot.waitUntil(lambda: told in [card.accessibleName() for card in focusable(window)])


def test_a_change_made_in_a_closed_page_is_kept(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    project.codebook.add("Equality")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.show_codebook()
    page = window.workspace.page(1)
    page.fields["definition"].setPlainText("On the same footing.")
    window.workspace.show_page(0)
    assert window.workspace.context.project.codebook.find("Equality").definition == (
        "On the same footing."
    )


def test_the_codebook_page_keeps_one_step_for_each_field(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    code = project.codebook.add("Equality").guid
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    window.workspace.show_codebook()
    project, page = window.workspace.context.project, window.workspace.page(1)
    before = project.audit.head()[0]
    page.fields["include"].setPlainText("Standing, say.")
    page.fields["include"].commit()
    page.fields["name"].setPlainText("Equal standing")
    page.fields["name"].commit()
    page.codable.click()
    changed = project.codebook.get(code)
    assert (changed.name, changed.include, changed.codable) == (
        "Equal standing", "Standing, say.", False)  # fmt: skip
    assert project.audit.head()[0] == before + 3
    assert window.workspace.status.where.text() == "Equal standing"


def test_a_free_name_is_found_beside_a_file(tmp_path: Path):
    (tmp_path / "Study (copy).qsm").touch()
    assert projects.free_name(tmp_path / "Study.qsm", "copy").name == "Study (copy 2).qsm"


def test_who_codes_can_be_set_before_a_project_is_open(qtbot, monkeypatch):
    window = make_window(qtbot)
    monkeypatch.setattr(messages, "ask_text", lambda *_: "Ana Lindqvist")
    window.start.coderRequested.emit()
    assert settings.load().coder == "Ana Lindqvist"


def test_an_unknown_coder_opens_as_whoever_worked_last(qtbot, tmp_path: Path):
    new_project(tmp_path, coder="Ana").close()
    opened = projects.opened(tmp_path / "study.qsm", "Somebody else")
    assert opened.project.coder.name == "Ana"
    opened.project.close()


def test_opening_the_open_project_again_changes_nothing(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    before = window.workspace
    window.open_path(tmp_path / "study.qsm")
    assert window.workspace is before
    assert not window.workspace.context.project.read_only


def test_a_project_is_copied_aside_when_it_opens(qtbot, tmp_path: Path):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    guid = window.workspace.context.project.guid
    qtbot.waitUntil(lambda: len(backups.backups(guid)) == 1)


def test_a_new_project_makes_the_folder_it_lies_in(tmp_path: Path):
    wanted = NewProject(tmp_path / "Documents" / "new.qsm", "New study", "Ana", None)
    opened = projects.made(wanted)
    assert opened.project.path.exists()
    opened.project.close()


def test_building_the_demonstration_can_be_stopped_and_leaves_nothing(tmp_path: Path):
    path = tmp_path / "Documents" / "Demonstration.qsm"
    with pytest.raises(Cancelled):
        projects.demonstration(path, stop)
    assert not path.exists()


def stop(_done: int, _total: int, _what: str) -> bool:
    return False
