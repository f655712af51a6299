"""Files that cannot be imported, and imports that are stopped, leave everything else as it was."""

from pathlib import Path
from threading import Event

import pytest
from import_files import posts_file, transcript
from PySide6.QtCore import Qt

from qualcoder_sm.errors import Cancelled
from qualcoder_sm.importers import ImportOptions
from qualcoder_sm.ui.pages import intake
from qualcoder_sm.ui.pages.importing import ImportPage


def names(page: ImportPage) -> list[str]:
    model = page.drafts.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def no_posts(folder: Path, name: str = "notes.csv") -> Path:
    (folder / name).write_text("weight,height\n70,180\n", encoding="utf-8")
    return folder / name


def test_a_damaged_file_is_told_in_its_own_preview_and_the_others_come(
    qtbot, page_of, tmp_path, project
):
    broken, odd = tmp_path / "P02.docx", tmp_path / "picture.odd"
    broken.write_bytes(b"no zip")
    odd.write_bytes(b"x")
    page = page_of(transcript(tmp_path), broken, odd, transcript(tmp_path, "P03.docx"))
    assert names(page) == ["P01", "P03", "picture.odd", "P02.docx"]
    assert page.go.text() == "Import 2 texts"
    assert page.matters.sentences() == [
        "2 files cannot be imported and are left out: picture.odd, P02.docx."
    ]
    page.drafts.setCurrentIndex(page.drafts.model().index(3, 0))
    assert "P02.docx" in page.why.text() and page.why.isVisible()
    page.drafts.setCurrentIndex(page.drafts.model().index(1, 0))
    assert page.view.isVisible() and page.view.units.rowCount() == 4
    with qtbot.waitSignal(page.finished):
        page.go.click()
    assert [source.name for source in project.sources.all()] == ["P01", "P03"]


def test_a_table_without_posts_leaves_the_others_their_previews_and_their_columns(
    qtbot, page_of, tmp_path, project
):
    page = page_of(no_posts(tmp_path), posts_file(tmp_path))
    assert names(page) == ["T1", "T2", "notes.csv"]
    assert page.plan.isVisible() and page.plan.box("member").currentData() == "author"
    assert page.view.units.index(1).data() == "A0002: Ask A0001 about hers."
    page.drafts.setCurrentIndex(page.drafts.model().index(2, 0))
    assert page.why.text().startswith("notes.csv has no column for the words of the posts (text).")
    with qtbot.waitSignal(page.finished):
        page.go.click()
    assert len(project.sources.all()) == 2
    assert [path.name for path in tmp_path.glob("*key*")] == ["S01_posts_authors_key.csv"]


def test_the_form_stays_under_the_pointer_when_a_file_is_refused(qtbot, page_of, tmp_path):
    page = page_of(posts_file(tmp_path))
    box = page.plan.box("text")
    before = box.mapTo(page, box.rect().topLeft())
    box.setCurrentIndex(box.findData(""))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: page.why.isVisible())
    assert box.mapTo(page, box.rect().topLeft()) == before
    assert names(page) == ["S01_posts.csv"]


def test_files_of_which_nothing_comes_are_told_and_nothing_can_be_imported(page_of, tmp_path):
    page = page_of(no_posts(tmp_path))
    assert not page.go.isEnabled() and page.go.text() == "Import"
    assert page.plan.isVisible()  # the right column can still be named


def test_esc_leaves_the_import(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    with qtbot.waitSignal(page.cancelled):
        qtbot.keyClick(page.drafts, Qt.Key.Key_Escape)
    assert project.sources.all() == []


def test_esc_stops_an_import_that_runs(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    steps, gate = project.audit.head()[0], Event()
    page.context.tasks.run(gate.wait, done=page.setEnabled)
    page.go.click()
    qtbot.keyClick(page.drafts, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.cancelled):
        gate.set()
    assert project.audit.head()[0] == steps
    assert project.sources.all() == [] and list(tmp_path.glob("*key*")) == []


def test_an_import_stopped_before_its_step_is_kept_leaves_nothing(page_of, tmp_path, project):
    files = intake.load([posts_file(tmp_path)], lambda *step: True)
    found = intake.intake(files, ImportOptions(), lambda *step: True)
    answers = iter([True, False])
    steps = project.audit.head()[0]
    with pytest.raises(Cancelled):
        intake.take(project, found, ImportOptions(), lambda *step: next(answers))
    assert project.audit.head()[0] == steps
    assert project.sources.all() == [] and project.sources.speakers() == []
    assert list(tmp_path.glob("*key*")) == []
