"""Long steps are written and taken back in portions; here a few rows are many."""

import itertools

import pytest
from builders import add_text, coded, new_project, snapshot
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.bundle import Bundle, SourceDraft, UnitDraft
from qualcoder_sm.errors import Cancelled, StepConflict
from qualcoder_sm.model import RowChange, SourceKind, UnitKind
from qualcoder_sm.project.search import SearchQuery
from qualcoder_sm.store import journal, payloads, schema, trail

VALUES = st.one_of(st.none(), st.integers(), st.text(max_size=5))
ROWS = st.lists(
    st.builds(
        lambda table, side, value: (table, side, value),
        st.sampled_from(("codes", "notes")),
        st.sampled_from(("new", "changed", "gone")),
        VALUES,
    ),
    max_size=40,
)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(trail, "HELD", 3)
    monkeypatch.setattr(journal, "_PORTION", 2)


def posts(n: int) -> Bundle:
    def thread(number: int) -> SourceDraft:
        text = "\n".join(f"post {number}-{i} 😀" for i in range(3))
        units, at = [], 0
        for line in text.split("\n"):
            units.append(UnitDraft(at, at + len(line), UnitKind.POST, f"A{number:04}"))
            at += len(line) + 1
        return SourceDraft(f"T{number}", SourceKind.POSTS, text, tuple(units), "Group")

    return Bundle(tuple(thread(number) for number in range(n)))


def drawn_rows(drawn) -> list[RowChange]:
    return [
        RowChange(
            table,
            str(n),
            None if side == "new" else {"guid": str(n), "name": value},
            None if side == "gone" else {"guid": str(n), "name": f"{value}!"},
        )
        for n, (table, side, value) in enumerate(drawn)
    ]


@pytest.mark.parametrize("above", [10, 4096])
@given(drawn=ROWS, cuts=st.lists(st.integers(0, 40)))
def test_rows_written_as_they_come_are_those_written_at_once(above, drawn, cuts):
    rows = drawn_rows(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(payloads, "_COMPRESS_ABOVE", above)
        packer = payloads.Packer()
        edges = [0, *sorted(cut % (len(rows) + 1) for cut in cuts), len(rows)]
        for first, end in itertools.pairwise(edges):
            packer.add(rows[first:end])
        packed = packer.finished()
        assert list(payloads.row_changes(*packed)) == rows
        assert list(payloads.row_changes(*payloads.packed(rows))) == rows
    if above > 10 and len(drawn) < 5:
        runs = [list(run) for _kind, run in itertools.groupby(rows, key=payloads.kind)]
        plain = [
            [run[0].table, list(run[0].after), [list(one.after.values()) for one in run]]
            if run[0].after
            else [run[0].table, None, None]
            for run in runs
        ]
        assert packed[1] == payloads.canonical(plain).encode()


@given(ROWS)
def test_stored_rows_read_like_a_list_and_backwards_run_by_run(drawn):
    rows = drawn_rows(drawn)
    before, after = payloads.packed(rows)
    stored = trail.StoredRows(len(rows), lambda: (before, after, schema.VERSION))
    assert list(stored) == list(stored) == rows
    runs = [list(run) for _kind, run in itertools.groupby(rows, key=payloads.kind)]
    assert list(reversed(stored)) == [
        one
        for run in reversed(runs)
        for one in (reversed(run) if run[0].before and run[0].after else run)
    ]
    assert (len(stored), stored[1:3]) == (len(rows), tuple(rows[1:3]))
    assert [stored[n] for n in range(len(rows))] == rows


def test_a_long_import_is_taken_back_and_done_again(tmp_path, short):
    project = new_project(tmp_path)
    start = snapshot(project)
    project.sources.add(posts(5))
    end = snapshot(project)
    change = project.history.change(2)
    assert isinstance(change.rows, trail.StoredRows) and len(change.rows) == 1 + 5 + 5 + 15
    assert change.touches("units") and not change.touches("codings")
    for _ in range(2):
        project.undo()
        assert snapshot(project) == start
        project.redo()
        assert snapshot(project) == end
    assert [hit.words for hit in project.search.find(SearchQuery('"post 3 2"'))] == ["post 3-2"]
    assert project.audit.verify().ok
    project.close()


def test_a_long_step_is_published_with_its_rows(tmp_path, short):
    project = new_project(tmp_path)
    heard = []
    project.subscribe(lambda change: heard.append((change, [r.table for r in change.rows])))
    project.sources.add(posts(3))
    [(change, tables)] = heard
    assert change.tables == {"collections", "people", "sources", "units"}
    assert tables == ["people"] * 3 + ["collections"] + ["sources"] * 3 + ["units"] * 9
    project.close()


@pytest.mark.parametrize("turn", ["undo", "redo"])
def test_what_is_stopped_leaves_the_file_byte_for_byte(tmp_path, short, turn, monkeypatch):
    monkeypatch.setattr("qualcoder_sm.project.history._BETWEEN", 1)
    project = new_project(tmp_path)
    project.sources.add(posts(5))
    if turn == "redo":
        project.undo()
    before, told = project.path.read_bytes(), []

    def progress(done, total, _what):
        told.append((done, total))
        return done < 20

    with pytest.raises(Cancelled, match="Nothing was changed"):
        getattr(project, turn)(progress=progress)
    assert told[-1] == (20, 26)
    assert project.path.read_bytes() == before
    getattr(project, turn)()
    assert project.audit.verify().ok
    project.close()


def test_a_long_step_that_somebody_built_on_is_not_taken_back(tmp_path, short):
    project = new_project(tmp_path)
    project.sources.add(posts(5))
    project.coders.add("Ben")
    project.act_as("Ben")
    project.sources.rename(project.sources.find("T4").guid, "Other")
    before = snapshot(project)
    project.act_as("Ana")
    with pytest.raises(StepConflict, match="changed since"):
        project.history.undo_step(2)
    assert snapshot(project) == before
    project.close()


def test_rows_of_many_codings_move_in_one_piece(tmp_path, short):
    """Each takes the place of the next, across what would be portions."""
    project = coded(tmp_path, " ".join("[aa]{Care}" for _ in range(9)))
    [source] = project.sources.all()
    before = snapshot(project)
    project.sources.correct(source.guid, "xx " + project.sources.text(source.guid))
    assert [one.start for one in project.codings.all()] == list(range(3, 30, 3))
    project.undo()
    assert snapshot(project) == before
    project.close()


def test_counts_follow_long_steps(tmp_path, short):
    project = coded(tmp_path, " ".join("[aa]{Care}" for _ in range(9)))
    add_text(project, "other", "words")
    assert project.codebook.counts() == {project.codebook.codes()[0].guid: 9}
    project.sources.remove(project.sources.find("Interview").guid)
    assert project.codebook.counts() == {}
    project.undo()
    assert project.codebook.counts() == {project.codebook.codes()[0].guid: 9}
    project.close()
