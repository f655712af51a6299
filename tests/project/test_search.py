"""Search: what is found, where it stands, and that index and text agree on what a word is."""

import sqlite3
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import add_coded, add_text, new_project
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcoder_sm.bundle import Bundle, CaseDraft, SourceDraft, UnitDraft
from qualcoder_sm.errors import Cancelled, WrongUsage
from qualcoder_sm.model import SourceKind, UnitKind
from qualcoder_sm.project import expressions, folding
from qualcoder_sm.project.search import SearchQuery, Within
from qualcoder_sm.store import schema

FIRST = (
    "[SYNTHETIC] I was so tired 😀 and alone.\n"
    "Nobody answered at three. Café, cafe\u0301 and CAFÉ.\n"
    "Tiredness came back; the tired were weary, not alone."
)
SECOND = (
    "[SYNTHETIC] Weary people.\nThey re-read user_name and don’t tire 👩‍👩‍👧 of it.\nAlone again."
)


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    add_text(project, "First", FIRST)
    add_text(project, "Second", SECOND, "Group")
    yield project
    project.close()


def found(project, words, **where):
    return [hit.words for hit in project.search.find(SearchQuery(words, **where))]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tired", ["tired", "tired"]),
        ("TIRED", ["tired", "tired"]),
        ("tire*", ["tired", "Tiredness", "tired", "tire"]),
        ("cafe", ["Café", "cafe\u0301", "CAFÉ"]),
        ("café", ["Café", "cafe\u0301", "CAFÉ"]),
        ('"so tired"', ["so tired"]),
        ("“so tired”", ["so tired"]),
        ('"so ti"*', ["so tired"]),
        ("re-read", ["re-read"]),
        ("don’t", ["don’t"]),
        ("user name", ["user", "name"]),
        ("tired alone", ["tired", "alone", "tired", "alone"]),
        ("tired AND weary", ["tired", "weary"]),
        ("weary OR nobody", ["Nobody", "weary", "Weary"]),
        ("tired -weary", ["tired"]),
        ("tired NOT weary", ["tired"]),
        ('alone -"not alone"', ["alone", "Alone"]),
        ("(weary OR nobody) -people", ["Nobody", "weary"]),
        ("NEAR(so alone, 2)", ["so tired 😀 and alone"]),
        ("NEAR(alone so, 2)", ["so tired 😀 and alone"]),
        ("NEAR(so alone, 1)", []),
        ('NEAR("so tired" alone)', ["so tired 😀 and alone"]),
        ("😀", ["😀"]),
        ("tired 😀", ["tired", "😀"]),
        ("ired", []),
        ("absent", []),
    ],
)
def test_a_query_finds(project, query, words):
    assert found(project, query) == words


@pytest.mark.parametrize(("query", "n"), [("tired", 4), ("tired\0", 4), ("so\0tired", 2)])
def test_a_word_beside_a_young_emoji_is_found(project, query, n):
    add_text(project, "Third", "[SYNTHETIC] so tired🤣 \u2066tired\u2069")
    hits = [hit.words for hit in project.search.find(SearchQuery(query))]
    assert len(hits) == n
    assert all(words.endswith("tired") for words in hits)


def test_where_words_have_no_spaces_they_are_found_inside_of_others(project):
    add_text(project, "Third", "[SYNTHETIC] 私はとても疲れていました。ข้าพเจ้าเหนื่อยมาก")
    assert found(project, "疲れて") == ["疲れて"]
    assert found(project, "เหนื่อย") == ["เหนื่อย"]
    assert found(project, "とても 私は") == ["私は", "とても"]


def test_a_hit_says_where_it_stands(project):
    [hit] = project.search.find(SearchQuery("nobody"))
    source = project.sources.find("First")
    assert (hit.source, hit.unit, hit.locator) == (source.guid, 1, "paragraph 2")
    assert project.sources.text(source.guid)[hit.start : hit.end] == hit.words == "Nobody"
    assert hit.before == "[SYNTHETIC] I was so tired 😀 and alone. "
    assert hit.after.startswith(" answered at three. Café, ")


def test_words_stand_together_in_one_unit_or_anywhere_in_the_source(project):
    assert found(project, "tired nobody") == []
    words = found(project, "tired nobody", within=Within.SOURCE)
    assert words == ["tired", "Nobody", "tired"]


@pytest.mark.parametrize(
    "query",
    ["", "  ", '"', '"so tired', "(tired", "tired)", "OR", "tired OR", "-tired", "NOT", "()", "*",
     "NEAR(tired)", "NEAR(tired alone, x)", "NEAR(, 5)", "NEAR(tired 😀)", '""', "(" * 5000,
     "regex:(", "regex:", "regex:" + "(" * 5000],
)  # fmt: skip
def test_a_query_that_cannot_be_read_is_a_sentence_at_once(project, query):
    with pytest.raises(WrongUsage):
        project.search.find(SearchQuery(query))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"regex:\btir\w+", ["tired", "Tiredness", "tired", "tire"]),
        (r"regex:^nobody", ["Nobody"]),
        (r"regex:x*", []),
        (r"regex:alone\.\n", []),
    ],
)
def test_a_pattern_is_looked_for_in_each_unit(project, pattern, words):
    assert found(project, pattern) == words


def test_hits_go_on_behind_the_last_one_seen(project):
    query = SearchQuery("tire* OR weary OR alone")
    every = list(project.search.find(query))
    paged, last = [], None
    while page := list(project.search.find(query, limit=2, after=last)):
        paged += page
        last = page[-1]
    assert paged == every
    assert len(every) == 9


def test_the_search_can_be_stopped(project):
    with pytest.raises(Cancelled):
        list(project.search.find(SearchQuery("regex:a"), goes_on=lambda done, total: False))
    told = []
    list(project.search.find(SearchQuery("alone"), goes_on=lambda *how: not told.append(how)))
    assert told == [(0, 2), (1, 2)]


def test_hits_are_counted_by_source(project):
    first, second = (project.sources.find(name).guid for name in ("First", "Second"))
    assert project.search.counts(SearchQuery("alone")) == {first: 2, second: 1}


def test_only_in_text_coded_with_a_code(project):
    add_coded(project, "Third", "I was [tired and]{Fatigue} tired [and tired]{Other}.")
    [third] = [source for source in project.sources.all() if source.name == "Third"]
    code = project.codebook.find("Fatigue").guid
    [hit] = project.search.find(SearchQuery("tired", codes=(code,)))
    assert (hit.source, hit.start) == (third.guid, 6)
    assert found(project, '"tired and tired"', codes=(code,)) == []


def test_only_what_a_speaker_says(tmp_path):
    project = new_project(tmp_path)
    text = "Are you tired?\nVery tired."
    units = (UnitDraft(0, 14, UnitKind.TURN, "I", role="interviewer"),
             UnitDraft(15, 26, UnitKind.TURN, "P01"))  # fmt: skip
    project.sources.add(Bundle((SourceDraft("T", SourceKind.TRANSCRIPT, text, units),)))
    [hit] = project.search.find(SearchQuery("tired", speakers=("P01",)))
    assert (hit.start, hit.speaker, hit.locator) == (20, "P01", "turn 2")
    project.close()


def test_only_in_some_sources_collections_cases_and_attributes(project):
    first, second = project.sources.find("First"), project.sources.find("Second")
    [group] = project.collections.all()
    project.cases.take([CaseDraft("P1", "person", {"age": "30"}, ("First",)),
                        CaseDraft("P2", "person", {"age": "40"}, ("Second",))], "c")  # fmt: skip
    case = {case.name: case.guid for case in project.cases.all()}
    assert found(project, "weary", sources=(first.guid,)) == ["weary"]
    assert found(project, "weary", collections=(group.guid,)) == ["Weary"]
    assert found(project, "weary", cases=(case["P1"],)) == ["weary"]
    assert found(project, "weary", attributes=(("age", "40"),)) == ["Weary"]
    assert found(project, "weary", attributes=(("age", "50"),)) == []
    assert found(project, "weary", attributes=(("age", "40"),), sources=(first.guid,)) == []
    assert found(project, "😀", sources=(second.guid,)) == []


def test_a_removed_source_is_not_found_and_undo_brings_it_back(project):
    project.sources.remove(project.sources.find("Second").guid)
    assert found(project, "weary") == ["weary"]
    project.undo()
    assert found(project, "weary") == ["weary", "Weary"]


LETTERS = st.sampled_from(
    "🤣🫠₿\u2066aAbBtT éÉàößẞİıσΣςμøØłнйЙ日本한e\u0301o\u0308 1½²_-.,'’\"😀\n👩‍👩‍👧𝒜𐐀ﬁªﾊ"
)
Texts = st.text(LETTERS, min_size=1, max_size=40)


@given(text=Texts)
def test_folding_keeps_every_place(text):
    folded = folding.fold(text)
    assert len(folded) == len(text)
    for char, plain in zip(text, folded, strict=True):
        if char.isascii() and char.isalnum():
            assert plain == char.lower()


@settings(max_examples=300)
@given(text=Texts, other=Texts)
def test_the_index_and_the_text_agree_on_what_a_word_is(text, other):
    """A word of a text, searched for, is found by both or by neither, in this text and others."""
    for word in folding.words(text):
        phrase = expressions.Phrase(word, (word,))
        for where in (text, other):
            ours = bool(phrase.spans(where, folding.fold(where)))
            assert ours == index_finds(where, phrase.narrowed()), (word, where)


@settings(max_examples=100)
@given(text=Texts, n=st.integers(0, 40), m=st.integers(1, 12))
def test_any_part_of_a_text_is_found_where_it_stands(text, n, m):
    start = n % len(text)
    typed = text[start : start + m].replace('"', "")
    words = folding.words(typed)
    if words and typed in text:
        spans = folding.phrase_spans(folding.fold(text), words, prefix=False, whole=False)
        core = typed.strip()
        assert any(text[a:b] in core or core in text[a:b] for a, b in spans)


def index_finds(text, match):
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, tokenize='{schema.TOKENIZER}')")
    connection.execute("INSERT INTO t VALUES (?)", (text,))
    [(n,)] = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (match,))
    connection.close()
    return bool(n)


@settings(max_examples=20)
@given(texts=st.lists(Texts, min_size=1, max_size=4), n=st.integers(0, 100))
def test_the_project_finds_every_source_that_holds_a_word(texts, n):
    with TemporaryDirectory() as folder:
        project = new_project(Path(folder))
        for number, text in enumerate(texts):
            add_text(project, f"Source {number}", unicodedata.normalize("NFC", text))
        words = [word for text in texts for word in folding.words(text)]
        if words:
            word = words[n % len(words)]
            hits = {hit.source for hit in project.search.find(SearchQuery(f'"{word}"'))}
            holding = {
                source.guid
                for source in project.sources.all()
                if word in folding.words(project.sources.text(source.guid))
            }
            assert hits >= holding if folding.unspaced(word) else hits == holding
        project.close()
