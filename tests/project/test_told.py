"""The trail says from what to what: sentences, and the rows of each step before and after."""

import hashlib
import sqlite3
import tracemalloc
from contextlib import closing
from itertools import islice

import pytest
from builders import add_coded, add_text, code_named, new_project
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.model import Origin, Polarity, Progress, RowChange
from qualcoder_sm.project import audit, steps
from qualcoder_sm.project.differences import LONGEST
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import payloads

WORDS = "[SYNTHETIC] I was [tired]{Fatigue} and [alone]{Isolation}."


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    add_coded(project, "P01", WORDS)
    yield project
    project.close()


def last(project: Project) -> str:
    """The sentence of the last step, without its coder."""
    seq, _head = project.audit.head()
    return audit.sentence(project.audit.record(seq)).removeprefix("Ana ")


def changes(project: Project) -> list[str]:
    """What the last step changed, a line for each row."""
    return project.audit.told_step(project.audit.head()[0]).changes.splitlines()


def coding(project: Project, code: str = "Fatigue"):
    return next(one for one in project.codings.all() if one.code == code_named(project, code).guid)


def test_a_boundary_is_told_by_its_end_and_from_where_to_where(project):
    one = coding(project)
    project.codings.move(one.guid, one.start, one.end + 4)
    assert last(project) == (
        "changed the end of Fatigue in P01, paragraph 1, from character 23 to character 27."
    )
    project.codings.move(one.guid, one.start - 2, one.end + 4)
    assert last(project) == (
        "changed the start of Fatigue in P01, paragraph 1, from character 18 to character 16."
    )
    project.codings.move(one.guid, one.start, one.end)
    assert last(project) == (
        "changed both ends of Fatigue in P01, paragraph 1, from characters 16–27 to characters 18–23."
    )
    assert changes(project) == [
        "changed coding of Fatigue in P01, 18–23: start: 16 → 18; end: 27 → 23"
    ]


def test_marks_on_a_passage_are_told_from_what_to_what(project):
    guid, place = coding(project).guid, "in P01, paragraph 1, "
    project.codings.set_polarity(guid, Polarity.MIXED)
    assert last(project) == f"changed what Fatigue says {place}from neither to mixed."
    project.codings.set_polarity(guid, None)
    assert last(project) == f"changed what Fatigue says {place}from mixed to neither."
    project.codings.set_weight(guid, 0)
    assert last(project) == f"changed the weight of Fatigue {place}from none to 0."
    project.codings.set_weight(guid, 60)
    assert last(project) == f"changed the weight of Fatigue {place}from 0 to 60."
    project.codings.set_memo(guid, "worn out")
    assert last(project) == f"changed the memo on Fatigue {place}from nothing to “worn out”."
    project.codings.set_memo(guid, "")
    assert last(project) == f"changed the memo on Fatigue {place}from “worn out” to nothing."


def test_a_definition_is_told_old_and_new_shortened(project):
    guid = code_named(project, "Fatigue").guid
    project.codebook.edit(guid, definition="being tired")
    assert last(project) == "changed the definition of Fatigue: from nothing to “being tired”."
    project.codebook.edit(guid, definition="long " * 40, codable=False)
    cut = ("long " * 16).strip()
    assert last(project) == (
        f"changed the definition and codable of Fatigue: definition from “being tired” to “{cut}…”; "
        "codable from yes to no."
    )


def test_of_long_texts_that_begin_alike_the_sentence_shows_where_they_differ(project):
    guid = code_named(project, "Fatigue").guid
    rule = "Talk or action that shows standing, respect, a say in decisions, or roles more level."
    project.codebook.edit(guid, include=rule)
    project.codebook.edit(guid, include=f"{rule} Not tone alone.")
    assert last(project) == (
        "changed the include of Fatigue: from “…or roles more level.” to “…or roles more "
        "level. Not tone alone.”."
    )
    project.codebook.edit(guid, include="Another rule altogether, which is short.")
    assert last(project).endswith("to “Another rule altogether, which is short.”.")


def test_names_places_and_colours_of_codes_are_told_from_what_to_what(project):
    codebook = project.codebook
    theme = codebook.add("Burdens", codable=False)
    assert last(project) == "created the code Burdens at the top."
    guid = codebook.add("Weariness", parent=theme.guid, origin=Origin.EMERGENT).guid
    assert last(project) == "created the code Weariness under Burdens, as an emergent code."
    codebook.move(guid, None)
    assert last(project) == "moved Weariness from Burdens to the top."
    codebook.move(guid, None, 0)
    assert last(project) == "moved Weariness from place 4 to place 1 at the top."
    codebook.rename(guid, "Weary")
    assert last(project) == "renamed the code Weariness to Weary."
    codebook.recolour(guid, "#010203")
    assert last(project).startswith("changed the colour of Weary from #")
    assert last(project).endswith(" to #010203.")
    codebook.set_favourite(guid, 3)
    assert last(project) == "changed the favourite key of Weary from none to 3."
    codebook.set_favourite(guid, None)
    assert last(project) == "changed the favourite key of Weary from 3 to none."


def test_merge_split_and_recode_say_from_where_to_where(project):
    fatigue, isolation = code_named(project, "Fatigue").guid, code_named(project, "Isolation").guid
    one, other = coding(project), coding(project, "Isolation")
    project.codings.recode([one.guid], isolation)
    assert last(project) == "changed 1 coding from Fatigue to Isolation in P01."
    project.codings.recode([one.guid, other.guid], fatigue)
    assert last(project) == "changed 2 codings from Isolation to Fatigue in P01."
    project.codings.apply(isolation, one.source, one.start, one.end)
    project.codings.recode([coding(project, "Isolation").guid], fatigue)
    assert last(project) == (
        "changed 1 coding (1 of them there already) from Isolation to Fatigue in P01."
    )
    project.codebook.split(fatigue, {one.guid: "Body"})
    assert last(project) == "split the code Fatigue: 1 coding went to Body."
    project.codebook.merge(fatigue, isolation)
    assert last(project) == "merged Fatigue into Isolation: 1 coding moved, 0 already there."


def test_bulk_steps_name_what_was_done_to_how_many_codings_of_what(project):
    codings = project.codings.all()
    project.codings.remove(*(one.guid for one in codings))
    assert last(project) == "removed 2 codings in P01: Fatigue, Isolation."
    project.undo()
    assert last(project) == "took back step 7: Remove 2 codings."


def test_sources_and_collections_are_told_from_what_to_what(project):
    source = project.sources.find("P01").guid
    collection = project.collections.add("Interviews", quote_rule="verbatim")
    project.collections.describe(collection.guid, quote_rule="paraphrase only")
    assert last(project) == (
        "changed the quote rule of the collection Interviews: from “verbatim” to “paraphrase only”."
    )
    project.sources.move(source, collection.guid)
    assert last(project) == "moved P01 from the sources outside of collections to Interviews."
    assert changes(project) == ["changed source P01: collection: (empty) → Interviews"]
    project.sources.rename(source, "P02")
    assert last(project) == "renamed the source P01 to P02."
    project.sources.correct(source, "[SYNTHETIC] I was so tired and alone.")
    assert last(project) == (
        "corrected the text of P02: 1 change, from 34 to 37 characters, 0 codings dropped."
    )


def test_cases_sets_links_memos_and_progress_are_told_from_what_to_what(project):
    add_text(project, "P02", "[SYNTHETIC] more")
    first, second = (project.sources.find(name).guid for name in ("P01", "P02"))
    case = project.cases.add("Mary", sources=[first])
    project.cases.link(case.guid, [second])
    assert last(project) == "changed the sources of the case Mary: added P02; removed P01."
    drafts = [CaseDraft("Mary", "person", {"age": "41"}), CaseDraft("Tom", "person", {})]
    project.cases.take(drafts, "cases.csv")
    assert last(project) == "took 2 cases from cases.csv: 1 new, 1 known."
    assert "added attribute age of Mary: value: 41" in changes(project)
    fatigue, isolation = (code_named(project, name).guid for name in ("Fatigue", "Isolation"))
    project.sets.keep("Burdens", [fatigue])
    assert last(project) == "kept the set Burdens of 1 code."
    project.sets.keep("Burdens", [isolation])
    assert last(project) == "changed the set Burdens: added Isolation; removed Fatigue."
    project.sets.remove("Burdens")
    assert last(project) == "deleted the set Burdens of 1 code."
    link = project.links.add(coding(project).guid, coding(project, "Isolation").guid)
    project.links.edit(link.guid, kind="explains", memo="as she says")
    assert last(project) == (
        "changed the kind and memo of the link from Fatigue to Isolation: kind from “leads to” to "
        "“explains”; memo from nothing to “as she says”."
    )
    project.links.remove(link.guid)
    assert last(project) == "removed 1 link between passages: Fatigue explains Isolation."
    note = project.notes.add("Tone", "kind", "decision")
    project.notes.edit(note.guid, target_table="sources", target=first, text="kinder")
    assert last(project) == (
        "changed the text and subject of the decision memo Tone: text from “kind” to “kinder”; "
        "subject from nothing to “P01”."
    )
    project.progress.set(first, Progress.DONE)
    assert last(project) == "changed the progress of P01 from in progress to done."
    project.progress.set(second, Progress.DONE)
    assert last(project) == "changed the progress of P02 from not started to done."


OLDER = {
    "code.recolour": ({"code": "A"}, "gave A another colour."),
    "code.edit": ({"code": "A", "fields": "include"}, "changed the include of A."),
    "code.add": ({"code": "A"}, "created the code A."),
    "coding.move": (
        {"code": "A", "source": "P01", "characters": 12, "old": 8},
        "moved the boundary of A in P01: 12 characters instead of 8."),
    "coding.recode": ({"what": "3 codings", "code": "A"}, "changed 3 codings to A."),
    "coding.memo": ({"code": "A", "source": "P01"}, "wrote a memo on A in P01."),
    "coding.polarity": ({"code": "A", "polarity": "mixed"}, "marked a passage of A as mixed."),
    "coding.weight": ({"code": "A", "weight": 40}, "gave a passage of A the weight 40."),
    "coding.remove_many": ({"what": "3 codings"}, "removed 3 codings."),
    "coding.apply_many": ({"what": "3 codings", "where": "P01"}, "applied 3 codings in P01."),
    "progress.set": ({"source": "P01", "state": "done"}, "marked P01 as done."),
    "source.move": ({"name": "P01", "collection": "B"}, "moved P01 to B."),
    "case.link": ({"name": "Mary"}, "changed which sources belong to Mary."),
    "note.edit.decision": ({"title": "Tone", "kind": "decision"}, "changed the decision memo Tone."),
}  # fmt: skip


@pytest.mark.parametrize("action", OLDER)
def test_a_step_of_an_older_version_is_still_told(action):
    parameters, told = OLDER[action]
    assert steps.told(action, parameters, "label") == told


def test_a_sentence_is_told_in_pieces_with_their_parameters():
    parameters = {"code": "A > B", "source": "{x}", "characters": 1_200, "locator": "turn 6"}
    assert steps.pieces("coding.apply", parameters) == [
        ("applied ", ""), ("A > B", "code"), (" to ", ""), ("1,200 characters", "size"),
        (" of ", ""), ("{x}", "source"), (", ", ""), ("turn 6", "locator"), (".", ""),
    ]  # fmt: skip


def test_rows_that_came_or_went_are_told_with_what_they_hold(project):
    guid = code_named(project, "Fatigue").guid
    project.codebook.edit(guid, definition="being tired")
    project.codebook.remove(guid)
    color = project.history.change(project.audit.head()[0]).rows[-1].before["color"]
    assert changes(project) == [
        "deleted coding of Fatigue in P01, 18–23: coder: Ana",
        f"deleted code Fatigue: colour: {color}; origin: a-priori; definition: being tired",
    ]
    source = project.sources.find("P01")
    project.notes.add("Tone", "[SYNTHETIC] a memo", "analytic", "sources", source.guid)
    assert changes(project) == [
        "added memo Tone: kind: analytic; text: [SYNTHETIC] a memo; coder: Ana; subject: P01"
    ]


def test_a_long_text_is_shortened_with_its_digest_beside_it(project):
    text = "é" * LONGEST + "!"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    project.notes.add("Long", "é" * (LONGEST - 2) + "\n!")
    assert f"text: {'é' * (LONGEST - 2)} ¶ !;" in changes(project)[0]
    project.notes.add("Longer", text)
    cut = f"text: {'é' * LONGEST}… [501 characters, SHA-256 {sha256}];"
    assert cut in changes(project)[0]


def test_a_step_of_many_rows_shows_the_first_and_counts_the_others(tmp_path):
    project = new_project(tmp_path)
    add_text(project, "P01", "\n".join(f"line {n}" for n in range(250)))
    told = project.audit.told_step(2, most=20)
    assert (len(told.differences), told.more, told.record.rows) == (20, 231, 251)
    assert told.changes.splitlines()[-1] == "and 231 more rows"
    assert (
        told.changes.splitlines()[1]
        == "added paragraph 1 of P01: start: 0; end: 6; kind: paragraph"
    )
    assert [len(one.differences) for one in project.audit.told()] == [2, 100]
    project.close()


def test_rows_that_do_not_fit_are_counted_and_the_first_is_always_shown(tmp_path):
    project = new_project(tmp_path)
    add_text(project, "P01", "\n".join(f"line {n}" for n in range(5)))
    told = project.audit.told_step(2)
    lines = told.changes.splitlines()
    first, second = (len(lines[0]), len(lines[0]) + len(lines[1]))
    assert len(lines) == 6
    assert told.changes_within(0).splitlines() == [lines[0], "and 5 more rows"]
    assert told.changes_within(first).splitlines() == [lines[0], "and 5 more rows"]
    assert told.changes_within(second).splitlines() == [*lines[:2], "and 4 more rows"]
    assert told.changes_within(10_000).splitlines() == lines
    project.close()


def test_of_a_long_step_only_the_beginning_is_held(tmp_path):
    project = new_project(tmp_path)
    add_text(project, "P01", "\n".join(f"line {n}" for n in range(20_000)))
    tracemalloc.start()
    told = project.audit.told_step(2)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(told.differences), told.more) == (100, 19_901)
    assert peak < 3_000_000  # the rows of the whole step take ten times as much
    project.close()


def test_a_step_whose_content_was_removed_says_so(project):
    with closing(sqlite3.connect(project.path)) as file:
        file.execute("UPDATE change_payloads SET after = NULL WHERE seq = 3")
        file.execute("UPDATE change_payloads SET after = NULL, salt = NULL WHERE seq = 4")
        file.commit()
    told = [project.audit.told_step(seq).changes for seq in (3, 4)]
    assert told == [
        "The rows of this step can no longer be read.",
        "The content of this step was removed from the trail.",
    ]


names = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
values = names | st.integers(-(2**53), 2**53) | st.none() | st.floats(allow_nan=False)


@st.composite
def row_changes(draw):
    def row(guid: str) -> dict[str, object]:
        return {"guid": guid, "a": draw(values), "b": draw(values)}

    found = []
    for n in range(draw(st.integers(0, 40))):
        kind = draw(st.sampled_from(["added", "changed", "deleted"]))
        before = None if kind == "added" else row(str(n))
        after = None if kind == "deleted" else row(str(n))
        found.append(RowChange(draw(st.sampled_from(["codes", "codings"])), str(n), before, after))
    return found


@given(row_changes(), st.integers(0, 45))
def test_rows_are_read_as_they_were_packed_also_only_the_first(rows, most):
    packed = payloads.packed(rows)
    assert list(payloads.row_changes(*packed)) == rows
    assert list(islice(payloads.row_changes(*packed), most)) == rows[:most]


def test_a_payload_longer_than_a_block_is_read_whole(project):
    rows = [
        RowChange("notes", str(n), None, {"guid": str(n), "text": "😀é\n" * size})
        for n, size in enumerate([1, 70_000, 3, 200_000, 12])
    ]
    packed = payloads.packed(rows)
    assert packed[1][:1] != b"["
    assert list(payloads.row_changes(*packed)) == rows
