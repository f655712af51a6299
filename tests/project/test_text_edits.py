"""Correcting a text: what moves with it, what is refused, and that it can be taken back."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import add_coded, add_text, coded, new_project
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project import audit
from qualcoder_sm.project.check import check
from qualcoder_sm.project.moves import Fate
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.project.text_edits import WordsVanished
from qualcoder_sm.store import schema

MARKED = "I was [tired]{Fatigue} 😀 and [alone]{Isolation}.\n\nNobody [answered]{Silence} me."


def snapshot(project):
    return {
        table.name: sorted(map(repr, project.fetch(select(table)))) for table in schema.JOURNALLED
    }


@pytest.fixture
def project(tmp_path):
    project = coded(tmp_path, MARKED)
    yield project
    project.close()


@pytest.fixture
def source(project):
    return project.sources.find("Interview").guid


def words(project, source):
    text = project.sources.text(source)
    return [text[one.start : one.end] for one in project.codings.of_source(source)]


def units(project, source):
    text = project.sources.text(source)
    return [text[unit.start : unit.end] for unit in project.sources.units(source)]


NEW = "😀 I was so tired 😀 and alone.\n\nNobody ever answered me."


def test_codings_stay_on_their_words_and_undo_restores_every_row(project, source):
    before, old = snapshot(project), project.sources.text(source)
    steps = project.audit.head()[0]
    edit = project.sources.correct(source, NEW)
    assert words(project, source) == ["tired", "alone", "answered"]
    assert units(project, source) == NEW.split("\n\n")
    assert (edit.edits, edit.ambiguous) == (3, [])
    assert project.sources.get(source).characters == len(NEW)
    assert project.audit.head()[0] == steps + 1
    assert audit.sentence(project.audit.record(steps + 1)) == (
        "Ana corrected the text of Interview: 3 changes, from 45 to 55 characters, 0 codings dropped."
    )
    assert check(project) == []
    project.undo()
    assert snapshot(project) == before
    assert project.sources.text(source) == old
    project.redo()
    assert project.sources.text(source) == NEW
    assert check(project) == []


def test_the_search_follows_the_text(project, source):
    project.sources.correct(source, NEW.replace("alone", "lonely"))
    found = {w: [h.words for h in project.search.find(SearchQuery(w))] for w in ("alone", "lonely")}
    assert found == {"alone": [], "lonely": ["lonely"]}
    project.undo()
    assert [hit.words for hit in project.search.find(SearchQuery("alone"))] == ["alone"]


def test_the_text_as_imported_is_kept(project, source):
    old = project.sources.text(source)
    assert project.sources.original_text(source) == old
    project.sources.correct(source, NEW)
    project.sources.correct(source, NEW + " Again.")
    assert project.sources.original_text(source) == old
    project.undo()
    assert project.sources.original_text(source) == old


def test_a_preview_lists_what_changed_and_writes_nothing(project, source):
    before = snapshot(project)
    edit = project.sources.preview_correction(source, "I was weary 😀 and .\n\nNobody answered me.")
    told = [(one.words_before, one.words_after, one.fate) for one in edit.ambiguous]
    assert told == [("tired", "weary", Fate.CHANGED), ("alone", "", Fate.VANISHED)]
    assert snapshot(project) == before


def test_a_coding_without_words_has_to_be_decided(project, source):
    before, steps = snapshot(project), project.audit.head()
    new = project.sources.text(source).replace("alone", "")
    with pytest.raises(WordsVanished, match="1 coding would lose all of its words: “alone”") as no:
        project.sources.correct(source, new)
    assert (snapshot(project), project.audit.head()) == (before, steps)
    [gone] = no.value.codings
    with pytest.raises(WrongUsage, match="no words at 29–31 of the new text"):
        project.sources.correct(source, f"{new[:29]}  {new[29:]}", {gone.guid: (29, 31)})
    with pytest.raises(WrongUsage, match="outside of the new text"):
        project.sources.correct(source, new, {gone.guid: (3, 3)})
    project.sources.correct(source, new, {gone.guid: None})
    assert words(project, source) == ["tired", "answered"]
    project.undo()
    assert snapshot(project) == before
    project.sources.correct(source, new, {gone.guid: (13, 18)})
    assert words(project, source) == ["tired", "and", "answered"]


def test_a_dropped_coding_takes_its_memos_and_links_with_it(project, source):
    first, second, _third = project.codings.of_source(source)
    project.links.add(first.guid, second.guid)
    project.notes.add("Memo", "[SYNTHETIC]", target_table="codings", target=second.guid)
    new = project.sources.text(source).replace("alone", "")
    project.sources.correct(source, new, {second.guid: None})
    assert project.links.all() == [] and project.notes.all() == []
    assert check(project) == []


@pytest.mark.parametrize("text", ["", " \n", "half \ud83d"])
def test_a_text_that_cannot_be_stored_is_refused(project, source, text):
    before = snapshot(project)
    with pytest.raises(WrongUsage):
        project.sources.correct(source, text)
    assert snapshot(project) == before


def test_newlines_and_byte_order_marks_are_as_at_import(project, source):
    steps = project.audit.head()
    text = project.sources.text(source)
    project.sources.correct(source, "\ufeff" + text.replace("\n", "\r\n"))
    assert project.audit.head() == steps


def test_a_locked_text_is_not_corrected(project, source):
    project.sources.lock(source)
    assert project.sources.get(source).locked
    with pytest.raises(WrongUsage, match="locked"):
        project.sources.correct(source, NEW)
    project.sources.unlock(source)
    project.sources.correct(source, NEW)
    project.undo()
    project.undo()
    assert project.sources.get(source).locked


def test_links_in_memos_follow_their_words(project, source):
    text = f"See [[{source}@6-11]], [[Interview@26-32]], [[Other@6-11]] and [[{source}@900-901]]."
    note = project.notes.add("Memo", text)
    project.sources.correct(source, "So: " + project.sources.text(source))
    [after] = project.notes.all()
    assert after.text == text.replace("6-11]], [[I", "10-15]], [[I").replace("26-32", "30-36")
    assert after.guid == note.guid


def posts(project):
    text, drafts = "", []
    for n, (author, post) in enumerate(
        [("Ana", "First post."), ("Ben", "Second one."), ("Cy", "Third.")]
    ):
        drafts.append(UnitDraft(len(text), len(text) + len(post), UnitKind.POST, author,
                                parent=n - 1 if n else None, external_id=f"p{n}"))  # fmt: skip
        text += f"{post}\n\n"
    [source] = project.sources.add(
        Bundle((SourceDraft("Thread", SourceKind.POSTS, text, tuple(drafts)),))
    )
    return source.guid, text


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("Second one.", "Second one. And more.", ["First post.", "Second one. And more.", "Third."]),
        ("Second one.", "My second one.", ["First post.", "My second one.", "Third."]),
        ("Second one.", "  Second one. ", ["First post.", "Second one.", "Third."]),
        ("Second", "Another", ["First post.", "Another one.", "Third."]),
        ("Third.", "New line.\nThird.", ["First post.", "Second one.", "New line.", "Third."]),
        ("Third.\n", "Third.\nLast.\nWords.\n",
         ["First post.", "Second one.", "Third.", "Last.", "Words."]),
    ],
)  # fmt: skip
def test_units_grow_with_what_is_typed_in_them(project, old, new, after):
    source, text = posts(project)
    project.sources.correct(source, text.replace(old, new))
    assert units(project, source) == after
    assert [unit.ordinal for unit in project.sources.units(source)] == list(range(len(after)))
    assert check(project) == []


def test_a_new_line_that_ends_like_the_line_before_is_a_unit(tmp_path):
    project = new_project(tmp_path)
    rules = add_text(project, "Rules", "One rule.\nTwo rules.\nLast rule.")
    project.sources.correct(rules.guid, "One good rule.\nTwo rules.\nA new one.\nLast rule.")
    assert units(project, rules.guid) == [
        "One good rule.", "Two rules.", "A new one.", "Last rule.",
    ]  # fmt: skip
    project.close()


def test_a_unit_without_words_goes_and_answers_follow_the_others(project):
    source, text = posts(project)
    before = snapshot(project)
    project.sources.correct(source, text.replace("First post.", ""))
    left = project.sources.units(source)
    assert [(unit.external_id, unit.ordinal, unit.parent) for unit in left] == [
        ("p1", 0, None), ("p2", 1, 0)]  # fmt: skip
    assert check(project) == []
    project.undo()
    assert snapshot(project) == before


def test_units_keep_their_page_and_a_new_line_is_on_the_page_before_it(project):
    lines = ["One rule.", "Two rules.", "Last rule."]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    drafts = tuple(
        UnitDraft(start, start + len(line), UnitKind.PARAGRAPH, page=page)
        for start, line, page in zip(starts, lines, (1, 2, 4), strict=True)
    )
    [source] = project.sources.add(
        Bundle((SourceDraft("Rules", SourceKind.ARTICLE, text, drafts),))
    )

    def pages():
        return [unit.page for unit in project.sources.units(source.guid)]

    before = snapshot(project)
    project.sources.correct(
        source.guid, "Zero.\nOne good rule.\nTwo rules.\nA new one!\nLast rule."
    )
    assert pages() == [1, 1, 2, 2, 4]
    assert check(project) == []
    project.undo()
    assert snapshot(project) == before
    assert pages() == [1, 2, 4]
    project.redo()
    assert pages() == [1, 1, 2, 2, 4]


PIECES = st.lists(
    st.sampled_from(["tired", "alone", " ", ". ", "\n", "😀", "e\u0301"]), max_size=20
)
Texts = PIECES.map("".join)


@settings(max_examples=25)
@given(text=Texts, new=Texts, n=st.integers(0, 99), m=st.integers(1, 9))
def test_any_new_text_leaves_a_sound_project(text, new, n, m):
    text, new = f"First {text} last.", f"First {new} last."
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        start = n % len(text)
        end = min(start + m, len(text))
        marked = f"{text[:start]}[{text[start:end]}]{{Code}}{text[end:]}"
        source = add_coded(project, "Interview", marked).guid
        before = snapshot(project)
        [coding] = project.codings.all()
        project.sources.correct(source, new, {coding.guid: None} if n % 2 else None) if (
            n % 2 or not project.sources.preview_correction(source, new).vanished
        ) else None
        assert check(project) == []
        assert words_outside_units(project, source) == ""
        while snapshot(project) != before:
            project.undo()
        assert project.sources.text(source) == text
        project.close()


def words_outside_units(project, source):
    text = project.sources.text(source)
    edges = [
        0,
        *(e for unit in project.sources.units(source) for e in (unit.start, unit.end)),
        None,
    ]
    return "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()
