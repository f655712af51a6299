"""Which codings are meant: by other codes, nearness, speaker, case, date, polarity, weight."""

from datetime import UTC, datetime, timedelta

import pytest
from builders import add_coded, new_project

from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft, UnitDraft
from qualcoder_sm.model import Polarity, SourceKind, UnitKind
from qualcoder_sm.project.filters import EVERYTHING, Filter, Words
from qualcoder_sm.project.scope import scope_of

FIRST = (
    "I was [tired]{Fatigue} and [alone]{Isolation} then.\nAnd [weary]{Fatigue} too.\n[Cold]{Cold}."
)


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    add_coded(project, "First", FIRST)
    yield project
    project.close()


def meant(project, **parts):
    which = Filter(**parts)
    texts = {source.guid: project.sources.text(source.guid) for source in project.sources.all()}
    words = [texts[one.source][one.start : one.end] for one in project.segments.codings(which)]
    assert [one.text for one in project.segments.of(which)] == words
    assert len(project.segments.places(which)) == len(words)
    return words


def codes(project, *names):
    return tuple(project.codebook.find(name).guid for name in names)


def test_an_empty_filter_means_everything(project):
    assert EVERYTHING.is_open and Filter(near=5).is_open
    assert not Filter(weight_at_least=0).is_open
    assert meant(project) == ["tired", "alone", "weary", "Cold"]


def test_codings_that_touch_others(project):
    [source] = project.sources.all()
    project.codings.apply(*codes(project, "Isolation"), source.guid, 2, 8)
    fatigue, isolation, cold = codes(project, "Fatigue", "Isolation", "Cold")
    assert meant(project, codes=(fatigue,), with_codes=(isolation,)) == ["tired"]
    assert meant(project, codes=(fatigue,), with_codes=(isolation, cold)) == []
    assert meant(project, codes=(fatigue,), without_codes=(isolation, cold)) == ["weary"]
    assert meant(project, with_codes=(fatigue,), without_codes=(isolation,)) == ["weary"]


def test_other_codes_count_of_the_coders_meant(project):
    [source] = project.sources.all()
    ana = project.coder.guid
    project.coders.add("Ben")
    project.act_as("Ben")
    project.codings.apply(*codes(project, "Cold"), source.guid, 6, 11)
    fatigue, cold = codes(project, "Fatigue", "Cold")
    assert meant(project, codes=(fatigue,), with_codes=(cold,)) == ["tired"]
    assert meant(project, codes=(fatigue,), with_codes=(cold,), coders=(ana,)) == []


@pytest.mark.parametrize(
    ("near", "words"),
    [(4, []), (5, ["tired"]), (10, ["tired"]), (11, ["tired", "weary"]), (None, ["tired"])],
)
def test_codings_near_others_by_characters_or_in_the_same_unit(project, near, words):
    fatigue, isolation = codes(project, "Fatigue", "Isolation")
    assert meant(project, codes=(fatigue,), near_codes=(isolation,), near=near) == words


def test_codings_of_a_speaker_are_those_that_touch_what_the_speaker_says(tmp_path):
    project = new_project(tmp_path)
    text = "Tired.\nNot me.\nWhy?"
    units = (UnitDraft(0, 6, UnitKind.TURN, "A"), UnitDraft(7, 14, UnitKind.TURN, "B"),
             UnitDraft(15, 19, UnitKind.TURN, "I", role="interviewer"))  # fmt: skip
    [source] = project.sources.add(Bundle((SourceDraft("T", SourceKind.TRANSCRIPT, text, units),)))
    code = project.codebook.add("Code").guid
    for start, end in ((0, 5), (0, 10), (7, 10), (15, 19)):
        project.codings.apply(code, source.guid, start, end)
    assert meant(project, speakers=("A",)) == ["Tired", "Tired.\nNot"]
    assert meant(project, speakers=("B",)) == ["Tired.\nNot", "Not"]
    assert meant(project, speakers=("C",)) == []
    assert meant(project, roles=("interviewer",)) == ["Why?"]
    assert meant(project, words=Words.PARTICIPANTS) == ["Tired", "Tired.\nNot", "Not"]
    assert meant(project, words=Words.ALL) == ["Tired", "Tired.\nNot", "Not", "Why?"]
    project.close()


def test_codings_of_posts_of_some_days(tmp_path):
    project = new_project(tmp_path)
    day = datetime(2026, 3, 1, tzinfo=UTC)
    units = tuple(UnitDraft(5 * n, 5 * n + 4, UnitKind.POST, "A", at=day + timedelta(days=n))
                  for n in range(3))  # fmt: skip
    text = "One.\nTwo.\nThr."
    [source] = project.sources.add(Bundle((SourceDraft("T", SourceKind.POSTS, text, units),)))
    code = project.codebook.add("Code").guid
    for start in (0, 5, 10):
        project.codings.apply(code, source.guid, start, start + 4)
    assert meant(project, posted_since=day + timedelta(days=1)) == ["Two.", "Thr."]
    assert meant(project, posted_until=day + timedelta(days=1)) == ["One."]
    project.close()


def test_codings_of_cases_attributes_collections_and_sources(project):
    add_coded(project, "Second", "[Slow]{Fatigue}.")
    first, second = (project.sources.find(name) for name in ("First", "Second"))
    drafts = [CaseDraft("P1", "person", {"age": "30"}, ("First",)),
              CaseDraft("P2", "person", {"age": "40", "site": "A"}, ("Second",))]  # fmt: skip
    project.cases.take(drafts, "cases")
    group = project.collections.add("Group").guid
    project.sources.move(second.guid, group)
    case = {one.name: one.guid for one in project.cases.all()}
    assert meant(project, cases=(case["P2"],)) == ["Slow"]
    assert meant(project, attributes=(("age", "40"), ("site", "A"))) == ["Slow"]
    assert meant(project, attributes=(("age", "50"),)) == []
    assert meant(project, collections=(group,)) == ["Slow"]
    assert meant(project, collections=(group,), sources=(first.guid,)) == []
    assert meant(project, sources=(second.guid,)) == ["Slow"]


def test_codings_by_polarity_weight_and_date(project):
    tired, alone, weary, cold = project.codings.all()
    project.codings.set_polarity(tired.guid, Polarity.SUPPORTS)
    project.codings.set_polarity(alone.guid, Polarity.MIXED)
    project.codings.set_weight(weary.guid, 70)
    project.codings.set_weight(cold.guid, 69)
    assert meant(project, polarities=(Polarity.SUPPORTS,)) == ["tired"]
    assert meant(project, polarities=(None, Polarity.MIXED)) == ["alone", "weary", "Cold"]
    assert meant(project, weight_at_least=70) == ["weary"]
    now = datetime.now(UTC)
    assert meant(project, since=now - timedelta(days=1), until=weary.created) == ["tired", "alone"]
    assert meant(project, since=now + timedelta(days=1)) == []


def test_many_sources_may_be_named(project):
    everything = (project.sources.all()[0].guid, *(f"none {n}" for n in range(40_000)))
    assert meant(project, sources=everything) == ["tired", "alone", "weary", "Cold"]


def test_in_a_source_without_units_nobody_speaks(project):
    text = "Nobody is said to speak."
    draft = SourceDraft("Bare", SourceKind.TEXT, text, (), origin="bare.txt")
    [bare] = project.sources.add(Bundle((draft,)))
    add_coded(project, "Second", "[Slow]{Fatigue}.")
    assert scope_of(project, Filter()).holds(bare.guid)
    assert scope_of(project, Filter(words=Words.PARTICIPANTS)).holds(bare.guid)
    for narrowed in (Filter(speakers=("P01",)), Filter(roles=("participant",))):
        assert not scope_of(project, narrowed).holds(bare.guid)
        assert scope_of(project, narrowed).of(bare.guid) == ()
        assert not scope_of(project, narrowed).touches(bare.guid, 0, 6)
