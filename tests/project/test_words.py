"""A coding lies on words: nothing that cannot be seen is ever coded, by whatever door it comes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import add_text, new_project
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.errors import AlreadyCoded, InvalidSelection
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project.check import check
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.rules import Regex, Scope, Words


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = new_project(tmp_path)
    add_units(project, "Talk", [("So?", "\n"), ("Well 😀 then.\n\nAye.", "\n"), ("Hm.", "")])
    project.codebook.add("Code")
    yield project
    project.close()


def add_units(project: Project, name: str, pieces: Sequence[tuple[str, str]]) -> None:
    """A source of units, each with what stands between it and the next."""
    text, units = "", list[UnitDraft]()
    for words, between in pieces:
        units.append(UnitDraft(len(text), len(text) + len(words), UnitKind.TURN, "P01"))
        text += words + between
    draft = SourceDraft(name, SourceKind.TRANSCRIPT, text, tuple(units))
    project.sources.add(Bundle((draft,)))


def here(project: Project) -> tuple[str, str]:
    return project.codebook.find("Code").guid, project.sources.all()[0].guid


def coded(project: Project) -> list[str]:
    return [segment.text for segment in project.segments.of()]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (0, 4, "So?"),
        (3, 9, "Well"),
        (8, 11, "😀"),
        (4, 23, "Well 😀 then.\n\nAye."),
        (1, 25, "o?\nWell 😀 then.\n\nAye.\nHm"),
        (16, 23, "Aye."),
    ],
)
def test_a_coding_begins_and_ends_with_what_can_be_seen(project: Project, start, end, words):
    code, source = here(project)
    coding = project.codings.apply(code, source, start, end)
    assert coded(project) == [words]
    assert project.codings.get(coding.guid) == coding
    told = project.audit.records()[-1].parameters
    assert (told["start"], told["characters"]) == (coding.start, len(words))


@pytest.mark.parametrize(("start", "end"), [(3, 4), (8, 9), (16, 18), (22, 23)])
def test_what_holds_no_word_is_refused_by_every_door(project: Project, start, end):
    code, source = here(project)
    made = project.codings.apply(code, source, 0, 3)
    steps = project.audit.head()
    nothing = f"there are none at {start}–{end} of Talk"
    coder = project.coder.guid
    for act in (
        lambda: project.codings.apply(code, source, start, end),
        lambda: project.codings.move(made.guid, start, end),
        lambda: project.codings.set_aside(source, start, end),
        lambda: project.codings.apply_all([CodingDraft(code, source, coder, start, end)]),
    ):
        with pytest.raises(InvalidSelection, match=nothing):
            act()
    line = CodingDraft(code, source, coder, start, end, line=7)
    with pytest.raises(InvalidSelection, match=f"Line 7: .*{nothing}.* Nothing was changed"):
        project.codings.apply_all([CodingDraft(code, source, coder, 4, 8), line])
    assert (project.audit.head(), coded(project)) == (steps, ["So?"])


def test_the_same_words_are_coded_once_however_they_were_selected(project: Project):
    code, source = here(project)
    first = project.codings.apply(code, source, 4, 8)
    with pytest.raises(AlreadyCoded) as refused:
        project.codings.apply(code, source, 3, 9)
    assert refused.value.coding == first.guid
    drafts = [CodingDraft(code, source, project.coder.guid, *span) for span in ((9, 10), (8, 11))]
    with pytest.raises(AlreadyCoded):
        project.codings.apply_all(drafts)
    assert coded(project) == ["Well"]


def test_a_boundary_moved_over_white_space_alone_is_no_step(project: Project):
    code, source = here(project)
    made = project.codings.apply(code, source, 4, 8)
    steps = project.audit.head()
    assert project.codings.move(made.guid, 3, 9) == made
    assert project.audit.head() == steps
    assert project.codings.move(made.guid, 0, 11).start == 0
    assert coded(project) == ["So?\nWell 😀"]


def test_autocoding_proposes_words_and_each_once(project: Project):
    code, _source = here(project)

    def proposed(rule, scope=Scope.MATCH):
        return [one.hit.words for one in project.autocode.proposals(rule, scope, code)]

    assert proposed(Regex(r"\s")) == []
    assert proposed(Regex(r"then\.\s*|then\.")) == ["then."]
    assert proposed(Regex(r"\s*😀 | 😀")) == ["😀"]
    assert proposed(Words(("aye",)), Scope.PARAGRAPH) == ["Aye."]


def test_the_units_of_a_selection_are_coded_on_their_words(project: Project):
    code, source = here(project)
    applied = project.autocode.code_units(code, source, 2, 23)
    assert [segment.text for segment in project.segments.of()] == ["So?", "Well 😀 then.\n\nAye."]
    assert len(applied.codings) == 2


SEEN = "ab😀é"
WORDS = st.text(f"{SEEN} \n\u200b", min_size=1, max_size=8).filter(lambda t: set(t) & set(SEEN))
BETWEEN = st.text(f"{SEEN} \n", max_size=4)


@settings(max_examples=25)
@given(st.lists(st.tuples(WORDS, BETWEEN), min_size=1, max_size=5), st.data())
def test_whatever_is_selected_the_first_and_last_character_coded_are_words(pieces, data):
    text = "".join(words + between for words, between in pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    seen, at = list[int](), 0
    for words, between in pieces:
        seen += [i for i, sign in enumerate(words, at) if sign in SEEN and start <= i < end]
        at += len(words) + len(between)
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        add_units(project, "T", pieces)
        code = project.codebook.add("Code").guid
        source = project.sources.all()[0].guid
        if seen:
            coding = project.codings.apply(code, source, start, end)
            assert (coding.start, coding.end) == (seen[0], seen[-1] + 1)
            again = [CodingDraft(code, source, project.coders.add("Ben").guid, start, end)]
            [other] = project.codings.apply_all(again)
            assert (other.start, other.end) == (coding.start, coding.end)
            assert check(project) == []
        else:
            with pytest.raises(InvalidSelection):
                project.codings.apply(code, source, start, end)
        project.close()


def test_a_long_text_without_words_is_refused(tmp_path: Path):
    project = new_project(tmp_path)
    source = add_text(project, "Long", "a" + " \n" * 200_000 + "b")
    code = project.codebook.add("Code").guid
    with pytest.raises(InvalidSelection):
        project.codings.apply(code, source.guid, 1, 400_001)
    coding = project.codings.apply(code, source.guid, 1, 400_002)
    assert (coding.start, coding.end) == (400_001, 400_002)
    project.close()
