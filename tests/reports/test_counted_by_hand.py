"""Tables of the small study, counted by hand: every value of every choice where it makes a difference.

Participants' words are, of Talk, turns 2, 3, 5, 6 and 7 (characters 33 to 86 and 98 to 149), and all
of the threads and the note. Columns are Help, Hope, Fear, Dread and Joy.
"""

import pytest
from small_study import CODES, find_source

from qualcoder_sm.project.filters import Filter, Words
from qualcoder_sm.reports import report
from qualcoder_sm.reports.options import Cells, Counted, Level, Options

ALL = Filter(words=Words.ALL)


def cells(table):
    """The rows without what they are called."""
    return [list(row)[1:] for row in table.rows]


def labels(table):
    return [row[0] for row in table.rows]


# Matrix: of Empty, Forum (threads A and B), P01 (Talk, A, Note), P02 (Talk); the last row and column
# are the totals. Help is on 36-60, 67-81, 103-109, 129-135, 137-149 of Talk, Hope on 53-74, 98-109.
MATRIX = {
    Cells.CODINGS: [
        [0, 0, 0, 0, 0, 0],
        [3 + 1, 0, 2, 0, 0, 6],
        [7 + 3, 2 + 1, 1 + 2, 1, 0, 17],
        [7, 2, 1, 1, 0, 11],
        [11, 3, 3, 1, 0, None],
    ],
    Cells.CHARACTERS: [
        [0, 0, 0, 0, 0, 0],
        [12 + 4 + 7, 0, 13, 0, 0, 36],
        [62 + 16, 32 + 4, 4 + 13, 4, 0, 78 + 29 + 4],
        [24 + 14 + 6 + 6 + 12, 21 + 11, 4, 4, 0, 45 + 11 + 4 + 6 + 12],
        [62 + 16 + 7, 36, 17, 4, 0, None],
    ],
    Cells.PRESENCE: [
        [0, 0, 0, 0, 0, 0],
        [1, 0, 1, 0, 0, 2],
        [1, 1, 1, 1, 0, 3],
        [1, 1, 1, 1, 0, 1],
        [3, 2, 2, 1, 0, None],
    ],
    Cells.UNITS: [
        [0, 0, 0, 0, 0, 0],
        [2 + 1, 0, 1, 0, 0, 4],
        [5 + 2, 3 + 1, 1 + 1, 1, 0, 9],
        [5, 3, 1, 1, 0, 5],
        [8, 4, 2, 1, 0, None],
    ],
}
UNITS = {
    Cells.CODINGS: ("codings", "codings"),
    Cells.CHARACTERS: ("characters", "characters"),
    Cells.PRESENCE: ("1 or 0", "sources"),
    Cells.UNITS: ("turns and posts", "turns and posts"),
}


def test_every_kind_of_cell_is_counted():
    assert set(MATRIX) == set(UNITS) == set(Cells)


@pytest.mark.parametrize("kind", Cells)
def test_a_matrix_by_case(small, kind):
    table = report("matrix").table(small, Options(cells=kind, totals=True))
    assert labels(table) == ["Empty", "Forum", "P01", "P02", "all"]
    assert cells(table) == MATRIX[kind]
    plain = report("matrix").table(small, Options(cells=kind))
    assert labels(plain) == ["Empty", "Forum", "P01", "P02"]
    assert cells(plain) == [row[:-1] for row in MATRIX[kind][:-1]]


@pytest.mark.parametrize("kind", Cells)
def test_a_matrix_names_its_columns_with_what_they_count(small, kind):
    table = report("matrix").table(small, Options(cells=kind, totals=True))
    unit, total = UNITS[kind]
    guids = [small.codebook.find(path).guid for path in CODES]
    found = [(column.name, column.type.value, column.unit, column.guid) for column in table.columns]
    assert found == [
        ("case", "text", "", ""),
        *((path, "integer", unit, guid) for path, guid in zip(CODES, guids, strict=True)),
        ("all", "integer", total, ""),
    ]
    cases = {case.name: case.guid for case in small.cases.all()}
    assert table.guids == {0: (*(cases[name] for name in ("Empty", "Forum", "P01", "P02")), None)}
    assert table.title == f"Codes by case: {unit}"


@pytest.mark.parametrize("kind", Cells)
def test_a_matrix_turned_round_is_the_same_and_names_its_codes(small, kind):
    table = report("matrix").table(small, Options(cells=kind, totals=True, codes_down=True))
    assert labels(table) == [*CODES, "all"]
    assert cells(table) == [list(column) for column in zip(*MATRIX[kind], strict=True)]
    unit, total = UNITS[kind]
    cases = {case.name: case.guid for case in small.cases.all()}
    assert [(column.name, column.unit, column.guid) for column in table.columns] == [
        ("code", "", ""),
        *((name, unit, cases[name]) for name in ("Empty", "Forum", "P01", "P02")),
        ("all", total, ""),
    ]
    assert table.guids == {0: (*(small.codebook.find(path).guid for path in CODES), None)}


BY_SOURCE = {
    "Note": [0, 1, 0, 0, 0],
    "t1 (Group A)": [3, 0, 2, 0, 0],
    "t1 (Group B)": [1, 0, 0, 0, 0],
    "Talk": [7, 2, 1, 1, 0],
}
ROWS = {
    "source": BY_SOURCE,
    "collection": {
        "Group A": BY_SOURCE["t1 (Group A)"],
        "Group B": BY_SOURCE["t1 (Group B)"],
        "Interviews": BY_SOURCE["Talk"],
        "(no collection)": BY_SOURCE["Note"],
    },
    "attribute:site": {"North": [10, 3, 3, 1, 0], "South": [11, 2, 3, 1, 0]},
}


@pytest.mark.parametrize("rows", ROWS)
def test_a_matrix_by_other_groups(small, rows):
    table = report("matrix").table(small, Options(rows=rows))
    assert dict(zip(labels(table), cells(table), strict=True)) == ROWS[rows]
    assert labels(table) == list(ROWS[rows])
    assert table.columns[0].name == rows.rpartition(":")[2]


def test_a_matrix_of_everybodys_words(small):
    counted = {kind: cells(report("matrix").table(small, Options(ALL, cells=kind)))[3][0]
               for kind in Cells}  # fmt: skip
    assert counted == {
        Cells.CODINGS: 7 + 4,
        Cells.CHARACTERS: 62 + 4 + 6 + 10 + 3,
        Cells.PRESENCE: 1,
        Cells.UNITS: 5 + 3,
    }


def test_a_matrix_rolled_up(small):
    counted = {kind: cells(report("matrix").table(small, Options(cells=kind, roll_up=True)))
               for kind in Cells}  # fmt: skip
    # Care, Help, Hope, Fear, Dread, Joy; 20 characters of Talk carry both Help and Hope.
    assert counted[Cells.CODINGS][2:] == [[13, 10, 3, 4, 1, 0], [9, 7, 2, 2, 1, 0]]
    assert counted[Cells.CHARACTERS][3] == [62 + 32 - 20, 62, 32, 4, 4, 0]
    assert counted[Cells.PRESENCE][1] == [1, 1, 0, 1, 0, 0]
    assert counted[Cells.UNITS][2:] == [[8, 7, 4, 2, 1, 0], [5, 5, 3, 1, 1, 0]]


def test_what_counts_nothing_is_left_out_when_asked(small):
    table = report("matrix").table(small, Options(used_only=True, totals=True))
    assert labels(table) == ["Forum", "P01", "P02", "all"]
    assert [column.name for column in table.columns[1:]] == [*CODES[:-1], "all"]
    assert cells(table) == [row[:4] + row[5:] for row in MATRIX[Cells.CODINGS][1:]]
    counted = report("frequencies").table(small, Options(used_only=True))
    assert labels(counted) == list(CODES[:-1])


# Frequencies: codings, sources, cases, characters, and the share of 18 codings.
FREQUENCIES = [
    [11, 3, 3, 85, 100 * 11 / 18],
    [3, 2, 2, 36, 100 * 3 / 18],
    [3, 2, 3, 17, 100 * 3 / 18],
    [1, 1, 2, 4, 100 / 18],
    [0, 0, 0, 0, 0],
]


def test_frequencies(small):
    table = report("frequencies").table(small)
    assert labels(table) == list(CODES)
    assert [[*row[:4], pytest.approx(row[4])] for row in cells(table)] == FREQUENCIES
    assert table.guids == {0: tuple(small.codebook.find(path).guid for path in CODES)}


def test_frequencies_of_everybodys_words(small):
    assert cells(report("frequencies").table(small, Options(ALL)))[0] == [
        15, 3, 3, 85 + 4 + 6 + 10 + 3, pytest.approx(100 * 15 / 22)]  # fmt: skip


def test_frequencies_rolled_up(small):
    table = report("frequencies").table(small, Options(roll_up=True))
    assert labels(table) == ["Care", *CODES]
    assert cells(table)[0] == [14, 4, 3, 74 + 16 + 7 + 4, pytest.approx(100 * 14 / 18)]
    assert cells(table)[3] == [4, 2, 3, 17, pytest.approx(100 * 4 / 18)]


# Co-occurrence: a5 and a6 share 6 characters, b2 and b3 share 7. Ana's Dread is in the same turn as
# her Help and Hope; Ben's Fear is in the same source as his Help and Hope, and so on.
IN_TURNS = [
    ["Care > Help", "Care > Hope", 2, 13, 2],
    ["Care > Help", "Fear > Dread", 0, 0, 1],
    ["Care > Hope", "Fear > Dread", 0, 0, 1],
]
MEETING = {
    Level.CHARACTER: [["Care > Help", "Care > Hope", 2, 13, 13]],
    Level.SENTENCE: IN_TURNS,
    Level.PARAGRAPH: IN_TURNS,
    Level.UNIT: IN_TURNS,
    Level.SOURCE: [
        ["Care > Help", "Care > Hope", 2, 13, 1],
        ["Care > Help", "Fear", 0, 0, 2],
        ["Care > Help", "Fear > Dread", 0, 0, 1],
        ["Care > Hope", "Fear", 0, 0, 1],
        ["Care > Hope", "Fear > Dread", 0, 0, 1],
    ],
}
NOUNS = {
    Level.CHARACTER: "characters",
    Level.SENTENCE: "sentences",
    Level.PARAGRAPH: "lines",
    Level.UNIT: "turns, posts and paragraphs",
    Level.SOURCE: "sources",
}


@pytest.mark.parametrize("level", Level)
def test_codes_that_meet(small, level):
    table = report("cooccurrence").table(small, Options(level=level))
    assert [list(row) for row in table.rows] == MEETING[level]
    for column in (0, 1):
        assert list(table.guids[column]) == [
            small.codebook.find(row[column]).guid for row in table.rows]  # fmt: skip
    assert table.columns[4].name == f"shared {NOUNS[level]}"
    assert f"characters and {NOUNS[level]} count once" in table.notes[0]


# Agreement of Ana and Ben: both, only Ana, only Ben, neither; of each code and all of them pooled.
# Both are done with Talk and Note, and have coded Talk and A.
DONE = {
    Level.CHARACTER: [[15, 38, 9, 60], [0, 11, 25, 86], [0, 0, 4, 118], [0, 4, 0, 118],
                      [0, 0, 0, 122], [15, 53, 38, 504]],
    Level.SENTENCE: [[1, 4, 1, 3], [0, 1, 3, 5], [0, 0, 1, 8], [0, 1, 0, 8], [0, 0, 0, 9],
                     [1, 6, 5, 33]],
    Level.PARAGRAPH: [[1, 4, 1, 2], [0, 1, 3, 4], [0, 0, 1, 7], [0, 1, 0, 7], [0, 0, 0, 8],
                      [1, 6, 5, 28]],
    Level.UNIT: [[1, 4, 0, 2], [0, 1, 3, 3], [0, 0, 1, 6], [0, 1, 0, 6], [0, 0, 0, 7],
                 [1, 6, 4, 24]],
    Level.SOURCE: [[1, 0, 0, 1], [1, 0, 1, 0], [0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 2],
                   [2, 1, 2, 5]],
}  # fmt: skip
CHOSEN = {
    Counted.FINISHED: DONE[Level.UNIT],
    Counted.BOTH: [[2, 4, 0, 2], [0, 1, 2, 5], [1, 0, 1, 6], [0, 1, 0, 7], [0, 0, 0, 8],
                   [3, 6, 3, 28]],
    Counted.ALL: [[2, 5, 0, 5], [0, 1, 3, 8], [1, 0, 1, 10], [0, 1, 0, 11], [0, 0, 0, 12],
                  [3, 7, 4, 46]],
}  # fmt: skip
SENTENCES = {
    Counted.FINISHED: "2 of 4 sources count: those that all coders marked as done. 1 of them only "
    "one coder has coded.",
    Counted.BOTH: "2 of 4 sources count: those that all coders have coded.",
    Counted.ALL: "Every source counts, finished or not. 2 of them only one coder has coded.",
}


def two(small, **more):
    return Filter(coders=tuple(small.coders.find(name).guid for name in ("Ana", "Ben")), **more)


@pytest.mark.parametrize("level", Level)
def test_agreement_at_every_level(small, level):
    table = report("agreement").table(small, Options(two(small), level=level))
    assert [row[:4] for row in cells(table)] == DONE[level]
    assert [column.unit for column in table.columns[1:5]] == [NOUNS[level]] * 4
    units = sum(DONE[level][0])
    assert table.notes[0] == f"Counted: {units} {NOUNS[level]} in 2 sources."


@pytest.mark.parametrize("counted", Counted)
def test_agreement_of_every_choice_of_sources(small, counted):
    table = report("agreement").table(small, Options(two(small), counted=counted))
    assert [row[:4] for row in cells(table)] == CHOSEN[counted]
    assert table.notes[1] == SENTENCES[counted]
    assert labels(table) == [*CODES, "All codes pooled"]
    assert table.guids == {0: (*(small.codebook.find(path).guid for path in CODES), None)}


def test_agreement_of_sources_that_are_named_counts_them_done_or_not(small):
    which = two(small, sources=(find_source(small, "A"), find_source(small, "Note")))
    table = report("agreement").table(small, Options(which))
    assert cells(table)[0][:4] == [1, 0, 0, 4]
    assert table.notes[1] == "1 of them only one coder has coded."
    named = report("agreement").table(small, Options(which, counted=Counted.FINISHED))
    assert cells(named)[0][:4] == [0, 0, 0, 2]


def test_agreement_of_everybodys_words(small):
    table = report("agreement").table(small, Options(two(small, words=Words.ALL)))
    assert cells(table)[0][:4] == [2, 6, 0, 2]
    assert not any("left out" in note for note in table.notes)


def test_agreement_rolled_up(small):
    table = report("agreement").table(small, Options(two(small), roll_up=True))
    assert labels(table)[:2] == ["Care", "Care > Help"]
    assert cells(table)[0][:4] == [2, 3, 1, 1]
    assert cells(table)[3][:4] == [1, 0, 0, 6]


def test_agreement_of_codes_that_were_used(small):
    table = report("agreement").table(small, Options(two(small), used_only=True))
    assert labels(table) == [*CODES[:-1], "All codes pooled"]


def test_agreement_of_three_has_what_some_of_them_coded(small):
    table = report("agreement").table(small)
    assert [column.name for column in table.columns[:10]] == [
        "code", "all", "only Ana", "only Ben", "only Cleo", "some", "nobody", "agreement",
        "Fleiss’ kappa", "alpha",
    ]  # fmt: skip
    assert cells(table)[0][:6] == [0, 5, 0, 1, 2, 4]
    assert table.title == "Agreement of Ana and Ben and Cleo"


def test_the_coefficients_of_agreement_stand_under_their_names(small):
    """Help in seven turns and paragraphs: one coded by both, four by Ana alone, two by nobody."""
    table = report("agreement").table(small, Options(two(small), all_coefficients=True))
    row = dict(zip([column.name for column in table.columns], table.rows[0], strict=True))
    assert row == {
        "code": "Care > Help",
        "both": 1,
        "only Ana": 4,
        "only Ben": 0,
        "neither": 2,
        "agreement": pytest.approx(100 * 3 / 7),
        "Cohen’s kappa": pytest.approx(1 / 8),
        "alpha": pytest.approx(-1 / 12),
        "alpha low": None,
        "alpha high": None,
        "AC1": pytest.approx(-3 / 25),
        "F1": pytest.approx(1 / 3),
        "Scott’s pi": pytest.approx(-1 / 6),
        "PABAK": pytest.approx(-1 / 7),
        "prevalence index": pytest.approx(1 / 7),
        "bias index": pytest.approx(4 / 7),
        # 47 of 122 characters differ; Ana's five stretches are 53 characters, Ben's one is 24.
        "u-alpha": pytest.approx(1 - 47 * (244**2 - 1213 - 167) / (244 * 77 * 167)),
        "span F1": pytest.approx(1 / 3),
        "remarks": "Too few sources for an interval: 2 of at least 8. Only 5 units carry this "
        "code: the coefficients are unstable.",
    }
    pooled = dict(zip([column.name for column in table.columns], table.rows[-1], strict=True))
    assert (pooled["F1"], pooled["span F1"]) == (pytest.approx(1 / 6), pytest.approx(2 / 11))
