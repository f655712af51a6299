"""The sources pane: collections, counts, progress, and what it says when it is empty."""

from pathlib import Path

from builders import add_coded, add_text, new_project
from window_tools import open_in_window

from qualcoder_sm.model import Progress
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.panels.sources_model import SourcesModel, source_items


def study(folder: Path) -> Project:
    project = new_project(folder)
    add_text(project, "P01", "One.", "Interviews")
    add_text(project, "P02", "Two.", "Interviews")
    add_coded(project, "Field note", "[Three]{Place} here")
    return project


def filled(project: Project) -> SourcesModel:
    model = SourcesModel()
    model.fill(source_items(project, None))
    return model


def shown(model: SourcesModel) -> list[str]:
    return [model.value_of(model.index_of(key)).spoken for key in model.all_keys()]


def test_the_model_keeps_the_rules_of_models(qtmodeltester, tmp_path: Path):
    project = study(tmp_path)
    model = filled(project)
    qtmodeltester.check(model)
    project.sources.remove(project.sources.find("P01").guid)
    project.sources.move(project.sources.find("Field note").guid, project.collections.all()[0].guid)
    model.fill(source_items(project, None))
    qtmodeltester.check(model)
    assert model.rowCount() == 1
    project.close()


def test_rows_say_their_codings_and_how_far_the_coder_is(tmp_path: Path):
    project = study(tmp_path)
    project.progress.set(project.sources.find("P02").guid, Progress.DONE)
    assert shown(filled(project)) == [
        "Interviews, collection, 0 codings",
        "P01, 0 codings, not started",
        "P02, 0 codings, done",
        "Field note, 1 coding, in progress",
    ]
    project.close()


def test_a_source_moves_to_a_new_collection_in_one_step(qtbot, tmp_path: Path, monkeypatch):
    study(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    project, panel = window.workspace.context.project, window.workspace.reading.sources
    before = project.audit.head()[0]
    monkeypatch.setattr(messages, "ask_text", lambda *_: "Field notes")
    panel.select_key(project.sources.find("Field note").guid)
    panel.move_to_new()
    moved = project.sources.find("Field note")
    assert moved.collection == project.collections.named("Field notes").guid
    assert project.audit.head()[0] == before + 1


def test_a_source_is_marked_done_and_renamed(qtbot, tmp_path: Path, monkeypatch):
    study(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    project, panel = window.workspace.context.project, window.workspace.reading.sources
    source = project.sources.find("P01").guid
    monkeypatch.setattr(messages, "ask_text", lambda *_: "P01 Kirsten")
    panel.select_key(source)
    panel.mark_done()
    panel.rename()
    qtbot.waitUntil(lambda: panel.index_of(source).data() == "P01 Kirsten")
    assert project.progress.of_coder(project.coder.guid)[source] is Progress.DONE


def test_an_empty_pane_offers_to_import(qtbot, tmp_path: Path, monkeypatch):
    new_project(tmp_path).close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    asked = []
    monkeypatch.setattr(messages, "ask_open", lambda *words: asked.append(words) or [])
    panel = window.workspace.reading.sources
    panel.begin.click()
    assert panel.begin.text() == "Import texts…"
    assert len(asked) == 1
