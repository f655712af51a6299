"""The files of the demonstration study come through the importers as they were written."""

import importlib.util
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType

import demo_truth as truth
import pytest

from qualcoder_sm import importers
from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.importers import ImportOptions
from qualcoder_sm.model import SourceKind

DOCUMENTS = (
    "P01.docx", "P06.docx", "P19.docx", "P16.rtf", "P20.txt", "P11.txt", "S01 group rules.pdf",
)  # fmt: skip


@pytest.fixture(scope="module")
def documents() -> dict[str, SourceDraft]:
    bundle = importers.read([truth.FILES / name for name in DOCUMENTS])
    return {draft.origin: draft for draft in bundle.sources}


@pytest.fixture(scope="module")
def posts() -> Bundle:
    options = ImportOptions(key_file=Path("nowhere.csv"))
    return importers.read([truth.FILES / f"{space}.csv" for space in truth.SPACES], options)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    path = truth.ROOT / "packaging" / "demo_files.py"
    spec = importlib.util.spec_from_file_location("demo_files", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", DOCUMENTS[:-1])
def test_an_interview_has_the_words_it_was_written_with(
    documents: dict[str, SourceDraft], name: str
):
    assert documents[name].text == truth.stored(Path(name).stem)


@pytest.mark.parametrize("name", DOCUMENTS[:-1])
def test_every_turn_of_an_interview_is_a_unit_of_its_speaker(
    documents: dict[str, SourceDraft], name: str
):
    draft, interview = documents[name], Path(name).stem
    assert draft.kind is SourceKind.TRANSCRIPT
    spoken = [draft.text[u.start : u.end] for u in draft.units if u.speaker == interview]
    assert spoken == list(truth.turns(interview).values())
    assert {u.speaker for u in draft.units if u.interviewer} == {"INT"}


def test_the_leaflet_has_a_text_layer_with_a_paragraph_for_every_rule(
    documents: dict[str, SourceDraft],
):
    draft = documents["S01 group rules.pdf"]
    assert draft.text == truth.plain("group_rules").rstrip("\n")
    assert draft.kind is SourceKind.ARTICLE
    assert {unit.page for unit in draft.units} == {1}


def test_every_document_and_post_says_that_it_is_invented(
    documents: dict[str, SourceDraft], posts: Bundle
):
    assert all(draft.text.startswith("[SYNTHETIC] ") for draft in documents.values())
    words = [d.text[u.start : u.end] for d in posts.sources for u in d.units]
    assert len(words) == 150
    assert all(text.startswith("[SYNTHETIC] ") for text in words)


def test_one_interview_is_in_windows_1252_and_not_in_utf_8():
    data = (truth.FILES / "P11.txt").read_bytes()
    assert data.decode("cp1252") == truth.plain("P11")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_every_post_has_the_words_title_and_author_role_of_its_row(posts: Bundle):
    for draft in posts.sources:
        written = truth.posts()[draft.external_id]
        assert {u.external_id for u in draft.units} == set(written)
        for unit in draft.units:
            row = written[unit.external_id]
            assert draft.text[unit.start : unit.end] == row["text"]
            assert (unit.role, unit.feature, unit.reactions) == (
                row["author_role"], row["feature"], int(row["reactions"]))  # fmt: skip
    assert "S01-T10 THE LIST" in {draft.name for draft in posts.sources}


def test_times_with_a_zone_are_kept_as_the_same_moment(posts: Bundle):
    written = {id: row["posted_at"] for t in truth.posts().values() for id, row in t.items()}
    summer = [unit for unit in units(posts) if written[unit.external_id].endswith("+01:00")]
    assert len(summer) == 3
    for unit in units(posts):
        assert unit.at == datetime.fromisoformat(written[unit.external_id])


def test_every_reply_follows_the_post_it_answers(posts: Bundle):
    for draft in posts.sources:
        ids = {unit.external_id: place for place, unit in enumerate(draft.units)}
        for place, unit in enumerate(draft.units):
            if unit.answers in ids:
                assert unit.parent == ids[unit.answers] < place


def test_threads_keep_the_order_of_their_file_even_where_it_is_not_that_of_time(posts: Bundle):
    assert [draft.external_id for draft in posts.sources] == list(truth.posts())
    begun = [d.units[0].at for d in posts.sources if d.external_id.startswith("S05")]
    assert begun != sorted(begun)


def test_posts_that_stand_twice_are_both_kept_and_reported(posts: Bundle):
    alike = [p.what for p in posts.problems if "same author and words" in p.what]
    assert len(alike) == 2
    for first, second in (("S01-0137", "S01-0138"), ("S07-0134", "S07-0137")):
        assert any(first in what and second in what for what in alike)
        assert {first, second} <= {unit.external_id for unit in units(posts)}


def test_a_reply_to_a_missing_post_says_whom_it_answers_and_is_reported(posts: Bundle):
    lost = [
        (draft.external_id, unit.answers, unit.parent)
        for draft in posts.sources
        for unit in draft.units
        if unit.answers.endswith("0999")
    ]
    # The second opens its thread, so there is no post above to put it under.
    assert lost == [("S01-T13", "S01-0999", 0), ("S05-T10", "S05-0999", None)]
    reported = [p.what for p in posts.problems if "not in the file" in p.what]
    assert len(reported) == len(lost)


def test_deleted_and_malicious_posts_are_kept_as_removed(posts: Bundle):
    removed = [d.external_id for d in posts.sources for u in d.units if u.removed]
    assert removed == ["S01-T10", "S05-T04"]


def test_arabic_urdu_and_emoji_of_several_characters_survive(
    documents: dict[str, SourceDraft], posts: Bundle
):
    assert "يد" in documents["P19.docx"].text
    assert "🦉💜" in documents["P06.docx"].text
    threads = {draft.external_id: draft for draft in posts.sources}
    assert any("\u0600" <= c <= "\u06ff" for c in threads["S05-T08"].text)
    assert "دوسری زبانیں" in threads["S05-T08"].name
    everything = "".join(draft.text for draft in posts.sources)
    for sign in ("\u200d", "\U0001f3f4\U000e0067", "\U0001f3fb", "\U0001f3fc"):
        assert (sign in everything) == (sign in "".join(written_posts()))
    assert "\u200d" in everything


def test_the_files_made_from_the_texts_are_those_in_the_repository(
    generator: ModuleType, tmp_path: Path, documents: dict[str, SourceDraft]
):
    generator.main(tmp_path)
    made = importers.read([tmp_path / name for name in DOCUMENTS])
    assert {d.origin: (d.text, d.units) for d in made.sources} == {
        name: (draft.text, draft.units) for name, draft in documents.items()
    }


def test_making_the_files_again_gives_the_same_bytes(generator: ModuleType, tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        generator.main(folder)
    for name in DOCUMENTS:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def units(posts: Bundle) -> Sequence[UnitDraft]:
    return [unit for draft in posts.sources for unit in draft.units]


def written_posts() -> list[str]:
    return [row["text"] for thread in truth.posts().values() for row in thread.values()]
