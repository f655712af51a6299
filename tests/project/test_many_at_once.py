"""What is done to many codings or sources is one step, however many; rules of keys and palettes."""

import pytest
from builders import add_coded, add_text, code_named, new_project
from sqlalchemy import Engine, event

from qualcoder_sm.bundle import CaseDraft
from qualcoder_sm.errors import InvalidSelection, NameTaken, NotCodable, NotFound, WrongUsage
from qualcoder_sm.model import Origin, Polarity, Progress
from qualcoder_sm.project import audit
from qualcoder_sm.project.marking import POLARITIES
from qualcoder_sm.project.project import Project

WORDS = "I was [tired]{Fatigue} and [alone]{Isolation}. Nobody [answered]{Fatigue} at three."


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    add_coded(project, "P01", WORDS)
    yield project
    project.close()


def told(project: Project, seq: int = 0) -> str:
    """The sentence of the last step, without its coder."""
    record = project.audit.record(seq or project.head()[0])
    return audit.sentence(record).removeprefix("Ana ")


def said(project: Project) -> list[tuple[Polarity | None, int | None]]:
    return [(one.polarity, one.weight) for one in project.codings.all()]


def guids(project: Project) -> list[str]:
    return [one.guid for one in project.codings.all()]


@pytest.mark.parametrize("now", POLARITIES)
def test_the_polarity_after_this_one_is_told_and_taken_back(project, now):
    [first, *_] = guids(project)
    project.codings.set_polarity(first, now)
    after = {None: "supports", "supports": "contradicts", "contradicts": "mixed", "mixed": None}[
        now
    ]
    before = project.head()[0]
    assert project.codings.turn_polarity(first) == after
    assert project.codings.get(first).polarity == after
    assert told(project) == (
        f"changed what Fatigue says in P01, paragraph 1, from {now or 'neither'} to "
        f"{after or 'neither'}.")  # fmt: skip
    assert project.head()[0] == before + 1
    project.undo()
    assert project.codings.get(first).polarity == now


def test_all_get_the_polarity_that_follows_the_first_named(project):
    one, two, three = guids(project)
    project.codings.set_polarity(two, Polarity.SUPPORTS)
    project.codings.set_polarity(three, Polarity.CONTRADICTS)
    assert project.codings.turn_polarity([two, one, three]) is Polarity.CONTRADICTS
    assert {polarity for polarity, _weight in said(project)} == {Polarity.CONTRADICTS}
    # The third said so already.
    assert told(project) == "marked 2 passages of Isolation, Fatigue in P01 as contradicts."


def test_polarity_and_weight_of_many_are_one_step(project):
    before = project.head()[0]
    project.codings.set_polarity(guids(project), Polarity.MIXED)
    assert told(project) == "marked 3 passages of Fatigue, Isolation in P01 as mixed."
    project.codings.set_weight(guids(project), 40)
    assert told(project) == "gave 3 passages of Fatigue, Isolation in P01 the weight 40."
    project.codings.mark(guids(project), Polarity.SUPPORTS, None)
    assert told(project) == (
        "marked 3 passages of Fatigue, Isolation in P01 as supports and gave each the weight none."
    )
    assert said(project) == [(Polarity.SUPPORTS, None)] * 3
    assert project.head()[0] == before + 3
    project.undo()
    assert said(project) == [(Polarity.MIXED, 40)] * 3


def test_what_is_marked_so_already_is_no_step(project):
    project.codings.set_polarity(guids(project)[:2], Polarity.MIXED)
    before = project.head()[0]
    project.codings.set_polarity(guids(project)[:2], Polarity.MIXED)
    project.codings.set_polarity([], Polarity.MIXED)
    assert project.codings.turn_polarity([]) is None
    assert project.head()[0] == before
    project.codings.set_polarity(guids(project), Polarity.MIXED)
    assert told(project).endswith("Fatigue says in P01, paragraph 1, from neither to mixed.")


def test_one_coding_that_is_gone_or_somebody_elses_refuses_all(project):
    one, two, three = guids(project)
    project.codings.remove(two)
    with pytest.raises(NotFound):
        project.codings.set_polarity([one, two], Polarity.MIXED)
    project.coders.add("Ben")
    project.act_as("Ben")
    theirs = project.codings.apply(
        code_named(project, "Isolation").guid, project.sources.all()[0].guid, 0, 5
    )
    with pytest.raises(WrongUsage, match="Ana’s coding"):
        project.codings.mark([theirs.guid, three], Polarity.MIXED, 3)
    assert set(said(project)) == {(None, None)}


def test_a_new_code_is_made_and_applied_in_one_step(project):
    [source] = project.sources.all()
    before = project.head()[0]
    coding = project.codings.apply_new(" Bare  words ", source.guid, 2, 6, "why")
    code = project.codebook.get(coding.code)
    assert (code.name, code.origin, code.parent) == ("Bare words", Origin.EMERGENT, None)
    assert (coding.start, coding.end, coding.memo) == (2, 5, "why")
    assert told(project) == (
        "created the code Bare words, as an emergent code, and applied it to 3 characters of P01, "
        "paragraph 1.")  # fmt: skip
    assert project.head()[0] == before + 1
    assert project.codebook.last_applied() == [
        code.guid, *(code_named(project, name).guid for name in ("Fatigue", "Isolation"))
    ]  # fmt: skip
    project.undo()
    assert len(project.codebook.codes()) == 2
    assert project.codings.count() == 3


def test_a_code_of_that_name_is_taken_rather_one_that_words_can_be_coded_with(project):
    [source] = project.sources.all()
    theme = project.codebook.add("Twin", codable=False)
    with pytest.raises(NotCodable):
        project.codings.apply_new("Twin", source.guid, 2, 5)
    twin = project.codebook.add("Twin", parent=theme.guid)
    assert project.codings.apply_new("Twin", source.guid, 2, 5).code == twin.guid
    assert told(project) == "applied Twin to 3 characters of P01, paragraph 1."


def test_a_new_code_that_cannot_be_applied_is_not_made(project):
    [source] = project.sources.all()
    with pytest.raises(InvalidSelection):
        project.codings.apply_new("New", source.guid, 1, 2)
    with pytest.raises(InvalidSelection):
        project.codings.apply_in_vivo(source.guid, 1, 2)
    assert len(project.codebook.codes()) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  two\nwords ", "“two words”"),
        ("a > b", "“a b”"),
        ("x" * 60, "“" + "x" * 60 + "”"),
        ("x" * 58 + " yes", "“" + "x" * 58 + "…”"),
    ],
)
def test_a_code_in_vivo_is_called_by_its_words(project, text, name):
    source = add_text(project, "P02", text)
    coding = project.codings.apply_in_vivo(source.guid, 0, len(text))
    assert project.codebook.get(coding.code).name == name
    assert told(project) == f"created the code {name} from the words of P02 and applied it there."
    assert project.sources.text(source.guid)[coding.start : coding.end] == text.strip()


def test_passages_get_a_new_code_in_one_step(project):
    before = project.head()[0]
    project.codings.recode_new(guids(project), "Load")
    load = code_named(project, "Load")
    assert {one.code for one in project.codings.all()} == {load.guid}
    assert load.origin is Origin.EMERGENT
    assert told(project) == (
        "created the code Load, as an emergent code, and changed 3 codings from Fatigue, Isolation "
        "to it in P01.")  # fmt: skip
    assert project.head()[0] == before + 1
    project.undo()
    assert len(project.codebook.codes()) == 2
    project.codings.recode_new(guids(project)[:1], "Isolation")
    assert told(project) == "changed 1 coding from Fatigue to Isolation in P01."
    project.codings.recode_new([], "Nothing")
    assert len(project.codebook.codes()) == 2


def test_a_new_code_for_the_passages_of_somebody_else_is_not_made(project):
    project.coders.add("Ben")
    project.act_as("Ben")
    with pytest.raises(WrongUsage, match="Ana’s coding"):
        project.codings.recode_new(guids(project), "Load")
    assert len(project.codebook.codes()) == 2


def where(project: Project) -> dict[str, str]:
    called = {one.guid: one.name for one in project.collections.all()}
    return {one.name: called.get(one.collection or "", "") for one in project.sources.all()}


def test_sources_move_into_a_new_collection_in_one_step(project):
    add_text(project, "P02", "Words.", "Owls")
    before = project.head()[0]
    project.sources.move_to_new([one.guid for one in project.sources.all()], "First wave")
    assert where(project) == {"P01": "First wave", "P02": "First wave"}
    assert told(project) == (
        "added the collection First wave and moved P01, P02 from the sources outside of "
        "collections, Owls to it.")  # fmt: skip
    assert project.head()[0] == before + 1
    project.undo()
    assert [one.name for one in project.collections.all()] == ["Owls"]
    project.sources.move_to_new([one.guid for one in project.sources.all()], "Owls")
    assert where(project) == {"P01": "Owls", "P02": "Owls"}
    assert told(project) == "moved P01 from the sources outside of collections to Owls."
    before = project.head()[0]
    project.sources.move(
        [one.guid for one in project.sources.all()], project.collections.all()[0].guid
    )
    assert project.head()[0] == before
    project.sources.move([one.guid for one in project.sources.all()], None)
    assert where(project) == {"P01": "", "P02": ""}


def test_sources_of_one_name_do_not_move_into_one_collection(project):
    other = add_text(project, "P01", "Words.", "Owls")
    both = [one.guid for one in project.sources.all()]
    with pytest.raises(NameTaken, match="P01"):
        project.sources.move_to_new(both, "First wave")
    with pytest.raises(NameTaken, match="P01"):
        project.sources.move(both, other.collection)
    with pytest.raises(NotFound, match="collection"):
        project.sources.move(both, "gone")
    with pytest.raises(NotFound, match="source"):
        project.sources.move_to_new([*both, "gone"], "First wave")
    assert [one.name for one in project.collections.all()] == ["Owls"]


def test_progress_goes_on_and_begins_again(project):
    [source] = project.sources.all()
    other = add_text(project, "P02", "Words.")
    assert project.progress.turn(source.guid) is Progress.DONE
    assert told(project) == "changed the progress of P01 from in progress to done."
    assert project.progress.turn(source.guid) is Progress.NOT_STARTED
    assert project.progress.turn(other.guid) is Progress.IN_PROGRESS


def test_what_was_typed_is_settled_draft_by_draft(project):
    project.notes.draft(None, "one", title="First")
    project.notes.draft(None, "odd", title="Odd", kind="of no kind")
    project.notes.draft(None, "two", title="Second")
    project.coders.add("Ben")
    project.act_as("Ben")
    project.notes.settle_all()
    assert project.notes.all() == []
    project.act_as("Ana")
    with pytest.raises(WrongUsage, match="of no kind"):
        project.notes.settle_all()
    assert {one.title for one in project.notes.all()} == {"First", "Second"}
    assert [one.title for one in project.notes.drafts()] == ["Odd"]


# However many

MANY = {
    "polarity": lambda p, codings: p.codings.set_polarity(codings, Polarity.MIXED),
    "next polarity": lambda p, codings: p.codings.turn_polarity(codings),
    "weight": lambda p, codings: p.codings.set_weight(codings, 5),
    "marks": lambda p, codings: p.codings.mark(codings, Polarity.MIXED, 5),
    "recode": lambda p, codings: p.codings.recode(codings, code_named(p, "Other").guid),
    "recode to a new code": lambda p, codings: p.codings.recode_new(codings, "New"),
    "remove": lambda p, codings: p.codings.remove(*codings),
    "split": lambda p, codings: p.codebook.split(
        code_named(p, "Code").guid, dict.fromkeys(codings, "New")),
    "links": lambda p, _codings: p.links.remove(*(one.guid for one in p.links.all())),
    "move": lambda p, _codings: p.sources.move(
        [one.guid for one in p.sources.all()], p.collections.all()[0].guid),
    "move to a new collection": lambda p, _codings: p.sources.move_to_new(
        [one.guid for one in p.sources.all()], "New"),
}  # fmt: skip


def coded_in_many(folder, n: int) -> Project:
    """A project with n texts, each of them coded and linked to the first."""
    folder.mkdir()
    project = new_project(folder)
    project.codebook.add("Other")
    project.collections.add("Owls")
    for number in range(n):
        add_coded(project, f"P{number:02}", "[tired]{Code}")
    first, *others = (one.guid for one in project.codings.all())
    for other in others:
        project.links.add(first, other)
    return project


@pytest.fixture(scope="module")
def few_and_many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    return coded_in_many(folder / "few", 3), coded_in_many(folder / "many", 30)


@pytest.mark.parametrize("kind", MANY)
def test_more_of_them_take_no_more_statements(few_and_many, kind):
    numbers: list[int] = []
    for project in few_and_many:
        said: list[str] = []

        def heard(_connection, _cursor, statement: str, *_more: object, into=said) -> None:
            into.append(statement)

        codings, before = guids(project), project.head()[0]
        event.listen(Engine, "before_cursor_execute", heard)
        MANY[kind](project, codings)
        event.remove(Engine, "before_cursor_execute", heard)
        assert project.head()[0] == before + 1
        project.undo()
        numbers.append(len(said))
    assert numbers[0] == numbers[1]


def test_cases_of_a_table_are_found_among_what_was_there(project):
    drafts = [CaseDraft(f"P0{n}", "person", {"age": str(n)}) for n in (1, 2)]
    project.cases.take(drafts, "cases.csv")
    again = [*drafts, CaseDraft("P03", "person", {}), CaseDraft("P03", "person", {})]
    with pytest.raises(NameTaken, match="P03"):
        project.cases.take(again, "cases.csv")
    [source] = project.sources.all()
    assert [(one.name, one.sources, one.attributes) for one in project.cases.all()] == [
        ("P01", (source.guid,), {"age": "1"}), ("P02", (), {"age": "2"})]  # fmt: skip


def test_a_step_tells_of_itself_not_of_its_parts(project):
    with project.change("coding.recode", what="all", old="one", code="another", where="here"):
        project.codebook.add("Other")
        project.codings.recode(guids(project), code_named(project, "Other").guid)
    assert told(project) == "changed all from one to another in here."
