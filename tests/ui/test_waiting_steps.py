"""Coding and writing go on while a longer step is written: what waits is shown, then kept in order."""

import threading
from contextlib import contextmanager

from PySide6.QtCore import QObject

from qualcoder_sm.model import Coding, Progress
from qualcoder_sm.ui import messages
from qualcoder_sm.ui.pages.registry import MEMOS
from qualcoder_sm.ui.panels.codebook_model import RenameRequest
from qualcoder_sm.ui.reading import ApplyRequest


class Heard(QObject):
    def done(self, _result):
        pass


@contextmanager
def an_import(qtbot, window):
    """An import in the middle of its step, in the worker; it ends afterwards."""
    project, begun, go = window.workspace.context.project, threading.Event(), threading.Event()

    def take():
        with project.change("codebook.import", name="many", what="1 code"):
            project.codebook.add("Imported")
            begun.set()
            go.wait(20)

    heard = Heard()
    window.tasks.run(take, done=heard.done, work="The import")
    assert begun.wait(10)
    try:
        yield project
    finally:
        go.set()
    qtbot.waitUntil(lambda: window.tasks.is_idle and window.workspace.status.saved.text()
                    .startswith("Every step is saved"))  # fmt: skip


def shown(window) -> list[Coding]:
    view = window.workspace.reading.view
    return view.codings_in(0, len(view.text()))


def code(project, name):
    return next(one.guid for one in project.codebook.codes() if one.name == name)


def test_a_coding_is_seen_at_once_and_kept_after_the_import(qtbot, window):
    desk = window.workspace.reading.desk
    before = len(shown(window))
    with an_import(qtbot, window) as project:
        wanted = code(project, "Reciprocity")
        desk.apply(ApplyRequest(wanted, 0, 11))
        [new] = [one for one in shown(window) if one.guid.startswith("waiting")]
        assert (new.code, new.start, new.end) == (wanted, 0, 11)
        assert window.workspace.status.saved.text() == "1 step waits to be saved"
        assert project.waiting == 1
    [made] = project.codings.all()
    assert (made.code, made.start, made.end) == (wanted, 0, 11)
    qtbot.waitUntil(lambda: [one.guid for one in shown(window)] == [made.guid])
    assert len(shown(window)) == before + 1
    actions = [one.action for one in project.audit.records()][-2:]
    assert actions == ["codebook.import", "coding.apply"]


def test_what_is_refused_in_its_turn_is_taken_from_the_screen_and_said(qtbot, window):
    desk, project = window.workspace.reading.desk, window.workspace.context.project
    desk.apply(ApplyRequest(code(project, "Reciprocity"), 0, 11))
    [kept] = project.codings.all()
    with an_import(qtbot, window):
        desk.apply(ApplyRequest(kept.code, 0, 11))
    qtbot.waitUntil(lambda: [one.guid for one in shown(window)] == [kept.guid])
    assert "carry Reciprocity already" in window.workspace.status.said.text()


def test_keys_pressed_while_it_lasts_are_kept_in_their_order(qtbot, window):
    desk = window.workspace.reading.desk
    with an_import(qtbot, window) as project:
        wanted = code(project, "Reciprocity")
        for start in (0, 12):
            desk.apply(ApplyRequest(wanted, start, start + 5))
        assert window.workspace.status.saved.text() == "2 steps wait to be saved"
        assert len(shown(window)) == 2
    assert [one.start for one in project.codings.all()] == [0, 12]
    assert project.audit.verify().ok


def test_a_memo_that_is_typed_meanwhile_is_kept(qtbot, window):
    window.workspace.show_page(MEMOS)
    page = window.workspace.page(MEMOS)
    with an_import(qtbot, window) as project:
        page.new()
        page.editor.text.setPlainText("A thought.")
        qtbot.waitUntil(lambda: project.waiting >= 1)
        page.commit()
        assert not page.banner.isVisible()
    qtbot.waitUntil(lambda: [note.text for note in project.notes.all()] == ["A thought."])
    assert project.notes.drafts() == []


def test_every_pane_lets_its_steps_wait(qtbot, window, monkeypatch):
    """What is asked for while the import lasts is done after it: no pane gives up."""
    reading, project = window.workspace.reading, window.workspace.context.project
    desk = reading.desk
    for start in (0, 12):
        desk.apply(ApplyRequest(code(project, "Reciprocity"), start, start + 5))
    first, second = project.codings.all()
    other = code(project, "Access barrier")
    texts = [source.name for source in project.sources.all()]
    monkeypatch.setattr(messages, "ask_text", lambda *_: "P01, anew")
    with an_import(qtbot, window):
        reading.codebook.steps.rename(RenameRequest(other, "Barrier"))
        reading.sources.rename()
        reading.below.segments.steps.recode([second.guid], other)
        reading.texts.current.turn_progress()
        assert project.waiting == 4
        assert [source.name for source in project.sources.all()] == texts
    assert project.codebook.get(other).name == "Barrier"
    assert project.codings.get(second.guid).code == other
    assert "P01, anew" in [source.name for source in project.sources.all()]
    assert project.progress.of_source(first.source, project.coder.guid) is not Progress.NOT_STARTED
