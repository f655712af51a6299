import tempfile
from pathlib import Path

from builders import add_text, code_named, new_project
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.ui.pages.passages import Reading, by_unit, clock

WORD = "sp🙂n é "
TEXT = "[SYNTHETIC] " + WORD * 300 + "\n" + WORD * 5 + "\nThe end."


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 400))
@settings(max_examples=40)
def test_the_marks_of_an_excerpt_are_the_coded_words(start, length):
    with tempfile.TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        source = add_text(project, "P01", TEXT)
        end = min(len(TEXT), start + length)
        coding = project.codings.apply(code_named(project, "Help").guid, source.guid, start, end)
        excerpt = Reading(project).excerpt(source.guid, start, end, [coding])
        [span] = excerpt.spans
        assert excerpt.text[span.start : span.end] == TEXT[start:end]
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


def test_times_in_a_recording_are_told_as_on_a_clock():
    assert [clock(n) for n in (0, 65.4, 3723)] == ["0:00", "1:05", "1:02:03"]
