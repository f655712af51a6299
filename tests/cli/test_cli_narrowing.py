"""Every option that narrows, where it works: what is left of the small study, counted by hand.

For codings, reports and exports it is said once what an option leaves; the tables follow from that.
"""

import csv
from collections import Counter

import pytest
from small_study import CODES, NAMES, code_of, told

from qualcoder_sm.cli.choices import OPTIONS
from qualcoder_sm.reports import report
from qualcoder_sm.reports.options import CODINGS, TEXT, WHOSE, Choice

TALK = "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4"
A, B, NOTE = "a10 a11 b5 b6 c0", "a12", "b7"
OTHERS_WORDS = {"a0", "a1", "a4", "b0"}
"""On the heading and the words of interviewer and observer."""

LEAVES = [
    ("--coder Ben", "b0 b1 b2 b3 b4 b5 b6 b7"),
    ("--coder Ben --coder Cleo", "b0 b1 b2 b3 b4 b5 b6 b7 c0"),
    ("--code Hope", "a6 b3 b7"),
    ("--code Fear --code Dread", "a7 a11 b4 b6"),
    ("--source Note", NOTE),
    ("--source=Group_A_>_t1 --source Talk", f"{TALK} {A}"),
    ("--collection=Group_B", B),
    ("--collection Interviews --collection=Group_B", f"{TALK} {B}"),
    ("--case P01", f"{TALK} {A} {NOTE}"),
    ("--case P02", TALK),
    ("--case P02 --case Forum", f"{TALK} {A} {B}"),
    ("--attribute site=South", f"{TALK} {A} {B}"),
    ("--attribute site=South --attribute age=4", f"{A} {B}"),
    ("--speaker P01", "a2 a5 a6 a7 b1 b2 b3 b4"),
    ("--speaker P02", "a3 a9 b3"),
    ("--speaker OBS --speaker A2", "a4 a11 a12 b6"),
    ("--role heading", "a0"),
    ("--role interviewer", "a1 b0"),
    ("--role other", "a4"),
    ("--role admin", "a10 b5 c0"),
    ("--role admin --role interviewer", "a1 a10 b0 b5 c0"),
    ("--role participant", "a2 a3 a5 a6 a7 a9 a10 a11 a12 b1 b2 b3 b4 b5 b6 c0"),
    ("--posted-since 2026-03-02", "a11 a12 b6 c0"),
    ("--posted-until 2026-03-03", "a10 a11 a12 b5 b6"),
    ("--posted-since 2026-03-02 --posted-until 2026-03-03", "a11 a12 b6"),
    ("--words participants", " ".join(sorted(set(NAMES) - OTHERS_WORDS))),
    ("--words all", " ".join(NAMES)),
    ("--polarity supports", "a2"),
    ("--polarity contradicts --polarity mixed", "a3 a5"),
    ("--polarity none", " ".join(sorted(set(NAMES) - {"a2", "a3", "a5"}))),
    ("--weight 10", "a2 a5"),
    ("--weight 9", "a2 a3 a5"),
    ("--with Hope", "a3 a5 a6 b2 b3 b7"),
    ("--with Hope --with Help", "a3 a5 a6 b2 b3"),
    ("--without Hope", "a0 a1 a2 a4 a7 a8 a9 a10 a11 a12 b0 b1 b4 b5 b6 c0"),
    ("--without Hope --without Help", "a7 a11 b4 b6"),
    ("--near Fear --within 3", "a7 a11 b4 b6"),
    ("--near Fear --within 4", "a7 a10 a11 b4 b6"),
    ("--near Fear --within 5", "a7 a10 a11 b4 b6 c0"),
    ("--near Fear --within 6", "a5 a6 a7 a10 a11 b4 b6 c0"),
    ("--near Fear", "a5 a6 a7 a11 b4 b6"),
    ("--near Dread --near Joy", "a5 a6 a7 b4"),
    ("--since 2026-04-02", "b0 b1 b2 b3 b4 b5 b6 b7 c0"),
    ("--until 2026-04-02", "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12"),
    ("--since 2026-04-02 --until 2026-04-03", "b0 b1 b2 b3 b4 b5 b6 b7"),
]
IDS = [options for options, _left in LEAVES]


def words(options):
    """The options as words of the command line; "_" stands for a space inside one."""
    return [word.replace("_", " ") for word in options.split()]


def choices(options):
    return {Choice(word.partition("=")[0].removeprefix("--"))
            for word in options.split() if word.startswith("--")}  # fmt: skip


def test_every_option_that_narrows_is_among_these():
    tried = set().union(*map(choices, IDS))
    assert tried == WHOSE | TEXT | CODINGS
    assert all(OPTIONS[choice].help for choice in tried)


@pytest.mark.parametrize(("options", "left"), LEAVES, ids=IDS)
def test_codings_and_segments_are_narrowed(run, small, options, left):
    found = run("codings", small, "--json", *words(options)).json
    assert sorted(one["memo"] for one in found) == sorted(left.split())
    table = run("report", small, "segments", "--json", *words(options)).json
    assert sorted(column(table, "memo")) == sorted(left.split())
    _said_whose(table["provenance"], options)


def _said_whose(provenance, options):
    named = choices(options) - {Choice.CODER, Choice.WORDS}
    parts = [part.partition(": ")[0] for part in provenance["filter"].split("; ")]
    assert sorted(parts) == (sorted(named) or ["nothing left out"])
    coders = [name for name in ("Ben", "Cleo") if name in options]
    assert provenance["coders"] == (", ".join(coders) or "Ana, Ben, Cleo")
    assert provenance["words"] == ("participants" if "participants" in options else "all")


def column(table, name):
    place = [one["name"] for one in table["columns"]].index(name)
    return [row[place] for row in table["rows"]]


def counts(table, name):
    return dict(zip(column(table, "code"), column(table, name), strict=True))


def counted(left, options):
    """How many codings each code has: of participants' words, unless it is said whose count."""
    return Counter(code_of(one) for one in left.split()
                   if "--words" in options or one not in OTHERS_WORDS)  # fmt: skip


def wanted(options):
    """The codes that have a row: those named, or all that can be applied."""
    asked = [word for before, word in zip(words(options), words(options)[1:], strict=False)
             if before == "--code"]  # fmt: skip
    return [path for path in CODES if not asked or path.rpartition(" > ")[2] in asked]


# One of each kind of option; that every report takes them alike is for the recount to show.
SOME = [
    "--coder Ben", "--code Hope", "--case P02", "--speaker P02", "--role admin", "--weight 9",
    "--posted-since 2026-03-02", "--words participants", "--with Hope", "--since 2026-04-02",
]  # fmt: skip


@pytest.mark.parametrize("options", SOME)
def test_other_reports_are_narrowed(run, small, options):
    left = dict(LEAVES)[options]

    def made(name, *more):
        return run("report", small, name, "--json", *more, *words(options)).json

    places = {(told(one)["locator"], told(one)["start"], told(one)["end"], code_of(one))
              for one in left.split()}  # fmt: skip
    assert len(made("quotations")["rows"]) == len(places)
    expected = counted(left, options)
    frequencies = made("frequencies")
    assert counts(frequencies, "codings") == {path: expected[path] for path in wanted(options)}
    matrix = made("matrix", "--rows", "collection", "--totals")
    assert matrix["rows"][-1] == ["all", *(expected[path] for path in wanted(options)), None]
    pairs = {("a5", "a6"), ("b2", "b3")}
    met = sum(set(pair) <= set(left.split()) for pair in pairs)
    meeting = made("cooccurrence", "--unit", "character")
    assert column(meeting, "overlapping codings") == [met] * bool(met)
    uses = Counter(map(code_of, left.split()))
    assert counts(made("codebook"), "codings") == {
        path: uses[path] for path in (["Care", *CODES] if "--code" not in options.split() else
                                      wanted(options))}  # fmt: skip


@pytest.mark.parametrize("options", SOME)
def test_exports_are_narrowed(run, small, tmp_path, options):
    run("export", small, "--to", tmp_path / "out.csv", *words(options))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(row["memo"] for row in rows) == sorted(dict(LEAVES)[options].split())


# Agreement on Help between Ana and Ben in the text that is left: n, both, Ana, Ben, neither.
AGREEMENT = {
    "": (7, 1, 4, 0, 2),
    "--words all": (10, 2, 6, 0, 2),
    "--words participants": (7, 1, 4, 0, 2),
    "--sources both": (8, 2, 4, 0, 2),
    "--sources all": (12, 2, 5, 0, 5),
    "--sources finished": (7, 1, 4, 0, 2),
    "--source=Group_A_>_t1": (3, 1, 0, 0, 2),
    "--source Talk --source Note --sources both": (5, 1, 4, 0, 0),
    "--collection Interviews": (5, 1, 4, 0, 0),
    "--case Forum": (5, 1, 1, 0, 3),
    "--attribute age=4": (5, 1, 1, 0, 3),
    "--speaker P01": (2, 1, 1, 0, 0),
    "--speaker P02": (2, 0, 2, 0, 0),
    "--role participant": (4, 1, 3, 0, 0),
    "--role interviewer --words all": (1, 1, 0, 0, 0),
    "--posted-since 2026-03-02 --sources all": (4, 0, 1, 0, 3),
    "--posted-until 2026-03-02 --sources all": (1, 1, 0, 0, 0),
    "--unit source": (2, 1, 0, 0, 1),
    "--unit sentence": (9, 1, 4, 1, 3),
    "--unit paragraph": (8, 1, 4, 1, 2),
    "--unit character": (122, 15, 38, 9, 60),
}


def test_every_choice_of_text_is_tried_with_agreement():
    tried = set().union(*map(choices, AGREEMENT))
    assert tried == TEXT | {Choice.SOURCES, Choice.UNIT}
    assert report("agreement").choices - tried == {
        Choice.CODER, Choice.CODE, Choice.ROLL_UP, Choice.USED_ONLY, Choice.ALL_COEFFICIENTS}  # fmt: skip


@pytest.mark.parametrize("options", AGREEMENT)
def test_agreement_is_narrowed(run, small, options):
    both = ("--coder", "Ana", "--coder", "Ben", *words(options))
    found = run("agreement", small, "--json", *both).json["codes"][0]
    assert (found["n_units"], found["both"], found["only"]["Ana"], found["only"]["Ben"],
            found["neither"]) == AGREEMENT[options]  # fmt: skip
    table = run("report", small, "agreement", "--json", *both).json
    assert table["rows"][0][1:5] == list(AGREEMENT[options][1:])


def test_agreement_takes_codes_and_what_they_roll_up_to(run, small):
    two = ("agreement", small, "--coder", "Ben", "--coder", "Ana", "--json")
    fear = run(*two, "--code", "Fear", "--roll-up").json
    assert [(one["code"], one["both"], one["only"]) for one in fear["codes"]] == [
        ("Fear", 1, {"Ben": 0, "Ana": 0})]  # fmt: skip
    plain = run(*two, "--code", "Fear", "--code", "Dread").json
    assert [(one["code"], one["only"]) for one in plain["codes"]] == [
        ("Fear", {"Ben": 1, "Ana": 0}), ("Fear > Dread", {"Ben": 0, "Ana": 1})]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ("--code Care --roll-up", [["Empty", 0], ["Forum", 4], ["P01", 13], ["P02", 9]]),
        ("--code Care", [["Empty", 0], ["Forum", 0], ["P01", 0], ["P02", 0]]),
        ("--code Help --cells units", [["Empty", 0], ["Forum", 3], ["P01", 7], ["P02", 5]]),
        ("--code Help --cells characters", [["Empty", 0], ["Forum", 23], ["P01", 78], ["P02", 62]]),
        ("--code Help --cells presence", [["Empty", 0], ["Forum", 1], ["P01", 1], ["P02", 1]]),
        ("--code Help --used-only", [["Forum", 4], ["P01", 10], ["P02", 7]]),
        ("--code Help --rows attribute:site", [["North", 10], ["South", 11]]),
        ("--code Help --case P02 --codes-down", [["Care > Help", 10 - 3]]),
    ],
)
def test_a_matrix_does_as_it_is_told(run, small, options, rows):
    if "--codes-down" in options:
        options += " --rows collection"
    assert run("report", small, "matrix", "--json", *words(options)).json["rows"] == rows


@pytest.mark.parametrize("name", ["segments", "quotations"])
def test_a_theme_rolled_up_lists_what_is_below_it(run, small, name):
    rolled = run("report", small, name, "--code", "Care", "--roll-up", "--json").json
    codes = set(column(rolled, "code"))
    assert codes == {"Care > Help", "Care > Hope"}
    assert run("report", small, name, "--code", "Care", "--json").json["rows"] == []


# Search: source, start, and the word found. "help*" stands everywhere, also just outside of what is
# allowed: in the heading, in turns of others, at the edges of coded words.
SEARCHED = {
    "help*": "Note 4, A 9, A 43, B 0, Talk 12, Talk 21, Talk 45, Talk 75, Talk 90, Talk 103, "
    "Talk 129, Talk 142",
    "help* --source Note": "Note 4",
    "help* --source=Group_A_>_t1 --source=Group_B_>_t1": "A 9, A 43, B 0",
    "help* --case Forum": "A 9, A 43, B 0",
    "help* --case P02": "Talk 12, Talk 21, Talk 45, Talk 75, Talk 90, Talk 103, Talk 129, Talk 142",
    "help* --attribute age=4": "A 9, A 43, B 0",
    "help* --attribute site=South --attribute age=4": "A 9, A 43, B 0",
    "help* --speaker P01": "Talk 45, Talk 103",
    "help* --speaker P02": "Talk 75, Talk 142",
    "help* --speaker INT --speaker OBS": "Talk 21, Talk 90",
    "help* --code Hope": "Talk 103",
    "fear --code Fear": "A 25, Talk 115",
    "fear --code Hope": "",
    "friends --code Hope": "Talk 67",
    "friends --code Help": "Talk 67",
    "help* --limit 2": "Talk 12, Talk 21",
    "sister friends": "",
    "sister friends --within source": "Talk 36, Talk 67",
    "h\\w+d --regex --speaker P02": "Talk 75, Talk 142",
    "h\\w+d --regex --code Hope": "Talk 103",
}


def short(hit):
    name = {"Group A": "A", "Group B": "B"}.get(hit["collection"], hit["source"])
    return f"{name} {hit['start']}"


@pytest.fixture
def places(run, small):
    """Hits and proposals as they are written here; threads by the letter of their group."""
    held = {one["guid"]: one["collection"] for one in run("sources", small, "--json").json}

    def places(hits):
        return ", ".join(short({**hit, "collection": held[hit["source_guid"]]}) for hit in hits)

    return places


@pytest.mark.parametrize("asked", SEARCHED)
def test_a_search_is_narrowed(run, small, places, asked):
    query, *options = words(asked.replace("sister friends", "sister_friends"))
    hits = run("search", small, query, "--json", *options).json
    assert sorted(places(hits).split(", ")) == sorted(SEARCHED[asked].split(", "))


# Autocode: what would be coded with Joy.
CODED = {
    "--words help": "A 9, A 43, B 0, Talk 12",
    "--words help,hope": "A 9, A 43, B 0, B 12, Note 13, Talk 12, Talk 98",
    "--words help --parts": "A 9, A 43, B 0, Note 4, Talk 12, Talk 21, Talk 45, Talk 75, Talk 90, "
    "Talk 103, Talk 129, Talk 142",
    "--words helping --stem": "A 9, A 43, B 0, Note 4, Talk 12, Talk 21, Talk 45, Talk 75, Talk 90, "
    "Talk 103, Talk 129, Talk 142",
    "--words help --source=Group_A_>_t1": "A 9, A 43",
    "--words help --scope unit": "A 0, A 40, B 0, Talk 0",
    "--words helped --source Talk --scope sentence": "Talk 17, Talk 33, Talk 67, Talk 86, Talk 98, "
    "Talk 126, Talk 137",
    "--regex f\\w+m": "A 34",
    "--search form_OR_fear --source=Group_A_>_t1": "A 25, A 34",
    "--speaker P02": "Talk 67, Talk 137",
    "--speaker P02 --source Note": "",
    "--heading who_helped": "Talk 33",
    "--attribute age=4": "A 0, B 0",
}


@pytest.mark.parametrize("rule", CODED)
def test_a_rule_of_autocoding_is_narrowed(run, small, places, rule):
    found = run("autocode", small, "Joy", "--json", *words(rule)).json
    assert sorted(places(found).split(", ")) == sorted(CODED[rule].split(", "))
    assert not any(one["already"] for one in found)


MEMOS = {
    "": ["Free", "On help"],
    "--kind method": ["On help"],
    "--kind method --kind reflexive": ["Free", "On help"],
    "--kind decision": [],
    "--search midnight": ["Free", "On help"],
    "--search see": ["On help"],
    "--search free": ["Free"],
    "--search midnight --kind reflexive": ["Free"],
}


@pytest.mark.parametrize("options", MEMOS)
def test_memos_are_narrowed(run, small, options):
    found = run("memo", "list", small, "--json", *words(options)).json
    assert [one["title"] for one in found] == MEMOS[options]
