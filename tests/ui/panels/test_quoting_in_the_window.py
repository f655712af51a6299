"""The window says how words may be published, copies no others, and lets rules be changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from quoting_studies import POSTS, TURNS, code_words, interview, made, set_all, thread
from window_tools import CTRL, Key, focusable, open_in_window, press, write

from qualcoder_sm.model import QuoteRule
from qualcoder_sm.ui.dialogs.quote_rule import QuoteRuleDialog
from qualcoder_sm.ui.pages.text_menu import TextMenu
from qualcoder_sm.ui.reading import ContextRequest, Zone
from qualcoder_sm.ui.requests import Place

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def _made(tmp_path_factory) -> bytes:
    """A thread that may only be paraphrased, one post of it not quoted, and a free interview."""
    rules = ("", "do not quote", "as agreed")
    project = made(tmp_path_factory.mktemp("made"), thread("S01-T03", "Group", *POSTS, rules=rules),
                   interview("P02", *TURNS))  # fmt: skip
    set_all(project, "Group", QuoteRule.PARAPHRASE)
    for source, words in (("S01-T03", "Zebras tie"), ("S01-T03", "Walruses iron"),
                          ("S01-T03", "Ocelots queue"), ("P02", "Hedgehogs knit")):  # fmt: skip
        code_words(project, source, words)
    project.close()
    return project.path.read_bytes()


@pytest.fixture
def window(qtbot, tmp_path: Path, _made: bytes):
    (tmp_path / "study.qsm").write_bytes(_made)
    return open_in_window(qtbot, tmp_path / "study.qsm")


def project_of(window):
    return window.workspace.context.project


def look(qtbot, window, words):
    """Open the source with these coded words and select them; its coding."""
    project, page = project_of(window), window.workspace.reading
    [found] = [one for one in project.segments.of() if one.text == words]
    coding = found.coding
    window.workspace.open(Place(coding.source, coding.start, coding.end))
    section = page.inspector.quoting
    qtbot.waitUntil(lambda: page.view.codings_here() == [project.codings.get(coding.guid)])
    qtbot.waitUntil(section.of_passage.isVisible)
    return project.codings.get(coding.guid), section


TOLD = {
    "Zebras tie": "Paraphrase only. Until you write a paraphrase, reports and copied quotations "
    "print “to be paraphrased” and where the words stand.",
    "Walruses iron": "Do not quote. Reports and copied quotations print only where the words stand.",
    "Hedgehogs knit": "No rule is set. Reports and copied quotations print the words.",
}
KEEPS = "Segments, workbooks and this window are working data and keep the words."
SET = {
    "Zebras tie": f"Set for the collection. {KEEPS}",
    "Walruses iron": f"Set for the post. {KEEPS}",
    "Ocelots queue": "Set for the post. Its wording, “as agreed”, is not known and counts as "
    f"paraphrase only. {KEEPS}",
    "Hedgehogs knit": "",
}


def test_the_inspector_says_what_is_printed_and_where_that_is_set(qtbot, window):
    for words, where in SET.items():
        _coding, section = look(qtbot, window, words)
        told = TOLD.get(words, TOLD["Zebras tie"])
        shown = (told, where, told.startswith("Paraphrase only"), words != "Hedgehogs knit")
        qtbot.waitUntil(lambda s=section, shown=shown: shown == (
            s.told.text(), s.where.text(), s.field.isVisible(), s.of_post.isVisible()))  # fmt: skip
        assert section.copy.isVisible()


def test_a_paraphrase_is_written_beside_the_memo_and_copied_in_place_of_the_words(qtbot, window):
    coding, section = look(qtbot, window, "Zebras tie")
    qtbot.waitUntil(section.field.isVisible)
    qtbot.mouseClick(section.copy, LEFT)
    assert QGuiApplication.clipboard().text() == (
        "[to be paraphrased: S01-T03, post 0110]\nS01-T03, post 0110   A0001 [Help, Ana]"
    )
    section.field.setFocus()
    write(section.field, "Striped ones bind.")
    section.commit()
    project = project_of(window)
    assert project.codings.get(coding.guid).paraphrase == "Striped ones bind."
    qtbot.waitUntil(lambda: section.told.text().endswith("print your paraphrase."))
    qtbot.mouseClick(section.copy, LEFT)
    assert QGuiApplication.clipboard().text() == (
        "Striped ones bind. (paraphrased)\nS01-T03, post 0110   A0001 [Help, Ana]"
    )


def test_passages_are_copied_and_dragged_as_they_may_be_published(qtbot, window):
    window.workspace.reading.below.show_passages()
    panel = window.workspace.reading.below.segments
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    panel.list.selectAll()
    said = []
    panel.said.connect(said.append)
    press(qtbot, panel.list, (Key.Key_C, CTRL))
    copied = QGuiApplication.clipboard().text()
    dragged = panel.model.mimeData([panel.model.index(row) for row in range(4)]).text()
    assert dragged == copied
    for word in ("Zebras", "Walruses", "Ocelots"):
        assert word not in copied
    assert "“Hedgehogs knit”\nP02, turn 2 [Help, Ana]" in copied
    assert "[not to be quoted: S01-T03, post 0111]" in copied
    assert said == [
        "Copied as it may be published. 4 quotations: 1 word for word, 2 to be paraphrased, "
        "1 not to be quoted."
    ]
    notes = {panel.model.line(row).hit.words: panel.model.line(row).notes for row in range(4)}
    assert notes == {"Zebras tie": "paraphrase only", "Walruses iron": "do not quote",
                     "Ocelots queue": "paraphrase only", "Hedgehogs knit": ""}  # fmt: skip


def test_copying_the_text_itself_stays_and_says_the_rule(qtbot, window):
    for words, rule in (("Walruses iron", "do not quote"), ("Hedgehogs knit", "")):
        look(qtbot, window, words)
        view, said = window.workspace.reading.view, []
        window.workspace.reading.said.connect(said.append)
        press(qtbot, view, (Key.Key_C, CTRL))
        assert QGuiApplication.clipboard().text() == words
        told = [f"Copied as working data, not for publication: {rule}."] if rule else []
        assert said == told
        window.workspace.reading.said.disconnect(said.append)


def test_words_that_become_a_code_are_said_where_they_may_not_be_published(qtbot, window):
    look(qtbot, window, "Zebras tie")
    said = []
    window.workspace.reading.said.connect(said.append)
    window.workspace.reading.view.act("code.in_vivo")
    assert said[-1] == (
        "The name of this code is words that may not be published. Rename it before you report."
    )


def dialog_on(qtbot, window, target) -> QuoteRuleDialog:
    dialog = QuoteRuleDialog(window, project_of(window), target)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_an_exception_is_refused_without_a_reason_and_made_with_one(qtbot, window):
    coding, section = look(qtbot, window, "Zebras tie")
    dialog = dialog_on(qtbot, window, coding)
    assert [dialog.rules.itemText(n) for n in range(5)] == [
        "No rule of its own: paraphrase only", "Verbatim", "Paraphrase only", "Do not quote",
        "Withdrawn",
    ]  # fmt: skip
    dialog.rules.setCurrentIndex(1)
    assert dialog.told.text() == "Verbatim. Reports and copied quotations print the words."
    dialog.accept()
    assert dialog.problem.text().startswith("A rule for a single passage needs a reason.")
    assert dialog.isVisible()
    write(dialog.reason, "she agreed")
    dialog.accept()
    assert not dialog.isVisible()
    assert project_of(window).codings.get(coding.guid).quote_rule == "verbatim"
    qtbot.waitUntil(lambda: section.where.text() == "Set for this passage.")
    qtbot.mouseClick(section.copy, LEFT)
    assert QGuiApplication.clipboard().text().startswith("“Zebras tie”\n")


def test_what_is_withdrawn_above_is_said_before_a_rule_is_set(qtbot, window):
    project = project_of(window)
    set_all(project, "Group", QuoteRule.WITHDRAWN)
    dialog = dialog_on(qtbot, window, project.sources.find("S01-T03"))
    dialog.rules.setCurrentIndex(1)
    assert dialog.told.text().startswith("What holds it is withdrawn, so this is, too.")


def test_a_rule_of_a_post_a_source_and_a_collection_is_seen_at_once(qtbot, window):
    coding, section = look(qtbot, window, "Zebras tie")
    page, project = window.workspace.reading, project_of(window)
    post = project.sources.units(coding.source)[0]
    project.quoting.set_rule(post, QuoteRule.DO_NOT_QUOTE)
    qtbot.waitUntil(lambda: section.told.text().startswith("Do not quote."))
    assert page.head.rule.text() == "Paraphrase only"
    set_all(project, "Group", QuoteRule.VERBATIM)
    assert page.head.rule.text() == "Verbatim"
    project.quoting.set_rule(project.sources.get(coding.source), QuoteRule.WITHDRAWN)
    assert page.head.rule.text() == "Withdrawn"
    qtbot.waitUntil(lambda: section.told.text().startswith("Withdrawn."))


def test_the_sources_pane_asks_for_the_rule_of_a_source_or_a_collection(window, monkeypatch):
    project, pane = project_of(window), window.workspace.reading.sources
    asked = []
    monkeypatch.setattr(
        QuoteRuleDialog, "exec", lambda dialog: asked.append(dialog.findChild(QLabel).text())
    )
    for named in (project.collections.named("Group"), project.sources.find("P02")):
        pane.select_key(named.guid)
        pane.change_quote_rule()
    assert asked == [
        "How may the collection Group be published?", "How may the source P02 be published?",
    ]  # fmt: skip


def test_the_keyboard_reaches_everything_and_it_has_a_name(qtbot, window):
    coding, section = look(qtbot, window, "Zebras tie")
    qtbot.waitUntil(section.field.isVisible)
    reached = [one for one in focusable(window) if section.isAncestorOf(one)]
    assert [one.accessibleName() for one in reached] == [
        "How this may be published", "Paraphrase of this passage", "Copy quotation",
        "Another rule for this passage…", "Another rule for this post…",
    ]  # fmt: skip
    dialog = dialog_on(qtbot, window, coding)
    assert (dialog.rules.accessibleName(), dialog.reason.accessibleName()) == (
        "Quote rule", "Reason")  # fmt: skip


def test_the_menu_on_a_coding_copies_its_quotation(qtbot, window):
    coding, _section = look(qtbot, window, "Walruses iron")
    place = window.mapToGlobal(window.rect().center())
    request = ContextRequest(place, coding.start, (coding.guid,), 0, 0, Zone.STRIPE)
    menu = TextMenu(window.workspace.reading, request, {})
    [action] = [one for one in menu.actions() if one.text() == "Copy quotation"]
    action.trigger()
    assert QGuiApplication.clipboard().text().startswith("[not to be quoted: S01-T03, post 0111]")
