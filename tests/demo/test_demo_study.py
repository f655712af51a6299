"""The demonstration study is what its tables say, and the same each time."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import demo_truth as truth
import pytest

from qualcoder_sm import demo
from qualcoder_sm.errors import Cancelled, QualCoderError
from qualcoder_sm.importers import key_file_for, read_codebook, read_key_file
from qualcoder_sm.model import Coding, Progress
from qualcoder_sm.project import names
from qualcoder_sm.project.check import check
from qualcoder_sm.project.project import Project
from qualcoder_sm.store import schema

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Rows]]:
    """A study built once more, elsewhere, as `build` hands it over, and its rows then."""
    project = demo.build(tmp_path_factory.mktemp("second") / "another name.qsm")
    yield project, stored(project.path)
    project.close()


def test_two_studies_have_the_same_rows_and_the_same_head(
    built: Path, second: tuple[Project, Rows]
):
    assert second[1] == stored(built)


def stored(path: Path) -> Rows:
    """Every row of every table; the lock tells of this computer, so it is left out."""
    tables = [table.name for table in schema.metadata.sorted_tables if table is not schema.lock]
    with closing(sqlite3.connect(path)) as connection:
        return {name: list(connection.execute(f'SELECT * FROM "{name}"')) for name in tables}


def test_every_coding_stands_where_its_table_says_and_there_are_no_others(study: Project):
    written = Counter(
        (truth.place(row), row["code"], row["coder"], row["memo"])
        for row in truth.rows("codings.csv")
    )
    places, paths = Places(study), study.codebook.paths()
    coders = {coder.guid: coder.name for coder in study.coders.all()}
    found = Counter(
        (places.of(coding), paths[coding.code], coders[coding.coder], coding.memo)
        for coding in study.codings.all()
    )
    assert found == written
    assert found.total() == 489


class Places:
    """Where codings stand, told as the table of codings tells it."""

    def __init__(self, study: Project) -> None:
        self._sources = {source.guid: source for source in study.sources.all()}
        self._units = {guid: study.sources.units(guid) for guid in self._sources}

    def of(self, coding: Coding) -> truth.Place:
        source = self._sources[coding.source]
        if not source.external_id:
            return truth.Place(source.name, "", coding.start, coding.end)
        [post] = [
            unit for unit in self._units[source.guid]
            if unit.start <= coding.start and coding.end <= unit.end
        ]  # fmt: skip
        return truth.Place(source.external_id, post.external_id,
                           coding.start - post.start, coding.end - post.start)  # fmt: skip


def test_the_file_passes_every_check(study: Project):
    assert check(study) == []


def test_its_steps_are_told_in_order_of_time_from_the_days_of_the_study(study: Project):
    times = [record.at for record in study.audit.records()]
    assert times == sorted(times)
    assert (times[0].date().isoformat(), times[-1].date().isoformat()) == (
        "2024-01-08", "2024-05-31")  # fmt: skip
    for coding in study.codings.all():
        assert times[0] < coding.created < times[-1]


def test_nothing_is_coded_or_brought_in_before_its_interview(study: Project):
    held = {row["case_id"]: row["interview_date"] for row in truth.rows("cases.csv")}
    for source in study.sources.all():
        if source.name in truth.INTERVIEWS:
            assert source.created
            assert held[source.name] < source.created.date().isoformat()
            assert all(c.created > source.created for c in study.codings.of_source(source.guid))


def test_the_trail_shows_many_kinds_of_steps_and_reasons(study: Project):
    records = study.audit.records()
    kinds = {record.action for record in records}
    assert kinds >= {
        "project.create", "codebook.import", "coder.add", "collection.add", "source.import",
        "case.import", "case.link", "code.emerge", "code.rename", "code.merge", "code.edit",
        "code.favourite", "coding.apply", "coding.apply_many", "coding.move", "coding.remove",
        "undo", "progress.set",
    }  # fmt: skip
    assert any(kind.startswith("note.add") for kind in kinds)
    assert any(kind.startswith("note.edit") for kind in kinds)
    for action in ("code.rename", "code.merge", "code.edit", "coding.move", "coding.remove"):
        assert all(record.reason for record in records if record.action == action)


def test_the_codebook_is_the_ready_made_one_with_two_definitions_sharpened(study: Project):
    book = {names.path(*draft.path): draft for draft in read_codebook("combined")}
    codes = {study.codebook.path(code.guid): code for code in study.codebook.codes()}
    assert list(codes) == list(book)
    sharpened = [path for path, code in codes.items() if code.include != book[path].include]
    assert sharpened == [path for path, code in codes.items() if code.revision > 1]
    assert [path.rpartition(" > ")[2] for path in sharpened] == ["Equality", "Reciprocity"]
    for path in sharpened:
        assert codes[path].include.startswith(book[path].include)
        assert {c.code_revision for c in study.codings.of_code(codes[path].guid)} == {1, 2}


def test_the_nine_codes_that_ana_used_most_have_the_keys_1_to_9(study: Project):
    used = Counter(row["code"] for row in truth.rows("codings.csv") if row["coder"] == "Ana")
    paths = study.codebook.paths()
    keys = {code.favourite: used[paths[code.guid]] for code in study.codebook.codes()
            if code.favourite}  # fmt: skip
    assert sorted(keys) == list(range(1, 10))
    assert sorted(keys.values(), reverse=True) == [n for _, n in used.most_common(9)]


def test_every_case_has_its_attributes_and_its_sources(study: Project):
    cases = {case.name: case for case in study.cases.all()}
    ids = {source.guid: source.external_id or source.name for source in study.sources.all()}
    for row in truth.rows("cases.csv"):
        case = cases.pop(row["case_id"])
        filled = {name: value for name, value in row.items() if value}
        assert dict(case.attributes or {}) == without(filled, "case_id", "case_type")
        assert case.type == row["case_type"]
        found = {ids[guid] for guid in case.sources if ids[guid] != "S01 group rules"}
        assert found == coded_sources(row["case_id"])
    assert cases == {}


def coded_sources(case: str) -> set[str]:
    return {case} if case in truth.INTERVIEWS else {t for t in truth.posts() if t[:3] == case}


def without(row: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in row.items() if name not in names}


def test_every_space_is_a_collection_described_as_its_case(study: Project):
    collections = {one.name[:3]: one for one in study.collections.all() if one.platform}
    for row in truth.rows("cases.csv"):
        if row["case_id"] in truth.SPACES:
            one = collections.pop(row["case_id"])
            assert one.name == f"{row['case_id']} {row['name'].removeprefix('[SYN] ')}"
            assert (one.platform, one.visibility, one.access_basis, one.quote_rule) == (
                row["platform"], row["visibility"], row["access_basis"], row["quote_rule"],
            )  # fmt: skip
    assert collections == {}


def test_every_memo_has_its_words_day_and_author_and_is_linked_to_a_source(study: Project):
    notes = {note.title: note for note in study.notes.all()}
    coders = {coder.guid: coder.name for coder in study.coders.all()}
    ids = {source.guid: source.external_id or source.name for source in study.sources.all()}
    for row in truth.rows("notes.csv"):
        note = notes.pop(row["title"])
        assert note.text.startswith(row["text"])
        assert (note.kind, coders[note.coder], note.created.date().isoformat()) == (
            row["kind"], row["author"], row["date"])  # fmt: skip
        about = [part.rpartition("/")[2] for part in row["linked_to"].split(";")]
        assert ids[note.target] in about
        others = [name for name in about if name != ids[note.target]]
        assert all(name in note.text.removeprefix(row["text"]) for name in others)
    assert notes == {}


def test_both_coders_are_done_with_what_both_coded(study: Project):
    both = {row["source"].rpartition("/")[2] for row in truth.rows("codings.csv")
            if row["coder"] == "Ben"}  # fmt: skip
    ids = {source.guid: source.external_id or source.name for source in study.sources.all()}
    for coder in study.coders.all():
        done = {ids[guid] for guid, state in study.progress.of_coder(coder.guid).items()
                if state is Progress.DONE}  # fmt: skip
        assert done == both


def test_the_key_to_the_authors_is_beside_the_project_and_not_in_it(study: Project, built: Path):
    authors = {row["author_key"] for thread in truth.posts().values() for row in thread.values()}
    keys = read_key_file(key_file_for(built))
    assert set(keys) == authors
    assert set(keys.values()) == {f"A{n:04}" for n in range(1, len(authors) + 1)}
    speakers = {u.speaker for s in study.sources.all() for u in study.sources.units(s.guid)
                if s.external_id}  # fmt: skip
    assert speakers == set(keys.values())
    # The name of an organisation's account is also the name of the space.
    inside = built.read_bytes()
    assert [name for name in authors if name.encode() in inside] == ["SYN_StrathmereCare"]


def test_nothing_is_left_beside_the_shipped_files(built: Path):
    assert list(truth.FILES.glob("*_authors_key.csv")) == []


def test_it_is_known_as_a_demonstration_and_another_study_is_not(study: Project, tmp_path: Path):
    other = Project.create(tmp_path / "study.qsm", "Study", "Ana")
    assert demo.is_demonstration(study)
    assert not demo.is_demonstration(other)
    other.close()


def test_the_built_project_is_open_for_work_at_the_present_time(
    second: tuple[Project, Rows],
):
    project, _ = second
    before = datetime.now(UTC)
    note = project.notes.add("Mine", "[SYNTHETIC] written now")
    assert (project.coder.name, project.read_only) == ("Ana", False)
    assert note.created >= before


def test_stopping_the_building_leaves_no_project(tmp_path: Path):
    path = tmp_path / "study.qsm"

    def stop(done: int, total: int, what: str) -> bool:
        return done < 6

    with pytest.raises(Cancelled):
        demo.build(path, stop)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "study.qsm"
    path.write_text("mine")
    with pytest.raises(QualCoderError):
        demo.build(path)
    assert path.read_text() == "mine"
