"""Tables in a terminal: what fits, what is wrapped, and that nothing is lost."""

import os

import pytest
from builders import coded
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcoder_sm.cli import columns, show
from qualcoder_sm.exporters.zones import IN_UTC
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.table import Column, ColumnType, Table

TEXT, LONG, COUNT = ColumnType.TEXT, ColumnType.LONG_TEXT, ColumnType.INTEGER


def table(rows, heads, kinds, **more):
    more = {"key": "t", "title": "T"} | more
    return Table(columns=tuple(map(Column, heads, kinds)), rows=tuple(rows), **more)


def fitted(found, room=80):
    return list(columns.fitted(found, IN_UTC, room))


def wide(found):
    return list(columns.wide(found, IN_UTC))


def matrix(n, name="Theme > Reciprocity"):
    heads = ("code", *[f"P{i:02d}" for i in range(n)])
    return table([(name, *range(1_000, 1_000 + n))], heads, (TEXT, *[COUNT] * n))


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A study of two coders with names, words and numbers of every width."""
    folder = tmp_path_factory.mktemp("pair")
    project = coded(folder, "[SYNTHETIC] [I was tired and alone 😀]{Isolation} " + "words " * 60)
    theme = project.codebook.add("A theme of many words that goes on and on and on")
    code = project.codebook.add("Unforeseeable reciprocities 日本語", parent=theme.guid)
    [source] = project.sources.all()
    ben = project.coders.add("Benjamin Featherstonehaugh")
    for coder in (project.coder.guid, ben.guid):
        project.codings.apply_all([CodingDraft(code.guid, source.guid, coder, 12, 300)])
    project.cases.add("P01", sources=[source.guid])
    project.close()
    return folder / "study.qsm"


def test_what_fits_stands_as_it_is_numbers_at_the_right():
    found = table([("A > B", 2), ("Ä 日本", 1_234)], ("code", "codings"), (TEXT, COUNT))
    assert fitted(found) == ["code    codings", "A > B         2", "Ä 日本    1,234"]


def test_what_is_too_wide_has_its_codes_below_their_themes_and_its_words_wrapped():
    rows = [
        ("Principles of co-production > Equality", 72, "All take part on a level."),
        ("Principles of co-production > Reciprocity", 90, "Help and knowledge flow."),
    ]
    assert fitted(table(rows, ("code", "codings", "definition"), (TEXT, COUNT, LONG)), 46) == [
        "code           codings  definition",
        "Principles of co-production",
        "  Equality          72  All take part on a",
        "                        level.",
        "  Reciprocity       90  Help and knowledge",
        "                        flow.",
    ]


def test_a_table_of_numbers_is_printed_some_columns_at_a_time_with_its_names():
    lines = fitted(matrix(30))
    assert max(map(cell_len, lines)) <= 80
    blocks = "\n".join(lines).split("\n\n")
    assert len(blocks) > 1
    assert all(block.splitlines()[0].startswith("code") for block in blocks)
    assert all("  Reciprocity" in block for block in blocks)
    numbers = [word for line in lines for word in line.split() if "," in word]
    assert numbers == [f"{n:,}" for n in range(1_000, 1_030)]


def test_a_row_of_much_text_becomes_a_paragraph():
    heads = ("source", *[f"field {i}" for i in range(9)], "words")
    row = ("P01", *["some words"] * 8, "", "What was said.")
    lines = fitted(table([row], heads, (TEXT, *[TEXT] * 9, LONG)), 60)
    assert lines[0] == "P01"
    facts = " · ".join(f"field {i}: some words" for i in range(8))
    assert " ".join(line.strip() for line in lines[1:-1]) == facts
    assert lines[-1] == "  words: What was said."


def test_codes_with_one_name_at_two_places_keep_their_paths():
    rows = [("P01", f"Theme {i} > Other", "words " * 20) for i in "AB"]
    lines = fitted(table(rows, ("source", "code", "text"), (TEXT, TEXT, LONG)), 50)
    assert {"Theme A >", "Theme B >"} <= {line[8:17] for line in lines}


def test_wide_has_a_line_for_each_row_with_whole_paths():
    found = matrix(40)
    lines = wide(found)
    assert len(lines) == 2
    assert lines[1].split()[:3] == ["Theme", ">", "Reciprocity"]
    assert "1,039" in lines[1]
    broken = table([("a\nb", "c  d")], ("x", "y"), (TEXT, LONG))
    assert wide(broken) == ["x    y", "a b  c d"]


CELLS = st.text(st.sampled_from("abc de-日本語😀é שלום\n"), max_size=40)


@given(
    rows=st.lists(st.tuples(CELLS, st.integers(0, 10**9), CELLS, CELLS), min_size=1, max_size=6),
    heads=st.lists(CELLS, min_size=4, max_size=4),
    room=st.integers(40, 120),
    long=st.booleans(),
)
def test_no_line_is_wider_than_the_room_and_no_word_or_number_is_lost(rows, heads, room, long):
    kinds = (TEXT, COUNT, LONG if long else TEXT, TEXT)
    lines = fitted(table(rows, heads, kinds), room)
    assert all(cell_len(line) <= room for line in lines)
    told = "".join("".join(lines).split())
    for row in rows:
        assert f"{row[1]:,}" in "".join(lines)
        letters = "".join("".join(map(str, (row[0], row[2], row[3]))).split())
        assert sorted(set(letters)) == sorted(set(letters) & set(told))


@pytest.mark.parametrize("n", [0, 1, 100, 101, 250])
def test_every_row_of_a_list_is_printed(n, capsys):
    show.columns(("name", "n"), [(f"row {i}", i) for i in range(n)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["name", "n"]
    assert [line.split()[1:] for line in lines[1:]] == [[str(i), str(i)] for i in range(n)]


def test_columns_of_numbers_stand_at_the_right_though_some_are_missing(capsys):
    show.columns(("name", "n"), [("a", None), ("b", 1_234)])
    assert capsys.readouterr().out.splitlines() == ["name      n", "a         –", "b     1,234"]


def test_in_a_pipe_there_are_80_columns_and_in_a_terminal_as_many_as_it_has(run, pair, monkeypatch):
    found = matrix(60)

    def printed():
        lines = []
        monkeypatch.setattr(show, "line", lines.append)
        show.table(found)
        return max(map(cell_len, lines))

    assert 70 < printed() <= 80
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(show, "get_terminal_size", lambda: os.terminal_size((132, 40)))
    assert 110 < printed() <= 132


@pytest.mark.parametrize(
    "words",
    [
        ("report", "segments"), ("report", "matrix", "--codes-down"), ("report", "audit"),
        ("report", "agreement"), ("agreement",), ("report", "codebook"), ("report", "frequencies"),
        ("codings",), ("sources",), ("cases",), ("codebook list",), ("search", "a"), ("progress",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_a_command_prints_fits_80_columns_in_plain_characters(run, pair, words):
    command, *rest = words
    where = command.split()
    narrow = run(*where, pair, *rest)
    assert all(cell_len(line) <= 80 for line in narrow.lines)
    assert "\x1b" not in narrow.out
    assert not set(narrow.out) & set(map(chr, range(0x2500, 0x2600))), "no frames"
    whole = run(*where, pair, *rest, "--wide")
    assert whole.status == 0
    assert max(map(len, whole.lines)) >= max(map(len, narrow.lines)) or len(whole.lines) <= len(
        narrow.lines
    )


def test_wide_shows_guids_and_whole_digests(run, pair):
    guid = run("codings", pair, "--json").json[0]["guid"]
    assert guid not in run("report", pair, "segments").out
    assert guid in run("report", pair, "segments", "--wide").out
    digest = run("audit", pair, "--json").json[0]["hash"]
    assert digest not in run("report", pair, "audit").out
    assert digest in run("report", pair, "audit", "--wide").out


def test_a_time_is_told_with_its_zone(run, pair, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/London")
    assert "created (Europe/London)" in " ".join(run("report", pair, "segments").out.split())
