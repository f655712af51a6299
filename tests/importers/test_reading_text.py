"""A text with its speakers written before their turns is the transcript it came from."""

from pathlib import Path
from tempfile import TemporaryDirectory

from builders import new_project
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.bundle import Bundle
from qualcoder_sm.importers import ImportOptions, ReadAs
from qualcoder_sm.importers.documents import draft
from qualcoder_sm.importers.paragraphs import Document
from qualcoder_sm.project.reading_text import reading_text, recording_time

SPEECH = st.lists(
    st.text("ab 😀é", min_size=1).filter(str.strip).map(str.strip), min_size=1, max_size=3
).map("\n".join)
TURNS = st.tuples(st.sampled_from(["INT", "P01"]), st.none() | st.integers(0, 400_000_000), SPEECH)


def read(text: str):
    options = ImportOptions(kind=ReadAs.TRANSCRIPT)
    made, problems = draft(Path("P01.txt"), Document(text), "", options)
    assert problems == ()
    return made


@settings(max_examples=25)
@given(st.lists(TURNS, min_size=1, max_size=6))
def test_read_again_it_is_the_same_transcript(turns):
    heads = (f"[{recording_time(ms / 1000)}] " if ms is not None else "" for _, ms, _ in turns)
    made = read("\n".join(f"{head}{who}: {words}"
                          for head, (who, _, words) in zip(heads, turns, strict=True)))  # fmt: skip
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        [source] = project.sources.add(Bundle((made,)))
        shown = reading_text(made.text, project.sources.units(source.guid))
        project.close()
    again = read(shown)
    assert (again.text, again.units) == (made.text, made.units)
    assert [unit.offset for unit in again.units] == [
        ms / 1000 if ms is not None else None for _, ms, _ in turns]  # fmt: skip


def test_a_time_in_a_recording_has_what_is_known_of_it():
    times = (0, 849, 59.9996, 3723.5, 360_000.125)
    assert [recording_time(seconds) for seconds in times] == [
        "00:00:00", "00:14:09", "00:01:00", "01:02:03.5", "100:00:00.125"]  # fmt: skip
