"""The inspector: codings at the caret, definition, memo, and the same code elsewhere."""

from pathlib import Path

import pytest
from builders import add_coded, new_project
from PySide6.QtCore import Qt
from window_tools import open_in_window, press, write

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.model import Polarity, SourceKind, UnitKind
from qualcoder_sm.ui.panels.inspector_codings import initials
from qualcoder_sm.ui.panels.inspector_context import Passage
from qualcoder_sm.ui.panels.inspector_parts import CodingRow
from qualcoder_sm.ui.requests import Place

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    add_coded(project, "P01", "I was [tired]{Fatigue} and [very [alone]{Isolation}")
    add_coded(project, "P02", "So [tired]{Fatigue} again")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    source = window.workspace.context.project.sources.find("P01")
    window.workspace.open(Place(source.guid, 7, 7))
    window.workspace.reading.view.select(7, 7)
    qtbot.waitUntil(window.workspace.reading.inspector.memo.isVisible)
    return window


def parts(window):
    return window.workspace.context.project, window.workspace.reading.inspector


def test_the_coding_at_the_caret_is_shown_with_its_definition(window):
    _project, inspector = parts(window)
    [row] = inspector.codings.findChildren(CodingRow)
    assert row.accessibleName() == "Fatigue, A"
    assert inspector.definition.isVisible()


def test_a_memo_is_kept_when_the_field_is_left(qtbot, window):
    project, inspector = parts(window)
    inspector.memo.field.setFocus()
    write(inspector.memo.field, "Says it twice.")
    window.workspace.reading.view.setFocus()
    inspector.commit()
    fatigue = project.codebook.find("Fatigue").guid
    memos = {c.memo for c in project.codings.of_code(fatigue)}
    assert memos == {"Says it twice.", ""}


def test_a_memo_is_kept_when_the_pen_rests(qtbot, window):
    project, inspector = parts(window)
    before = project.audit.head()[0]
    with qtbot.waitSignal(window.workspace.context.bridge.changed, timeout=4_000):
        write(inspector.memo.field, "Says")
        write(inspector.memo.field, " it twice.")
    assert project.audit.head()[0] == before + 1


def test_a_memo_belongs_to_its_coding_when_the_caret_goes_on(qtbot, window):
    project, inspector = parts(window)
    write(inspector.memo.field, "About tiredness.")
    window.workspace.reading.view.select(25, 25)
    isolation = project.codebook.find("Isolation").guid
    fatigue = project.codebook.find("Fatigue").guid
    qtbot.waitUntil(lambda: any(c.memo for c in project.codings.of_code(fatigue)))
    assert not any(c.memo for c in project.codings.of_code(isolation))


def test_each_field_of_a_definition_is_one_step(qtbot, window):
    project, inspector = parts(window)
    before = project.audit.head()[0]
    inspector.edit_definition()
    fields = {
        f.objectName(): f for f in inspector.definition.findChildren(type(inspector.memo.field))
    }
    write(fields["brief_definition"], "Worn out.")
    write(fields["include"], "Body and mind.")
    inspector.commit()
    code = project.codebook.find("Fatigue")
    assert (code.brief_definition, code.include) == ("Worn out.", "Body and mind.")
    assert project.audit.head()[0] == before + 2


def test_a_passage_elsewhere_opens_its_source(qtbot, window):
    project, inspector = parts(window)
    [passage] = inspector.elsewhere.findChildren(Passage)
    qtbot.mouseClick(passage, LEFT)
    assert window.workspace.reading.tabs.current() == project.sources.find("P02").guid
    assert window.workspace.reading.view.selected_text() == "tired"


def test_a_section_folds(qtbot, window):
    _project, inspector = parts(window)
    inspector.memo.head.itemAt(0).widget().click()
    assert not inspector.memo.field.isVisible()


def test_a_post_tells_who_wrote_it_and_how_it_may_be_quoted(qtbot, tmp_path: Path):
    project = new_project(tmp_path)
    text = "[SYNTHETIC] A spoon that does not tip?"
    unit = UnitDraft(0, len(text), UnitKind.POST, speaker="A0104", role="patient",
                     external_id="0017", reactions=6)  # fmt: skip
    project.sources.add(Bundle((SourceDraft("T03", SourceKind.POSTS, text, (unit,), "S01"),)))
    project.collections.describe(project.collections.all()[0].guid, quote_rule="paraphrase")
    project.close()
    window = open_in_window(qtbot, tmp_path / "study.qsm")
    source = window.workspace.context.project.sources.find("T03")
    window.workspace.open(Place(source.guid, 3, 3))
    post = window.workspace.reading.inspector.post
    qtbot.waitUntil(post.isVisible)
    said = " ".join(w.text() for w in post.findChildren(type(window.workspace.status.where)))
    assert "A0104, patient" in said
    assert window.workspace.reading.inspector.quoting.told.text().startswith("Paraphrase only.")
    assert window.workspace.reading.head.rule.text() == "Paraphrase only"


def test_initials_are_of_the_first_and_last_word():
    assert [initials(n) for n in ("Ana Lindqvist", "Ben", "Maria de la Cruz")] == ["AL", "B", "MC"]


def own_coding(window):
    project, inspector = parts(window)
    source = project.sources.find("P01").guid
    [coding] = [one for one in project.codings.of_source(source) if one.start == 6]
    return project, inspector, coding


def test_polarity_is_set_by_its_buttons_and_turned_by_p(qtbot, window):
    project, inspector, coding = own_coding(window)
    qtbot.waitUntil(inspector.marks.isVisible)
    inspector.marks.polarity.activated.emit(2)
    assert project.codings.get(coding.guid).polarity is Polarity.CONTRADICTS
    press(qtbot, window.workspace.reading.view, Qt.Key.Key_P)
    assert project.codings.get(coding.guid).polarity is Polarity.MIXED
    press(qtbot, window.workspace.reading.view, Qt.Key.Key_P)
    assert project.codings.get(coding.guid).polarity is None


def test_a_weight_is_one_step_and_can_be_taken_away(qtbot, window):
    project, inspector, coding = own_coding(window)
    before = project.audit.head()[0]
    inspector.marks.weight.setValue(40)
    inspector.marks.weight.editingFinished.emit()
    inspector.marks.weight.editingFinished.emit()
    assert project.codings.get(coding.guid).weight == 40
    assert project.audit.head()[0] == before + 1
    qtbot.waitUntil(lambda: inspector.marks.weight.value() == 40)
    inspector.marks.weight.setValue(-1)
    inspector.marks.weight.editingFinished.emit()
    assert project.codings.get(coding.guid).weight is None


def test_zero_sets_words_aside_as_one_step(qtbot, window):
    project, _inspector = parts(window)
    before = project.audit.head()[0]
    window.workspace.reading.view.select(0, 5)
    press(qtbot, window.workspace.reading.view, Qt.Key.Key_0)
    bucket = project.codebook.find("Does not fit")
    assert [(c.start, c.end) for c in project.codings.of_code(bucket.guid)] == [(0, 5)]
    assert project.audit.record(before + 1).label == "Set words of P01 aside"
    assert project.audit.head()[0] == before + 1
