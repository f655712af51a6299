import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from builders import add_coded, code_named, new_project, speakers
from PySide6.QtCore import QDate, Qt

from qualcoder_sm.project import audit
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.steps import AuditClass, Subject
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.audit import AuditPage
from qualcoder_sm.ui.pages.trail_story import parts


class Clock:
    """Noon of a day, a second later each time."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 11, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def study(folder: Path) -> tuple[Project, Clock]:
    """Six steps of Ana on a Monday, and Ben's on the Tuesday after."""
    clock = Clock()
    project = Project.create(folder / "study.qsm", "Study", "Ana", clock=clock)
    source = add_coded(project, "P01", "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}.")
    project.coders.add("Ben")
    project.act_as("Ben")
    clock.now += timedelta(days=1)
    project.reason = "It belongs here too."
    project.codings.apply(code_named(project, "Fatigue").guid, source.guid, 0, 11)
    project.reason = ""
    return project, clock


@pytest.fixture
def page(qtbot, tmp_path, context_of) -> AuditPage:
    project, _clock = study(tmp_path)
    made = AuditPage(context_of(project))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0 and made.tag.isVisible())
    return made


def sentences(page: AuditPage) -> list[str]:
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


def said(page: AuditPage) -> str:
    return " ".join((*page.step.words(), *sentences(page)))


def choose(qtbot, page: AuditPage, seq: int) -> None:
    page.list.select_step(seq)
    qtbot.waitUntil(lambda: f"Step {seq}" in page.step.words())


def test_steps_stand_under_their_days_newest_first(page):
    told = sentences(page)
    assert told[0] == "Tuesday 12 March 2024, 1 step"
    assert told[1].startswith("Ben applied Fatigue to 11 characters of P01")
    assert told[2] == "Monday 11 March 2024, 7 steps"
    assert told[-1] == "Ana created the project Study."


def test_the_list_paints_every_sentence_as_it_is_told_numbers_too(page):
    records = page.project.audit.records()
    painted = ["".join(part.text for part in parts(record)) for record in records]
    assert [f"{r.coder} {words}" for r, words in zip(records, painted, strict=True)] == [
        audit.sentence(record) for record in records
    ]
    assert painted[-1] == "applied Fatigue to 11 characters of P01, paragraph 1."


def test_the_chain_is_checked_and_told_in_words(page):
    assert page.tag.text() == "Trail complete"
    assert page.verdict.text().startswith(
        "All 8 steps follow from each other. Tables and texts are what the trail says. Checked today, "
    )


def test_the_head_is_shown_with_what_it_is_good_for(page):
    head = page.project.audit.head()[1]
    assert page.head.text() == (
        f"The head is {head}. Steps that are cut off at the end together with their rows show only "
        "against a head kept elsewhere: print it, or mail it to somebody."
    )


TAMPERED = {
    "chain": ("UPDATE changes SET coder = 'Eve' WHERE seq = 2", "Chain broken",
              "The chain does not hold at step 2: it was changed, or one before it is missing. "
              "Tables and texts are what the trail says. The file was changed from outside."),
    "tables": ("UPDATE codings SET memo = 'other'", "Tables differ",
               "All 8 steps follow from each other. Not as the trail says: 3 codings. The file was "
               "changed from outside."),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "tag", "told"), TAMPERED.values(), ids=TAMPERED)
def test_the_verdict_says_which_check_failed(qtbot, page, statement, tag, told):
    with closing(sqlite3.connect(page.project.path)) as file:
        file.execute("DROP TRIGGER changes_no_update")
        file.execute(statement)
        file.commit()
    page.check.click()
    qtbot.waitUntil(lambda: page.tag.text() == tag)
    assert page.verdict.text().startswith(told)


def test_a_name_taken_out_is_not_shown_any_longer(qtbot, page):
    project = page.project
    speakers(project, "P02", [("Jane Smith", "Yes.")])
    project.people.rename(project.people.find("Jane Smith").guid, "J. Smith", "Jane wished so")
    renamed = project.audit.head()[0]
    qtbot.waitUntil(lambda: page.model.row_of(renamed) >= 0)
    choose(qtbot, page, renamed)
    assert "Jane Smith" in said(page)
    project.people.redact({"Jane": "P02", "J. Smith": "P02"}, "asked for it")
    qtbot.waitUntil(lambda: page.model.row_of(renamed + 1) >= 0)
    qtbot.waitUntil(lambda: "Smith" not in said(page))
    choose(qtbot, page, renamed)
    assert "The content of this step was removed from the trail." in page.step.words()
    assert not page.step.undo.isEnabled()


def test_check_again_counts_the_steps_taken_since(qtbot, page):
    page.project.coders.add("Cleo")
    qtbot.waitUntil(lambda: page.verdict.text().endswith("1 step since then."))
    page.check.click()
    qtbot.waitUntil(lambda: page.verdict.text().startswith("All 9 steps"))


def test_filters_count_who_what_and_class(page):
    assert page.filter.who.row("Ana").note == "7"
    assert page.filter.what.row(Subject.CODINGS).note == "3"
    assert page.filter.classes.row(AuditClass.REDUCTION).note == "3"


def test_taking_a_coder_away_leaves_the_steps_of_the_other(qtbot, page):
    qtbot.mouseClick(page.filter.who.row("Ana"), Qt.MouseButton.LeftButton)
    assert len(sentences(page)) == 2
    assert page.model.shown.steps == 1


def test_a_class_shows_its_steps_only(qtbot, page):
    qtbot.keyClick(page.filter.classes.row(AuditClass.REDUCTION), Qt.Key.Key_Space)
    assert page.model.shown.steps == 3


def test_words_are_found_in_sentences_and_reasons(qtbot, page):
    qtbot.keyClicks(page.filter.words, "belongs here")
    qtbot.waitUntil(lambda: page.model.shown.steps == 1)
    page.filter.words.clear()
    qtbot.waitUntil(lambda: page.model.shown.steps == 8)
    qtbot.keyClicks(page.filter.words, "applied isolation")
    qtbot.waitUntil(lambda: page.model.shown.steps == 1)


def test_days_narrow_the_list(page):
    page.filter.since.setDate(QDate(2024, 3, 12))
    assert page.model.shown.steps == 1


def test_nothing_left_says_how_to_get_more(qtbot, page):
    for name in ("Ana", "Ben"):
        qtbot.mouseClick(page.filter.who.row(name), Qt.MouseButton.LeftButton)
    assert page.states.sentence() == "No step of the trail is like that."


def test_a_click_shows_the_step_with_its_reason_and_digest(qtbot, page):
    rect = page.list.visualRect(page.model.index(1))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.waitUntil(lambda: "It belongs here too." in page.step.words())
    words = page.step.words()
    record = page.project.audit.record(8)
    assert f"{record.hash[:4]} {record.hash[4:8]} … {record.hash[-4:]}" in words
    assert "coding of Fatigue in P01, 0–11" in words
    assert "added" in words


def test_the_arrows_go_over_the_days(qtbot, page):
    page.list.select_step(8)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.model.seq(page.list.currentIndex().row()) == 7
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    assert page.model.seq(page.list.currentIndex().row()) == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Home)
    assert page.model.seq(page.list.currentIndex().row()) == 8


def test_a_change_is_told_before_and_after(qtbot, page):
    code = code_named(page.project, "Fatigue")
    page.project.codebook.rename(code.guid, "Tiredness")
    qtbot.waitUntil(lambda: page.model.shown.steps == 9)
    choose(qtbot, page, 9)
    words = page.step.words()
    at = words.index("before")
    assert words[at - 1 : at + 4] == [
        "code Tiredness, name",
        "before",
        "Fatigue",
        "after",
        "Tiredness",
    ]


def test_undo_takes_the_step_back_and_the_trail_says_so(qtbot, page, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(messages, "confirm", lambda _p, question, *_b: not asked.append(question))
    choose(qtbot, page, 8)
    qtbot.mouseClick(page.step.undo, Qt.MouseButton.LeftButton)
    assert page.project.codings.count() == 2
    assert asked[0].startswith("Take back step 8: Apply Fatigue in P01?")
    qtbot.waitUntil(lambda: page.model.shown.steps == 9)
    assert any(told.startswith("Ben took back step 8") for told in sentences(page))


def test_undo_is_not_done_when_the_researcher_keeps_the_step(qtbot, page, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *asked: False)
    choose(qtbot, page, 8)
    page.step.undo.click()
    assert page.project.codings.count() == 3


def test_a_refused_undo_says_why(qtbot, page, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *asked: True)
    add_code = next(r.seq for r in page.project.audit.records() if r.action == "code.add")
    choose(qtbot, page, add_code)
    page.step.undo.click()
    assert page.step.banner.isVisible()
    assert page.step.banner.sentence()
    assert page.project.codings.count() == 3


def test_the_first_step_is_never_taken_back(qtbot, page):
    choose(qtbot, page, 1)
    assert not page.step.undo.isEnabled()
    assert page.step.undo.toolTip() == "This kind of step is never taken back."


def test_the_trail_is_written_as_a_document(qtbot, page, tmp_path, monkeypatch):
    target = tmp_path / "trail.docx"
    monkeypatch.setattr(messages, "ask_save", lambda *asked: target)
    with qtbot.waitSignal(page.writer.written):
        page.export.actions_offered()[1].trigger()
    words = "\n".join(one.text for one in docx.Document(str(target)).paragraphs)
    assert "Ben applied Fatigue" in words
    assert "added coding of Fatigue in P01, 0–11: coder: Ben" in words
    assert (tmp_path / "verify_trail.py").is_file()


def test_the_model_keeps_the_rules_of_qt(page, qtmodeltester):
    qtmodeltester.check(page.model)


def test_a_read_only_project_offers_no_undo(qtbot, tmp_path, context_of):
    project, _clock = study(tmp_path)
    project.close()
    page = AuditPage(context_of(Project.open(tmp_path / "study.qsm", read_only=True)))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    choose(qtbot, page, 8)
    assert not page.step.undo.isEnabled()


def test_a_new_project_has_one_step(qtbot, tmp_path, context_of):
    page = AuditPage(context_of(new_project(tmp_path)))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and page.tag.isVisible())
    assert page.verdict.text().startswith("The only step stands as it was written.")
