from import_files import posts_file, transcript
from PySide6.QtCore import Qt

from qualcoder_sm.importers import read_key_file
from qualcoder_sm.model import SourceKind
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.importing import ImportPage


def decide(qtbot, page: ImportPage) -> None:
    """Wait until the files were looked through with the new choice."""
    qtbot.waitUntil(lambda: page.go.isEnabled())


def set_box(page: ImportPage, key: str, text: str) -> None:
    box = page.matters.box(key)
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def test_the_button_counts_what_would_be_imported(page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    assert page.go.text() == "Import 4 posts"
    assert project.sources.all() == []


def test_what_there_is_to_decide_stands_in_sentences(page_of, tmp_path):
    page = page_of(posts_file(tmp_path))
    assert page.matters.sentences()[:4] == [
        "1 post comes twice, with the same id. 2.",
        "1 post answers a post that is not in the file. 99.",
        "1 post was removed before the file was made.",
        "1 time carries no time zone.",
    ]


def test_what_was_seen_in_a_transcript_is_told_with_its_file(page_of, tmp_path):
    (tmp_path / "P02.txt").write_text("INT: So?\nP02: At [00:01:02] it\n00:02\nwas.\nINT:\n")
    page = page_of(transcript(tmp_path), tmp_path / "P02.txt")
    assert page.matters.sentences() == [
        "P02.txt: 1 label without words was left out.",
        "P02.txt: 1 line that held nothing but a time was left out.",
        "P02.txt: 1 time stays in the text, for it stands within what is said: [00:01:02].",
    ]
    page.drafts.setCurrentIndex(page.drafts.model().index(1, 0))
    assert page.view.units.index(1).data() == "P02: At [00:01:02] it\nwas."


def test_names_are_masked_in_the_first_values_already(page_of, tmp_path):
    page = page_of(posts_file(tmp_path))
    assert page.plan.first_value("member") == "Is••••"
    assert (
        "Replace 3 names by keys such as A0003, here and inside the texts" in page.authors.words()
    )
    assert "S01_posts_authors_key.csv" in page.authors.words()


def test_threads_are_shown_as_they_will_look(page_of, tmp_path):
    page = page_of(posts_file(tmp_path))
    names = [page.drafts.model().index(row, 0).data() for row in range(2)]
    assert names == ["T1", "T2"]
    units = page.view.units
    assert units.index(1).data() == "A0002: Ask A0001 about hers."
    assert [units.depth(row) for row in range(2)] == [0, 1]


def test_a_decision_changes_the_number_on_the_button(qtbot, page_of, tmp_path):
    page = page_of(posts_file(tmp_path))
    set_box(page, "duplicates", "Keep both")
    qtbot.waitUntil(lambda: page.go.text() == "Import 5 posts")
    set_box(page, "removed", "Leave out")
    qtbot.waitUntil(lambda: page.go.text() == "Import 4 posts")


def test_importing_posts_takes_one_step_and_writes_the_key(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    steps = project.audit.head()[0]
    with qtbot.waitSignal(page.finished) as seen:
        qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert [source.name for source in seen.args[0]] == ["T1", "T2"]
    assert project.audit.head()[0] == steps + 1
    text = project.sources.text(project.sources.find("T1").guid)
    assert "Isobel" not in text and "A0001" in text
    keys = read_key_file(tmp_path / "S01_posts_authors_key.csv")
    assert keys == {"Isobel T.": "A0001", "Farida K.": "A0002", "Wullie B.": "A0003"}
    project.undo()
    assert project.sources.all() == []


def test_cancel_changes_nothing_and_writes_no_key(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    with qtbot.waitSignal(page.cancelled):
        qtbot.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    assert project.sources.all() == []
    assert not (tmp_path / "S01_posts_authors_key.csv").exists()


def test_going_back_while_the_files_are_read_answers_at_once(qtbot, project, context_of, tmp_path):
    page = ImportPage(context_of(project), [transcript(tmp_path)])
    qtbot.addWidget(page)
    page.activate()
    with qtbot.waitSignal(page.cancelled, timeout=100):
        page.stop()
    assert project.sources.all() == []


def test_names_inside_the_texts_stay_when_that_is_chosen(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    qtbot.mouseClick(page.authors.check, Qt.MouseButton.LeftButton)
    decide(qtbot, page)
    with qtbot.waitSignal(page.finished):
        page.go.click()
    assert "Ask Isobel T. about hers." in project.sources.text(project.sources.find("T1").guid)


def test_a_column_becomes_something_else(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    box = page.plan.box("odd")
    box.setCurrentIndex(box.findData("title"))
    box.activated.emit(box.currentIndex())
    decide(qtbot, page)
    with qtbot.waitSignal(page.finished):
        page.go.click()
    assert {source.name for source in project.sources.all()} == {"T1 x", "T2 x"}


def test_a_field_has_one_column_only(qtbot, page_of, tmp_path):
    page = page_of(posts_file(tmp_path))
    box = page.plan.box("odd")
    box.setCurrentIndex(box.findData("thread"))
    box.activated.emit(box.currentIndex())
    assert page.plan.columns()["thread"] == "odd"
    assert page.plan.box("thread_id").currentData() == ""


def test_without_a_text_column_the_reason_is_told_and_nothing_can_be_imported(
    qtbot, page_of, tmp_path
):
    page = page_of(posts_file(tmp_path))
    box = page.plan.box("text")
    box.setCurrentIndex(box.findData(""))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: page.why.isVisible())
    assert "no column for the words of the posts" in page.why.text()
    assert not page.go.isEnabled()
    box.setCurrentIndex(box.findData("text"))
    box.activated.emit(box.currentIndex())
    decide(qtbot, page)
    assert not page.why.isVisible()


def test_the_columns_of_last_time_are_remembered(qtbot, page_of, tmp_path, project):
    page = page_of(posts_file(tmp_path))
    box = page.plan.box("likes")
    box.setCurrentIndex(box.findData(""))
    box.activated.emit(box.currentIndex())
    decide(qtbot, page)
    with qtbot.waitSignal(page.finished):
        page.go.click()
    project.undo()
    again = page_of(posts_file(tmp_path))
    assert again.column_plan.isVisible()
    assert again.column_plan.text_of_value() == "as last time"
    assert again.plan.box("likes").currentData() == ""
    again.column_plan.choose("headings")
    assert again.plan.box("likes").currentData() == "reactions"


def test_a_transcript_shows_its_speakers_and_turns(page_of, tmp_path):
    page = page_of(transcript(tmp_path))
    assert page.go.text() == "Import 1 text"
    assert page.speakers.role("INT").currentData() == "asks"
    assert page.speakers.role("P1").currentData() == "speaks"
    assert page.view.units.index(1).data() == "P1: Tired."


def test_a_speaker_is_renamed_and_another_is_none(qtbot, page_of, tmp_path, project):
    page = page_of(transcript(tmp_path))
    field = page.speakers.name("P1")
    field.selectAll()
    qtbot.keyClicks(field, "Una")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    decide(qtbot, page)
    with qtbot.waitSignal(page.finished):
        page.go.click()
    [source] = project.sources.all()
    assert source.kind is SourceKind.TRANSCRIPT
    units = project.sources.units(source.guid)
    assert [(u.speaker, u.interviewer) for u in units[:2]] == [("INT", True), ("Una", False)]


def test_speakers_get_keys_when_that_is_ticked_and_the_key_goes_beside(
    qtbot, page_of, tmp_path, project
):
    page = page_of(transcript(tmp_path))
    assert not page.authors.isVisible()
    assert not page.speakers.asking_too.isEnabled()
    qtbot.mouseClick(page.speakers.keys, Qt.MouseButton.LeftButton)
    decide(qtbot, page)
    assert page.view.units.index(1).data() == "A0001: Tired."
    words = page.authors.words()
    assert "Replace 1 name by a key such as A0001, here and inside the texts" in words
    assert "P01_authors_key.csv" in words
    qtbot.mouseClick(page.speakers.asking_too, Qt.MouseButton.LeftButton)
    decide(qtbot, page)
    with qtbot.waitSignal(page.finished):
        page.go.click()
    assert [person.key for person in project.people.all()] == ["A0001", "A0002"]
    keys = read_key_file(tmp_path / "P01_authors_key.csv")
    assert keys == {"INT": "A0001", "P1": "A0002"}


def test_a_label_that_is_no_speaker_opens_no_turn(qtbot, page_of, tmp_path):
    page = page_of(transcript(tmp_path))
    role = page.speakers.role("INT")
    role.setCurrentIndex(role.findData("nobody"))
    role.activated.emit(role.currentIndex())
    qtbot.waitUntil(lambda: page.view.units.index(0).data().startswith("INT: [SYNTHETIC]"))


def test_texts_go_into_a_new_collection(qtbot, page_of, tmp_path, project, monkeypatch):
    monkeypatch.setattr(messages, "ask_text", lambda *asked: "Interviews")
    page = page_of(transcript(tmp_path))
    page.into.choose("new")
    decide(qtbot, page)
    with qtbot.waitSignal(page.finished):
        page.go.click()
    [source] = project.sources.all()
    assert project.collections.named("Interviews").guid == source.collection


def test_texts_and_posts_come_in_one_step(qtbot, page_of, tmp_path, project):
    page = page_of(transcript(tmp_path), posts_file(tmp_path))
    assert page.go.text() == "Import 1 text and 4 posts"
    steps = project.audit.head()[0]
    with qtbot.waitSignal(page.finished):
        page.go.click()
    assert len(project.sources.all()) == 3
    assert project.audit.head()[0] == steps + 1


def test_a_name_that_is_taken_is_told_and_the_key_file_is_as_it_was(
    qtbot, page_of, tmp_path, project
):
    page = page_of(posts_file(tmp_path))
    with qtbot.waitSignal(page.finished):
        page.go.click()
    key = tmp_path / "S01_posts_authors_key.csv"
    before = key.read_bytes()
    again = page_of(posts_file(tmp_path))
    again.go.click()
    qtbot.waitUntil(lambda: again.banner.isVisible())
    assert "already a source named" in again.banner.sentence()
    assert key.read_bytes() == before
    assert len(project.sources.all()) == 2


def test_a_read_only_project_takes_nothing_in(qtbot, project, context_of, tmp_path):
    path = project.path
    project.close()
    reading = Project.open(path, read_only=True)
    page = ImportPage(context_of(reading), [posts_file(tmp_path)])
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.go.text() == "Import 4 posts")
    assert not page.go.isEnabled()
    assert page.go.toolTip() == "The project is open for reading only."
