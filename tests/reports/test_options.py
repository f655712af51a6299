"""What is refused of a filter, and what a filter leaves to be seen, whoever asks: window or command."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from builders import code_named, new_project, speakers

from qualcoder_sm.errors import WrongUsage
from qualcoder_sm.model import Progress
from qualcoder_sm.project.filters import EVERYTHING, Filter, Words
from qualcoder_sm.reports import report
from qualcoder_sm.reports.agreement import as_json, compare
from qualcoder_sm.reports.options import Cells, Counted, Options

DAY = datetime(2024, 3, 1, tzinfo=UTC)
POOLED = (
    "The pooled figures add up the rows, so a passage counts in each row that stands for its code or "
    "for a code above it."
)


@pytest.fixture
def project(tmp_path):
    """An interview, and a source and a case in which the interviewer alone speaks."""
    project = new_project(tmp_path)
    talk = speakers(project, "Talk", [("Int", "How so?"), ("P01", "I was tired.")])
    notice = speakers(project, "Notice", [("Int", "Nobody came.")])
    care = code_named(project, "Care").guid
    project.codings.apply(care, talk.guid, 8, 20)
    project.codings.apply(care, notice.guid, 0, 12)
    project.cases.add("P01", sources=[talk.guid])
    project.cases.add("P02", sources=[notice.guid])
    yield project
    project.close()


@pytest.mark.parametrize(
    ("which", "refusal"),
    [
        (Filter(near=3), "--within belongs to --near"),
        (Filter(near_codes=("a",), near=-1), "--within takes 0 characters or more"),
        (Filter(weight_at_least=101), "A weight is from 0 to 100"),
        (Filter(since=DAY, until=DAY), "No day is left between these dates"),
        (Filter(posted_since=DAY, posted_until=DAY), "No day is left between these dates"),
        (Filter(with_codes=("a",), without_codes=("a",)), "No passage carries a code and does not"),
    ],
)
def test_what_nothing_could_be_is_refused_whoever_chose_it(project, which, refusal):
    with pytest.raises(WrongUsage, match=refusal):
        report("segments").table(project, Options(which))
    with pytest.raises(WrongUsage, match=refusal):
        report("segments").narrowed(project, Options(which))


@pytest.mark.parametrize(("rows", "names"), [
    ("source", ["Notice", "Talk"]), ("case", ["P01", "P02"]),
])  # fmt: skip
def test_a_row_without_words_of_participants_stands_with_nothing_in_it(project, rows, names):
    for cells in Cells:
        table = report("matrix").table(project, Options(rows=rows, cells=cells))
        assert sorted(row[0] for row in table.rows) == names
        empty = next(row for row in table.rows if row[0] in ("Notice", "P02"))
        assert empty[1:] == (0,)
    told = "2 turns of interviewers left out; 1 coding lies on them. "
    told += "In Notice no words are left to count."
    assert told in table.notes
    silent = "P02 stands with 0: no words of its sources count."
    assert (silent in table.notes) is (rows == "case")


def test_a_row_is_not_named_where_rows_that_count_nothing_are_left_out(project):
    table = report("matrix").table(project, Options(used_only=True))
    assert [row[0] for row in table.rows] == ["P01"]
    assert not any("stands with 0" in note for note in table.notes)


@pytest.mark.parametrize("name", ["matrix", "frequencies", "cooccurrence", "agreement"])
def test_each_count_of_participants_words_names_the_sources_without_any(project, name):
    project.coders.add("Ben")
    silent = "In Notice no words are left to count."
    assert any(silent in note for note in report(name).table(project).notes)
    every = Options(replace(EVERYTHING, words=Words.ALL))
    assert not any(silent in note for note in report(name).table(project, every).notes)


def test_a_source_of_no_case_is_told_of_whoever_speaks_in_it(project):
    [empty] = [case.guid for case in project.cases.all() if case.name == "P02"]
    project.cases.link(empty, [])
    for turned, lines in ((False, "rows"), (True, "columns")):
        table = report("matrix").table(project, Options(codes_down=turned))
        told = f"1 source belongs to none of the {lines} and is left out, with 0 of 1 codings."
        assert told in table.notes


def test_agreement_counts_sources_with_words_that_count_wherever_it_gives_a_number(project):
    project.coders.add("Ben")
    for coder in ("Ana", "Ben"):
        project.act_as(coder)
        for source in project.sources.all():
            project.progress.set(source.guid, Progress.DONE)
    found = compare(project, report("agreement").resolved(Options()))
    assert found.notes[:2] == (
        "Counted: 1 turn, post or paragraph in 1 source.",
        "1 of 1 source counts: those that all coders marked as done. 1 of them only one coder has "
        "coded.",
    )
    sources = as_json(found)["sources"]
    assert sources == {"counted": 1, "of": 1, "chosen": "finished", "touched_by_one": 1}


def test_agreement_on_one_speaker_speaks_of_the_sources_chosen(project):
    project.coders.add("Ben")
    for counted, told in ((None, "None of the sources chosen is marked as done by all coders, so"),
                          (Counted.ALL, "All of the sources chosen count, finished or not.")):  # fmt: skip
        asked = Options(replace(EVERYTHING, speakers=("P01",)), counted=counted)
        assert report("agreement").table(project, asked).notes[1].startswith(told)


def test_a_filter_leaves_out_rows_of_other_texts(project):
    talk = project.sources.find("Talk").guid
    for words in Words:
        which = replace(EVERYTHING, sources=(talk,), words=words)
        table = report("matrix").table(project, Options(which, rows="case"))
        assert [row[0] for row in table.rows] == ["P01"]


def test_totals_are_explained_where_they_stand(project):
    told = "A passage can carry several codes and a source can belong to several cases"
    for totals in (True, False):
        table = report("matrix").table(project, Options(totals=totals))
        assert any(note.startswith(told) for note in table.notes) is totals


def test_pooled_figures_of_rolled_up_codes_say_what_they_count(project):
    project.coders.add("Ben")
    project.act_as("Ben")
    table = report("agreement").table(project, Options(roll_up=True))
    assert POOLED in table.notes


@pytest.mark.parametrize(
    ("roll_up", "chosen", "counts"),
    [
        (False, (), {"Work > Help": (1, 1, 0, 1), "Work > Tired": (0, 1, 0, 2),
                     "All codes pooled": (1, 2, 0, 3)}),
        (True, (), {"Work": (1, 1, 0, 1), "Work > Help": (1, 1, 0, 1), "Work > Tired": (0, 1, 0, 2),
                    "All codes pooled": (2, 3, 0, 4)}),
        (True, ("Work",), {"Work": (1, 1, 0, 1), "All codes pooled": (1, 1, 0, 1)}),
        (True, ("Work", "Tired"), {"Work": (1, 1, 0, 1), "Work > Tired": (0, 1, 0, 2),
                                   "All codes pooled": (1, 2, 0, 3)}),
    ],
)  # fmt: skip
def test_a_passage_counts_once_in_each_row_of_its_code_and_above(tmp_path, roll_up, chosen, counts):
    """Ana's Help and Tired in the first of three turns are one turn of Work; both, Ana, Ben, none."""
    project = new_project(tmp_path)
    talk = speakers(project, "Talk", [("P01", "tired, helped"), ("P01", "helped"), ("P01", "so")])
    theme = project.codebook.add("Work", codable=False)
    help_, tired = (project.codebook.add(name, parent=theme.guid) for name in ("Help", "Tired"))
    for code, start, end in ((tired, 0, 5), (help_, 7, 13), (help_, 14, 20)):
        project.codings.apply(code.guid, talk.guid, start, end)
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(help_.guid, talk.guid, 7, 13)
    codes = tuple(code_named(project, name).guid for name in chosen)
    table = report("agreement").table(project, Options(Filter(codes=codes), roll_up=roll_up))
    assert {row[0]: row[1:5] for row in table.rows} == counts
    assert (POOLED in table.notes) is roll_up
    project.close()
