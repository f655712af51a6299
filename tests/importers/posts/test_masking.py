"""Names become keys, and a name stands nowhere but in the list of authors."""

import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.importers import ImportOptions, read
from qualcoder_sm.importers.options import ImportOptions as Options
from qualcoder_sm.importers.posts import read as read_tables
from qualcoder_sm.importers.posts.masking import Masker
from qualcoder_sm.importers.table import RawTable

KEYS = {
    "Isobel T": "A0001",
    "Isobel": "A0002",
    "wullie_b": "A0003",
    "sam": "A0004",
    "~ Rose 🌹": "A0005",
    "Al": "A0006",
}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Thanks Isobel T and Isobel.", "Thanks A0001 and A0002."),
        ("Isobella is not Isobel's", "Isobella is not A0002's"),
        ("wullie_b, wullie_bee, awullie_b", "A0003, wullie_bee, awullie_b"),
        ("@Wullie_B. @sam @nobody", "@A0003. @A0004 @nobody"),
        ("sam is a word here", "sam is a word here"),
        ("from ~ Rose 🌹 with love", "from A0005 with love"),
        ("Al and Also", "A0006 and Also"),
        ("https://x.example/u/Isobel/1", "https://x.example/u/A0002/1"),
        ("", ""),
    ],
)
def test_whole_names_become_keys(text, masked):
    assert Masker(KEYS).mask(text) == masked


def test_the_longest_of_two_names_wins_whatever_their_order():
    assert Masker({"Ann": "A1", "Ann Lee": "A2"}).mask("Ann Lee, Ann") == "A2, A1"


def test_names_are_masked_in_texts_titles_and_addresses(write_csv):
    path = write_csv(
        ("author", "title", "text", "url"),
        ("Isobel T", "Ask Una F", "Una F knows", "https://x.example/Una F"),
        ("Una F", "", "no, Isobel T", ""),
    )
    bundle = read([path])
    assert bundle.authors == {"Isobel T": "A0001", "Una F": "A0002"}
    assert [s.text for s in bundle.sources] == ["A0002 knows", "no, A0001"]
    assert bundle.sources[0].name == "Ask A0002"
    assert bundle.sources[0].units[0].url == "https://x.example/A0002"
    assert bundle.problems[-1].what == "In the words of the posts 5 names of authors became keys."


def test_names_in_texts_may_be_left_as_they_are(write_csv):
    path = write_csv(("author", "text"), ("Una F", "Una F here"))
    bundle = read([path], ImportOptions(mask_names=False))
    assert bundle.sources[0].text == "Una F here"
    assert bundle.sources[0].units[0].speaker == "A0001"


def test_a_name_of_one_file_is_masked_in_the_other(write_csv):
    one = write_csv(("author", "text"), ("Una F", "hello"), name="one.csv")
    two = write_csv(("author", "text"), ("Dod R", "ask Una F"), name="two.csv")
    bundle = read([one, two])
    assert bundle.sources[1].text == "ask A0001"


NAME = st.from_regex(r"Zq[A-Za-z]{2,6}( Zx[a-z]{2,4})?", fullmatch=True)


@given(st.lists(NAME, min_size=1, max_size=6), st.data())
def test_no_name_of_an_author_is_left_in_what_reaches_the_project(names, data):
    def words():
        parts = data.draw(st.lists(st.sampled_from([*names, "a", "@", "tea", ",", "\n"])))
        return " ".join(parts)

    headers = ("author", "title", "text", "url", "space")
    rows = [(name, words(), words(), words(), words()) for name in names]
    table = RawTable("f.csv", headers, rows, range(2, len(rows) + 2), "UTF-8", ",")
    posts = read_tables([(table, "")], Options(), {}, lambda *_: None)
    reached = "\n".join(_strings(posts.sources) + [problem.what for problem in posts.problems])
    assert not [name for name in names if re.search(rf"\b{name}\b", reached)]


def _strings(sources):
    fields = [asdict(source) for source in sources]
    fields += [unit for source in fields for unit in source.pop("units")]
    return [value for one in fields for value in one.values() if isinstance(value, str)]
