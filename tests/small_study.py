"""A study so small that every table can be counted by hand, made so that rules differ.

Two of everything stand in one cell or scope: a case with three sources, two threads of one name,
a code in five turns of one source, two speakers in turn, codings of two coders on one place, and
codings that begin or end on the edge of what is allowed. Every coding has its name as its memo:
`a` and a number is Ana's, `b` Ben's, `c` Cleo's; so a test says which of them it expects.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qualcoder_sm.bundle import Bundle, CaseDraft, CodeDraft, SourceDraft, UnitDraft
from qualcoder_sm.model import Polarity, Progress, QuoteRule, SourceKind, UnitKind
from qualcoder_sm.project.codings import CodingDraft
from qualcoder_sm.project.project import Project

DAY = datetime(2026, 4, 1, tzinfo=UTC)
"""The day on which the study was made and Ana coded; Ben coded one day later, Cleo two."""
POSTED = datetime(2026, 3, 1, tzinfo=UTC)

TALK = (
    ("", "heading", "[SYNTHETIC] Help"),
    ("INT", "interviewer", "Who helped you?"),
    ("P01", "participant", "My sister 😀 helped.\nShe was kind."),
    ("P02", "participant", "Friends helped me."),
    ("OBS", "other", "All helped."),
    ("P01", "participant", "Hope helped, not fear. Yes."),
    ("", "", "It helped."),
    ("P02", "participant", "They helped."),
)
THREAD_A = (
    ("A1", "admin", "Welcome, help is here."),
    ("A2", "participant", "I fear the form."),
    ("A1", "admin", "We help with it."),
)
THREAD_B = (("A2", "participant", "Help me."), ("A3", "", "No hope."))
NOTE = ("She helps.", "I hope.")

CODINGS = """
a0   Help   Talk 0   Help
a1   Help   Talk 1   helped
a2   Help   Talk 2   sister 😀 helped
a3   Help   Talk 3   Friends helped
a4   Help   Talk 4   All helped
a5   Help   Talk 5   helped
a6   Hope   Talk 5   Hope helped
a7   Dread  Talk 5   fear
a8   Help   Talk 6   helped
a9   Help   Talk 7   They helped.
a10  Help   A 0      help is here
a11  Fear   A 1      fear the form
a12  Help   B 0      Help me
b0   Help   Talk 1   Who
b1   Help   Talk 2   sister 😀 helped
b2   Help   Talk 2   helped./She was
b3   Hope   Talk 2   She was kind./Friends
b4   Fear   Talk 5   fear
b5   Help   A 0      help
b6   Fear   A 1      fear
b7   Hope   Note 1   hope
c0   Help   A 2      help
"""
"""Name, code, source and unit, words ("/" is the end of a line)."""
PLACES = """
a0   12 16    paragraph 1
a1   21 27    turn 2       INT
a2   36 51    turn 3       P01
a3   67 81    turn 4       P02
a4   86 96    turn 5       OBS
a5   103 109  turn 6       P01
a6   98 109   turn 6       P01
a7   115 119  turn 6       P01
a8   129 135  turn 7
a9   137 149  turn 8       P02
a10  9 21     post A-1-0   A1
a11  25 38    post A-1-1   A2
a12  0 7      post 1       A2
b0   17 20    turn 2       INT
b1   36 51    turn 3       P01
b2   45 60    turn 3       P01
b3   53 74    turn 3       P01, P02
b4   115 119  turn 6       P01
b5   9 13     post A-1-0   A1
b6   25 29    post A-1-1   A2
b7   13 17    paragraph 2
c0   43 47    post A-1-2   A1
"""
"""Name, start and end, where it stands for a reader, and who speaks: counted by hand."""
HELD = {
    "Talk": ("Talk", "Interviews", ["P01", "P02"]),
    "A": ("t1", "Group A", ["Forum", "P01"]),
    "B": ("t1", "Group B", ["Forum"]),
    "Note": ("Note", None, ["P01"]),
}
"""What each source is called, its collection and its cases."""
MARKED = {"a2": ("supports", 10), "a3": ("contradicts", 9), "a5": ("mixed", 50)}
RULES = {
    "b7": "do not quote",
    "a12": "do not quote",
    "c0": "withdrawn",
    **dict.fromkeys(("a10", "a11", "b5", "b6"), "paraphrase only"),
}
PARAPHRASES = {"a10": "Help is offered."}
NAMES = tuple(line.split()[0] for line in CODINGS.split("\n") if line)
CODES = ("Care > Help", "Care > Hope", "Fear", "Fear > Dread", "Joy")
"""Those that can be applied, in the order of the codebook."""
CODERS = {"a": "Ana", "b": "Ben", "c": "Cleo"}


def code_of(name: str) -> str:
    """The path of the code of a coding."""
    return next(path for path in CODES if path.endswith(_line(CODINGS, name)[1]))


def told(name: str) -> dict[str, object]:
    """All that can be told of a coding, but for guids, under the names that JSON has for it."""
    _name, _code, held, _unit, words = _line(CODINGS, name)
    _name, start, end, kind, number, *speaker = _line(PLACES, name, 5)
    source, collection, cases = HELD[held]
    polarity, weight = MARKED.get(name, (None, None))
    day = DAY + timedelta(days="abc".index(name[0]))
    return {
        "source": source,
        "collection": collection,
        "cases": cases,
        "speaker": speaker[0] if speaker else None,
        "locator": f"{kind} {number}",
        "start": int(start),
        "end": int(end),
        "text": words.replace("/", "\n"),
        "code": code_of(name),
        "coder": CODERS[name[0]],
        "polarity": polarity,
        "weight": weight,
        "memo": name,
        "quote_rule": RULES.get(name, ""),
        "paraphrase": PARAPHRASES.get(name, ""),
        "created": f"{day:%Y-%m-%d}T00:00:00.000000Z",
    }


def _line(table: str, name: str, parts: int = 4) -> list[str]:
    [line] = [line for line in table.split("\n") if line.startswith(f"{name} ")]
    return line.split(maxsplit=parts)


@cache
def as_bytes() -> bytes:
    """The project file."""
    with TemporaryDirectory() as folder:
        return build(Path(folder)).read_bytes()


def build(folder: Path) -> Path:
    """The study as a project in a folder, closed."""
    project = Project.create(folder / "study.qsm", "Small", "Ana", clock=lambda: DAY)
    for name in ("Ben", "Cleo"):
        project.coders.add(name)
    project.sources.add(Bundle(_sources()))
    project.codebook.take(_codes(), "the small codebook")
    project.cases.take(_cases(), "cases.csv")
    _link_cases(project)
    _code(project)
    _mark(project)
    _rule(project)
    _write(project)
    project.close()
    return project.path


def _sources() -> tuple[SourceDraft, ...]:
    return (
        _source("Talk", SourceKind.TRANSCRIPT, "Interviews", TALK),
        _source("t1", SourceKind.POSTS, "Group A", THREAD_A, id="A-1"),
        _source("t1", SourceKind.POSTS, "Group B", THREAD_B, day=1, days=2),
        _source("Note", SourceKind.TEXT, None, tuple(("", "", words) for words in NOTE)),
    )


def _source(name, kind, collection, said, *, id="", day=0, days=1) -> SourceDraft:
    units, start = [], 0
    for n, (speaker, role, words) in enumerate(said):
        at = POSTED + timedelta(days=day + n * days) if kind is SourceKind.POSTS else None
        units.append(UnitDraft(start, start + len(words), _kind(kind, role), speaker or None,
                               role if speaker else "", at=at,
                               external_id=f"{id}-{n}" if id else ""))  # fmt: skip
        start += len(words) + 1
    text = "\n".join(words for _speaker, _role, words in said)
    return SourceDraft(name, kind, text, tuple(units), collection, f"{name}.txt", external_id=id)


def _kind(kind: SourceKind, role: str) -> UnitKind:
    if role == "heading":
        return UnitKind.HEADING
    return {SourceKind.TRANSCRIPT: UnitKind.TURN, SourceKind.POSTS: UnitKind.POST,
            SourceKind.TEXT: UnitKind.PARAGRAPH}[kind]  # fmt: skip


def _codes() -> list[CodeDraft]:
    return [
        CodeDraft(("Care",), "#111111", codable=False),
        CodeDraft(("Care", "Help"), "#222222", "Helping", "What is done for others.", "Gifts",
                  "Paid work", "They helped.", "Own (2026)"),
        CodeDraft(("Care", "Hope"), "#333333"),
        CodeDraft(("Fear",), "#444444"),
        CodeDraft(("Fear", "Dread"), "#555555"),
        CodeDraft(("Joy",), "#666666"),
    ]  # fmt: skip


def _cases() -> list[CaseDraft]:
    return [
        CaseDraft("P01", "person", {"site": "North", "age": "30"}),
        CaseDraft("P02", "person", {"site": "South"}, ("Talk",)),
        CaseDraft("Forum", "space", {"site": "South", "age": "4"}),
        CaseDraft("Empty", "person", {}),
    ]


def _link_cases(project: Project) -> None:
    a, b, talk, note = (find_source(project, name) for name in ("A", "B", "Talk", "Note"))
    cases = {case.name: case.guid for case in project.cases.all()}
    project.cases.link(cases["P01"], [talk, note, a])
    project.cases.link(cases["Forum"], [a, b])
    project.people.set_case(project.people.find("P02").guid, cases["P02"])


def _code(project: Project) -> None:
    """Ben's and Cleo's days begin to the second: an edge for --since and --until."""
    for day, (letter, coder) in enumerate(CODERS.items()):
        now = DAY + timedelta(days=day)
        project.clock = lambda now=now: now
        guid = project.coders.find(coder).guid
        drafts = [_coding(project, line, guid) for line in CODINGS.split("\n")
                  if line.startswith(letter)]  # fmt: skip
        project.act_as(coder)
        project.codings.apply_all(drafts)


def _coding(project: Project, line: str, coder: str) -> CodingDraft:
    name, code, source, unit, words = line.split(maxsplit=4)
    found = find_source(project, source)
    begins = project.sources.units(found)[int(unit)].start
    words = words.replace("/", "\n")
    start = project.sources.text(found).index(words, begins)
    return CodingDraft(project.codebook.find(code).guid, found, coder, start, start + len(words),
                       memo=name)  # fmt: skip


def find_source(project: Project, name: str) -> str:
    """The guid of Talk, Note, A or B."""
    return project.sources.find(f"Group {name} > t1" if name in "AB" else name).guid


def named(project: Project, name: str) -> str:
    """The guid of a coding."""
    return next(one.guid for one in project.codings.all() if one.memo == name)


def _mark(project: Project) -> None:
    for coder in ("Ana", "Ben"):
        project.act_as(coder)
        for source in ("Talk", "Note"):
            project.progress.set(find_source(project, source), Progress.DONE)
    project.act_as("Ana")
    project.codings.mark(named(project, "a2"), Polarity.SUPPORTS, 10)
    project.codings.mark(named(project, "a3"), Polarity.CONTRADICTS, 9)
    project.codings.mark(named(project, "a5"), Polarity.MIXED, 50)
    project.codings.set_paraphrase(named(project, "a10"), "Help is offered.")


def _rule(project: Project) -> None:
    """Group A may be paraphrased, its last post is withdrawn; B and b7 are not to be quoted."""
    b = project.sources.get(find_source(project, "B"))
    project.quoting.set_rule(project.collections.named("Group A"), QuoteRule.PARAPHRASE)
    project.quoting.set_rule(project.quoting.post("A-1:A-1-2"), QuoteRule.WITHDRAWN)
    project.quoting.set_rule(b, QuoteRule.DO_NOT_QUOTE)
    project.act_as("Ben")
    own = project.codings.get(named(project, "b7"))
    project.quoting.set_rule(own, QuoteRule.DO_NOT_QUOTE, "too easily found")
    project.act_as("Ana")


def _write(project: Project) -> None:
    help = project.codebook.find("Help").guid
    project.links.add(named(project, "a6"), named(project, "b1"), "shows", "why")
    project.clock = lambda: DAY + timedelta(days=3)
    project.notes.add("On help", "See [[Talk@36-51]] at midnight.", "method", "codes", help)
    project.act_as("Ben")
    project.clock = lambda: DAY + timedelta(days=4)
    memo = project.notes.add("Free", "Midnight again", "reflexive")
    project.clock = lambda: DAY + timedelta(days=5)
    project.notes.edit(memo.guid, text="[SYNTHETIC] Midnight again.")
    project.act_as("Ana")
    project.sets.keep("Feelings", [project.codebook.find("Fear").guid, help])
