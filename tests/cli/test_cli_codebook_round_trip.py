"""A codebook that was exported comes back whole."""

import tempfile
from pathlib import Path

import pytest
from builders import new_project
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.bundle import CodeDraft
from qualcoder_sm.cli import codebook_file
from qualcoder_sm.cli.new import read_book

NAMES = st.sampled_from(["Equality", "Access", "😀 joy", "=1+1", 'O\'Neil, "Jo"'])
TEXTS = st.sampled_from(["", "two\nlines", "'=cmd", "-", "ends; here", "émoji 👩‍👩‍👧"])


@st.composite
def codebooks(draw):
    """Trees in which names repeat at several places."""
    drafts, places = [], [()]
    for _ in range(draw(st.integers(1, 12))):
        path = (*draw(st.sampled_from(places)), draw(NAMES))
        if path not in places and len(path) < 5:
            places.append(path)
            drafts.append(
                CodeDraft(
                    path,
                    definition=draw(TEXTS),
                    include=draw(TEXTS),
                    codable=draw(st.booleans()),
                    origin=draw(st.sampled_from(["", "emergent"])),
                )
            )
    return drafts


def content(project):
    paths = project.codebook.paths()
    return [
        (code.guid, paths[code.guid], code.color.lower(), code.definition, code.include,
         code.codable, code.origin)
        for code in project.codebook.codes()
    ]  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@given(drafts=codebooks())
@settings(max_examples=5, deadline=None)
def test_a_codebook_comes_back_whole_with_one_name_at_several_places(ending, drafts):
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        study, again = new_project(Path(first)), new_project(Path(second))
        study.codebook.take(drafts, "book")
        file = Path(first) / f"book{ending}"
        codebook_file.write(study, file)
        _title, read = read_book(str(file))
        again.codebook.take(read, "book")
        assert content(again) == content(study)
        study.close()
        again.close()


def test_the_same_book_twice_in_one_project_has_other_guids(tmp_path):
    study = new_project(tmp_path)
    study.codebook.take([CodeDraft(("A",)), CodeDraft(("A", "B"))], "book")
    codebook_file.write(study, tmp_path / "book.csv")
    _title, read = read_book(str(tmp_path / "book.csv"))
    study.codebook.rename(study.codebook.find("A").guid, "Old A")
    study.codebook.take(read, "book")
    assert len({code.guid for code in study.codebook.codes()}) == 4
    study.close()
