"""Lists for people, in full, of the small study: each value under its head."""

from contextlib import closing

import pytest
from small_study import NAMES, told

from qualcoder_sm.project.project import Project

LISTS = {
    "sources": """
source             kind        characters  units  cases
Note               text                18      2  P01
Group A > t1       posts               56      3  Forum, P01
Group B > t1       posts               17      2  Forum
Interviews > Talk  transcript         149      8  P01, P02
""",
    "speakers": """
speaker  role         case  turns and posts  sources
A1       admin                            2        1
A2       participant                      2        2
A3                                        1        1
INT      interviewer                      1        1
OBS      other                            1        1
P01      participant                      2        1
P02      participant  P02                 2        1
""",
    "codebook list": """
code          codings  brief definition
Care                0
Care > Help        15  Helping
Care > Hope         3
Fear                3
Fear > Dread        1
Joy                 0
""",
    "links": """
origin_code  kind   target_code  coder  memo
Care > Hope  shows  Care > Help  Ana    why
""",
    "sets": """
set       codes
Feelings  Care > Help; Fear
""",
    "quoting": """
level       name               rule             in effect        posts and turns                 codings
collection  Group A            paraphrase only  paraphrase only  2 paraphrase only, 1 withdrawn  4 paraphrase only, 1 withdrawn
collection  Group B                             no rule          2 do not quote                  1 do not quote
collection  Interviews                          no rule          8 no rule                       15 no rule
source      Note                                no rule          2 no rule                       1 do not quote
source      Group A > t1                        paraphrase only  2 paraphrase only, 1 withdrawn  4 paraphrase only, 1 withdrawn
source      Group B > t1       do not quote     do not quote     2 do not quote                  1 do not quote
source      Interviews > Talk                   no rule          8 no rule                       15 no rule
post        A-1:A-1-2          withdrawn        withdrawn
passage     Note:2             do not quote     do not quote
""",
    "search hope": """
source             start  end  position     speaker  text
Interviews > Talk     98  102  turn 6       P01      helped you? My sister 😀 helped. She was kind. Friends helped me. All helped. [Hope] helped, not fear. Yes. It helped. They helped.
Group B > t1          12   16  post 2       A3       Help me. No [hope].
Note                  13   17  paragraph 2           She helps. I [hope].
""",
    "report frequencies": """
How often each code was used
code          codings  sources  cases  characters  share of codings (%)
Care > Help        11        3      3          85                  61.1
Care > Hope         3        2      2          36                  16.7
Fear                3        2      3          17                  16.7
Fear > Dread        1        1      2           4                   5.6
Joy                 0        0      0           0                   0.0
Codings of Ana, Ben, Cleo, added: what two of them coded counts twice.
1 turn of interviewers, 1 heading and 1 turn of others left out; 4 codings lie on them.
Characters under several codings of one code count once.
""",
}  # fmt: skip


def listed(run, small, asked, *more):
    command, *rest = asked.split()
    group = ("list",) if "list" in rest else ()
    rest = [word for word in rest if word != "list"]
    return run(command, *group, small, *rest, *more).lines


@pytest.mark.parametrize("asked", LISTS)
def test_a_list_for_people(run, small, asked):
    expected = [line.rstrip() for line in LISTS[asked].strip("\n").split("\n")]
    assert listed(run, small, asked, "--wide") == expected


def parts(line):
    return [part for part in line.split("  ") if part.strip()]


def test_codings_are_listed_with_the_paths_of_their_sources(run, small):
    head, *lines = run("codings", small, "--wide").lines
    assert head.split() == ["source", "start", "end", "code", "coder", "text"]
    found = sorted([part.strip() for part in parts(line)] for line in lines)
    assert found == sorted(
        [" > ".join(filter(None, (one["collection"], one["source"]))), str(one["start"]),
         str(one["end"]), one["code"], one["coder"], " ".join(one["text"].split())]
        for one in map(told, NAMES)
    )  # fmt: skip


def test_what_a_project_holds(run, small):
    title, *lines = run("info", small).lines
    assert title == f"Small ({small})"
    assert [line.split(maxsplit=1) for line in lines if line.strip()] == [
        ["coders", "Ana, Ben, Cleo"], ["sources", "4"], ["collections", "3"], ["cases", "4"],
        ["codes", "6"], ["codings", "22"], ["notes", "2"], ["changes", "29"],
    ]  # fmt: skip


def test_coders_cases_and_progress_for_people(run, small):
    assert [line.split() for line in run("coders", small).lines] == [
        ["coder", "codings"], ["Ana", "13"], ["Ben", "8"], ["Cleo", "1"]]  # fmt: skip
    empty, forum, *_people, p02 = run("cases", small, "--wide").lines[1:]
    assert parts(empty) == ["Empty", "person"]
    assert p02.split() == ["P02", "person", "Talk", "site:", "South"]
    assert "t1 (Group A)" in forum
    assert forum.endswith("age: 4; site: South")
    lines = [line.split() for line in run("progress", small, "--wide").lines]
    assert lines[0] == ["source", "coder", "progress"]
    assert ["Group", "B", ">", "t1", "Ben", "not", "started"] in lines


def test_memos_for_people(run, small):
    head, *lines = run("memo", "list", small, "--wide").lines
    assert head.split() == ["title", "kind", "coder", "modified", "guid"]
    guids = {one["title"]: one["guid"] for one in run("memo", "list", small, "--json").json}
    assert [line.split() for line in lines] == [
        ["Free", "reflexive", "Ben", "2026-04-06T00:00:00.000000Z", guids["Free"]],
        ["On", "help", "method", "Ana", "2026-04-04T00:00:00.000000Z", guids["On help"]],
    ]
    assert run("memo", "show", small, "On help").lines == ["See [[Talk@36-51]] at midnight."]


def test_proposals_for_people(run, small):
    lines = run("autocode", small, "Help", "--words", "help", "--wide").lines
    assert [line.split()[0] for line in lines[1:-1]] == ["Interviews", "Group", "Group", "Group"]
    assert lines[-1] == "3 carry the code already."
    one = run("autocode", small, "Hope", "--words", "hope", "--wide").lines[-1]
    assert one == "1 carries the code already."
    none = run("autocode", small, "Joy", "--words", "hope", "--wide").lines
    assert len(none) == 1 + 3


def test_wordings_that_are_not_known_are_told_in_order(run, small):
    for name, wording in (("Interviews", "zz"), ("Group B", "as agreed"), ("Group A", "hm")):
        _describe(small, name, wording)
    assert run("quoting", small, "--wide").lines[-3:] == [
        f"“{wording}” is not known and counts as paraphrase only."
        for wording in ("as agreed", "hm", "zz")
    ]


def _describe(path, collection, wording):
    with closing(Project.open(path)) as project:
        guid = project.collections.named(collection).guid
        project.reason = "as it was said"
        project.collections.describe(guid, quote_rule=wording)
