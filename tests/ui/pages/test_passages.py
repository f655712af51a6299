import tempfile
from pathlib import Path

import pytest
from builders import add_text, code_named, new_project, speakers
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from quoting_studies import POSTS, code_words, made, thread

from qualcoder_sm.model import QuoteRule
from qualcoder_sm.ui.pages.passages import Excerpt, Passage, Reading, by_unit, clock
from qualcoder_sm.ui.pages.widgets.cell_pane import CellPane
from qualcoder_sm.ui.theme import ThemeManager

WORD = "sp🙂n é "
TEXT = "[SYNTHETIC] " + WORD * 300 + "\n" + WORD * 5 + "\nThe end."


@given(st.integers(0, len(TEXT) - 1).filter(lambda n: TEXT[n].strip()), st.integers(1, 400))
@settings(max_examples=20)
def test_the_marks_of_an_excerpt_are_the_coded_words(start, length):
    with tempfile.TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        source = add_text(project, "P01", TEXT)
        end = min(len(TEXT), start + length)
        coding = project.codings.apply(code_named(project, "Help").guid, source.guid, start, end)
        excerpt = Reading(project).excerpt(source.guid, start, coding.end, [coding])
        [span] = excerpt.spans
        assert excerpt.text[span.start : span.end] == TEXT[start:end].rstrip()
        assert len(excerpt.text) < 1000 + length
        project.close()


def test_codings_of_one_paragraph_are_one_passage(tmp_path):
    project = new_project(tmp_path)
    source = add_text(project, "P01", "[SYNTHETIC] One and two.\nThree.")
    for code, start in (("Help", 12), ("Tired", 16), ("Help", 25)):
        project.codings.apply(code_named(project, code).guid, source.guid, start, start + 3)
    passages = by_unit(project, project.codings.all())
    assert [(one.place, one.codings) for one in passages] == [
        ("P01, paragraph 1", 2),
        ("P01, paragraph 2", 1),
    ]
    project.close()


def test_the_turn_before_is_the_one_above_and_the_first_has_none(tmp_path):
    project = new_project(tmp_path)
    source = add_text(project, "P01", "[SYNTHETIC] Why?\nBecause.")
    reading = Reading(project)
    assert reading.before(source.guid, 18) == "[SYNTHETIC] Why?"
    assert reading.before(source.guid, 3) == ""
    project.close()


def test_who_speaks_is_told_with_a_role_that_says_something(tmp_path):
    project = new_project(tmp_path)
    source = speakers(project, "P01", [("Int", "Why?"), ("P2", "So."), ("P3", "No.")])
    project.people.set_role(project.people.find("P3").guid, "chair")
    code = code_named(project, "Help").guid
    for unit in project.sources.units(source.guid):
        project.codings.apply(code, source.guid, unit.start, unit.end)
    passages = by_unit(project, project.codings.all())
    assert [one.who for one in passages] == ["Int, interviewer", "P2", "P3, chair"]
    project.close()


def test_times_in_a_recording_are_told_as_on_a_clock():
    assert [clock(n) for n in (0, 65.4, 3723)] == ["0:00", "1:05", "1:02:03"]


def test_a_passage_shows_the_rule_of_its_own_post(tmp_path):
    rules = ("", "do not quote", "withdrawn")
    project = made(tmp_path, thread("T", "Group", *POSTS, rules=rules))
    for words in ("Zebras", "Walruses", "Ocelots"):
        code_words(project, "T", words)
    kept = [one.rule for one in by_unit(project, project.codings.all())]
    assert kept == [QuoteRule.UNSET, QuoteRule.DO_NOT_QUOTE, QuoteRule.WITHDRAWN]
    project.close()


PARAPHRASE, DO_NOT_QUOTE, FREE = (
    QuoteRule.PARAPHRASE, QuoteRule.DO_NOT_QUOTE, QuoteRule.VERBATIM)  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ((FREE, FREE), ""),
        ((PARAPHRASE, PARAPHRASE), "Paraphrase only"),
        ((PARAPHRASE, FREE, QuoteRule.UNSET), "1 of 3 paraphrase only"),
        ((PARAPHRASE, DO_NOT_QUOTE), "Not word for word"),
        ((PARAPHRASE, DO_NOT_QUOTE, FREE), "2 of 3 not word for word"),
    ],
)
def test_the_pane_behind_a_cell_says_which_rules_keep_words_back(qtbot, rules, told):
    pane = CellPane(ThemeManager(QApplication.instance()))
    qtbot.addWidget(pane)
    pane.begin("#0072B2", "Help", "codings")
    words = Excerpt("[SYNTHETIC] words", ())
    pane.show_passages(
        tuple(Passage("s", 0, 5, "T, post 1", "", "", rule, words, ("c",)) for rule in rules), {}
    )
    assert pane.tag.isVisibleTo(pane) == bool(told)
    if told:
        assert pane.tag.text() == told
